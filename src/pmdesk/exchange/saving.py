"""A file written wholly or not at all, readable by the person alone."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from pmdesk.errors import RefusedError


def save(path: Path, chunks: Iterable[bytes], *, replace: bool = False) -> None:
    """Write `chunks` to `path` with mode 0600.

    The bytes go into a file beside it that takes its name once it is complete and on the
    disk. Raises RefusedError where a file is there already and `replace` is not said, where
    the path is a folder or a device, and where the system refuses.
    """
    target = Path(os.path.realpath(path))
    _check(path, target, replace)
    partial = target.with_name(f".{target.name[:200]}.{os.getpid()}.partial")
    try:
        _write(partial, chunks)
        if not replace and target.exists():  # made by somebody else meanwhile
            raise _exists(path)
        partial.replace(target)
        _sync_folder(target.parent)
    except OSError as error:
        raise RefusedError(f"{path} can't be written: {error.strerror}.") from None
    finally:
        with suppress(OSError):
            partial.unlink()


def _check(path: Path, target: Path, replace: bool) -> None:
    try:
        kind = target.stat().st_mode
    except FileNotFoundError:
        return
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no such name is possible"
        raise RefusedError(f"{path} can't be written: {reason}.") from None
    if not stat.S_ISREG(kind):
        raise RefusedError(f"{path} is not a regular file: name a new file.")
    if not replace:
        raise _exists(path)


def _exists(path: Path) -> RefusedError:
    return RefusedError(f"{path} is there already: name another file, or say --force.")


def _write(partial: Path, chunks: Iterable[bytes]) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    with os.fdopen(os.open(partial, flags, 0o600), "wb") as file:
        for chunk in chunks:
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
