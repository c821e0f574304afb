"""The whole customer hierarchy as plain values: what the rules and the reports are given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from pmdesk.customers.kinds import NODE_KINDS
from pmdesk.customers.things import (
    Account,
    Evidence,
    Market,
    Measure,
    Node,
    Product,
    PutOff,
    Requirement,
    Solution,
    Thing,
)


@dataclass(frozen=True)
class Hierarchy:
    """Everything, each kind in the order in which it is shown: markets, products and nodes
    as the person ordered them, evidence and readings the oldest first, the rest by id."""

    markets: tuple[Market, ...] = ()
    accounts: tuple[Account, ...] = ()
    nodes: tuple[Node, ...] = ()
    products: tuple[Product, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    solutions: tuple[Solution, ...] = ()
    measures: tuple[Measure, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    put_off: tuple[PutOff, ...] = ()
    vision: str | None = None
    """Of the portfolio."""
    vision_revised: date | None = None

    # By id and by key -----------------------------------------------------------------------

    @cached_property
    def market(self) -> Mapping[int, Market]:
        return {one.id: one for one in self.markets}

    @cached_property
    def account(self) -> Mapping[int, Account]:
        return {one.id: one for one in self.accounts}

    @cached_property
    def node(self) -> Mapping[int, Node]:
        return {one.id: one for one in self.nodes}

    @cached_property
    def product(self) -> Mapping[int, Product]:
        return {one.id: one for one in self.products}

    @cached_property
    def solution(self) -> Mapping[int, Solution]:
        return {one.id: one for one in self.solutions}

    @cached_property
    def _things(self) -> Mapping[str, Thing]:
        kinds: tuple[tuple[Thing, ...], ...] = (
            self.markets, self.accounts, self.nodes, self.products, self.requirements,
            self.solutions, self.measures, self.evidence,
            tuple(reading for measure in self.measures for reading in measure.readings),
        )  # fmt: skip
        return {thing.key: thing for things in kinds for thing in things}

    def thing(self, key: str) -> Thing | None:
        """What is called so; None where there is none, and for the portfolio."""
        return self._things.get(key)

    # What belongs to what -------------------------------------------------------------------

    @cached_property
    def accounts_of(self) -> Mapping[int, tuple[Account, ...]]:
        """By the id of their market."""
        return _grouped((one.market_id, one) for one in self.accounts)

    @cached_property
    def roots_of(self) -> Mapping[int | None, tuple[Node, ...]]:
        """Goals by the id of their market; None holds the needs without a parent."""
        roots = (one for one in self.nodes if one.parent_id is None)
        return _grouped((one.market_id if one.kind == "goal" else None, one) for one in roots)

    @cached_property
    def below(self) -> Mapping[int, tuple[Node, ...]]:
        """Nodes by the id of the one they hang on. What hangs upside down, as only in a damaged
        desk, is left out: so no way downward leads in circles."""
        level = {one.id: NODE_KINDS.index(one.kind) for one in self.nodes}
        return _grouped(
            (one.parent_id, one)
            for one in self.nodes
            if one.parent_id is not None and level.get(one.parent_id, 9) < level[one.id]
        )

    @cached_property
    def requirements_of(self) -> Mapping[int | None, tuple[Requirement, ...]]:
        """By the id of their need; None holds those without one."""
        return _grouped((one.need_id, one) for one in self.requirements)

    @cached_property
    def requirements_on(self) -> Mapping[int, tuple[Requirement, ...]]:
        """By the id of their product."""
        return _grouped((one.product_id, one) for one in self.requirements)

    @cached_property
    def requirements_in(self) -> Mapping[int, tuple[Requirement, ...]]:
        """By the id of their solution."""
        return _grouped(
            (one.solution_id, one) for one in self.requirements if one.solution_id is not None
        )

    @cached_property
    def solutions_of(self) -> Mapping[int, tuple[Solution, ...]]:
        """By the id of their goal."""
        return _grouped((one.goal_id, one) for one in self.solutions)

    @cached_property
    def measures_of(self) -> Mapping[int, tuple[Measure, ...]]:
        """By the id of their goal."""
        return _grouped((one.node_id, one) for one in self.measures if one.node_id is not None)

    @cached_property
    def key_results_of(self) -> Mapping[int, tuple[Measure, ...]]:
        """Our measures by the id of their product."""
        return _grouped(
            (one.product_id, one) for one in self.measures if one.product_id is not None
        )

    @cached_property
    def evidence_on(self) -> Mapping[int, tuple[Evidence, ...]]:
        """By the id of the node it speaks of."""
        return _grouped((one.node_id, one) for one in self.evidence)

    @cached_property
    def evidence_of(self) -> Mapping[int, tuple[Evidence, ...]]:
        """By the id of the account that was heard."""
        return _grouped((one.account_id, one) for one in self.evidence)

    # Line of sight (DOMAIN §3) --------------------------------------------------------------

    def path(self, node_id: int | None) -> tuple[Node, ...]:
        """From the root down to a node; empty where there is none."""
        path: list[Node] = []
        seen: set[int] = set()
        while node_id is not None and node_id in self.node and node_id not in seen:
            seen.add(node_id)
            path.append(self.node[node_id])
            node_id = path[-1].parent_id
        return tuple(reversed(path))

    @cached_property
    def _goals(self) -> dict[int, Node | None]:
        return {}

    def goal(self, node_id: int | None) -> Node | None:
        """The active goal at the root above a node (or itself): its line of sight; None where it
        has none."""
        if node_id is None:
            return None
        if node_id not in self._goals:
            path = self.path(node_id)
            seen = path[0] if path and path[0].kind == "goal" else None
            self._goals[node_id] = seen if seen is not None and seen.status == "active" else None
        return self._goals[node_id]

    def goal_of(self, requirement: Requirement) -> Node | None:
        """The active goal that a requirement reaches: its need's."""
        return self.goal(requirement.need_id)

    def subtree(self, node_id: int) -> Iterator[Node]:
        """A node and all that hangs below it, from top to bottom."""
        if node_id in self.node:
            yield self.node[node_id]
            for one in self.below.get(node_id, ()):
                yield from self.subtree(one.id)


K = TypeVar("K")
V = TypeVar("V")


def _grouped(pairs: Iterable[tuple[K, V]]) -> Mapping[K, tuple[V, ...]]:
    groups: defaultdict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return {key: tuple(values) for key, values in groups.items()}


def by_code(code: str) -> tuple[str, int]:
    """The order of codes: by letter, then by number; G2 comes before G10."""
    return code[:1], int(code[1:]) if code[1:].isdecimal() else 0
