"""Where things may be moved, and what gains or loses its line of sight by it (DOMAIN §3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pmdesk.customers.hierarchy import Hierarchy, by_code
from pmdesk.customers.kinds import NODE_KINDS, NodeKind, may_hang_on
from pmdesk.customers.things import Account, Market, Node, Requirement, Thing
from pmdesk.errors import RefusedError

Sighted = tuple[str, str | None]
"""The key of a node or requirement, and that of the active goal it serves now."""


@dataclass(frozen=True, slots=True)
class SightChange:
    """What a change does to the line of sight of what is active, by key, in their order."""

    goal: str | None = None
    """The goal served afterwards; None: none."""
    gains: tuple[str, ...] = ()
    loses: tuple[str, ...] = ()
    turns: tuple[tuple[str, str], ...] = ()
    """Keys that serve another goal than before, each with the goal that it leaves."""
    market: str = ""
    """The name of the market that it comes into, where that is another; else ""."""


def places(hierarchy: Hierarchy, keys: Sequence[str]) -> tuple[Node | Market, ...]:
    """Everything that all these things may be moved to, without where they all are already;
    needs and tactics first. RefusedError says why there is no such place."""
    things = [_movable(hierarchy, key) for key in keys]
    here = place_now(hierarchy, keys)
    under_markets = [isinstance(one, Account) or _is_goal(one) for one in things]
    found: Sequence[Node | Market] = ()
    if all(under_markets):
        found = [market for market in hierarchy.markets if market.key != here]
    elif not any(under_markets):
        found = _upper(hierarchy, here, things)
    if not found and not may_be_adrift(hierarchy, keys):
        what = keys[0] if len(keys) == 1 else "all of these"
        raise RefusedError(f"There is no other place for {what}.")
    return tuple(found)


def place_now(hierarchy: Hierarchy, keys: Sequence[str]) -> str | None:
    """The key of what all of them hang on already; None where that is nothing, or several."""
    now = {_stands(hierarchy, _movable(hierarchy, key)) for key in keys}
    return next(iter(now)) if len(now) == 1 else None


_DEEPEST = tuple(reversed(NODE_KINDS))


def may_be_adrift(hierarchy: Hierarchy, keys: Sequence[str]) -> bool:
    """Whether they may hang under nothing, and don't all do so already."""
    things = [_movable(hierarchy, key) for key in keys]
    adrift = all(isinstance(one, Requirement) or _is_need(one) for one in things)
    return adrift and any(_stands(hierarchy, one) is not None for one in things)


def sight_changes(hierarchy: Hierarchy, keys: Sequence[str], to: str | None) -> SightChange:
    """What moving the things to a place changes; None is under nothing."""
    return change_to(hierarchy, sighted(hierarchy, keys), keys, to)


def sighted(hierarchy: Hierarchy, keys: Sequence[str]) -> tuple[Sighted, ...]:
    """The things and all that is active below them, each once, with the goal served now."""
    found: dict[str, str | None] = {}
    for key in keys:
        for thing in _below(hierarchy, hierarchy.thing(key)):
            goal = hierarchy.goal(thing.id) if isinstance(thing, Node) else hierarchy.goal_of(thing)
            found[thing.key] = goal.key if goal is not None else None
    return tuple(found.items())


def change_to(
    hierarchy: Hierarchy, before: Sequence[Sighted], keys: Sequence[str], to: str | None
) -> SightChange:
    """`sight_changes`, where it is known what is moved."""
    place = hierarchy.thing(to) if to is not None else None
    market = _market_after(hierarchy, keys, place)
    if isinstance(place, Market):  # goals keep what hangs on them, and accounts have no sight
        return SightChange(market=market)
    goal = hierarchy.goal(place.id) if isinstance(place, Node) else None
    return _compared(before, goal.key if goal is not None else None, market)


def closing_changes(hierarchy: Hierarchy, keys: Sequence[str], active: bool) -> SightChange:
    """What closing goals, or making them active again, does to what hangs below them. The
    status of other nodes changes no line of sight."""
    goals = [one for one in map(hierarchy.thing, keys) if isinstance(one, Node)]
    gains: list[str] = []
    loses: list[str] = []
    for goal in goals:
        if goal.kind == "goal" and (goal.status == "active") != active:
            below = [one.key for one in _below(hierarchy, goal) if one.key != goal.key]
            (gains if active else loses).extend(below)
    return SightChange(gains=tuple(gains), loses=tuple(loses))


def _compared(before: Sequence[Sighted], goal: str | None, market: str) -> SightChange:
    gains = tuple(key for key, was in before if was is None) if goal else ()
    loses = () if goal else tuple(key for key, was in before if was is not None)
    turns = tuple((key, was) for key, was in before if goal and was is not None and was != goal)
    return SightChange(goal, gains, loses, turns, market)


def _below(hierarchy: Hierarchy, thing: Thing | None) -> Iterator[Node | Requirement]:
    """What is active of a thing and what hangs on it, from top to bottom."""
    if isinstance(thing, Requirement):
        if thing.live:
            yield thing
    elif isinstance(thing, Node):
        for node in hierarchy.subtree(thing.id):
            if node.status == "active" or node.key == thing.key:
                yield node
            yield from (one for one in hierarchy.requirements_of.get(node.id, ()) if one.live)


def _movable(hierarchy: Hierarchy, key: str) -> Node | Requirement | Account:
    thing = hierarchy.thing(key)
    if not isinstance(thing, Node | Requirement | Account):
        raise RefusedError(f"{key} hangs where it is: nodes, requirements and accounts move.")
    return thing


def _stands(hierarchy: Hierarchy, thing: Node | Requirement | Account) -> str | None:
    """The key of what it hangs on."""
    if isinstance(thing, Account):
        return f"market {thing.market_id}"
    if _is_goal(thing):
        return f"market {thing.market_id}" if isinstance(thing, Node) else None
    parent = thing.parent_id if isinstance(thing, Node) else thing.need_id
    above = hierarchy.node.get(parent) if parent is not None else None
    return above.key if above is not None else None


def _upper(hierarchy: Hierarchy, here: str | None, things: Sequence[Thing]) -> list[Node]:
    kinds = [kind for kind in _DEEPEST if _takes(kind, things)]
    takes = [node for node in hierarchy.nodes if node.kind in kinds and node.code != here]
    return sorted(takes, key=lambda node: (kinds.index(node.kind), by_code(node.code)))


def _takes(place: NodeKind, things: Sequence[Thing]) -> bool:
    return all(
        place == "need"
        if isinstance(one, Requirement)
        else isinstance(one, Node) and may_hang_on(one.kind, place)
        for one in things
    )


def _market_after(hierarchy: Hierarchy, keys: Sequence[str], place: Thing | None) -> str:
    after = place.id if isinstance(place, Market) else getattr(place, "market_id", None)
    moved = [hierarchy.thing(key) for key in keys]
    if after is None or all(
        isinstance(one, Requirement) or getattr(one, "market_id", None) == after for one in moved
    ):
        return ""
    market = hierarchy.market.get(after)
    return market.name if market is not None else ""


def _is_goal(thing: Thing) -> bool:
    return isinstance(thing, Node) and thing.kind == "goal"


def _is_need(thing: Thing) -> bool:
    return isinstance(thing, Node) and thing.kind == "need"
