"""The one door to a desk: perform an action, ask a query, undo, redo, hear of changes.

Reading and writing are two threads. Reads are plain SQL on a read-only connection; writes
bring SQLModel, which is loaded at the first of them or by `prepare`, never before.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Protocol, TypeVar

from pmdesk.config import Clock
from pmdesk.dropbox import DropBox, Found
from pmdesk.errors import DeskUnusableError, RefusedError
from pmdesk.store import backup
from pmdesk.store.care import DailyCare
from pmdesk.store.files import OPEN_DESKS, identity, real_path, require_same
from pmdesk.store.migrations import newest
from pmdesk.store.reading import connect_read_only, data_version, table_names, unusable
from pmdesk.store.steps import MadeBy, Step, newest_undoable, steps

if TYPE_CHECKING:
    from pmdesk.store.bulk import Value
    from pmdesk.store.writing import Done, Moment, Writer

P = ParamSpec("P")
T = TypeVar("T")
Query = Callable[Concatenate[sqlite3.Connection, P], T]
Changed = Callable[[frozenset[str]], None]


class Action(Protocol):
    """What may be performed: a frozen dataclass of some feature's `actions.py`."""

    def words(self) -> str:
        """What it does, for the history: "Park 3 requests until Fri 20 Jun"."""
        ...


