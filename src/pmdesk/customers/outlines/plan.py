"""What an outline comes to: additions, problems, and what each of its lines is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pmdesk.customers.hierarchy import Hierarchy
from pmdesk.customers.outline_actions import (
    AddBranch,
    Addition,
    LineKind,
    OutlineLine,
    Part,
    Problem,
)
from pmdesk.customers.things import Node, Requirement


@dataclass(slots=True)
class Plan:
    lines: Sequence[OutlineLine]
    additions: list[Addition] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    """By line; also remarks."""
    refs: dict[int, str] = field(default_factory=dict)
    """What each line is, by its place: a key, or "+3" for the fourth addition."""
    named_only: list[Addition] = field(default_factory=list)
    """Those of the additions that no line is of: a product that is only named in a detail."""

    elsewhere: int = 0
    """How many lines are there by their code, at another place than they stand here."""

    @property
    def blocked(self) -> bool:
        return any(one.blocks for one in self.problems)

    @property
    def counts(self) -> Counter[LineKind]:
        return Counter(one.part.kind for one in self.additions)

    def is_new(self, place: int) -> bool:
        return self.refs.get(place, "").startswith("+")

    def action(self, below: str = "", origin: str = "") -> AddBranch:
        return AddBranch(tuple(self.additions), below, origin)


def new_names(plan: Plan) -> Iterator[str]:
    """What is made without a line of its own: "new product “Rota”"."""
    for one in plan.named_only:
        yield f"new {one.part.kind} “{words_of(one.part)}”"


def words_of(part: Part | None) -> str:
    """Its statement or name; "" for the others."""
    return str(getattr(part, "statement", "") or getattr(part, "name", ""))


def name_of(hierarchy: Hierarchy, key: str) -> str:
    """What a thing is called in a sentence: "N4 Weigh loads", "Regional hospitals"."""
    thing = hierarchy.thing(key)
    if isinstance(thing, Node | Requirement):
        return f"{thing.code} {thing.statement}"
    return str(getattr(thing, "name", key))
