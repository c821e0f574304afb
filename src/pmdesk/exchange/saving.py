"""A file of the person's choice, written wholly or not at all, readable by them alone."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from pmdesk import config
from pmdesk.errors import RefusedError


def save(path: Path, chunks: Iterable[bytes], *, replace: bool = False) -> None:
    """Write `chunks` to `path` with mode 0600, through a link if it is one.

    Raises RefusedError where a file is there already and `replace` is not said, where the
    path is a folder or a device, and where the system refuses. What `chunks` raises goes on;
    in each case nothing was written.
    """
    target = Path(os.path.realpath(path))
    _check(path, target, replace)
    try:
        config.write_private(target, _checked_last(path, target, chunks, replace))
    except OSError as error:
        raise RefusedError(f"{path} can't be written: {error.strerror}.") from None


def _checked_last(
    path: Path, target: Path, chunks: Iterable[bytes], replace: bool
) -> Iterator[bytes]:
    yield from chunks
    _check(path, target, replace)  # somebody else may have made it meanwhile


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
        raise RefusedError(f"{path} is there already: name another file, or say --force.")
