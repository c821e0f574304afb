"""What the screen reads of one request: all of it, its thread and its handoffs."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import date, datetime

from pmdesk.customers.sight import NodeLink
from pmdesk.requests.actions import REASONS
from pmdesk.requests.queries import RequestRow, rows_with_paths

MOST_SHOWN = 20_000
"""Characters of one text on the screen; the rest of a monster is told, not drawn."""


@dataclass(frozen=True, slots=True)
class Message:
    sender: str
    address: str
    sent_at: datetime | None
    body: str
    """As much of it as was asked for."""
    length: int
    """Characters of the whole body."""
    attachments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Handoff:
    owner: str
    authority: str
    handed_at: datetime
    follow_up: date
    nudges: int
    outcome: str
    returned_why: str


@dataclass(frozen=True, slots=True)
class Detail:
    """One request, whole."""

    row: RequestRow
    body: str
    length: int
    address: str
    topic: str
    source: str
    date_note: str
    reason: str
    """In words; empty where there is none."""
    reason_text: str
    reply: str
    estimate_minutes: int | None
    merged_into: int | None
    """Number of the request it was merged into."""
    path: tuple[NodeLink, ...]
    """From the root of the tree down to what it is linked to."""
    messages: tuple[Message, ...]
    handoffs: tuple[Handoff, ...]


def detail(db: sqlite3.Connection, request: int, most: int = MOST_SHOWN) -> Detail | None:
    """Everything about one request, at most so many characters of a text; None if it is gone."""
    found = rows_with_paths(db, (request,)).get(request)
    more = db.execute(
        """SELECT substr(r.body, 1, ?), length(r.body), r.address, r.topic, r.source, r.date_note,
             r.reason, r.reason_text, r.reply, r.estimate_minutes, m.number
           FROM request r LEFT JOIN request m ON m.id = r.merged_into_id WHERE r.id = ?""",
        (most, request),
    ).fetchone()
    if found is None or more is None:
        return None
    row, path = found
    return Detail(
        row=row,
        body=more[0],
        length=more[1],
        address=more[2] or "",
        topic=more[3] or "",
        source=more[4],
        date_note=more[5] or "",
        reason=REASONS[more[6]] if more[6] else "",
        reason_text=more[7] or "",
        reply=more[8] or "",
        estimate_minutes=more[9],
        merged_into=more[10],
        path=path,
        messages=_messages(db, request, most),
        handoffs=_handoffs(db, request),
    )


def _messages(db: sqlite3.Connection, request: int, most: int) -> tuple[Message, ...]:
    rows = db.execute(
        """SELECT sender, address, sent_at, substr(body, 1, ?), length(body), attachments
           FROM message WHERE request_id = ? ORDER BY sent_at, id LIMIT 500""",
        (most, request),
    )
    return tuple(
        Message(
            sender or "", address or "",
            datetime.fromisoformat(sent) if sent else None, body, length,
            tuple(json.loads(attachments)) if attachments else (),
        )
        for sender, address, sent, body, length, attachments in rows
    )  # fmt: skip


def _handoffs(db: sqlite3.Connection, request: int) -> tuple[Handoff, ...]:
    rows = db.execute(
        """SELECT o.name, authority, handed_at, follow_up, nudges, outcome, returned_why
           FROM handoff h JOIN owner o ON o.id = h.owner_id WHERE request_id = ? ORDER BY h.id""",
        (request,),
    )
    return tuple(
        Handoff(
            owner, authority, datetime.fromisoformat(handed), date.fromisoformat(follow_up),
            nudges, outcome, why or "",
        )
        for owner, authority, handed, follow_up, nudges, outcome, why in rows
    )  # fmt: skip
