"""A week's hours by day and kind of work."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pmdesk.dates import week_of
from pmdesk.hours.queries import Hours, week_hours
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
