"""Columns of a list as data, and how they share the width there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from pmdesk.ui.widgets.cells import fit

GAP = 2
"""Blanks between two columns."""


class Column(NamedTuple):
    name: str
    """What it holds, and its heading."""
    least: int
    """Cells without which it is not worth its place."""
    most: int | None = None
    """Cells beyond which it gains nothing: `least` if None is said."""
    grows: int = 1
    """Its part of the cells that are left, beside the others."""
    leaves: int = 0
    """Where there is no room, the column with the highest number goes first; 0 stays."""
    right: bool = False
    """Figures are aligned right."""


class Cells(NamedTuple):
    """A column where it is drawn."""

    name: str
    width: int
    right: bool


@lru_cache(maxsize=64)
def lay_out(columns: tuple[Column, ...], width: int) -> tuple[Cells, ...]:
    """The columns there is room for, in their order, with their cells. Together with the gaps
    they take the width exactly, or less where each has the most that it can use."""
    shown = list(columns)
    while len(shown) > 1 and _taken(shown, [one.least for one in shown]) > width:
        goes = max(range(len(shown)), key=lambda place: (shown[place].leaves, place))
        if not shown[goes].leaves:
            break
        del shown[goes]
    cells = _shrunk(shown, width)
    _grow(shown, cells, width - _taken(shown, cells))
    pairs = zip(shown, cells, strict=True)
    return tuple(Cells(one.name, wide, one.right) for one, wide in pairs if wide)


def line(
    cells: tuple[Cells, ...], cell: Callable[[str, int], tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    """The pieces of a line, text and style: what `cell` says of a column, cut and padded."""
    for place, (name, width, right) in enumerate(cells):
        if place:
            yield " " * GAP, ""
        text, style = cell(name, width)
        yield fit(text, width, right), style


def heads(cells: tuple[Cells, ...]) -> str:
    """The headings, each over its column."""
    return "".join(text for text, _ in line(cells, lambda name, _width: (name, "")))


def _taken(columns: list[Column], cells: list[int]) -> int:
    """Cells of a line: a column without any has no gap either."""
    wide = [one for one in cells if one]
    return sum(wide) + GAP * max(0, len(wide) - 1)


def _shrunk(columns: list[Column], width: int) -> list[int]:
    """The least of each, from the left as far as there is room."""
    cells: list[int] = []
    room = width
    for column in columns:
        taken = max(0, min(column.least, room))
        cells.append(taken)
        room -= taken + GAP
    return cells


def _grow(columns: list[Column], cells: list[int], spare: int) -> None:
    """Shares what is left among those that gain by it, each by its part."""
    while spare > 0:
        room = {
            place: (column.most or column.least) - cells[place]
            for place, column in enumerate(columns)
            if cells[place] and cells[place] < (column.most or column.least)
        }
        parts = sum(columns[place].grows for place in room)
        if not parts:
            return
        left = spare
        for place, most in room.items():
            more = min(most, max(1, left * columns[place].grows // parts), spare)
            cells[place] += more
            spare -= more
