"""The history as it is read: one line a step. Needs no ORM, so the first screen may use it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Literal

MadeBy = Literal["person", "desk"]
"""Who made a step: only what a person made can be undone."""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the history."""

    id: int
    made_at: str
    """UTC, "2025-06-13T07:30:00Z"."""
    zone: str
    made_by: MadeBy
    words: str
    state: Literal["done", "undone", "abandoned"]


def steps(db: sqlite3.Connection, limit: int = 50) -> tuple[Step, ...]:
    """The newest steps, newest first."""
    rows = db.execute(
        "SELECT id, made_at, zone, made_by, words, state FROM step ORDER BY id DESC LIMIT ?",
        (limit,),
    )
    return tuple(Step(*row) for row in rows)


def newest_undoable(db: sqlite3.Connection) -> str | None:
    """What undo would take back, in words; None where there is nothing."""
    row = db.execute(
        "SELECT words FROM step WHERE made_by = 'person' AND state = 'done'"
        " ORDER BY id DESC LIMIT 1"
    ).fetchone()
    return None if row is None else str(row[0])
