"""What the writing thread does: one action, one transaction, one step of the history.

Imported at the first write or after the first paint, never before: it brings SQLModel.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.exc import IntegrityError

from pmdesk.config import private_folder
from pmdesk.errors import DeskUnusableError, RefusedError
from pmdesk.store import backup
from pmdesk.store.engine import WritingEngine, create_file
from pmdesk.store.files import Identity, lock_file
from pmdesk.store.history import Recorder
from pmdesk.store.lock import WritingLock
from pmdesk.store.migrations import migrate
from pmdesk.store.steps import MadeBy
from pmdesk.store.undo import Turned, redo, undo
from pmdesk.store.work import Work

Handler = Callable[[Work, Any], None]


@dataclass(frozen=True, slots=True)
class Moment:
    """When something is written."""

    now: datetime
    """UTC."""
    today: date
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Done:
    """What a change came to, said after it is on the disk."""

    words: str
    changed: frozenset[str] = frozenset()
    """The tables that changed."""
    requests: tuple[int, ...] = ()
    """Ids of the requests that changed."""
    counts: dict[str, int] = field(default_factory=dict)
    """Of an import: created, updated, skipped."""
    rows: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Ids of the rows that changed, by table; of a bulk import the first of each run."""


def create(path: Path, name: str, zone: str) -> None:
    """A new, empty desk; it appears under its name when it is complete.

    Where another process makes it at the same moment, that one is left. Raises
    DeskUnusableError.
    """
    try:
        private_folder(path.parent)
    except OSError as error:
        raise DeskUnusableError(f"{path} can't be made: {error.strerror}.") from None
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise DeskUnusableError(f"{path} can't be made: you may not write in {path.parent}.")
    with WritingLock(lock_file(path)).held():
        if path.exists():
            return
        if Path(f"{path}-wal").exists():
            raise DeskUnusableError(
                f"{path} is missing, but its log {path}-wal is there: put the desk file back, or "
                f"restore a backup with “pmdesk restore”."
            )
        partial = path.with_name(f".{path.name}.{os.urandom(4).hex()}.partial")
        try:
            _fill(partial, name, zone)
            partial.rename(path)
        except OSError as error:
            raise DeskUnusableError(f"{path} can't be made: {error.strerror}.") from None
        finally:
            for ending in ("", "-wal", "-shm", ".lock"):
                Path(f"{partial}{ending}").unlink(missing_ok=True)


def _fill(file: Path, name: str, zone: str) -> None:
    create_file(file)
    engine = WritingEngine(file)
    try:
        with engine.raw() as db:
            migrate(db)
            db.execute(
                "INSERT INTO desk (id, name, zone, contracted_minutes, settings)"
                " VALUES (1, ?, ?, 2400, '{}')",
                (name, zone),
            )
            db.execute("PRAGMA journal_mode=WAL")
    finally:
        engine.close()


def upgrade(path: Path, now: datetime) -> None:
    """Bring a desk to the newest schema, after a backup named by the local time `now`."""
    backup.make(path, now, "before-migration")
    writer = Writer(path)
    try:
        writer.migrate()
    finally:
        writer.close()


class Writer:
    """The writing half of an open desk; every method runs on the writing thread."""

    def __init__(self, path: Path, file: Identity | None = None) -> None:
        """`file` is which file was opened under that name."""
        self._engine = WritingEngine(path, file)

    def migrate(self) -> list[int]:
        with self._engine.raw() as db:
            return migrate(db)

    def perform(self, action: Any, handler: Handler, made_by: MadeBy, moment: Moment) -> Done:
        """Run a handler; its changes and their history in one commit. Raises RefusedError."""
        try:
            with self._engine.transaction() as session:
                zone = moment.zone.key
                recorder = Recorder(session, made_by, moment.now, zone)
                work = Work(session, recorder, moment.now, moment.today, moment.zone)
                handler(work, action)
                words = work.words or str(action.words())
                recorder.close(words)
        except IntegrityError as error:
            raise RefusedError(_broken_rule(error)) from None
        rows = {table: tuple(ids) for table, ids in recorder.rows.items()}
        changed = frozenset(recorder.tables)
        return Done(words, changed, rows.get("request", ()), work.counts, rows)

    def undo(self) -> Done:
        return self._turn(undo)

    def redo(self) -> Done:
        return self._turn(redo)

    def _turn(self, turn: Callable[[Any], Turned]) -> Done:
        try:
            with self._engine.transaction() as session:
                turned = turn(session)
        except IntegrityError:
            raise RefusedError(
                "That step can't be turned back or done again: what it belongs to has changed."
            ) from None
        rows = turned.rows
        return Done(turned.words, frozenset(rows), rows.get("request", ()), rows=rows)

    def data_version(self) -> int:
        """Changes when another connection has committed, never by what this one does."""
        return self._engine.data_version()

    def checkpoint(self) -> bool:
        return self._engine.checkpoint()

    def close(self) -> None:
        self._engine.close()


def _broken_rule(error: IntegrityError) -> str:
    """SQLite names the rule that was broken, never the values."""
    return f"The desk doesn't allow this ({error.orig}): nothing was changed."
