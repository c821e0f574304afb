"""Numbered SQL files, each run once, with its checks, in one transaction (recipe D)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from pmdesk.errors import DeskUnusableError
from pmdesk.store.files import APPLICATION_ID


@cache
def scripts() -> tuple[str, ...]:
    """The SQL of every migration, oldest first; the n-th leads to `user_version` n."""
    found = sorted(file.name for file in files(__name__).iterdir() if file.name.endswith(".sql"))
    for number, name in enumerate(found, start=1):
        if int(name[:4]) != number:
            raise RuntimeError(f"migration {name} is out of its order")
    return tuple(files(__name__).joinpath(name).read_text("utf-8") for name in found)


def newest() -> int:
    return len(scripts())


def migrate(db: sqlite3.Connection) -> list[int]:
    """Bring an open desk to the newest schema; the versions it went through.

    Each migration is there wholly or not at all, however the process ends. The caller
    holds the writing lock. Raises DeskUnusableError where a check fails.
    """
    done = []
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    for number in range(version + 1, newest() + 1):
        _run(db, number, scripts()[number - 1])
        done.append(number)
    return done


def _run(db: sqlite3.Connection, number: int, script: str) -> None:
    # Inside a transaction this pragma silently does nothing, and rows would be lost.
    db.execute("PRAGMA foreign_keys=OFF")
    try:
        db.execute("BEGIN IMMEDIATE")
        try:
            before = _row_counts(db)
            for statement in statements(script):
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


def statements(script: str) -> Iterator[str]:
    """The statements of a script; `executescript` would commit between them."""
    gathered = ""
    for line in script.splitlines(keepends=True):
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
