"""The folding outline: lines that hang on one another, read as they are unfolded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import on
from textual.app import App
from textual.widget import Widget

from pmdesk.ui.widgets.outline import Line, Outline
from pmdesk.ui.widgets.virtual_lines import Piece

if TYPE_CHECKING:
    from tests.ui.conftest import ScreenText


@dataclass(frozen=True)
class Bough:
    path: str
    key: str
    below: tuple[Bough, ...] | None = ()

    @property
    def has_below(self) -> bool:
        return self.below is None or bool(self.below)


def bough(key: str, *below: Bough) -> Bough:
    return Bough(key, key, below)


def unread(key: str) -> Bough:
    return Bough(key, key, None)


ROOTS = (bough("a", bough("b", bough("c"), bough("d")), bough("e")), bough("f", bough("g")),
         bough("h"))  # fmt: skip


class Boughs(Outline[Bough]):
    def label(self, line: Line[Bough], width: int) -> Iterable[Piece]:
        yield line.key, ""

    def below(self, item: Bough) -> Sequence[Bough] | None:
        return item.below

    def is_more(self, line: Line[Bough]) -> bool:
        return line.key == "+"

    def opens(self, line: Line[Bough]) -> bool:
        return line.key == "!"


class OutlineApp(App[None]):
    CSS = "Outline { overflow-y: scroll; }"

    def __init__(self, outline: Widget) -> None:
        super().__init__()
        self.outline = outline
        self.wanted: list[tuple[str, bool]] = []
        self.opened: list[int] = []

    def compose(self) -> Iterable[Widget]:
        yield self.outline

    @on(Outline.BelowWanted)
    def _wanted(self, event: Outline.BelowWanted) -> None:
        self.wanted.append((event.path, event.further))

    @on(Outline.Opened)
    def _opened(self, event: Outline.Opened) -> None:
        self.opened.append(event.id)


def shown(outline: Boughs) -> str:
    return "".join(outline.line(id_).key for id_ in outline.ids)


def stands(outline: Boughs) -> tuple[str, str]:
    """What shows, and where the cursor is."""
    return shown(outline), outline.current_row.key if outline.current_row else ""


@pytest.mark.parametrize(
    ("keys", "lines", "cursor"),
    [
        (("h",), "afgh", "a"),
        (("h", "l"), "abcdefgh", "a"),
        (("enter", "j"), "afgh", "f"),
        (("enter", "enter"), "abcdefgh", "a"),
        (("l", "l", "l"), "abcdefgh", "c"),
        (("l", "h", "h", "h"), "afgh", "a"),
        (("j", "left", "k", "left", "right"), "abefgh", "a"),
        (("G", "k", "h", "h"), "abcdefh", "f"),
    ],
)
async def test_folding(
    keys: tuple[str, ...], lines: str, cursor: str, screen_text: ScreenText
) -> None:
    outline = Boughs()
    app = OutlineApp(outline)
    async with app.run_test(size=(20, 12)) as pilot:
        outline.grow(ROOTS)
        await pilot.press(*keys)
        await pilot.pause()
        assert stands(outline) == (lines, cursor)
        words = "".join(line.split()[-1] for line in screen_text(app).splitlines() if line.strip())
        assert words == lines


async def test_what_is_not_read_is_asked_for_and_unfolds_when_it_comes() -> None:
    outline = Boughs()
    app = OutlineApp(outline)
    async with app.run_test(size=(20, 12)) as pilot:
        outline.grow((unread("a"), bough("z")))
        await pilot.press("l", "l")  # faster than it is read: the second enters it
        assert app.wanted == [("a", False)]
        assert stands(outline) == ("az", "a")
        outline.put_below("a", (bough("b"), unread("c")))
        assert stands(outline) == ("abcz", "b")
        await pilot.press("j", "l", "j")  # the cursor has gone on when it comes
        outline.put_below("c", (bough("d"),))
        assert stands(outline) == ("abcdz", "z")
        await pilot.press("g", "h", "l")  # what was read is not asked for again
        assert (shown(outline), len(app.wanted)) == ("abcdz", 2)
        outline.put_below("gone", ())
        assert (outline.opened, outline.closed) == ({"a", "c"}, set())


async def test_more_of_a_wide_level_stands_in_its_place() -> None:
    outline = Boughs()
    app = OutlineApp(outline)
    async with app.run_test(size=(20, 12)) as pilot:
        few = (bough("b"), bough("c", bough("d")))
        outline.grow((bough("a", *few, Bough("a/+", "+")), bough("z")))
        await pilot.press("G", "k", "l", "enter")
        assert app.wanted == [("a", True)] * 2
        outline.put_below("a", (*few, bough("e"), Bough("a/+", "+")))
        assert stands(outline) == ("abcde+z", "e")
        outline.put_below("a", (*few, bough("e"), bough("f")))
        assert stands(outline) == ("abcdefz", "e")
        assert "".join(outline.line(id_).guides for id_ in outline.ids) == "├ ├ │ └ ├ └ "


async def test_enter_opens_what_can_be_opened() -> None:
    outline = Boughs()
    app = OutlineApp(outline)
    async with app.run_test(size=(20, 12)) as pilot:
        outline.grow((Bough("a/!", "!", (bough("b"),)),))
        await pilot.press("enter")
        assert app.opened == [outline.current]
        assert shown(outline) == "!b"
        await pilot.click(offset=(1, 0))  # on its sign
        assert shown(outline) == "!"


async def test_dead_keys_say_why() -> None:
    outline = Boughs()
    app = OutlineApp(outline)
    async with app.run_test(size=(20, 12)):
        assert outline.why_not("fold") == "There is nothing to fold here."
        outline.grow(ROOTS)
        assert [outline.why_not(one) for one in ("fold", "unfold", "open")] == [""] * 3
        outline.action_last()
        assert outline.why_not("fold") == "There is nothing to fold here."
        assert outline.why_not("unfold") == outline.why_not("open") == "Nothing hangs below this."


@pytest.mark.parametrize(
    ("cursor", "roots", "lands"),
    [
        ("g", (bough("new"), *ROOTS), "g"),
        ("d", (bough("b", bough("d")), bough("h")), "d"),  # it hangs elsewhere now
        ("c", (bough("a", bough("b", bough("d")), bough("e")),), "d"),  # the one after it
        ("e", (bough("a", bough("b")), bough("f")), "b"),  # the one before it
        ("c", (bough("a", bough("b"), bough("e")),), "b"),  # the one above it
        ("c", (bough("a", bough("e")),), "e"),
        ("h", (bough("a"), bough("f")), "f"),
        ("g", (bough("x"), bough("y")), "y"),
    ],
)
async def test_read_anew_the_cursor_stays_on_its_thing_or_the_nearest_left(
    cursor: str, roots: tuple[Bough, ...], lands: str
) -> None:
    outline = Boughs()
    async with OutlineApp(outline).run_test(size=(20, 12)):
        outline.grow(ROOTS)
        assert outline.reveal(cursor)
        outline.grow(tuple(replace(one, path=f"{one.path}") for one in roots))
        assert outline.current_row
        assert outline.current_row.key == lands


async def test_read_anew_folds_and_marks_are_as_they_were() -> None:
    outline = Boughs()
    async with OutlineApp(outline).run_test(size=(20, 12)) as pilot:
        outline.grow(ROOTS)
        await pilot.press("j", "h", "G", "x", "k")
        outline.grow((bough("new"), *ROOTS))
        assert stands(outline) == ("newabefgh", "g")
        assert [outline.line(one).key for one in outline.chosen] == ["h"]
        assert outline.reveal("d")
        assert stands(outline) == ("newabcdefgh", "d")
        assert not outline.reveal("gone")


Shape = tuple["Shape", ...]
shapes: st.SearchStrategy[Shape] = st.recursive(
    st.just(()), lambda below: st.lists(below, max_size=4).map(tuple), max_leaves=20
)


def boughs(shape: Shape, path: str = "") -> tuple[Bough, ...]:
    return tuple(
        Bough(f"{path}/{place}", str(place), boughs(below, f"{path}/{place}"))
        for place, below in enumerate(shape)
    )


@given(shapes)
def test_each_line_knows_what_it_hangs_on(shape: Shape) -> None:
    outline = Boughs()
    outline._roots = outline._add(outline._rows, boughs(shape), None, "")
    lines = [outline.line(id_) for id_ in outline._unfolded(outline._roots)]
    assert [line.path for line in lines] == sorted(line.path for line in outline.lines)
    for line in lines:
        above = [one.path for one in outline.above(line)]
        assert above == [line.path.rsplit("/", up)[0] for up in range(1, len(above) + 1)]
        assert len(above) == line.path.count("/") - 1
        assert len(line.guides) == 2 * len(above)
