"""A text in the person's own editor: nothing of it is lost, and the terminal is right again."""

from __future__ import annotations

import os
import pty
import re
import select
import shlex
import signal
import stat
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from textual import events
from textual.app import ComposeResult

from pmdesk.errors import RefusedError
from pmdesk.ui.editor import MOST, edit
from pmdesk.ui.widgets.text_field import TextField, TextLines

from .styled import Styled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.ui.conftest import ScreenText, Until

Editor = Callable[[str], None]


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Editor:
    """Makes $VISUAL a script; `path` is the file it is given."""

    def make(script: str) -> None:
        file = tmp_path / "my editor.py"
        file.write_text(
            "import os, sys, pathlib, signal\n"
            "assert len(sys.argv) == 2\npath = pathlib.Path(sys.argv[1])\n"
            "assert path.is_absolute()\n" + script
        )
        monkeypatch.setenv("VISUAL", shlex.join([sys.executable, "-S", "-E", str(file)]))

    return make


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "beside"
    made.mkdir(mode=0o700)
    return made


ORIGINAL = "We can't.\nGrüße"


def edited(folder: Path) -> tuple[str | None, str]:
    came = edit(ORIGINAL, folder, nullcontext)
    return came.text, came.problem


@pytest.mark.parametrize(
    ("script", "text"),
    [
        ("path.write_text(path.read_text('utf-8') + 'Ada\\n', 'utf-8')", ORIGINAL + "\nAda"),
        ("path.write_bytes(b'a\\r\\nb\\x1b[31m\\x9d')".replace("\\x9d", ""), "a\nb␛[31m"),
        ("path.write_text('')", ""),
        ("new = path.with_name('n'); new.write_text('by name'); new.replace(path)", "by name"),
        ("path.with_name('text.md~').write_text('old'); path.write_text('two files')", "two files"),
        ("pass", None),
        ("path.write_bytes(path.read_bytes().replace(b'\\n', b'\\r\\n'))", None),
    ],
)
def test_what_is_saved_comes_back_clean(
    editor: Editor, folder: Path, script: str, text: str | None
) -> None:
    editor(script)
    assert edited(folder) == (text, "")
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("script", "why", "kept"),
    [
        ("path.write_text('half'); sys.exit(3)", "ended with status 3", b"half"),
        ("sys.exit(1)", "ended with status 1", None),
        ("path.write_text('half'); os.kill(os.getpid(), 9)", "ended by signal 9", b"half"),
        ("path.write_bytes(b'caf\\xe9')", "wrote no UTF-8", b"caf\xe9"),
        ("path.unlink()", "left no file", None),
        ("path.unlink(); path.mkdir()", "left no file", None),
        ("path.unlink(); os.mkfifo(path)", "left no file", None),
        ("path.unlink(); path.symlink_to('/etc/passwd')", "left no file", None),
    ],
)
def test_the_text_stays_and_what_was_written_is_kept_aside(
    editor: Editor, folder: Path, script: str, why: str, kept: bytes | None
) -> None:
    editor(script)
    text, problem = edited(folder)
    assert text is None
    assert why in problem
    if kept is not None:
        (aside,) = folder.glob("editor-*/text.md")
        assert str(aside) in problem
        assert aside.read_bytes() == kept


def test_a_novel_is_cut_and_kept_whole(editor: Editor, folder: Path) -> None:
    editor(f"path.write_text('x' * {MOST + 5})")
    text, problem = edited(folder)
    assert text == "x" * MOST
    (aside,) = folder.glob("editor-*/text.md")
    assert "cut after 100,000 characters" in problem
    assert aside.stat().st_size == MOST + 5


