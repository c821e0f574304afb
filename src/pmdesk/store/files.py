"""Which files belong to a desk, and the checks on one before SQLite touches it."""

from __future__ import annotations

import os
import stat
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from pmdesk.errors import DeskUnusableError

APPLICATION_ID = 0x504D444B  # "PMDK", in the header of every desk file
_MAGIC = b"SQLite format 3\0"


class NoSqliteFileError(DeskUnusableError):
    """A file that does not begin as SQLite's do: something else, or a desk with a ruined start."""


@dataclass(frozen=True, slots=True)
class Header:
    application_id: int
    user_version: int


def read_header(path: Path) -> Header:
    """What the first 100 bytes say. Call it only while no connection to the file is open in
    this process: closing the descriptor would drop SQLite's locks on it (recipe B).

    Raises DeskUnusableError where the file can't be a desk.
    """
    head = _first_bytes(path)
    if not head:
        raise DeskUnusableError(
            f"{path} is empty, so it is not a desk: delete it, or restore a backup over it with "
            f"“pmdesk restore”."
        )
    if len(head) < 100 or not head.startswith(_MAGIC):
        raise NoSqliteFileError(
            f"{path} is not a desk (it is no SQLite file): choose another with --desk."
        )
    header = Header(
        application_id=int.from_bytes(head[68:72], "big"),
        user_version=int.from_bytes(head[60:64], "big"),
    )
    if header.application_id != APPLICATION_ID:
        raise DeskUnusableError(
            f"{path} is a database of another program, not a desk: choose another with --desk."
        )
    if header.user_version < 1:
        raise DeskUnusableError(
            f"{path} is not a complete desk (its version is 0): restore a backup over it with "
            f"“pmdesk restore”."
        )
    return header


def _first_bytes(path: Path) -> bytes:
    try:
        kind = path.stat()
        if stat.S_ISDIR(kind.st_mode):
            raise DeskUnusableError(f"{path} is a folder: name the desk file in it with --desk.")
        if not stat.S_ISREG(kind.st_mode):
            raise DeskUnusableError(f"{path} is not a regular file, so it can't be a desk.")
        if kind.st_nlink > 1:
            raise DeskUnusableError(
                f"{path} has a second name (a hard link), which would damage it: "
                f"make a copy and open that."
            )
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except FileNotFoundError:
        raise DeskUnusableError(f"There is no desk at {path}.") from None
    except PermissionError:
        raise DeskUnusableError(
            f"{path} may not be read by you: change its permissions or choose another desk."
        ) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no such name is possible"
        raise DeskUnusableError(f"{path} can't be opened: {reason}.") from None
    try:
        return os.read(descriptor, 100)
    finally:
        os.close(descriptor)


class OpenDesks:
    """The desks this process has open, so that no header is read while SQLite holds locks."""

    def __init__(self) -> None:
        self._counts: Counter[Path] = Counter()
        self._lock = Lock()

    def enter(self, path: Path) -> Header | None:
        """Count `path` as open; its header, or None where it is open already.

        Raises DeskUnusableError, and counts nothing then.
        """
        with self._lock:
            header = None if self._counts[path] else read_header(path)
            self._counts[path] += 1
            return header

    def leave(self, path: Path) -> None:
        with self._lock:
            self._counts[path] -= 1


OPEN_DESKS = OpenDesks()


Identity = tuple[int, int]
"""Device and number of a file: another file of the same name has another."""


def identity(path: Path) -> Identity:
    """Which file stands at `path` now. Raises DeskUnusableError where none does."""
    try:
        state = path.stat()
    except OSError as error:
        raise DeskUnusableError(
            f"{path} is no longer there ({error.strerror}): nothing was changed; put it back, or "
            f"restore a backup."
        ) from None
    return state.st_dev, state.st_ino


def require_same(path: Path, file: Identity) -> None:
    """Raises DeskUnusableError where another file, or none, stands at `path` by now."""
    if identity(path) != file:
        raise DeskUnusableError(
            f"{path} is another file than the one that was opened (it was restored or replaced): "
            f"nothing was changed; leave pmdesk and open it again."
        )


def lock_file(desk: Path) -> Path:
    return desk.with_name(desk.name + ".lock")


def backup_folder(desk: Path) -> Path:
    return desk.with_name(desk.name + ".backups")


def real_path(path: Path) -> Path:
    """The file itself where a link names it; SQLite keeps its -wal beside that one."""
    return Path(os.path.realpath(path))


def free_name(path: Path, ending: str = "") -> Path:
    """`path` with the ending, or with a number before it where that is taken."""
    free = path.with_name(f"{path.name}{ending}")
    count = 1
    while free.exists():
        count += 1
        free = path.with_name(f"{path.name}-{count}{ending}")
    return free
