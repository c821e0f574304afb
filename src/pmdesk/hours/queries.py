"""What screens and reports read of my hours."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pmdesk.dates import first_day, week_of
from pmdesk.hours.week import days_of, share


@dataclass(frozen=True, slots=True)
class Hours:
    """Minutes by kind of my work."""

    strategic: int = 0
    tactical: int = 0
    overhead: int = 0

    @property
    def total(self) -> int:
        return self.strategic + self.tactical + self.overhead

    @staticmethod
    def sum(parts: Iterable[Hours]) -> Hours:
        each = [(part.strategic, part.tactical, part.overhead) for part in parts]
        return Hours(*(sum(kind) for kind in zip(*each, strict=True))) if each else Hours()


@dataclass(frozen=True, slots=True)
class Week:
    """The hours of one ISO week, Monday to Sunday."""

    week: str
    days: tuple[tuple[date, Hours], ...]
    target: float | None
    """The share of my strategic hours aimed at, from 0 to 1."""

    @property
    def hours(self) -> Hours:
        return Hours.sum(hours for _, hours in self.days)

    @property
    def strategic_share(self) -> float | None:
        """S/W; overhead stays in W, so it cannot flatter."""
        return share(self.hours.strategic, self.hours.total)

    @property
    def target_gap(self) -> float | None:
        """S − target·W in minutes, negative where short of it (DOMAIN §5, "Target gap")."""
        if self.target is None:
            return None
        return self.hours.strategic - self.target * self.hours.total


def week_hours(db: sqlite3.Connection, week: str) -> Week:
    """A week's hours by day and kind of work, with the target that holds for it."""
    found: dict[str, dict[str, int]] = {}
    for day, kind, minutes in db.execute(
        """SELECT e.day, c.kind, sum(e.minutes) FROM entry e JOIN category c ON c.id = e.category_id
           WHERE e.week = ? GROUP BY e.day, c.kind""",
        (week,),
    ):
        found.setdefault(day, {})[kind] = minutes
    target = db.execute(
        "SELECT share FROM target WHERE from_week <= ? ORDER BY from_week DESC LIMIT 1", (week,)
    ).fetchone()
    days = tuple((day, Hours(**found.get(day.isoformat(), {}))) for day in days_of(week))
    return Week(week, days, target[0] if target else None)


@dataclass(frozen=True, slots=True)
class Running:
    """The timer that runs."""

    since: datetime
    what: str
    """The category, and the request or node it is spent on: "research · #12"."""


def running(db: sqlite3.Connection) -> Running | None:
    """The running timer; None where none runs. There is one at most."""
    row = db.execute(
        """SELECT e.started_at, c.name, r.number, n.code, m.name
           FROM entry e JOIN category c ON c.id = e.category_id
           LEFT JOIN request r ON r.id = e.request_id LEFT JOIN node n ON n.id = e.node_id
           LEFT JOIN market m ON m.id = e.market_id
           WHERE e.running = 1"""
    ).fetchone()
    if row is None:
        return None
    since, category, number, code, market = row
    what = (category, f"#{number}" if number else "", code or "", market or "")
    return Running(datetime.fromisoformat(since), " · ".join(filter(None, what)))


@dataclass(frozen=True, slots=True)
class WeekShare:
    """What a week comes to, in minutes."""

    week: str
    strategic: int
    logged: int
    target: float | None

    @property
    def share(self) -> float | None:
        """My strategic share; None where nothing was logged, which is not zero."""
        return share(self.strategic, self.logged)


def week_shares(db: sqlite3.Connection, last: str, count: int = 26) -> tuple[WeekShare, ...]:
    """As many weeks up to the last, the oldest first; weeks without hours too."""
    monday = first_day(last)
    names = [week_of(monday - timedelta(days=7 * back)) for back in reversed(range(count))]
    found = {
        week: (strategic, logged)
        for week, strategic, logged in db.execute(
            """SELECT e.week, sum(CASE c.kind WHEN 'strategic' THEN e.minutes ELSE 0 END),
                 sum(e.minutes)
               FROM entry e JOIN category c ON c.id = e.category_id
               WHERE e.week BETWEEN ? AND ? GROUP BY e.week""",
            (names[0], names[-1]),
        )
    }
    targets = db.execute(
        "SELECT from_week, share FROM target WHERE from_week <= ? ORDER BY from_week", (last,)
    ).fetchall()
    return tuple(
        WeekShare(
            name,
            *found.get(name, (0, 0)),
            next((share for begun, share in reversed(targets) if begun <= name), None),
        )
        for name in names
    )


def any_hours(db: sqlite3.Connection) -> bool:
    """Whether any time was ever logged."""
    return bool(db.execute("SELECT EXISTS (SELECT 1 FROM entry)").fetchone()[0])
