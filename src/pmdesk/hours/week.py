"""The calendar week and its shares (DOMAIN §5)."""

from __future__ import annotations

from datetime import date, timedelta

from pmdesk.dates import first_day


def days_of(week: str) -> tuple[date, ...]:
    """Monday to Sunday of an ISO week. RefusedError for what is none."""
    monday = first_day(week)
    return tuple(monday + timedelta(days=number) for number in range(7))


def share(part: int, whole: int) -> float | None:
    """The part as a fraction of the whole; None where there is no whole."""
    return part / whole if whole else None
