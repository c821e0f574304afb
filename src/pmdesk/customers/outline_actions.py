"""The outline of a branch: its lines as they were read, and what is asked of the desk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from pmdesk.customers.actions import quoted
from pmdesk.customers.kinds import (
    AccountStatus,
    Horizon,
    Layer,
    NodeKind,
    NodeStatus,
    RequirementStatus,
    ThingKind,
)

LineKind = ThingKind | Literal["vision", "value"]
"""What a line may be; the last two belong to the product and the solution above them."""


USUAL_WEIGHT = 2
"""Of a goal that is given none."""

# What a line says -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MarketPart:
    kind: ClassVar[LineKind] = "market"
    name: str


@dataclass(frozen=True, slots=True)
class AccountPart:
    kind: ClassVar[LineKind] = "account"
    name: str
    status: AccountStatus = "customer"
    revenue_share: float | None = None
    """Percent."""
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NodePart:
    kind: NodeKind
    statement: str
    layer: Layer | None = None
    weight: int | None = None
    status: NodeStatus = "active"


@dataclass(frozen=True, slots=True)
class RequirementPart:
    kind: ClassVar[LineKind] = "requirement"
    statement: str
    product: str = ""
    """Its name; "" where it stands below its product."""
    solution: str = ""
    """Its code or its name; "" where it is in none, or stands below it."""
    effort_weeks: float | None = None
    status: RequirementStatus = "candidate"
    shipped_on: date | None = None
    horizon: Horizon | None = None


@dataclass(frozen=True, slots=True)
class ProductPart:
    kind: ClassVar[LineKind] = "product"
    name: str


@dataclass(frozen=True, slots=True)
class VisionPart:
    """Of the product above it, at the top that of the portfolio."""

    kind: ClassVar[LineKind] = "vision"
    text: str
    revised: date | None = None


@dataclass(frozen=True, slots=True)
class SolutionPart:
    kind: ClassVar[LineKind] = "solution"
    name: str


@dataclass(frozen=True, slots=True)
class ValuePart:
    """The value statement of the solution above it."""

    kind: ClassVar[LineKind] = "value"
    text: str


@dataclass(frozen=True, slots=True)
class MeasurePart:
    kind: ClassVar[LineKind] = "measure"
    name: str
    baseline: float | None = None
    target: float | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class ReadingPart:
    kind: ClassVar[LineKind] = "reading"
    taken_on: date
    value: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class EvidencePart:
    kind: ClassVar[LineKind] = "evidence"
    quote: str
    account: str
    """Its name or an alias."""
    layer: Layer
    heard_on: date
    person: str = ""
    importance: int | None = None


@dataclass(frozen=True, slots=True)
class MentionPart:
    """A code alone: what is in the desk under it, for the lines below to hang on."""

    kind: LineKind


Part = (
    MarketPart | AccountPart | NodePart | RequirementPart | ProductPart | VisionPart
    | SolutionPart | ValuePart | MeasurePart | ReadingPart | EvidencePart | MentionPart
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OutlineLine:
    number: int
    """In the text, from 1."""
    above: int | None
    """The place, among all the lines, of the one that it stands below; None at the top."""
    kind: LineKind
    part: Part | None
    """None where it can't be understood."""
    code: str = ""
    """As it was written: "G1"."""
    words: str = ""
    """As it was written, where `part` is None."""
    misplaced: str = ""
    """Why it can't stand there, unless its code is in the desk."""


@dataclass(frozen=True, slots=True)
class Problem:
    line: int
    """Its number."""
    sentence: str
    """What is wrong and what to do."""
    blocks: bool = True
    """Whether nothing can be added while it is there; else it is a remark."""


# What is asked of the desk --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Addition:
    """One thing to be added. What it belongs to is named by key; "+3" is the fourth addition."""

    part: Part
    above: str = ""
    """What it stands below; "" where that is nothing."""
    product: str = ""
    solution: str = ""
    """Of a requirement."""
    account: str = ""
    """Of evidence."""


@dataclass(frozen=True, slots=True)
class AddBranch:
    """Add all that was typed or imported as one outline, in one step."""

    additions: tuple[Addition, ...]
    below: str = ""
    """What it stands below, in words: "G1", "“Regional hospitals”"."""
    origin: str = ""
    """The file that it came from."""

    def words(self) -> str:
        what = counted(Counter(one.part.kind for one in self.additions), most=4)
        if self.origin:
            return f"Import {quoted(self.origin)}: {what}"
        return f"Add {what}" + (f" below {self.below}" if self.below else "")


ORDER: tuple[LineKind, ...] = (
    "market", "account", "goal", "obstacle", "initiative", "tactic", "need", "requirement",
    "solution", "value", "measure", "reading", "evidence", "product", "vision",
)  # fmt: skip
"""In which they are counted."""
_MANY = {
    "tactic": "tactics", "value": "value statements", "evidence": "notes of what was heard",
}  # fmt: skip
_ONE = {"value": "value statement", "evidence": "note of what was heard"}


def counted(counts: Counter[LineKind], most: int = len(ORDER)) -> str:
    """ "2 goals, 1 need and 3 more"; "nothing"."""
    there = [(kind, counts[kind]) for kind in ORDER if counts[kind]]
    if len(there) == most + 1:
        most += 1  # “and 1 more” would be no shorter
    said = [f"{count:,} {_named(kind, count)}" for kind, count in there[:most]]
    if rest := sum(count for _kind, count in there[most:]):
        said.append(f"{rest:,} more")
    return _listed(said) if said else "nothing"


def _named(kind: LineKind, count: int) -> str:
    return _ONE.get(kind, kind) if count == 1 else _MANY.get(kind, f"{kind}s")


def _listed(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
