"""Full-text search of the inbox: from what a person types to the requests that hold it."""

from __future__ import annotations

import re
import sqlite3
from array import array
from dataclasses import dataclass
from datetime import date

from pmdesk.customers.searching import match_expression as match_expression
from pmdesk.requests.queries import View

MOST_HITS = 2_000
"""A search lists the newest of a common word's hits; ranking all of them takes seconds."""


@dataclass(frozen=True, slots=True)
class Hits:
    ids: array[int]
    more: bool
    """There are more than MOST_HITS."""


_WHERE: dict[View, str] = {
    "new": "(r.state = 'new' OR r.parked_until <= :today)",
    "waiting": "r.state = 'delegated'",
    "kept": "r.state = 'kept'",
    "parked": "r.parked_until > :today",
    "closed": "r.state IN ('declined', 'merged', 'done')",
    "all": "1",
}


def search(db: sqlite3.Connection, view: View, today: date, typed: str) -> Hits:
    """The requests of a view whose text holds every word typed, newest first."""
    places = {"today": today.isoformat(), "words": match_expression(typed), "most": MOST_HITS + 1}
    hits: dict[int, str] = {}
    if places["words"]:
        hits.update(db.execute(_IN_REQUESTS.format(_WHERE[view]), places))
        hits.update(db.execute(_IN_MESSAGES.format(_WHERE[view]), places))
    found = sorted(hits, key=lambda one: (hits[one], one), reverse=True)
    number = number_meant(typed)
    if number is not None:
        named = db.execute("SELECT id FROM request WHERE number = ?", (number,)).fetchone()
        found = [*(named or ()), *(one for one in found if one not in (named or ()))]
    return Hits(array("q", found[:MOST_HITS]), len(found) > MOST_HITS)


_IN_REQUESTS = """SELECT r.id, r.arrived_at FROM request_text t
  CROSS JOIN request r ON r.id = t.rowid
  WHERE request_text MATCH :words AND {} ORDER BY t.rowid DESC LIMIT :most"""
_IN_MESSAGES = """SELECT r.id, r.arrived_at FROM message_text t
  CROSS JOIN message m ON m.id = t.rowid CROSS JOIN request r ON r.id = m.request_id
  WHERE message_text MATCH :words AND {} ORDER BY t.rowid DESC LIMIT :most"""


def number_meant(typed: str) -> int | None:
    """The request number in "#12" or "12"."""
    found = re.fullmatch(r"\s*#?([0-9]{1,12})\s*", typed)
    return int(found[1]) if found else None
