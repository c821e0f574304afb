"""`s` on a gap: not before a day, and why; the same key tells one again that is put off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.widget import Widget

from pmdesk.customers.evidence_actions import PutOffGap, RecallGap
from pmdesk.customers.gaps import put_off, rule, told_of
from pmdesk.dates import read_date, say_date
from pmdesk.errors import RefusedError
from pmdesk.text import clean_line
from pmdesk.ui.dialogs.dialog import Dialog, FieldError
from pmdesk.ui.widgets.choices import Choice, Choices
from pmdesk.ui.widgets.field import Field, LineField

if TYPE_CHECKING:
    from datetime import date

    from pmdesk.customers.hierarchy import Hierarchy

_USUAL = (
    ("w", "in a week", "1w"),
    ("f", "in two weeks", "2w"),
    ("m", "in a month", "1m"),
    ("e", "at the end of the quarter", "eoq"),
    ("h", "in half a year", "6m"),
)


class PutOffDialog(Dialog[PutOffGap]):
    """A letter says until when and goes to the reason, which is asked for always."""

    kind: ClassVar[str] = "put off"

    def __init__(self, rule_id: str, subject: str, about: str, today: date) -> None:
        """`subject` is the key of what the gap is about."""
        super().__init__("Put off until", about)
        self.subject = f"{rule_id} {subject}"
        self.rule_id = rule_id
        self.gap_subject = subject
        self.today = today

    def body(self) -> Iterator[Widget]:
        yield Choices(*self._usual())
        yield LineField("until", "another day", "fri, +3d, 2w, eom, q1, 27 nov", self._echo)
        yield LineField("reason", "why", "what has to come first")

    def hints_here(self) -> str:
        match self.field_here:
            case "until":
                return "enter goes to the reason · esc leaves it"
            case "reason":
                return "enter puts it off · {dialog.previous} goes back · esc leaves it"
        return "a letter says until when · {dialog.next} types a day · esc leaves it"

    def _usual(self) -> Iterator[Choice[str]]:
        for key, words, written in _USUAL:
            day = read_date(written, self.today)
            if day > self.today:
                yield Choice(key, words, written, say_date(day, self.today))

    @on(Choices.Picked)
    def _picked(self, event: Choices.Picked) -> None:
        self.query_one("#field-until", LineField).fill(event.choice.value)
        self.query_one("#field-reason", LineField).take_focus()

    def on_key(self, event: events.Key) -> None:
        """A digit or a sign over the choices begins a date."""
        typed = event.character or ""
        if isinstance(self.focused, Choices) and (typed.isdigit() or typed == "+"):
            event.stop()
            until = self.query_one("#field-until", LineField)
            until.fill(typed)
            until.take_focus()

    def entered(self, field: Field) -> None:
        """A day that can't be read is told before the reason is written."""
        if field.name == "until":
            try:
                self._read(field.typed)
            except RefusedError as error:
                field.complain(str(error))
                return
        super().entered(field)

    def result(self) -> PutOffGap:
        try:
            until = self._read(self.query_one("#field-until", LineField).typed)
        except RefusedError as error:
            raise FieldError("until", str(error)) from None
        reason = clean_line(self.query_one("#field-reason", LineField).typed)
        if not reason:
            raise FieldError("reason", "Write why: on that day you will want to know.")
        return PutOffGap(self.rule_id, self.gap_subject, until, reason)

    def _echo(self, written: str) -> str:
        return say_date(self._read(written), self.today)

    def _read(self, written: str) -> date:
        if not written.strip():
            raise RefusedError("Write until when.")
        until = read_date(written, self.today)
        if until <= self.today:
            raise RefusedError(f"{say_date(until, self.today)} is not ahead: write a later day.")
        return until


def dialog_for(hierarchy: Hierarchy, keys: Sequence[str], today: date) -> PutOffDialog | RecallGap:
    """For the key of a thing and the id of a rule. A gap that is put off is told again."""
    subject, rule_id = keys
    if (rule_id, subject) in put_off(hierarchy, today):
        return RecallGap(rule_id, subject)
    return PutOffDialog(rule_id, subject, about(hierarchy, rule_id, subject), today)


def about(hierarchy: Hierarchy, rule_id: str, subject: str) -> str:
    """ "G4: nobody measures it · Keep both contracts"."""
    thing = hierarchy.thing(subject)
    name = getattr(thing, "code", getattr(thing, "name", subject))
    words = rule(rule_id).words
    said = f"{name}: {words[0].lower()}{words[1:]}"
    return " · ".join(filter(None, (said, told_of(hierarchy, subject))))
