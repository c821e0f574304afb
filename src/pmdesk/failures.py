"""What is kept of a fault in the program: its type and place, never a value or a text."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from traceback import walk_tb

from pmdesk import __version__, config

_FULL_BYTES = 256 * 1024
_PACKAGE = Path(__file__).parent


def record(error: BaseException, folder: Path) -> Path | None:
    """Append `error` to `pmdesk.log` in `folder`; the file, or None where it can't be written.

    Messages and variables of the error are left out, since they may hold customers' texts.
    """
    log = folder / "pmdesk.log"
    try:
        config.private_folder(folder)
        if log.exists() and log.stat().st_size > _FULL_BYTES:
            log.replace(log.with_suffix(".log.1"))
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
        with os.fdopen(os.open(log, flags, 0o600), "a", encoding="utf-8") as file:
            file.write("\n".join(describe(error)) + "\n")
    except OSError:
        return None
    return log


def describe(error: BaseException) -> Iterator[str]:
    """Lines of types and places, the cause last."""
    yield f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} pmdesk {__version__}"
    cause: BaseException | None = error
    seen: set[int] = set()
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        yield f"  {type(cause).__module__}.{type(cause).__qualname__}"
        for frame, line in walk_tb(cause.__traceback__):
            yield f"    {_place(frame.f_code.co_filename)}:{line} {frame.f_code.co_qualname}"
        cause = cause.__cause__ or cause.__context__


def _place(file: str) -> str:
    path = Path(file)
    if path.is_relative_to(_PACKAGE):
        return str(Path("pmdesk", path.relative_to(_PACKAGE)))
    return str(Path(path.parent.name, path.name))
