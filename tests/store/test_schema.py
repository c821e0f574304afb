"""The migrated schema and the SQLModel tables say the same."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Float, Integer, Table
from sqlmodel import SQLModel

import pmdesk.handlers
import pmdesk.review.tables  # noqa: F401  with the handlers, the tables of every feature
from pmdesk.desk import Desk
from pmdesk.store.files import APPLICATION_ID
from pmdesk.store.migrations import migrate, newest, script, statements
from pmdesk.store.reading import reading
from pmdesk.store.types import Flag

STORE_ONLY = {"counter", "step", "change", "kept_row", "sqlite_sequence"}


def tables() -> list[Table]:
    return list(SQLModel.metadata.sorted_tables)


def columns_of(table: Table) -> set[tuple[str, str, bool]]:
    def kind(column_type: object) -> str:
        match column_type:
            case Flag() | Integer():
                return "INTEGER"
            case Float():
                return "REAL"
        return "TEXT"

    return {(c.name, kind(c.type), not c.nullable) for c in table.columns if c.name != "id"}


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)
def test_a_table_has_the_columns_of_its_model(desk: Desk, table: Table) -> None:
    with reading(desk.path) as db:
        found = db.execute('SELECT name, type, "notnull" FROM pragma_table_info(?)', (table.name,))
        in_file = {(name, kind, bool(required)) for name, kind, required in found if name != "id"}
        refers = db.execute('SELECT "from", "table" FROM pragma_foreign_key_list(?)', (table.name,))
        references = set(refers.fetchall())
    assert in_file == columns_of(table)
    assert references == {
        (key.parent.name, key.target_fullname.split(".")[0]) for key in table.foreign_keys
    }


def test_every_table_is_strict_and_has_a_model(desk: Desk) -> None:
    with reading(desk.path) as db:
        in_file = dict(
            db.execute(
                "SELECT name, strict FROM pragma_table_list"
                " WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'"
            )
        )
        virtual = db.execute("SELECT count(*) FROM pragma_table_list WHERE type = 'virtual'")
        assert virtual.fetchone() == (5,)
    assert set(in_file.values()) == {1}
    assert set(in_file) - STORE_ONLY == {table.name for table in tables()}


def test_the_header_says_whose_file_it_is(desk: Desk) -> None:
    with reading(desk.path) as db:
        assert db.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert db.execute("PRAGMA user_version").fetchone() == (newest(),)
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_no_cascade_and_no_trigger(desk: Desk) -> None:
    """Both would change rows behind the back of the history."""
    with reading(desk.path) as db:
        rules = db.execute(
            "SELECT DISTINCT keys.on_delete, keys.on_update FROM sqlite_master AS tables,"
            " pragma_foreign_key_list(tables.name) AS keys WHERE tables.type = 'table'"
        ).fetchall()
        assert rules == [("NO ACTION", "NO ACTION")]
        assert (
            db.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'").fetchone()[0]
            == 0
        )


def test_a_migration_stopped_at_any_statement_leaves_nothing(tmp_path: Path) -> None:
    whole = list(statements(script(1)))
    for stop_at in range(0, len(whole), 7):
        db = sqlite3.connect(tmp_path / f"{stop_at}.db", isolation_level=None)
        broken = "".join([*whole[:stop_at], "INSERT INTO nowhere VALUES (1);\n"])
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("pmdesk.store.migrations.script", lambda _version, text=broken: text)
            with pytest.raises(sqlite3.OperationalError):
                migrate(db)
        assert db.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
        assert db.execute("PRAGMA user_version").fetchone() == (0,)
        db.close()


INVALID = {
    "an obstacle without a parent": (
        "INSERT INTO node (code, kind, market_id, statement, status, position)"
        " VALUES ('O1', 'obstacle', 1, 'x', 'active', 1)"
    ),
    "a goal without weight": (
        "INSERT INTO node (code, kind, market_id, statement, status, position)"
        " VALUES ('G1', 'goal', 1, 'x', 'active', 1)"
    ),
    "a goal without market": (
        "INSERT INTO node (code, kind, statement, status, weight, position)"
        " VALUES ('G1', 'goal', 'x', 'active', 1, 1)"
    ),
    "a measure of nothing": "INSERT INTO metric (name) VALUES ('x')",
    "a date that does not exist": "INSERT INTO day_off (day) VALUES ('2025-02-30')",
    "a second running entry": (
        "INSERT INTO entry (day, week, started_at, minutes, zone, running, category_id, reactive)"
        " VALUES ('2025-06-13', '2025-W24', '2025-06-13T08:00:00Z', 0, 'UTC', 1, 1, 0),"
        "        ('2025-06-13', '2025-W24', '2025-06-13T09:00:00Z', 0, 'UTC', 1, 1, 0)"
    ),
    "text for a number": "INSERT INTO target (from_week, share) VALUES ('2025-W01', 'a')",
    "an unknown function": "INSERT INTO owner (name, function) VALUES ('x', 'friends')",
    "a market of the same name": "INSERT INTO market (name, position) VALUES ('hospitals', 2)",
}


@pytest.mark.parametrize("statement", INVALID.values(), ids=INVALID.keys())
def test_the_schema_refuses(statement: str) -> None:
    db = sqlite3.connect(":memory:", isolation_level=None)
    migrate(db)
    db.execute("INSERT INTO market (name, position) VALUES ('Hospitals', 1)")
    with pytest.raises(sqlite3.IntegrityError):
        db.execute(statement)
