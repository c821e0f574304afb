"""A list that is narrowed by typing, and the thing chosen of it: the keys, the palette."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from pmdesk.ui.toasts import clear_toasts
from pmdesk.ui.widgets.cells import elide, fit
from pmdesk.ui.widgets.line_input import LineInput

Run = Callable[[], Awaitable[object] | object]
_HINTS = "↑ ↓ choose · enter does it · esc clears, then leaves"
_KEYS_WIDTH = 14
_SHORTEST_REMARK = 20
_FOUND = ""
"""Stands for all groups of what is found."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line that can be chosen."""

    group: str
    """The heading over it."""
    keys: tuple[str, ...]
    """What stands before it, each found by typing it alone: its keys, a code, a number."""
    words: str
    remark: str = ""
    """What it is for, or whose; beside the words where there is room."""
    why_not: str = ""
    """Why it can't be done now, in a sentence; it is dimmed then."""
    elsewhere: bool = False
    """It works in another part of the screen, which its heading or remark says; dimmed."""
    run: Run | None = None
    found: bool = False
    """Of the desk, not of the program."""
    answers: bool = False
    """It answers to what is typed, whatever its words are: the desk's search found it."""


def matches(entry: Entry, typed: str) -> bool:
    """Whether every word typed is one of its keys, or begins a word of it."""
    if entry.answers:
        return True
    text = f"{entry.words} {entry.remark} {entry.group}".casefold()
    words = text.replace("“", "").replace("(", "").split()
    for one in typed.split():
        sought = one.casefold()
        begins = any(word.startswith(sought) for word in words)
        if not (begins or one in entry.keys or (len(sought) > 2 and sought in text)):
            return False
    return True


def best(entries: Sequence[Entry], typed: str) -> int:
    """The place of the one that is most likely meant."""
    sought = _words(typed.strip())
    for place, entry in enumerate(entries):
        if sought and typed.strip() in entry.keys and not entry.elsewhere:
            return place
    for place, entry in enumerate(entries):
        if sought and _words(entry.words).startswith(sought) and not entry.why_not:
            return place
    return next((place for place, entry in enumerate(entries) if not entry.why_not), 0)


def _words(text: str) -> str:
    return text.casefold().replace("-", " ")


def ranked(entries: Sequence[Entry], typed: str) -> list[Entry]:
    """What is most likely meant comes first, and with it the rest of its group."""
    if not (typed.strip() and entries):
        return [*entries]
    first = entries[best(entries, typed)]
    return sorted(entries, key=lambda one: (one.group != first.group, one is not first))


class Lines(OptionList, can_focus=False):
    """The lines below the text that is typed."""

    def render_line(self, y: int) -> Strip:
        strip = super().render_line(y)
        place = self.scroll_offset.y + y
        if not 0 <= place < len(self._lines) or self._lines[place][0] != self.highlighted:
            return strip
        marked = Strip.join([Strip([Segment("▸ ", next(iter(strip)).style)]), strip.crop(2)])
        return marked.apply_style(Style(reverse=True)) if self.app.no_color else marked


