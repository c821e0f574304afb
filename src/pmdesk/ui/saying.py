"""Words and figures as the screen says them."""

from __future__ import annotations

from datetime import date, datetime, timedelta


def age(arrived: datetime, now: datetime) -> str:
    """How long ago, in at most four cells: "now", "12m", "5h", "3d", "9w", "14mo", "3y"."""
    past = now - arrived
    if past < timedelta(minutes=1):
        return "now"
    if past < timedelta(hours=1):
        return f"{past.seconds // 60}m"
    if past < timedelta(days=1):
        return f"{past.seconds // 3600}h"
    days = past.days
    if days < 21:
        return f"{days}d"
    if days < 100:
        return f"{days // 7}w"
    return f"{days // 30}mo" if days < 700 else f"{days // 365}y"


def short_day(day: date, today: date) -> str:
    """A date in at most six cells: "today", "16 Jun", "Jun 27" of another year as "Jun ’27"."""
    if day == today:
        return "today"
    if abs((day - today).days) < 300:
        return f"{day.day} {day:%b}"
    return f"{day:%b} {day:%y}"


def hours(minutes: int) -> str:
    """ "13.0", "0.5"."""
    return f"{minutes / 60:.1f}"


def percent(share: float) -> str:
    """ "38.2 %"; without the decimal where it is whole: "35 %"."""
    value = round(share * 100, 1)
    return f"{value:.0f} %" if value == int(value) else f"{value:.1f} %"


def share_of(part: int, whole: int) -> str:
    """ "13.0 of 34.0 h (38.2 %)"."""
    if not whole:
        return "no hours"
    return f"{hours(part)} of {hours(whole)} h ({part / whole * 100:.1f} %)"


def compact(number: int) -> str:
    """A count in at most four cells: "999", "12k", "1.2M"."""
    if number < 10_000:
        return str(number)
    if number < 999_500:
        return f"{number / 1000:.0f}k"
    return f"{number / 1_000_000:.1f}M"
