"""`s`: not now, back on a date; one key for the usual dates, or any date in the small grammar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from textual import events, on
from textual.widget import Widget

from pmdesk.dates import read_date, say_date
from pmdesk.errors import RefusedError
from pmdesk.requests.actions import Park
from pmdesk.text import clean_line
from pmdesk.ui.dialogs.dialog import FieldError
from pmdesk.ui.dialogs.verdict import VerdictDialog
from pmdesk.ui.widgets.choices import Choice, Choices
from pmdesk.ui.widgets.field import Field, LineField

_USUAL = (
    ("t", "tomorrow", "tomorrow"),
    ("m", "next Monday", "mon"),
    ("w", "in a week", "1w"),
    ("f", "in two weeks", "2w"),
    ("e", "at the end of the month", "eom"),
)


class ParkDialog(VerdictDialog[Park]):
    """A letter parks at once; a date is typed into the line below, echoed as it is read."""

    kind: ClassVar[str] = "park"

    def __init__(self, requests: tuple[int, ...], about: str, today: date) -> None:
        super().__init__("Park until", about)
        self.subject = ",".join(map(str, requests))
        self.requests = requests
        self.today = today

    def body(self) -> Iterator[Widget]:
        yield Choices(*self._usual())
        yield LineField("until", "another date", "fri, +3d, 2w, eom, q1, 27 nov", self._echo)
        yield LineField("reason", "why, if you like")

    def hints_here(self) -> str:
        match self.field_here:
            case "until":
                return "enter parks · {dialog.next} goes to the reason · esc leaves it"
            case "reason":
                return "enter parks · {dialog.previous} goes back · esc leaves it"
        return "a letter parks · {dialog.next} types a date or a reason · esc leaves it"

    def _usual(self) -> Iterator[Choice[date]]:
        for key, words, written in _USUAL:
            day = read_date(written, self.today)
            if day > self.today:
                yield Choice(key, words, day, say_date(day, self.today))

    @on(Choices.Picked)
    def _picked(self, event: Choices.Picked) -> None:
        self._park(event.choice.value)

    def on_key(self, event: events.Key) -> None:
        """A digit or a sign over the choices begins a date."""
        typed = event.character or ""
        if isinstance(self.focused, Choices) and (typed.isdigit() or typed == "+"):
            event.stop()
            until = self.query_one("#field-until", LineField)
            until.fill(typed)
            until.take_focus()

    def entered(self, field: Field) -> None:
        """A date is all it needs."""
        self.action_confirm()

    def result(self) -> Park:
        try:
            until = self._read(self.query_one("#field-until", LineField).typed)
        except RefusedError as error:
            raise FieldError("until", str(error)) from None
        return Park(self.requests, until, self._reason())

    def _echo(self, written: str) -> str:
        return say_date(self._read(written), self.today)

    def _read(self, written: str) -> date:
        until = read_date(written, self.today)
        if until <= self.today:
            raise RefusedError(f"{say_date(until, self.today)} is not ahead: write a later day.")
        return until

    def _park(self, until: date) -> None:
        self.give(Park(self.requests, until, self._reason()))

    def _reason(self) -> str:
        return clean_line(self.query_one("#field-reason", LineField).typed)
