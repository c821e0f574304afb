"""What the hierarchy lacks: the gaps, in a fixed order, and how many there are where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from pmdesk.customers.gap_finding import Hit
from pmdesk.customers.gap_rules import RULES, Rule
from pmdesk.customers.hierarchy import Hierarchy, by_code
from pmdesk.customers.things import (
    PORTFOLIO,
    Account,
    Node,
    PutOff,
    Requirement,
    Solution,
)

__all__ = [
    "RULES", "Gap", "Rule", "acts_on", "all_gaps", "gap_counts", "gaps", "put_off", "rule",
    "told_of",
]  # fmt: skip


class Gap(NamedTuple):
    rule: str
    """The id of the rule."""
    subject: str
    """The key of what it is about."""
    name: str
    """Its code, or its name where it has none."""
    words: str
    """What is missing, in one sentence."""
    note: str = ""
    """What it says beyond the words of its rule, in a few: "Northmoor", "54 days ago"."""


def rule(id_: str) -> Rule:
    """The rule of that id; KeyError where there is none."""
    return _BY_ID[id_]


def gaps(hierarchy: Hierarchy, today: date) -> tuple[Gap, ...]:
    """All that are to be told today: rule by rule, then by code or name. About half a second
    for 100,000 nodes, and none when asked again."""
    found, away = all_gaps(hierarchy, today), put_off(hierarchy, today)
    if not away:
        return found
    return tuple(one for one in found if (one.rule, one.subject) not in away)


def all_gaps(hierarchy: Hierarchy, today: date) -> tuple[Gap, ...]:
    """The same with those put off."""
    global _newest
    asked, day, found = _newest
    if asked is not hierarchy or day != today:
        found = tuple(
            Gap(one.id, *hit)
            for one in RULES
            for hit in sorted(one.finds(hierarchy, today), key=_order)
        )
        _newest = hierarchy, today, found
    return found


def put_off(hierarchy: Hierarchy, today: date) -> Mapping[tuple[str, str], PutOff]:
    """What is put off beyond today, by rule and key of its subject."""
    return {(one.rule, one.subject): one for one in hierarchy.put_off if one.until > today}


def told_of(hierarchy: Hierarchy, key: str) -> str:
    """The words of the desk for what a gap is about; "" where its name says all."""
    match hierarchy.thing(key):
        case Node() | Requirement() as one:
            return one.statement
        case Solution() as one:
            return one.name
        case Account() as one:
            market = hierarchy.market.get(one.market_id)
            return market.name if market else ""
    return ""


def acts_on(hierarchy: Hierarchy, gap: Gap) -> str:
    """The key of what the action that fills it is about: mostly its subject itself."""
    if gap.rule == "account-no-executive":
        return f"{gap.subject} executive"
    if gap.rule == "goal-one-product":
        served = {one.need_id for one in hierarchy.requirements if one.live}
        goal = hierarchy.thing(gap.subject)
        nodes = hierarchy.subtree(goal.id) if isinstance(goal, Node) else ()
        return next((one.key for one in nodes if one.id in served), gap.subject)
    return gap.subject


def gap_counts(hierarchy: Hierarchy, found: Iterable[Gap]) -> Mapping[str, int]:
    """By key, the gaps of a thing and of all below it in the tree by market; things without
    are not in it."""
    counts: Counter[str] = Counter()
    on_nodes: Counter[int] = Counter()
    for subject, count in Counter(one.subject for one in found).items():
        thing = hierarchy.thing(subject)
        if isinstance(thing, Node):
            on_nodes[thing.id] += count
            continue
        counts[subject] += count
        if isinstance(thing, Requirement) and thing.need_id is not None:
            on_nodes[thing.need_id] += count
        elif isinstance(thing, Account):
            counts[f"market {thing.market_id}"] += count
    for id_, count in on_nodes.items():
        path = hierarchy.path(id_)
        for node in path:
            counts[node.code] += count
        if path and path[0].kind == "goal":
            counts[f"market {path[0].market_id}"] += count
    return dict(counts)


def _order(hit: Hit) -> tuple[bool, tuple[str, int], str]:
    """By code where it has one, else by name; the portfolio after the products."""
    code = by_code(hit.name) if hit.key == hit.name else ("", 0)
    return hit.key == PORTFOLIO, code, hit.name


_BY_ID = {one.id: one for one in RULES}
_newest: tuple[Hierarchy | None, date, tuple[Gap, ...]] = (None, date.min, ())
"""The last answer: the top line, the tree and the page ask the same one after another."""
