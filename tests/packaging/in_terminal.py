"""Runs a command in a terminal of its own, as a person would see it (used by `.ci/run`).

    in_terminal.py --until WORD --keys KEYS -- COMMAND…

Waits until WORD is on the screen, types KEYS, and ends with the status of the command; with
1 and the last of the output if WORD does not come in time.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import re
import select
import struct
import sys
import termios
import time

_CONTROL = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]P^_][^\x07\x1b]*(\x07|\x1b\\)|\x1b.")


class Terminal:
    """A command on a pseudo-terminal, and everything it has printed."""

    def __init__(self, command: list[str], rows: int = 24, columns: int = 80) -> None:
        self.printed = b""
        self._process, self._screen = pty.fork()
        if self._process == 0:
            os.environ["TERM"] = "xterm-256color"
            os.execvp(command[0], command)
        size = struct.pack("HHHH", rows, columns, 0, 0)
        fcntl.ioctl(self._screen, termios.TIOCSWINSZ, size)

    def wait_for(self, word: str, seconds: float) -> bool:
        """Whether `word` is printed in time."""
        end = time.monotonic() + seconds
        while word.encode() not in _CONTROL.sub(b"", self.printed):
            if time.monotonic() > end or not self._read(0.2):
                return word.encode() in _CONTROL.sub(b"", self.printed)
        return True

    def type(self, keys: str) -> None:
        os.write(self._screen, keys.encode())

    def wait_for_end(self, seconds: float) -> int | None:
        """The exit status; None, and the command killed, where it does not end in time."""
        end = time.monotonic() + seconds
        while self._read(0.2):
            if time.monotonic() > end:
                os.kill(self._process, 9)
                os.waitpid(self._process, 0)
                return None
        return os.waitstatus_to_exitcode(os.waitpid(self._process, 0)[1])

    def _read(self, seconds: float) -> bool:
        """False once the command has closed the terminal."""
        if not select.select([self._screen], [], [], seconds)[0]:
            return True
        try:
            some = os.read(self._screen, 65536)
        except OSError:
            return False
        self.printed += some
        return bool(some)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--until", required=True)
    parser.add_argument("--keys", required=True)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("command", nargs="+")
    arguments = parser.parse_args()
    terminal = Terminal(arguments.command)
    shown = terminal.wait_for(arguments.until, arguments.seconds)
    terminal.type(arguments.keys)
    status = terminal.wait_for_end(30)
    if not shown or status is None:
        sys.stderr.write(_CONTROL.sub(b"", terminal.printed)[-4000:].decode(errors="replace"))
        sys.stderr.write(f"\n“{arguments.until}” shown: {shown}; ended with {status}\n")
        return 1
    return status


if __name__ == "__main__":
    sys.exit(main())
