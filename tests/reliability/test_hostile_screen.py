"""A desk full of hostile text, walked through in a terminal: not a byte of it acts."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterable
from pathlib import Path

import pytest

from ..terminal import Terminal, workspace

HOSTILE = (
    "[/nope]", "[/", "[x=", "[type=x, v={'a[0]'}]", "[@click=app.quit]leave[/]",
    "[link=file:///etc/passwd]link[/]", "\x1b]0;pwned\x07", "\x1b]8;;https://pwned\x1b\\here",
    "\x1b]52;c;cHduZWQ=\x07", "\x1bPpwned\x1b\\", "\x1b[2J\x1b[41m", "\x1b[?1000h", "\x9b31mred",
    "\x9d0;pwned\x9c", "NUL\x00 DEL\x7f BEL\x07", "line\u2028para\u2029nel\x85",
    "\ufeffmark", "\u202egpj.exe\u202c",
    "\u2066isolate\u2069", "\u200b\u200b", "e\u0301" * 30 + "\u0301" * 30, "👩‍👩‍👧‍👦🇩🇪⚠️",
    "שלום עולם", "\ufdfd\ufdfd", "日本語" * 20, "\r\nover", "tab\tbs\x08\x08",
)  # fmt: skip
"""Inputs 49 to 54 of the list of bad inputs."""

COLUMNS = {
    "desk": ["name", "vision"],
    "market": ["name"],
    "account": ["name"],
    "account_alias": ["alias"],
    "node": ["statement"],
    "requirement": ["statement"],
    "product": ["name", "vision"],
    "solution": ["name", "value_statement"],
    "evidence": ["quote", "person"],
    "metric": ["name", "unit"],
    "reading": ["note"],
    "owner": ["name", "person"],
    "category": ["name"],
    "request": ["title", "body", "requester", "address", "topic", "reply", "reason_text"],
    "message": ["sender", "address", "body"],
    "step": ["words"],
}


@pytest.fixture
def hostile_desk(demo_file: Path, tmp_path: Path) -> Path:
    """The example with a hostile text in every text it has, put there past every check."""
    path = tmp_path / "hostile.db"
    shutil.copy(demo_file, path)
    db = sqlite3.connect(path)
    for table, columns in COLUMNS.items():
        for (row,) in db.execute(f"SELECT id FROM {table}").fetchall():
            for place, column in enumerate(columns):
                text = f"{row} before {HOSTILE[(row + place) % len(HOSTILE)]} after"
                db.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", (text, row))
    for index in (
        "request_text",
        "message_text",
        "node_text",
        "requirement_text",
        "evidence_text",
    ):
        db.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")
    db.commit()
    db.close()
    path.chmod(0o600)
    return path


FORBIDDEN = {
    "an operating system command of the data": rb"\x1b\][0-9;]*[^\x1b\x07]*(?:pwned|passwd)",
    "a clipboard of the data": rb"\x1b\]52;[a-z]*;cHduZWQ=",
    "a device string of the data": rb"\x1bPpwned",
    "C1 controls": rb"\xc2[\x80-\x9f]",
    "NUL or DEL": rb"[\x00\x7f]",
    "separators of lines": rb"\xe2\x80[\xa8\xa9]",
    "turns of direction": rb"\xe2\x80[\x8e\x8f\xaa-\xae]|\xe2\x81[\xa6-\xa9]",
    "backspaces": rb"\x08",
}


def check(terminal: Terminal) -> None:
    for name, pattern in FORBIDDEN.items():
        found = re.search(pattern, terminal.shown)
        assert not found, f"{name}: {terminal.shown[found.start() - 80 : found.end() + 40]!r}"
    assert b"fault of pmdesk" not in terminal.shown
    assert b"Traceback" not in terminal.shown
    assert terminal.process.poll() is None, "nothing of the data ends the program"


LISTS = (
    *("]" + "j" * 6 + "\r" + "jjG\x1b" for _ in range(6)),  # each view, with its detail
    "1" + "j" * 25, "z", "hhll", "z", "y", "\x1b",
    "3<>.", "y", "\x1b", "2",
)  # fmt: skip
VIEWS = tuple(f"]g{'jl' * 9}\r{'j' * 12}\x1b" for _ in range(4))
"""The views of the customers, with what stands beside a thing."""
PAGES = (
    "T\x1b", "!jj", "s\x1b", "\x1b", "P", "b\x1b", "\x1b", "V\x1b",
    "I", "\r", "f", "\x1b\x1b", "\x1b\x1b",
    "n\x1b", "e\x1b", "aa\x1b\x1b", "M\x1b", "C\x1b", "S\x1b", "R\x1b", "A\x1b", "y\x1b", "D", "u",
)  # fmt: skip
"""What opens over a goal."""
HEADINGS = (
    "Trace of G1", "Gaps", "Put off", "Priorities", "Referee brief", "Value of", "Interview",
    "File the answers", "Note what was heard", "Edit the goal", "Move G1", "Add a solution",
    "Add a branch", "Taken back",
)  # fmt: skip
DIALOGS = (
    "v\x1b",
    "/before\r", "\x1b", "d\x1b", "s\x1b", "r\x1b",
    "dp", "u", "\x12",  # a verdict and its toast, undo, redo
    "xx", "y", "\x1b", "\x1b",
    "c", "\x1b[200~[/nope] \x1b]0;pwned\x07 @[/x] \x9b31m\x1b[201~", "\r",
    "c@be", "\x1b", "\x18",
    "?before", "\x1b", "\x1b",
    "\x10before", "\x1b", "\x1b",
)  # fmt: skip


def test_nothing_of_a_hostile_desk_acts_anywhere(hostile_desk: Path) -> None:
    with workspace(hostile_desk, size=(200, 60)) as terminal:
        terminal.wait_for("before")
        walk(terminal, (*LISTS, "1", *VIEWS, "ggj", *PAGES))
        for heading in HEADINGS:
            assert heading.encode() in terminal.shown, f"{heading} was not opened"
        terminal.type("2")
        terminal.resize((80, 24))
        walk(terminal, DIALOGS)
        for other in ((1, 1), (40, 10), (500, 200), (80, 24)):
            terminal.resize(other)
            walk(terminal, "j")
        terminal.type("q")
        assert terminal.end() == 0


def walk(terminal: Terminal, steps: Iterable[str]) -> None:
    terminal.rest(0.12)
    for keys in steps:
        terminal.type(keys)
        terminal.rest(0.12)
        check(terminal)
