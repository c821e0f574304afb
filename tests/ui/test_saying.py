"""Words and figures as the screen says them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.requests.actions import Decline, Finish, Keep, Park
from pmdesk.ui.saying import age, compact, percent, share_of, short_day
from pmdesk.ui.verdicts import what_was_done

NOW = datetime(2025, 6, 13, 12, 0, tzinfo=UTC)
TODAY = date(2025, 6, 13)


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (timedelta(seconds=20), "now"),
        (timedelta(minutes=12), "12m"),
        (timedelta(hours=5, minutes=59), "5h"),
        (timedelta(days=3), "3d"),
        (timedelta(days=30), "4w"),
        (timedelta(days=400), "13mo"),
        (timedelta(days=1000), "2y"),
        (timedelta(days=-1), "now"),
    ],
)
def test_age(ago: timedelta, said: str) -> None:
    assert age(NOW - ago, NOW) == said


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=36_000)))
def test_an_age_fits_its_column(ago: timedelta) -> None:
    assert 2 <= len(age(NOW - ago, NOW)) <= 4


@given(st.dates())
def test_a_date_fits_its_column(day: date) -> None:
    assert len(short_day(day, TODAY)) <= 6


def test_dates_near_and_far() -> None:
    assert short_day(TODAY, TODAY) == "today"
    assert short_day(date(2025, 7, 1), TODAY) == "1 Jul"
    assert short_day(date(2027, 7, 1), TODAY) == "Jul 27"


@given(st.integers(0, 99_000_000))
def test_a_count_fits_its_tab(number: int) -> None:
    assert len(compact(number)) <= 5


def test_figures() -> None:
    assert (compact(25), compact(12_345), compact(1_000_000)) == ("25", "12k", "1.0M")
    assert share_of(360, 2040) == "6.0 of 34.0 h (17.6 %)"
    assert share_of(0, 0) == "no hours"
    assert (percent(0.35), percent(0.3824)) == ("35 %", "38.2 %")


def test_a_verdict_is_named() -> None:
    assert what_was_done(Keep((1,), "promised"), "#12 “Label”") == "Kept #12 “Label”"
    assert what_was_done(Finish((1, 2)), None) == "Finished 2 requests"
    assert what_was_done(Park((1,), date(2025, 6, 20)), "#12 “L”") == (
        "Parked #12 “L” until Fri 20 Jun"
    )
    assert what_was_done(Decline((1, 2, 3), "cost"), None) == "Declined 3 requests"
