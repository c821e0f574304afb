"""`s` on a gap: not before a day, and why; the same key tells one again that is put off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from textual import on

from pmdesk.customers.evidence_actions import PutOffGap, RecallGap
from pmdesk.customers.gaps import put_off, rule, told_of
from pmdesk.dates import read_date, say_date
from pmdesk.errors import RefusedError
from pmdesk.ui.dialogs.dialog import FieldError
from pmdesk.ui.dialogs.later import LaterDialog
from pmdesk.ui.widgets.choices import Choice, Choices
from pmdesk.ui.widgets.field import Field, LineField

if TYPE_CHECKING:
    from pmdesk.customers.hierarchy import Hierarchy


class PutOffDialog(LaterDialog[PutOffGap]):
    """A letter says until when and goes to the reason, which is asked for always."""

    kind: ClassVar[str] = "put off"
    usual = (
        ("w", "in a week", "1w"),
        ("f", "in two weeks", "2w"),
        ("m", "in a month", "1m"),
        ("e", "at the end of the quarter", "eoq"),
        ("h", "in half a year", "6m"),
    )
    why = "why", "what has to come first"

    def __init__(self, rule_id: str, subject: str, about: str, today: date) -> None:
        """`subject` is the key of what the gap is about."""
        super().__init__("Put off", about)
        self.subject = f"{rule_id} {subject}"
        self.rule_id = rule_id
        self.gap_subject = subject
        self.today = today

    def _usual(self) -> Iterator[Choice[date]]:
        """On the working day that is nearest, the soonest first."""
        days = ((_working(read_date(how, self.today)), key, said) for key, said, how in self.usual)
        for day, key, words in sorted(days, key=lambda one: one[0]):
            if day > self.today:
                yield Choice(key, words, day, say_date(day, self.today))

    def hints_here(self) -> str:
        match self.field_here:
            case "until":
                return "enter goes to the reason · esc leaves it"
            case "reason":
                return "enter puts it off · {dialog.previous} goes back · esc leaves it"
        return "a letter says until when · {dialog.next} types a day · esc leaves it"

    @on(Choices.Picked)
    def _picked(self, event: Choices.Picked) -> None:
        self.query_one("#field-until", LineField).fill(event.choice.value.isoformat())
        self.query_one("#field-reason", LineField).take_focus()

    def entered(self, field: Field) -> None:
        """A day that can't be read is told before the reason is written."""
        if field.name == "until":
            try:
                self.read(field.typed)
            except RefusedError as error:
                field.complain(str(error))
                return
        super().entered(field)

    def result(self) -> PutOffGap:
        until, reason = self.until(), self.reason()
        if not reason:
            raise FieldError("reason", "Write why: on that day you will want to know.")
        return PutOffGap(self.rule_id, self.gap_subject, until, reason)


def _working(day: date) -> date:
    return day + timedelta(days={5: -1, 6: 1}.get(day.weekday(), 0))


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
