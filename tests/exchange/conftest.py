"""A desk file in memory, as the migrations make it, for tests of what goes in and out."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
NOT_EXPORTED = {"step", "change", "kept_row", "collected"}
TYPES: dict[str, type] = {"INTEGER": int, "REAL": float, "TEXT": str}


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    """The newest schema without the rows that it gives to every desk."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    for script in sorted((PROJECT / "src/pmdesk/store/migrations").glob("*.sql")):
        db.executescript(script.read_text("utf-8"))
    db.execute("DELETE FROM category")
    db.execute("DELETE FROM target")
    db.execute("PRAGMA foreign_keys=ON")
    yield db
    db.close()


@pytest.fixture
def schema(db: sqlite3.Connection) -> dict[str, dict[str, type]]:
    """Table → column → Python type, of every table that is exported."""
    names = db.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
        " AND name NOT LIKE 'sqlite_%' ORDER BY (SELECT m.rowid FROM sqlite_master m"
        " WHERE m.name = pragma_table_list.name)"
    )
    return {
        name: {
            column: TYPES[kind] for _, column, kind, *_ in db.execute(f"PRAGMA table_info({name})")
        }
        for (name,) in names.fetchall()
        if name not in NOT_EXPORTED
    }


@pytest.fixture
def demo() -> Path:
    return PROJECT / "fixtures/demo/harbourlight.json"
