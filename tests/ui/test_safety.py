"""Text of a stranger can neither act, nor end the program, nor reach the terminal as control."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pmdesk.desk import Desk
from pmdesk.requests.actions import Capture, MessageDraft, RequestDraft
from pmdesk.ui.app import PmdeskApp
from pmdesk.ui.dialogs.keep import KeepDialog

if TYPE_CHECKING:
    from tests.ui.conftest import ScreenText, Until

MARKUP = [
    "[/nope]", "[/", "[x=", "[@click=app.quit]x[/]", "[@click=app.bell]", "[link=file:///etc]x[/]",
    "[type=x, v={'a[0]'}]", "[bold", "[red]red[/red]", "$accent [b]", "\\[", "[$primary]x",
]  # fmt: skip
CONTROLS = [
    "\x1b]52;c;ZXZpbA==\x07", "\x1b[2J", "\x9b31m", "\x00", "\x7f", "‮gpj.exe", "﻿x",
    "\x1b]0;title\x07", "\x85", "⁦",
]  # fmt: skip


@pytest.mark.parametrize("payload", MARKUP)
async def test_markup_is_shown_as_it_stands(
    desk: Desk, until: Until, screen_text: ScreenText, payload: str
) -> None:
    desk.perform(Capture(RequestDraft("mail", "1", f"Hello {payload}", payload, requester=payload)))
    app = PmdeskApp(desk)
    async with app.run_test(size=(120, 30), notifications=True) as pilot:
        await until(pilot, lambda: f"Hello {payload}" in screen_text(app))
        await pilot.click("#request", offset=(4, 3))
        await pilot.press("slash", "x", "escape", "d")
        await until(pilot, lambda: isinstance(app.screen, KeepDialog) and app.focused)
        await pilot.press("p")
        await until(pilot, lambda: app._notifications)
        await until(pilot, lambda: "Kept #1" in screen_text(app))
        assert app.is_running


def plant(desk: Desk, text: str) -> None:
    """Puts text into the file that no entry would have let through."""
    import sqlite3

    db = sqlite3.connect(desk.path)
    db.execute("UPDATE request SET title = ?, body = ?, requester = ?", (text, text, text))
    db.commit()
    db.close()


@pytest.mark.parametrize("payload", CONTROLS)
async def test_control_characters_in_the_file_are_not_drawn(
    desk: Desk, until: Until, screen_text: ScreenText, payload: str
) -> None:
    desk.perform(Capture(RequestDraft("mail", "1", "harmless")))
    plant(desk, f"before{payload}after")
    app = PmdeskApp(desk)
    async with app.run_test(size=(120, 30)) as pilot:
        await until(pilot, lambda: screen_text(app).count("after") >= 3)
        drawn = screen_text(app).replace("\n", "")
        assert all(sign.isprintable() for sign in drawn), ascii(drawn)


class Terminal:
    """pmdesk in a terminal of its own."""

    def __init__(self, desk: Path, environment: dict[str, str]) -> None:
        self.mine, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pmdesk", "--desk", str(desk), "--today", "2025-06-13"],
            stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
            env={**os.environ, "TERM": "xterm-256color", **environment},
        )  # fmt: skip
        os.close(theirs)
        self.shown = b""

    def wait_for(self, text: bytes) -> None:
        end = time.monotonic() + 20
        while text not in self.shown:
            assert time.monotonic() < end, self.shown[-500:]
            self._read(0.2)

    def end(self) -> int:
        """Reads until the process is gone; its status."""
        while self._read(0.2) or self.process.poll() is None:
            pass
        os.close(self.mine)
        return self.process.wait(20)

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self.mine], [], [], seconds)
        try:
            some = os.read(self.mine, 65536) if ready else b""
        except OSError:  # the other end is closed
            return False
        self.shown += some
        return bool(some)


def closed(desk: Desk, *titles: str) -> Path:
    for number, title in enumerate(titles):
        desk.perform(Capture(RequestDraft("mail", str(number), title)))
    path = desk.path
    desk.close()
    return path


def test_no_byte_of_a_payload_reaches_the_terminal(desk: Desk) -> None:
    desk.perform(Capture(RequestDraft("mail", "1", "x", messages=(_message("x"), _message("y")))))
    plant(desk, "begin" + "".join(CONTROLS) + "finish")
    path = desk.path
    desk.close()
    terminal = Terminal(path, {})
    terminal.wait_for(b"finish")
    terminal.process.send_signal(signal.SIGTERM)
    terminal.end()
    for payload in (b"\x1b]52;c;", b"\xc2\x9b", "‮".encode(), "⁦".encode(), b"\x1b]0;title", b"\x00"):
        assert payload not in terminal.shown


def _message(body: str) -> MessageDraft:
    return MessageDraft(body, "Ann", "ann@example.com", body, None)


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 0)]
)
def test_a_signal_ends_it_and_leaves_the_terminal_as_it_was(
    desk: Desk, number: signal.Signals, status: int
) -> None:
    terminal = Terminal(closed(desk, "Waiting here"), {})
    terminal.wait_for(b"Waiting here")
    terminal.process.send_signal(number)
    assert terminal.end() == status
    assert b"\x1b[?1049h" in terminal.shown
    assert terminal.shown.rindex(b"\x1b[?1049l") > terminal.shown.rindex(b"\x1b[?1049h")
    assert b"Traceback" not in terminal.shown


CRASH = """
import sys
from pathlib import Path
from pmdesk.config import Clock
from pmdesk.desk import Desk
from pmdesk.ui.app import PmdeskApp

class Faulty(PmdeskApp):
    def _settle(self):
        secret = "CANARY customer text"
        raise ValueError(f"cannot read {secret}")

desk = Desk.open(Path(sys.argv[1]), Clock.system("UTC", "2025-06-13"))
app = Faulty(desk)
app.run(headless=True)
desk.close()
sys.exit(app.return_code or 0)
"""


def test_a_fault_says_one_line_without_customers_texts(desk: Desk) -> None:
    path = closed(desk, "CANARY title")
    ended = subprocess.run(
        [sys.executable, "-c", CRASH, str(path)], capture_output=True, text=True, timeout=60
    )
    assert ended.returncode == 1
    said = " ".join(ended.stderr.split())
    assert said.startswith("pmdesk stopped: a fault of the program (ValueError)")
    assert "CANARY" not in ended.stderr + ended.stdout
    logs = list(path.parent.glob("*.log"))
    assert logs, "where it happened is kept"
    assert "CANARY" not in logs[0].read_text("utf-8")


FIRST_PAINT = """
import sys
from pathlib import Path
from pmdesk.config import Clock
from pmdesk.desk import Desk
from pmdesk.ui.app import PmdeskApp

class Stopping(PmdeskApp):
    def _settle(self):
        titles = [row.title for row in self.workspace.inbox.requests._rows.values()]
        heavy = {"sqlmodel", "sqlalchemy", "pydantic"} & set(sys.modules)
        print(titles, sorted(heavy))
        self.exit()

desk = Desk.open(Path(sys.argv[1]), Clock.system("UTC", "2025-06-13"))
Stopping(desk).run(headless=True)
desk.close()
"""


def test_the_first_paint_shows_rows_and_has_loaded_no_orm(desk: Desk) -> None:
    path = closed(desk, "First on the screen")
    ended = subprocess.run(
        [sys.executable, "-c", FIRST_PAINT, str(path)], capture_output=True, text=True, timeout=60
    )
    assert ended.stdout == "['First on the screen'] []\n", ended.stderr
