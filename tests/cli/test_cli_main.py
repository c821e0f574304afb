"""What holds for every command: help, options, errors in one sentence, exit statuses."""

from __future__ import annotations

import stat
import subprocess
import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pmdesk import __version__, cli
from pmdesk.cli import steps
from pmdesk.errors import RefusedError

if TYPE_CHECKING:
    from tests.cli.conftest import Pmdesk

COMMANDS = cli.commands().names()
SECRET = "Northmoor pays too little"


def test_version(pmdesk: Pmdesk) -> None:
    ran = pmdesk("--version")
    assert (ran.status, ran.out) == (0, f"pmdesk {__version__}\n")


def test_help_lists_every_command(pmdesk: Pmdesk) -> None:
    ran = pmdesk("--help")
    assert ran.status == 0
    for command in COMMANDS:
        assert f"\n    {command} " in ran.out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_an_example(pmdesk: Pmdesk, command: str) -> None:
    ran = pmdesk(command, "--help")
    assert ran.status == 0
    assert f"example:\n  pmdesk {command}" in ran.out
    assert "--desk FILE" in ran.out
    assert "--today DATE" in ran.out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["imprt"], "pmdesk: there is no command “imprt”; did you mean “import”?\n"),
        (["import"], "pmdesk: the following arguments are required: PATH; "),
        (["inbox", "nwe"], "pmdesk: there is no VIEW “nwe”; did you mean “new”?\n"),
        (["history", "-n", "many"], "pmdesk: argument -n: “many” is not a number from 1 to "),
        (["history", "-n", "0"], "pmdesk: argument -n: “0” is not a number from 1 to "),
        (["inbox", "--colour"], "pmdesk: unrecognized arguments: --colour; "),
        (["it's"], "pmdesk: there is no command “it's”; there are demo, "),
        (["--desk"], "pmdesk: argument --desk: expected one argument; "),
        (["\x1b]0;gone\x07"], "pmdesk: there is no command “\\x1b]0;gone\\x07”; there are demo, "),
    ],
)
def test_a_slip_is_one_sentence_and_status_2(
    pmdesk: Pmdesk, words: list[str], sentence: str
) -> None:
    ran = pmdesk(*words)
    assert ran.status == 2
    assert ran.out == ""
    assert ran.err.startswith(sentence)
    assert ran.err.count("\n") == 1


def test_desk_is_taken_before_and_after_the_command(pmdesk: Pmdesk, tmp_path: Path) -> None:
    before, after = tmp_path / "before.db", tmp_path / "after.db"
    assert pmdesk("--desk", before, "inbox").status == 0
    assert pmdesk("inbox", "--desk", after).status == 0
    assert before.exists()
    assert after.exists()


def test_today_is_taken_before_and_after_the_command(pmdesk: Pmdesk) -> None:
    for words in (["--today", "2025-06-13", "config"], ["config", "--today", "2025-06-13"]):
        assert "2025-06-13" in pmdesk(*words).out


def test_a_day_that_is_none_is_told(pmdesk: Pmdesk) -> None:
    ran = pmdesk("inbox", "--today", "someday")
    assert ran.status == 1
    assert ran.err.startswith("pmdesk: “someday” is no date")


def test_a_desk_that_is_not_there_is_told_in_one_sentence(pmdesk: Pmdesk, tmp_path: Path) -> None:
    ran = pmdesk("history", "--desk", tmp_path / "nowhere.db")
    assert ran.status == 1
    assert ran.err == f"pmdesk: There is no desk at {tmp_path / 'nowhere.db'}.\n"
    assert not (tmp_path / "nowhere.db").exists()


def fail_with(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def fail(_arguments: Namespace) -> int:
        text = SECRET  # noqa: F841  # a variable that must not be logged
        raise error

    monkeypatch.setattr(steps, "history", fail)


def test_a_fault_is_logged_without_any_text(
    pmdesk: Pmdesk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fail_with(monkeypatch, ValueError(SECRET))
    ran = pmdesk("history")
    log = tmp_path / "data" / "pmdesk" / "pmdesk.log"
    assert ran.status == 1
    assert ran.err.startswith("pmdesk: something went wrong in pmdesk itself (ValueError); ")
    assert str(log) in ran.err
    assert ran.err.count("\n") == 1
    logged = log.read_text()
    assert "builtins.ValueError" in logged
    assert "pmdesk/cli/__init__.py:" in logged
    assert SECRET not in logged + ran.err + ran.out
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_an_error_of_the_system_is_named(pmdesk: Pmdesk, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_with(monkeypatch, OSError(28, "No space left on device"))
    ran = pmdesk("history")
    assert ran.status == 1
    assert "the system refused something (No space left on device)" in ran.err


def test_an_error_of_the_system_names_its_file_but_the_log_does_not(
    pmdesk: Pmdesk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fail_with(monkeypatch, OSError(13, "Permission denied", SECRET))
    ran = pmdesk("history")
    assert ran.err.startswith(f"pmdesk: the system refused {SECRET} (Permission denied); ")
    assert SECRET not in (tmp_path / "data" / "pmdesk" / "pmdesk.log").read_text()


def test_an_interrupt_is_130(pmdesk: Pmdesk, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_with(monkeypatch, KeyboardInterrupt())
    assert pmdesk("history").status == 130


def test_a_refusal_is_cleaned(pmdesk: Pmdesk, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_with(monkeypatch, RefusedError("No \x1b[31mred\x1b[0m here."))
    assert pmdesk("history").err == "pmdesk: No ␛[31mred␛[0m here.\n"


def test_a_sentence_is_one_line(pmdesk: Pmdesk, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_with(monkeypatch, RefusedError("*** in database main ***\nTree 5 page  7: unused"))
    assert pmdesk("history").err == "pmdesk: *** in database main *** Tree 5 page  7: unused\n"


def run_apart(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pmdesk", *words],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_workspace_needs_a_terminal(tmp_path: Path) -> None:
    ran = run_apart("--desk", str(tmp_path / "desk.db"))
    assert ran.returncode == 1
    assert ran.stderr.startswith("pmdesk: The workspace needs a terminal; ")


def test_the_inbox_needs_no_orm() -> None:
    run_apart("inbox")
    program = (
        "import sys; from pmdesk import cli; cli.main(['inbox']);"
        "print([name for name in ('sqlmodel', 'sqlalchemy', 'textual') if name in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert ran.stdout.splitlines()[-1] == "[]"
