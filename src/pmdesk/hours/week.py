"""The calendar week and its shares (DOMAIN §5)."""

from __future__ import annotations

from datetime import date, timedelta


def week_of(day: date) -> str:
    """The ISO week: "2025-W24"."""
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def days_of(week: str) -> tuple[date, ...]:
    """Monday to Sunday of an ISO week. Raises ValueError for what is none."""
    monday = date.fromisocalendar(int(week[:4]), int(week[6:]), 1)
    return tuple(monday + timedelta(days=number) for number in range(7))


def share(part: int, whole: int) -> float | None:
    """The part as a fraction of the whole; None where there is no whole."""
    return part / whole if whole else None
