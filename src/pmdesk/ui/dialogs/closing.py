"""`C`: what becomes of things: reached, dropped, shipped, lost, or what they were before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from pmdesk.customers.actions import Close
from pmdesk.customers.moving import closing_changes
from pmdesk.customers.things import Account, Node, Requirement
from pmdesk.errors import RefusedError
from pmdesk.ui.dialogs.dialog import Dialog, FieldError
from pmdesk.ui.dialogs.moving import codes, named
from pmdesk.ui.widgets.choices import Choice, Choices
from pmdesk.ui.widgets.day_field import DayField
from pmdesk.ui.widgets.field import Field

if TYPE_CHECKING:
    from datetime import date

    from pmdesk.customers.hierarchy import Hierarchy
    from pmdesk.customers.things import Thing

_STATUSES: dict[type[Any], tuple[tuple[str, str, str], ...]] = {
    Node: (("r", "reached", ""), ("d", "dropped", ""), ("a", "active", "")),
    Requirement: (("s", "shipped", "on a day"), ("d", "dropped", "will not be made"),
                  ("c", "committed", "will be made"), ("a", "candidate", "may be made")),
    Account: (("l", "lost", "not ours any more"), ("c", "customer", ""), ("p", "prospect", "")),
}  # fmt: skip


class CloseDialog(Dialog[Close]):
    """A letter closes; a requirement that was shipped is asked on which day."""

    def __init__(self, hierarchy: Hierarchy, keys: Sequence[str], today: date) -> None:
        """RefusedError where these can't be closed, or not together."""
        things = [_closable(hierarchy, key) for key in keys]
        if len({type(one) for one in things}) > 1:
            raise RefusedError("These are of several kinds: close them one kind after the other.")
        self.hierarchy = hierarchy
        self.keys = tuple(keys)
        self.today = today
        self.things = things
        one = things[0]
        about = one.name if isinstance(one, Account) else f"{one.key} {one.statement}"
        if len(things) > 1:
            about = ", ".join(named(hierarchy, key) for key in keys)
        super().__init__("Close", about, _HINTS)

    def body(self) -> Iterator[Widget]:
        yield Choices(*self._choices(), name="status")
        if said := " · ".join(self._sight()):
            yield Static(Content(said), id="echo", markup=False)
        day = DayField("day", "shipped on", self.today, self.today)
        day.display = False
        yield day

    def _choices(self) -> Iterator[Choice[str]]:
        statuses = {one.status for one in self.things}
        for letter, status, note in _STATUSES[type(self.things[0])]:
            if {status} != statuses:
                again = status in ("active", "customer") and len(statuses) == 1
                words = f"{status} again" if again else status
                yield Choice(letter, words, status, note)

    def _sight(self) -> Iterator[str]:
        """What closing goals, or making them active again, does to what hangs below them."""
        loses = closing_changes(self.hierarchy, self.keys, active=False).loses
        gains = closing_changes(self.hierarchy, self.keys, active=True).gains
        if loses:
            yield f"reached or dropped, these lose their line of sight: {codes(loses)}"
        if gains:
            yield f"active again, these gain line of sight: {codes(gains)}"

    @on(Choices.Picked)
    def _picked(self, event: Choices.Picked) -> None:
        event.choices.choose(event.choice.key)
        self.refilled()
        if event.choice.value == "shipped":
            self.query_one(DayField).take_focus()
        else:
            self.action_confirm()

    def refilled(self) -> None:
        self.query_one(DayField).display = self.query_one(Choices).value_chosen == "shipped"
        self._frame.fit()

    def hints_here(self) -> str:
        return "enter closes · esc leaves it" if self.field_here else _HINTS

    def entered(self, field: Field) -> None:
        self.action_confirm()

    def result(self) -> Close:
        status = self.query_one(Choices).value_chosen
        if status is None:
            raise RefusedError("A letter says what becomes of it.")
        if status != "shipped":
            return Close(self.keys, status)
        try:
            return Close(self.keys, "shipped", self.query_one(DayField).day)
        except RefusedError as error:
            raise FieldError("day", str(error)) from None


_HINTS = "a letter, or enter, closes · esc leaves it"


def _closable(hierarchy: Hierarchy, key: str) -> Account | Node | Requirement:
    thing: Thing | None = hierarchy.thing(key)
    if not isinstance(thing, Account | Node | Requirement):
        raise RefusedError(f"There is no {key} to be closed.")  # `customers.acting` said why
    return thing


def dialog_for(hierarchy: Hierarchy, keys: Sequence[str], today: date) -> CloseDialog:
    """The dialog that closes these things. RefusedError says why they can't be."""
    return CloseDialog(hierarchy, keys, today)