def test_nobody_else_can_read_it(editor: Editor, folder: Path) -> None:
    before = os.umask(0)
    try:
        editor("print(oct(path.stat().st_mode), oct(path.parent.stat().st_mode), file=sys.stderr)\n"
               "new = path.with_name('n'); new.write_bytes(b'\\xff'); new.chmod(0o666)\n"
               "new.replace(path)\n"
               "assert (path.parent.stat().st_mode & 0o777) == 0o700")  # fmt: skip
        _text, problem = edited(folder)
    finally:
        os.umask(before)
    assert "no UTF-8" in problem
    (aside,) = folder.glob("editor-*/text.md")
    assert stat.S_IMODE(aside.stat().st_mode) == 0o600
    assert stat.S_IMODE(aside.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("name", ["no-such-editor-here --wait", "it's"])
def test_no_editor_is_a_sentence(monkeypatch: pytest.MonkeyPatch, folder: Path, name: str) -> None:
    monkeypatch.setenv("VISUAL", name)
    with pytest.raises(RefusedError, match=r"\$VISUAL"):
        edited(folder)
    monkeypatch.delenv("VISUAL")
    monkeypatch.delenv("EDITOR", raising=False)
    monkeypatch.setenv("PATH", str(folder))
    with pytest.raises(RefusedError, match=r"set \$EDITOR"):
        edited(folder)
    assert list(folder.iterdir()) == []


def test_where_none_is_named_a_usual_one_is_taken(
    monkeypatch: pytest.MonkeyPatch, folder: Path, tmp_path: Path
) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "vi").write_text('#!/bin/sh\necho by vi > "$1"\n')
    (programs / "vi").chmod(0o755)
    monkeypatch.setenv("VISUAL", " ")
    monkeypatch.delenv("EDITOR", raising=False)
    monkeypatch.setenv("PATH", str(programs))
    assert edited(folder) == ("by vi", "")


def test_a_folder_that_is_gone_is_no_reason_not_to_write(editor: Editor, folder: Path) -> None:
    editor("path.write_text('elsewhere')")
    assert edited(folder / "gone") == ("elsewhere", "")


def test_a_terminal_that_cant_be_given_away_leaves_nothing_behind(
    editor: Editor, folder: Path
) -> None:
    @contextmanager
    def refusing() -> Iterator[None]:
        raise OSError
        yield

    editor("pass")
    with pytest.raises(OSError):  # noqa: PT011
        edit(ORIGINAL, folder, refusing)
    assert list(folder.iterdir()) == []


def test_what_the_editor_alone_knows_of_stays_and_is_named(editor: Editor, folder: Path) -> None:
    editor("path.with_name('.text.md.swp').write_text('more'); path.write_text('saved')")
    text, problem = edited(folder)
    assert text == "saved"
    (swap,) = folder.glob("editor-*/.text.md.swp")
    assert str(swap) in problem


def test_the_file_stays_until_its_text_is_safe(editor: Editor, folder: Path) -> None:
    def take(text: str) -> bool:
        assert [one.read_text() for one in folder.glob("editor-*/text.md")] == [text]
        return text == "safe"

    for text in ("safe", "not safe"):
        editor(f"path.write_text('{text}')")
        assert edit(ORIGINAL, folder, nullcontext, take=take).text == text
    (file,) = folder.glob("editor-*/text.md")
    assert file.read_text() == "not safe"


# The field -----------------------------------------------------------------------------------


class Writing(Styled):
    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.field = TextField("reply", "your reply", text=text)

    def compose(self) -> ComposeResult:
        yield self.field

    def on_mount(self) -> None:
        self.field.take_focus()


class Giving(Writing):
    """Its terminal can be given away, as a test has none."""

    def suspend(self) -> AbstractContextManager[Any]:  # type: ignore[override]
        return nullcontext()


async def test_ctrl_e_and_back_and_undone(
    editor: Editor, until: Until, screen_text: ScreenText
) -> None:
    editor("path.write_text(path.read_text() + 'and more\\n\\x07')")
    app = Giving("first")
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.press("ctrl+e")
        await until(pilot, lambda: app.field.typed == "first\nand more\n␇")
        await pilot.press("!")
        await until(pilot, lambda: app.field.typed.endswith("␇!"))
        await pilot.press("ctrl+z", "ctrl+z")
        await until(pilot, lambda: app.field.typed == "first")
        editor("path.write_text('x'); sys.exit(2)")
        await pilot.press("ctrl+e")
        await until(pilot, lambda: "ended with status 2" in screen_text(app))
        assert app.field.typed == "first"


async def test_without_a_terminal_it_is_said(
    editor: Editor, until: Until, screen_text: ScreenText
) -> None:
    editor("pass")
    app = Writing("first")
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.press("ctrl+e")
        await until(pilot, lambda: "can't be given to an editor" in screen_text(app))
        assert app.field.typed == "first"


async def test_ten_million_characters_pasted(until: Until, screen_text: ScreenText) -> None:
    app = Writing()
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.press("a")
        app.post_message(events.Paste("\x1b[201~" + "word " * 2_000_000))
        await until(pilot, lambda: len(app.field.typed) == MOST)
        await until(pilot, lambda: "Only 100,000 characters fit" in screen_text(app))
        assert app.field.typed.startswith("a␛[201~word ")
        await pilot.press("ctrl+z")
        await until(pilot, lambda: app.field.typed == "a")


