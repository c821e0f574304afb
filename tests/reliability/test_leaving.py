"""Nine ways of leaving while a text is being typed, in a real terminal: what was typed is on
the disk, and the terminal is left as it was.
"""

from __future__ import annotations

import re
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pmdesk.desk import Desk
from pmdesk.drafts import Drafts
from pmdesk.requests.actions import Capture, RequestDraft

from ..terminal import Terminal, workspace

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


def _quit(terminal: Terminal) -> None:
    for key, shown in (("\x1b", "keeps it for later"), ("\x1b", "Unfinished: the reply to #1")):
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


@pytest.mark.parametrize("way", WAYS)
def test_what_is_being_typed_survives(desk: Desk, way: str) -> None:
    desk.perform(Capture(RequestDraft("mail", "1", "CANARY title", "CANARY body")))
    desk.close()
    leave, status = WAYS[way]
    with opened(desk.path, way) as terminal:
        terminal.wait_for("CANARY title")
        terminal.type("r")
        terminal.wait_for("serves no customer goal")
        terminal.type("n")
        terminal.write(BEGUN)
        terminal.wait_for(BEGUN)
        terminal.write(GOING_ON)
        leave(terminal)
        assert terminal.end() == status
        if terminal.is_open and way != "SIGKILL":
            check_is_clean(terminal)
    draft = Drafts(desk.path).take("decline", "1")
    assert draft is not None
    assert draft.values["reply"].startswith(BEGUN)
    assert (BEGUN + GOING_ON).startswith(draft.values["reply"])
    assert draft.values["reason"] == "n"
    for log in desk.path.parent.glob("*.log"):
        assert "CANARY" not in log.read_text("utf-8")


def opened(desk: Path, way: str) -> Terminal:
    if "fault" in way or "ignored" in way:
        return Terminal([sys.executable, "-c", DRIVER, str(desk), way], (120, 30))
    return workspace(desk, size=(120, 30))


def check_is_clean(terminal: Terminal) -> None:
    """Every mode is as a shell expects it, and nothing of a customer is left on the screen."""
    modes = {b"25": b"h", b"7": b"h"}  # the cursor shows, lines wrap
    for modes_set, switch in re.findall(rb"\x1b\[\?([0-9;]+)([hl])", terminal.shown):
        modes.update(dict.fromkeys(modes_set.split(b";"), switch))
    assert {mode for mode, switch in modes.items() if switch == b"h"} == {b"25", b"7"}
    keyboard = re.findall(rb"\x1b\[([<>])[0-9]*u", terminal.shown)
    assert keyboard.count(b">") == keyboard.count(b"<") == 1
    assert terminal.modes[:4] == terminal.modes_found[:4]
    after = terminal.shown[terminal.shown.rindex(b"\x1b[?1049l") :]
    assert b"CANARY" not in after
    assert b"Traceback" not in terminal.shown
