"""Eight ways of leaving while a text is being typed, in a real terminal: what was typed is on
the disk, and the terminal is left as it was.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pmdesk.desk import Desk
from pmdesk.drafts import Drafts
from pmdesk.requests.actions import Capture, RequestDraft

DRIVER = """
import asyncio, signal, sys
from pathlib import Path
from pmdesk.config import Clock
from pmdesk.desk import Desk
from pmdesk.ui.app import PmdeskApp

class Faulty(PmdeskApp):
    def on_mount(self):
        super().on_mount()
        if "ignored" in sys.argv[2]:
            asyncio.get_running_loop().remove_signal_handler(signal.SIGHUP)
            signal.signal(signal.SIGHUP, signal.SIG_IGN)
        fail = lambda: self.call_later(self._fail)
        asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, fail)

    def _fail(self):
        typed = self.screen.typed_values()
        raise ValueError(f"cannot do {typed}")

desk = Desk.open(Path(sys.argv[1]), Clock.system("UTC", "2025-06-13"))
app = Faulty(desk)
try:
    app.run()
finally:
    desk.close()
sys.exit(app.return_code or 0)
"""


class Terminal:
    """pmdesk with a terminal of its own, which somebody looks at and types into."""

    def __init__(self, desk: Path, how: str) -> None:
        self.shown = b""
        self.screen, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, (30, 120))
        self.modes = termios.tcgetattr(theirs)
        self.process = subprocess.Popen(
            [sys.executable, "-c", DRIVER, str(desk), how],
            stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
            preexec_fn=_take_control, env={**os.environ, "TERM": "xterm-256color"},
        )  # fmt: skip
        os.close(theirs)
        self._looking = threading.Thread(target=self._look, daemon=True)
        self._looking.start()

    def wait_for(self, text: bytes) -> None:
        end = time.monotonic() + 20
        while text not in self.shown:
            assert time.monotonic() < end, self.shown[-500:]
            time.sleep(0.02)

    def type(self, keys: str) -> None:
        """At once: a command, not a text."""
        os.write(self.screen, keys.encode())

    def write(self, text: str) -> None:
        """As fast as a quick typist."""
        for letter in text:
            os.write(self.screen, letter.encode())
            time.sleep(1 / 15)

    def close(self) -> None:
        mine, self.screen = self.screen, -1
        self._looking.join(15)
        os.close(mine)

    def end(self) -> int:
        """Waits until the process is gone; its status."""
        status = self.process.wait(15)
        self._looking.join(15)
        return status

    def _look(self) -> None:
        while (screen := self.screen) >= 0:
            try:
                ready, _, _ = select.select([screen], [], [], 0.1)
                some = os.read(screen, 65536) if ready else b""
            except (OSError, ValueError):
                return
            self.shown += some
            if not some and self.process.poll() is not None:
                return


def _take_control() -> None:
    """As a shell does: closing the terminal is then a hangup."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _quit(terminal: Terminal) -> None:
    for key, shown in (("\x1b", b"keeps it for later"), ("\x1b", b"Unfinished: the reply to #1")):
        terminal.type(key)
        terminal.wait_for(shown)
    terminal.type("q")


def _signal(number: signal.Signals) -> Callable[[Terminal], None]:
    return lambda terminal: terminal.process.send_signal(number)


WAYS: dict[str, tuple[Callable[[Terminal], None], int]] = {
    "SIGTERM": (_signal(signal.SIGTERM), 143),
    "SIGHUP": (_signal(signal.SIGHUP), 129),
    "SIGINT": (_signal(signal.SIGINT), 0),
    "SIGKILL": (_signal(signal.SIGKILL), -9),
    "a fault": (_signal(signal.SIGUSR1), 1),
    "q": (_quit, 0),
    "ctrl+q": (lambda terminal: terminal.type("\x11"), 0),
    "terminal closed": (Terminal.close, 129),
    "terminal closed, hangups ignored": (Terminal.close, 129),
}
BEGUN = "Sorry, "
GOING_ON = "CANARY, not now"
"""A second of typing."""
_AT_ONCE = 3


@pytest.mark.parametrize("first", range(0, len(WAYS), _AT_ONCE))
def test_what_is_being_typed_survives(desk: Desk, tmp_path: Path, first: int) -> None:
    desk.perform(Capture(RequestDraft("mail", "1", "CANARY title", "CANARY body")))
    desk.close()
    ways = [*WAYS][first : first + _AT_ONCE]
    with ThreadPoolExecutor(_AT_ONCE) as people:
        leaving = [people.submit(_leave, way, desk.path, tmp_path / way) for way in ways]
    assert [one.exception() for one in leaving] == [None] * len(ways)


def _leave(way: str, template: Path, folder: Path) -> None:
    folder.mkdir()
    path = folder / "desk.db"
    shutil.copy(template, path)
    path.chmod(0o600)
    terminal = Terminal(path, way)
    terminal.wait_for(b"CANARY title")
    terminal.type("r")
    terminal.wait_for(b"serves no customer goal")
    terminal.type("n")
    terminal.write(BEGUN)
    terminal.wait_for(BEGUN.encode())
    terminal.write(GOING_ON)
    leave, status = WAYS[way]
    try:
        leave(terminal)
        assert terminal.end() == status, way
    finally:
        terminal.process.kill()
    if terminal.screen >= 0 and way != "SIGKILL":
        _is_clean(terminal)
    draft = Drafts(path).take("decline", "1")
    assert draft is not None, way
    assert draft.values["reply"].startswith(BEGUN), way
    assert (BEGUN + GOING_ON).startswith(draft.values["reply"]), way
    assert draft.values["reason"] == "n"
    for log in folder.glob("*.log"):
        assert "CANARY" not in log.read_text("utf-8")


def _is_clean(terminal: Terminal) -> None:
    """Every mode is as a shell expects it, and nothing of a customer is left on the screen."""
    modes = {b"25": b"h", b"7": b"h"}  # the cursor shows, lines wrap
    for modes_set, switch in re.findall(rb"\x1b\[\?([0-9;]+)([hl])", terminal.shown):
        modes.update(dict.fromkeys(modes_set.split(b";"), switch))
    assert {mode for mode, switch in modes.items() if switch == b"h"} == {b"25", b"7"}
    keyboard = re.findall(rb"\x1b\[([<>])[0-9]*u", terminal.shown)
    assert keyboard.count(b">") == keyboard.count(b"<") == 1
    assert termios.tcgetattr(terminal.screen)[:4] == terminal.modes[:4]
    after = terminal.shown[terminal.shown.rindex(b"\x1b[?1049l") :]
    assert b"CANARY" not in after
    assert b"Traceback" not in terminal.shown
    os.close(terminal.screen)
