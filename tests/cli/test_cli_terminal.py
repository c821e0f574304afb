"""The workspace opened in a terminal by the commands that open it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from ..terminal import Terminal


def opened(*words: str) -> Terminal:
    return Terminal([sys.executable, "-m", "pmdesk", *words])


@pytest.mark.parametrize(
    ("words", "until", "file"),
    [([], "2 Inbox", "desk.db"), (["demo"], "Harbourlight", "demo.db")],
)
def test_the_first_run_makes_the_desk_and_q_leaves_it(
    tmp_path: Path, words: list[str], until: str, file: str
) -> None:
    for _run in ("the first", "and again"):
        with opened(*words) as terminal:
            terminal.wait_for(until)
            terminal.type("q")
            assert terminal.end() == 0
        assert (tmp_path / "data" / "pmdesk" / file).exists()


def test_a_desk_that_cannot_be_opened_never_reaches_the_screen(tmp_path: Path) -> None:
    (tmp_path / "desk.db").write_text("no desk at all, but long enough to be looked at" * 9)
    with opened("--desk", str(tmp_path / "desk.db")) as terminal:
        assert terminal.end() == 1
    assert b"is not a desk" in terminal.shown
    assert b"\x1b[?1049h" not in terminal.shown


def test_the_example_is_opened_from_the_empty_desk(tmp_path: Path) -> None:
    with opened() as terminal:
        terminal.wait_for("look around in Harbourlight")
        terminal.type("h")
        terminal.wait_for("board pack")
        terminal.wait_for("“pmdesk” opens your own")
        terminal.type("q")
        assert terminal.end() == 0
    assert {"desk.db", "demo.db"} <= {file.name for file in (tmp_path / "data/pmdesk").iterdir()}
