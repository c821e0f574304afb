"""inbox, history, backup, restore, doctor, config and add, as typed."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pmdesk.desk import Desk
from pmdesk.drafts import drafts_folder
from pmdesk.errors import DeskUnusableError
from pmdesk.store import check

if TYPE_CHECKING:
    from tests.cli.conftest import Pmdesk


def test_an_empty_inbox_says_what_to_do(pmdesk: Pmdesk, tmp_path: Path) -> None:
    ran = pmdesk("inbox")
    assert ran.status == 0
    assert "pmdesk import FILE" in ran.out
    assert ran.err == f"pmdesk: made a new desk at {tmp_path / 'data' / 'pmdesk' / 'desk.db'}\n"
    assert pmdesk("inbox").err == ""


def test_the_inbox_is_an_aligned_table(pmdesk: Pmdesk, mbox: Path) -> None:
    pmdesk("import", mbox)
    lines = pmdesk("inbox").out.splitlines()
    assert lines[0].split() == ["#", "arrived", "state", "from", "account", "title", "goal", "when"]
    start = lines[0].index("title")
    assert {line[start:].strip() for line in lines[1:]} == {
        "Labels fall off", "A demo for Polar", "Which wards are covered?",
    }  # fmt: skip
    assert all(line[start - 1] == " " for line in lines)


def test_search_finds_all_words_in_the_view(pmdesk: Pmdesk, mbox: Path) -> None:
    pmdesk("import", mbox)
    found = json.loads(pmdesk("inbox", "--search", "demo pol", "--json").out)
    assert [request["title"] for request in found["requests"]] == ["A demo for Polar"]
    assert pmdesk("inbox", "closed", "--search", "demo").out == (
        "No request under “closed” holds “demo”.\n"
    )


def test_a_limit_is_told(pmdesk: Pmdesk, mbox: Path) -> None:
    pmdesk("import", mbox)
    ran = pmdesk("inbox", "-n", "2")
    assert len(ran.out.splitlines()) == 3
    assert "there are more than these 2" in ran.err
    assert json.loads(pmdesk("inbox", "-n", "2", "--json").out)["complete"] is False
    assert json.loads(pmdesk("inbox", "-n", "3", "--json").out)["complete"] is True


def test_a_capture_is_collected_by_the_next_command(pmdesk: Pmdesk) -> None:
    assert pmdesk("add", "A label for the freezer", "topic:label", "from:sales").status == 0
    requests = json.loads(pmdesk("inbox", "--json").out)["requests"]
    assert [(r["title"], r["from_function"]) for r in requests] == [
        ("A label for the freezer", "sales")
    ]


def test_add_keeps_the_desk_given_before_it(pmdesk: Pmdesk, tmp_path: Path) -> None:
    desk = tmp_path / "other.db"
    pmdesk("--desk", desk, "add", "For the other desk")
    assert "For the other desk" in pmdesk("inbox", "--desk", desk).out
    assert "Nothing new" in pmdesk("inbox").out


def test_history_lists_the_newest_first(pmdesk: Pmdesk, mbox: Path) -> None:
    pmdesk("import", mbox)
    pmdesk("undo")
    pmdesk("add", "One more")
    lines = pmdesk("history").out.splitlines()
    assert "Collect" in lines[1]
    assert "Import inbox.mbox" in lines[2]
    assert lines[2].endswith("undone")
    assert len(pmdesk("history", "-n", "1").out.splitlines()) == 2


def test_nothing_to_undo_is_told(pmdesk: Pmdesk) -> None:
    pmdesk("inbox")
    for command in ("undo", "redo"):
        ran = pmdesk(command)
        assert ran.status == 1
        assert ran.err == f"pmdesk: There is nothing to {command}.\n"


def test_a_backup_comes_back(pmdesk: Pmdesk, mbox: Path, tmp_path: Path) -> None:
    pmdesk("import", mbox)
    whole = pmdesk("export").out
    copy = tmp_path / "copy.db"
    assert str(copy) in pmdesk("backup", copy).out
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    pmdesk("undo")
    assert pmdesk("export").out != whole
    assert pmdesk("restore", copy).status == 0
    assert pmdesk("export").out == whole


def test_a_backup_without_a_name_lies_beside_the_desk(pmdesk: Pmdesk, tmp_path: Path) -> None:
    pmdesk("inbox")
    pmdesk("backup")
    folder = tmp_path / "data" / "pmdesk" / "desk.db.backups"
    assert len(list(folder.glob("*.db"))) == 1


def test_doctor_on_a_sound_desk_and_on_a_damaged_one(
    pmdesk: Pmdesk, mbox: Path, tmp_path: Path
) -> None:
    desk = tmp_path / "desk.db"
    pmdesk("import", mbox, "--desk", desk)
    sound = pmdesk("doctor", "--desk", desk)
    assert sound.status == 0
    assert "WRONG" not in sound.out
    left = drafts_folder(desk) / "editor-x"
    left.mkdir(parents=True)
    told = pmdesk("doctor", "--desk", desk)
    assert (told.status, str(left) in told.out) == (0, True)
    desk.write_bytes(b"this was a desk")
    damaged = pmdesk("doctor", "--desk", desk)
    assert damaged.status == 1
    assert "WRONG" in damaged.out
    findings = json.loads(pmdesk("doctor", "--desk", desk, "--json").out)
    assert not all(finding["ok"] for finding in findings)


def test_config_says_where_each_setting_comes_from(pmdesk: Pmdesk, tmp_path: Path) -> None:
    settings = tmp_path / "config" / "pmdesk" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('zone = "Europe/Berlin"\n')
    told = {line["name"]: line for line in json.loads(pmdesk("config", "--json").out)}
    assert told["zone"]["value"] == "Europe/Berlin"
    assert told["zone"]["origin"] == str(settings)
    assert told["desk"]["origin"] == "default"
    assert "Europe/Berlin" in pmdesk("config").out


def test_a_mistake_in_the_settings_is_told(pmdesk: Pmdesk, tmp_path: Path) -> None:
    settings = tmp_path / "config" / "pmdesk" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("zone = 7\n")
    ran = pmdesk("inbox")
    assert ran.status == 1
    assert "settings.toml" in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (DeskUnusableError("The disk is full."), "The disk is full."),
        (PermissionError(13, "Permission denied", "box/new"), "box/new: Permission denied"),
    ],
)
def test_a_drop_box_that_cannot_be_collected_stops_no_other_command(
    pmdesk: Pmdesk, monkeypatch: pytest.MonkeyPatch, error: Exception, reason: str
) -> None:
    pmdesk("inbox")

    def refuse(_desk: Desk) -> None:
        raise error

    monkeypatch.setattr(Desk, "collect", refuse)
    ran = pmdesk("history")
    assert (ran.status, ran.out) == (0, "Nothing has been done in this desk yet.\n")
    assert ran.err == f"pmdesk: not all of the drop box was collected: {reason}\n"


def test_doctor_tells_each_finding_in_one_line(
    pmdesk: Pmdesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    finding = check.Finding(False, "*** in database main ***\nTree 5 page 7: unused", "Restore.")
    monkeypatch.setattr(check, "examine", lambda _desk: [finding])
    ran = pmdesk("doctor")
    assert ran.status == 1
    assert ran.out == "WRONG  *** in database main *** Tree 5 page 7: unused → Restore.\n"


def test_whatever_is_written_is_readable_by_the_person_alone(
    pmdesk: Pmdesk, mbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    before = os.umask(0)
    try:
        pmdesk("add", "Waits for a desk")
        pmdesk("import", mbox)
        pmdesk("add", "Waits")
        pmdesk("backup")
        pmdesk("backup", data / "copy.db")
        pmdesk("export", data / "desk.json")
        pmdesk("restore", data / "copy.db")
        pmdesk("demo")
        monkeypatch.setattr(check, "examine", lambda _desk: 1 // 0)
        assert "pmdesk.log" in pmdesk("doctor").err
    finally:
        os.umask(before)
    names = {path.name for path in data.rglob("*")}
    assert {"desk.db", "demo.db", "desk.json", "copy.db", "pmdesk.log", "desk.db.lock"} <= names
    for path in (data, *data.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_the_inbox_says_dates_as_the_screen_does(pmdesk: Pmdesk) -> None:
    today = ("--today", "2025-06-13")
    pmdesk(*today, "add", "A label", "by:fri")
    assert "due Fri 20 Jun\n" in pmdesk(*today, "inbox").out
