"""What a desk has already, found by its words and its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import fields
from functools import cached_property

from pmdesk.customers.hierarchy import Hierarchy
from pmdesk.customers.outline_actions import (
    AccountPart,
    EvidencePart,
    MeasurePart,
    NodePart,
    Part,
    ReadingPart,
    RequirementPart,
    SolutionPart,
)
from pmdesk.customers.outlines.writing import part_of
from pmdesk.customers.things import Node, Requirement, Solution
from pmdesk.text import clean_line

_WITH_DETAILS = (AccountPart, NodePart, RequirementPart, MeasurePart, EvidencePart)
_FOUND_BY = frozenset({"name", "statement", "kind", "account", "product", "solution"})
"""What two lines are found to be the same by, or what is named in several ways."""


class Known:
    """Of one hierarchy; made once, asked at every key."""

    def __init__(self, hierarchy: Hierarchy) -> None:
        self.hierarchy = hierarchy

    def named(self, kind: str, name: str) -> str | None:
        """The key of the market, account, product or solution of that name or alias."""
        return self._names.get((kind, name.casefold()))

    def words(self, code: str) -> str:
        """The statement or name of what has this code."""
        thing = self.hierarchy.thing(code)
        match thing:
            case Node() | Requirement():
                return clean_line(thing.statement)
            case Solution():
                return clean_line(thing.name)
        return ""

    def find(self, part: Part, above: str) -> Sequence[str]:
        """The keys of all that say the same below the thing of this key."""
        return self._places.get((above, same(part, self)), ())

    def stands(self, key: str, part: Part, above: str) -> bool:
        """Whether the thing of this key is among them."""
        return (key, above, same(part, self)) in self._standing

    def differs(self, part: Part, key: str) -> bool:
        """Whether a line says something else of a thing than the desk knows; what it leaves out
        is no difference."""
        thing = self.hierarchy.thing(key)
        if thing is None or not isinstance(part, _WITH_DETAILS):
            return False
        there = part_of(self.hierarchy, thing)
        return any(
            getattr(part, one.name) not in (one.default, getattr(there, one.name, None))
            for one in fields(part)
            if one.name not in _FOUND_BY
        )

    @cached_property
    def _standing(self) -> frozenset[tuple[str, str, Hashable]]:
        return frozenset((key, above, words) for above, words, key in self._all())

    @cached_property
    def _names(self) -> dict[tuple[str, str], str]:
        names: dict[tuple[str, str], str] = {}
        for account in self.hierarchy.accounts:
            for alias in (*account.domains, *account.aliases):
                names["account", alias.casefold()] = account.key
        for account in self.hierarchy.accounts:
            names["account", account.name.casefold()] = account.key
        for solution in reversed(self.hierarchy.solutions):
            names["solution", solution.name.casefold()] = solution.key
        names |= {("market", one.name.casefold()): one.key for one in self.hierarchy.markets}
        names |= {("product", one.name.casefold()): one.key for one in self.hierarchy.products}
        return names

    @cached_property
    def _places(self) -> dict[tuple[str, Hashable], list[str]]:
        places: defaultdict[tuple[str, Hashable], list[str]] = defaultdict(list)
        for above, words, key in self._all():
            places[above, words].append(key)
        return places

    def _all(self) -> Iterator[tuple[str, Hashable, str]]:
        """What each thing stands below, its words and its key."""
        whole = self.hierarchy
        for node in whole.nodes:
            above = whole.node.get(node.parent_id or 0)
            market = f"market {node.market_id}" if node.kind == "goal" else ""
            place = above.key if above else market
            yield place, (node.kind, clean_line(node.statement)), node.key
        for one in whole.requirements:
            words = clean_line(one.statement)
            need, product = whole.node.get(one.need_id or 0), f"product {one.product_id}"
            yield need.key if need else "", ("requirement", words, product), one.key
            yield product, ("requirement", words, ""), one.key
            if solution := whole.solution.get(one.solution_id or 0):
                yield solution.key, ("requirement", words, product), one.key
        for solution in whole.solutions:
            goal = whole.node[solution.goal_id].key
            yield goal, ("solution", clean_line(solution.name)), solution.key
        for measure in whole.measures:
            of = whole.node.get(measure.node_id or 0)
            above_it = of.key if of else f"product {measure.product_id}"
            yield above_it, ("measure", clean_line(measure.name)), measure.key
            for reading in measure.readings:
                yield measure.key, ("reading", reading.taken_on, reading.value), reading.key
        for heard in whole.evidence:
            account = f"account {heard.account_id}"
            said = ("evidence", (heard.quote or "").strip(), account, heard.layer, heard.heard_on)
            yield whole.node[heard.node_id].key, said, heard.key


def same(part: Part, known: Known | None = None) -> Hashable:
    """What two lines have in common that say the same; names as `known` finds them."""
    match part:
        case NodePart():
            return part.kind, part.statement
        case RequirementPart():
            product = known.named("product", part.product) if known and part.product else None
            return "requirement", part.statement, product or part.product
        case SolutionPart() | MeasurePart():
            return part.kind, part.name
        case ReadingPart():
            return "reading", part.taken_on, part.value
        case EvidencePart():
            account = known.named("account", part.account) if known else None
            return "evidence", part.quote, account or part.account, part.layer, part.heard_on
    return part
