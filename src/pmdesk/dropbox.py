"""The collecting side of the drop box: files in it become requests.

`pmdesk add` writes there (see capture.py for its format), and so may a mail rule, a
shortcut or a synced phone: `.txt`, `.eml` and `.json`. What can't be read, or is refused by
the desk, is set aside with its reason, never deleted; it never keeps the other files waiting.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from pmdesk import config
from pmdesk.errors import PmdeskError, RefusedError
from pmdesk.text import clean_line, shorten

if TYPE_CHECKING:
    from pmdesk.requests.actions import RequestDraft
    from pmdesk.store.writing import Done

STILL_SECONDS = 2.0
AT_ONCE = 500
BYTES_AT_ONCE = 64 * 1024 * 1024

_OURS = re.compile(r"[0-9]{16}\.[0-9]{1,10}\.[0-9a-f]{8}\.(json|eml)")
"""What `pmdesk add` calls its files: complete as soon as they have their name."""
_LONGEST_NAME = 200
"""Bytes, so that the name of a reason fits beside it."""


@dataclass(frozen=True, slots=True)
class Found:
    """What lies in the box and can be read."""

    files: tuple[tuple[str, RequestDraft], ...]
    """Each file's identity (name and time of change) and what it holds: a file that comes
    again under the same name is another one."""
    paths: tuple[Path, ...] = ()
    """Where each of them lies."""

    def part(self, start: int, stop: int) -> Found:
        """The files from `start` up to `stop`."""
        return Found(self.files[start:stop], self.paths[start:stop])


class DropBox:
    """The folder beside a desk; used by the desk's writing thread."""

    def __init__(self, desk: Path) -> None:
        self.folder = Path(config.drop_box(desk))
        self._new = self.folder / "new"
        self._left: set[str] = set()
        """Files that could not be moved: looked at once only."""
        self._trouble: list[str] = []
        self._told: set[str] = set()

    def collect(self, today: date, take: Callable[[Found], Done]) -> Done | None:
        """Have `take` bring the files into the desk, all at once; then remove them.

        Where it refuses several, they are halved until the ones it refuses are found; those
        are set aside. None where nothing was taken. Raises PmdeskError where the box itself
        is in trouble, once for each trouble and after everything else was done; and whatever
        else `take` raises, and then the files stay.
        """
        found = self.read(today)
        taken = self._taken(found, take) if found.files else []
        if self._trouble:
            first, *others = self._trouble
            self._trouble.clear()
            raise PmdeskError(f"{first} (And {len(others)} like it.)" if others else first)
        return _together(taken)

    def waiting(self) -> bool:
        """Whether anything lies in the box, or it can't be looked into; cheap, never raises."""
        try:
            with os.scandir(self._new) as entries:
                return any(True for _entry in entries)
        except FileNotFoundError:
            return False
        except OSError:
            return True

    def read(self, today: date) -> Found:
        """The drafts of the files that are complete; unreadable ones are set aside."""
        from pmdesk.exchange.readers.dropped import read_dropped

        files: list[tuple[str, RequestDraft]] = []
        paths: list[Path] = []
        size = 0
        for identity, path in islice(self._complete(), AT_ONCE):
            try:
                size += path.lstat().st_size
                if files and size > BYTES_AT_ONCE:
                    break
                files.append((identity, read_dropped(path, today)))
                paths.append(path)
            except RefusedError as error:
                self._set_aside(identity, path, str(error))
            except FileNotFoundError:
                continue  # another process has collected it
            except OSError as error:
                self._left.add(identity)
                self._tell(f"“{_shown(path)}” in the drop box can't be read ({_why(error)}).")
        return Found(tuple(files), tuple(paths))

    def remove(self, found: Found) -> None:
        """After the commit: the files are in the desk. One that can't be removed is known by
        its identity, so it does no harm.
        """
        for (identity, _draft_of_it), path in zip(found.files, found.paths, strict=True):
            try:
                if _identity(path) == identity:
                    path.unlink()
            except FileNotFoundError:
                continue
            except OSError as error:
                self._left.add(identity)
                self._tell(
                    f"“{_shown(path)}” is collected but can't be removed from the drop box "
                    f"({_why(error)})."
                )

    def _taken(self, found: Found, take: Callable[[Found], Done]) -> list[tuple[int, Done]]:
        """Each time that `take` took some files: how many, and what it said."""
        try:
            done = take(found)
        except RefusedError as error:
            if len(found.files) == 1:
                self._set_aside(found.files[0][0], found.paths[0], str(error))
                return []
            half = len(found.files) // 2
            parts = (found.part(0, half), found.part(half, len(found.files)))
            return [one for part in parts for one in self._taken(part, take)]
        self.remove(found)
        return [(len(found.files), done)]

    def _complete(self) -> Iterator[tuple[str, Path]]:
        """Identity and path of the files that may be read now."""
        try:
            names = sorted(os.listdir(self._new))  # noqa: PTH208  # texts sort ten times faster
        except FileNotFoundError:
            return
        except OSError as error:
            self._tell(f"The drop box {_shown(self._new)} can't be read ({_why(error)}).")
            return
        if not os.access(self._new, os.W_OK | os.X_OK):
            self._tell(
                f"The drop box {_shown(self._new)} may not be changed by you, so nothing was "
                f"collected: look at its permissions."
            )
            return
        for name in names:
            path = self._new / name
            if name.startswith(".") or not (_OURS.fullmatch(name) or _stands_still(path)):
                continue
            with suppress(OSError):  # another process has collected it
                if (identity := _identity(path)) not in self._left:
                    yield identity, path

    def _set_aside(self, identity: str, path: Path, reason: str) -> None:
        try:
            aside = Path(config.private_folder(self.folder / "aside"))
            target = _free(aside, path.name)
            path.rename(target)
            config.write_private(f"{target}.reason", f"{reason}\n".encode("utf-8", "replace"))
        except FileNotFoundError:
            return
        except OSError as error:
            self._left.add(identity)
            self._tell(
                f"“{_shown(path)}” in the drop box could not be taken and not be set aside "
                f"({_why(error)}): {reason}"
            )

    def _tell(self, sentence: str) -> None:
        if sentence not in self._told:
            self._told.add(sentence)
            self._trouble.append(sentence)


