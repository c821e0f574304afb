"""The lines of the inbox."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import ClassVar

from rich.segment import Segment
from textual.content import Content
from textual.widget import Widget

from pmdesk.requests.queries import RequestRow, View
from pmdesk.ui.saying import age, short_day
from pmdesk.ui.widgets.cells import fit
from pmdesk.ui.widgets.virtual_list import VirtualList

_LAST: dict[View, str] = {
    "new": "due", "waiting": "follow up", "kept": "due", "parked": "back", "closed": "state",
    "all": "state",
}  # fmt: skip
_WIDE = ("waiting", "closed", "all")
_TITLE = 28
"""Cells that a title needs."""
Column = tuple[str, int, bool]
"""Heading, cells, aligned right."""


def columns(width: int, view: View) -> list[Column]:
    """What fits beside a title that can be read; the first to go is what says least."""
    who = "owner" if view == "waiting" else "from"
    age: Column = ("age", 4, True)
    last: Column = (_LAST[view], 9 if view in _WIDE else 8, False)
    sight: Column = ("sight", 5, False)
    offers: tuple[tuple[list[Column], list[Column]], ...] = (
        ([age, (who, 18, False), ("account", 16, False)], [sight, last]),
        ([age, (who, 12, False), ("account", 11, False)], [sight, last]),
        ([age, (who, 12, False)], [sight, last]),
        ([age], [sight, last]),
        ([age], [sight]),
    )
    room = 0
    for before, after in offers:
        room = width - 3 - sum(cells + 2 for _, cells, _ in (*before, *after))
        if room >= _TITLE:
            break
    return [*before, ("title", max(4, room), False), *after]


class ColumnHeads(Widget):
    """The headings over the lines; drawn for the same width as they."""

    view: View = "new"

    def render(self) -> Content:
        cells = [fit(name, cells, right) for name, cells, right in columns(self.width, self.view)]
        return Content("   " + "  ".join(cells))

    @property
    def width(self) -> int:
        """Without the column of the scroll bar."""
        return self.size.width - 1


class RequestList(VirtualList[RequestRow]):
    """One line per request: age, who, account, title, sight, date."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "requests--sight", "requests--no-sight", "requests--late", "requests--mark",
    }  # fmt: skip

    view: View = "new"
    today: date
    now: datetime

    def paint(self, row: RequestRow, width: int, marked: bool, cursor: bool) -> Iterable[Segment]:
        muted = self.get_component_rich_style("list--muted", partial=True)
        mark = self.get_component_rich_style("requests--mark", partial=True)
        yield Segment(("▸" if cursor else " ") + ("✓" if marked else " ") + " ", mark)
        for name, cells, right in columns(width, self.view):
            text, style = self._cell(row, name)
            rich = self.get_component_rich_style(style, partial=True) if style else None
            yield Segment(fit(text, cells, right), rich if rich is not None else None)
            yield Segment("  ", muted)

    def _cell(self, row: RequestRow, name: str) -> tuple[str, str]:
        """Text and style of a column."""
        match name:
            case "age":
                return age(row.arrived_at, self.now), "list--muted"
            case "from":
                return row.from_function or row.requester, "list--muted"
            case "owner":
                return row.owner, ""
            case "account":
                return row.account, "list--muted"
            case "title":
                return row.title, "" if row.state == "new" or self.view != "all" else "list--muted"
            case "sight":
                return sight_mark(row.anchor, row.goal)
            case "state":
                return row.state, "list--muted"
            case "back":
                return self._day(row.parked_until)
            case "follow up":
                return self._day(row.follow_up, late=True)
        return self._day(row.due, late=row.state in ("new", "kept", "delegated", "parked"))

    def _day(self, day: date | None, late: bool = False) -> tuple[str, str]:
        if day is None:
            return "", ""
        if late and day < self.today:
            return f"! {short_day(day, self.today)}", "requests--late"
        return short_day(day, self.today), "requests--late" if day == self.today else ""


def sight_mark(anchor: str, goal: str) -> tuple[str, str]:
    """▲ and the goal it serves; △ and where it hangs, if no goal is seen from there."""
    if goal:
        return f"▲ {goal}", "requests--sight"
    return (f"△ {anchor}" if anchor else ""), "requests--no-sight"
