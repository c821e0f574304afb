"""`s`: not now, back on a date; one key for the usual dates, or any date in the small grammar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from textual import events, on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from pmdesk.dates import read_date, say_date
from pmdesk.errors import RefusedError
from pmdesk.requests.actions import Park
from pmdesk.text import clean_line
from pmdesk.ui.dialogs.dialog import Dialog
from pmdesk.ui.widgets.choices import Choice, Choices
from pmdesk.ui.widgets.line_input import LineInput

_USUAL = (
    ("t", "tomorrow", "tomorrow"),
    ("m", "next Monday", "mon"),
    ("w", "in a week", "1w"),
    ("f", "in two weeks", "2w"),
    ("e", "at the end of the month", "eom"),
)


class ParkDialog(Dialog[Park]):
    """A letter parks at once; a date is typed into the line below, echoed as it is read."""

    def __init__(self, requests: tuple[int, ...], about: str, today: date) -> None:
        super().__init__(
            "Park until", about, "a letter parks · tab types a date or a reason · esc leaves it"
        )
        self.requests = requests
        self.today = today

    def body(self) -> Iterator[Widget]:
        yield Choices(*self._usual())
        yield Static(_another(""), id="another", classes="label", markup=False)
        yield LineInput(id="until", placeholder="fri, +3d, 2w, eom, q1, 27 nov")
        yield Static(Content("why, if you like"), classes="label", markup=False)
        yield LineInput(id="reason")

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
            until = self.query_one("#until", Input)
            until.focus()
            until.value = typed
            until.cursor_position = 1

    @on(Input.Changed, "#until")
    def _echo(self, event: Input.Changed) -> None:
        self.complain("")
        said = ""
        if event.value.strip():
            try:
                said = f"{say_date(self._read(event.value), self.today)}"
            except RefusedError:
                said = "…"
        self.query_one("#another", Static).update(_another(said))

    @on(Input.Submitted)
    def _submitted(self) -> None:
        try:
            self._park(self._read(self.query_one("#until", Input).value))
        except RefusedError as error:
            self.complain(str(error))

    def _read(self, written: str) -> date:
        until = read_date(written, self.today)
        if until <= self.today:
            raise RefusedError(f"{say_date(until, self.today)} is not ahead: write a later day.")
        return until

    def _park(self, until: date) -> None:
        reason = clean_line(self.query_one("#reason", Input).value)
        self.dismiss(Park(self.requests, until, reason))


def _another(said: str) -> Content:
    return Content.assemble("another date  ", (said, "bold $accent"))
