"""A desk moved in time keeps its weekdays, its times of day and its words."""

from __future__ import annotations

import re
import sqlite3
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.errors import RefusedError
from pmdesk.exchange.desk_data import Tables
from pmdesk.exchange.moving import DAYS, INSTANTS, WEEKS, latest_friday, moved
from pmdesk.exchange.readers.desk_json import read_desk

DATE_LIKE = re.compile(r"\d{4}-\d\d-\d\d(T[\d:.]+Z)?|\d{4}-W\d\d")
CHECKS = {
    "day": r"\b{column} IS date\(",
    "instant": r"\b{column} GLOB '\[0-9\]\*T\*Z'",
    "week": r"\b{column} GLOB '\[0-9\]\[0-9\]\[0-9\]\[0-9\]-W",
}


def one(table: str, **row: str | int | None) -> dict[str, object]:
    return dict(moved({table: [row]}, _weeks(row))[table][0])


def _weeks(row: dict[str, str | int | None]) -> int:
    return 7 * int(row.pop("weeks") or 0)


def test_no_column_with_a_date_is_forgotten(
    schema: dict[str, dict[str, type]], db: sqlite3.Connection
) -> None:
    sql = dict(db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
    found = {
        kind: {
            f"{table}.{column}"
            for table, columns in schema.items()
            for column in columns
            if re.search(pattern.replace("{column}", column), sql[table])
        }
        for kind, pattern in CHECKS.items()
    }
    assert found == {"day": set(DAYS), "instant": set(INSTANTS), "week": set(WEEKS)}


def test_every_instant_has_a_zone_beside_it(schema: dict[str, dict[str, type]]) -> None:
    assert all("zone" in schema[column.partition(".")[0]] for column in INSTANTS)


def test_every_date_of_the_demo_moves(demo: Path, schema: dict[str, dict[str, type]]) -> None:
    before = read_desk(demo, schema).tables
    after = moved(before, 364)
    stayed = {
        f"{table}.{column}={value}"
        for table, rows in before.items()
        for row, new in zip(rows, after[table], strict=True)
        for column, value in row.items()
        if isinstance(value, str) and DATE_LIKE.fullmatch(value) and new[column] == value
    }
    assert stayed == {"target.from_week=0001-W01"}


@given(st.integers(-1000, 1000))
def test_moved_there_and_back_is_the_same(weeks: int) -> None:
    tables: Tables = {
        "desk": [{"id": 1, "name": "H", "vision_revised": "2025-05-01", "zone": "Europe/London"}],
        "block": [{
            "id": 1, "week": "2025-W24", "zone": "Europe/London",
            "starts_at": "2025-06-09T08:00:00Z", "ends_at": "2025-06-09T11:00:00Z",
        }],
        "request": [{
            "id": 1, "arrived_at": "2025-01-09T23:30:00.250000Z", "arrived_on": "2025-01-10",
            "zone": "+02:00", "due": None, "title": "2025-06-09",
        }],
        "target": [{"id": 1, "from_week": "2020-W53", "share": 0.5}],
    }  # fmt: skip
    there = moved(tables, weeks * 7)
    assert (there == tables) == (weeks == 0)
    assert moved(there, -weeks * 7) == tables


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2035, 1, 1)).filter(lambda at: at.hour >= 4),
    st.sampled_from(["Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"]),
    st.integers(-500, 500),
)
def test_the_clock_on_the_wall_stays(local: datetime, zone: str, weeks: int) -> None:
    there = local.replace(microsecond=0, tzinfo=ZoneInfo(zone))
    text = there.astimezone(ZoneInfo("UTC")).isoformat().replace("+00:00", "Z")
    row = one("entry", started_at=text, day=str(there.date()), zone=zone, weeks=weeks)
    start = datetime.fromisoformat(str(row["started_at"])).astimezone(ZoneInfo(zone))
    assert start.time() == there.time()
    assert start.date() == there.date() + timedelta(weeks=weeks)
    assert str(start.date()) == row["day"]


def test_nine_in_summer_is_nine_in_winter() -> None:
    row = one("entry", started_at="2025-06-13T08:00:00Z", zone="Europe/London", weeks=26)
    assert row["started_at"] == "2025-12-12T09:00:00Z"


@pytest.mark.parametrize("zone", [None, "nowhere", "Europe", "../../etc/passwd", "99"])
def test_a_zone_that_nobody_knows_is_utc(zone: str | None) -> None:
    row = one("message", sent_at="2025-06-13T08:00:00Z", zone=zone, weeks=26)
    assert row["sent_at"] == "2025-12-12T08:00:00Z"


def test_weeks_cross_the_year() -> None:
    assert one("entry", week="2025-W52", weeks=1)["week"] == "2026-W01"
    assert one("entry", week="2020-W53", weeks=-1)["week"] == "2020-W52"


def test_the_first_target_holds_from_the_beginning() -> None:
    assert one("target", from_week="0001-W01", weeks=10)["from_week"] == "0001-W01"


def test_what_was_written_stays() -> None:
    words = {"answers": '["2025-06-13"]', "report": "2025-06-13"}
    assert one("review", week="2025-W24", weeks=1, **words) == words | {"week": "2025-W25"}


def test_days_that_are_no_weeks_are_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="whole weeks"):
        moved({}, 8)


@pytest.mark.parametrize("column", ["day", "started_at", "week"])
@pytest.mark.parametrize("weeks", [-110_000, 500_000])
def test_nothing_moves_out_of_the_calendar(column: str, weeks: int) -> None:
    values = {"day": "2025-06-13", "started_at": "2025-06-13T08:00:00Z", "week": "2025-W24"}
    with pytest.raises(RefusedError, match="can't be moved so far"):
        one("entry", **{column: values[column]}, weeks=weeks)


@given(st.dates(date(2, 1, 1)))
def test_the_latest_friday_is_a_friday_of_the_last_seven_days(today: date) -> None:
    friday = latest_friday(today)
    assert friday.isoweekday() == 5
    assert timedelta(0) <= today - friday < timedelta(days=7)
