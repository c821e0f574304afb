"""`pmdesk import`: what is told, what is in the desk afterwards, and what is not."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cli.conftest import Pmdesk

PULL = {"url": "https://api.github.com/repos/o/r/issues/2", "number": 2, "title": "A fix",
        "body": "", "user": {"login": "ana"}, "state": "open", "pull_request": {"url": "x"},
        "created_at": "2025-06-12T07:00:00Z", "labels": [],
        "html_url": "https://github.com/o/r/pull/2"}  # fmt: skip


def total(out: str) -> str:
    return out.splitlines()[-1]


def titles(pmdesk: Pmdesk, *words: str) -> list[str]:
    listed = json.loads(pmdesk("inbox", "all", "--json", *words).out)
    return sorted(request["title"] for request in listed["requests"])


def test_mails_become_requests_once(pmdesk: Pmdesk, mbox: Path) -> None:
    first = pmdesk("import", mbox)
    assert first.status == 0
    assert total(first.out) == "read 3 = 3 created + 0 updated + 0 skipped + 0 failed"
    again = pmdesk("import", mbox)
    assert again.out.splitlines() == [
        "skipped 3: already here",
        "read 3 = 0 created + 0 updated + 3 skipped + 0 failed",
    ]
    assert titles(pmdesk) == ["A demo for Polar", "Labels fall off", "Which wards are covered?"]


def test_one_undo_takes_an_import_back(pmdesk: Pmdesk, mbox: Path) -> None:
    pmdesk("import", mbox)
    assert pmdesk("undo").out.startswith("Taken back: Import inbox.mbox")
    assert titles(pmdesk) == []
    assert pmdesk("redo").out.startswith("Done again: Import inbox.mbox")
    assert len(titles(pmdesk)) == 3


def test_what_fails_and_what_is_skipped_is_told_with_reasons(
    pmdesk: Pmdesk, mbox: Path, tmp_path: Path
) -> None:
    issue = {**PULL, "number": 1, "title": "A wish", "url": str(PULL["url"]).replace("2", "1")}
    issue.pop("pull_request")
    issue["html_url"] = "https://github.com/o/r/issues/1"
    issues = tmp_path / "issues.json"
    issues.write_text(json.dumps([issue, PULL]))
    nonsense = tmp_path / "notes.bin"
    nonsense.write_bytes(b"\x00\x01\x02")
    ran = pmdesk("import", mbox, issues, nonsense)
    assert ran.status == 0
    assert total(ran.out) == "read 6 = 4 created + 0 updated + 1 skipped + 1 failed"
    assert any(line.startswith("skipped 1: ") for line in ran.out.splitlines())
    assert any(line.startswith("failed: “notes.bin” is no file ") for line in ran.out.splitlines())


def test_nothing_readable_is_status_1_and_makes_no_desk(pmdesk: Pmdesk, tmp_path: Path) -> None:
    file = tmp_path / "picture.bin"
    file.write_bytes(b"\x89PNG\r\n")
    ran = pmdesk("import", file, "--desk", tmp_path / "desk.db")
    assert ran.status == 1
    assert total(ran.out) == "read 1 = 0 created + 0 updated + 0 skipped + 1 failed"
    assert not (tmp_path / "desk.db").exists()


def test_a_slip_in_a_path_reads_nothing(pmdesk: Pmdesk, mbox: Path, tmp_path: Path) -> None:
    ran = pmdesk("import", mbox, tmp_path / "missing.mbox")
    assert ran.status == 1
    assert "missing.mbox" in ran.err
    assert titles(pmdesk) == []


def test_a_folder_of_files_is_read(pmdesk: Pmdesk, mbox: Path, tmp_path: Path) -> None:
    folder = tmp_path / "mails" / "june"
    folder.mkdir(parents=True)
    mbox.rename(folder / "inbox.mbox")
    (folder / ".hidden").write_text("not read")
    ran = pmdesk("import", tmp_path / "mails")
    assert total(ran.out) == "read 3 = 3 created + 0 updated + 0 skipped + 0 failed"


def test_a_dry_run_tells_the_same_and_changes_nothing(
    pmdesk: Pmdesk, mbox: Path, tmp_path: Path
) -> None:
    rehearsed = pmdesk("import", "--dry-run", mbox, "--desk", tmp_path / "desk.db")
    assert total(rehearsed.out) == (
        "dry run: read 3 = 3 created + 0 updated + 0 skipped + 0 failed"
    )
    assert not (tmp_path / "desk.db").exists()
    pmdesk("import", mbox)
    before = pmdesk("export").out
    assert "3 skipped" in pmdesk("import", "--dry-run", mbox).out
    assert pmdesk("export").out == before
    assert len(json.loads(pmdesk("history", "--json").out)) == 1


def test_json_has_the_same_figures(pmdesk: Pmdesk, mbox: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.bin").write_bytes(b"\x00")
    told = json.loads(pmdesk("import", mbox, tmp_path / "notes.bin", "--json").out)
    figures = {name: told[name] for name in ("read", "created", "updated", "skipped", "failed")}
    assert figures == {"read": 4, "created": 3, "updated": 0, "skipped": 0, "failed": 1}
    assert told["formats"] == ["mail"]
    assert told["failed_items"][0]["where"] == "notes.bin"


def test_a_whole_desk_goes_only_into_an_empty_one(
    pmdesk: Pmdesk, mbox: Path, tmp_path: Path
) -> None:
    pmdesk("import", mbox)
    file = tmp_path / "desk.json"
    pmdesk("export", file)
    copy = ("--desk", tmp_path / "copy.db")
    assert " created + 0 updated" in pmdesk(*copy, "import", file).out
    assert pmdesk(*copy, "export").out == file.read_text()
    again = pmdesk(*copy, "import", file)
    assert again.status == 1
    assert "empty" in again.err
    together = pmdesk("import", file, mbox, "--desk", tmp_path / "third.db")
    assert together.status == 1
    assert "alone" in together.err


def test_a_bad_desk_file_leaves_no_empty_desk_behind(
    pmdesk: Pmdesk, mbox: Path, tmp_path: Path
) -> None:
    pmdesk("import", mbox)
    whole = json.loads(pmdesk("export").out)
    whole["tables"]["message"][0]["request_id"] = 4711
    desk, file = tmp_path / "new.db", tmp_path / "desk.json"
    for text in ('{"format": "pmdesk", "version": 1', json.dumps(whole)):
        file.write_text(text)
        ran = pmdesk("--desk", desk, "import", file)
        assert ran.status == 1
        assert ran.err.count("\n") == 1
        assert not desk.exists()


def test_a_dry_run_says_that_it_does_not_collect(
    pmdesk: Pmdesk, mbox: Path, tmp_path: Path
) -> None:
    desk = ("--desk", tmp_path / "desk.db")
    assert pmdesk(*desk, "import", "--dry-run", mbox).err == ""
    pmdesk(*desk, "add", "Waits")
    assert "drop box is not in this dry run" in pmdesk(*desk, "import", "--dry-run", mbox).err
    assert any((tmp_path / "desk.db.drop" / "new").iterdir())


def test_long_lists_of_failures_are_cut_but_counted(pmdesk: Pmdesk, tmp_path: Path) -> None:
    for place in range(25):
        (tmp_path / f"file{place:02}.bin").write_bytes(b"\x00")
    out = pmdesk("import", *sorted(tmp_path.glob("*.bin"))).out.splitlines()
    assert sum(line.startswith("failed: ") for line in out) == 20
    assert out[-2] == "… and 5 more that failed; --json lists all"
    assert out[-1].endswith("+ 25 failed")


def test_titles_from_outside_cannot_steer_the_terminal(pmdesk: Pmdesk, mbox: Path) -> None:
    mbox.write_text(mbox.read_text().replace("Labels fall off", "\x1b]52;c;aGk=\x07 [red]"))
    pmdesk("import", mbox)
    out = pmdesk("inbox").out
    assert "\x1b" not in out
    assert "[red]" in out


def test_ctrl_c_leaves_nothing(mbox: Path, tmp_path: Path) -> None:
    slow = tmp_path / "slow.py"
    slow.write_text(
        "import sys, time\n"
        "from pmdesk import cli\n"
        "from pmdesk.exchange import importing\n"
        "def read_one(path, progress, read):\n"
        "    print('reading', flush=True)\n"
        "    time.sleep(60)\n"
        "importing.read_one = read_one\n"
        "sys.exit(cli.main(sys.argv[1:]))\n"
    )
    desk = tmp_path / "desk.db"
    process = subprocess.Popen(
        [sys.executable, str(slow), "import", str(mbox), "--desk", str(desk)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "reading\n"
    process.send_signal(signal.SIGINT)
    _out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert err == "pmdesk: interrupted: nothing was changed by this command.\n"
    assert not desk.exists()