def _together(taken: list[tuple[int, Done]]) -> Done | None:
    """What several takings came to, as one."""
    if len(taken) <= 1:
        return taken[0][1] if taken else None
    from pmdesk.requests.actions import counted

    dones = [done for _files, done in taken]
    names = {name for done in dones for name in done.counts}
    return replace(
        dones[0],
        words=f"Collect {counted(sum(files for files, _done in taken))} from the drop box",
        changed=frozenset().union(*(done.changed for done in dones)),
        requests=tuple(request for done in dones for request in done.requests),
        counts={name: sum(done.counts.get(name, 0) for done in dones) for name in sorted(names)},
    )


def _identity(path: Path) -> str:
    """What names the file for ever. A name that can't be stored as it is gets its digest."""
    name = clean_line(path.name)
    if name != path.name:
        name = f"{name}~{sha256(os.fsencode(path.name)).hexdigest()[:16]}"
    return f"{name}@{path.lstat().st_mtime_ns}"


def _free(folder: Path, name: str) -> Path:
    """A path in the folder that is not taken, its name shortened where it must be."""
    stem, suffix = os.path.splitext(name)  # noqa: PTH122  # a name, not a path
    if len(suffix) > 10:
        stem, suffix = name, ""
    stem = os.fsdecode(os.fsencode(stem)[: _LONGEST_NAME - len(os.fsencode(suffix))])
    target = folder / f"{stem}{suffix}"
    count = 1
    while os.path.lexists(target):
        count += 1
        target = folder / f"{stem}-{count}{suffix}"
    return target


def _shown(path: Path) -> str:
    """A name for a sentence; a whole path where it is a folder's."""
    return clean_line(str(path)) if path.name == "new" else shorten(clean_line(path.name), 60)


def _why(error: OSError) -> str:
    return error.strerror or "unknown error"


def _stands_still(path: Path) -> bool:
    """Whether somebody else's file has been left alone long enough to be complete.

    Every write moves the time of change, also one that keeps the time of modification.
    """
    try:
        age = time.time() - path.lstat().st_ctime
    except OSError:
        return False
    return age >= STILL_SECONDS or age < 0  # from the future: the clock was set back
