"""`r`: no, with a reason by one key and the reply that was given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static, TextArea

from pmdesk.requests.actions import Decline, DeclineReason
from pmdesk.text import clean
from pmdesk.ui.dialogs.dialog import Dialog
from pmdesk.ui.widgets.choices import Choice, Choices

_REASONS: tuple[Choice[DeclineReason], ...] = (
    Choice("n", "serves no customer goal", "no-sight"),
    Choice("o", "one account only", "one-account"),
    Choice("w", "served in another way", "other-way-served"),
    Choice("c", "costs more than it gives", "cost"),
    Choice("m", "not our market", "not-our-market"),
)


class DeclineDialog(Dialog[Decline]):
    """A letter gives the reason and goes to the reply; `ctrl+s` declines."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "decline", "Decline", id="decline.confirm", priority=True),
    ]

    def __init__(self, requests: tuple[int, ...], about: str, reply: str = "") -> None:
        super().__init__("Decline", about, "a letter says why · ctrl+s declines · esc leaves it")
        self.requests = requests
        self.reason: DeclineReason | None = None
        self.reply = reply

    def body(self) -> Iterator[Widget]:
        yield Choices(*_REASONS)
        yield Static(Content("your reply, if you gave one"), classes="label", markup=False)
        yield TextArea(self.reply, id="reply", show_line_numbers=False, tab_behavior="focus")

    @on(Choices.Picked)
    def _picked(self, event: Choices.Picked) -> None:
        again = self.reason == event.choice.value
        self.reason = event.choice.value
        event.choices.chosen = event.choices.cursor
        event.choices.refresh()
        self.complain("")
        if again:  # enter on the reason chosen, or its letter twice
            self.action_decline()
        else:
            self.query_one("#reply", TextArea).focus()

    def action_decline(self) -> None:
        if self.reason is None:
            self.complain("A letter says why: the requester will want to know.")
            self.query_one(Choices).focus()
            return
        self.reply = clean(self.query_one("#reply", TextArea).text).strip()
        self.dismiss(Decline(self.requests, self.reason, self.reply))

    def again(self, problem: str) -> DeclineDialog | None:
        if not self.reply:
            return None
        again = DeclineDialog(self.requests, self.about, self.reply)
        again.problem = problem
        return again
