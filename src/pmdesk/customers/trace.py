"""The full picture of one thing: up to the market, and down to the requirements by product.

A trace is a forest of stops. A stop's kind is a word, so that what later features hang on the
hierarchy (requests, time entries) can be a stop as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pmdesk.customers.hierarchy import Hierarchy, by_code
from pmdesk.customers.item import (
    heard,
    kind_of,
    layer_of,
    name_of,
    requirements_for,
    words_of,
)
from pmdesk.customers.kinds import Layer
from pmdesk.customers.measuring import progress
from pmdesk.customers.seeing import Sight, sight
from pmdesk.customers.solutions import CHECKS, check
from pmdesk.customers.things import (
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
from pmdesk.errors import RefusedError
from pmdesk.text import shorten

_QUOTED = 60
"""Letters of a quote that stand in a trace."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A thing on the way; what is not known of it is blank."""

    kind: str
    key: str
    name: str
    """Its code; what has none is blank."""
    words: str
    status: str = ""
    layer: str = ""
    weight: int | None = None
    need: str = ""
    """The code of the need that a requirement answers."""
    solution: str = ""
    effort_weeks: float | None = None
    goal: str = ""
    """The code of the active goal it has in sight."""
    evidence: int | None = None
    accounts: int | None = None
    """How many accounts the evidence is from."""
    below: tuple[Stop, ...] = ()


@dataclass(frozen=True, slots=True)
class Trace:
    of: Stop
    """The thing itself, without what is below it."""
    sight: Sight
    """Its line upward; without levels for what has no single one."""
    goals: tuple[str, ...]
    """The codes of the active goals it reaches: by its needs' paths, and by its solutions."""
    markets: tuple[Stop, ...]
    """Each with the goals, and what hangs below them, that belong to the picture."""
    adrift: tuple[Stop, ...]
    """What hangs under no goal."""
    products: tuple[Stop, ...]
    """Those that contribute, each with its requirements."""
    products_of: int
    """How many products there are."""


def trace(hierarchy: Hierarchy, key: str) -> Trace:
    """The picture of a thing. Raises RefusedError where there is none of that key."""
    key, layer = layer_of(key)
    if isinstance(thing := hierarchy.thing(key), Reading):
        key = f"measure {thing.metric_id}"
    if thing is None and key != PORTFOLIO:
        raise RefusedError(f"There is no {key}: it may have been deleted.")
    return _Tracer(hierarchy, key, layer).made()


