"""The balance as charts, for the screen, the command line and reports alike."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pmdesk.charts.bars import Bar, Bars, Kind
from pmdesk.charts.columns import Column, Columns, Mark
from pmdesk.charts.progress import Progress
from pmdesk.charts.text import percent
from pmdesk.hours.queries import Hours, Week, WeekShare

KINDS = (
    Kind("my strategic", "strategic"),
    Kind("my tactical", "tactical"),
    Kind("overhead", "overhead"),
)
MARKS = (  # DOMAIN §5; about 2,500 product managers asked in 2019
    Mark(27, "actual (survey, 2019)"),
    Mark(51, "wished by contributors"),
    Mark(60, "wished by executives"),
)
_DAY = 8.0
"""Hours that a bar of full length stands for at least, so that a short week is not blown up."""


def week_bars(week: Week, today: date) -> Bars:
    """A bar for each day; a weekend without hours is left out."""
    shown = [(day, hours) for day, hours in week.days if hours.total or day.weekday() < 5]
    bars = tuple(_bar(day, hours, week.target, day == today) for day, hours in shown)
    aim = f"target {percent(week.target)} of the day" if week.target else ""
    return Bars(f"My hours in {week.week}", KINDS, bars, full=_DAY, target_name=aim)


def _bar(day: date, hours: Hours, target: float | None, today: bool) -> Bar:
    label = f"{day:%a} {day.day:>2}"
    if not hours.total:
        return Bar(label, (None, None, None), strong=today)
    parts = tuple(minutes / 60 for minutes in (hours.strategic, hours.tactical, hours.overhead))
    return Bar(label, parts, target * hours.total / 60 if target else None, today)


def share_progress(week: Week) -> Progress:
    """My strategic share of the week, with the target that holds for it."""
    hours = week.hours
    return Progress(
        "My strategic share",
        hours.strategic / 60,
        hours.total / 60,
        week.target,
        "h",
        decimals=1,
        cases=False,
    )


def share_columns(weeks: Iterable[WeekShare]) -> Columns:
    """My strategic share over the weeks, in percent, beside what others said."""
    columns = tuple(
        Column(
            week.week[5:],
            None if week.share is None else week.share * 100,
            None if week.target is None else week.target * 100,
        )
        for week in weeks
    )
    return Columns("My strategic share by week", columns, MARKS, missing="no hours")
