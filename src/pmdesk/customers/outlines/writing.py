"""The hierarchy as the lines of an outline: all of it, or what hangs below some of its things."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from pmdesk.customers.hierarchy import Hierarchy
from pmdesk.customers.outline_actions import (
    AccountPart,
    EvidencePart,
    LineKind,
    MarketPart,
    MeasurePart,
    NodePart,
    OutlineLine,
    Part,
    ProductPart,
    ReadingPart,
    RequirementPart,
    SolutionPart,
    ValuePart,
    VisionPart,
)
from pmdesk.customers.outlines.text import text_of
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


def outline(hierarchy: Hierarchy, keys: Iterable[str] | None = None) -> str:
    """The things of these keys with all that hangs below them, as an indented Markdown list;
    None is the whole hierarchy. Keys of nothing are left out."""
    lines = _Lines(hierarchy)
    if keys is None:
        lines.everything()
    for key in keys or ():
        if key == PORTFOLIO:
            lines.portfolio()
        elif (thing := hierarchy.thing(key)) is not None:
            lines.thing(thing, None)
    return text_of(lines.lines)


def part_of(hierarchy: Hierarchy, thing: Thing) -> Part:
    """What the line of a thing says of it."""
    match thing:
        case Node() as one:
            return NodePart(one.kind, one.statement, one.layer, one.weight, one.status)
        case Account() as one:
            return AccountPart(one.name, one.status, one.revenue_share, one.aliases, one.domains)
        case Requirement() as one:
            of, product = hierarchy.solution.get(one.solution_id or 0), one.product_id
            return RequirementPart(
                one.statement, hierarchy.product[product].name, of.code if of else "",
                one.effort_weeks, one.status, one.shipped_on, one.horizon,
            )  # fmt: skip
        case Measure() as one:
            return MeasurePart(one.name, one.baseline, one.target, one.unit or "")
        case Reading() as one:
            return ReadingPart(one.taken_on, one.value, one.note or "")
        case Evidence() as one:
            account, person = hierarchy.account[one.account_id].name, one.person or ""
            return EvidencePart(
                one.quote or "", account, one.layer, one.heard_on, person, one.importance
            )
        case Market() as one:
            return MarketPart(one.name)
        case Product() as one:
            return ProductPart(one.name)
    return SolutionPart(thing.name)


class _Lines:
    def __init__(self, hierarchy: Hierarchy) -> None:
        self.lines: list[OutlineLine] = []
        self._all = hierarchy

    def everything(self) -> None:
        """Markets on top, then what hangs on nothing, and our products at the bottom."""
        for market in self._all.markets:
            self.thing(market, None)
        for need in self._all.roots_of.get(None, ()):
            self.thing(need, None)
        for product in self._all.products:
            self._product(product, None, self._without_need(product))
        self.portfolio()

    def _without_need(self, product: Product) -> Iterable[Requirement]:
        return (one for one in self._all.requirements_on.get(product.id, ()) if not one.need_id)

    def portfolio(self) -> None:
        self._vision(self._all.vision, self._all.vision_revised, None)

    def thing(self, thing: Thing, above: int | None) -> None:
        match thing:
            case Market():
                self._market(thing, above)
            case Node():
                self._node(thing, above)
            case Requirement():
                self._requirement(thing, above)
            case Product():
                on_it = self._all.requirements_on.get(thing.id, ())
                self._product(thing, above, on_it)
            case Solution():
                place = self._solution(thing, above)
                for one in self._all.requirements_in.get(thing.id, ()):
                    self._requirement(one, place, solution=False)
            case Measure():
                self._measure(thing, above)
            case Account():
                self._account(thing, above)
            case Evidence():
                self._heard(thing, above)
            case Reading():
                self._reading(thing, above)

    # Their side -----------------------------------------------------------------------------

    def _market(self, market: Market, above: int | None) -> None:
        place = self._put(MarketPart(market.name), above)
        for account in self._all.accounts_of.get(market.id, ()):
            self._account(account, place)
        for goal in self._all.roots_of.get(market.id, ()):
            self._node(goal, place)

    def _account(self, one: Account, above: int | None) -> None:
        self._put(part_of(self._all, one), above)

    def _node(self, top: Node, above: int | None) -> None:
        waiting: list[tuple[Node, int | None]] = [(top, above)]
        while waiting:
            node, above = waiting.pop()
            place = self._put(part_of(self._all, node), above, node.code)
            for measure in self._all.measures_of.get(node.id, ()):
                self._measure(measure, place)
            for heard in self._all.evidence_on.get(node.id, ()):
                self._heard(heard, place)
            for solution in self._all.solutions_of.get(node.id, ()):
                self._solution(solution, place)
            for requirement in self._all.requirements_of.get(node.id, ()):
                self._requirement(requirement, place)
            waiting += [(one, place) for one in reversed(self._all.below.get(node.id, ()))]

    def _heard(self, one: Evidence, above: int | None) -> None:
        self._put(part_of(self._all, one), above)

    # Our side -------------------------------------------------------------------------------

    def _requirement(
        self, one: Requirement, above: int | None, product: bool = True, solution: bool = True
    ) -> None:
        part = part_of(self._all, one)
        assert isinstance(part, RequirementPart)
        if not product:
            part = replace(part, product="")
        if not solution:
            part = replace(part, solution="")
        self._put(part, above, one.code)

    def _product(
        self, product: Product, above: int | None, requirements: Iterable[Requirement]
    ) -> None:
        place = self._put(ProductPart(product.name), above)
        self._vision(product.vision, product.vision_revised, place)
        for measure in self._all.key_results_of.get(product.id, ()):
            self._measure(measure, place)
        for one in requirements:
            self._requirement(one, place, product=False)

    def _vision(self, vision: str | None, revised: date | None, above: int | None) -> None:
        if vision or revised:
            self._put(VisionPart(vision or "", revised), above)

    def _solution(self, solution: Solution, above: int | None) -> int:
        place = self._put(SolutionPart(solution.name), above, solution.code)
        if solution.value_statement:
            self._put(ValuePart(solution.value_statement), place)
        return place

    # Measures -------------------------------------------------------------------------------

    def _measure(self, one: Measure, above: int | None) -> None:
        place = self._put(part_of(self._all, one), above)
        for reading in one.readings:
            self._reading(reading, place)

    def _reading(self, one: Reading, above: int | None) -> None:
        self._put(part_of(self._all, one), above)

    def _put(self, part: Part, above: int | None, code: str = "") -> int:
        kind: LineKind = part.kind
        place = len(self.lines)
        self.lines.append(OutlineLine(place + 1, above, kind, part, code))
        return place
