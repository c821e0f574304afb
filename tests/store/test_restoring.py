"""Restoring is all or nothing, and touches nothing but a desk of ours."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pmdesk.config import Clock
from pmdesk.desk import Desk
from pmdesk.errors import DeskUnusableError, PmdeskError, RefusedError
from pmdesk.requests.actions import Capture, RequestDraft
from pmdesk.store import backup
from pmdesk.store.restoring import restore

NOW = datetime(2025, 6, 13, 9, 0, tzinfo=ZoneInfo("Europe/London"))


def capture(desk: Desk, title: str) -> None:
    desk.perform(Capture(RequestDraft("capture", None, title)))


def titles(path: Path) -> list[str]:
    db = sqlite3.connect(path)
    found = [title for (title,) in db.execute("SELECT title FROM request ORDER BY id")]
    db.close()
    return found


@pytest.fixture
def saved(tmp_path: Path, clock: Clock) -> Path:
    """A backup that holds “kept”, somewhere else."""
    desk = Desk.open(tmp_path / "elsewhere" / "desk.db", clock, create=True)
    capture(desk, "kept")
    copy = desk.backup(tmp_path / "saved.db")
    desk.close()
    return copy


@pytest.fixture
def path(tmp_path: Path, clock: Clock) -> Path:
    """A closed desk that holds “mine”."""
    desk = Desk.open(tmp_path / "desk.db", clock, create=True)
    capture(desk, "mine")
    desk.close()
    return tmp_path / "desk.db"


def test_the_backup_that_is_restored_is_not_thinned_away(path: Path, clock: Clock) -> None:
    """The oldest of eight days would go with the backup made before restoring."""
    desk = Desk.open(path, clock)
    first = desk.backup()
    desk.close()
    days = [date(2025, 6, 2) + timedelta(days=n) for n in range(7)]
    copies = [first.with_name(f"{day}T090000-daily.db") for day in days]
    for copy in copies:
        shutil.copy(first, copy)
    first.unlink()
    restore(path, copies[0], NOW)
    assert copies[0].exists()
    assert titles(path) == ["mine"]


def test_a_backup_just_made_is_never_thinned(desk: Desk) -> None:
    capture(desk, "mine")
    first = desk.backup()
    for n in range(30):
        shutil.copy(first, first.with_name(f"2026-01-{n + 1:02}T090000-daily.db"))
    made = backup.make(desk.path, NOW - timedelta(days=900), "by-hand")
    assert made.exists()


def test_two_backups_of_one_second_are_two(desk: Desk) -> None:
    capture(desk, "mine")
    assert backup.make(desk.path, NOW, "by-hand") != backup.make(desk.path, NOW, "by-hand")
    assert len(backup.backups(desk.path)) == 2


def test_a_copy_of_a_living_process_is_left_alone(desk: Desk) -> None:
    capture(desk, "mine")
    folder = Path(f"{desk.path}.backups")
    folder.mkdir()
    living = folder / f".2025-06-13T090000-daily.db.{os.getppid()}.abcd.partial"
    dead = folder / ".2025-06-13T090000-daily.db.99999999.abcd.partial"
    living.touch()
    dead.touch()
    desk.backup()
    assert living.exists()
    assert not dead.exists()


def other_program(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE places (x)")
    db.commit()
    db.close()


@pytest.mark.parametrize("what", ["another program's", "a text", "a folder", "a newer desk"])
def test_what_is_no_desk_of_ours_is_not_touched(path: Path, saved: Path, what: str) -> None:
    target = path.with_name("target")
    if what == "another program's":
        other_program(target)
    elif what == "a text":
        target.write_text("notes")
    elif what == "a folder":
        target.mkdir()
        (target / "file").write_text("mine")
    else:
        shutil.copy(path, target)
        with target.open("r+b") as file:
            file.seek(60)
            file.write((99).to_bytes(4, "big"))
    before = target.read_bytes() if target.is_file() else sorted(target.iterdir())
    with pytest.raises(PmdeskError):
        restore(target, saved, NOW)
    assert before == (target.read_bytes() if target.is_file() else sorted(target.iterdir()))
    assert not list(target.parent.glob("target.damaged*"))


def test_over_an_empty_file_and_where_there_is_none(path: Path, saved: Path, clock: Clock) -> None:
    for name in ("empty.db", "missing.db"):
        target = path.with_name(name)
        if name == "empty.db":
            target.touch(0o644)
        restore(target, saved, NOW)
        assert titles(target) == ["kept"]
        assert target.stat().st_mode & 0o077 == 0
        db = sqlite3.connect(target)
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        db.close()


def spoil(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096 * 9)
        file.write(bytes(range(256)) * 16)


def test_a_failing_restore_leaves_the_damaged_desk_where_it_was(
    path: Path, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(path)
    before = path.read_bytes()
    real = backup.damage

    def no_room(file: Path, quick: bool = False) -> str | None:
        if file.name.endswith(".partial"):
            raise DeskUnusableError("The disk is full.")
        return real(file, quick)

    monkeypatch.setattr(backup, "damage", no_room)
    with pytest.raises(DeskUnusableError, match="full"):
        restore(path, saved, NOW)
    assert path.read_bytes() == before
    assert not list(path.parent.glob("*.damaged*"))
    assert not list(path.parent.glob(".*partial*"))


def test_a_log_never_meets_another_file(path: Path, saved: Path, clock: Clock) -> None:
    """A writer is killed, the desk file is lost, its log is left."""
    script = (
        "import os, sys\nfrom datetime import date\nfrom pathlib import Path\n"
        "from zoneinfo import ZoneInfo\nfrom pmdesk.config import Clock\n"
        "from pmdesk.desk import Desk\nfrom pmdesk.requests.actions import Capture, RequestDraft\n"
        "desk = Desk.open(Path(sys.argv[1]), Clock(ZoneInfo('UTC'), date(2025, 6, 13)))\n"
        "for n in range(50):\n"
        "    desk.perform(Capture(RequestDraft('capture', None, f'lost {n}', 'x' * 5000)))\n"
        "os.kill(os.getpid(), 9)\n"
    )
    ended = subprocess.run([sys.executable, "-c", script, str(path)], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert Path(f"{path}-wal").stat().st_size > 0
    path.unlink()
    with pytest.raises(DeskUnusableError, match="its log"):
        Desk.open(path, clock, create=True)
    said = restore(path, saved, NOW)
    assert "is kept as" in said
    assert titles(path) == ["kept"]
    assert backup.damage(path) is None


def test_a_workspace_does_not_write_into_a_file_that_was_set_aside(
    path: Path, saved: Path, clock: Clock
) -> None:
    desk = Desk.open(path, clock)
    capture(desk, "second")
    spoil(path)
    restore(path, saved, NOW)
    with pytest.raises(DeskUnusableError, match="another file"):
        capture(desk, "would be lost")
    with pytest.raises(DeskUnusableError, match="another file"):
        desk.beating().result()
    desk.close()
    assert titles(path) == ["kept"]


def test_a_workspace_does_not_write_into_a_file_that_was_deleted(path: Path, clock: Clock) -> None:
    desk = Desk.open(path, clock)
    path.unlink()
    with pytest.raises(DeskUnusableError, match="no longer there"):
        capture(desk, "would be lost")
    desk.close()


def test_an_older_schema_is_brought_up_to_date_under_an_open_desk(
    desk: Desk, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pmdesk.store import migrations

    capture(desk, "mine")
    known, script = migrations.newest(), migrations.script
    for module in ("pmdesk.store.migrations", "pmdesk.store.restoring"):
        monkeypatch.setattr(f"{module}.newest", lambda: known + 1)
    monkeypatch.setattr(
        migrations,
        "script",
        lambda version: (
            "ALTER TABLE market ADD COLUMN note TEXT;\n" if version > known else script(version)
        ),
    )
    restore(desk.path, saved, NOW)
    assert desk.ask(lambda db: db.execute("PRAGMA user_version").fetchone()) == (known + 1,)


@pytest.mark.parametrize("name", ["missing", "a folder", "the desk itself"])
def test_what_is_no_backup_is_named_as_such(path: Path, name: str) -> None:
    chosen = {"missing": path.with_name("no.db"), "a folder": path.parent, "the desk itself": path}
    with pytest.raises(RefusedError, match=r"no backup|a folder|the desk itself"):
        restore(path, chosen[name], NOW)


@pytest.mark.parametrize("content", [b"", b"notes\n", b"x" * 500])
def test_a_file_that_is_no_backup_is_told_without_advice_about_desks(
    path: Path, content: bytes
) -> None:
    chosen = path.with_name("chosen")
    chosen.write_bytes(content)
    with pytest.raises(RefusedError, match="can't be restored: it is") as refusal:
        restore(path, chosen, NOW)
    assert "--desk" not in str(refusal.value)
