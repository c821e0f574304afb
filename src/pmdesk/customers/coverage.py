"""How much of what we build reaches a customer goal, and how much of it through solutions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pmdesk.customers.hierarchy import Hierarchy, by_code
from pmdesk.customers.things import Node, Product, Requirement, Solution


@dataclass(frozen=True, slots=True)
class Coverage:
    """Live requirements with a line of sight."""

    with_sight: int
    live: int
    promised_with_sight: int
    """Of those that are committed or shipped."""
    promised: int


@dataclass(frozen=True, slots=True)
class MultiProductNeeds:
    needs: tuple[Node, ...]
    """Those that two products or more serve."""
    of: int
    """Needs with requirements."""


@dataclass(frozen=True, slots=True)
class SolutionEffort:
    """Committed effort in weeks; what is not in a solution of several products is increments."""

    in_solutions: float
    committed: float
    unknown: int
    """Committed requirements whose effort is unknown, and in none of the two."""

    @property
    def increments(self) -> float:
        return self.committed - self.in_solutions


def requirement_coverage(hierarchy: Hierarchy) -> Coverage:
    """Of all live requirements."""
    live = [one for one in hierarchy.requirements if one.live]
    promised = [one for one in live if one.status in ("committed", "shipped")]
    return Coverage(
        _with_sight(hierarchy, live), len(live), _with_sight(hierarchy, promised), len(promised)
    )


def multi_product_needs(hierarchy: Hierarchy) -> MultiProductNeeds:
    """Active needs by the products of their live requirements."""
    served = [
        (need, products_of(hierarchy, hierarchy.requirements_of.get(need.id, ())))
        for need in hierarchy.nodes
        if need.kind == "need" and need.status == "active"
    ]
    several = (need for need, products in served if len(products) >= 2)
    return MultiProductNeeds(
        tuple(sorted(several, key=lambda need: by_code(need.code))),
        sum(bool(products) for _, products in served),
    )


def solution_effort(hierarchy: Hierarchy) -> SolutionEffort:
    """Of all committed requirements."""
    several = {one.id for one in hierarchy.solutions if len(products_in(hierarchy, one)) >= 2}
    committed = [one for one in hierarchy.requirements if one.status == "committed"]
    return SolutionEffort(
        sum(one.effort_weeks or 0 for one in committed if one.solution_id in several),
        sum(one.effort_weeks or 0 for one in committed),
        sum(one.effort_weeks is None for one in committed),
    )


def products_in(hierarchy: Hierarchy, solution: Solution) -> tuple[Product, ...]:
    """The products of a solution, derived from its live requirements; by name."""
    return products_of(hierarchy, hierarchy.requirements_in.get(solution.id, ()))


def products_of(hierarchy: Hierarchy, requirements: Iterable[Requirement]) -> tuple[Product, ...]:
    """The products of those that are live, each once, by name."""
    ids = {one.product_id for one in requirements if one.live}
    return tuple(sorted((hierarchy.product[id_] for id_ in ids), key=lambda one: one.name))


def _with_sight(hierarchy: Hierarchy, requirements: Iterable[Requirement]) -> int:
    return sum(hierarchy.goal_of(one) is not None for one in requirements)
