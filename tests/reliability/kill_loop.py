"""Run by test_kills.py: writers are killed (-9) again and again, and the desk is looked at.

One process loads pmdesk once and forks each writer, so that hundreds of kills take seconds.
It has no thread and no open desk when it forks. Prints what it found as JSON.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import sqlite3
import sys
import time
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pmdesk.handlers  # noqa: F401  loaded once, for all writers
from pmdesk.config import Clock
from pmdesk.desk import Desk
from pmdesk.requests.actions import Capture, ImportRequests, MessageDraft, RequestDraft
from pmdesk.store import backup

BATCH = 300
CLOCK = Clock(ZoneInfo("UTC"), date(2025, 6, 13))


@dataclass
class Found:
    kills: int = 0
    captures_acknowledged: int = 0
    imports_acknowledged: int = 0
    undone_acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    half: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)


def write(path: Path, run: int, acknowledge: int) -> None:
    """Captures and imports until killed; each is told after `perform` has returned."""
    desk = Desk.open(path, CLOCK)
    for number in range(1_000_000):
        name = f"{run}.{number}"
        if number % 4 == 3:
            desk.perform(ImportRequests(tuple(draft(name, n) for n in range(BATCH)), name))
            os.write(acknowledge, f"i {name}\n".encode())
            if number % 8 == 7:
                desk.undo()
                os.write(acknowledge, f"u {name}\n".encode())
        else:
            desk.perform(Capture(RequestDraft("capture", None, f"captured {name}")))
            os.write(acknowledge, f"c {name}\n".encode())


def draft(name: str, number: int) -> RequestDraft:
    message = MessageDraft(f"{name}.{number}@x", "Ann", "ann@x.example", "text " * 50, None)
    return RequestDraft("mail", f"{name}.{number}", f"batch {name}", messages=(message,))


def kill_once(path: Path, run: int, after_seconds: float) -> list[str]:
    """The acknowledgements that came before the writer was killed."""
    reading, writing = os.pipe()
    writer = os.fork()
    if writer == 0:
        os.close(reading)
        try:
            write(path, run, writing)
        finally:
            os._exit(1)
    os.close(writing)
    told = b""
    until = time.monotonic() + after_seconds
    while (left := until - time.monotonic()) > 0:
        if select.select([reading], [], [], left)[0]:
            told += os.read(reading, 65536)
    os.kill(writer, signal.SIGKILL)
    os.waitpid(writer, 0)
    while more := os.read(reading, 65536):
        told += more
    os.close(reading)
    return told.decode().splitlines()


def look(path: Path, told: list[str], run: int, found: Found) -> None:
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    titles = dict(
        db.execute(
            "SELECT title, count(*) FROM request WHERE title LIKE ? OR title LIKE ? GROUP BY title",
            (f"captured {run}.%", f"batch {run}.%"),
        ).fetchall()
    )
    messages = dict(
        db.execute(
            "SELECT r.title, count(*) FROM message JOIN request r ON r.id = request_id"
            " WHERE r.title LIKE ? GROUP BY r.title",
            (f"batch {run}.%",),
        ).fetchall()
    )
    db.close()
    undone = {line[2:] for line in told if line.startswith("u ")}
    for line in told:
        kind, name = line.split()
        if kind == "c":
            found.captures_acknowledged += 1
            if titles.get(f"captured {name}") != 1:
                found.lost.append(line)
        elif kind == "i":
            found.imports_acknowledged += 1
            # The undo after it may have been under way when the kill came.
            may_be_gone = int(name.split(".")[1]) % 8 == 7 and line == told[-1]
            if name not in undone and not may_be_gone and titles.get(f"batch {name}") != BATCH:
                found.lost.append(line)
        else:
            found.undone_acknowledged += 1
            if f"batch {name}" in titles:
                found.lost.append(line)
    for title, count in titles.items():
        if title.startswith("batch") and (count != BATCH or messages.get(title) != BATCH):
            found.half.append(title)


def check(path: Path, found: Found) -> None:
    if reason := backup.damage(path):
        found.damaged.append(reason)
    db = sqlite3.connect(path)
    for table in ("request", "message"):
        try:
            db.execute(f"INSERT INTO {table}_text({table}_text, rank) VALUES('integrity-check', 1)")
        except sqlite3.DatabaseError as error:
            found.damaged.append(f"{table}_text: {error}")
    db.close()


def main(path: Path, kills: int) -> None:
    Desk.open(path, CLOCK, create=True).close()
    chance = random.Random(kills)
    found = Found()
    for run in range(kills):
        told = kill_once(path, run, chance.uniform(0.02, 0.4))
        found.kills += 1
        look(path, told, run, found)
        if run % 10 == 9:
            check(path, found)
    check(path, found)
    print(json.dumps(found.__dict__))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
