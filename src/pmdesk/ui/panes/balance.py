"""The balance: my hours of a week by day, and their strategic share against the target."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from pmdesk.dates import first_day, week_of
from pmdesk.hours.queries import Hours, Week, week_hours
from pmdesk.ui.saying import hours, percent, share_of
from pmdesk.ui.widgets.pane import Pane
from pmdesk.ui.widgets.pane_head import PaneHead
from pmdesk.ui.widgets.scrolling import scrolling
from pmdesk.ui.work import begin

if TYPE_CHECKING:
    from pmdesk.desk import Desk

Part = tuple[str, str]

_KINDS = (("█", "$strategic"), ("▓", "$tactical"), ("░", "$overhead"))
_DAY_MINUTES = 8 * 60
"""A bar is as long as the longest day, but a short week is not blown up."""


class BalanceBody(VerticalScroll):
    """Scrolls where the window is low."""

    BINDING_GROUP_TITLE = "Picture"
    BINDINGS: ClassVar[list[BindingType]] = scrolling("balance")


class WeekPicture(Static):
    """The week, drawn anew for whatever width it gets."""

    def __init__(self) -> None:
        super().__init__(Content(""), markup=False)
        self._drawn: tuple[Week, date] | None = None

    def show_week(self, week: Week, today: date) -> None:
        self._drawn = (week, today)
        self.on_resize()

    def on_resize(self) -> None:
        if self._drawn and self.size.width:
            week, today = self._drawn
            self.update(content(week, max(24, self.size.width), today))


class Balance(Pane):
    BINDING_GROUP_TITLE = "Balance"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("less_than_sign", "week(-1)", "Week before", id="balance.before"),
        Binding("greater_than_sign", "week(1)", "Week after", id="balance.after"),
        Binding("full_stop", "this_week", "This week", id="balance.this"),
    ]
    SHOWS = frozenset({"entry", "category", "target"})

    week: str = ""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, PaneHead("3", "Balance"), "balance")

    def body(self) -> Iterator[Widget]:
        yield BalanceBody(WeekPicture())

    def on_mount(self) -> None:
        self.week = week_of(self.desk.clock.today())
        self._head()

    def take_focus(self) -> None:
        self.query_one(BalanceBody).focus()

    def reload(self) -> None:
        begin(self, self._load, "balance.load")

    async def _load(self) -> None:
        week = await self.ask(week_hours, self.week)
        self.query_one(WeekPicture).show_week(week, self.desk.clock.today())

    def _head(self) -> None:
        monday = first_day(self.week)
        sunday = monday + timedelta(days=6)
        start = f"{monday.day}" if monday.month == sunday.month else f"{monday.day} {monday:%b}"
        self.head.tell(note=f"{self.week[5:]} · {start} – {sunday.day} {sunday:%b %Y}")

    def action_week(self, by: int) -> None:
        self._to_week(first_day(self.week) + timedelta(days=7 * by))

    def action_this_week(self) -> None:
        self._to_week(self.desk.clock.today())

    def _to_week(self, day: date) -> None:
        self.week = week_of(day)
        self._head()
        self._now()


def content(week: Week, width: int, today: date) -> Content:
    """The week in lines of at most `width` cells."""
    if not week.hours.total:
        target = f"\n\nTarget: {percent(week.target)} my strategic." if week.target else ""
        words = "No hours in this week.\n< and > show other weeks, . shows this one."
        return Content.styled(words + target, "$muted")
    parts: list[Part] = []
    longest = max(_DAY_MINUTES, *(day.total for _, day in week.days))
    for day, spent in week.days:
        weekend = day.weekday() >= 5
        if not (weekend and not spent.total):
            parts.extend(_bar(day, spent, longest, width, day == today))
    parts.append(("\n", ""))
    parts.extend(_legend(week.hours, width))
    parts.append(("\n", ""))
    parts.extend(_share(week, width))
    return Content.assemble(*parts)


def _bar(day: date, spent: Hours, longest: int, width: int, today: bool) -> Iterator[Part]:
    yield f"{day:%a} {day.day:>2} ", "bold $foreground" if today else "$muted"
    room = width - 7 - 6
    drawn = 0
    reached = 0
    for (glyph, style), minutes in zip(_KINDS, _minutes(spent), strict=True):
        reached += minutes
        cells = round(reached / longest * room) - drawn  # so that the sum is rounded once
        drawn += cells
        yield glyph * cells, style
    yield " " * (room - drawn), ""
    total = hours(spent.total) if spent.total else "–"
    yield f"{total:>6}\n", "$foreground" if spent.total else "$muted"


def _minutes(spent: Hours) -> tuple[int, int, int]:
    return spent.strategic, spent.tactical, spent.overhead


def _legend(spent: Hours, width: int) -> Iterator[Part]:
    for (glyph, style), name, minutes in zip(
        _KINDS, ("my strategic", "my tactical", "overhead"), _minutes(spent), strict=True
    ):
        yield f"{glyph * 2} ", style
        yield f"{name:<{width - 9}}", "$foreground"
        yield f"{hours(minutes):>6}\n", "$foreground"
    yield f"   {'logged':<{width - 9}}{hours(spent.total):>6}\n", "$muted"


def _share(week: Week, width: int) -> Iterator[Part]:
    figure = share_of(week.hours.strategic, week.hours.total)
    label = "My strategic share  "
    fits = len(label) + len(figure) <= width
    yield label if fits else "My strategic share\n", "$muted"
    yield f"{figure}\n", "bold $foreground"
    if week.target is not None and week.target_gap is not None:
        gap = week.target_gap / 60
        yield f"Target {percent(week.target)}  ", "$muted"
        if round(gap, 1) < 0:
            yield f"{-gap:.1f} h short of it\n", "$warning"
        else:
            yield f"reached, {gap:.1f} h above\n", "$success"
