"""A week's hours by day and kind of work."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pmdesk.dates import week_of
from pmdesk.hours.queries import Hours, any_hours, week_hours, week_shares
from pmdesk.hours.week import days_of

SCHEMA = Path(__file__).parents[2] / "src/pmdesk/store/migrations/0001_first.sql"


def desk() -> sqlite3.Connection:
    db = sqlite3.connect(":memory:")
    db.executescript(SCHEMA.read_text())
    return db


def log(db: sqlite3.Connection, day: str, category: str, minutes: int) -> None:
    db.execute(
        "INSERT INTO entry (day, week, minutes, zone, running, category_id, reactive) "
        "VALUES (?, ?, ?, 'UTC', 0, (SELECT id FROM category WHERE name = ?), 0)",
        (day, week_of(date.fromisoformat(day)), minutes, category),
    )


def test_a_week_counts_by_day_and_kind() -> None:
    db = desk()
    log(db, "2025-06-02", "delivery", 90)
    log(db, "2025-06-02", "support", 30)
    log(db, "2025-06-02", "research", 120)
    log(db, "2025-06-08", "admin", 60)
    log(db, "2025-06-09", "vision", 600)
    week = week_hours(db, "2025-W23")
    assert week.days[0] == (date(2025, 6, 2), Hours(120, 120, 0))
    assert week.days[6] == (date(2025, 6, 8), Hours(0, 0, 60))
    assert week.hours == Hours(120, 120, 60)
    assert week.strategic_share == 0.4
    assert week.target == 0.5


def test_an_empty_week_has_no_share() -> None:
    week = week_hours(desk(), "2025-W24")
    assert (week.hours.total, week.strategic_share) == (0, None)


def test_the_target_is_the_latest_that_began() -> None:
    db = desk()
    db.execute("INSERT INTO target (from_week, share) VALUES ('2025-W23', 0.35), ('2025-W25', 0.4)")
    assert [week_hours(db, f"2025-W{number}").target for number in (22, 23, 24, 25)] == [
        0.5, 0.35, 0.35, 0.4,
    ]  # fmt: skip


@given(st.dates(min_value=date(2, 1, 1), max_value=date(9990, 1, 1)))
def test_a_day_lies_in_its_week(day: date) -> None:
    assert day in days_of(week_of(day))


def test_the_weeks_up_to_one_with_their_shares_and_targets() -> None:
    db = desk()
    db.execute("INSERT INTO target (from_week, share) VALUES ('2025-W02', 0.35)")
    log(db, "2024-12-23", "vision", 60)  # 2024-W52
    log(db, "2024-12-31", "admin", 90)  # 2025-W01
    log(db, "2025-01-06", "research", 30)
    log(db, "2025-01-07", "support", 60)
    log(db, "2025-01-13", "vision", 999)
    weeks = week_shares(db, "2025-W02", 4)
    assert [week.week for week in weeks] == ["2024-W51", "2024-W52", "2025-W01", "2025-W02"]
    assert [week.share for week in weeks] == [None, 1.0, 0.0, 1 / 3], "nothing logged is no zero"
    assert [week.target for week in weeks] == [0.5, 0.5, 0.5, 0.35]
    assert len(week_shares(db, "2025-W02")) == 26


def test_a_week_is_the_same_alone_and_among_others() -> None:
    db = desk()
    for day, category, minutes in (("2025-06-02", "delivery", 90), ("2025-06-04", "vision", 45)):
        log(db, day, category, minutes)
    (among,) = week_shares(db, "2025-W23", 1)
    alone = week_hours(db, "2025-W23")
    assert (among.strategic, among.logged) == (alone.hours.strategic, alone.hours.total)
    assert (among.share, among.target) == (alone.strategic_share, alone.target)


def test_the_weeks_are_read_from_the_index_alone() -> None:
    plan = desk().execute(
        """EXPLAIN QUERY PLAN SELECT e.week, sum(e.minutes) FROM entry e
           JOIN category c ON c.id = e.category_id
           WHERE e.week BETWEEN 'a' AND 'b' GROUP BY e.week"""
    )
    assert any("COVERING INDEX entry_week" in step[3] for step in plan)


def test_whether_time_was_ever_logged() -> None:
    db = desk()
    assert not any_hours(db)
    log(db, "2025-06-02", "delivery", 0)
    assert any_hours(db)
