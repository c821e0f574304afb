"""`d`: keep a request for me, and say why it has no line of sight; or it is answered already."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from pmdesk.errors import RefusedError
from pmdesk.requests.actions import Finish, Keep, KeptReason
from pmdesk.text import clean_line
from pmdesk.ui.dialogs.dialog import Dialog, FieldError
from pmdesk.ui.widgets.choices import Choice, Choices
from pmdesk.ui.widgets.field import LineField

Picked = KeptReason | Literal["sight", "done"]

_ANSWERED: Choice[Picked] = Choice("d", "answered already, in two minutes: done", "done")
_REASONS: tuple[Choice[Picked], ...] = (
    Choice("m", "not mapped yet", "not-mapped-yet"),
    Choice("p", "promised", "promised"),
    Choice("o", "an obligation", "obligation"),
    Choice("t", "too small to matter", "too-small"),
    Choice("x", "for another reason …", "other"),
    _ANSWERED,
)


class KeepDialog(Dialog[Keep | Finish]):
    """One key keeps; `d` finishes. Where there is a line of sight, the reason falls away."""

    kind: ClassVar[str] = "keep"

    def __init__(
        self, requests: tuple[int, ...], about: str, node: int | None = None, goal: str = ""
    ) -> None:
        """`node` is what a single request is linked to, `goal` what it serves by that."""
        super().__init__("Keep", about)
        self.subject = ",".join(map(str, requests))
        self.requests = requests
        self.node = node
        self.goal = goal

    def body(self) -> Iterator[Widget]:
        if self.node is not None and self.goal:
            serves: Choice[Picked] = Choice("k", f"keep it: it serves {self.goal}", "sight")
            yield Choices(serves, _ANSWERED, name="picked")
            return
        why = Content("It has no line of sight, because it is")
        yield Static(why, classes="label", markup=False)
        yield Choices(*_REASONS, name="picked")
        other = LineField("other", "which reason")
        other.display = False
        yield other

    @on(Choices.Picked)
    def _picked(self, event: Choices.Picked) -> None:
        event.choices.choose(event.choice.key)
        if event.choice.value == "other":
            self.refilled()
            self.query_one(LineField).take_focus()
        else:
            self.action_confirm()

    def refilled(self) -> None:
        for other in self.query(LineField):
            other.display = self._picked_value() == "other" or bool(other.typed)

    def result(self) -> Keep | Finish:
        picked = self._picked_value()
        match picked:
            case None:
                raise RefusedError("A letter says why you keep it.")
            case "sight":
                return Keep(self.requests, node=self.node)
            case "done":
                return Finish(self.requests)
            case "other":
                words = clean_line(self.query_one(LineField).typed)
                if not words:
                    raise FieldError("other", "Write a few words that say which reason, or esc.")
                return Keep(self.requests, "other", words)
        return Keep(self.requests, picked)

    def _picked_value(self) -> Picked | None:
        picked: Picked | None = self.query_one(Choices).value_chosen
        return picked
