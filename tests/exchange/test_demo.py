"""Harbourlight, as it ships: it goes into a real desk file and gives the expected figures."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pmdesk.exchange.desk_data import TABLES
from pmdesk.exchange.moving import moved
from pmdesk.exchange.readers.desk_json import read_desk
from pmdesk.exchange.writers.desk_json import write_desk

AS_OF = "2025-06-13"
"""The last day of the demo."""
DATED = re.compile(r"\d{4}-\d\d-\d\d|\b\d{1,2} (January|February|March|April|May|June|July)")

SIGHT = """
WITH RECURSIVE up (node_id, root_id) AS (
  SELECT id, id FROM node WHERE parent_id IS NULL
  UNION ALL SELECT node.id, up.root_id FROM node JOIN up ON node.parent_id = up.node_id
), seen (node_id) AS (
  SELECT up.node_id FROM up JOIN node ON node.id = up.root_id
  WHERE node.kind = 'goal' AND node.status = 'active'
)
"""


@pytest.fixture
def desk(demo: Path, schema: dict[str, dict[str, type]], db: sqlite3.Connection) -> Loaded:
    return Loaded(db, schema).load(read_desk(demo, schema).tables)


@pytest.fixture
def expected(demo: Path) -> Any:
    return json.loads((demo.parent / "expected.json").read_text("utf-8"))


class Loaded:
    """The demo in a database, with foreign keys checked at the commit."""

    def __init__(self, db: sqlite3.Connection, schema: dict[str, dict[str, type]]) -> None:
        self.db = db
        self.schema = schema

    def load(self, tables: Mapping[str, Any]) -> Loaded:
        self.db.execute("BEGIN")
        self.db.execute("PRAGMA defer_foreign_keys=ON")
        for table, rows in tables.items():
            columns = ", ".join(self.schema[table])
            values = ", ".join(f":{column}" for column in self.schema[table])
            self.db.executemany(f"INSERT INTO {table} ({columns}) VALUES ({values})", rows)
        self.db.execute("COMMIT")
        return self

    def one(self, sql: str, *values: object) -> Any:
        return self.db.execute(sql, values).fetchone()[0]

    def pairs(self, sql: str, *values: object) -> dict[Any, Any]:
        return dict(self.db.execute(sql, values).fetchall())

    def column(self, sql: str, *values: object) -> list[Any]:
        return [row[0] for row in self.db.execute(sql, values)]

    def dump(self) -> str:
        self.db.row_factory = sqlite3.Row
        return "".join(
            write_desk({
                table: [dict(row) for row in self.db.execute(f"SELECT * FROM {table} ORDER BY 1")]
                for table in TABLES
            })
        )  # fmt: skip


def test_it_goes_in_whole_and_comes_out_byte_for_byte(desk: Loaded, demo: Path) -> None:
    assert desk.column("PRAGMA foreign_key_check") == []
    assert desk.one("PRAGMA integrity_check") == "ok"
    assert desk.dump().encode() == demo.read_bytes()


@pytest.mark.parametrize("days", [-7, 7 * 26, 7 * 60])
def test_moved_it_goes_in_too(
    days: int, demo: Path, schema: dict[str, dict[str, type]], db: sqlite3.Connection
) -> None:
    loaded = Loaded(db, schema).load(moved(read_desk(demo, schema).tables, days))
    assert loaded.column("PRAGMA foreign_key_check") == []
    offset = "SELECT CAST(julianday(max(day)) - julianday(?) AS INTEGER) FROM entry"
    assert loaded.one(offset, AS_OF) == days


def test_the_last_letters_and_numbers_given_are_those_in_use(desk: Loaded) -> None:
    codes = desk.column(
        "SELECT code FROM node UNION ALL SELECT code FROM requirement"
        " UNION ALL SELECT code FROM solution"
    )
    last: dict[str, int] = {}
    for code in codes:
        last[code[0]] = max(last.get(code[0], 0), int(code[1:]))
    last["#"] = desk.one("SELECT max(number) FROM request")
    assert desk.pairs("SELECT letter, last FROM counter") == last


def test_the_categories_are_those_of_every_desk(demo: Path, desk: Loaded) -> None:
    script = demo.parents[2] / "src/pmdesk/store/migrations/0001_first.sql"
    fresh = sqlite3.connect(":memory:")
    fresh.executescript(script.read_text("utf-8"))
    sql = "SELECT id, name, kind, position FROM category ORDER BY id"
    assert desk.db.execute(sql).fetchall() == fresh.execute(sql).fetchall()
    fresh.close()


def test_requests_stand_in_their_states(desk: Loaded, expected: Any) -> None:
    states = desk.pairs("SELECT state, count(*) FROM request GROUP BY state")
    assert states == expected["request_states"]
    numbers = desk.column("SELECT number FROM request ORDER BY arrived_at")
    assert numbers == list(range(1, sum(states.values()) + 1))


def test_handoffs_are_overdue_and_due_today(desk: Loaded, expected: Any) -> None:
    sql = (
        "SELECT number FROM handoff JOIN request ON request.id = request_id"
        " WHERE outcome = 'open' AND follow_up {} ? ORDER BY number"
    )
    assert desk.column(sql.format("<"), AS_OF) == expected["overdue_handoffs_of_requests"]
    assert desk.column(sql.format("="), AS_OF) == expected["handoffs_due_today_of_requests"]


def test_delegation_and_boomerang(desk: Loaded, expected: Any) -> None:
    delegated = desk.one("SELECT count(DISTINCT request_id) FROM handoff")
    decided = desk.one("SELECT count(*) FROM request WHERE state NOT IN ('new', 'merged')")
    assert (delegated, decided) == tuple(
        expected["delegation"][k] for k in ("delegated", "decided")
    )
    outcomes = desk.pairs("SELECT outcome, count(*) FROM handoff GROUP BY outcome")
    boomerang = expected["boomerang"]
    assert outcomes["returned"] == boomerang["returned"]
    assert outcomes["returned"] + outcomes["closed"] == boomerang["of"]
    assert outcomes["open"] == boomerang["open"]


def test_an_open_handoff_is_a_delegated_request(desk: Loaded) -> None:
    of_handoffs = desk.column("SELECT request_id FROM handoff WHERE outcome = 'open' ORDER BY 1")
    assert of_handoffs == desk.column("SELECT id FROM request WHERE state = 'delegated' ORDER BY 1")


def test_hours_given_back(desk: Loaded, expected: Any) -> None:
    minutes = desk.pairs(
        "SELECT number, estimate_minutes - coalesce((SELECT sum(minutes) FROM entry"
        "   WHERE entry.request_id = request.id), 0)"
        " FROM request WHERE id IN (SELECT request_id FROM handoff WHERE outcome = 'closed')"
        " AND id NOT IN (SELECT request_id FROM handoff WHERE outcome = 'returned')"
    )
    given_back = expected["given_back"]
    assert {str(number): value for number, value in minutes.items()} == given_back[
        "minutes_by_request"
    ]
    assert sum(minutes.values()) / 60 == given_back["hours"]


def test_voice(desk: Loaded, expected: Any) -> None:
    counts = desk.pairs(
        "SELECT account.name, count(*) FROM request JOIN account ON account.id = account_id"
        " GROUP BY account.name"
    )
    voice = expected["voice"]
    assert counts == {name: of["requests"] for name, of in voice["accounts"].items()}
    assert sum(counts.values()) == voice["requests_with_account"]
    revenue = desk.pairs("SELECT name, revenue_share FROM account")
    assert sum(share**2 for share in revenue.values()) == voice["revenue_hhi"]


def test_the_kinds_that_recur(desk: Loaded, expected: Any) -> None:
    for kind in expected["recurrence"]:
        numbers = desk.column(
            "SELECT number FROM request WHERE from_function = ? AND topic = ? ORDER BY number",
            kind["from"],
            kind["topic"],
        )
        assert numbers == kind["requests"]


def test_request_and_requirement_coverage(desk: Loaded, expected: Any) -> None:
    with_sight = desk.one(SIGHT + "SELECT count(*) FROM request WHERE node_id IN seen")
    assert with_sight == expected["request_coverage"]["with_sight"]
    needs = desk.one(SIGHT + "SELECT count(*) FROM requirement WHERE need_id IN seen")
    assert needs == expected["requirement_coverage"]["with_sight"]
    assert desk.one("SELECT count(*) FROM requirement") == expected["requirement_coverage"]["live"]


def test_the_hours_of_each_week(desk: Loaded, expected: Any) -> None:
    for week in expected["weeks"]:
        name = week["week"]
        kinds = desk.pairs(
            "SELECT kind, sum(minutes) / 60.0 FROM entry JOIN category ON category.id = category_id"
            " WHERE week = ? GROUP BY kind",
            name,
        )
        assert sum(kinds.values()) == week["logged_hours"]
        assert {f"{kind}_hours": hours for kind, hours in kinds.items()}.items() <= week.items()
        reactive = "SELECT sum(minutes) / 60.0 FROM entry WHERE week = ? AND request_id IS NOT NULL"
        assert desk.one(reactive, name) == week["reactive_hours"]
        for column, key in (("with_function", "hours_with"), ("verdict", "audit_hours")):
            hours = desk.pairs(
                f"SELECT replace({column}, '-', '_'), sum(minutes) / 60.0 FROM entry"
                f" WHERE week = ? AND {column} IS NOT NULL GROUP BY 1",
                name,
            )
            assert hours == week[key]


def test_the_square_of_each_week(desk: Loaded, expected: Any) -> None:
    names = {
        ("strategic", 1): "steer_hours",
        ("strategic", 0): "drift_hours",
        ("tactical", 1): "serve_hours",
        ("tactical", 0): "drain_hours",
    }
    for week in expected["weeks"]:
        rows = desk.db.execute(
            SIGHT + "SELECT kind, coalesce(coalesce(entry.node_id, request.node_id) IN seen, 0)"
            "   OR (kind = 'strategic' AND market_id IS NOT NULL), sum(minutes) / 60.0"
            " FROM entry JOIN category ON category.id = category_id"
            " LEFT JOIN request ON request.id = request_id"
            " WHERE week = ? AND kind <> 'overhead' GROUP BY 1, 2",
            (week["week"],),
        )
        square = {names[kind, sight]: hours for kind, sight, hours in rows}
        assert square == {key: week[key] for key in names.values()}


def test_times_of_day_are_local(desk: Loaded) -> None:
    # All of it lies in British Summer Time, and no day begins before nine or ends after five.
    hours = desk.column("SELECT strftime('%H:%M', started_at, '+1 hour') FROM entry")
    assert (min(hours), max(hours)) == ("09:00", "16:00")
    assert desk.column("SELECT id FROM entry WHERE date(started_at, '+1 hour') <> day") == []
    assert (
        desk.column("SELECT id FROM request WHERE date(arrived_at, '+1 hour') <> arrived_on") == []
    )


def test_evidence_goals_and_what_was_measured(desk: Loaded, expected: Any) -> None:
    assert desk.one("SELECT count(*) FROM evidence WHERE person <> '' AND quote <> ''") == 8
    progress = desk.pairs(
        "SELECT code, round(100 * (baseline - value) / (baseline - target), 1) FROM metric"
        " JOIN node ON node.id = node_id JOIN reading ON metric_id = metric.id"
    )
    assert progress == expected["goal_progress"]
    unmeasured = desk.column("SELECT code FROM requirement WHERE shipped_on IS NOT NULL")
    assert unmeasured == expected["gaps"]["shipped-unmeasured"]
    assert desk.one("SELECT max(taken_on) FROM reading") < desk.one(
        "SELECT min(shipped_on) FROM requirement"
    )


def test_visions(desk: Loaded, expected: Any) -> None:
    missing = desk.column("SELECT name FROM product WHERE vision IS NULL")
    assert missing == expected["gaps"]["vision-missing"]
    stale = "SELECT name FROM product WHERE julianday(?) - julianday(vision_revised) > 90"
    assert desk.column(stale, AS_OF) == expected["gaps"]["vision-stale"]


def test_every_request_reads_like_one(desk: Loaded) -> None:
    for number, title, body, requester in desk.db.execute(
        "SELECT number, title, body, requester FROM request"
    ):
        sentences = len(re.findall(r"[.?!](?=[\s”)]|$)", body))
        assert requester, number
        assert 2 <= sentences <= 7, (number, sentences)
        # A day in a text would not move with the desk.
        assert not DATED.search(title + body), number


def test_every_decision_says_what_it_needs(desk: Loaded) -> None:
    no_reply = "SELECT number FROM request WHERE state = ? AND coalesce(reply, '') = ''"
    for state in ("delegated", "declined", "merged", "parked", "done"):
        assert desk.column(no_reply, state) == []
    kept = "SELECT number FROM request WHERE (state = 'kept' OR state = 'done')"
    unsaid = f"{kept} AND id NOT IN (SELECT request_id FROM handoff) AND node_id IS NULL"
    assert desk.column(f"{unsaid} AND reason IS NULL") == []
    early = "SELECT number FROM request WHERE decided_at < arrived_at"
    assert desk.column(early) == []
    undecided = "SELECT number FROM request WHERE (decided_at IS NULL) <> (state = 'new')"
    assert desk.column(undecided) == []


def test_a_mail_keeps_its_message_as_it_came(desk: Loaded) -> None:
    without = desk.column(
        "SELECT number FROM request WHERE source = 'mail' AND NOT EXISTS (SELECT 1 FROM message"
        " WHERE request_id = request.id AND message.source_id = request.source_id"
        " AND sent_at = arrived_at AND instr(message.body, request.body) = 1)"
    )
    assert without == []
    replies = "SELECT max(n) FROM (SELECT count(*) AS n FROM message GROUP BY request_id)"
    assert desk.one(replies) > 1


def test_weeks_belong_to_their_days(desk: Loaded) -> None:
    for day, week in desk.db.execute("SELECT DISTINCT day, week FROM entry"):
        year, number, _ = date.fromisoformat(day).isocalendar()
        assert week == f"{year}-W{number:02}"
