"""What a desk gets once a day, before its first change: a check, and a backup."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from threading import Thread

from pmdesk.errors import DeskUnusableError, PmdeskError
from pmdesk.store import backup
from pmdesk.store.reading import reading


class DailyCare:
    """Used by the desk's writing thread. `now` tells the local time of the user."""

    def __init__(self, path: Path, now: Callable[[], datetime]) -> None:
        self.trouble: str | None = None
        """Why no backup could be made, as a sentence to be shown."""
        self._path = path
        self._now = now
        self._cared_for: date | None = None
        self._copying: Thread | None = None

    def before_change(self) -> None:
        """The check is waited for, the backup is not: it sees the desk as it is now.

        Raises DeskUnusableError where the file is damaged.
        """
        today = self._now().date()
        if self._cared_for == today:
            return
        if not backup.made_on(self._path, today):
            if reason := backup.damage(self._path, quick=True):
                raise DeskUnusableError(
                    f"{self._path} is damaged ({reason}), so nothing was changed: see "
                    f"“pmdesk doctor”."
                )
            if self._used():
                self.wait()
                self._copying = Thread(target=self._back_up, name="pmdesk-backup")
                self._copying.start()
        self._cared_for = today

    def before_import(self) -> None:
        """A backup that is waited for. Raises DeskUnusableError where none can be made."""
        if self._used():
            self.wait()
            backup.make(self._path, self._now(), "before-import")

    def wait(self) -> None:
        """Until a backup in progress is complete."""
        if self._copying is not None:
            self._copying.join()
            self._copying = None

    def _used(self) -> bool:
        with reading(self._path) as db:
            return db.execute("SELECT 1 FROM step LIMIT 1").fetchone() is not None

    def _back_up(self) -> None:
        try:
            backup.make(self._path, self._now(), "daily")
        except PmdeskError as error:
            self.trouble = str(error)
