"""The folding outline, and the customers' lines in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App
from textual.widget import Widget

from pmdesk.customers.queries import Branch, MarketTree, MarketTrees
from pmdesk.ui.widgets.customer_tree import CustomerTree
from pmdesk.ui.widgets.outline import Branching, Line, Outline, _lines
from pmdesk.ui.widgets.virtual_lines import Piece

if TYPE_CHECKING:
    from tests.ui.conftest import ScreenText

Words = Branching[str]


def twig(key: str, *below: Words) -> Words:
    return Branching(key, key, below)


ROOTS = (twig("a", twig("b", twig("c"), twig("d")), twig("e")), twig("f", twig("g")), twig("h"))


class Twigs(Outline[str]):
    def label(self, line: Line[str], width: int) -> Iterable[Piece]:
        yield line.item, ""


class OutlineApp(App[None]):
    CSS = "Outline { overflow-y: scroll; }"

    def __init__(self, outline: Widget) -> None:
        super().__init__()
        self.outline = outline

    def compose(self) -> Iterable[Widget]:
        yield self.outline


def shown(outline: Outline[str]) -> str:
    return "".join(line.key for line in outline.lines if line.id in outline.ids)


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
    outline = Twigs()
    app = OutlineApp(outline)
    async with app.run_test(size=(20, 12)) as pilot:
        outline.grow(ROOTS)
        await pilot.press(*keys)
        await pilot.pause()
        assert (shown(outline), outline.current_row and outline.current_row.key) == (lines, cursor)
        words = "".join(line.split()[-1] for line in screen_text(app).splitlines() if line.strip())
        assert words == lines


async def test_dead_keys_say_why(screen_text: ScreenText) -> None:
    outline = Twigs()
    app = OutlineApp(outline)
    async with app.run_test(size=(20, 12)):
        assert outline.why_not("fold") == "There is nothing to fold here."
        outline.grow(ROOTS)
        assert [outline.why_not(one) for one in ("fold", "unfold", "open")] == [""] * 3
        outline.action_last()
        assert outline.why_not("fold") == "There is nothing to fold here."
        assert outline.why_not("unfold") == outline.why_not("open") == "Nothing hangs below this."


async def test_grown_anew_the_folds_and_the_cursor_are_where_they_were() -> None:
    outline = Twigs()
    async with OutlineApp(outline).run_test(size=(20, 12)) as pilot:
        outline.grow(ROOTS)
        await pilot.press("j", "h", "G", "k")
        outline.grow((twig("new"), *ROOTS))
        assert shown(outline) == "newabefgh"
        assert outline.current_row
        assert outline.current_row.key == "g"
        assert outline.reveal("d")
        assert shown(outline) == "newabcdefgh"
        assert outline.current_row.key == "d"
        assert not outline.reveal("gone")


trees = st.recursive(
    st.builds(twig, st.text("abc", max_size=2)),
    lambda below: st.lists(below, max_size=4).map(lambda some: twig("x", *some)),
    max_leaves=20,
)


@given(st.lists(trees, max_size=4))
def test_each_line_knows_its_place_and_what_hangs_below_it(roots: list[Words]) -> None:
    def listed(some: Iterable[Words]) -> list[Words]:
        return [one for root in some for one in (root, *listed(root.below))]

    lines = _lines(roots, ())
    assert [line.key for line in lines] == [one.key for one in listed(roots)]
    for place, (line, one) in enumerate(zip(lines, listed(roots), strict=True)):
        assert (line.id, line.end) == (place, place + 1 + len(listed(one.below)))
        if line.above is not None:
            above = lines[line.above]
            assert above.id < line.id < above.end
            assert len(line.guides) == len(above.guides) + 2


async def test_where_there_is_no_room_what_is_amiss_stays(screen_text: ScreenText) -> None:
    need = Branch("N1", "need", "A statement much too long for 30 columns", "active", "", "")
    over = Branch("N2", "need", "Another one that is as long as the first", "dropped", "", "")
    tree = CustomerTree()
    app = OutlineApp(tree)
    async with app.run_test(size=(30, 6)) as pilot:
        tree.tell(MarketTrees((MarketTree(1, "Ports", 1, ()),), (need, over), 0))
        await pilot.pause()
        lines = screen_text(app).splitlines()
        assert lines[0].rstrip() == "   Ports  1 account"
        assert lines[2].rstrip().endswith("…  △")
        assert lines[3].rstrip().endswith("…  dropped")
        assert tree.current_row
        assert tree.current_row.key == "N1"
        assert "Marks are for requests" in tree.why_not("mark")
