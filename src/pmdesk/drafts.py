"""What is being typed, kept beside the desk until the desk has it: files, not rows.

Each unfinished text is one small JSON file in `<desk>.drafts/`, named after the process that
writes it. A process shows that it lives by a lock on a file of its own, which the system takes
back however it ends; what a dead one left may be taken up by any other.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
from collections.abc import Container, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pmdesk import config
from pmdesk.errors import RefusedError
from pmdesk.text import clean

MOST_BYTES = 64 * 1024 * 1024
"""Of one draft; a longer one is not kept and not read."""
_NAME = re.compile(r"([0-9a-f]{16})\.([0-9]{1,9})\.json")
_PARTIAL = re.compile(r"\.[0-9]+\.[0-9a-f]{16}\.partial")
_OLD_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class Draft:
    """One unfinished text, as it was typed."""

    name: str
    """The name of its file; names are never used twice."""
    kind: str
    """What it is written for: "capture", "decline", "filter"."""
    subject: str
    """Which one of its kind: "12,13", the requests it decides on."""
    about: str
    """The subject in words, for offering it."""
    values: Mapping[str, str]
    """By the names of the fields."""
    written_at: datetime
    """UTC."""

    def text(self) -> str:
        """The longest of its values: what was written, rather than chosen."""
        return max(self.values.values(), key=len, default="")


def drafts_folder(desk: str | os.PathLike[str]) -> Path:
    """The folder beside the desk; there only if something was typed."""
    return Path(os.fspath(desk) + ".drafts")


class Drafts:
    """The drafts of a desk, as one process sees them. Not for two threads at a time.

    Reading never raises: what can't be read is set aside, or left out. Writing raises OSError,
    and RefusedError for a draft that is too long.
    """

    def __init__(self, desk: str | os.PathLike[str]) -> None:
        self.folder = drafts_folder(desk)
        self._token = os.urandom(8).hex()
        self._alive: int | None = None
        self._count = 0

    def new_name(self) -> str:
        """A name for a draft of this process."""
        self._count += 1
        return f"{self._token}.{self._count}.json"

    def offered(self) -> tuple[Draft, ...]:
        """Those of this process and of those that have ended, the newest first."""
        found = [one for name in self._names() if (one := self._read(name)) is not None]
        return tuple(sorted(found, key=lambda one: one.written_at, reverse=True))

    def take(
        self, kind: str, subject: str, name: str | None = None, busy: Container[str] = ()
    ) -> Draft | None:
        """The one of that name, else the newest of its kind on that subject that is not `busy`;
        from now on it belongs to this process."""
        alike = [
            one
            for one in self.offered()
            if (one.kind, one.subject) == (kind, subject) and one.name not in busy
        ]
        for draft in sorted(alike, key=lambda one: one.name != name):
            if taken := self._claimed(draft):
                return taken
        return None

    def write(self, draft: Draft) -> None:
        """Puts it on the disk, in the place of an earlier one of that name."""
        written = {**as_json(draft), "pid": os.getpid()}
        data = json.dumps(written, ensure_ascii=False).encode("utf-8", "replace")
        if len(data) > MOST_BYTES:
            raise RefusedError("It is too long to be kept as a draft: over 64 MiB.")
        self._live()
        config.write_private(self.folder / draft.name, data)

    def remove(self, name: str) -> None:
        """It is in the desk now, or not wanted; gone already is as good."""
        (self.folder / name).unlink(missing_ok=True)

    def close(self) -> None:
        """This process ends; what it leaves may be taken up by others."""
        if self._alive is not None:
            with suppress(OSError):
                self._mark(self._token).unlink(missing_ok=True)
            os.close(self._alive)
            self._alive = None
        with suppress(OSError):  # only if it is empty
            self.folder.rmdir()

    # Who lives --------------------------------------------------------------------------------

    def _live(self) -> None:
        """Shows that this process lives. The lock is taken before the file has its name, so
        that nobody can find it unlocked."""
        if self._alive is not None:
            if self._mark(self._token).exists():
                return
            os.close(self._alive)  # the folder was taken away: what is typed makes it anew
            self._alive = None
        config.private_folder(self.folder)
        partial = self.folder / f".{os.getpid()}.{os.urandom(8).hex()}.partial"
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        descriptor = os.open(partial, flags, 0o600)
        try:
            with suppress(OSError):  # a disk without locks: drafts are then offered too early
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            partial.rename(self._mark(self._token))
        except BaseException:
            os.close(descriptor)
            raise
        self._alive = descriptor

    def _lives(self, token: str) -> bool:
        """Whether another process is still writing under that token."""
        if token == self._token:
            return False
        try:
            descriptor = os.open(self._mark(token), os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
        except OSError:
            return False
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:
            return False
        finally:
            os.close(descriptor)
        return False

    def _mark(self, token: str) -> Path:
        return self.folder / f"{token}.alive"

    # Reading ----------------------------------------------------------------------------------

    def _names(self) -> Iterator[str]:
        """The drafts that this process may read, after what is left of dead ones is swept up."""
        try:
            names = sorted(os.listdir(self.folder))  # noqa: PTH208  # names are wanted
        except OSError:
            return
        lives: dict[str, bool] = {}
        for name in names:
            if match := _NAME.fullmatch(name):
                token = match[1]
                if token not in lives:
                    lives[token] = self._lives(token)
                if not lives[token]:
                    yield name
        for name in names:
            self._sweep(name, lives)

    def _sweep(self, name: str, lives: Mapping[str, bool]) -> None:
        path = self.folder / name
        token = name.removesuffix(".alive")
        with suppress(OSError):
            if name.endswith(".alive") and token != self._token and not self._lives(token):
                path.unlink()
            elif _PARTIAL.fullmatch(name):
                age = datetime.now(UTC).timestamp() - path.lstat().st_mtime
                if age > _OLD_SECONDS:  # its writer was killed
                    path.unlink()

    def _read(self, name: str) -> Draft | None:
        path = self.folder / name
        try:
            flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
            with open(os.open(path, flags), "rb") as file:  # noqa: PTH123
                data = file.read(MOST_BYTES + 1)
        except FileNotFoundError:
            return None  # finished meanwhile
        except OSError:
            self._set_aside(name)
            return None
        try:
            if len(data) > MOST_BYTES:
                raise ValueError("too long")
            return draft_of(name, json.loads(data))
        except (ValueError, TypeError, AttributeError, LookupError, RecursionError, OverflowError):
            self._set_aside(name)
            return None

    def _set_aside(self, name: str) -> None:
        with suppress(OSError):
            aside = Path(config.private_folder(self.folder / "aside"))
            (self.folder / name).rename(aside / f"{os.urandom(4).hex()}.{name}")

    def _claimed(self, draft: Draft) -> Draft | None:
        """None where another process was quicker."""
        if draft.name.startswith(self._token):
            return draft
        try:
            self._live()
            name = self.new_name()
            (self.folder / draft.name).rename(self.folder / name)
        except FileNotFoundError:
            return None
        except OSError:
            return draft  # a folder that can't be written: at least it can be read
        return Draft(name, draft.kind, draft.subject, draft.about, draft.values, draft.written_at)


def is_name(name: str) -> bool:
    """Whether a draft could have that name."""
    return _NAME.fullmatch(name) is not None


def as_json(draft: Draft) -> dict[str, object]:
    """All but its name."""
    return {
        "kind": draft.kind,
        "subject": draft.subject,
        "about": draft.about,
        "values": dict(draft.values),
        "written_at": draft.written_at.isoformat(),
    }


def draft_of(name: str, written: Any) -> Draft:
    """What `as_json` gave; any error where it isn't that."""
    at = datetime.fromisoformat(written["written_at"])
    kind, subject, about = (written[key] for key in ("kind", "subject", "about"))
    values = written["values"]
    if not all(isinstance(one, str) for one in (kind, subject, about, *values.values())):
        raise TypeError("not all of it is text")
    if at.tzinfo is None or not kind:
        raise ValueError("no kind, or no zone")
    cleaned = {clean(key): clean(value) for key, value in values.items()}
    return Draft(name, clean(kind), clean(subject), clean(about), cleaned, at.astimezone(UTC))
