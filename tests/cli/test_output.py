"""Tables, sizes and progress as they are printed."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from pmdesk.amounts import size_words
from pmdesk.cli.output import ProgressLine, progress_words, table_lines

ROWS = [["#1", "short", "x"], ["#22", "a title that is rather long", "y"]]


def test_columns_are_aligned_by_cells() -> None:
    lines = table_lines(["#", "title", ""], [["#1", "日本語", "x"], ["#2", "abc", "y"]],
                        frozenset(), None, None)  # fmt: skip
    assert lines == ["#   title", "#1  日本語  x", "#2  abc     y"]


def test_numbers_stand_flush_right() -> None:
    assert [line[:3] for line in table_lines(["#", "t", ""], ROWS, frozenset({0}), 1, None)] == [
        "  #", " #1", "#22",
    ]  # fmt: skip


def test_one_column_gives_way_on_a_narrow_terminal() -> None:
    lines = table_lines(["#", "title", ""], ROWS, frozenset(), 1, 20)
    assert lines[2] == "#22  a title tha…  y"


@given(
    st.lists(st.lists(st.text(max_size=30), min_size=3, max_size=3), max_size=5),
    st.integers(30, 120),
)
def test_no_line_is_wider_than_the_terminal_or_steers_it(rows: list[list[str]], width: int) -> None:
    short = [[row[0][:4], row[1], row[2][:4]] for row in rows]
    for line in table_lines(["a", "b", "c"], short, frozenset(), 1, width):
        assert cell_len(line) <= width
        assert not any(sign < " " or sign == "\x7f" for sign in line)


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (1_234_567, "1.2 MB"),
        (5 * 10**12, "5000.0 GB"),
    ],
)
def test_sizes_in_words(size: int, words: str) -> None:
    assert size_words(size) == words


def test_time_left_is_told_once_there_is_a_second_of_it() -> None:
    assert progress_words("a.mbox", 250, 1000, 0.5) == "a.mbox: 25 % of 1.0 kB"
    assert progress_words("a.mbox", 250, 1000, 2) == "a.mbox: 25 % of 1.0 kB, 6 s left"
    assert progress_words("a.mbox", 10, 1000, 2) == "a.mbox: 1 % of 1.0 kB, 3 min left"
    assert progress_words("a.mbox", 0, 0, 9) == "a.mbox: 100 % of 0 B"


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_one_line_that_goes_away() -> None:
    screen = Screen()
    line = ProgressLine("in\x1bbox.mbox", 100, screen)
    line.told(50)
    line.end()
    assert screen.getvalue() == "\r\x1b[Kin␛box.mbox: 50 % of 100 B\r\x1b[K"


def test_progress_is_silent_where_there_is_no_terminal() -> None:
    stream = io.StringIO()
    line = ProgressLine("inbox.mbox", 100, stream)
    line.told(50)
    line.end()
    assert stream.getvalue() == ""
