"""`r`: no, with a reason by one key and the reply that was given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.widget import Widget

from pmdesk.errors import RefusedError
from pmdesk.requests.actions import REASONS, Decline, DeclineReason
from pmdesk.text import clean
from pmdesk.ui.dialogs.verdict import VerdictDialog
from pmdesk.ui.widgets.choices import Choice, Choices
from pmdesk.ui.widgets.field import Field
from pmdesk.ui.widgets.text_field import TextField

_REASONS: tuple[Choice[DeclineReason], ...] = (
    Choice("n", REASONS["no-sight"], "no-sight"),
    Choice("o", REASONS["one-account"], "one-account"),
    Choice("w", REASONS["other-way-served"], "other-way-served"),
    Choice("c", REASONS["cost"], "cost"),
    Choice("m", REASONS["not-our-market"], "not-our-market"),
)


class DeclineDialog(VerdictDialog[Decline]):
    """A letter gives the reason and goes to the reply; `ctrl+s` declines."""

    kind: ClassVar[str] = "decline"

    def __init__(self, requests: tuple[int, ...], about: str, reply: str = "") -> None:
        """`reply` is a proposal."""
        super().__init__("Decline", about)
        self.subject = ",".join(map(str, requests))
        self.requests = requests
        self.reply = reply

    def body(self) -> Iterator[Widget]:
        yield Choices(*_REASONS, name="reason")
        yield TextField("reply", "your reply, if you gave one", text=self.reply)

    def hints_here(self) -> str:
        if self.field_here:
            return "{dialog.confirm} declines · {text.editor} your editor · esc leaves it"
        return "a letter says why · {dialog.confirm} declines · esc leaves it"

    @on(Choices.Picked)
    def _picked(self, event: Choices.Picked) -> None:
        again = event.choices.key_chosen == event.choice.key
        event.choices.choose(event.choice.key)
        self.complain("")
        if again:  # enter on the reason chosen, or its letter twice
            self.action_confirm()
        else:
            self.query_one(Field).take_focus()

    def result(self) -> Decline:
        reason: DeclineReason | None = self.query_one(Choices).value_chosen
        if reason is None:
            self.query_one(Choices).focus()
            raise RefusedError("A letter says why: the requester will want to know.")
        return Decline(self.requests, reason, clean(self.query_one(Field).typed).strip())
