"""The check of a solution: one point for each of five questions (DOMAIN §5)."""

from __future__ import annotations

from dataclasses import dataclass

from pmdesk.customers.coverage import products_in
from pmdesk.customers.hierarchy import Hierarchy
from pmdesk.customers.kinds import Layer
from pmdesk.customers.things import LAYERS, Account, Evidence, Product, Solution
from pmdesk.customers.wording import MOST_WORDS, feature_words, word_count

CHECKS = (
    "its goal is measured",
    "two products or more",
    "needs of two layers or more",
    "heard from two accounts or more, not from users alone",
    f"a value statement of {MOST_WORDS} words at most that names no product or feature",
)
"""The questions in words, in the order of `SolutionCheck.checks`."""


@dataclass(frozen=True, slots=True)
class SolutionCheck:
    products: tuple[Product, ...]
    """By name."""
    need_layers: tuple[Layer, ...]
    """Whose needs it serves, from the top."""
    accounts: tuple[Account, ...]
    """Heard on the paths of its needs, or on its goal."""
    layers: tuple[Layer, ...]
    """Heard there, from the top."""
    words: int
    """Of its value statement; 0 where there is none."""
    feature_words: tuple[str, ...]
    """Those of its value statement that name a product or a feature."""
    checks: tuple[bool, ...]

    @property
    def score(self) -> int:
        return sum(self.checks)


def check(hierarchy: Hierarchy, solution: Solution) -> SolutionCheck:
    """What a solution comes to; only live requirements count in it."""
    needs = {
        one.need_id
        for one in hierarchy.requirements_in.get(solution.id, ())
        if one.live and one.need_id is not None
    }
    products = products_in(hierarchy, solution)
    need_layers = {hierarchy.node[need].layer for need in needs if need in hierarchy.node}
    heard = _heard(hierarchy, solution.goal_id, needs)
    accounts = {one.account_id for one in heard}
    layers = {one.layer for one in heard}
    value = solution.value_statement or ""
    words = word_count(value)
    named = feature_words(value, (one.name for one in hierarchy.products))
    served = tuple(layer for layer in LAYERS if layer in need_layers)
    return SolutionCheck(
        products,
        served,
        tuple(one for one in hierarchy.accounts if one.id in accounts),
        tuple(layer for layer in LAYERS if layer in layers),
        words,
        named,
        (
            bool(hierarchy.measures_of.get(solution.goal_id)),
            len(products) >= 2,
            len(served) >= 2,
            len(accounts) >= 2 and bool(layers - {"user"}),
            0 < words <= MOST_WORDS and not named,
        ),
    )


def _heard(hierarchy: Hierarchy, goal: int, needs: set[int]) -> list[Evidence]:
    nodes = {node.id for need in needs for node in hierarchy.path(need)} | {goal}
    return [one for node in nodes for one in hierarchy.evidence_on.get(node, ())]
