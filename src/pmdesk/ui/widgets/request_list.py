"""The lines of the inbox."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache, partial
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget

from pmdesk.dates import say_minutes
from pmdesk.requests.queries import RequestRow, View
from pmdesk.ui.saying import age, short_day
from pmdesk.ui.widgets.columns import Column, heads, lay_out, line
from pmdesk.ui.widgets.virtual_lines import Piece
from pmdesk.ui.widgets.virtual_list import VirtualList

_LAST: dict[View, str] = {
    "new": "due", "waiting": "follow up", "kept": "due", "parked": "back", "closed": "state",
    "all": "state",
}  # fmt: skip
_SIGNS = 3
"""Cells before the columns: the cursor, the mark, a blank."""
_NAME = 22
"""Cells from which a name stands beside the function of whoever asks."""
_AGED = timedelta(minutes=1)


@cache
def columns(view: View) -> tuple[Column, ...]:
    """What is told of a request; in a view, and where there is room."""
    waiting, long = view == "waiting", view in ("waiting", "closed", "all")
    return (
        Column("age", 4, leaves=1, right=True),
        Column("owner" if waiting else "from", 12, 30, leaves=3 if waiting else 5),
        Column("account", 11, 24, leaves=6),
        Column("title", 28, 96, grows=8),
        Column("sight", 5, leaves=2),
        Column(_LAST[view], 9 if long else 8, leaves=4),
        Column("estimate", 8, leaves=7, right=True),
    )


class ColumnHeads(Widget):
    """The headings over the lines; drawn for the same width as they."""

    view: View = "new"
    empty = False

    def tell(self, view: View, empty: bool) -> None:
        """Shows the headings of a view; none over no rows."""
        if (view, empty) != (self.view, self.empty):
            self.view, self.empty = view, empty
            self.refresh()

    def render(self) -> Content:
        if self.empty:
            return Content("")
        width = self.size.width - 1 - _SIGNS  # the list has a scroll bar
        return Content(" " * _SIGNS + heads(lay_out(columns(self.view), width)))


class RequestList(VirtualList[RequestRow]):
    """One line per request: age, who, account, title, sight, date, estimate."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "requests--sight", "requests--no-sight", "requests--late", "requests--mark",
    }  # fmt: skip

    view: View = "new"
    today = date.min
    now = datetime.min.replace(tzinfo=UTC)

    def tell(self, view: View, today: date, now: datetime) -> None:
        """Draws every line again if its columns or its age may be others than they were."""
        if (view, today) != (self.view, self.today) or now - self.now > _AGED:
            self.view, self.today, self.now = view, today, now
            self.refresh()

    def paint(self, row: RequestRow, width: int, marked: bool, cursor: bool) -> Iterator[Piece]:
        yield ("▸" if cursor else " ") + ("✓" if marked else " ") + " ", "requests--mark"
        yield from line(lay_out(columns(self.view), width - _SIGNS), partial(self._cell, row))

    def _cell(self, row: RequestRow, name: str, width: int) -> tuple[str, str]:
        """Text and style of a column."""
        match name:
            case "age":
                return age(row.arrived_at, self.now), "list--muted"
            case "from":
                return who(row, width), "list--muted"
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
            case "estimate":
                return takes(row.estimate_minutes), "list--muted"
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


def who(row: RequestRow, width: int) -> str:
    """Whoever asks: by function, with the name where there is room for it."""
    both = (row.requester, row.from_function) if width >= _NAME else ()
    return " · ".join(filter(None, both)) or row.from_function or row.requester


def takes(minutes: int | None) -> str:
    """An estimate: "~1h 30m"."""
    return f"~{say_minutes(minutes)}" if minutes else ""


def sight_mark(anchor: str, goal: str) -> tuple[str, str]:
    """▲ and the goal it serves; △ and where it hangs, if no goal is seen from there."""
    if goal:
        return f"▲ {goal}", "requests--sight"
    return (f"△ {anchor}" if anchor else ""), "requests--no-sight"
