"""A few choices, each picked by one key; the arrows, `enter` and the mouse work too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from pmdesk.ui.widgets.cells import elide, fit

T = TypeVar("T")

_SHORTEST_NOTE = 4
"""Cells: a note cut to less says nothing."""


@dataclass(frozen=True, slots=True)
class Choice(Generic[T]):
    key: str
    words: str
    value: T
    note: str = ""
    """What it comes to, beside it: the date of "tomorrow"."""


class Choices(Widget, can_focus=True):
    """One line per choice. `chosen` is the one that a dialog keeps marked, if it does."""

    class Picked(Message):
        """One was picked; `choice.value` is what it stands for."""

        def __init__(self, choices: Choices, choice: Choice[Any]) -> None:
            super().__init__()
            self.choices = choices
            self.choice = choice

    def __init__(self, *choices: Choice[Any], name: str | None = None) -> None:
        """With a `name`, the one chosen is among what a dialog keeps."""
        super().__init__(name=name)
        self.choices = choices
        self.cursor = 0
        self.chosen: int | None = None

    @property
    def value_chosen(self) -> Any:
        """What the one chosen stands for; None where none is."""
        return None if self.chosen is None else self.choices[self.chosen].value

    @property
    def key_chosen(self) -> str:
        """ "" where none is."""
        return "" if self.chosen is None else self.choices[self.chosen].key

    def choose(self, key: str) -> None:
        """Marks the one with that key; none where there is no such key."""
        places = [place for place, one in enumerate(self.choices) if one.key == key]
        self.chosen = places[0] if places else None
        self.cursor = self.chosen or 0
        self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self.choices)

    def render(self) -> Content:
        noted = [choice for choice in self.choices if choice.note]
        wide = max((cell_len(choice.words) for choice in noted), default=0)
        wide = max(0, min(wide, self.size.width - 5))  # what it is goes before what it comes to
        lines = [self._line(place, choice, wide) for place, choice in enumerate(self.choices)]
        return Content("\n").join(lines)

    def _line(self, place: int, choice: Choice[Any], wide: int) -> Content:
        here = place == self.cursor and self.has_focus
        mark = "●" if place == self.chosen else "▸" if here else " "
        words = fit(choice.words, wide) if choice.note else choice.words
        words = elide(words, self.size.width - 5)
        room = self.size.width - 7 - wide
        note = elide(choice.note, room) if room >= _SHORTEST_NOTE else ""
        return Content.assemble(
            (f"{mark} ", "$accent"),
            (choice.key, "bold $accent"),
            (f"  {words}", "bold $foreground" if here else "$foreground"),
            (f"  {note}" if note else "", "$muted"),
        )

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def on_key(self, event: events.Key) -> None:
        for place, choice in enumerate(self.choices):
            if event.character == choice.key:
                event.stop()
                self._pick(place)
                return
        if event.key in ("down", "up"):
            event.stop()
            step = 1 if event.key == "down" else -1
            self.cursor = (self.cursor + step) % len(self.choices)
            self.refresh()
        elif event.key == "enter":
            event.stop()
            self._pick(self.cursor)

    def on_click(self, event: events.Click) -> None:
        if 0 <= event.y < len(self.choices):
            self._pick(event.y)

    def _pick(self, place: int) -> None:
        self.cursor = place
        self.refresh()
        self.post_message(self.Picked(self, self.choices[place]))
