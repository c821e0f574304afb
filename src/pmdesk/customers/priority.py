"""Which requirements come first: reach × weight × confidence ÷ effort (DOMAIN §5)."""

from __future__ import annotations

from dataclasses import dataclass

from pmdesk.customers.hierarchy import Hierarchy, by_code
from pmdesk.customers.kinds import Layer
from pmdesk.customers.things import LAYERS, Account, Node, Requirement

CONFIDENCE = (0.2, 0.5, 0.8, 1.0)
"""By how many layers were heard on the path."""


@dataclass(frozen=True, slots=True)
class Heard:
    """On a path from a need up to its goal."""

    accounts: tuple[Account, ...]
    """Of the goal's market."""
    of: int
    """Accounts in that market."""
    layers: tuple[Layer, ...]
    """From the top."""


@dataclass(frozen=True, slots=True)
class Priority:
    """A requirement with a line of sight, and what its score is made of."""

    requirement: Requirement
    product: str
    goal: Node
    heard: Heard

    @property
    def reach(self) -> float | None:
        """0 to 1; None in a market without accounts."""
        return len(self.heard.accounts) / self.heard.of if self.heard.of else None

    @property
    def confidence(self) -> float:
        return CONFIDENCE[len(self.heard.layers)]

    @property
    def unknown(self) -> tuple[str, ...]:
        """What it lacks for a score: "effort", "weight", "accounts"."""
        parts = {
            "effort": self.requirement.effort_weeks,
            "weight": self.goal.weight,
            "accounts": self.reach,
        }
        return tuple(name for name, value in parts.items() if value is None)

    @property
    def score(self) -> float | None:
        """None where a part of it is unknown."""
        weeks, weight, reach = self.requirement.effort_weeks, self.goal.weight, self.reach
        if not weeks or weight is None or reach is None:
            return None
        return reach * weight * self.confidence / weeks


@dataclass(frozen=True, slots=True)
class Priorities:
    """Candidate and committed requirements."""

    ranked: tuple[Priority, ...]
    """Those with a score, the highest first."""
    unscored: tuple[Priority, ...]
    """With a line of sight, but something is unknown; by code."""
    blind: tuple[Requirement, ...]
    """Without a line of sight, and so without a score; by code."""


def priorities(hierarchy: Hierarchy) -> Priorities:
    """All that is still to be built, ranked."""
    heard: dict[int, Heard] = {}
    seen: list[Priority] = []
    blind: list[Requirement] = []
    for one in sorted(hierarchy.requirements, key=lambda one: by_code(one.code)):
        if one.status not in ("candidate", "committed"):
            continue
        goal = hierarchy.goal_of(one)
        if goal is None or one.need_id is None:
            blind.append(one)
            continue
        if one.need_id not in heard:
            heard[one.need_id] = heard_on_path(hierarchy, one.need_id, goal)
        product = hierarchy.product[one.product_id].name
        seen.append(Priority(one, product, goal, heard[one.need_id]))
    ranked = [one for one in seen if one.score is not None]
    ranked.sort(key=lambda one: -round(one.score or 0, 9))  # stays by code where equal
    return Priorities(tuple(ranked), tuple(one for one in seen if one.score is None), tuple(blind))


def heard_on_path(hierarchy: Hierarchy, node: int, goal: Node) -> Heard:
    """Who has told us anything of a node, its goal or what lies between them."""
    evidence = [
        one for step in hierarchy.path(node) for one in hierarchy.evidence_on.get(step.id, ())
    ]
    market = hierarchy.accounts_of.get(goal.market_id or 0, ())
    accounts = {one.account_id for one in evidence}
    layers = {one.layer for one in evidence}
    return Heard(
        tuple(one for one in market if one.id in accounts),
        len(market),
        tuple(layer for layer in LAYERS if layer in layers),
    )
