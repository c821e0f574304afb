"""Writing a desk: one engine, one connection, one transaction at a time (recipe A).

The only place that calls `create_engine`.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, StaticPool, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from pmdesk.errors import DeskUnusableError
from pmdesk.store.files import lock_file
from pmdesk.store.lock import WritingLock
from pmdesk.store.reading import data_version, sentence

_PRAGMAS = (
    "foreign_keys=ON",
    "synchronous=FULL",
    "fullfsync=ON",  # macOS only; elsewhere without effect
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
    "wal_autocheckpoint=0",
)
_CHECKPOINT_FROM_BYTES = 4 * 1024 * 1024


class WritingEngine:
    """Used by one thread: the desk's writing thread."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lock = WritingLock(lock_file(path))
        self._engine = _engine(path)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session whose changes are on the disk when the block ends, or not at all.

        Raises DeskUnusableError where the file can't be written; what the block raises
        undoes everything.
        """
        try:
            with (
                self.lock.held(),
                Session(self._engine, expire_on_commit=False) as session,
                session.begin(),
            ):
                yield session
        except DBAPIError as error:
            if isinstance(error.orig, sqlite3.IntegrityError):
                raise
            raise _unusable(self.path, error.orig) from None
        except sqlite3.OperationalError as error:
            raise _unusable(self.path, error) from None

    @contextmanager
    def raw(self) -> Iterator[sqlite3.Connection]:
        """The bare connection under the lock, for migrations, checkpoints and copies."""
        with self.lock.held():
            connection = self._engine.raw_connection()
            try:
                yield _bare(connection.dbapi_connection)
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.IntegrityError):
                    raise
                raise _unusable(self.path, error) from None
            finally:
                connection.close()

    def data_version(self) -> int:
        """Changes when another connection has committed. Takes no lock."""
        connection = self._engine.raw_connection()
        try:
            return data_version(_bare(connection.dbapi_connection))
        finally:
            connection.close()

    def checkpoint(self, at_least: int = _CHECKPOINT_FROM_BYTES) -> bool:
        """Bring the write-ahead log into the file where it has grown to `at_least` bytes.

        TRUNCATE under the lock: alone it would silently do less (recipe A).
        """
        wal = Path(f"{self.path}-wal")
        if not wal.exists() or wal.stat().st_size < at_least:
            return False
        with self.raw() as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return True

    def close(self) -> None:
        """The last close of a desk checkpoints, so it happens under the lock too."""
        with self.lock.held():
            self._engine.dispose()


def create_file(path: Path) -> None:
    """An empty desk file in WAL mode, readable by the person alone; refuses an existing one."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(
            path, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600
        )
    except OSError as error:
        raise DeskUnusableError(f"A desk can't be made at {path}: {error.strerror}.") from None
    os.close(descriptor)


def _engine(path: Path) -> Engine:
    engine = create_engine(
        f"sqlite:///{path}",
        connect_args={"timeout": 30, "check_same_thread": False},
        hide_parameters=True,
        poolclass=StaticPool,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # SQLAlchemy must not begin by itself
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute("PRAGMA " + pragma)
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _bare(connection: object) -> sqlite3.Connection:
    if not isinstance(connection, sqlite3.Connection):
        raise TypeError("the engine's driver is not sqlite3")
    return connection


def _unusable(path: Path, error: BaseException | None) -> DeskUnusableError:
    if isinstance(error, sqlite3.Error):
        return DeskUnusableError(sentence(path, error))
    return DeskUnusableError(f"{path} can't be written just now: nothing was changed.")
