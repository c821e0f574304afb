"""The balance as charts of plain numbers."""

from __future__ import annotations

from datetime import date

import pytest

from pmdesk.charts import draw
from pmdesk.charts.text import plain
from pmdesk.hours.pictures import share_columns, share_progress, week_bars
from pmdesk.hours.queries import Hours, Week, WeekShare
from pmdesk.hours.week import days_of

TODAY = date(2025, 6, 13)


def week(*hours: Hours, target: float | None = 0.35) -> Week:
    days = days_of("2025-W24")
    return Week("2025-W24", tuple(zip(days, (*hours, *[Hours()] * 7), strict=False)), target)


def test_a_bar_for_each_day_with_its_own_target() -> None:
    chart = week_bars(week(Hours(120, 240, 60), Hours(), Hours(900, 0, 1)), TODAY)
    assert [bar.label for bar in chart.bars] == ["Mon  9", "Tue 10", "Wed 11", "Thu 12", "Fri 13"]
    monday, tuesday, *_, friday = chart.bars
    assert monday.parts == (2.0, 4.0, 1.0)
    assert monday.target == pytest.approx(0.35 * 7)
    assert (tuesday.parts, tuesday.target) == ((None,) * 3, None), "blank is unknown, never zero"
    assert friday.strong
    assert not monday.strong
    assert chart.target_name == "target 35 % of the day"
    assert week_bars(week(Hours(60), target=None), TODAY).target_name == ""


def test_an_empty_weekend_is_left_out_and_a_worked_one_is_not() -> None:
    worked = week(*[Hours()] * 6, Hours(60))
    assert [bar.label for bar in week_bars(worked, TODAY).bars][5:] == ["Sun 15"]


def test_a_short_week_is_not_blown_up() -> None:
    line = plain(draw(week_bars(week(Hours(60), target=None), TODAY), 60)).splitlines()[0]
    assert line.count("█") == round(1 / 8 * (60 - 6 - 3 - 2))


def test_the_share_says_what_it_was_counted_from() -> None:
    assert share_progress(week(Hours(780, 1080, 180))).said == "13.0 of 34.0 h (38.2 %)"
    few = share_progress(week(Hours(30, 30)))
    assert few.said == "0.5 of 1.0 h (50 %)", "hours are a census: no few cases"


def test_weeks_without_hours_are_missing_not_zero() -> None:
    chart = share_columns((WeekShare("2025-W23", 0, 0, 0.5), WeekShare("2025-W24", 0, 60, 0.35)))
    assert [column.value for column in chart.columns] == [None, 0.0]
    assert [column.target for column in chart.columns] == [50, 35]
    assert [mark.value for mark in chart.marks] == [27, 51, 60]
