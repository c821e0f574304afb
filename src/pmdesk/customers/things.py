"""The things of the customer hierarchy as plain values, each with its key.

By its key a thing is known everywhere: the code of a node, requirement or solution ("N4"), else
its kind and id ("market 2", "evidence 7"); "portfolio" is the one of us.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from pmdesk.customers.kinds import (
    AccountStatus,
    Horizon,
    Layer,
    NodeKind,
    NodeStatus,
    RequirementStatus,
)

PORTFOLIO = "portfolio"
LAYERS: tuple[Layer, ...] = ("executive", "manager", "user")


class Market(NamedTuple):
    id: int
    name: str
    position: int

    @property
    def key(self) -> str:
        return f"market {self.id}"


class Account(NamedTuple):
    id: int
    market_id: int
    name: str
    status: AccountStatus
    revenue_share: float | None
    """Percent; None is unknown."""
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    """Of its mail addresses."""

    @property
    def key(self) -> str:
        return f"account {self.id}"


class Node(NamedTuple):
    id: int
    code: str
    kind: NodeKind
    market_id: int | None
    parent_id: int | None
    statement: str
    layer: Layer | None
    status: NodeStatus
    weight: int | None
    position: int

    @property
    def key(self) -> str:
        return self.code


class Product(NamedTuple):
    id: int
    name: str
    vision: str | None
    vision_revised: date | None
    position: int

    @property
    def key(self) -> str:
        return f"product {self.id}"


class Requirement(NamedTuple):
    id: int
    code: str
    need_id: int | None
    product_id: int
    solution_id: int | None
    statement: str
    status: RequirementStatus
    effort_weeks: float | None
    horizon: Horizon | None
    shipped_on: date | None

    @property
    def key(self) -> str:
        return self.code

    @property
    def live(self) -> bool:
        """Not dropped (DOMAIN §2)."""
        return self.status != "dropped"


class Solution(NamedTuple):
    id: int
    code: str
    goal_id: int
    name: str
    value_statement: str | None

    @property
    def key(self) -> str:
        return self.code


class Reading(NamedTuple):
    id: int
    metric_id: int
    taken_on: date
    value: float
    note: str | None

    @property
    def key(self) -> str:
        return f"reading {self.id}"


class Measure(NamedTuple):
    """Of a goal (theirs) or of a product (our key result)."""

    id: int
    node_id: int | None
    product_id: int | None
    name: str
    unit: str | None
    baseline: float | None
    target: float | None
    readings: tuple[Reading, ...] = ()
    """The oldest first."""

    @property
    def key(self) -> str:
        return f"measure {self.id}"


class Evidence(NamedTuple):
    id: int
    node_id: int
    account_id: int
    request_id: int | None
    layer: Layer
    person: str | None
    quote: str | None
    heard_on: date
    importance: int | None

    @property
    def key(self) -> str:
        return f"evidence {self.id}"


class PutOff(NamedTuple):
    """A gap that is not to be told before a day."""

    rule: str
    subject: str
    """The key of what it is about."""
    until: date
    reason: str


Thing = Market | Account | Node | Product | Requirement | Solution | Measure | Reading | Evidence
