"""A full disk: one sentence, nothing half done, and the desk goes on when there is room."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pmdesk.config import Clock
from pmdesk.desk import Desk
from pmdesk.store import backup
from pmdesk.store.reading import reading

WRITE = """
import json, os, resource, sys
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo
from pmdesk.config import Clock
from pmdesk.desk import Desk
from pmdesk.errors import PmdeskError
from pmdesk.requests.actions import Capture, ImportRequests, RequestDraft

path, what = Path(sys.argv[1]), sys.argv[2]
desk = Desk.open(path, Clock(ZoneInfo("UTC"), date(2025, 6, 13)))
desk.perform(Capture(RequestDraft("capture", None, "before")))
largest = path.stat().st_size + 64 * 1024
resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
told = {"saved": 1, "error": None}
try:
    if what == "captures":
        for number in range(2000):
            desk.perform(Capture(RequestDraft("capture", None, f"n {number}", "x" * 3000)))
            told["saved"] += 1
    elif what == "import":
        drafts = tuple(RequestDraft("mail", str(n), f"n {n}", "x" * 900) for n in range(3000))
        desk.perform(ImportRequests(drafts, "big.mbox"))
    else:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))
        desk.backup(path.with_name("copy.db"))
except PmdeskError as error:
    told["error"] = str(error)
print(json.dumps(told), flush=True)
os._exit(0)  # as in a crash: closing would checkpoint into the full disk
"""


@pytest.mark.parametrize("what", ["captures", "import", "backup"])
def test_a_full_disk_loses_nothing_that_was_acknowledged(
    tmp_path: Path, clock: Clock, what: str
) -> None:
    path = tmp_path / "desk.db"
    Desk.open(path, clock, create=True).close()
    told = subprocess.run(
        [sys.executable, "-c", WRITE, str(path), what], capture_output=True, text=True, check=True
    )
    found = json.loads(told.stdout)
    assert found["error"], "the limit was never reached"
    assert found["error"].endswith(".")
    assert "x" * 20 not in found["error"] + told.stderr
    with reading(path) as db:
        assert db.execute("SELECT count(*) FROM request").fetchone() == (found["saved"],)
    assert backup.damage(path) is None
    assert not (tmp_path / "copy.db").exists()
    assert list(tmp_path.glob(".*partial*")) == []
    desk = Desk.open(path, clock)
    assert desk.undo().words.startswith("Capture #")
    desk.close()