async def test_tab_leaves_the_field_and_a_draft_comes_back_clean(until: Until) -> None:
    app = Writing()
    async with app.run_test(size=(1, 1)) as pilot:
        app.field.fill("a\r\nb\x1b[/nope] [@click=app.quit]x[/]")
        await until(pilot, lambda: app.field.typed == "a\nb␛[/nope] [@click=app.quit]x[/]")
        await pilot.press("ctrl+z", "tab")
        assert app.field.typed.startswith("a\nb")
        assert app.query_one(TextLines).tab_behavior == "focus"


# The terminal --------------------------------------------------------------------------------

PROGRAM = """
import asyncio, signal, sys
from tests.ui.test_editor import Writing

class Ended(Writing):
    def on_mount(self):
        super().on_mount()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(
                number, lambda: self.exit(self.field.typed, 128))

app = Ended("first")
said = app.run()
print("TYPED", repr(said))
"""


class Terminal:
    """The field in a terminal of its own."""

    def __init__(self) -> None:
        self.mine, self.theirs = pty.openpty()
        self.mode = termios.tcgetattr(self.theirs)
        self.shown = b""
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM], stdin=self.theirs, stdout=self.theirs,
            stderr=self.theirs, cwd=Path(__file__).parents[2], preexec_fn=self._own,
            env={**os.environ, "TERM": "xterm-256color"},
        )  # fmt: skip

    def _own(self) -> None:
        os.setsid()
        os.close(os.open(os.ttyname(self.theirs), os.O_RDWR))  # its own controlling terminal

    def type(self, keys: bytes) -> None:
        os.write(self.mine, keys)

    def wait_for(self, text: bytes) -> bytes:
        """What was shown up to the text and with it; it is forgotten."""
        end = time.monotonic() + 20
        while text not in self.shown:
            assert time.monotonic() < end, self.shown[-800:]
            if select.select([self.mine], [], [], 0.1)[0]:
                self.shown = STYLE.sub(b"", self.shown + os.read(self.mine, 65536))
        before, _, self.shown = self.shown.partition(text)
        return before + text

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self.mine)
        os.close(self.theirs)


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    made = Terminal()
    yield made
    made.close()


STYLE = re.compile(rb"\x1b\[[0-9;]*m")
IN, OUT = b"\x1b[?1049h", b"\x1b[?1049l"
ASKING = """os.write(1, b'EDITOR')
line = os.read(0, 99).decode().strip()
path.write_text('got ' + line)
"""


def test_the_terminal_is_the_editors_and_then_ours_again(
    editor: Editor, request: pytest.FixtureRequest
) -> None:
    # ctrl+c is the editor's: this one goes on, and so does the program
    editor("signal.signal(signal.SIGINT, lambda *_: os.write(1, b'HEARD'))\n" + ASKING)
    terminal: Terminal = request.getfixturevalue("terminal")
    terminal.wait_for(b"first")
    terminal.type(b"\x05")
    given = terminal.wait_for(b"EDITOR")
    assert OUT in given
    assert IN not in given.partition(OUT)[2]
    assert termios.tcgetattr(terminal.theirs)[3] & termios.ICANON
    terminal.type(b"\x03")
    terminal.wait_for(b"HEARD")
    terminal.type(b"a line\n")
    assert IN in terminal.wait_for(b"got a")
    assert not termios.tcgetattr(terminal.theirs)[3] & termios.ICANON
    terminal.type(b"!")
    terminal.wait_for(b"!")
    terminal.process.send_signal(signal.SIGTERM)
    terminal.wait_for(b"TYPED 'got a line!'")
    terminal.process.wait(20)
    assert termios.tcgetattr(terminal.theirs) == terminal.mode


def test_a_signal_while_the_editor_runs_loses_neither_text(
    editor: Editor, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    editor("path.write_text('half a sentence')\n" + ASKING)
    terminal: Terminal = request.getfixturevalue("terminal")
    terminal.wait_for(b"first")
    terminal.type(b"\x05")
    terminal.wait_for(b"EDITOR")
    terminal.process.send_signal(signal.SIGTERM)
    terminal.wait_for(b"TYPED 'first'")
    terminal.process.wait(20)
    (aside,) = tmp_path.glob("editor-*/text.md")
    assert aside.read_text() == "half a sentence"
    assert termios.tcgetattr(terminal.theirs) == terminal.mode
