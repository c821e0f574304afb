"""The line at the top: where I am, and the few figures that must always be in sight."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from pmdesk.customers.queries import desk_name
from pmdesk.dates import week_of
from pmdesk.hours.queries import Running, Week, running, week_hours
from pmdesk.requests.queries import Counts
from pmdesk.ui.saying import compact, percent
from pmdesk.ui.widgets.cells import elide
from pmdesk.ui.work import begin

if TYPE_CHECKING:
    from pmdesk.desk import Desk

Part = tuple[str, str]
_TICK = 15.0
"""Seconds after which the time of a running timer may have become another."""
_SHORTEST_NAME = 8


class TopLine(Widget):
    """The desk, the week, my strategic share against the target, gaps, new requests, overdue
    handoffs, the running timer, the day of the weekly review. Where there is no room for
    all, those that call for something stay."""

    SHOWS = frozenset({"desk", "entry", "category", "target"})

    def __init__(self, desk: Desk, review_day: str) -> None:
        super().__init__()
        self._desk = desk
        self._review_day = review_day
        self.desk = ""
        self.week: Week | None = None
        self.counts: Counts | None = None
        self.running: Running | None = None
        self.gaps: int | None = None

    def on_mount(self) -> None:
        self.set_interval(_TICK, self._tick)

    def _tick(self) -> None:
        if self.running is not None:
            self.refresh()

    def tell_counts(self, counts: Counts) -> None:
        """How many requests there are."""
        self.counts = counts
        self.refresh()

    def tell_gaps(self, gaps: int) -> None:
        """How many gaps the hierarchy has."""
        self.gaps = gaps
        self.refresh()

    def read(self) -> None:
        """Reads again what it shows."""
        begin(self, self._read, "top")

    async def _read(self) -> None:
        desk = self._desk
        week = week_of(desk.clock.today())
        self.week = await asyncio.wrap_future(desk.asking(week_hours, week))
        self.desk = await asyncio.wrap_future(desk.asking(desk_name))
        self.running = await asyncio.wrap_future(desk.asking(running))
        self.refresh()

    def render(self) -> Content:
        name = elide(self.desk, max(_SHORTEST_NAME, self.size.width // 4))
        left: list[Part] = [(" pmdesk ", "bold $accent"), (name, "$foreground")]
        shown = self._fitting(self.size.width - _length(left) - 1)
        right = [part for group in shown for part in (self._gap, *group)][1:]
        gap = max(1, self.size.width - _length(left) - _length(right) - 1)
        return Content.assemble(*left, (" " * gap, ""), *right)

    @property
    def _gap(self) -> Part:
        return (" " * (4 if self.size.width >= 120 else 2), "")

    def _fitting(self, room: int) -> list[list[Part]]:
        """What there is room for, the most urgent first, in the order of the line."""
        groups = [
            self._review(), self._share(), self._timer(), self._gaps(), self._new(),
            self._overdue(),
        ]  # fmt: skip
        urgency = (5, 2, 1, 4, 3, 0)
        kept: set[int] = set()
        for place in sorted(range(len(groups)), key=lambda place: urgency[place]):
            needed = _length([self._gap, *groups[place]])
            if groups[place] and needed <= room:
                kept |= {place}
                room -= needed
        return [groups[place] for place in sorted(kept)]

    def _share(self) -> list[Part]:
        if self.week is None:
            return []
        share, target = self.week.strategic_share, self.week.target
        parts: list[Part] = [
            (f"{self.week.week[5:]} my strategic ", "$muted"),
            (percent(share) if share is not None else "–", "bold $foreground"),
        ]
        if target is not None and self.size.width >= 80:
            parts.append((f" · target {percent(target)}", "$muted"))
        return parts

    def _review(self) -> list[Part]:
        return [(f"review {self._review_day.title()[:3]}", "$muted")] if self.week else []

    def _timer(self) -> list[Part]:
        if self.running is None:
            return []
        return [
            ("▶ ", "bold $accent"),
            (f"{_elapsed(self.running.since, self._desk.clock.now())} ", "bold $foreground"),
            (elide(self.running.what, 24), "$foreground"),
        ]

    def _gaps(self) -> list[Part]:
        if not self.gaps:
            return []
        return [(f"{compact(self.gaps)} {'gap' if self.gaps == 1 else 'gaps'}", "$foreground")]

    def _new(self) -> list[Part]:
        if self.counts is None:
            return []
        return [(f"{compact(self.counts.by_view['new'])} new", "$foreground")]

    def _overdue(self) -> list[Part]:
        if self.counts is None or not self.counts.overdue:
            return []
        return [(f"! {compact(self.counts.overdue)} overdue", "$warning")]


def _elapsed(since: datetime, now: datetime) -> str:
    """ "0:42", "13:05": hours and minutes; never less than nothing, whatever the clock did."""
    minutes = max(0, int((now - since).total_seconds() // 60))
    return f"{minutes // 60}:{minutes % 60:02}"


def _length(parts: list[Part]) -> int:
    return sum(cell_len(text) for text, _ in parts)
