"""Text of a stranger can neither act, nor end the program, nor reach the terminal as control."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pmdesk.desk import Desk
from pmdesk.requests.actions import Capture, RequestDraft
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


def closed(desk: Desk, *titles: str) -> Path:
    for number, title in enumerate(titles):
        desk.perform(Capture(RequestDraft("mail", str(number), title)))
    path = desk.path
    desk.close()
    return path


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
