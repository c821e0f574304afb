"""The virtual list: a hundred thousand rows, of which it holds what shows."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pytest
from textual import on
from textual.app import App
from textual.pilot import Pilot
from textual.widget import Widget

from pmdesk.ui.messages import Said
from pmdesk.ui.widgets.cells import fit
from pmdesk.ui.widgets.virtual_lines import Piece
from pmdesk.ui.widgets.virtual_list import VirtualList

ALL = 100_000


@dataclass(frozen=True)
class Line:
    id: int
    text: str


class Lines(VirtualList[Line]):
    painted = 0

    def paint(self, row: Line, width: int, marked: bool, cursor: bool) -> Iterable[Piece]:
        self.painted += 1
        sign = ("▸" if cursor else " ") + ("✓" if marked else " ")
        yield sign + fit(row.text, width - 2), ""


class ListApp(App[None]):
    """Answers `Wanted` as the inbox does."""

    CSS = "Lines { height: 1fr; overflow-y: scroll; scrollbar-size-vertical: 1; }"

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0
        self.opened: list[int] = []
        self.said: list[str] = []
        self.highlighted: list[int | None] = []

    def compose(self) -> Iterator[Widget]:
        yield Lines()

    def on_mount(self) -> None:
        self.lines.show_ids(array("q", range(1, ALL + 1)))
        self.lines.focus()

    @property
    def lines(self) -> Lines:
        return self.query_one(Lines)

    @on(VirtualList.Wanted)
    def _wanted(self, event: VirtualList.Wanted) -> None:
        self.asked += len(event.ids)
        self.lines.put(Line(one, f"row {one}") for one in event.ids)

    @on(VirtualList.Opened)
    def _opened(self, event: VirtualList.Opened) -> None:
        self.opened.append(event.id)

    @on(VirtualList.Highlighted)
    def _highlighted(self, event: VirtualList.Highlighted) -> None:
        self.highlighted.append(event.id)

    @on(Said)
    def _said(self, event: Said) -> None:
        self.said.append(event.sentence)

    @property
    def text(self) -> list[str]:
        height = self.lines.size.height
        return [self.lines.render_line(y).text.rstrip() for y in range(height)]


async def press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()


async def test_only_what_shows_is_held() -> None:
    app = ListApp()
    async with app.run_test(size=(40, 20)) as pilot:
        await press(pilot, *["ctrl+d"] * 40, "G", "g")
        assert app.asked < 2_000
        assert len(app.lines._rows) < 600
        assert app.text[0] == "▸ row 1"


@pytest.mark.parametrize(
    ("keys", "current"),
    [
        (["j", "j", "down"], 4),
        (["j", "k", "up"], 1),
        (["G"], ALL),
        (["end", "k"], ALL - 1),
        (["G", "g"], 1),
        (["end", "home", "j"], 2),
        (["ctrl+d"], 11),
        (["pagedown", "ctrl+u"], 11),
        (["pagedown", "pageup"], 1),
        (["G", "pagedown"], ALL),
    ],
)
async def test_keys_move_the_cursor(keys: list[str], current: int) -> None:
    app = ListApp()
    async with app.run_test(size=(40, 20)) as pilot:
        await press(pilot, *keys)
        assert app.lines.current == current
        assert any(line == f"▸ row {current}" for line in app.text)
        assert app.highlighted[-1] == current


async def test_the_cursor_stays_on_its_row_when_others_go() -> None:
    app = ListApp()
    async with app.run_test(size=(40, 20)) as pilot:
        await press(pilot, *["j"] * 30)
        app.lines.show_ids(array("q", range(21, ALL)), keep=app.lines.current)
        await pilot.pause()
        assert app.lines.current == 31
        app.lines.show_ids(array("q", (one for one in range(21, 60) if one != 31)), keep=31)
        assert app.lines.current == 32, "where its row is gone, it stands on the next one"
        app.lines.show_ids(array("q"), keep=32)
        assert app.lines.current is None
        app.lines.show_ids(array("q", [7]))
        assert app.lines.current == 7


async def test_rows_read_again_draw_only_lines_that_changed() -> None:
    app = ListApp()
    async with app.run_test(size=(40, 20)) as pilot:
        await pilot.pause()
        app.lines.painted = 0
        app.lines.put([Line(one, "other" if one == 3 else f"row {one}") for one in range(1, 20)])
        await pilot.pause()
        assert app.lines.painted == 1
        assert app.text[2] == "  other"


async def test_a_step_draws_two_lines() -> None:
    app = ListApp()
    async with app.run_test(size=(40, 20)) as pilot:
        await press(pilot, "j")
        app.lines.painted = 0
        await press(pilot, "j")
        assert app.lines.painted == 2


async def test_rows_above_come_and_go_and_every_line_stays_where_it_is() -> None:
    app = ListApp()
    async with app.run_test(size=(40, 20)) as pilot:
        await press(pilot, *["ctrl+d"] * 4, "k", "k")
        shown, current = app.text, app.lines.current
        app.lines.painted = 0
        more = array("q", [ALL + 1, ALL + 2, *range(1, ALL + 1)])
        app.lines.show_ids(more, keep=current)
        await pilot.pause()
        assert (app.text, app.lines.current) == (shown, current)
        assert app.lines.painted <= 2 * len(shown), "drawn once, and read once by this test"
        app.lines.show_ids(array("q", range(7, ALL)), keep=current)
        await pilot.pause()
        assert (app.text, app.lines.current) == (shown, current)


async def test_the_same_rows_again_draw_nothing() -> None:
    app = ListApp()
    async with app.run_test(size=(40, 20)) as pilot:
        await press(pilot, *["j"] * 5)
        app.lines.painted = 0
        app.lines.show_ids(array("q", app.lines.ids), keep=app.lines.current)
        app.lines.put([Line(one, f"row {one}") for one in range(1, 20)])
        await pilot.pause()
        assert app.lines.painted == 0
        app.lines.show_ids(array("q", [*range(1, 10), *range(11, ALL)]), keep=app.lines.current)
        await pilot.pause()
        assert app.lines.painted == 20 - 9, "only the lines from where a row has gone"


@pytest.mark.parametrize("gone", [[7], [1, 2, 7], [7, 8, 9, ALL], list(range(7, 5_000))])
async def test_rows_that_leave_hand_the_cursor_on(gone: list[int]) -> None:
    app = ListApp()
    async with app.run_test(size=(40, 20)) as pilot:
        await press(pilot, *["j"] * 6)
        app.lines.drop({*gone, ALL + 5})
        await pilot.pause()
        left = sorted({*range(1, ALL + 1)} - {*gone})
        assert app.lines.ids.tolist() == left
        assert app.lines.current == min(one for one in left if one > 7)
        few = left[:50]
        app.lines.show_ids(array("q", few), keep=app.lines.current)
        app.lines.drop(few[1:])
        assert app.lines.current == few[0], "where none follows, on the last that is left"
        app.lines.drop(few)
        assert app.lines.current is None


@pytest.mark.parametrize(
    ("keys", "marked"),
    [
        (["x", "j", "j", "X"], [1, 2, 3, 4]),
        (["j", "j", "x", "k", "k", "k", "X"], [1, 2, 3]),
        (["j", "X"], [2]),
        (["j", "X", "j", "j", "X"], [2, 3, 4]),
        (["x", "x", "X", "j", "X"], [1, 2, 3, 4]),
        (["x", "k", "x", "j", "j", "X"], [4]),
    ],
)
async def test_a_range_goes_from_the_last_mark_to_the_cursor(
    keys: list[str], marked: list[int]
) -> None:
    app = ListApp()
    async with app.run_test(size=(40, 20)) as pilot:
        await press(pilot, *keys)
        assert list(app.lines.chosen) == marked


async def test_all_of_a_view_are_marked_unless_they_are_too_many() -> None:
    app = ListApp()
    async with app.run_test(size=(40, 20)) as pilot:
        await press(pilot, "ctrl+a")
        assert app.said == [
            "At most 10,000 rows are marked at a time: narrow the view with / first."
        ]
        await press(pilot, "x", "G", "X")
        assert list(app.lines.chosen) == [1], "a range is no way round it"
        app.lines.show_ids(array("q", range(1, 10_001)))
        await press(pilot, "ctrl+a")
        assert list(app.lines.chosen) == list(range(1, 10_001))
        app.lines.show_ids(array("q", range(9_990, 10_050)))
        assert list(app.lines.chosen) == list(range(9_990, 10_001))


async def test_the_mouse_marks_with_ctrl_and_a_range_with_shift() -> None:
    app = ListApp()
    async with app.run_test(size=(40, 20)) as pilot:
        await pilot.click(Lines, offset=(5, 2), control=True)
        await pilot.click(Lines, offset=(5, 5), shift=True)
        assert list(app.lines.chosen) == [3, 4, 5, 6]
        await pilot.click(Lines, offset=(5, 4), control=True)
        await pilot.pause()
        assert list(app.lines.chosen) == [3, 4, 6]


async def test_marks_and_what_a_verdict_is_about() -> None:
    app = ListApp()
    async with app.run_test(size=(40, 20)) as pilot:
        await pilot.pause()
        assert list(app.lines.chosen) == [1]
        await press(pilot, "x", "j", "x")
        assert list(app.lines.chosen) == [1, 3]
        assert app.text[:4] == [" ✓row 1", "  row 2", " ✓row 3", "▸ row 4"]
        app.lines.show_ids(array("q", [2, 3, 4]))
        assert list(app.lines.chosen) == [3], "a mark on a row that is gone decides nothing"
        app.lines.unmark()
        assert list(app.lines.chosen) == [app.lines.current]


async def test_the_mouse_sets_the_cursor_and_two_clicks_open() -> None:
    app = ListApp()
    async with app.run_test(size=(40, 20)) as pilot:
        await pilot.click(Lines, offset=(5, 6))
        assert app.lines.current == 7
        await pilot.click(Lines, offset=(5, 6), times=2)
        await press(pilot, "enter")
        assert app.opened == [7, 7]


@pytest.mark.parametrize("size", [(1, 1), (2, 1), (1, 2), (500, 200), (3, 500)])
async def test_it_lives_at_any_size(size: tuple[int, int]) -> None:
    app = ListApp()
    async with app.run_test(size=(40, 20)) as pilot:
        await press(pilot, *["ctrl+d"] * 9)
        current = app.lines.current
        await pilot.resize_terminal(*size)
        await press(pilot, "j", "x", "k", "X", "pagedown", "G", "g")
        await pilot.resize_terminal(40, 20)
        app.lines.move_to_id(current or 0)
        await pilot.pause()
        assert app.lines.current == current
        assert any(line.startswith(("▸", "⋯")) for line in app.text)


async def test_wide_characters_keep_the_line_as_long_as_the_others() -> None:
    app = ListApp()
    async with app.run_test(size=(40, 20)) as pilot:
        await pilot.pause()
        wide = Line(1, "日本語のとても長い題名がここにあります。もっと")
        app.lines.put([wide, Line(2, "👩\u200d👩\u200d👧 e\u0301\u0301")])
        strips = [app.lines.render_line(y) for y in range(3)]
        assert {strip.cell_length for strip in strips} == {app.lines.line_width}
