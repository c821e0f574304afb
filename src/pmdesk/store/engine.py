"""Writing a desk: one engine, one connection, one transaction at a time (recipe A).

The only place that calls `create_engine`.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, StaticPool, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from pmdesk.config import private_folder
from pmdesk.errors import DeskUnusableError, RefusedError
from pmdesk.store.files import Identity, identity, lock_file, require_same
from pmdesk.store.lock import WritingLock
from pmdesk.store.reading import data_version, unusable

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

    def __init__(
        self, path: Path, file: Identity | None = None, lock: WritingLock | None = None
    ) -> None:
        """`file` is which file is meant; what stands at `path` now unless given."""
        self.path = path
        self.lock = lock or WritingLock(lock_file(path))
        self._file = file or identity(path)
        self._engine = _engine(path)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session whose changes are on the disk when the block ends, or not at all.

        Raises DeskUnusableError where the file can't be written; what the block raises
        undoes everything.
        """
        try:
            with (
                self._held(),
                Session(self._engine, expire_on_commit=False) as session,
                session.begin(),
            ):
                yield session
        except DBAPIError as error:
            if isinstance(error.orig, sqlite3.IntegrityError):
                raise
            raise unusable(self.path, error.orig) from None
        except sqlite3.OperationalError as error:
            raise unusable(self.path, error) from None
        except (OverflowError, UnicodeEncodeError):
            raise RefusedError(
                "A number or a text in this can't be stored: nothing was changed."
            ) from None

    @contextmanager
    def raw(self) -> Iterator[sqlite3.Connection]:
        """The bare connection under the lock, for migrations, checkpoints and copies."""
        with self._held():
            connection = self._engine.raw_connection()
            try:
                yield _bare(connection.dbapi_connection)
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.IntegrityError):
                    raise
                raise unusable(self.path, error) from None
            finally:
                connection.close()

    @contextmanager
    def _held(self) -> Iterator[None]:
        with self.lock.held():
            require_same(self.path, self._file)
            yield

    def data_version(self) -> int:
        """Changes when another connection has committed. Takes no lock."""
        connection = self._engine.raw_connection()
        try:
            return data_version(_bare(connection.dbapi_connection))
        finally:
            connection.close()

    def checkpoint(self, at_least: int = _CHECKPOINT_FROM_BYTES) -> bool:
        """Bring the write-ahead log into the file where it has grown to `at_least` bytes.

        Whether it was done: while somebody reads it can't be, and nobody shall wait for that.
        TRUNCATE under the lock: alone it would silently do less (recipe A).
        """
        wal = Path(f"{self.path}-wal")
        if not wal.exists() or wal.stat().st_size < at_least:
            return False
        with self.raw() as db:
            db.execute("PRAGMA busy_timeout=0")
            try:
                busy, _pages, _moved = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            finally:
                db.execute("PRAGMA busy_timeout=30000")
        return not busy

    def close(self) -> None:
        """The last close of a desk checkpoints, so it happens under the lock too. Where that
        can't be had, the end of the process closes the file, without a checkpoint.
        """
        with suppress(DeskUnusableError), self.lock.held():
            self._engine.dispose()


def create_file(path: Path) -> None:
    """A new empty file for the person alone, and the folders above it; refuses an existing one."""
    try:
        private_folder(path.parent)
        flags = os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW
        os.close(os.open(path, flags, 0o600))
    except OSError as error:
        raise DeskUnusableError(f"{path} can't be made: {error.strerror}.") from None


def _engine(path: Path) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path)),  # a path is no URL: it may hold “?” and “%”
        connect_args={"timeout": 30, "check_same_thread": False},
        hide_parameters=True,
        poolclass=StaticPool,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # SQLAlchemy must not begin by itself
        if hasattr(connection, "setconfig"):  # from Python 3.12 on
            connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)  # type: ignore[attr-defined]
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
