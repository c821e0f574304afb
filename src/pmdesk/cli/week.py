"""week: where the hours of a week went, by day and kind of work."""

from __future__ import annotations

from argparse import Namespace
from datetime import timedelta
from typing import TYPE_CHECKING

from pmdesk.cli.desks import open_desk
from pmdesk.cli.output import say, say_json, say_table
from pmdesk.cli.parsing import Commands
from pmdesk.dates import first_day, read_week, week_of
from pmdesk.errors import RefusedError

if TYPE_CHECKING:
    from pmdesk.hours.queries import Hours, Week

_MOST_WEEKS = 530


def add_to(commands: Commands) -> None:
    command = commands.add(
        "week",
        "shows the hours of a week, or of several",
        "pmdesk week last",
        week,
        more="WEEK is “2025-W24”, “this”, “last”, or “2025-W23..2025-W24”; without it: this week.",
    )
    command.add_argument("week", metavar="WEEK", nargs="?", default="this")
    command.add_argument("--json", action="store_true", help="as JSON")


def week(arguments: Namespace) -> int:
    from pmdesk.hours.queries import week_hours

    with open_desk(arguments) as desk:
        names = _weeks(*read_week(arguments.week, desk.clock.today()))
        weeks = [desk.ask(week_hours, name) for name in names]
    if arguments.json:
        say_json({"weeks": [figures(week) for week in weeks]})
    elif not any(week.hours.total for week in weeks):
        say(f"No hours in {arguments.week if len(weeks) > 1 else weeks[0].week}.")
    elif len(weeks) == 1:
        say_table(_HEADINGS, _by_day(weeks[0]), right=frozenset({1, 2, 3, 4}))
        for line in _share(weeks[0]):
            say(line)
    else:
        rows = [(week.week, *_cells(week.hours), _percent(week)) for week in weeks]
        say_table((*_HEADINGS, "share"), rows, right=frozenset({1, 2, 3, 4, 5}))
    return 0


_HEADINGS = ("", "my strategic", "my tactical", "overhead", "logged")


def figures(week: Week) -> dict[str, str | float | None]:
    """What is known of a week, under the names of the worked example; hours, and percent."""
    hours = week.hours
    gap = week.target_gap
    share = week.strategic_share
    return {
        "week": week.week,
        "logged_hours": _hours(hours.total),
        "strategic_hours": _hours(hours.strategic),
        "tactical_hours": _hours(hours.tactical),
        "overhead_hours": _hours(hours.overhead),
        "strategic_share": None if share is None else round(share * 100, 1),
        "target_gap_hours": None if gap is None else round(gap / 60, 1),
        "target_gap_points": None
        if gap is None or not hours.total
        else round(gap / hours.total * 100, 1),
    }


def _weeks(first: str, last: str) -> list[str]:
    monday = first_day(first)
    how_many = (first_day(last) - monday).days // 7 + 1
    if how_many > _MOST_WEEKS:
        raise RefusedError(f"{first}..{last} are {how_many:,} weeks: ask for ten years at most.")
    return [week_of(monday + timedelta(days=7 * number)) for number in range(how_many)]


def _by_day(week: Week) -> list[tuple[str, ...]]:
    days = [
        (f"{day:%a} {day.day} {day:%b}", *_cells(hours))
        for day, hours in week.days
        if hours.total or day.weekday() < 5
    ]
    return [*days, (week.week, *_cells(week.hours))]


def _cells(hours: Hours) -> tuple[str, ...]:
    each = (hours.strategic, hours.tactical, hours.overhead, hours.total)
    return tuple(f"{_hours(minutes):.1f}" if minutes else "–" for minutes in each)


def _share(week: Week) -> list[str]:
    hours = week.hours
    said = (
        f"My strategic share: {_hours(hours.strategic):.1f} of {_hours(hours.total):.1f} h"
        f" ({_percent(week)})"
    )
    if week.target is None or week.target_gap is None:
        return ["", f"{said}."]
    gap = week.target_gap / 60
    side = f"{-gap:.1f} h short of it" if round(gap, 1) < 0 else f"reached, {gap:.1f} h above"
    return ["", f"{said}. Target {week.target * 100:.0f} %: {side}."]


def _percent(week: Week) -> str:
    share = week.strategic_share
    return "–" if share is None else f"{share * 100:.1f} %"


def _hours(minutes: int) -> float:
    return round(minutes / 60, 1)
