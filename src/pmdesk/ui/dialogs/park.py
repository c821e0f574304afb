"""`s`: not now, back on a date; one key for the usual dates, or any date in the small grammar."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual import on

from pmdesk.requests.actions import Park
from pmdesk.ui.dialogs.later import LaterDialog
from pmdesk.ui.dialogs.verdict import VerdictDialog
from pmdesk.ui.widgets.choices import Choices
from pmdesk.ui.widgets.field import Field


class ParkDialog(LaterDialog[Park], VerdictDialog[Park]):
    """A letter parks at once; a date is typed into the line below, echoed as it is read."""

    kind: ClassVar[str] = "park"
    usual = (
        ("t", "tomorrow", "tomorrow"),
        ("m", "next Monday", "mon"),
        ("w", "in a week", "1w"),
        ("f", "in two weeks", "2w"),
        ("e", "at the end of the month", "eom"),
    )
    label = "another date"
    why = "why, if you like", ""

    def __init__(self, requests: tuple[int, ...], about: str, today: date) -> None:
        super().__init__("Park until", about)
        self.subject = ",".join(map(str, requests))
        self.requests = requests
        self.today = today

    def hints_here(self) -> str:
        match self.field_here:
            case "until":
                return "enter parks · {dialog.next} goes to the reason · esc leaves it"
            case "reason":
                return "enter parks · {dialog.previous} goes back · esc leaves it"
        return "a letter parks · {dialog.next} types a date or a reason · esc leaves it"

    @on(Choices.Picked)
    def _picked(self, event: Choices.Picked) -> None:
        self.give(Park(self.requests, event.choice.value, self.reason()))

    def entered(self, field: Field) -> None:
        """A date is all it needs."""
        self.action_confirm()

    def result(self) -> Park:
        return Park(self.requests, self.until(), self.reason())
