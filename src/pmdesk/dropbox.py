"""The collecting side of the drop box: files in it become requests.

`pmdesk add` writes there (see capture.py for its format), and so may a mail rule, a
shortcut or a synced phone: `.txt`, `.eml` and `.json`. What can't be read is set aside
with its reason, never deleted.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pmdesk import config
from pmdesk.errors import RefusedError

if TYPE_CHECKING:
    from pmdesk.requests.actions import RequestDraft

STILL_SECONDS = 2.0
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Found:
    """What lies in the box and can be read."""

    files: tuple[tuple[str, RequestDraft], ...]
    """Each file's identity (name and time of change) and what it holds: a file that comes
    again under the same name is another one."""


class DropBox:
    """The folder beside a desk; used by the desk's writing thread."""

    def __init__(self, desk: Path) -> None:
        self.folder = Path(config.drop_box(desk))

    def waiting(self) -> bool:
        """Whether anything lies in the box; cheap."""
        try:
            with os.scandir(self.folder / "new") as entries:
                return any(True for _entry in entries)
        except FileNotFoundError:
            return False

    def read(self, today: date) -> Found:
        """The drafts of all files that are complete; unreadable ones are set aside."""
        from pmdesk.exchange.readers.dropped import read_dropped

        files = []
        for path in self._complete():
            try:
                identity = _identity(path)
                files.append((identity, read_dropped(path, today)))
            except RefusedError as error:
                self._set_aside(path, str(error))
            except FileNotFoundError:
                continue  # another process has collected it
        return Found(tuple(files))

    def remove(self, found: Found) -> None:
        """After the commit: the files are in the desk."""
        for identity, _draft_of_it in found.files:
            path = self.folder / "new" / identity.rpartition("@")[0]
            with suppress(FileNotFoundError):
                if _identity(path) == identity:
                    path.unlink()

    def _complete(self) -> Iterator[Path]:
        try:
            names = sorted(path.name for path in (self.folder / "new").iterdir())
        except FileNotFoundError:
            return
        for name in names[:AT_ONCE]:
            path = self.folder / "new" / name
            if not name.startswith(".") and (_is_ours(name) or _stands_still(path)):
                yield path

    def _set_aside(self, path: Path, reason: str) -> None:
        aside = Path(config.private_folder(self.folder / "aside"))
        target = aside / path.name
        count = 1
        while target.exists():
            count += 1
            target = aside / f"{path.stem}-{count}{path.suffix}"
        with suppress(FileNotFoundError):
            path.rename(target)
            config.write_private(f"{target}.reason", f"{reason}\n".encode())


def _identity(path: Path) -> str:
    return f"{path.name}@{path.lstat().st_mtime_ns}"


def _stands_still(path: Path) -> bool:
    """Whether somebody else's file has been left alone long enough to be complete.

    Every write moves the time of change, also one that keeps the time of modification.
    """
    try:
        age = time.time() - path.lstat().st_ctime
    except OSError:
        return False
    return age >= STILL_SECONDS or age < 0  # from the future: the clock was set back


def _is_ours(name: str) -> bool:
    """Written by `pmdesk add`: complete as soon as it has its name."""
    parts = name.split(".")
    return len(parts) == 4 and parts[0].isdigit() and parts[1].isdigit()
