"""`M`: where things are moved to; what gains or loses its line of sight is said before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from pmdesk.customers.actions import Move
from pmdesk.customers.item import words_of
from pmdesk.customers.moving import (
    SightChange,
    change_to,
    may_be_adrift,
    place_now,
    places,
    sighted,
)
from pmdesk.customers.things import Market, Node
from pmdesk.fuzzy import Pickable
from pmdesk.ui.dialogs import picks
from pmdesk.ui.dialogs.dialog import Dialog, FieldError
from pmdesk.ui.widgets.field import Field
from pmdesk.ui.widgets.pick_field import PickLine

if TYPE_CHECKING:
    from pmdesk.customers.hierarchy import Hierarchy

_NOWHERE = Pickable("", "nowhere: adrift", "a gap, not an error", ("adrift", "-"))
_LISTED = 12
"""Codes named before “and 12 more”."""


class PlaceField(picks.ThingField):
    """Says whenever another place is marked."""

    @on(PickLine.Moved)
    def _marked_another(self) -> None:
        self.call_after_refresh(lambda: self.post_message(self.Changed(self)))

    @property
    def marked(self) -> Pickable | None:
        """What `enter` would take."""
        at = self._matches.cursor
        if at is not None and at < len(self._matches.entries):
            return self._matches.entries[at]
        return self.picked if isinstance(self.picked, Pickable) else None


class MoveDialog(Dialog[Move]):
    """A few letters and `enter` move; nothing of it is kept unfinished."""

    def __init__(self, hierarchy: Hierarchy, keys: Sequence[str]) -> None:
        """RefusedError where there is no other place for all of them."""
        self.hierarchy = hierarchy
        self.keys = tuple(keys)
        self.places = places(hierarchy, self.keys)
        self.here = place_now(hierarchy, self.keys)
        self.before = sighted(hierarchy, self.keys)
        thing = hierarchy.thing(self.keys[0])
        about = words_of(thing)
        if len(self.keys) > 1:
            about = ", ".join(named(hierarchy, key) for key in self.keys)
        title = f"Move {self.keys[0]}" if " " not in self.keys[0] else "Move"
        super().__init__(title if len(self.keys) == 1 else "Move", about, _HINTS)

    def _offered(self) -> Iterator[Pickable]:
        if may_be_adrift(self.hierarchy, self.keys):
            yield _NOWHERE
        for place in self.places[: picks.MOST]:
            yield self._entry(place)
        if self.here and isinstance(here := self.hierarchy.thing(self.here), Node | Market):
            entry = self._entry(here)  # offered, for else T1 could mean T10
            yield replace(entry, note=f"{self.here}, where it hangs now")

    def _entry(self, place: Node | Market) -> Pickable:
        if isinstance(place, Market):
            return Pickable(place.key, place.name, "market")
        return replace(picks.node(self.hierarchy, place), id=place.key)

    def body(self) -> Iterator[Widget]:
        markets = bool(self.places) and isinstance(self.places[0], Market)
        label = "into which market" if markets else "below which"
        yield PlaceField("to", label, placeholder="a few letters, or a code")
        yield Static(Content(""), id="echo", markup=False)

    def on_mount(self) -> None:
        def offered() -> tuple[picks.Entries, int]:
            return tuple(self._offered()), max(0, len(self.places) - picks.MOST)

        self.query_one(PlaceField).offer_from(offered, self.hierarchy)

    @on(Field.Changed)
    def _preview(self) -> None:
        marked = self.query_one(PlaceField).marked
        said = ""
        if marked is not None:
            to = str(marked.id) or None
            change = change_to(self.hierarchy, self.before, self.keys, to)
            said = " · ".join(what_changes(change))
        self.query_one("#echo", Static).update(Content(said))
        self._frame.fit()

    def result(self) -> Move:
        picked = self.query_one(PlaceField).picked
        if not isinstance(picked, Pickable):
            raise FieldError("to", "Choose where it is to hang, or esc.")
        if picked.id == self.here:
            raise FieldError("to", "There it is already: choose another place, or esc.")
        return Move(self.keys, str(picked.id) or None)


_HINTS = "{pick.up} {pick.down} choose · enter moves · esc leaves it"


def what_changes(change: SightChange) -> Iterator[str]:
    """ "gains line of sight to G1: N5, R7", "no sight is lost": what the move comes to."""
    if change.market:
        yield f"into {change.market}"
    if change.gains:
        yield f"gains line of sight to {change.goal}: {codes(change.gains)}"
    for goal in dict.fromkeys(goal for _key, goal in change.turns):
        keys = [key for key, was in change.turns if was == goal]
        yield f"serves {change.goal} instead of {goal}: {codes(keys)}"
    if change.loses:
        yield f"loses its line of sight: {codes(change.loses)}"
    elif change.gains or change.turns:
        yield "no sight is lost"
    if not (change.gains or change.turns or change.loses):
        yield "no line of sight changes"


def named(hierarchy: Hierarchy, key: str) -> str:
    """A code, or the name of what has none."""
    return key if " " not in key else words_of(hierarchy.thing(key)) or key


def codes(keys: Sequence[str]) -> str:
    """ "N5, R7 and 12 more"."""
    more = len(keys) - _LISTED
    if more <= 1:
        return ", ".join(keys)
    return f"{', '.join(keys[:_LISTED])} and {more:,} more"


def dialog_for(hierarchy: Hierarchy, keys: Sequence[str]) -> MoveDialog:
    """The dialog that moves these things. RefusedError says why they can't be moved."""
    return MoveDialog(hierarchy, keys)
