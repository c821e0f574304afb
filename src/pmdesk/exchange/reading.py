"""What every reader gives back, and what it is given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pmdesk.requests.actions import RequestDraft


@dataclass(frozen=True, slots=True)
class Draft:
    """One request read; for mail, one thread. It accounts for `items` of the file's items."""

    request: RequestDraft
    items: int = 1


@dataclass(frozen=True, slots=True)
class Skipped:
    """An item that is not a request by its nature (a pull request, a bounce)."""

    where: str
    """File and place: "issues.json, item 3"."""
    reason: str


@dataclass(frozen=True, slots=True)
class Failed:
    """An item that could not be read."""

    where: str
    reason: str


Item = Draft | Skipped | Failed


@dataclass(slots=True)
class Progress:
    """How far a reader has come, in bytes; and whether the person has had enough."""

    told: Callable[[int], None] = lambda _done: None
    cancelled: Callable[[], bool] = lambda: False


class Reader(Protocol):
    """A module of `exchange/readers/`."""

    NAME: str
    """What the person calls the format: "mail", "GitHub issues"."""

    def recognises(self, path: Path, head: bytes) -> bool:
        """Whether the file is of this format, by its first 64 KiB (empty for a folder)."""
        ...

    def read(self, path: Path, progress: Progress) -> Iterator[Item]:
        """Everything in the file or folder, each item accounted for once; content never raises."""
        ...
