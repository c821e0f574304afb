"""Paths as they are typed: never empty, and what can't be looked at is told."""

from __future__ import annotations

import os
from pathlib import Path

from pmdesk import config
from pmdesk.cli.parsing import UsageError
from pmdesk.errors import RefusedError
from pmdesk.paths import exists as exists

_OF_A_DESK = ("", "-wal", "-shm", "-journal", ".lock")
_SQLITE = b"SQLite format 3\0"


def typed(text: str) -> Path:
    """A path of the command line. Raises UsageError for an empty one, which would mean “.”."""
    return Path(typed_text(text))


def typed_text(text: str) -> str:
    """The same where “-” and “./-” are not the same."""
    if not text:
        raise UsageError("an empty path names no file: write one, or look at what gave it.")
    return text


def spare_desk(file: Path, desk: Path) -> None:
    """Raises RefusedError where `file` is the desk or one of the files SQLite needs with it."""
    target = Path(os.path.realpath(file))
    if any(_same(target, Path(f"{desk}{ending}")) for ending in _OF_A_DESK):
        raise RefusedError(f"{file} belongs to the desk itself: name another file.")


def spare_desks(file: Path, desk: Path) -> None:
    """Raises RefusedError also where `file` is another desk, a backup or a capture, so that no
    option can overwrite one with something else.
    """
    spare_desk(file, desk)
    target = Path(os.path.realpath(file))
    folders = (Path(f"{desk}.backups"), Path(config.drop_box(desk)))
    if any(target.is_relative_to(folder) for folder in folders):
        raise RefusedError(f"{file} would lie among the desk's own files: name another file.")
    if _is_database(target):
        raise RefusedError(f"{file} is a desk or another database: name another file.")


def _same(one: Path, other: Path) -> bool:
    try:
        return one == other or one.samefile(other)  # upper and lower case may be one file
    except OSError:
        return False


def _is_database(path: Path) -> bool:
    """Not to be asked of an open desk: closing its descriptor would drop SQLite's locks."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except OSError:
        return False
