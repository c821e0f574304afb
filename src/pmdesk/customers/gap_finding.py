"""How the hits of each rule of gaps are found (DOMAIN §5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from pmdesk.customers.coverage import products_of
from pmdesk.customers.hierarchy import Hierarchy
from pmdesk.customers.measuring import read_after
from pmdesk.customers.things import PORTFOLIO, Account, Node, Product, Requirement, Solution
from pmdesk.customers.wording import feature_words
from pmdesk.phrases import ago

_UNMEASURED = timedelta(days=30)
_STALE = timedelta(days=90)
_HEARD = timedelta(days=90)


class Hit(NamedTuple):
    key: str
    """Of what it is about."""
    name: str
    """Its code, or its name where it has none."""
    words: str
    """What is missing, in one sentence."""
    note: str = ""
    """What it says beyond the words of its rule, in a few: "Northmoor", "54 days ago"."""


Finds = Callable[[Hierarchy, date], Iterator[Hit]]


def _active(hierarchy: Hierarchy, *kinds: str) -> Iterator[Node]:
    return (one for one in hierarchy.nodes if one.status == "active" and one.kind in kinds)


def _hit(one: Node | Requirement | Solution, words: str, note: str = "") -> Hit:
    return Hit(one.code, one.code, words, note)


def _named(one: Account | Product, words: str, note: str = "") -> Hit:
    return Hit(one.key, one.name, words, note)


# Goals and branches ---------------------------------------------------------------------------


def goal_unmeasured(hierarchy: Hierarchy, _today: date) -> Iterator[Hit]:
    for goal in _active(hierarchy, "goal"):
        if not hierarchy.measures_of.get(goal.id):
            yield _hit(goal, "Nobody measures it.")


def goal_unheard(hierarchy: Hierarchy, _today: date) -> Iterator[Hit]:
    for goal in _active(hierarchy, "goal"):
        if all(one.layer != "executive" for one in hierarchy.evidence_on.get(goal.id, ())):
            yield _hit(goal, "No executive has spoken of it.")


def goal_unexplained(hierarchy: Hierarchy, _today: date) -> Iterator[Hit]:
    for goal in _active(hierarchy, "goal"):
        if _ends(hierarchy, goal):
            yield _hit(goal, "Nothing below it says what stands in its way.")


def goal_one_product(hierarchy: Hierarchy, _today: date) -> Iterator[Hit]:
    serving: dict[int, list[Requirement]] = {}
    for one in hierarchy.requirements:
        if one.live and (goal := hierarchy.goal_of(one)) is not None:
            serving.setdefault(goal.id, []).append(one)
    for goal in _active(hierarchy, "goal"):
        products = products_of(hierarchy, serving.get(goal.id, ()))
        if len(products) == 1:
            yield _hit(goal, f"{products[0].name} alone serves it.", products[0].name)


def branch_dead_end(hierarchy: Hierarchy, _today: date) -> Iterator[Hit]:
    for node in _active(hierarchy, "obstacle", "initiative", "tactic"):
        if _ends(hierarchy, node):
            yield _hit(node, "Nothing hangs below it.")


def _ends(hierarchy: Hierarchy, node: Node) -> bool:
    return all(one.status != "active" for one in hierarchy.below.get(node.id, ()))


# Needs ----------------------------------------------------------------------------------------


def need_adrift(hierarchy: Hierarchy, _today: date) -> Iterator[Hit]:
    for need in _active(hierarchy, "need"):
        if hierarchy.path(need.id)[0].kind != "goal":
            yield _hit(need, "It hangs under no goal.")


def need_unserved(hierarchy: Hierarchy, _today: date) -> Iterator[Hit]:
    for need in _active(hierarchy, "need"):
        if not any(one.live for one in hierarchy.requirements_of.get(need.id, ())):
            yield _hit(need, "No requirement serves it.")


def need_one_voice(hierarchy: Hierarchy, _today: date) -> Iterator[Hit]:
    for need in _active(hierarchy, "need"):
        accounts = {one.account_id for one in hierarchy.evidence_on.get(need.id, ())}
        if len(accounts) == 1:
            name = hierarchy.account[accounts.pop()].name
            yield _hit(need, f"Only {name} has spoken of it.", name)


# Requirements and solutions -------------------------------------------------------------------


def requirement_orphan(hierarchy: Hierarchy, _today: date) -> Iterator[Hit]:
    for one in hierarchy.requirements_of.get(None, ()):
        if one.live:
            yield _hit(one, "It answers no need.")


def commit_without_sight(hierarchy: Hierarchy, _today: date) -> Iterator[Hit]:
    for one in hierarchy.requirements:
        if one.status in ("committed", "shipped") and hierarchy.goal_of(one) is None:
            words = f"It is {one.status} without a line of sight to an active goal."
            yield _hit(one, words, one.status)


def shipped_unmeasured(hierarchy: Hierarchy, today: date) -> Iterator[Hit]:
    for one in hierarchy.requirements:
        shipped = one.shipped_on
        if one.status != "shipped" or shipped is None or today - shipped <= _UNMEASURED:
            continue
        goal, since = hierarchy.goal_of(one), ago(shipped, today)
        if goal is None:
            yield _hit(one, f"It shipped {since}, and there is no goal to be read.", since)
        elif not any(read_after(each, shipped) for each in hierarchy.measures_of.get(goal.id, ())):
            yield _hit(one, f"It shipped {since}, and {goal.code} was not read since.", since)


def value_names_features(hierarchy: Hierarchy, _today: date) -> Iterator[Hit]:
    products = tuple(one.name for one in hierarchy.products)
    for one in hierarchy.solutions:
        goal = hierarchy.node.get(one.goal_id)
        if goal is not None and goal.status == "active":
            named = feature_words(one.value_statement or "", products)
            if named:
                words = f"Its value statement says “{'”, “'.join(named)}”."
                yield _hit(one, words, ", ".join(named))


# Our products and their accounts --------------------------------------------------------------


def key_result_silo(hierarchy: Hierarchy, _today: date) -> Iterator[Hit]:
    for one in hierarchy.products:
        if not hierarchy.key_results_of.get(one.id):
            continue
        requirements = hierarchy.requirements_on.get(one.id, ())
        if not any(each.live and hierarchy.goal_of(each) is not None for each in requirements):
            yield _named(one, "Its key result is linked to no customer goal.")


def vision_missing(hierarchy: Hierarchy, _today: date) -> Iterator[Hit]:
    for key, name, vision, revised in _visions(hierarchy):
        if not vision and revised is None:
            yield Hit(key, name, "It has no vision.")


def vision_stale(hierarchy: Hierarchy, today: date) -> Iterator[Hit]:
    for key, name, _vision, revised in _visions(hierarchy):
        if revised is not None and today - revised > _STALE:
            since = ago(revised, today)
            yield Hit(key, name, f"Its vision was last revised {since}.", since)


def _visions(hierarchy: Hierarchy) -> Iterator[tuple[str, str, str | None, date | None]]:
    for one in hierarchy.products:
        yield one.key, one.name, one.vision, one.vision_revised
    yield PORTFOLIO, PORTFOLIO, hierarchy.vision, hierarchy.vision_revised


def account_no_executive(hierarchy: Hierarchy, today: date) -> Iterator[Hit]:
    for one in hierarchy.accounts:
        heard = [
            each.heard_on
            for each in hierarchy.evidence_of.get(one.id, ())
            if each.layer == "executive"
        ]
        if not heard:
            yield _named(one, "No executive of it was ever heard.", "never heard")
        elif today - max(heard) > _HEARD:
            since = ago(max(heard), today)
            yield _named(one, f"An executive of it was last heard {since}.", since)
