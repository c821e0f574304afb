"""A field for one of a few words, all in one line: a letter, a digit or the arrows choose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from pmdesk.ui.widgets.cells import elide
from pmdesk.ui.widgets.field import Field

_LABEL = 10
"""Cells of the label, so that the choices of several fields stand below one another."""
_BETWEEN = 2


class OptionLine(Widget, can_focus=True):
    """`status    ▸ ● candidate  ○ committed`; in more lines where one is too short."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "OptionLine { height: auto; }"

    class Chosen(Message):
        """Another one is chosen."""

    class Entered(Message):
        """`enter`: it stays as it is."""

    def __init__(self, label: str, options: Sequence[tuple[str, str]], chosen: str) -> None:
        super().__init__()
        self.words = label
        self.options = tuple(options)
        self.chosen = chosen

    def choose(self, value: str) -> None:
        """The option of that value; none where there is no such."""
        if value != self.chosen:
            self.chosen = value
            self.refresh()
            self.post_message(self.Chosen())

    @property
    def _place(self) -> int | None:
        values = [value for value, _words in self.options]
        return values.index(self.chosen) if self.chosen in values else None

    # Keys and mouse -----------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        if event.key in ("right", "down", "space"):
            self._step(1)
        elif event.key in ("left", "up"):
            self._step(-1)
        elif event.key == "enter":
            self.post_message(self.Entered())
        elif not self._begins_with(event.character or ""):
            return
        event.stop()

    def _step(self, by: int) -> None:
        at = self._place
        at = (0 if by > 0 else -1) if at is None else at + by
        self.choose(self.options[at % len(self.options)][0])

    def _begins_with(self, letter: str) -> bool:
        """The next one that begins with it, after the one chosen."""
        at = self._place or 0
        around = [*self.options[at:], *self.options[:at]]
        if self._place is not None:
            around = [*around[1:], around[0]]
        fits = [value for value, words in around if words.casefold()[:1] == letter.casefold()]
        if fits and letter.strip():
            self.choose(fits[0])
        return bool(fits)

    def on_click(self, event: events.Click) -> None:
        for place, line, start, end in self._places(self.size.width):
            if event.y == line and start <= event.x < end:
                self.choose(self.options[place][0])

    # Drawing ------------------------------------------------------------------------------

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return 1 + max(line for _place, line, _start, _end in self._places(width))

    def _places(self, width: int) -> Iterator[tuple[int, int, int, int]]:
        """Of each option: its place, its line, where it begins and ends."""
        line, at = 0, _LABEL + 2
        for place, (_value, words) in enumerate(self.options):
            cells = 2 + cell_len(words)
            if at > _LABEL + 2 and at + cells > width:
                line, at = line + 1, _LABEL + 2
            yield place, line, at, at + cells
            at += cells + _BETWEEN

    def render(self) -> Content:
        lines = [Content.styled(elide(self.words, _LABEL).ljust(_LABEL), "$muted")]
        lines[0] += Content.styled("▸ " if self.has_focus else "  ", "$accent")
        for place, line, start, _end in self._places(self.size.width):
            if line == len(lines):
                lines.append(Content(""))
            lines[line] = lines[line].pad_right(start - lines[line].cell_length)
            lines[line] += self._option(place)
        return Content("\n").join(lines)

    def _option(self, place: int) -> Content:
        value, words = self.options[place]
        if value != self.chosen:
            return Content.assemble(("○ ", "$muted"), (words, "$muted"))
        style = "bold $foreground on $chosen" if self.has_focus else "$foreground"
        return Content.assemble(("● ", "$accent"), (words, style))

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()


class ChoiceField(Field):
    """What is chosen is its `typed`: the value of an option, "" where none is."""

    def __init__(
        self, name: str, label: str, options: Sequence[tuple[str, str]], chosen: str = ""
    ) -> None:
        """`options` are pairs of a value and its words."""
        super().__init__(name, label)
        self._label.display = False
        self.line = OptionLine(label, options, chosen)

    def editor(self) -> Iterator[Widget]:
        yield self.line

    @property
    def typed(self) -> str:
        return self.line.chosen

    def fill(self, text: str) -> None:
        self.line.choose(text)

    def take_focus(self) -> None:
        self.line.focus()

    def on_option_line_chosen(self, event: OptionLine.Chosen) -> None:
        event.stop()
        self.complain("")
        self.post_message(self.Changed(self))

    def on_option_line_entered(self, event: OptionLine.Entered) -> None:
        event.stop()
        self.post_message(self.Entered(self))
