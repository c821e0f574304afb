"""The workspace opened in a terminal by the commands that open it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ..terminal import Terminal

IN_TERMINAL = Path(__file__).parents[1] / "packaging" / "in_terminal.py"


def open_and_quit(until: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Run pmdesk on a terminal of 80×24 until `until` shows, then press `q`."""
    command = [sys.executable, str(IN_TERMINAL), "--until", until, "--keys", "q"]
    return subprocess.run(
        [*command, "--seconds", "60", "--", sys.executable, "-m", "pmdesk", *words],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("words", "until", "file"),
    [([], "2 Inbox", "desk.db"), (["demo"], "Harbourlight", "demo.db")],
)
def test_the_first_run_makes_the_desk_and_q_leaves_it(
    tmp_path: Path, words: list[str], until: str, file: str
) -> None:
    for _run in ("the first", "and again"):
        ran = open_and_quit(until, *words)
        assert ran.returncode == 0, ran.stderr
        assert (tmp_path / "data" / "pmdesk" / file).exists()


def test_a_desk_that_cannot_be_opened_never_reaches_the_screen(tmp_path: Path) -> None:
    (tmp_path / "desk.db").write_text("no desk at all, but long enough to be looked at" * 9)
    ran = open_and_quit("is not a desk", "--desk", str(tmp_path / "desk.db"))
    assert ran.returncode == 1


def test_the_example_is_opened_from_the_empty_desk(tmp_path: Path) -> None:
    with Terminal([sys.executable, "-m", "pmdesk"], (80, 24)) as terminal:
        terminal.wait_for("look around in Harbourlight")
        terminal.type("h")
        terminal.wait_for("board pack")
        terminal.type("q")
        assert terminal.end() == 0
    assert {"desk.db", "demo.db"} <= {file.name for file in (tmp_path / "data/pmdesk").iterdir()}
