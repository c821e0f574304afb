"""The writing side: the file that is named, the lock, the checkpoint."""

import subprocess
import sys
import time
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from pmdesk.config import Clock
from pmdesk.desk import Desk
from pmdesk.requests.actions import Capture, RequestDraft
from pmdesk.store.backup import Snapshot, backups, damage
from pmdesk.store.reading import reading


def capture(desk: Desk, title: str, body: str = "") -> None:
    desk.perform(Capture(RequestDraft("capture", None, title, body)))


@pytest.mark.parametrize(
    "name",
    ["a%20b.db", "my?desk.db", "x?mode=memory", "with space.db", "#1.db", "ü&=.db", ":memory:"],
)
def test_the_named_file_is_the_one_that_is_written(tmp_path: Path, clock: Clock, name: str) -> None:
    path = tmp_path / "in" / name
    desk = Desk.open(path, clock, create=True)
    capture(desk, "here")
    desk.close()
    with reading(path) as db:
        assert db.execute("SELECT title FROM request").fetchall() == [("here",)]
    assert {file.name for file in path.parent.iterdir()} <= {
        f"{name}{ending}" for ending in ("", "-wal", "-shm", ".lock")
    }


def test_folders_above_a_new_desk_are_private(tmp_path: Path, clock: Clock) -> None:
    Desk.open(tmp_path / "n" / "x" / "desk.db", clock, create=True).close()
    for folder in (tmp_path / "n", tmp_path / "n" / "x"):
        assert folder.stat().st_mode & 0o077 == 0


def test_a_checkpoint_never_waits_for_a_reader(desk: Desk) -> None:
    capture(desk, "one", "x" * 1_000_000)
    with closing(Snapshot(desk.path)):
        for number in range(6):
            capture(desk, f"n {number}", "x" * 1_000_000)
        began = time.monotonic()
        desk.beating().result()
        assert time.monotonic() - began < 5
        assert Path(f"{desk.path}-wal").stat().st_size > 4_000_000
    desk.beating().result()
    assert Path(f"{desk.path}-wal").stat().st_size == 0


def test_the_daily_backup_holds_the_desk_as_it_was_before_the_first_change(
    tmp_path: Path, clock: Clock
) -> None:
    path = tmp_path / "desk.db"
    desk = Desk.open(path, Clock(clock.zone, date(2025, 6, 12)), create=True)
    capture(desk, "yesterday")
    desk.close()
    desk = Desk.open(path, clock)
    capture(desk, "today")
    desk.close()
    (made,) = backups(path)
    with reading(made) as db:
        assert db.execute("SELECT title FROM request").fetchall() == [("yesterday",)]
    assert damage(made) is None


def test_desks_made_at_the_same_moment_are_one(tmp_path: Path) -> None:
    path = tmp_path / "new" / "desk.db"
    script = (
        "import sys\nfrom datetime import date\nfrom pathlib import Path\n"
        "from zoneinfo import ZoneInfo\nfrom pmdesk.config import Clock\n"
        "from pmdesk.desk import Desk\nfrom pmdesk.requests.actions import Capture, RequestDraft\n"
        "desk = Desk.open(Path(sys.argv[1]), Clock(ZoneInfo('UTC'), date(2025, 6, 13)), True)\n"
        "desk.perform(Capture(RequestDraft('capture', None, 'mine')))\n"
        "desk.close()\n"
    )
    makers = [
        subprocess.Popen([sys.executable, "-c", script, str(path)], stderr=subprocess.PIPE)
        for _ in range(5)
    ]
    said = [maker.communicate()[1] for maker in makers]
    assert said == [b""] * 5
    with reading(path) as db:
        assert db.execute("SELECT count(*), max(number) FROM request").fetchone() == (5, 5)


def test_a_change_while_the_workspace_was_starting_is_heard(desk: Desk, clock: Clock) -> None:
    heard: list[frozenset[str]] = []
    desk.subscribe(heard.append)
    theirs = Desk.open(desk.path, clock)
    capture(theirs, "from elsewhere")
    theirs.close()
    desk.prepare().result()
    assert heard
    assert "request" in heard[0]
