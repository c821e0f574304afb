"""What can be copied of the balance: the week as a table."""

from __future__ import annotations

from collections.abc import Iterator

from pmdesk.copying import Copyable, markdown_table, plain_table
from pmdesk.hours.queries import Hours, Week

_HEADINGS = ("Day", "My strategic", "My tactical", "Overhead", "Hours")


def of_week(week: Week) -> tuple[Copyable, ...]:
    """The week as Markdown and as text; nothing of a week without hours."""
    if not week.hours.total:
        return ()
    days = [_row(f"{day:%a} {day}", spent) for day, spent in week.days if spent.total]
    rows = [*days, _row(week.week, week.hours)]
    words = " ".join(_share(week))
    return (
        Copyable("m", "week, as Markdown", f"{markdown_table(_HEADINGS, rows)}\n\n{words}"),
        Copyable("t", "week, as text", f"{plain_table(_HEADINGS, rows)}\n\n{words}"),
        Copyable("s", "share", f"{week.week}: {words}"),
    )


def _row(name: str, spent: Hours) -> tuple[str, ...]:
    parts = (spent.strategic, spent.tactical, spent.overhead, spent.total)
    return (name, *(_hours(minutes) for minutes in parts))


def _hours(minutes: int) -> str:
    return f"{minutes / 60:.1f}"


def _share(week: Week) -> Iterator[str]:
    spent = week.hours
    share = spent.strategic / spent.total * 100
    figures = f"{_hours(spent.strategic)} of {_hours(spent.total)} h ({share:.1f} %)"
    yield f"My strategic share: {figures}."
    if week.target is not None:
        yield f"Target: {week.target * 100:.4g} %."
