"""What there is to say of one thing of the hierarchy: what it serves and who serves it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple, cast

from pmdesk.customers.gaps import Gap, gaps
from pmdesk.customers.hierarchy import Hierarchy, by_code
from pmdesk.customers.kinds import LETTERS, NODE_KINDS, Layer, NodeKind, ThingKind
from pmdesk.customers.things import (
    LAYERS,
    PORTFOLIO,
    Account,
    Evidence,
    Market,
    Measure,
    Node,
    Product,
    Reading,
    Requirement,
    Solution,
    Thing,
)

# What it is -----------------------------------------------------------------------------------


def kind_of(key: str) -> ThingKind | None:
    """By the key alone; an account's layer ("account 3 executive") is an account."""
    word = key.split(" ", 1)[0]
    if word in ("market", "account", "product", "measure", "reading", "evidence", PORTFOLIO):
        return cast("ThingKind", word)
    return LETTERS.get(word[:1]) if word[1:].isdecimal() else None


def layer_of(key: str) -> tuple[str, Layer | None]:
    """ "account 3 executive" → ("account 3", "executive"); any other key as it is."""
    whole, _, last = key.rpartition(" ")
    for layer in LAYERS:
        if last == layer and whole.startswith("account "):
            return whole, layer
    return key, None


def words_of(thing: Thing | None) -> str:
    """Its statement or name; the portfolio has none of its own."""
    match thing:
        case Node() | Requirement():
            return thing.statement
        case Market() | Account() | Product() | Solution() | Measure():
            return thing.name
        case Evidence():
            return thing.quote or ""
        case Reading():
            return thing.note or ""
    return ""


def name_of(hierarchy: Hierarchy, key: str) -> str:
    """As lists name it: the code of what has one, else the name."""
    thing = hierarchy.thing(key)
    if key == PORTFOLIO:
        return "Portfolio"
    named = isinstance(thing, Market | Account | Product | Measure)
    return words_of(thing) if named else key


# Line of sight --------------------------------------------------------------------------------


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


# What serves it -------------------------------------------------------------------------------


class Share(NamedTuple):
    """What one product does for a thing."""

    product: Product
    requirements: tuple[Requirement, ...]


def serving(hierarchy: Hierarchy, key: str) -> tuple[Share, ...]:
    """The live requirements that serve a thing, by product in its order; products without one
    are left out."""
    found = requirements_for(hierarchy, key)
    groups: dict[int, list[Requirement]] = {}
    for one in found:
        groups.setdefault(one.product_id, []).append(one)
    return tuple(
        Share(product, tuple(groups[product.id]))
        for product in hierarchy.products
        if product.id in groups
    )


def requirements_for(hierarchy: Hierarchy, key: str) -> tuple[Requirement, ...]:
    """The live requirements that serve a market, node, solution, or are those of a product."""
    match hierarchy.thing(key):
        case Node() as node:
            found = _below(hierarchy, (node,))
        case Market() as market:
            found = _below(hierarchy, hierarchy.roots_of.get(market.id, ()))
        case Solution() as solution:
            found = list(hierarchy.requirements_in.get(solution.id, ()))
        case Product() as product:
            found = list(hierarchy.requirements_on.get(product.id, ()))
        case _:
            found = []
    return tuple(one for one in found if one.live)


def _below(hierarchy: Hierarchy, nodes: tuple[Node, ...]) -> list[Requirement]:
    """Of the nodes and what is active below them; a stack, for there may be 20,000."""
    found: list[Requirement] = []
    waiting = list(reversed(nodes))
    below, requirements = hierarchy.below, hierarchy.requirements_of
    while waiting:
        node = waiting.pop()
        found.extend(requirements.get(node.id, ()))
        waiting.extend(one for one in reversed(below.get(node.id, ())) if one.status == "active")
    return found


def below_of(hierarchy: Hierarchy, key: str) -> tuple[Node, ...]:
    """The nodes right below a node, or the goals of a market."""
    match hierarchy.thing(key):
        case Node() as node:
            return tuple(hierarchy.below.get(node.id, ()))
        case Market() as market:
            return tuple(hierarchy.roots_of.get(market.id, ()))
    return ()


# Who spoke of it ------------------------------------------------------------------------------


class Heard(NamedTuple):
    pieces: tuple[Evidence, ...]
    """The newest first."""
    accounts: int
    layers: tuple[Layer, ...]
    silent: tuple[Layer, ...]
    """The layers that were not heard."""
    below: int = 0
    """Pieces on what hangs below a node."""


def heard(hierarchy: Hierarchy, key: str) -> Heard:
    """What was said of a node (of its need, for a requirement), or by an account or a layer
    of it."""
    whole, layer = layer_of(key)
    below = 0
    match hierarchy.thing(whole):
        case Node() as node:
            found = hierarchy.evidence_on.get(node.id, ())
            below = _heard_below(hierarchy, node)
        case Requirement(need_id=int(need)):
            found = hierarchy.evidence_on.get(need, ())
        case Account() as account:
            found = hierarchy.evidence_of.get(account.id, ())
        case _:
            found = ()
    pieces = tuple(one for one in reversed(found) if layer in (None, one.layer))
    spoke = {one.layer for one in pieces}
    return Heard(
        pieces,
        len({one.account_id for one in pieces}),
        tuple(one for one in LAYERS if one in spoke),
        tuple(one for one in LAYERS if one not in spoke),
        below,
    )


def _heard_below(hierarchy: Hierarchy, node: Node) -> int:
    count, waiting = 0, [node]
    while waiting:
        nodes = hierarchy.below.get(waiting.pop().id, ())
        count += sum(len(hierarchy.evidence_on.get(one.id, ())) for one in nodes)
        waiting.extend(nodes)
    return count


def goals_reached(
    hierarchy: Hierarchy, requirements: tuple[Requirement, ...]
) -> tuple[tuple[Node, int], ...]:
    """The active goals that requirements reach, each with how many do, the most first."""
    counts: dict[int, int] = {}
    for one in requirements:
        if goal := hierarchy.goal_of(one):
            counts[goal.id] = counts.get(goal.id, 0) + 1
    nodes = sorted(
        (hierarchy.node[id_] for id_ in counts),
        key=lambda node: (-counts[node.id], by_code(node.code)),
    )
    return tuple((node, counts[node.id]) for node in nodes)


def count_of(hierarchy: Hierarchy, market: Market) -> dict[NodeKind, int]:
    """How many active nodes of each kind a market has; kinds without one are left out."""
    counts: dict[NodeKind, int] = {}
    waiting = [one for one in hierarchy.roots_of.get(market.id, ()) if one.status == "active"]
    while waiting:
        node = waiting.pop()
        counts[node.kind] = counts.get(node.kind, 0) + 1
        waiting.extend(one for one in hierarchy.below.get(node.id, ()) if one.status == "active")
    return counts


# What it lacks --------------------------------------------------------------------------------


def gaps_by_subject(hierarchy: Hierarchy, today: date) -> Mapping[str, tuple[Gap, ...]]:
    """The gaps to be told today, by the key of what they are about."""
    found: dict[str, list[Gap]] = {}
    for gap in gaps(hierarchy, today):
        found.setdefault(gap.subject, []).append(gap)
    return {key: tuple(own) for key, own in found.items()}
