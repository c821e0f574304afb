"""Standard streams that are closed, full, or listened to by nobody."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

NEEDS_FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")


def in_shell(line: str) -> subprocess.CompletedProcess[str]:
    """`pmdesk …` as a shell runs it."""
    return subprocess.run(
        ["sh", "-c", f'"$0" -m {line}', sys.executable],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("command", ["inbox", "export", "history --json", "--help", "add Text"])
def test_closed_output_is_no_fault(command: str) -> None:
    in_shell("pmdesk inbox")
    ran = in_shell(f"pmdesk {command} >&-")
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.parametrize("command", ["history", "add", "imprt"])
def test_remarks_never_go_to_the_results(command: str) -> None:
    ran = in_shell(f"pmdesk {command} 2>&-")
    assert ran.returncode in (1, 2)
    assert ran.stdout == ""


def test_no_file_of_the_desk_gets_the_number_of_a_closed_stream(tmp_path: Path) -> None:
    program = (
        "import os, sys; from pmdesk import __main__, cli; "
        "cli.main = lambda argv: print(os.open('x', os.O_CREAT | os.O_RDWR)) or 0; "
        "sys.argv = ['pmdesk']; __main__.main()"
    )
    ran = subprocess.run(
        ["sh", "-c", '"$0" -c "$1" <&- 2>&-', sys.executable, program],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    assert int(ran.stdout) > 2


@NEEDS_FULL
@pytest.mark.parametrize("command", ["config", "export", "inbox"])
def test_a_full_disk_behind_the_output_is_told(command: str) -> None:
    in_shell("pmdesk inbox")
    ran = in_shell(f"pmdesk {command} >/dev/full")
    assert ran.returncode == 1
    assert ran.stderr == "pmdesk: standard output can't be written: No space left on device.\n"


@NEEDS_FULL
def test_a_full_disk_behind_the_remarks_changes_no_status() -> None:
    assert in_shell("pmdesk history 2>/dev/full").returncode == 1


@pytest.mark.parametrize("command", ["--help", "inbox", "history --desk none.db"])
@pytest.mark.parametrize("closed", ["stdout", "stderr"])
def test_a_closed_pipe_is_quiet(command: str, closed: str) -> None:
    in_shell("pmdesk inbox")
    reading, writing = os.pipe()
    os.close(reading)
    ran = subprocess.run(
        [sys.executable, "-m", "pmdesk", *command.split()],
        stdout=writing if closed == "stdout" else subprocess.PIPE,
        stderr=writing if closed == "stderr" else subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writing)
    if "none.db" in command:
        assert ran.returncode == 1
    else:
        assert ran.returncode in (0, 141)
        assert not ran.stderr
