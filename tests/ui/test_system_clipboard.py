"""The system's clipboard: what is said to be copied is copied, and nothing hangs."""

from __future__ import annotations

import asyncio
import os
import shutil
import stat
import sys
import time
from pathlib import Path

import pytest
from tests.terminal import Terminal
from textual.app import App

from pmdesk.ui import system_clipboard
from pmdesk.ui.system_clipboard import Copied, SystemClipboard

_XCLIP = """#!/bin/sh
echo "Error: can't open display" >&2
for last; do :; done
if [ "$last" = -o ]; then exec cat "$BOARD"; fi
cat >"$BOARD"
"""
_FAILING = '#!/bin/sh\necho "Error: can\'t open display" >&2\nexit 1\n'
_HANGING = '#!/bin/sh\necho $$ >"$BOARD"\nexec sleep 600\n'


@pytest.fixture
def board(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desktop whose only clipboard program is the one a test puts there."""
    for name in ("WAYLAND_DISPLAY", "SSH_CONNECTION", "SSH_TTY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    monkeypatch.setenv("BOARD", str(tmp_path / "board"))
    # what hangs is told from what is slow by the tests of what hangs alone
    monkeypatch.setattr(system_clipboard, "_PATIENCE", 60)
    (tmp_path / "bin").mkdir()
    return tmp_path / "board"


def install(board: Path, program: str) -> None:
    for name in ("xclip", "xsel"):
        file = board.parent / "bin" / name
        file.write_text(program, "utf-8")
        file.chmod(0o755)


class Sent(App[None]):
    """Keeps what the terminal was sent."""

    sent = ""

    def copy_to_clipboard(self, text: str) -> None:
        self.sent += text


def clipboard(board: Path) -> tuple[SystemClipboard, Sent]:
    terminal = Sent()
    return SystemClipboard(terminal, board.parent / "data"), terminal


async def test_a_copy_is_on_the_clipboard_in_the_terminal_and_in_a_private_file(
    board: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    install(board, _XCLIP)
    ours, terminal = clipboard(board)
    copied = await ours.write("Grüße 🚀\nfrom Tromsø")
    file = board.parent / "data" / "last-copy.md"
    assert copied == Copied(19, "clipboard", file)
    assert board.read_text("utf-8") == terminal.sent == "Grüße 🚀\nfrom Tromsø"
    assert file.read_text("utf-8") == "Grüße 🚀\nfrom Tromsø"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert await ours.read() == "Grüße 🚀\nfrom Tromsø"
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("program", [None, _FAILING])
async def test_without_a_clipboard_it_is_the_terminal_that_may_have_it(
    board: Path, program: str | None, capfd: pytest.CaptureFixture[str]
) -> None:
    if program:
        install(board, program)
    ours, terminal = clipboard(board)
    copied = await ours.write("a text")
    assert copied.way == "terminal"
    assert terminal.sent == "a text"
    assert "which may have taken" in copied.sentence
    assert await ours.read() == ""
    assert capfd.readouterr() == ("", "")


async def test_a_program_that_takes_the_text_and_loses_it_is_not_believed(board: Path) -> None:
    install(board, "#!/bin/sh\ncat >/dev/null\n")
    ours, _ = clipboard(board)
    assert (await ours.write("a text")).way == "terminal"


async def test_a_hanging_program_is_given_up_and_leaves_no_process(
    board: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(board, _HANGING)
    ours, _ = clipboard(board)
    async with asyncio.timeout(120):
        for patience in (0.5, 2, 8, 32):  # a busy machine takes long to come as far as the program
            monkeypatch.setattr(system_clipboard, "_PATIENCE", patience)
            assert (await ours.write("a text")).way == "terminal"
            if _asked(board):
                break
        number = int(board.read_text("utf-8"))
        assert await ours.read() == ""
        while _runs(number):
            await asyncio.sleep(0)


def _asked(board: Path) -> bool:
    """Whether the program that hangs has said its number."""
    return board.exists() and board.read_text("utf-8").endswith("\n")


def _runs(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{number}/stat")  # a process nobody has waited for is gone all the same
    return not status.exists() or ") Z " not in status.read_text("utf-8")


async def test_over_ssh_the_clipboard_of_the_far_machine_is_left_alone(
    board: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(board, _XCLIP)
    monkeypatch.setenv("SSH_CONNECTION", "10.0.0.1 5000 10.0.0.2 22")
    ours, terminal = clipboard(board)
    assert (await ours.write("a text")).way == "terminal"
    assert terminal.sent == "a text"
    assert not board.exists()
    assert await ours.read() == ""


@pytest.mark.parametrize(("text", "term"), [("ü" * 40_000, "xterm"), ("a text", "linux")])
async def test_what_the_terminal_would_not_take_is_in_the_file(
    board: Path, monkeypatch: pytest.MonkeyPatch, text: str, term: str
) -> None:
    monkeypatch.setenv("TERM", term)
    ours, terminal = clipboard(board)
    copied = await ours.write(text)
    assert terminal.sent == ""
    assert copied.way == "none"
    assert copied.sentence.startswith("No clipboard here: ")
    assert copied.file is not None
    assert copied.file.read_text("utf-8") == text


async def test_a_folder_that_cannot_be_written_is_no_crash(board: Path) -> None:
    install(board, _XCLIP)
    (board.parent / "data").write_text("in the way", "utf-8")
    ours, _ = clipboard(board)
    assert (await ours.write("x")).sentence == "Copied 1 character."


def test_the_file_is_named_as_one_would_write_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ada")
    copied = Copied(1320, "clipboard", Path("/home/ada/.local/share/pmdesk/last-copy.md"))
    assert copied.sentence == "Copied 1,320 characters; also in ~/.local/share/pmdesk/last-copy.md"


def test_a_hanging_clipboard_holds_up_neither_a_key_nor_the_end(
    board: Path, demo_file: Path, tmp_path: Path
) -> None:
    install(board, _HANGING.replace("#!/bin/sh", "#!/bin/sh\necho ugly >&2"))
    desk = tmp_path / "harbourlight.db"
    shutil.copy(demo_file, desk)
    desk.chmod(0o600)
    command = [sys.executable, "-m", "pmdesk", "--desk", str(desk), "--today", "2025-06-13"]
    with Terminal(command, (120, 30)) as terminal:
        terminal.wait_for("Figures for Monday")
        terminal.wait_for("u takes back")
        end = time.monotonic() + 30
        while not _asked(board):  # a busy machine may take longer than a clipboard is given
            assert time.monotonic() < end
            terminal.type("yy")
            again = time.monotonic() + 3
            while time.monotonic() < again and not _asked(board):
                terminal.read(0.05)
        terminal.type("q")
        assert terminal.end() == 0
        assert b"\x1b]52;c;" in terminal.shown
        assert b"ugly" not in terminal.shown
        assert b"Traceback" not in terminal.shown
        assert b"that handles pid" not in terminal.shown
