"""One lock for every process that writes a desk, on a file of its own (recipe A)."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock

from pmdesk.errors import DeskUnusableError

_PATIENCE_SECONDS = 30.0
_BETWEEN_TRIES_SECONDS = 0.002


class WritingLock:
    """Held around each writing transaction, each checkpoint and each closing of a connection.

    Tried without blocking, so that a stopped holder costs at most `patience` seconds and
    then a sentence. May be taken again by the thread that holds it.
    """

    def __init__(self, path: Path, patience: float = _PATIENCE_SECONDS) -> None:
        self._path = path
        self._patience = patience
        self._depth = 0
        self._descriptor = -1
        self._threads = RLock()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Raises DeskUnusableError where another process keeps the lock too long."""
        with self._threads:
            if self._depth == 0:
                self._descriptor = self._take()
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                if self._depth == 0:
                    os.close(self._descriptor)

    def _take(self) -> int:
        try:
            descriptor = os.open(
                self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600
            )
        except OSError as error:
            raise DeskUnusableError(
                f"The lock file {self._path} can't be opened ({error.strerror}): "
                f"the desk can be read but not changed."
            ) from None
        give_up = time.monotonic() + self._patience
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > give_up:
                    os.close(descriptor)
                    raise DeskUnusableError(
                        f"Another pmdesk has been writing to this desk for "
                        f"{self._patience:.0f} s: close it, or try again."
                    ) from None
                time.sleep(_BETWEEN_TRIES_SECONDS)
            else:
                return descriptor
