"""The first line of a pane: its digit, its name, and what it can show."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget


@dataclass(frozen=True, slots=True)
class HeadTab:
    """One view of the pane."""

    name: str
    note: str = ""
    """Beside the name; left out where there is no room."""


class PaneHead(Widget):
    """`▌2 Inbox   new 12  waiting 6 …`: the bar stands before the pane that has the keys."""

    class Chosen(Message):
        """A tab was clicked."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    class Clicked(Message):
        """Its pane is wanted."""

    def __init__(self, digit: str, title: str) -> None:
        super().__init__()
        self.digit = digit
        self.title = title
        self.tabs: tuple[HeadTab, ...] = ()
        self.chosen = 0
        self.note = ""
        self.aside = ""
        self.current = False
        self._spans: list[tuple[int, int]] = []

    def mark_current(self, current: bool) -> None:
        """Whether its pane has the keys."""
        if current != self.current:
            self.current = current
            self.refresh()

    def tell(self, tabs: tuple[HeadTab, ...] = (), chosen: int = 0, note: str = "") -> None:
        """Shows other tabs, or a plain note instead of them."""
        if (tabs, chosen, note) != (self.tabs, self.chosen, self.note):
            self.tabs, self.chosen, self.note = tabs, chosen, note
            self.refresh()

    def tell_aside(self, words: str) -> None:
        """At the end, whatever else there is room for."""
        if words != self.aside:
            self.aside = words
            self.refresh()

    def render(self) -> Content:
        bar = "▌" if self.current else " "
        style = "bold $foreground" if self.current else "$muted"
        head = f"{self.digit} {self.title}"
        parts: list[str | Content | tuple[str, str]] = [(bar, "$accent"), (head, style)]
        start = 1 + cell_len(head)
        aside = f"  {self.aside}" if self.aside else ""
        room = self.size.width - start - 1 - cell_len(aside)
        if self.tabs:
            notes = self._with_notes(room)
            self._spans = []
            left_out = self._left_out(room)
            for place, (tab, note) in enumerate(zip(self.tabs, notes, strict=True)):
                if place < left_out:
                    self._spans.append((0, 0))
                    continue
                parts.append("  ")
                label = f"{tab.name} {note}" if note else tab.name
                self._spans.append((start + 2, start + 2 + cell_len(label)))
                start += 2 + cell_len(label)
                chosen = place == self.chosen
                parts.append((tab.name, "bold underline $primary" if chosen else "$muted"))
                if note:
                    parts.append((f" {note}", "$foreground" if chosen else "$muted"))
        elif self.note:
            parts.extend(("  ", (self.note, "$muted")))
        return Content.assemble(*parts, (aside, "bold $accent"))

    def _left_out(self, room: int) -> int:
        """How many of the first tabs make room for the chosen one."""
        widths = [2 + cell_len(tab.name) for tab in self.tabs[: self.chosen + 1]]
        left_out = 0
        while sum(widths[left_out:]) > room and left_out < self.chosen:
            left_out += 1
        return left_out

    def _with_notes(self, room: int) -> list[str]:
        """All notes where they fit, else that of the chosen tab, else none."""
        everyone = [tab.note for tab in self.tabs]
        chosen = [note if at == self.chosen else "" for at, note in enumerate(everyone)]
        for notes in (everyone, chosen):
            needed = sum(
                2 + cell_len(tab.name) + (1 + cell_len(note) if note else 0)
                for tab, note in zip(self.tabs, notes, strict=True)
            )
            if needed <= room:
                return notes
        return [""] * len(self.tabs)

    def on_click(self, event: events.Click) -> None:
        self.post_message(self.Clicked())
        for place, (start, end) in enumerate(self._spans):
            if start <= event.x < end:
                self.post_message(self.Chosen(place))
