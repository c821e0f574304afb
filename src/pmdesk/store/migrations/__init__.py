"""Numbered SQL files, each run once, with its checks, in one transaction (recipe D)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pmdesk.errors import DeskUnusableError
from pmdesk.store.files import APPLICATION_ID

_FOLDER = Path(__file__).parent


@cache
def newest() -> int:
    """The version of the newest schema."""
    return len(list(_FOLDER.glob("[0-9]*.sql")))


def script(version: int) -> str:
    """The SQL that leads from the schema before to this one."""
    (file,) = _FOLDER.glob(f"{version:04}_*.sql")
    return file.read_text("utf-8")


def migrate(db: sqlite3.Connection) -> list[int]:
    """Bring an open desk to the newest schema; the versions it went through.

    Each migration is there wholly or not at all, however the process ends. The caller
    holds the writing lock. Raises DeskUnusableError where a check fails.
    """
    done = []
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    for number in range(version + 1, newest() + 1):
        _run(db, number, script(number))
        done.append(number)
    return done


def _run(db: sqlite3.Connection, number: int, sql: str) -> None:
    # Inside a transaction this pragma silently does nothing, and rows would be lost.
    db.execute("PRAGMA foreign_keys=OFF")
    try:
        db.execute("BEGIN IMMEDIATE")
        try:
            before = _row_counts(db)
            for statement in statements(sql):
                db.execute(statement)
            _check(db, number, before)
            db.execute(f"PRAGMA user_version={number}")
            db.execute(f"PRAGMA application_id={APPLICATION_ID}")
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise
    finally:
        db.execute("PRAGMA foreign_keys=ON")


def statements(sql: str) -> Iterator[str]:
    """The statements of a script; `executescript` would commit between them."""
    gathered = ""
    for line in sql.splitlines(keepends=True):
        gathered += line
        if sqlite3.complete_statement(gathered):
            yield gathered
            gathered = ""
    if any(line.strip() and not line.startswith("--") for line in gathered.splitlines()):
        raise RuntimeError("the last statement of a migration is not complete")


def _row_counts(db: sqlite3.Connection) -> dict[str, int]:
    tables = db.execute(
        "SELECT name FROM pragma_table_list"
        " WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    return {
        name: int(db.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]) for (name,) in tables
    }


def _check(db: sqlite3.Connection, number: int, before: dict[str, int]) -> None:
    after = _row_counts(db)
    lost = [name for name, count in before.items() if after.get(name, 0) < count]
    orphans = db.execute("PRAGMA foreign_key_check").fetchall()
    if lost or orphans:
        where = lost[0] if lost else orphans[0][0]
        raise DeskUnusableError(
            f"Bringing the desk to version {number} would have lost rows of “{where}”: "
            f"it was left as it was."
        )
