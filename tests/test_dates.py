"""The grammar of dates, weeks and spans, as people type them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.dates import (
    DAYS,
    MONTHS,
    first_day,
    read_date,
    read_minutes,
    read_week,
    say_date,
    say_minutes,
    week_of,
)
from pmdesk.errors import RefusedError

FRIDAY = date(2025, 6, 13)

WORDS = [
    *("today", "tomorrow", "yesterday", "next", "last", "week", "fri", "mon", "friday"),
    *("eow", "eom", "eoq", "eoy", "q1", "q4", "3d", "+2w", "-1m", "+9999y", "nov", "feb"),
    *("27", "29", "31", "2026", "27.11.", "29.2.", "2026-11-27", "2020-w53", "9999-w53"),
    *("30m", "1h30", "1.5h", "1:30", "٣d", "²w", "-", "+", ".", "..", "", "9" * 5000),
]
scribbles = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=4).map("".join),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("today", "2025-06-13"),
        ("Tomorrow", "2025-06-14"),
        ("yesterday", "2025-06-12"),
        ("fri", "2025-06-20"),  # the coming one, never today
        ("FRIDAY", "2025-06-20"),
        ("thu", "2025-06-19"),
        ("sat", "2025-06-14"),
        ("tues", "2025-06-17"),
        ("next mon", "2025-06-16"),
        ("next fri", "2025-06-20"),
        ("next sun", "2025-06-22"),
        ("last fri", "2025-06-06"),
        ("last thu", "2025-06-12"),
        ("last sat", "2025-06-07"),
        ("next week", "2025-06-20"),
        ("+3d", "2025-06-16"),
        ("3d", "2025-06-16"),
        ("-2d", "2025-06-11"),
        ("0d", "2025-06-13"),
        ("2w", "2025-06-27"),
        ("+1m", "2025-07-13"),
        ("1y", "2026-06-13"),
        ("-6m", "2024-12-13"),
        ("eow", "2025-06-13"),
        ("eom", "2025-06-30"),
        ("eoq", "2025-06-30"),
        ("eoy", "2025-12-31"),
        ("q1", "2026-03-31"),
        ("q2", "2025-06-30"),
        ("q3", "2025-09-30"),
        ("Q4", "2025-12-31"),
        ("2026-11-27", "2026-11-27"),
        ("2025-W24", "2025-06-09"),
        ("2025-w24-5", "2025-06-13"),
        ("27 nov", "2025-11-27"),
        ("nov 27", "2025-11-27"),
        ("27 November 2026", "2026-11-27"),
        ("Nov 27, 2026", "2026-11-27"),
        ("27nov", "2025-11-27"),
        ("27-nov", "2025-11-27"),
        ("27.11.", "2025-11-27"),
        ("27.11.2027", "2027-11-27"),
        ("1 feb", "2026-02-01"),
        ("13 jun", "2025-06-13"),
        ("12 sept", "2025-09-12"),
        ("29 feb", "2028-02-29"),
        ("  fri ", "2025-06-20"),
    ],
)
def test_dates_are_read_from_a_friday(text: str, expected: str) -> None:
    assert read_date(text, FRIDAY).isoformat() == expected


@pytest.mark.parametrize(
    ("today", "text", "expected"),
    [
        ("2025-06-14", "eow", "2025-06-20"),  # on a Saturday this week's work is over
        ("2025-06-14", "next fri", "2025-06-20"),
        ("2025-06-09", "fri", "2025-06-13"),
        ("2025-06-09", "next fri", "2025-06-20"),
        ("2025-01-31", "1m", "2025-02-28"),
        ("2024-02-29", "1y", "2025-02-28"),
        ("2025-12-31", "q4", "2025-12-31"),
        ("2025-12-31", "eoq", "2025-12-31"),
        ("2096-03-01", "29 feb", "2104-02-29"),  # 2100 is no leap year
    ],
)
def test_dates_at_the_edges_of_weeks_months_and_years(today: str, text: str, expected: str) -> None:
    assert read_date(text, date.fromisoformat(today)).isoformat() == expected


@pytest.mark.parametrize(
    "text",
    ["", "nonsense", "fr", "31.6.", "2025-02-29", "2025-W53", "2025-W00", "11/27", "next", "-",
     "+d", "d", "3", "3x", "0 jun", "27 nov 26", "eod", "q5", "99999999y", "²d", "next next fri",
     "2025-6-1", "2025-W24-8", "27.11", "a" * 5000, "9" * 5000 + "d"],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_a_sentence_that_shows_the_forms(text: str) -> None:
    with pytest.raises(RefusedError, match=r"is no date; write today, fri.*2026-11-27") as refused:
        read_date(text, FRIDAY)
    assert len(str(refused.value)) < 200


def test_a_refusal_repeats_nothing_that_could_steer_the_terminal() -> None:
    with pytest.raises(RefusedError) as refused:
        read_date("\x1b]0;owned\x07", FRIDAY)
    assert str(refused.value).isprintable()


@given(scribbles, st.dates())
def test_any_text_is_read_or_refused_on_any_day(text: str, today: date) -> None:
    try:
        found = read_date(text, today)
    except RefusedError:
        return
    assert read_date(found.isoformat(), today) == found


@given(st.dates(), st.dates())
def test_iso_dates_and_what_is_said_are_read_back(day: date, today: date) -> None:
    assert read_date(day.isoformat(), today) == day
    words = say_date(day, today).split()[1:]
    year = words[2] if len(words) == 3 else str(today.year)
    assert read_date(f"{words[0]} {words[1]} {int(year):04}", today) == day


@given(st.dates(min_value=date(1, 1, 9), max_value=date(9999, 12, 20)), st.sampled_from(DAYS))
def test_weekdays_lie_in_their_week(today: date, name: str) -> None:
    coming, following, latest = (
        read_date(text, today) for text in (name[:3], f"next {name}", f"last {name}")
    )
    assert 1 <= (coming - today).days <= 7
    assert 1 <= (today - latest).days <= 7
    assert week_of(following) == week_of(today + timedelta(days=7))
    assert {DAYS[day.weekday()] for day in (coming, following, latest)} == {name}


@given(st.dates(max_value=date(9990, 1, 1)), st.integers(1, 28), st.sampled_from(MONTHS))
def test_a_day_without_a_year_is_the_first_from_today_on(today: date, day: int, name: str) -> None:
    found = read_date(f"{day} {name[:3]}", today)
    assert (found.day, MONTHS[found.month - 1]) == (day, name)
    assert 0 <= (found - today).days <= 366
    assert read_date(f"{name} {day}", today) == found
    assert read_date(f"{day}.{found.month}.", today) == found


@pytest.mark.parametrize("text", ["tomorrow", "fri", "next fri", "1d", "1m", "2w", "1 jan", "q1"])
def test_beyond_the_last_day_there_is_a_refusal(text: str) -> None:
    with pytest.raises(RefusedError):
        read_date(text, date.max)


def test_the_last_and_first_days_have_their_ends() -> None:
    assert read_date("eoy", date.max) == read_date("eom", date.max) == date.max
    assert read_date("eow", date.max) == date.max  # a Friday
    assert read_date("q4", date.max) == date.max
    with pytest.raises(RefusedError):
        read_date("yesterday", date.min)


def test_a_date_is_said_with_its_year_only_where_it_differs() -> None:
    assert say_date(date(2026, 11, 27), date(2026, 1, 1)) == "Fri 27 Nov"
    assert say_date(date(2026, 11, 27), date(2025, 1, 1)) == "Fri 27 Nov 2026"
    assert say_date(date(1, 1, 1), FRIDAY) == "Mon 1 Jan 1"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-W24", ("2025-W24", "2025-W24")),
        ("2025-w24", ("2025-W24", "2025-W24")),
        ("this", ("2025-W24", "2025-W24")),
        ("LAST", ("2025-W23", "2025-W23")),
        ("next", ("2025-W25", "2025-W25")),
        ("2025-W23..2025-W24", ("2025-W23", "2025-W24")),
        ("2024-W52..this", ("2024-W52", "2025-W24")),
        ("2020-W53", ("2020-W53", "2020-W53")),
    ],
)
def test_weeks_are_read(text: str, expected: tuple[str, str]) -> None:
    assert read_week(text, FRIDAY) == expected


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2025-W53", "is no week"),
        ("2025-W24-5", "is no week"),
        ("2025-06-13", "is no week"),
        ("..", "is no week"),
        ("this..", "is no week"),
        ("2025-W24..2025-W23", "runs backwards"),
        ("", "is no week"),
    ],
)
def test_what_is_no_week_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(RefusedError, match=sentence):
        read_week(text, FRIDAY)


@given(scribbles, st.dates())
def test_any_text_is_a_week_or_refused(text: str, today: date) -> None:
    try:
        first, last = read_week(text, today)
    except RefusedError:
        return
    assert first <= last


@given(st.dates())
def test_every_day_lies_in_its_week(day: date) -> None:
    monday = first_day(week_of(day))
    assert 0 <= (day - monday).days <= 6
    assert read_week(week_of(day), FRIDAY) == (week_of(day), week_of(day))


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("30m", 30),
        ("30 min", 30),
        ("1h30", 90),
        ("1h30m", 90),
        ("1h 30m", 90),
        ("1 H 30 MIN", 90),
        ("1.5h", 90),
        ("1,5h", 90),
        ("0.33h", 20),
        ("2 hours", 120),
        ("1:30", 90),
        ("0:05", 5),
        ("90", 90),
        ("0", 0),
        ("1000h", 60_000),
    ],
)
def test_spans_are_read_as_minutes(text: str, minutes: int) -> None:
    assert read_minutes(text) == minutes


@pytest.mark.parametrize(
    "text",
    ["", "m", "h", "1.5", "-30m", "30s", "1h30h", "1:75", "1:5", "1.h", ".5h", "1.2.3h", "²h",
     "1h-30m", "30m1h", "soon", "9" * 5000, "9" * 5000 + "h"],
)  # fmt: skip
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(RefusedError, match="is no time span; write 30m"):
        read_minutes(text)


def test_a_span_that_is_a_slip_of_the_finger_is_refused() -> None:
    with pytest.raises(RefusedError, match="more than 1,000 hours"):
        read_minutes("1001h")


@given(scribbles)
def test_any_text_is_a_span_or_refused(text: str) -> None:
    try:
        minutes = read_minutes(text)
    except RefusedError:
        return
    assert 0 <= minutes <= 60_000


@given(st.integers(0, 60_000))
def test_spans_that_are_said_are_read_back(minutes: int) -> None:
    assert read_minutes(say_minutes(minutes)) == minutes


def test_spans_are_said_shortly() -> None:
    assert [say_minutes(m) for m in (0, 45, 60, 90, -15)] == ["0m", "45m", "1h", "1h 30m", "-15m"]
