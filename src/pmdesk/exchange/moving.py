"""A desk moved in time by whole weeks: the demo always ends on the latest Friday."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from pmdesk.errors import RefusedError
from pmdesk.exchange.desk_data import Row, Tables, Value

DAYS = frozenset({
    "desk.vision_revised", "product.vision_revised", "requirement.shipped_on", "reading.taken_on",
    "rule.trained_on", "request.arrived_on", "request.parked_until", "request.due",
    "handoff.follow_up", "evidence.heard_on", "entry.day", "day_off.day", "gap_snooze.until",
    "commitment.due",
})  # fmt: skip
"""Columns that hold a day: "2025-06-13"."""
INSTANTS = frozenset({
    "request.arrived_at", "request.decided_at", "message.sent_at", "handoff.handed_at",
    "handoff.ended_at", "entry.started_at", "block.starts_at", "block.ends_at",
    "review.started_at", "review.finished_at",
})  # fmt: skip
"""Columns that hold an instant: "2025-06-13T07:30:00Z"; its row has the zone."""
WEEKS = frozenset({"entry.week", "target.from_week", "block.week", "review.week"})
"""Columns that hold an ISO week: "2025-W24"."""

FROM_THE_BEGINNING = "0001-W01"
"""The week of the first target: no date, so it stays."""

_FRIDAY = 4


def latest_friday(today: date) -> date:
    """The last Friday that is not after `today`."""
    return today - timedelta(days=(today.weekday() - _FRIDAY) % 7)


def moved(tables: Tables, days: int) -> dict[str, list[Row]]:
    """The same rows, all dates `days` later (earlier where negative).

    Instants keep their time of day in the zone of their row, whatever summer time does. Texts,
    answers and reports stay. Raises ValueError unless `days` are whole weeks, and RefusedError
    where a date would leave the calendar.
    """
    if days % 7:
        raise ValueError("a desk is moved by whole weeks, so that weekdays and weeks stay true")
    by = timedelta(days=days)
    try:
        return {name: [_moved_row(name, row, by) for row in rows] for name, rows in tables.items()}
    except (OverflowError, ValueError):
        raise RefusedError(
            "These dates can't be moved so far; choose a day nearer to today."
        ) from None


def _moved_row(table: str, row: Row, by: timedelta) -> Row:
    zone = row.get("zone")
    return {
        column: _moved_value(f"{table}.{column}", value, by, zone) for column, value in row.items()
    }


def _moved_value(column: str, value: Value, by: timedelta, zone: Value) -> Value:
    if not isinstance(value, str):
        return value
    if column in INSTANTS:
        return _instant(value, by, str(zone or "UTC"))
    move = _MOVES.get(column)
    return move(value, by) if move else value


def _day(text: str, by: timedelta) -> str:
    return (date.fromisoformat(text) + by).isoformat()


def _week(text: str, by: timedelta) -> str:
    if text == FROM_THE_BEGINNING:
        return text
    monday = date.fromisocalendar(int(text[:4]), int(text[6:]), 1) + by
    year, week, _ = monday.isocalendar()
    return f"{year:04}-W{week:02}"


def _instant(text: str, by: timedelta, zone: str) -> str:
    # Adding to a local time adds to what the clock on the wall shows.
    local = datetime.fromisoformat(text).astimezone(_zone(zone)) + by
    return local.astimezone(UTC).isoformat().replace("+00:00", "Z")


@lru_cache
def _zone(name: str) -> tzinfo:
    """A named zone, or an offset as mail has it ("+02:00"); UTC for what is neither."""
    try:
        return ZoneInfo(name)
    except (OSError, LookupError, ValueError):
        pass
    try:
        return datetime.strptime(name, "%z").tzinfo or UTC
    except ValueError:
        return UTC


_MOVES: dict[str, Callable[[str, timedelta], str]] = {
    **dict.fromkeys(DAYS, _day),
    **dict.fromkeys(WEEKS, _week),
}
