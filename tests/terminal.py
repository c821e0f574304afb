"""pmdesk in a pseudo-terminal of its own: keys in, and every byte that comes out."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Self

_CONTROL = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]P^_][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b.")


class Terminal:
    """A program on a terminal. `shown` holds everything it has written."""

    def __init__(
        self,
        command: Sequence[str],
        size: tuple[int, int] = (80, 24),
        environment: dict[str, str] | None = None,
    ) -> None:
        """`size` in columns and lines."""
        self._mine, theirs = pty.openpty()
        self.modes_found = termios.tcgetattr(theirs)
        self.shown = b""
        self._heard = 0
        self._set_size(size)
        self.process = subprocess.Popen(
            command,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            preexec_fn=_take_control,
            env={**os.environ, "TERM": "xterm-256color", **(environment or {})},
        )
        os.close(theirs)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Whatever became of the test, the program does not outlive it."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.close()

    def type(self, keys: str | bytes) -> None:
        """Types; what `wait_for` awaits is what comes after this."""
        self._heard = len(self.shown)
        os.write(self._mine, keys.encode() if isinstance(keys, str) else keys)

    def write(self, text: str) -> None:
        """Types as fast as a quick typist."""
        for letter in text:
            self.type(letter)
            end = time.monotonic() + 1 / 15
            while (left := end - time.monotonic()) > 0:
                self.read(left)

    def wait_for(self, words: str, seconds: float = 20) -> None:
        """Reads until the words have come since the last key; colours and cursor left out."""
        end = time.monotonic() + seconds
        while words.encode() not in _CONTROL.sub(b"", self.shown[self._heard :]):
            assert time.monotonic() < end, f"{words!r} never came: {self.shown[-2000:]!r}"
            self.read(0.2)

    def rest(self, seconds: float = 0.3) -> None:
        """Reads until nothing has come for a while."""
        while self.read(seconds):
            pass

    def resize(self, size: tuple[int, int]) -> None:
        self._set_size(size)
        self.process.send_signal(signal.SIGWINCH)

    def end(self, seconds: float = 20) -> int:
        """Reads until the process is gone; its status."""
        end = time.monotonic() + seconds
        while self.read(0.1) or self.process.poll() is None:
            assert time.monotonic() < end, f"it never ended: {self.shown[-2000:]!r}"
        return self.process.wait()

    @property
    def is_open(self) -> bool:
        return self._mine >= 0

    @property
    def modes(self) -> list[object]:
        """The terminal's modes now."""
        return termios.tcgetattr(self._mine)

    def close(self) -> None:
        """The window is gone, whatever becomes of the program."""
        if self.is_open:
            os.close(self._mine)
            self._mine = -1

    def read(self, seconds: float) -> bool:
        """Reads what is there or comes in this time; False where nothing does."""
        if not self.is_open:
            time.sleep(seconds)
            return False
        if not select.select([self._mine], [], [], seconds)[0]:
            return False
        try:
            some = os.read(self._mine, 65536)
        except OSError:  # the other end is closed
            return False
        self.shown += some
        return bool(some)

    def _set_size(self, size: tuple[int, int]) -> None:
        columns, lines = size
        fcntl.ioctl(self._mine, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))


def _take_control() -> None:
    """As a shell does: closing the terminal is then a hangup."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def workspace(desk: Path, *, size: tuple[int, int] = (80, 24), **environment: str) -> Terminal:
    """The workspace of a desk on the example's last day."""
    command = [sys.executable, "-m", "pmdesk", "--desk", str(desk), "--today", "2025-06-13"]
    return Terminal(command, size, environment)
