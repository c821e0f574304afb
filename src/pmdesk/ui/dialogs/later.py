"""What the dialogs share that ask for a day ahead: letters for the usual days, or any date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Generic, TypeVar

from textual import events
from textual.widget import Widget

from pmdesk.dates import read_date, say_date
from pmdesk.errors import RefusedError
from pmdesk.text import clean_line
from pmdesk.ui.dialogs.dialog import Dialog, FieldError
from pmdesk.ui.widgets.choices import Choice, Choices
from pmdesk.ui.widgets.field import LineField

T = TypeVar("T")


class LaterDialog(Dialog[T], Generic[T]):
    """Until when, and why."""

    usual: ClassVar[tuple[tuple[str, str, str], ...]]
    """Of each usual day its letter, its words and how it is written."""
    label = "another day"
    why: ClassVar[tuple[str, str]]
    """Of the reason: the label of its field, and the placeholder."""

    today: date

    def body(self) -> Iterator[Widget]:
        yield Choices(*self._usual())
        yield LineField("until", self.label, "fri, +3d, 2w, eom, q1, 27 nov", self._echo)
        yield LineField("reason", *self.why)

    def _usual(self) -> Iterator[Choice[date]]:
        for key, words, written in self.usual:
            day = read_date(written, self.today)
            if day > self.today:
                yield Choice(key, words, day, say_date(day, self.today))

    def on_key(self, event: events.Key) -> None:
        """A digit or a sign over the choices begins a date."""
        typed = event.character or ""
        if isinstance(self.focused, Choices) and (typed.isdigit() or typed == "+"):
            event.stop()
            until = self.query_one("#field-until", LineField)
            until.fill(typed)
            until.take_focus()

    def until(self) -> date:
        """The day that is written. FieldError where it is none, or not ahead."""
        try:
            return self.read(self.query_one("#field-until", LineField).typed)
        except RefusedError as error:
            raise FieldError("until", str(error)) from None

    def reason(self) -> str:
        return clean_line(self.query_one("#field-reason", LineField).typed)

    def _echo(self, written: str) -> str:
        return say_date(self.read(written), self.today)

    def read(self, written: str) -> date:
        """RefusedError where it is no day, or not ahead."""
        if not written.strip():
            raise RefusedError("Write until when.")
        until = read_date(written, self.today)
        if until <= self.today:
            raise RefusedError(f"{say_date(until, self.today)} is not ahead: write a later day.")
        return until
