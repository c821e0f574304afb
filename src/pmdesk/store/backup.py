"""Copies of a desk: made whole or not at all, thinned with age, restored under the lock."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

from pmdesk.errors import DeskUnusableError, RefusedError
from pmdesk.store.files import backup_folder, lock_file, read_header
from pmdesk.store.lock import WritingLock
from pmdesk.store.migrations import newest
from pmdesk.store.reading import connect_read_only, sentence

DAYS, WEEKS, MONTHS = 7, 5, 12
"""How many daily, weekly and monthly backups are kept."""

_STAMP = "%Y-%m-%dT%H%M%S"


def backups(desk: Path) -> list[Path]:
    """The backups beside a desk, newest first."""
    return sorted((path for path in backup_folder(desk).glob("*.db")), reverse=True)


def made_on(desk: Path, day: date) -> bool:
    """Whether that day (in the user's zone) has a backup."""
    return any(path.name.startswith(f"{day.isoformat()}T") for path in backups(desk))


def make(desk: Path, now: datetime, occasion: str) -> Path:
    """A backup in the desk's folder, named by the local time `now`; older ones are thinned.

    Raises DeskUnusableError; then there is no new file.
    """
    folder = backup_folder(desk)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise DeskUnusableError(f"No backup can be made in {folder}: {error.strerror}.") from None
    for left_over in folder.glob(".*.partial"):
        with suppress(OSError):
            left_over.unlink()
    path = copy(desk, folder / f"{now.strftime(_STAMP)}-{occasion}.db")
    thin(backups(desk))
    return path


def copy(desk: Path, to: Path, for_use: bool = False) -> Path:
    """A whole, checked copy at `to` (recipe C); `to` itself is never half written.

    `for_use`: to be opened as a desk, so with a write-ahead log, which VACUUM INTO leaves out.
    """
    partial = to.with_name(f".{to.name}.{os.getpid()}.partial")
    try:
        flags = os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW
        os.close(os.open(partial, flags, 0o600))
        try:
            _vacuum_into(desk, partial)
            if for_use:
                _log_mode(partial)
            _sync(partial)
            partial.replace(to)
            _sync(to.parent)
        finally:
            with suppress(FileNotFoundError):
                partial.unlink()
    except OSError as error:
        raise DeskUnusableError(f"No backup can be made at {to}: {error.strerror}.") from None
    return to


def _vacuum_into(desk: Path, partial: Path) -> None:
    db = connect_read_only(desk)
    try:
        db.execute("PRAGMA query_only=OFF")  # it forbids VACUUM INTO another file too
        db.execute("VACUUM INTO ?", (str(partial),))
    except sqlite3.Error as error:
        raise DeskUnusableError(sentence(desk, error)) from None
    finally:
        db.close()
    if reason := damage(partial):
        raise DeskUnusableError(
            f"{desk} is damaged ({reason}): the copy was thrown away and older backups kept; "
            f"see “pmdesk doctor”."
        )


def damage(path: Path, quick: bool = False) -> str | None:
    """What SQLite finds wrong with a file, in its words; None where it is sound.

    `quick` skips comparing indices with their tables and takes a fifth of the time.
    """
    try:
        db = connect_read_only(path)
    except DeskUnusableError as error:
        return str(error)
    try:
        check = "quick_check" if quick else "integrity_check"
        if quick:
            db.execute("PRAGMA ignore_check_constraints=ON")  # half of its time
        found = str(db.execute(f"PRAGMA {check}(1)").fetchone()[0])
        if found != "ok":
            return found
        orphans = None if quick else db.execute("PRAGMA foreign_key_check").fetchone()
        return None if orphans is None else f"rows of “{orphans[0]}” refer to nothing"
    except sqlite3.Error as error:
        return str(error)
    finally:
        db.close()


def thin(newest_first: Iterable[Path]) -> list[Path]:
    """Remove what is beyond 7 days, 5 weeks and 12 months; what was removed.

    Of each day but the newest one, and of each week and month, the newest stays.
    """
    all_of_them = list(newest_first)
    kept = keep(all_of_them)
    gone = [path for path in all_of_them if path not in kept]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def keep(newest_first: list[Path]) -> set[Path]:
    """The backups that stay; pure, by their names."""
    dated = [(path, day) for path in newest_first if (day := _day(path))]
    if not dated:
        return set(newest_first)
    kept = {path for path, day in dated if day == dated[0][1]}
    kept |= {path for path in newest_first if _day(path) is None}
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


def restore(desk: Path, backup: Path, now: datetime) -> str:
    """Put a backup in the place of the desk's content; a sentence that says what was done.

    A sound desk is backed up first and overwritten in one transaction, so that a workspace
    that has it open simply shows the new content. A damaged one is moved aside, with its log.
    Raises RefusedError or DeskUnusableError, and then the desk is as it was.
    """
    header = read_header(backup)
    if header.user_version > newest():
        raise RefusedError(
            f"{backup} was written by a newer pmdesk (version {header.user_version}, this one "
            f"knows {newest()}): install that first."
        )
    if reason := damage(backup):
        raise RefusedError(f"{backup} is damaged ({reason}): choose an older backup.")
    if strange := planted(backup):
        raise RefusedError(f"{backup} holds what no desk holds ({strange}): it was not restored.")
    if desk.exists() and damage(desk) is None:
        kept = make(desk, now, "before-restore")
        _overwrite(desk, backup)
        return f"Restored {backup.name}; what the desk held before is in {kept}."
    aside = _move_aside(desk, now)
    with WritingLock(lock_file(desk)).held():
        copy(backup, desk, for_use=True)
    what = f"; the damaged file is kept as {aside}" if aside else ""
    return f"Restored {backup.name}{what}."


def planted(path: Path) -> str | None:
    """A trigger or view, which no desk of ours has; its name."""
    db = connect_read_only(path)
    try:
        found = db.execute(
            "SELECT type || ' ' || name FROM sqlite_master WHERE type IN ('trigger', 'view')"
        ).fetchone()
    finally:
        db.close()
    return None if found is None else str(found[0])


def _overwrite(desk: Path, backup: Path) -> None:
    from pmdesk.store.engine import WritingEngine

    engine = WritingEngine(desk)
    source = connect_read_only(backup)
    try:
        with engine.raw() as target:
            source.backup(target, pages=-1)
    finally:
        source.close()
        engine.close()


def _move_aside(desk: Path, now: datetime) -> Path | None:
    if not desk.exists():
        return None
    aside = desk.with_name(f"{desk.name}.damaged-{now.strftime(_STAMP)}")
    for ending in ("", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            Path(f"{desk}{ending}").rename(f"{aside}{ending}")
    return aside


def _log_mode(desk: Path) -> None:
    from pmdesk.store.engine import WritingEngine

    engine = WritingEngine(desk)
    with engine.raw() as db:
        db.execute("PRAGMA journal_mode=WAL")
    engine.close()
    lock_file(desk).unlink()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
