"""A field for one of thousands: a few letters find it, or make a new one in place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from pmdesk.fuzzy import Finder, Pickable
from pmdesk.fuzzy import Pickables as Pickables
from pmdesk.text import clean_line, shorten
from pmdesk.ui.widgets.field import Field
from pmdesk.ui.widgets.line_input import LineInput
from pmdesk.ui.widgets.matches import Matches

MOST = 500
"""Characters of a name."""

Making = Callable[[str], str]
"""The words that offer a new one: 'make a new topic “labels”'."""


@dataclass(frozen=True, slots=True)
class New:
    """One that is not there yet."""

    name: str


class PickLine(LineInput):
    """The line typed into; moves the cursor of the matches below it."""

    BINDING_GROUP_TITLE = "Choice"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "Next", id="pick.down", show=False),
        Binding("ctrl+n", "move(1)", "Next", id="pick.down.ctrl", show=False),
        Binding("up", "move(-1)", "Previous", id="pick.up", show=False),
        Binding("ctrl+p", "move(-1)", "Previous", id="pick.up.ctrl", show=False),
        Binding("pagedown", "page(1)", "A page down", id="pick.page.down", show=False),
        Binding("pageup", "page(-1)", "A page up", id="pick.page.up", show=False),
        Binding("tab", "take", "Take it", id="pick.take", show=False,
                tooltip="Takes what is marked and goes on"),
    ]  # fmt: skip

    class Moved(Message):
        """By lines or, with `page`, by pages."""

        def __init__(self, by: int, page: bool) -> None:
            super().__init__()
            self.by = by
            self.page = page

    class Left(Message):
        """`tab`: what is marked is meant."""

    class Cut(Message):
        """More was pasted than a name can hold."""

    def on_paste(self, event: events.Paste) -> None:
        if len(event.text) > MOST:
            event.text = event.text[:MOST]
            self.call_later(self.post_message, self.Cut())  # the text's change clears what is said

    def action_move(self, by: int) -> None:
        self.post_message(self.Moved(by, page=False))

    def action_page(self, by: int) -> None:
        self.post_message(self.Moved(by, page=True))

    def action_take(self) -> None:
        self.post_message(self.Left())


class PickField(Field):
    """Typing filters; `enter` and `tab` take what is marked. The list shows while it has the
    keys. What is picked stands in the line by its name, so that a draft can be filled in."""

    def __init__(
        self,
        name: str,
        label: str,
        entries: Sequence[Pickable] = (),
        placeholder: str = "",
        new: Making | None = None,
        left_out: int = 0,
    ) -> None:
        """`left_out` is how many more there are than `entries`."""
        super().__init__(name, label)
        self._finder = Finder(entries)
        self._left_out = left_out
        self._new = new
        self._picked: Pickable | New | None = None
        self._picked_text = ""
        self._filled = ""
        """What was filled in: while it stands there, what is typed takes its place."""
        self._input = PickLine(placeholder=placeholder, select_on_focus=False)
        self._matches = Matches()
        self._matches.display = False

    def editor(self) -> Iterator[Widget]:
        yield self._input
        yield self._matches

    # What was picked ----------------------------------------------------------------------

    @property
    def picked(self) -> Pickable | New | None:
        """What was taken, or what the text names; None where it is none, or several."""
        if self._picked is not None and self._picked_text == self.typed:
            return self._picked
        return self._finder.named(self.typed)

    @property
    def typed(self) -> str:
        return self._input.value

    def fill(self, text: str) -> None:
        line = clean_line(text[:MOST])
        self._input.value = line
        self._input.cursor_position = len(line)
        self._filled = line
        self._settle()
        self._tell()

    def _settle(self) -> None:
        """A name that was filled in is marked whole when the keys come to it; half a name, of a
        draft, is gone on with."""
        settled = self.typed == self._filled and self.picked is not None
        self._input.select_on_focus = settled

    def offer(self, entries: Sequence[Pickable], left_out: int = 0) -> None:
        """The entries, where they come after the field."""
        self._finder = Finder(entries)
        self._left_out = left_out
        self._settle()
        if self.is_mounted:
            self._match()

    def pick(self, picked: Pickable | New) -> None:
        """Takes this one, as if it had been chosen."""
        self._picked = picked
        self.fill(picked.name)
        self._picked_text = self.typed
        self._settle()

    def take_focus(self) -> None:
        self._input.focus()

    # The list -----------------------------------------------------------------------------

    def on_descendant_focus(self, _event: events.DescendantFocus) -> None:
        self._match()
        self._matches.give_back()
        self._matches.display = True
        self.call_after_refresh(self.scroll_visible, animate=False)  # with the list below it

    def on_descendant_blur(self, _event: events.DescendantBlur) -> None:
        self._matches.display = False

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.complain("")
        self._settle()
        self._match()
        self.post_message(self.Changed(self))

    def _match(self) -> None:
        typed = self.typed
        settled = self.picked
        hits = self._finder.find(typed) if settled is None else [*self._around(settled)]
        self._matches.show(hits, typed, self._offer_of(typed), cursor=bool(typed.strip()))
        self._tell()

    def _around(self, settled: Pickable | New) -> Iterator[Pickable]:
        """What was taken, before all that it could be changed for."""
        if isinstance(settled, Pickable):
            yield settled
        yield from (one for one in self._finder.find(self.typed) if one != settled)

    def _offer_of(self, typed: str) -> str:
        name = clean_line(typed)
        if self._new is None or not name:
            return ""
        taken = self._finder.named(name)
        if taken is not None and name.casefold() in map(str.casefold, (taken.name, *taken.also)):
            return ""
        return self._new(shorten(name, 40))

    def _tell(self) -> None:
        """Behind the label: what it is, or how many it could be."""
        match self.picked:
            case Pickable(name=name, note=note):
                self.tell(f"{name} · {note}" if note else name)
            case New():
                self.tell("new")
            case None:
                self.tell(self._counted())

    def _counted(self) -> str:
        of = len(self._finder.entries)
        if not self.typed.strip():
            more = f" (and {self._left_out:,} more that are not offered)" if self._left_out else ""
            return f"{of:,} to choose from{more}" if of else "nothing to choose from yet"
        return f"{len(self._matches.entries):,} of {of:,}"

    # Keys ---------------------------------------------------------------------------------

    @on(PickLine.Moved)
    def _moved(self, event: PickLine.Moved) -> None:
        event.stop()
        if event.page:
            self._matches.page(event.by)
        else:
            self._matches.move(event.by)

    @on(PickLine.Cut)
    def _cut(self, event: PickLine.Cut) -> None:
        event.stop()
        self.complain(f"Only {MOST} characters of a name fit: the rest was not taken.")

    @on(PickLine.Left)
    def _left(self, event: PickLine.Left) -> None:
        event.stop()
        self._take()  # what is no name stays: the dialog says so when it is confirmed
        self.screen.focus_next()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if self._take() or not self.typed.strip():
            self.post_message(self.Entered(self))
        else:
            self.complain(f"Nothing here is called “{shorten(clean_line(self.typed), 40)}”.")

    @on(Matches.Taken)
    def _clicked(self, event: Matches.Taken) -> None:
        event.stop()
        if self._take():
            self.post_message(self.Entered(self))

    def _take(self) -> bool:
        """Whether there was something to take."""
        at = self._matches.cursor
        if at is None:
            return False
        if at < len(self._matches.entries):
            self.pick(self._matches.entries[at])
        else:
            self.pick(New(clean_line(self.typed)))
        return True
