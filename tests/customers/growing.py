"""Small hierarchies for the tests of the rules, grown by code."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from pmdesk.customers.hierarchy import Hierarchy
from pmdesk.customers.loading import whole
from pmdesk.customers.things import (
    Account,
    Evidence,
    Market,
    Measure,
    Node,
    Product,
    PutOff,
    Reading,
    Requirement,
    Solution,
)

TODAY = date(2025, 6, 13)
KINDS = {"G": "goal", "O": "obstacle", "I": "initiative", "T": "tactic", "N": "need"}


def harbourlight(demo_file: Path) -> Hierarchy:
    """The worked example."""
    db = sqlite3.connect(demo_file)
    try:
        return whole(db)
    finally:
        db.close()


class Growing:
    """One market with the accounts Ann and Bob, the products Rota and Stock, revised today."""

    def __init__(self) -> None:
        self.hierarchy = Hierarchy(
            markets=(Market(1, "Ferries", 1),),
            accounts=(
                Account(1, 1, "Ann", "customer", None),
                Account(2, 1, "Bob", "customer", None),
            ),
            products=(
                Product(1, "Rota", "Aim", TODAY, 1),
                Product(2, "Stock", "Aim", TODAY, 2),
            ),
            vision="Aim",
            vision_revised=TODAY,
        )

    def _with(self, kind: str, thing: Any) -> None:
        things = (*getattr(self.hierarchy, kind), thing)
        changed: dict[str, Any] = {kind: things}
        self.hierarchy = replace(self.hierarchy, **changed)

    def node(self, code: str, under: str = "", status: str = "active", **more: Any) -> Growing:
        above = {one.code: one.id for one in self.hierarchy.nodes}
        id_ = len(self.hierarchy.nodes) + 1
        market = 1 if under or code[0] == "G" else None
        layer = "user" if code[0] == "N" else None
        weight = 2 if code[0] == "G" else None
        node = Node(id_, code, KINDS[code[0]], market, above.get(under), code, layer, status, weight, id_)  # type: ignore[arg-type]  # fmt: skip  # noqa: E501
        self._with("nodes", node._replace(**more))
        return self

    def path(self, *codes: str) -> Growing:
        """Each below the one before."""
        for above, code in zip(("", *codes), codes, strict=False):
            self.node(code, above)
        return self

    def requirement(self, code: str, need: str = "", product: int = 1, **more: Any) -> Growing:
        needs = {one.code: one.id for one in self.hierarchy.nodes}
        id_ = len(self.hierarchy.requirements) + 1
        one = Requirement(id_, code, needs.get(need), product, None, code, "candidate", 2.0, None, None)  # fmt: skip  # noqa: E501
        self._with("requirements", one._replace(**more))
        return self

    def solution(self, code: str, goal: str, value: str | None) -> Growing:
        goals = {one.code: one.id for one in self.hierarchy.nodes}
        id_ = len(self.hierarchy.solutions) + 1
        self._with("solutions", Solution(id_, code, goals[goal], code, value))
        return self

    def heard(self, on: str, account: int, layer: str, day: date = TODAY) -> Growing:
        nodes = {one.code: one.id for one in self.hierarchy.nodes}
        id_ = len(self.hierarchy.evidence) + 1
        one = Evidence(id_, nodes[on], account, None, layer, None, None, day, None)  # type: ignore[arg-type]
        self._with("evidence", one)
        return self

    def measure(
        self, of: str | int, *values: float, way: tuple[float | None, float | None] = (10.0, 0.0),
        day: date = TODAY,
    ) -> Growing:  # fmt: skip
        """Of a goal by its code, or of a product by its id; readings of one day."""
        nodes = {one.code: one.id for one in self.hierarchy.nodes}
        id_ = len(self.hierarchy.measures) + 1
        readings = tuple(Reading(n, id_, day, value, None) for n, value in enumerate(values, 1))
        node, product = (nodes[of], None) if isinstance(of, str) else (None, of)
        self._with("measures", Measure(id_, node, product, "m", None, *way, readings))
        return self

    def put_off(self, rule: str, subject: str, until: date) -> Growing:
        self._with("put_off", PutOff(rule, subject, until, "later"))
        return self

    def but(self, **changes: Any) -> Growing:
        """With other values of the hierarchy itself."""
        self.hierarchy = replace(self.hierarchy, **changes)
        return self
