"""What may be asked of measures, of what was heard, and of gaps."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from pmdesk.customers.actions import quoted
from pmdesk.customers.kinds import Layer


@dataclass(frozen=True, slots=True)
class AddMeasure:
    of: str
    """The key of a goal or a product."""
    name: str
    unit: str = ""
    baseline: float | None = None
    target: float | None = None

    def words(self) -> str:
        return f"Measure {self.of} by {quoted(self.name)}"


@dataclass(frozen=True, slots=True)
class EditMeasure:
    id: int
    name: str
    unit: str = ""
    baseline: float | None = None
    target: float | None = None
    was: EditMeasure | None = field(default=None, compare=False)
    """As it stood when it was opened: what is the same there stays as the desk has it now."""

    def words(self) -> str:
        return f"Edit the measure {quoted(self.name)}"


@dataclass(frozen=True, slots=True)
class AddReading:
    measure: int
    taken_on: date
    value: float
    note: str = ""

    def words(self) -> str:
        return f"Read {self.value:g}"


@dataclass(frozen=True, slots=True)
class EditReading:
    id: int
    taken_on: date
    value: float
    note: str = ""
    was: EditReading | None = field(default=None, compare=False)
    """As it stood when it was opened: what is the same there stays as the desk has it now."""

    def words(self) -> str:
        return f"Edit a reading of {self.taken_on}"


@dataclass(frozen=True, slots=True)
class EvidenceDraft:
    nodes: tuple[int, ...]
    """What it speaks of: one piece of evidence on each."""
    account: int
    layer: Layer
    heard_on: date
    person: str = ""
    quote: str = ""
    importance: int | None = None
    """0 to 3."""


@dataclass(frozen=True, slots=True)
class AddEvidence:
    """What was heard in one conversation; each draft may be on several nodes."""

    notes: tuple[EvidenceDraft, ...]

    def words(self) -> str:
        count = sum(len(note.nodes) for note in self.notes)
        return "Note what was heard" + (f" on {count} nodes" if count > 1 else "")


@dataclass(frozen=True, slots=True)
class EditEvidence:
    id: int
    note: EvidenceDraft
    """On one node."""
    was: EditEvidence | None = field(default=None, compare=False)
    """As it stood when it was opened: what is the same there stays as the desk has it now."""

    def words(self) -> str:
        return "Edit what was heard"


# Gaps -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PutOffGap:
    rule: str
    subject: str
    """The key of what it is about."""
    until: date
    reason: str

    def words(self) -> str:
        return f"Put off {self.rule} of {self.subject} until {self.until}"


@dataclass(frozen=True, slots=True)
class RecallGap:
    """Tell a gap again that was put off."""

    rule: str
    subject: str

    def words(self) -> str:
        return f"Tell {self.rule} of {self.subject} again"
