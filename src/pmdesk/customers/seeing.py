"""Lines of sight as they are shown: every level upward, with those that are missing."""

from __future__ import annotations

from typing import NamedTuple

from pmdesk.customers.hierarchy import Hierarchy
from pmdesk.customers.item import words_of
from pmdesk.customers.kinds import NODE_KINDS, ThingKind
from pmdesk.customers.things import (
    Evidence,
    Market,
    Measure,
    Node,
    Requirement,
    Solution,
    Thing,
)


class Level(NamedTuple):
    """A thing of a line of sight, or the kind that is missing there (its key is empty)."""

    kind: ThingKind
    key: str
    words: str = ""

    @property
    def sign(self) -> str:
        """Its code, or "◌"; "measure" and "evidence" are said by their kind."""
        own = self.kind if self.kind in ("evidence", "measure") else self.key
        return own if self.key else "◌"


class Missing(NamedTuple):
    """A node of that kind may come between two things; `upper` is empty where the lower one
    hangs on nothing."""

    upper: str
    kind: ThingKind
    lower: str


class Sight(NamedTuple):
    levels: tuple[Level, ...]
    """From the thing up to the root, with the levels that are missing between."""
    market: Market | None
    goal: Node | None
    """The active goal it reaches; None: no line of sight."""

    @property
    def missing(self) -> tuple[Missing, ...]:
        """The empty places, from the bottom up."""
        found = []
        for place, level in enumerate(self.levels):
            if not level.key:
                lower = next(one.key for one in reversed(self.levels[:place]) if one.key)
                upper = next((one.key for one in self.levels[place:] if one.key), "")
                found.append(Missing(upper, level.kind, lower))
        return tuple(found)

    @property
    def words(self) -> str:
        """ "N1 ▸ T1 ▸ ◌ ▸ O1 ▸ G1 · Regional hospitals"; empty without levels."""
        if not self.levels:
            return ""
        end = self.why_blind if self.goal is None else self.market.name if self.market else ""
        steps = " ▸ ".join(level.sign for level in self.levels)
        return " · ".join(filter(None, (steps, end)))

    @property
    def why_blind(self) -> str:
        """Why it has no line of sight."""
        root = self.levels[-1]
        closed = root.kind == "goal" and root.key
        return f"no line of sight: {root.key} is not active" if closed else "no line of sight"


def sight(hierarchy: Hierarchy, key: str) -> Sight:
    """The line of sight of a thing upward; no levels for what never has one: markets,
    accounts, products, the portfolio."""
    thing = hierarchy.thing(key)
    match thing:
        case Node():
            return _sight(hierarchy, (), thing.id)
        case Requirement():
            return _sight(hierarchy, (_level("requirement", thing),), thing.need_id)
        case Solution():
            return _sight(hierarchy, (_level("solution", thing),), thing.goal_id)
        case Measure(node_id=int(node)):
            return _sight(hierarchy, (_level("measure", thing),), node)
        case Evidence():
            return _sight(hierarchy, (_level("evidence", thing),), thing.node_id)
    return Sight((), None, None)


def _level(kind: ThingKind, thing: Thing) -> Level:
    return Level(kind, thing.key, words_of(thing))


def _sight(hierarchy: Hierarchy, first: tuple[Level, ...], node: int | None) -> Sight:
    path = hierarchy.path(node)
    levels = list(first)
    expected = NODE_KINDS
    if first and first[0].kind == "requirement" and not path:
        levels.append(Level("need", ""))
    for number, one in enumerate(reversed(path)):
        below = path[len(path) - number] if number else None
        if below is not None:
            between = expected[expected.index(one.kind) + 1 : expected.index(below.kind)]
            levels.extend(Level(kind, "") for kind in reversed(between))
        levels.append(_level(one.kind, one))
    if path and path[0].kind != "goal":
        levels.append(Level("goal", ""))
    root = path[0] if path else None
    market = hierarchy.market.get(root.market_id or 0) if root else None
    return Sight(tuple(levels), market, hierarchy.goal(node))


def between(hierarchy: Hierarchy, key: str, kind: str) -> Missing | None:
    """Where on a thing's line of sight a node of that kind is missing; None if it is not."""
    return next((one for one in sight(hierarchy, key).missing if one.kind == kind), None)
