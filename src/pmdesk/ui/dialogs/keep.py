"""`d`: keep a request for me, and say why it has no line of sight; or it is answered already."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from pmdesk.requests.actions import Finish, Keep, KeptReason
from pmdesk.text import clean_line
from pmdesk.ui.dialogs.dialog import Dialog
from pmdesk.ui.widgets.choices import Choice, Choices
from pmdesk.ui.widgets.line_input import LineInput

_ANSWERED = "answered already, in two minutes: done"
_REASONS: tuple[Choice[KeptReason | None], ...] = (
    Choice("m", "not mapped yet", "not-mapped-yet"),
    Choice("p", "promised", "promised"),
    Choice("o", "an obligation", "obligation"),
    Choice("t", "too small to matter", "too-small"),
    Choice("x", "for another reason …", "other"),
    Choice("d", _ANSWERED, None),
)


class KeepDialog(Dialog[Keep | Finish]):
    """One key keeps; `d` finishes. Where there is a line of sight, the reason falls away."""

    def __init__(
        self, requests: tuple[int, ...], about: str, node: int | None = None, goal: str = ""
    ) -> None:
        """`node` is what a single request is linked to, `goal` what it serves by that."""
        super().__init__("Keep", about)
        self.requests = requests
        self.node = node
        self.goal = goal

    def body(self) -> Iterator[Widget]:
        if self.node is not None and self.goal:
            yield Choices(
                Choice("k", f"keep it: it serves {self.goal}", "sight"),
                Choice("d", _ANSWERED, None),
            )
            return
        yield Static(
            Content("It has no line of sight, because it is"), classes="label", markup=False
        )
        yield Choices(*_REASONS)
        yield LineInput(id="other", placeholder="which reason", classes="hidden")

    @on(Choices.Picked)
    def _picked(self, event: Choices.Picked) -> None:
        picked: KeptReason | Literal["sight"] | None = event.choice.value
        match picked:
            case "sight":
                self.dismiss(Keep(self.requests, node=self.node))
            case None:
                self.dismiss(Finish(self.requests))
            case "other":
                other = self.query_one("#other", Input)
                other.remove_class("hidden")
                other.focus()
            case reason:
                self.dismiss(Keep(self.requests, reason))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        words = clean_line(event.value)
        if words:
            self.dismiss(Keep(self.requests, "other", words))
        else:
            self.complain("Write a few words that say which reason, or esc.")
