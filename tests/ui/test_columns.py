"""Columns: whatever the width, a line is as long as it may be, and what matters most shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from pmdesk.requests.queries import VIEWS, View
from pmdesk.ui.widgets.columns import GAP, Cells, Column, heads, lay_out, line
from pmdesk.ui.widgets.request_list import columns

_WIDTHS = st.integers(0, 500)


@st.composite
def _columns(draw: st.DrawFn) -> tuple[Column, ...]:
    made = []
    for number in range(draw(st.integers(1, 8))):
        least = draw(st.integers(1, 40))
        more = draw(st.none() | st.integers(0, 60))
        most = None if more is None else least + more
        grows, leaves = draw(st.integers(1, 5)), draw(st.integers(0, 9))
        made.append(Column(f"c{number}", least, most, grows, leaves, draw(st.booleans())))
    return tuple(made)


def _length(cells: tuple[Cells, ...]) -> int:
    return sum(one.width for one in cells) + GAP * max(0, len(cells) - 1)


@given(_columns(), _WIDTHS)
def test_a_line_takes_the_width_unless_each_column_has_all_it_can_use(
    made: tuple[Column, ...], width: int
) -> None:
    cells = lay_out(made, width)
    by_name = {column.name: column for column in made}
    assert all(one.width > 0 for one in cells)
    assert _length(cells) <= width
    if _length(cells) < width - GAP:
        assert all(one.width >= by_name[one.name].least for one in cells)
        shown = {one.name: one.width for one in cells}
        least = sum(column.least for column in made) + GAP * (len(made) - 1)
        full = all(
            wide == (by_name[name].most or by_name[name].least) for name, wide in shown.items()
        )
        assert full or least > width
    assert all(one.width <= (by_name[one.name].most or by_name[one.name].least) for one in cells)


@given(_columns(), _WIDTHS)
def test_what_leaves_says_least(made: tuple[Column, ...], width: int) -> None:
    shown = {one.name for one in lay_out(made, width)}
    gone = [column for column in made if column.name not in shown]
    whole = [column for column in made if column.name in shown]
    first = max((column.leaves for column in whole), default=0)
    assert all(column.leaves >= first or column.leaves == 0 for column in gone)


@given(_columns(), st.integers(0, 499))
def test_more_room_never_hides_a_column(made: tuple[Column, ...], width: int) -> None:
    narrow = [one.name for one in lay_out(made, width)]
    wide = [one.name for one in lay_out(made, width + 1)]
    assert len(wide) >= len(narrow)


@given(_columns(), _WIDTHS, st.text(max_size=50))
def test_any_text_keeps_the_columns_in_line(
    made: tuple[Column, ...], width: int, text: str
) -> None:
    cells = lay_out(made, width)
    drawn = [piece for piece, _ in line(cells, lambda _name, _width: (text, ""))]
    assert [cell_len(piece) for piece in drawn[::2]] == [one.width for one in cells]
    assert cell_len("".join(drawn)) == cell_len(heads(cells)) == _length(cells)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("width", [1, 5, 12, 20, 28, 36, 60, 76, 117, 197, 497])
def test_a_title_can_be_read_at_every_width(view: View, width: int) -> None:
    cells = lay_out(columns(view), width)
    title = next(one for one in cells if one.name == "title")
    others = [one.width for one in cells if one.name != "title"]
    assert title.width >= min(width, 28)
    assert all(title.width >= other for other in others)


def test_the_inbox_at_the_usual_widths() -> None:
    """Without the signs before the columns, of which they know nothing."""
    said = {
        width: " ".join(f"{one.name}:{one.width}" for one in lay_out(columns("new"), width))
        for width in (36, 70, 76, 116, 196)
    }
    assert said == {
        36: "age:4 title:30",
        70: "age:4 from:13 title:32 sight:5 due:8",
        76: "age:4 from:14 title:37 sight:5 due:8",
        116: "age:4 from:15 account:14 title:50 sight:5 due:8 estimate:8",
        196: "age:4 from:30 account:24 title:96 sight:5 due:8 estimate:8",
    }
