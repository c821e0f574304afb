"""`d`: keep a request for me: linked to what it serves, or with the reason why it serves nothing;
or it is answered already."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from pmdesk.customers.picking import nodes_to_pick
from pmdesk.errors import RefusedError
from pmdesk.fuzzy import Pickable
from pmdesk.requests.actions import REASONS, Finish, Keep, KeptReason
from pmdesk.text import clean_line
from pmdesk.ui.dialogs.dialog import FieldError
from pmdesk.ui.dialogs.verdict import VerdictDialog
from pmdesk.ui.widgets.choices import Choice, Choices
from pmdesk.ui.widgets.field import Field, LineField
from pmdesk.ui.widgets.pick_field import PickField
from pmdesk.ui.work import begin

if TYPE_CHECKING:
    from pmdesk.desk import Desk

Picked = KeptReason | Literal["sight", "link", "done"]

_ANSWERED: Choice[Picked] = Choice("d", "answered already, in two minutes: done", "done")
_LINK: Choice[Picked] = Choice("l", "link it to what it serves …", "link")
_REASONS: tuple[Choice[Picked], ...] = (
    Choice("m", REASONS["not-mapped-yet"], "not-mapped-yet"),
    Choice("p", REASONS["promised"], "promised"),
    Choice("o", REASONS["obligation"], "obligation"),
    Choice("t", REASONS["too-small"], "too-small"),
    Choice("x", REASONS["other"] + " …", "other"),
    _LINK,
    _ANSWERED,
)


class KeepDialog(VerdictDialog[Keep | Finish]):
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
        self._asked = False

    def body(self) -> Iterator[Widget]:
        if self.node is not None and self.goal:
            serves: Choice[Picked] = Choice("k", f"keep it: it serves {self.goal}", "sight")
            yield Choices(serves, _ANSWERED, name="picked")
            return
        why = Content("It has no line of sight, because it is")
        yield Static(why, classes="label", markup=False)
        yield Choices(*_REASONS, name="picked")
        for field in (
            LineField("other", "which reason"),
            PickField("link", "what it serves", placeholder="a need, a tactic … or its code"),
        ):
            field.display = False
            yield field

    @on(Choices.Picked)
    def _picked(self, event: Choices.Picked) -> None:
        event.choices.choose(event.choice.key)
        self.refilled()
        for field in self.query(Field):
            if field.name == event.choice.value:
                field.take_focus()
                return
        self.action_confirm()

    def hints_here(self) -> str:
        match self.field_here:
            case "other":
                return "enter keeps it with these words · esc leaves it"
            case "link":
                return "{pick.up} {pick.down} choose · enter keeps it · esc leaves it"
        return "a letter, or enter, keeps it · esc leaves it"

    def refilled(self) -> None:
        """A choice that wants words has its field; one with words in it stays."""
        for field in self.query(Field):
            field.display = field.name == self._value() or bool(field.typed)
            if field.name == "link" and field.display and not self._asked:
                self._asked = True
                begin(self, self._ask_nodes, "nodes")

    async def _ask_nodes(self) -> None:
        desk: Desk | None = getattr(self.app, "desk", None)
        if desk is not None:
            nodes = await asyncio.wrap_future(desk.asking(nodes_to_pick))
            self.query_one(PickField).offer(nodes.entries, nodes.left_out)

    def entered(self, field: Field) -> None:
        """Of the fields only the one that was chosen counts."""
        self.action_confirm()

    def result(self) -> Keep | Finish:
        match picked := self._value():
            case None:
                raise RefusedError("A letter says why you keep it.")
            case "sight":
                return Keep(self.requests, node=self.node)
            case "link":
                return Keep(self.requests, node=self._node_picked())
            case "done":
                return Finish(self.requests)
            case "other":
                words = clean_line(self.query_one("#field-other", LineField).typed)
                if not words:
                    raise FieldError("other", "Write a few words that say which reason, or esc.")
                return Keep(self.requests, "other", words)
        return Keep(self.requests, picked)

    def _node_picked(self) -> int:
        node = self.query_one(PickField).picked
        if not (isinstance(node, Pickable) and isinstance(node.id, int)):
            raise FieldError("link", "Choose what it serves, or esc.")
        return node.id

    def _value(self) -> Picked | None:
        picked: Picked | None = self.query_one(Choices).value_chosen
        return picked
