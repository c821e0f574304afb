"""Paths as typed: empty, too long, forbidden, or those of the desk itself."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Pmdesk

TOO_LONG = "x" * 300


@pytest.mark.parametrize(
    "words",
    [
        ["--desk", "", "inbox"],
        ["--desk=", "inbox"],
        ["inbox", "--desk", " "],
        ["--today", "", "config"],
        ["config", "--today="],
        ["inbox", "--search", ""],
        ["import", ""],
        ["export", ""],
        ["backup", ""],
        ["restore", ""],
        ["--desk", "", "add", "Text"],
    ],
)
def test_an_empty_value_is_a_slip(pmdesk: Pmdesk, tmp_path: Path, words: list[str]) -> None:
    ran = pmdesk(*words)
    assert ran.status == 2
    assert ran.out == ""
    assert ran.err.count("\n") == 1
    assert not (tmp_path / "data").exists()


def test_an_empty_variable_is_one_that_is_not_set(
    pmdesk: Pmdesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PMDESK_DESK", "")
    monkeypatch.setenv("PMDESK_TODAY", "")
    assert "default" in pmdesk("config").out


@pytest.mark.parametrize(
    "words",
    [
        ["--desk", TOO_LONG, "inbox"],
        ["--desk", TOO_LONG, "history"],
        ["--desk", TOO_LONG, "doctor"],
        ["--desk", TOO_LONG, "demo"],
        ["--desk", TOO_LONG, "restore", "backup.db"],
        ["import", TOO_LONG],
        ["import", "--dry-run", TOO_LONG],
        ["export", TOO_LONG],
        ["backup", TOO_LONG],
        ["restore", TOO_LONG],
    ],
)
def test_a_name_that_is_too_long_is_named_in_a_sentence(
    pmdesk: Pmdesk, tmp_path: Path, words: list[str]
) -> None:
    if words[0] == "export":
        pmdesk("inbox")
    ran = pmdesk(*words)
    assert ran.status == 1
    assert f"{TOO_LONG} can't be " in ran.err
    assert "File name too long" in ran.err
    assert ran.err.count("\n") == 1
    assert not (tmp_path / "data" / "pmdesk" / "pmdesk.log").exists()


def test_what_is_forbidden_is_named_in_a_sentence(pmdesk: Pmdesk, tmp_path: Path) -> None:
    forbidden = tmp_path / "no"
    forbidden.mkdir(mode=0)
    if os.access(forbidden, os.R_OK):
        pytest.skip("nothing is forbidden to this user")
    try:
        for words in (
            ["--desk", forbidden / "a.db", "inbox"],
            ["--desk", forbidden / "a.db", "doctor"],
            ["--desk", forbidden / "a.db", "demo"],
            ["import", forbidden / "one.eml"],
            ["import", forbidden],
            ["restore", forbidden / "a.db"],
        ):
            ran = pmdesk(*words)
            assert ran.status == 1
            assert str(forbidden) in ran.err
            assert "the system refused" not in ran.err
            assert ran.err.count("\n") == 1
    finally:
        forbidden.chmod(0o700)


@pytest.mark.parametrize("name", ["nofile", ".", "folder"])
def test_what_is_no_backup_is_said_to_be_none(
    pmdesk: Pmdesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    ran = pmdesk("restore", name)
    assert ran.status == 1
    assert "backup" in ran.err
    assert "--desk" not in ran.err


@pytest.mark.parametrize("ending", ["", "-wal", "-shm", ".lock", ".backups/a", ".drop/new/a.txt"])
def test_an_export_never_writes_on_the_desk(
    pmdesk: Pmdesk, mbox: Path, tmp_path: Path, ending: str
) -> None:
    desk = tmp_path / "desk.db"
    pmdesk("--desk", desk, "import", mbox)
    for folder in (".backups", ".drop/new"):
        Path(f"{desk}{folder}").mkdir(parents=True, exist_ok=True)
    ran = pmdesk("--desk", desk, "export", "--force", f"{desk}{ending}")
    assert ran.status == 1
    assert "name another file" in ran.err
    assert "Labels fall off" in pmdesk("--desk", desk, "inbox").out


def test_neither_through_a_link_nor_on_another_desk(
    pmdesk: Pmdesk, mbox: Path, tmp_path: Path
) -> None:
    desk, other, link = (tmp_path / name for name in ("desk.db", "other.db", "link"))
    pmdesk("--desk", desk, "import", mbox)
    link.symlink_to(desk)
    pmdesk("--desk", other, "inbox")
    before = other.read_bytes()
    assert pmdesk("--desk", desk, "export", "--force", link).status == 1
    assert pmdesk("--desk", link, "export", "--force", desk).status == 1
    assert pmdesk("--desk", desk, "export", "--force", other).status == 1
    assert other.read_bytes() == before
    assert "Labels fall off" in pmdesk("--desk", desk, "inbox").out


@pytest.mark.parametrize("ending", ["", "-wal", ".lock"])
def test_a_backup_never_takes_a_name_of_the_desk(
    pmdesk: Pmdesk, tmp_path: Path, ending: str
) -> None:
    desk = tmp_path / "desk.db"
    pmdesk("--desk", desk, "inbox")
    Path(f"{desk}.lock").unlink(missing_ok=True)
    ran = pmdesk("--desk", desk, "backup", f"{desk}{ending}")
    assert ran.status == 1
    assert "belongs to the desk itself" in ran.err