class Chooser(ModalScreen[Entry | None]):
    """`enter` gives the entry that was chosen; whoever opened it runs that. `esc` clears
    what was typed, then leaves."""

    BINDING_GROUP_TITLE = "Chooser"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave it", id="chooser.leave", priority=True),
        Binding("down", "move('cursor_down')", "Next", id="chooser.down", priority=True),
        Binding("up", "move('cursor_up')", "Previous", id="chooser.up", priority=True),
        Binding("pagedown", "move('page_down')", "A page down", id="chooser.page.down",
                priority=True),
        Binding("pageup", "move('page_up')", "A page up", id="chooser.page.up", priority=True),
    ]  # fmt: skip

    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-high")]  # noqa: RUF012 (Screen's own type)

    def __init__(self, title: str, about: str, placeholder: str) -> None:
        super().__init__()
        self.heading = title
        self.about = about
        self.shown: tuple[Entry, ...] = ()
        self._places: dict[int, int] = {}
        """Line of the list → place among the entries; headings have none."""
        self._input = LineInput(placeholder=placeholder, id="sought")
        self._lines = Lines(id="lines", markup=False)
        self._width = 0
        self._moved = False
        """Since the text changed last."""

    def compose(self) -> Iterator[Widget]:
        with Vertical(id="chooser"):
            yield Static(self._heading(), id="chooser-heading", markup=False)
            yield self._input
            yield self._lines
            yield Static(Content(""), id="chooser-problem", classes="hidden", markup=False)
            yield Static(Content(_HINTS), id="chooser-hints", markup=False)

    def _heading(self) -> Content:
        return Content.assemble((self.heading, "bold $foreground"), (f"  {self.about}", "$muted"))

    def complain(self, sentence: str) -> None:
        """Says why this can't be; the list stays."""
        problem = self.query_one("#chooser-problem", Static)
        problem.update(Content(sentence))
        problem.set_class(not sentence, "hidden")

    def entries(self) -> Iterable[Entry]:
        """All that there is to choose from; what doesn't match what is typed is left out."""
        raise NotImplementedError

    @property
    def typed(self) -> str:
        return self._input.value

    @property
    def chosen(self) -> Entry | None:
        """The entry under the cursor."""
        place = self._places.get(self._lines.highlighted or 0)
        return None if place is None else self.shown[place]

    def on_mount(self) -> None:
        clear_toasts(self.app)
        self._input.focus()
        self.narrow()

    def on_resize(self) -> None:
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        if self._lines.size.width != self._width:
            self.draw()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.complain("")
        self._moved = False
        self.narrow()

    def narrow(self) -> None:
        """Lists what matches now, the cursor on the likeliest, or where it was moved to."""
        before = self.chosen if self._moved else None
        matching = [entry for entry in self.entries() if matches(entry, self.typed)]
        self.shown = tuple(ranked(matching, self.typed))
        place = best(self.shown, self.typed)
        if before is not None:
            same = (one for one, entry in enumerate(self.shown) if _same(entry, before))
            place = next(same, place)
        self.draw(place)

    def draw(self, place: int | None = None) -> None:
        lines = self._lines
        if place is None:
            place = self._places.get(lines.highlighted or 0, 0)
        self._width = lines.size.width
        width = max(20, (self._width or 70) - 1)
        shapes = columns(self.shown, width)
        options: list[Option] = []
        self._places = {}
        group = None
        for at, entry in enumerate(self.shown):
            if entry.group != group:
                group = entry.group
                blank = [Option(Content(""), disabled=True)] if options else []
                heading = Option(Content.styled(elide(group, width), "bold $accent"), disabled=True)
                options += [*blank, heading]
            self._places[len(options)] = at
            options.append(Option(line(entry, shapes[group])))
        if not options:
            options.append(Option(Content.styled(self.nothing(), "$muted"), disabled=True))
        lines.clear_options()
        lines.add_options(options)
        chosen = [at for at, one in self._places.items() if one == place]
        if chosen:
            lines.highlighted = chosen[0]
            if place == 0:
                lines.scroll_home(animate=False)

    def nothing(self) -> str:
        """What stands in place of lines where nothing matches."""
        return "Nothing here answers to that; esc clears it."

    def action_move(self, how: str) -> None:
        self._moved = True
        getattr(self._lines, f"action_{how}")()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.choose()

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.choose()

    def choose(self) -> None:
        """Leaves with the entry under the cursor, or says why it can't be."""
        entry = self.chosen
        if entry is None:
            return
        if entry.why_not or entry.run is None:
            self.complain(entry.why_not)
        else:
            self.dismiss(entry)

    def action_leave(self) -> None:
        if self.typed:
            self._input.value = ""
        else:
            self.dismiss(None)


def _same(one: Entry, other: Entry) -> bool:
    return (one.group, one.keys, one.words) == (other.group, other.keys, other.words)


@dataclass(frozen=True, slots=True)
class Shape:
    """Cells of the three columns of a line."""

    keys: int
    words: int
    remark: int


def columns(entries: Sequence[Entry], width: int) -> dict[str, Shape]:
    """By group: as wide as what stands in it, where there is room, so that as much as can be is
    left to remarks. What is found of a desk has long words, cut alike in all its groups."""
    keys = max((cell_len(" ".join(one.keys)) for one in entries), default=0)
    keys = min(keys, _KEYS_WIDTH, width // 3)
    room = width - keys - 6
    longest: dict[str, int] = {}
    for one in entries:
        group = _FOUND if one.found else one.group
        longest[group] = max(longest.get(group, 0), cell_len(one.words))
    shapes: dict[str, Shape] = {}
    for one in entries:
        most = max(16, room * 2 // 3 if one.found else room - _SHORTEST_REMARK)
        words = max(1, min(longest[_FOUND if one.found else one.group], most, room))
        shapes[one.group] = Shape(keys, words, max(0, room - words))
    return shapes


def line(entry: Entry, columns: Shape) -> Content:
    """`  u   Undo   Take back the newest step`; dimmed, with the reason, where it is dead."""
    dead = bool(entry.why_not) or entry.elsewhere
    said = entry.remark if entry.elsewhere else entry.why_not or entry.remark
    remark = elide(said, columns.remark)
    return Content.assemble(
        (f"  {fit(' '.join(entry.keys), columns.keys)}  ", "$muted 70%" if dead else "$accent"),
        (fit(entry.words, columns.words), "$muted 70%" if dead else "$foreground"),
        (f"  {remark}", "$muted 70%" if dead else "$muted"),
    )
