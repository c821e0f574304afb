"""Copies of a desk: made whole or not at all, thinned with age."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from datetime import date, datetime
from pathlib import Path

from pmdesk.config import private_folder
from pmdesk.errors import DeskDamagedError, DeskUnusableError
from pmdesk.store.files import backup_folder, free_name
from pmdesk.store.reading import connect_new, connect_read_only, unusable
from pmdesk.text import clean_line

DAYS, WEEKS, MONTHS = 7, 5, 12
"""How many daily, weekly and monthly backups are kept."""
OF_THE_NEWEST_DAY = 6
"""How many of one day are kept while it is the newest."""

_STAMP = "%Y-%m-%dT%H%M%S"


def backups(desk: Path) -> list[Path]:
    """The backups beside a desk, newest first."""
    return sorted(backup_folder(desk).glob("*.db"), reverse=True)


def made_on(desk: Path, day: date) -> bool:
    """Whether that day (in the user's zone) has a backup."""
    return any(path.name.startswith(f"{day.isoformat()}T") for path in backups(desk))


class Snapshot:
    """A desk as it is at this moment, whatever is written to it later. Close it."""

    def __init__(self, desk: Path) -> None:
        """Raises DeskUnusableError."""
        self.desk = desk
        self._db = connect_read_only(desk)
        self._db.execute("BEGIN")
        self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()

    def close(self) -> None:
        self._db.close()

    def copy(self, to: Path, for_use: bool = False) -> Path:
        """A whole, checked copy at `to`; `to` itself is never half written (recipe C).

        `for_use`: to be opened as a desk, with a write-ahead log. Raises DeskUnusableError.
        """
        partial = to.with_name(f".{to.name}.{os.getpid()}.{os.urandom(4).hex()}.partial")
        try:
            flags = os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW
            os.close(os.open(partial, flags, 0o600))
            try:
                self._copy_pages(partial, for_use)
                _sync(partial)
                partial.replace(to)
                _sync(to.parent)
            finally:
                for ending in ("", "-journal", "-wal", "-shm"):
                    Path(f"{partial}{ending}").unlink(missing_ok=True)
        except OSError as error:
            raise DeskUnusableError(f"No backup can be made at {to}: {error.strerror}.") from None
        return to

    def _copy_pages(self, partial: Path, for_use: bool) -> None:
        try:
            with closing(connect_new(partial)) as target:
                self._db.backup(target, pages=-1)
                target.execute("PRAGMA journal_mode=DELETE")  # a copy is one file
        except sqlite3.Error as error:
            raise unusable(self.desk, error) from None
        if reason := damage(partial):
            raise DeskDamagedError(
                f"{self.desk} is damaged ({reason}): the copy was thrown away and older backups "
                f"kept; see “pmdesk doctor”."
            )
        if for_use:
            with closing(connect_new(partial)) as target:
                target.execute("PRAGMA journal_mode=WAL")


def make(
    desk: Path,
    now: datetime,
    occasion: str,
    snapshot: Snapshot | None = None,
    spared: Iterable[Path] = (),
) -> Path:
    """A backup in the desk's folder, named by the local time `now`; older ones are thinned,
    but not those of `spared`. Raises DeskUnusableError; then there is no new file.
    """
    folder = backup_folder(desk)
    try:
        private_folder(folder)
    except OSError as error:
        raise DeskUnusableError(f"No backup can be made in {folder}: {error.strerror}.") from None
    _sweep(folder)
    taken = snapshot or Snapshot(desk)
    try:
        path = taken.copy(free_name(folder / f"{now.strftime(_STAMP)}-{occasion}", ".db"))
    finally:
        if snapshot is None:
            taken.close()
    thin(backups(desk), {path, *spared})
    return path


def copy(desk: Path, to: Path) -> Path:
    """A whole, checked copy anywhere. Raises DeskUnusableError."""
    with closing(Snapshot(desk)) as snapshot:
        return snapshot.copy(to)


def _sweep(folder: Path) -> None:
    """Remove what killed processes have left half copied."""
    for partial in folder.glob(".*.partial*"):
        process = partial.name.partition(".partial")[0].split(".")[-2]
        if process.isdigit() and not _alive(int(process)):
            with suppress(OSError):
                partial.unlink()


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def damage(path: Path, quick: bool = False) -> str | None:
    """What SQLite finds wrong with a file, in one line; None where it is sound.

    `quick` skips comparing indices with their tables, and takes a fifth of the time. Raises
    DeskUnusableError where the file can't be read, which says nothing about its content.
    """
    try:
        db = connect_read_only(path)
    except DeskDamagedError:
        return "SQLite can't read it"
    with closing(db):
        try:
            check = "quick_check" if quick else "integrity_check"
            if quick:
                db.execute("PRAGMA ignore_check_constraints=ON")  # half of its time
            found = str(db.execute(f"PRAGMA {check}(1)").fetchone()[0])
            if found != "ok":
                return clean_line(found.replace("*** in database main ***", ""))
            orphans = None if quick else db.execute("PRAGMA foreign_key_check").fetchone()
            return None if orphans is None else f"rows of “{orphans[0]}” refer to nothing"
        except sqlite3.Error as error:
            problem = unusable(path, error)
            if isinstance(problem, DeskDamagedError):
                return clean_line(str(error))
            raise problem from None


def planted(path: Path) -> str | None:
    """A trigger or view, which no desk of ours has; its kind and name."""
    with closing(connect_read_only(path)) as db:
        found = db.execute(
            "SELECT type || ' ' || name FROM sqlite_master WHERE type IN ('trigger', 'view')"
        ).fetchone()
    return None if found is None else clean_line(str(found[0]))


def thin(newest_first: Iterable[Path], spared: Iterable[Path] = ()) -> list[Path]:
    """Remove what is beyond 7 days, 5 weeks and 12 months; what was removed."""
    all_of_them = list(newest_first)
    kept = keep(all_of_them) | set(spared)
    gone = [path for path in all_of_them if path not in kept]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def keep(newest_first: list[Path]) -> set[Path]:
    """The backups that stay, by their names: the newest of each day, week and month, some more
    of the newest day, and whatever has no date in its name.
    """
    dated = [(path, day) for path in newest_first if (day := _day(path))]
    kept = {path for path in newest_first if _day(path) is None}
    if not dated:
        return kept
    kept |= {path for path, day in dated[:OF_THE_NEWEST_DAY] if day == dated[0][1]}
    for how_many, period in (
        (DAYS, lambda day: day.isoformat()),
        (WEEKS, lambda day: "{}-{}".format(*day.isocalendar()[:2])),
        (MONTHS, lambda day: day.isoformat()[:7]),
    ):
        newest_of: dict[str, Path] = {}
        for path, day in dated:
            newest_of.setdefault(period(day), path)
        kept |= set(list(newest_of.values())[:how_many])
    return kept


def _day(path: Path) -> date | None:
    try:
        return date.fromisoformat(path.name[:10])
    except ValueError:
        return None


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