class _Tracer:
    """Gathers what belongs to the picture of one thing, then puts it in order."""

    def __init__(self, hierarchy: Hierarchy, key: str, layer: Layer | None) -> None:
        self._h = hierarchy
        self._key = key
        self._thing = hierarchy.thing(key)
        self._layer = layer
        self._nodes: set[int] = set()
        self._solutions: dict[int, list[Solution]] = {}
        """By their goal."""
        self._requirements: tuple[Requirement, ...] = ()

    def made(self) -> Trace:
        self._gather()
        self._add_solutions()
        for one in self._requirements:
            self._add_path(one.need_id)
        markets = tuple(filter(None, map(self._market, self._h.markets)))
        adrift = tuple(self._node(one) for one in self._h.roots_of.get(None, ())
                       if one.id in self._nodes)  # fmt: skip
        products = tuple(filter(None, map(self._product, self._h.products)))
        return Trace(
            self._of(),
            sight(self._h, self._key),
            self._goals(),
            markets,
            adrift,
            products,
            len(self._h.products),
        )

    # What belongs to it ---------------------------------------------------------------------

    def _gather(self) -> None:
        match self._thing:
            case Node() as node:
                self._add_path(node.id)
                self._add_below((node,))
                self._requirements = requirements_for(self._h, self._key)
            case Market() as market:
                self._add_below(self._h.roots_of.get(market.id, ()))
                self._requirements = requirements_for(self._h, self._key)
            case Requirement() as requirement:
                self._requirements = (requirement,)
            case Solution() as solution:
                self._add_path(solution.goal_id)
                self._requirements = requirements_for(self._h, self._key)
            case Product():
                self._requirements = requirements_for(self._h, self._key)
            case Measure() as measure:
                self._add_path(measure.node_id)
            case Evidence() as evidence:
                self._add_path(evidence.node_id)
            case Account():
                self._add_account()
            case _:
                self._add_below(self._h.nodes)
                self._requirements = tuple(one for one in self._h.requirements if one.live)

    def _add_path(self, node: int | None) -> None:
        self._nodes.update(one.id for one in self._h.path(node))

    def _add_below(self, nodes: Iterable[Node]) -> None:
        waiting = list(nodes)
        while waiting:
            node = waiting.pop()
            if node.id not in self._nodes or node is self._thing:
                self._nodes.add(node.id)
                waiting.extend(self._h.below.get(node.id, ()))

    def _add_account(self) -> None:
        pieces = heard(self._h, f"{self._key} {self._layer}" if self._layer else self._key).pieces
        for node in {one.node_id for one in pieces}:
            self._add_path(node)
        found = (self._h.requirements_of.get(one.node_id, ()) for one in pieces)
        ordered = {one.code: one for group in found for one in group if one.live}
        self._requirements = tuple(ordered[code] for code in sorted(ordered, key=by_code))

    def _add_solutions(self) -> None:
        """Those of the requirements, the thing itself, and those of a goal that is traced."""
        used = {one.solution_id for one in self._requirements}
        for one in self._h.solutions:
            if one.id in used or one is self._thing or self._is_goal_of(one):
                self._add_path(one.goal_id)
                self._solutions.setdefault(one.goal_id, []).append(one)

    def _is_goal_of(self, solution: Solution) -> bool:
        return isinstance(self._thing, Node) and self._thing.id == solution.goal_id

    # In order -------------------------------------------------------------------------------

    def _goals(self) -> tuple[str, ...]:
        nodes: list[int | None] = []
        match self._thing:
            case Node():
                nodes = [self._thing.id]
            case Measure() | Evidence():
                nodes = [self._thing.node_id]
            case Market():
                nodes = [one.id for one in self._h.roots_of.get(self._thing.id, ())]
            case Account():
                nodes = list(self._nodes)
            case _:
                nodes = [one.need_id for one in self._requirements]
                nodes += list(self._solutions)
        found = {goal.code for node in nodes if (goal := self._h.goal(node))}
        return tuple(sorted(found, key=by_code))

    def _market(self, market: Market) -> Stop | None:
        account = self._thing if isinstance(self._thing, Account) else None
        below = [self._of()] if account and account.market_id == market.id else []
        below += [
            self._node(one) for one in self._h.roots_of.get(market.id, ()) if one.id in self._nodes
        ]
        if not below and market is not self._thing:
            return None
        return Stop("market", market.key, "", market.name, below=tuple(below))

    def _node(self, node: Node) -> Stop:
        below = [stop_of(self._h, one) for one in self._h.measures_of.get(node.id, ())]
        below += [stop_of(self._h, one) for one in self._solutions.get(node.id, ())]
        below += [
            self._node(one) for one in self._h.below.get(node.id, ()) if one.id in self._nodes
        ]
        if isinstance(self._thing, Evidence) and self._thing.node_id == node.id:
            below.insert(0, self._of())
        stop = replace(stop_of(self._h, node), below=tuple(below))
        if not isinstance(self._thing, Account):
            return stop
        own = [
            one
            for one in self._h.evidence_on.get(node.id, ())
            if one.account_id == self._thing.id and self._layer in (None, one.layer)
        ]
        return replace(stop, evidence=len(own), accounts=min(1, len(own)))

    def _product(self, product: Product) -> Stop | None:
        own = (one for one in self._requirements if one.product_id == product.id)
        below = tuple(stop_of(self._h, one) for one in own)
        ours = isinstance(self._thing, Measure) and self._thing.product_id == product.id
        if not below and product is not self._thing and not ours:
            return None
        if ours:
            below = (self._of(),)
        return Stop("product", product.key, "", product.name, below=below)

    def _of(self) -> Stop:
        if self._thing is None:
            return Stop("portfolio", PORTFOLIO, "", name_of(self._h, PORTFOLIO))
        stop = stop_of(self._h, self._thing)
        return replace(stop, layer=self._layer) if self._layer else stop


def stop_of(hierarchy: Hierarchy, thing: Thing) -> Stop:
    """A thing as a stop, without what is below it."""
    stop = Stop(kind_of(thing.key) or "", thing.key, "", words_of(thing))
    match thing:
        case Node():
            said = hierarchy.evidence_on.get(thing.id, ())
            goal = hierarchy.goal(thing.id)
            return replace(
                stop, name=thing.code, status=thing.status, layer=thing.layer or "",
                weight=thing.weight, goal=goal.code if goal else "", evidence=len(said),
                accounts=len({one.account_id for one in said}),
            )  # fmt: skip
        case Requirement():
            goal = hierarchy.goal_of(thing)
            need = hierarchy.node.get(thing.need_id or 0)
            solution = hierarchy.solution.get(thing.solution_id or 0)
            return replace(
                stop, name=thing.code, status=thing.status, need=need.code if need else "",
                solution=solution.code if solution else "", effort_weeks=thing.effort_weeks,
                goal=goal.code if goal else "",
            )  # fmt: skip
        case Solution():
            goal = hierarchy.goal(thing.goal_id)
            score = f"check {check(hierarchy, thing).score}/{len(CHECKS)}"
            return replace(stop, name=thing.code, status=score, goal=goal.code if goal else "")
        case Account():
            said = hierarchy.evidence_of.get(thing.id, ())
            return replace(stop, status=thing.status, evidence=len(said))
        case Evidence():
            quote = f": “{shorten(thing.quote, _QUOTED)}”" if thing.quote else ""
            name = hierarchy.account[thing.account_id].name
            return replace(stop, layer=thing.layer, words=f"{name}{quote}")
        case Measure():
            share = progress(thing)
            return replace(stop, status="unknown" if share is None else f"{share * 100:.0f} %")
    return stop
