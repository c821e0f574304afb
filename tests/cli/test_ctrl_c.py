"""ctrl+c: what was begun is finished, and what is said afterwards is true."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pmdesk.cli import ctrl_c, steps
from pmdesk.cli.desks import open_desk
from pmdesk.desk import Desk
from pmdesk.errors import RefusedError

if TYPE_CHECKING:
    from tests.cli.conftest import Pmdesk

_SAYS_WHEN = """
import sys
from pmdesk import cli
from pmdesk.desk import Desk
def saying(change):
    def said(*given):
        print("handed over", flush=True)
        return change(*given)
    return said
for name in ("undo", "redo", "perform", "load", "collect"):
    setattr(Desk, name, saying(getattr(Desk, name)))
sys.exit(cli.main(sys.argv[1:]))
"""


@contextmanager
def locked(desk: Path) -> Iterator[None]:
    """Another pmdesk is writing to the desk."""
    with Path(f"{desk}.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def interrupted(desk: Path, handed_over: int, *words: str | Path) -> tuple[int, str, str]:
    """A command interrupted while it waits for the lock, after so many changes were begun."""
    command = [sys.executable, "-c", _SAYS_WHEN, "--desk", str(desk), *map(str, words)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stderr
        with locked(desk):
            for _change in range(handed_over):
                assert process.stdout.readline() == "handed over\n"
            for _hit in range(2):  # people hit it again
                process.send_signal(signal.SIGINT)
            waits = process.stderr.readline()
        out, err = process.communicate(timeout=60)
    assert waits == "pmdesk: ctrl+c: one moment, a change that was begun is finished first.\n"
    return process.returncode, out, err


@pytest.fixture
def used(pmdesk: Pmdesk, mbox: Path, tmp_path: Path) -> Path:
    """A desk with one step."""
    desk = tmp_path / "desk.db"
    pmdesk("--desk", desk, "import", mbox)
    return desk


def states(pmdesk: Pmdesk, desk: Path) -> list[str]:
    return [step["state"] for step in json.loads(pmdesk("--desk", desk, "history", "--json").out)]


def test_an_undo_that_was_begun_is_done_and_told(pmdesk: Pmdesk, used: Path) -> None:
    status, out, err = interrupted(used, 2, "undo")
    assert (status, err) == (130, "pmdesk: interrupted, but the step was taken back.\n")
    assert out.startswith("Taken back: Import inbox.mbox")
    assert states(pmdesk, used) == ["undone"]


def test_an_import_that_was_begun_is_done_and_told(
    pmdesk: Pmdesk, used: Path, tmp_path: Path
) -> None:
    mail = tmp_path / "more.eml"
    mail.write_text("From: Ana <ana@polar.example>\nSubject: One more\nMessage-ID: <9@x>\n\nText\n")
    status, _out, err = interrupted(used, 2, "import", mail)
    assert (status, err) == (130, "pmdesk: interrupted, but the import was made.\n")
    assert "One more" in pmdesk("--desk", used, "inbox").out


def test_a_collection_that_was_begun_is_told_of_an_interrupted_command(
    pmdesk: Pmdesk, used: Path
) -> None:
    pmdesk("--desk", used, "add", "From the box")
    status, out, err = interrupted(used, 1, "undo")
    assert status == 130
    assert out == ""
    assert err == "pmdesk: interrupted, but what waited in the drop box was collected.\n"
    assert states(pmdesk, used) == ["done", "done"]


def test_an_interrupt_before_any_change_says_so(
    pmdesk: Pmdesk, used: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(arguments: Namespace) -> int:
        with open_desk(arguments):
            raise KeyboardInterrupt

    monkeypatch.setattr(steps, "history", interrupt)
    ran = pmdesk("--desk", used, "history")
    assert ran.status == 130
    assert ran.err == "pmdesk: interrupted: nothing was changed by this command.\n"


def test_an_interrupt_after_the_change_says_what_was_done(
    pmdesk: Pmdesk, used: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_desk: Desk) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Desk, "close", interrupt)
    ran = pmdesk("--desk", used, "undo")
    assert (ran.status, ran.err) == (130, "pmdesk: interrupted, but the step was taken back.\n")


def test_what_refuses_the_change_is_said_rather_than_the_interrupt(
    pmdesk: Pmdesk, used: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pmdesk("--desk", used, "undo")
    undo = Desk.undo

    def interrupted_undo(desk: Desk) -> object:
        os.kill(os.getpid(), signal.SIGINT)
        return undo(desk)

    monkeypatch.setattr(Desk, "undo", interrupted_undo)
    ran = pmdesk("--desk", used, "undo")
    assert ran.status == 1
    assert ran.err.endswith("pmdesk: There is nothing to undo.\n")
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_an_interrupt_is_not_lost_where_the_drop_box_is_in_trouble(
    pmdesk: Pmdesk, used: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted_collect(_desk: Desk) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        raise RefusedError("One file is in the way.")

    monkeypatch.setattr(Desk, "collect", interrupted_collect)
    ran = pmdesk("--desk", used, "undo")
    assert (ran.status, ran.out) == (130, "")
    assert "as far as it could be" in ran.err
    monkeypatch.undo()
    assert states(pmdesk, used) == ["done"]


def test_an_interrupt_that_is_ignored_stays_ignored() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with ctrl_c.finishing():
            os.kill(os.getpid(), signal.SIGINT)
        assert signal.getsignal(signal.SIGINT) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)
