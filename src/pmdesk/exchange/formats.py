"""Which reader reads a file: asked of the readers themselves, by content and never by name."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import cast

from pmdesk.errors import RefusedError
from pmdesk.exchange.readers import desk_json, outline
from pmdesk.exchange.reading import Item, Progress, Reader
from pmdesk.text import clean_line

HEAD_BYTES = 64 * 1024
"""What a reader may look at to recognise a file."""


@dataclass(slots=True)
class _Later:
    """A reader whose module is loaded when it is first asked."""

    NAME: str
    module: str

    def recognises(self, path: Path, head: bytes) -> bool:
        return self._loaded().recognises(path, head)

    def read(self, path: Path, progress: Progress) -> Iterator[Item]:
        return self._loaded().read(path, progress)

    def _loaded(self) -> Reader:
        return cast(Reader, import_module(self.module))


READERS: tuple[Reader, ...] = (
    _Later("GitHub issues", "pmdesk.exchange.readers.github"),
    _Later("mail", "pmdesk.exchange.readers.mail"),
)
"""The strictest first: much can be taken for a mail."""


def guess(path: Path, head: bytes) -> Reader | None:
    """Who reads it, by its first HEAD_BYTES (empty for a folder); None for a desk, an outline, or
    if nobody."""
    if desk_json.recognises(path, head) or outline.recognises(head):
        return None
    return next((reader for reader in READERS if reader.recognises(path, head)), None)


def reader_for(path: Path) -> Reader:
    """Who reads the file or folder. Raises RefusedError with the reason if nobody does."""
    name = clean_line(path.name) or str(path)
    head = _head(path, name)
    if reader := guess(path, head):
        return reader
    if desk_json.recognises(path, head):
        raise RefusedError(f"“{name}” is a whole pmdesk desk; it goes into an empty desk only.")
    if outline.recognises(head):
        raise RefusedError(f"“{name}” is an outline of customers; it is imported alone.")
    kind = "folder" if path.is_dir() else "file"
    raise RefusedError(f"“{name}” is no {kind} that pmdesk can read; it reads {known_formats()}.")


def is_desk(path: Path) -> bool:
    """Whether the file is a desk in our own JSON. Raises RefusedError if it can't be opened."""
    return desk_json.recognises(path, _head(path, clean_line(path.name) or str(path)))


def is_outline(path: Path) -> bool:
    """Whether the file is an outline of a branch. Raises RefusedError if it can't be opened."""
    return outline.recognises(_head(path, clean_line(path.name) or str(path)))


def known_formats() -> str:
    """For a sentence: "GitHub issues, mail, outline and pmdesk desk"."""
    others = (desk_json.NAME, outline.NAME)
    names = sorted((*(reader.NAME for reader in READERS), *others), key=str.lower)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _head(path: Path, name: str) -> bytes:
    try:
        if path.is_dir():
            os.listdir(path)  # noqa: PTH208  # only to see that we may
            return b""
        head = _first_bytes(path, name)
    except FileNotFoundError:
        raise RefusedError(f"There is no file or folder “{name}”; check the path.") from None
    except PermissionError:
        raise RefusedError(f"“{name}” may not be read; check its permissions.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its path is not valid"
        raise RefusedError(f"“{name}” can't be opened: {reason}.") from None
    if not head:
        raise RefusedError(f"“{name}” is empty; there is nothing to read.")
    return head


def _first_bytes(path: Path, name: str) -> bytes:
    # Non-blocking, so that a named pipe can't hold the program for ever.
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise RefusedError(f"“{name}” is a device or a pipe; save it to a file first.")
        return os.read(descriptor, HEAD_BYTES)
    finally:
        os.close(descriptor)
