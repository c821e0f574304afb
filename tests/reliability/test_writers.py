"""Four processes write to one desk: nothing is locked out, nothing is lost.

PMDESK_WRITERS_SECONDS sets for how long; a landing is tried with 60.
"""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

from pmdesk.config import Clock
from pmdesk.desk import Desk
from pmdesk.requests.actions import Capture, RequestDraft
from pmdesk.store import backup
from pmdesk.store.reading import reading

SECONDS = os.environ.get("PMDESK_WRITERS_SECONDS", "3")

WRITER = """
import json, sys, time
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo
from pmdesk.config import Clock
from pmdesk.desk import Desk
from pmdesk.requests.actions import Capture, RequestDraft

path, name, seconds = Path(sys.argv[1]), sys.argv[2], float(sys.argv[3])
desk = Desk.open(path, Clock(ZoneInfo("UTC"), date(2025, 6, 13)))
desk.prepare().result()
told = {"captured": 0, "errors": [], "slowest_ms": 0}
until = time.monotonic() + seconds
while time.monotonic() < until:
    began = time.monotonic()
    try:
        desk.perform(Capture(RequestDraft("capture", None, f"{name} {told['captured']}")))
        told["captured"] += 1
    except Exception as error:
        told["errors"].append(repr(error))
    told["slowest_ms"] = max(told["slowest_ms"], round((time.monotonic() - began) * 1000))
desk.close()
print(json.dumps(told))
"""


def test_four_processes_write_at_once(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "desk.db"
    desk = Desk.open(path, Clock(clock.zone, date(2025, 6, 12)), create=True)
    desk.perform(Capture(RequestDraft("capture", None, "of yesterday")))  # so that all back up
    desk.close()
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), name, SECONDS],
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in ("ann", "ben", "cat", "dan")
    ]
    told = [json.loads(writer.communicate()[0]) for writer in writers]
    print(told)
    assert [each["errors"] for each in told] == [[], [], [], []]
    assert all(each["captured"] > 0 for each in told)
    captured = sum(each["captured"] for each in told)
    with reading(path) as db:
        rows, numbers, newest = db.execute(
            "SELECT count(*), count(DISTINCT number), max(number) FROM request"
        ).fetchone()
        steps = db.execute("SELECT count(*) FROM step WHERE state = 'done'").fetchone()[0]
    assert rows == numbers == newest == steps == captured + 1
    assert backup.damage(path) is None
    made = backup.backups(path)
    assert made
    assert [backup.damage(copy) for copy in made] == [None] * len(made)
