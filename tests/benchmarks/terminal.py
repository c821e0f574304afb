"""A program on a pseudo-terminal: a key goes in, and how long until its answer stands there."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from dataclasses import dataclass

_FRAME_ENDS = b"\x1b[?2026l"
_ASKS_FOR_FRAMES = b"\x1b[?2026$p"
_HAS_FRAMES = b"\x1b[?2026;2$y"
_STYLE = re.compile(rb"\x1b\[[0-9;:]*m")


@dataclass(frozen=True)
class Answer:
    """Seconds from a key's writing."""

    first_byte: float
    shown: float
    """Until the frame that holds the awaited change is complete."""


class Terminal:
    """Tells the program that it knows whole frames (mode 2026), so that the end of one can be
    seen in what the program writes."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self._mine, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        self.process = subprocess.Popen(
            command,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environment,
            start_new_session=True,
        )
        os.close(theirs)
        self._left = b""

    def close(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        os.close(self._mine)

    def key(self, key: bytes, answer: re.Pattern[bytes], patience: float = 20) -> Answer:
        """Writes a key and waits for the frame that holds what is awaited."""
        self.rest(0)
        began = time.perf_counter()
        os.write(self._mine, key)
        return self._await(began, answer, patience)

    def until(self, words: re.Pattern[bytes], patience: float = 60) -> Answer:
        """Waits for a frame that holds the words."""
        return self._await(time.perf_counter(), words, patience)

    def _await(self, began: float, answer: re.Pattern[bytes], patience: float) -> Answer:
        shown, first = self._left, 0.0
        while not self._found(shown, answer):
            ready, _, _ = select.select([self._mine], [], [], patience)
            if not ready:
                raise AssertionError(f"{answer.pattern!r} never came: {shown[-3000:]!r}")
            shown += self._read()
            first = first or time.perf_counter() - began
        return Answer(first, time.perf_counter() - began)

    def _found(self, shown: bytes, answer: re.Pattern[bytes]) -> bool:
        """Whether a whole frame holds it; this one and the later ones can be asked for more."""
        *frames, begun = shown.split(_FRAME_ENDS)
        for place, frame in enumerate(frames):
            if answer.search(_STYLE.sub(b"", frame)):
                self._left = _FRAME_ENDS.join([*frames[place:], begun])
                return True
        return False

    def rest(self, seconds: float) -> None:
        """Takes what comes in this time, unread."""
        self._left = b""
        end = time.perf_counter() + seconds
        while select.select([self._mine], [], [], max(0, end - time.perf_counter()))[0]:
            self._read()

    def _read(self) -> bytes:
        piece = os.read(self._mine, 65536)
        if _ASKS_FOR_FRAMES in piece:
            os.write(self._mine, _HAS_FRAMES)
        return piece

    @property
    def memory(self) -> float:
        """MiB that the process holds in memory."""
        said = subprocess.run(
            ["ps", "-o", "rss=", "-p", str(self.process.pid)],
            capture_output=True,
            check=True,
            text=True,
        )
        return int(said.stdout) / 1024
