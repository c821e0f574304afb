"""Putting a backup in the place of a desk's content."""

from __future__ import annotations

import stat
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from pmdesk.config import private_folder
from pmdesk.errors import DeskUnusableError, RefusedError
from pmdesk.store.backup import Snapshot, backups, damage, make, planted
from pmdesk.store.engine import WritingEngine
from pmdesk.store.files import (
    OPEN_DESKS,
    NoSqliteFileError,
    free_name,
    lock_file,
    read_header,
    real_path,
)
from pmdesk.store.lock import WritingLock
from pmdesk.store.migrations import migrate, newest
from pmdesk.store.reading import connect_read_only


def restore(desk: Path, backup: Path, now: datetime) -> str:
    """Put a backup in the place of the desk's content; a sentence that says what was done.

    A sound desk is backed up first and overwritten in one transaction, so that a workspace
    that has it open simply shows the new content. A damaged or empty one is kept aside, with
    its log. What is no desk of ours is not touched. `now` is the local time.

    Raises RefusedError or DeskUnusableError, and then the desk is as it was.
    """
    desk = real_path(desk)
    _check(desk, backup)
    if _is_sound(desk):
        kept = make(desk, now, "before-restore", spared=(backup,))
        _overwrite(desk, backup)
        return f"Restored {backup.name}; what the desk held before is in {kept}."
    private_folder(desk.parent)
    with WritingLock(lock_file(desk)).held(), closing(Snapshot(backup)) as snapshot:
        fresh = snapshot.copy(desk.with_name(f".{desk.name}.restored"), for_use=True)
        aside = _replace(desk, fresh, now)
    what = f"; what stood there is kept as {aside}" if aside else ""
    return f"Restored {backup.name}{what}."


def _check(desk: Path, backup: Path) -> None:
    if not backup.exists():
        raise RefusedError(f"There is no backup at {backup}.")
    if backup.is_dir():
        raise RefusedError(f"{backup} is a folder: name one backup in it.")
    if real_path(backup) == desk:
        raise RefusedError(f"{backup} is the desk itself, not a backup of it.")
    try:
        header = read_header(backup)
    except DeskUnusableError as error:
        said = str(error).removeprefix(f"{backup} ").partition(":")[0].rstrip(".")
        raise RefusedError(f"{backup} can't be restored: it {said}.") from None
    if header.user_version > newest():
        raise RefusedError(
            f"{backup} was written by a newer pmdesk (version {header.user_version}, this one "
            f"knows {newest()}): install that first."
        )
    if reason := damage(backup):
        raise RefusedError(f"{backup} is damaged ({reason}): choose an older backup.")
    if strange := planted(backup):
        raise RefusedError(f"{backup} holds what no desk holds ({strange}): it was not restored.")


def _is_sound(desk: Path) -> bool:
    """Whether the content can be overwritten; False where it is to be set aside, or missing.

    Raises RefusedError for what is no desk, or is one of a newer pmdesk.
    """
    try:
        state = desk.lstat()
    except FileNotFoundError:
        return False
    if not stat.S_ISREG(state.st_mode):
        raise RefusedError(f"{desk} is not a regular file, so nothing was restored over it.")
    if state.st_size == 0:
        return False
    try:
        header = OPEN_DESKS.enter(desk)
    except NoSqliteFileError:
        if backups(desk):
            return False  # a desk of ours, by its backups, with a ruined beginning
        raise
    OPEN_DESKS.leave(desk)
    if header is not None and header.user_version > newest():
        raise RefusedError(
            f"{desk} was written by a newer pmdesk (version {header.user_version}; this one knows "
            f"{newest()}): it was not touched."
        )
    return damage(desk) is None


def _overwrite(desk: Path, backup: Path) -> None:
    engine = WritingEngine(desk)
    try:
        with engine.raw() as target, closing(connect_read_only(backup)) as source:
            source.backup(target, pages=-1)
            migrate(target)
    finally:
        engine.close()


def _replace(desk: Path, fresh: Path, now: datetime) -> Path | None:
    """Set aside what stands there, its log with it, since a log must never meet another file;
    put the fresh file in its place. Where the old is kept, or None.
    """
    aside = free_name(desk.with_name(f"{desk.name}.damaged-{now:%Y-%m-%dT%H%M%S}"))
    moved: list[str] = []
    try:
        for ending in ("", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                Path(f"{desk}{ending}").rename(f"{aside}{ending}")
                moved.append(ending)
        fresh.replace(desk)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        for ending in moved:
            Path(f"{aside}{ending}").rename(f"{desk}{ending}")
        raise DeskUnusableError(f"{desk} can't be replaced: {error.strerror}.") from None
    return aside if moved else None
