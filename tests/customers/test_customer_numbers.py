"""Numbers and days as people write them into the forms."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.customers.numbers import (
    read_number,
    read_past_day,
    read_share,
    read_weeks,
    say_number,
    say_weeks,
)
from pmdesk.dates import read_date
from pmdesk.errors import RefusedError

TODAY = date(2025, 6, 13)  # a Friday


@pytest.mark.parametrize(
    ("text", "number"),
    [("9", 9), ("-3.5", -3.5), ("−3", -3), ("3,5", 3.5), ("12,000", 12_000), ("1,234.5", 1234.5),
     ("14 %", 14), ("14%", 14), ("12 000", 12_000), (".5", 0.5), ("7 findings", 7)],
)  # fmt: skip
def test_numbers(text: str, number: float) -> None:
    assert read_number(text, "findings") == number


@pytest.mark.parametrize("text", ["", "nine", "1.2.3", "1,2,3", "inf", "nan", "1e9", "٣", "9" * 41])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(RefusedError, match="is no number"):
        read_number(text)


@given(st.floats(-1e9, 1e9).map(lambda number: round(number, 3)))
def test_a_number_said_is_read_again(number: float) -> None:
    assert read_number(say_number(number)) == pytest.approx(number)


@given(st.text(max_size=50))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    for read in (read_number, read_weeks, read_share):
        try:
            read(text)
        except RefusedError:
            continue


@pytest.mark.parametrize(
    ("text", "weeks", "said"),
    [("3", 3, "3 weeks"), ("0.5w", 0.5, "0.5 weeks"), ("1 week", 1, "1 week"),
     ("3d", 0.6, "0.6 weeks"), ("1,5 Weeks", 1.5, "1.5 weeks")],
)  # fmt: skip
def test_efforts(text: str, weeks: float, said: str) -> None:
    assert read_weeks(text) == weeks
    assert say_weeks(weeks) == said


@pytest.mark.parametrize("text", ["0", "-1", "soon", "3h", "w"])
def test_what_is_no_effort_is_refused(text: str) -> None:
    with pytest.raises(RefusedError):
        read_weeks(text)


def test_a_share_is_at_most_all() -> None:
    with pytest.raises(RefusedError, match="0 to 100"):
        read_share("101")


@pytest.mark.parametrize(
    ("text", "day"),
    [("today", TODAY), ("fri", date(2025, 6, 6)), ("wed", date(2025, 6, 11)),
     ("14 jun", date(2024, 6, 14)), ("12 jun", date(2025, 6, 12)), ("27.11.", date(2024, 11, 27)),
     ("29 feb", date(2024, 2, 29)), ("-2w", date(2025, 5, 30)), ("2025-03-01", date(2025, 3, 1))],
)  # fmt: skip
def test_days_that_have_been(text: str, day: date) -> None:
    assert read_past_day(text, TODAY) == day


@pytest.mark.parametrize("text", ["tomorrow", "+3d", "2026-01-01", "27 nov 2026", "eom"])
def test_days_that_are_ahead_are_refused(text: str) -> None:
    with pytest.raises(RefusedError, match="is ahead"):
        read_past_day(text, TODAY)


@given(st.dates(date(2016, 1, 1), TODAY))
def test_a_day_written_out_is_that_day(day: date) -> None:
    assert read_past_day(day.isoformat(), TODAY) == day == read_date(day.isoformat(), TODAY)
