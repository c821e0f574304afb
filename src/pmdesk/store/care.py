"""What a desk gets once a day, before its first change: a check, and a backup."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from threading import Event, Thread

from pmdesk.errors import DeskUnusableError, PmdeskError
from pmdesk.store import backup
from pmdesk.store.reading import reading

_LET_PASS_SECONDS = 2.0


class DailyCare:
    """Used by the desk's writing thread. `now` tells the local time of the user."""

    def __init__(self, path: Path, now: Callable[[], datetime]) -> None:
        self.trouble: str | None = None
        """What is wrong with the file or its backups, as a sentence to be shown."""
        self._path = path
        self._now = now
        self._checked: date | None = None
        self._cared_for: date | None = None
        self._copying: Thread | None = None
        self._hurry = Event()

    def check(self) -> None:
        """Is the file sound? Once a day; the workspace asks before anybody waits for it.

        Raises DeskUnusableError where it is damaged.
        """
        today = self._now().date()
        if self._checked == today:
            return
        if not backup.made_on(self._path, today) and (
            reason := backup.damage(self._path, quick=True)
        ):
            self.trouble = (
                f"{self._path} is damaged ({reason}), so nothing was changed: see “pmdesk doctor”."
            )
            raise DeskUnusableError(self.trouble)
        self._checked = today

    def before_change(self) -> None:
        """The check is waited for; the backup holds the desk as it is now, but its copying
        is not waited for. Raises DeskUnusableError where the file is damaged.
        """
        self.check()
        today = self._now().date()
        if self._cared_for == today:
            return
        if not backup.made_on(self._path, today) and self._used():
            self.wait()
            self._hurry.clear()
            snapshot = backup.Snapshot(self._path)
            self._copying = Thread(target=self._back_up, args=(snapshot,), name="pmdesk-backup")
            self._copying.start()
        self._cared_for = today

    def before_import(self) -> None:
        """A backup that is waited for, unless nothing has happened since the newest one.

        Raises DeskUnusableError where none can be made.
        """
        self.check()
        self.wait()
        with reading(self._path) as db:
            now = _state(db)
        if now == (0, 0):
            return
        newest = next(iter(backup.backups(self._path)), None)
        if newest is not None:
            with suppress(DeskUnusableError), reading(newest) as db:
                if _state(db) == now:
                    return
        backup.make(self._path, self._now(), "before-import")

    def wait(self) -> None:
        """Until a backup in progress is complete."""
        if self._copying is not None:
            self._hurry.set()
            self._copying.join()
            self._copying = None

    def _used(self) -> bool:
        with reading(self._path) as db:
            return db.execute("SELECT 1 FROM step LIMIT 1").fetchone() is not None

    def _back_up(self, snapshot: backup.Snapshot) -> None:
        # Copying a large desk keeps the disk busy, and the first change shall not feel it.
        self._hurry.wait(_LET_PASS_SECONDS)
        try:
            backup.make(self._path, self._now(), "daily", snapshot)
        except PmdeskError as error:
            self.trouble = str(error)
        finally:
            snapshot.close()


def _state(db: sqlite3.Connection) -> tuple[int, int]:
    """The newest step, and how many are in force: the same where nothing has happened."""
    newest, done = db.execute("SELECT max(id), sum(state = 'done') FROM step").fetchone()
    return newest or 0, done or 0
