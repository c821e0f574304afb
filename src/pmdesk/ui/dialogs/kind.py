"""`a`: which kind of thing is added, by one letter; only those that may stand there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual import on
from textual.widget import Widget

from pmdesk.customers.item import kind_of, layer_of, words_of
from pmdesk.customers.kinds import ThingKind, addable
from pmdesk.customers.things import PORTFOLIO
from pmdesk.errors import RefusedError
from pmdesk.ui.dialogs.dialog import Dialog
from pmdesk.ui.widgets.choices import Choice, Choices

if TYPE_CHECKING:
    from pmdesk.customers.hierarchy import Hierarchy

_CHOICES: dict[ThingKind, tuple[str, str]] = {
    "market": ("m", "organisations under the same pressures"),
    "goal": ("g", "a measurable result their executives must reach"),
    "account": ("a", "one organisation in this market"),
    "obstacle": ("o", "what makes the goal hard to reach"),
    "initiative": ("i", "what they already run to overcome it"),
    "tactic": ("t", "day-to-day operation with a large effect on it"),
    "need": ("n", "what somebody must be able to know or do"),
    "solution": ("s", "requirements across products for this goal"),
    "measure": ("e", "what shows how far it has come"),
    "requirement": ("r", "what one product must do about a need"),
    "product": ("p", "one of ours"),
    "reading": ("v", "its value on a day"),
}
_FIRST: tuple[ThingKind, ...] = ("market", "product", "need")
_NONE = {
    "requirement": "Below a requirement stands nothing: select its need to add another.",
    "evidence": "Below what was heard stands nothing: select the node it speaks of.",
    "reading": "Below a reading stands nothing: select its measure.",
}


def kinds_offered(hierarchy: Hierarchy, key: str) -> tuple[ThingKind, ...]:
    """The kinds that may be added where a thing is selected, the nearest level first; "" is
    nothing selected. RefusedError where there is none."""
    kind = _selected(hierarchy, key)
    if kind is None:
        return _FIRST
    if not (offered := addable(kind)):
        raise RefusedError(_NONE.get(kind, f"Below {key} stands nothing."))
    return offered


def _selected(hierarchy: Hierarchy, key: str) -> ThingKind | None:
    there = key == PORTFOLIO or hierarchy.thing(layer_of(key)[0]) is not None
    return kind_of(key) if there else None


class KindDialog(Dialog[ThingKind]):
    """A letter, or `enter`, gives the kind."""

    def __init__(self, hierarchy: Hierarchy, key: str) -> None:
        thing = hierarchy.thing(key)
        self.offered = kinds_offered(hierarchy, key)
        self.beside = _selected(hierarchy, key)
        where = words_of(thing)
        code = f"{key} " if " " not in key else ""
        place = "beside" if self.offered == (self.beside,) else "below"
        super().__init__("Add", f"{place} {code}{where}" if where else "", _HINTS)

    def body(self) -> Iterator[Widget]:
        yield Choices(*map(self._choice, self.offered))

    def _choice(self, kind: ThingKind) -> Choice[ThingKind]:
        letter, note = _CHOICES[kind]
        if kind == "need" and self.beside in (None, "market"):
            note = "below no goal yet, which makes it a gap"
        return Choice(letter, f"another {kind}" if kind == self.beside else kind, kind, note)

    @on(Choices.Picked)
    def _picked(self, event: Choices.Picked) -> None:
        self.give(event.choice.value)

    def result(self) -> ThingKind:
        choices = self.query_one(Choices)
        return self.offered[choices.cursor]


_HINTS = "a letter, or enter, adds one · esc leaves it"
