"""Reading a desk: plain SQL through the standard library, on a read-only connection.

The only place that calls `sqlite3.connect`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from pmdesk.errors import DeskDamagedError, DeskUnusableError

_BUSY_SECONDS = 30


def connect_read_only(path: Path) -> sqlite3.Connection:
    """A connection that can't change the file; rows are plain tuples.

    Raises DeskUnusableError with a sentence.
    """
    try:
        db = sqlite3.connect(
            f"file:{quote(str(path))}?mode=ro",
            uri=True,
            timeout=_BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        db.execute("PRAGMA query_only=ON")
        db.execute("PRAGMA trusted_schema=OFF")
        db.execute("PRAGMA mmap_size=0")
        db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error as error:
        raise unusable(path, error) from None
    return db


def connect_new(path: Path) -> sqlite3.Connection:
    """A writing connection to a fresh, empty file that nobody else knows of: a copy to be."""
    return sqlite3.connect(path, isolation_level=None)


def unusable(path: Path, error: BaseException | None) -> DeskUnusableError:
    """What an SQLite error means for the person; never shows stored text."""
    code = (getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return DeskDamagedError(_sentence(path, code))
    return DeskUnusableError(_sentence(path, code))


def _sentence(path: Path, code: int) -> str:
    match code:
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return (
                f"{path} is damaged: nothing was written to it; “pmdesk doctor” says what is "
                f"wrong, “pmdesk restore” brings back the newest backup."
            )
        case sqlite3.SQLITE_FULL:
            return "The disk is full: nothing was changed; make room and try again."
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_CANTOPEN:
            return f"{path} can't be opened by you: look at the permissions of it and its folder."
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return "Another program is busy with this desk: try again."
        case sqlite3.SQLITE_IOERR:
            return f"The disk under {path} gave an error: nothing was changed; check the disk."
        case sqlite3.SQLITE_TOOBIG:
            return "The text is too large to be stored: nothing was changed."
    return f"{path} refused this (SQLite's error {code}): nothing was changed."


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A read-only connection for the length of a block."""
    db = connect_read_only(path)
    try:
        yield db
    finally:
        db.close()


def table_names(db: sqlite3.Connection) -> frozenset[str]:
    """All tables; what is published where another process changed nobody knows which."""
    return frozenset(
        name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    )


def data_version(db: sqlite3.Connection) -> int:
    """Changes whenever another connection has committed."""
    return int(db.execute("PRAGMA data_version").fetchone()[0])