class Desk:
    """An open desk. Its methods may be called from any thread; those that return a Future
    never wait, the others wait for the desk's own threads.

    All of them raise (or their futures hold) RefusedError or DeskUnusableError.
    """

    def __init__(self, path: Path, clock: Clock, db: sqlite3.Connection) -> None:
        """Use `Desk.open`."""
        self.path = path
        self.clock = clock
        self._db = db
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="pmdesk-reading")
        self._writer_thread = ThreadPoolExecutor(1, thread_name_prefix="pmdesk-writing")
        self._writer: Writer | None = None
        self._heard: list[Changed] = []
        self._box = DropBox(path)
        self._care = DailyCare(path, lambda: _local(clock))
        self._file = identity(path)
        self._version_at_open = data_version(db)
        self._version_seen: int | None = None
        self._closing = Lock()
        self._closed = False

    @classmethod
    def open(cls, path: Path, clock: Clock, create: bool = False) -> Desk:
        """The desk in that file, brought to the newest schema. With `create`, a file that
        is not there is made. Raises DeskUnusableError, and then nothing was changed.
        """
        path = real_path(path)
        if create and not path.exists():
            from pmdesk.store import writing

            writing.create(path, path.stem, clock.zone.key)
        header = OPEN_DESKS.enter(path)
        try:
            if header is not None and header.user_version > newest():
                raise DeskUnusableError(
                    f"{path} was written by a newer pmdesk (version {header.user_version}; this "
                    f"one knows {newest()}): it was not touched; install the newer pmdesk."
                )
            if strange := backup.planted(path):
                raise DeskUnusableError(
                    f"{path} holds what no desk holds ({strange}): it was not opened."
                )
            if header is not None and header.user_version < newest():
                from pmdesk.store import writing

                writing.upgrade(path, _local(clock))
            return cls(path, clock, connect_read_only(path))
        except BaseException:
            OPEN_DESKS.leave(path)
            raise

    # Asking ------------------------------------------------------------------------------

    def asking(self, query: Query[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """What a query of some feature's `queries.py` finds, on the reading thread."""
        return self._reader.submit(lambda: self._ask(query, *args, **kwargs))

    def ask(self, query: Query[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`asking`, waited for."""
        return self.asking(query, *args, **kwargs).result()

    def _ask(self, query: Query[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return query(self._db, *args, **kwargs)
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
                raise RefusedError("The query was stopped.") from None
            raise unusable(self.path, error) from None

    def interrupt(self) -> None:
        """Stop the query that is running, if any."""
        self._db.interrupt()

    @property
    def trouble(self) -> str | None:
        """What went wrong in the background, as a sentence to be shown."""
        return self._care.trouble

    def steps(self, limit: int = 50) -> tuple[Step, ...]:
        """The history, newest first."""
        return self.ask(steps, limit)

    def undoable(self) -> Future[str | None]:
        """What undo would take back, in words; None where there is nothing."""
        return self.asking(newest_undoable)

    # Changing ----------------------------------------------------------------------------

    def performing(self, action: Action) -> Future[Done]:
        """Do what the action says; done when it is on the disk."""
        return self._writer_thread.submit(self._perform, action, "person")

    def perform(self, action: Action) -> Done:
        """`performing`, waited for."""
        return self.performing(action).result()

    def undoing(self) -> Future[Done]:
        """Take back the newest step a person made in this desk, in whichever process."""
        return self._writer_thread.submit(self._change, lambda writer: writer.undo())

    def undo(self) -> Done:
        """`undoing`, waited for."""
        return self.undoing().result()

    def redoing(self) -> Future[Done]:
        """Do again what was taken back last."""
        return self._writer_thread.submit(self._change, lambda writer: writer.redo())

    def redo(self) -> Done:
        """`redoing`, waited for."""
        return self.redoing().result()

    def dump(self) -> dict[str, list[dict[str, Value]]]:
        """All rows of all tables but history, as one moment saw them, for our own JSON."""
        from pmdesk.store.bulk import everything

        return self.ask(everything)

    def load(
        self, tables: dict[str, list[dict[str, Value]]], origin: str, made_by: MadeBy = "person"
    ) -> Done:
        """Fill an empty desk with the rows of another (our own JSON). Made by the desk itself,
        as the demo is, it is no step to undo.
        """
        from pmdesk.review.actions import LoadDesk

        return self._writer_thread.submit(self._perform, LoadDesk(tables, origin), made_by).result()

    def subscribe(self, callback: Changed) -> Callable[[], None]:
        """Call back with the tables that changed, after each commit, on the writing thread.

        Returns what ends it.
        """
        self._heard.append(callback)

        def unsubscribe() -> None:
            with suppress(ValueError):
                self._heard.remove(callback)

        return unsubscribe

    def _perform(self, action: Action, made_by: MadeBy) -> Done:
        from pmdesk.handlers import BACKED_UP_FIRST, HANDLERS

        handler = HANDLERS[type(action)]
        moment = self._moment()
        if isinstance(action, BACKED_UP_FIRST):
            self._care.before_import()
        return self._change(lambda writer: writer.perform(action, handler, made_by, moment))

    def _change(self, job: Callable[[Writer], Done]) -> Done:
        require_same(self.path, self._file)
        self._care.before_change()
        done = job(self._writing())
        if done.changed:
            self._publish(done.changed)
        return done

    def _writing(self) -> Writer:
        if self._writer is None:
            from pmdesk.store.writing import Writer

            self._writer = Writer(self.path, self._file)
        return self._writer

    def _moment(self) -> Moment:
        from pmdesk.store.writing import Moment

        return Moment(self.clock.now(), self.clock.today(), self.clock.zone)

    def _publish(self, changed: frozenset[str]) -> None:
        for callback in tuple(self._heard):
            callback(changed)

    # The background ----------------------------------------------------------------------

    def prepare(self) -> Future[None]:
        """Load what writing needs and check the file, after the first paint."""
        return self._writer_thread.submit(self._prepare)

    def _prepare(self) -> None:
        import pmdesk.handlers

        assert pmdesk.handlers.HANDLERS
        self._version_seen = self._writing().data_version()
        if self.ask(data_version) != self._version_at_open:  # before anybody listened here
            self._publish(self.ask(table_names))
        with suppress(DeskUnusableError):  # told as `trouble`, and by the first change
            self._care.check()

    def beating(self) -> Future[None]:
        """Once a second while the desk is open: collect the drop box, hear of changes by
        other processes, keep the write-ahead log short.
        """
        return self._writer_thread.submit(self._beat)

    def _beat(self) -> None:
        require_same(self.path, self._file)
        if self._box.waiting():
            self._collect()
        writer = self._writing()
        version = writer.data_version()
        if self._version_seen is not None and version != self._version_seen:
            self._publish(self.ask(table_names))
        self._version_seen = version
        writer.checkpoint()

    def collecting(self) -> Future[Done | None]:
        """Take in what lies in the drop box; None where nothing does."""
        return self._writer_thread.submit(self._collect)

    def collect(self) -> Done | None:
        """`collecting`, waited for."""
        return self.collecting().result()

    def _collect(self) -> Done | None:
        if not self._box.waiting():
            return None
        from pmdesk.requests.actions import Collect

        def take(found: Found) -> Done:
            return self._perform(Collect("drop box", found.files), "desk")

        return self._box.collect(self.clock.today(), take)

    def backup(self, to: Path | None = None) -> Path:
        """A checked copy, in the desk's folder of backups unless told where."""
        if to is None:
            return backup.make(self.path, _local(self.clock), "by-hand")
        if to.exists():
            raise RefusedError(f"{to} is there already: name another file.")
        return backup.copy(self.path, to)

    def close(self) -> None:
        """Waits for what is being written and for a backup in progress."""
        with self._closing:
            if self._closed:
                return
            self._closed = True
        try:
            self._reader.submit(self._db.close).result()
            self._care.wait()
            if self._writer is not None:  # last, since the last close checkpoints
                self._writer_thread.submit(self._writer.close).result()
        finally:
            self._reader.shutdown()
            self._writer_thread.shutdown()
            OPEN_DESKS.leave(self.path)


def _local(clock: Clock) -> datetime:
    return clock.now().astimezone(clock.zone)
