"""What screens and reports read of the inbox: views and pages."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

from pmdesk.customers.queries import nodes_above
from pmdesk.customers.sight import NodeLink, goal_seen, path_to
from pmdesk.requests.lifecycle import State, listed_state

View = Literal["new", "waiting", "kept", "parked", "closed", "all"]
VIEWS: tuple[View, ...] = get_args(View)

Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a view's ids, in the order of the view."""

    ids: array[int]
    after: Key | None
    """Where the next piece begins; None at the end."""


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A line of the inbox."""

    id: int
    number: int
    title: str
    state: State
    arrived_at: datetime
    from_function: str
    requester: str
    account: str
    due: date | None
    estimate_minutes: int | None
    parked_until: date | None
    owner: str
    """Who has it, where it was handed over."""
    follow_up: date | None
    node: int | None
    """Id of the node it is linked to."""
    anchor: str
    """Code of the node or requirement it is linked to; empty if none."""
    goal: str
    """Code of the active goal it serves; empty without line of sight."""


@dataclass(frozen=True, slots=True)
class Page:
    chunk: Chunk
    rows: tuple[RequestRow, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many requests each view holds."""

    by_view: dict[View, int]
    overdue: int
    """Handoffs whose follow-up date has passed."""


def states(db: sqlite3.Connection, ids: Sequence[int], today: date) -> dict[int, State]:
    """By id, the state that each of the given requests is listed under."""
    found: dict[int, State] = {}
    for begin in range(0, len(ids), 500):
        some = ids[begin : begin + 500]
        marks = ",".join("?" * len(some))
        for id_, state, until in db.execute(
            f"SELECT id, state, parked_until FROM request WHERE id IN ({marks})", tuple(some)
        ):
            found[id_] = listed_state(state, _day(until), today)
    return found


def undone_reply(db: sqlite3.Connection, request: int) -> str:
    """The reply that was written to a request and taken back since by undo; may be empty."""
    row = db.execute(
        """SELECT json_extract(c.new_values, '$.reply')
           FROM change c JOIN step s ON s.id = c.step_id
           WHERE c.table_name = 'request' AND c.row_id = ? AND c.operation = 'update'
             AND s.state <> 'done' AND json_extract(c.new_values, '$.reply') <> ''
           ORDER BY c.id DESC LIMIT 1""",
        (request,),
    ).fetchone()
    return str(row[0]) if row else ""


def _arrived(where: str, hint: str = "") -> str:
    return (
        f"SELECT arrived_at, id FROM request {hint} WHERE {where} "
        "AND (arrived_at, id) < (:key, :id)"
    )


_NEWEST_FIRST = " ORDER BY 1 DESC, 2 DESC LIMIT :limit"
_SOONEST_FIRST = " ORDER BY 1, 2 LIMIT :limit"
# Each arm walks an index in order, and SQLite merges them: no sort, no OFFSET. The index is
# named where the planner would rather walk every request by date.
_ORDERED: dict[View, str] = {
    "new": _arrived("state = 'new'")
    + " UNION ALL "
    + _arrived("parked_until <= :today", "INDEXED BY request_parked")
    + _NEWEST_FIRST,
    "waiting": "SELECT follow_up, request_id FROM handoff WHERE outcome = 'open' "
    "AND (follow_up, request_id) > (:key, :id)" + _SOONEST_FIRST,
    "kept": _arrived("state = 'kept'") + _NEWEST_FIRST,
    "parked": "SELECT parked_until, id FROM request WHERE parked_until > :today "
    "AND (parked_until, id) > (:key, :id)" + _SOONEST_FIRST,
    "closed": " UNION ALL ".join(
        _arrived(f"state = '{state}'") for state in ("declined", "merged", "done")
    )
    + _NEWEST_FIRST,
    "all": _arrived("1") + _NEWEST_FIRST,
}
_NEWEST: Key = ("~", 0)
_SOONEST: Key = ("", 0)


def view_chunk(
    db: sqlite3.Connection, view: View, today: date, after: Key | None = None, limit: int = 50_000
) -> Chunk:
    """The next `limit` ids of a view: newest first; waiting and parked by their date."""
    start = after or (_SOONEST if view in ("waiting", "parked") else _NEWEST)
    rows = db.execute(
        _ORDERED[view],
        {"today": today.isoformat(), "key": start[0], "id": start[1], "limit": limit},
    ).fetchall()
    ids = array("q", [row[1] for row in rows])
    return Chunk(ids, rows[-1] if len(rows) == limit else None)


def first_page(db: sqlite3.Connection, view: View, today: date, limit: int = 100) -> Page:
    """What the first paint needs of a view, in one question."""
    chunk = view_chunk(db, view, today, limit=limit)
    return Page(chunk, page(db, chunk.ids))


def view_counts(db: sqlite3.Connection, today: date) -> Counts:
    """How many each view holds; about 50 ms for a million requests."""
    states = dict(db.execute("SELECT state, count(*) FROM request GROUP BY state"))
    day = today.isoformat()
    (back,) = db.execute("SELECT count(*) FROM request WHERE parked_until <= ?", (day,)).fetchone()
    (overdue,) = db.execute(
        "SELECT count(*) FROM handoff WHERE outcome = 'open' AND follow_up < ?", (day,)
    ).fetchone()

    def count(*names: str) -> int:
        return sum(states.get(name, 0) for name in names)

    by_view: dict[View, int] = {
        "new": count("new") + back,
        "waiting": count("delegated"),
        "kept": count("kept"),
        "parked": count("parked") - back,
        "closed": count("declined", "merged", "done"),
        "all": sum(states.values()),
    }
    return Counts(by_view, overdue)


_ROWS = """SELECT r.id, r.number, r.title, r.state, r.arrived_at, r.from_function, r.requester,
    a.name, r.due, r.parked_until, o.name, h.follow_up, r.node_id, q.need_id, q.code,
    r.estimate_minutes
  FROM request r
  LEFT JOIN account a ON a.id = r.account_id
  LEFT JOIN requirement q ON q.id = r.requirement_id
  LEFT JOIN handoff h ON h.request_id = r.id AND h.outcome = 'open'
  LEFT JOIN owner o ON o.id = h.owner_id
  WHERE r.id IN ({})"""


def page(db: sqlite3.Connection, ids: Sequence[int]) -> tuple[RequestRow, ...]:
    """The rows of the given requests, in the given order; rows that are gone are left out."""
    found = rows_with_paths(db, ids)
    return tuple(found[one][0] for one in ids if one in found)


def rows_with_paths(
    db: sqlite3.Connection, ids: Sequence[int]
) -> dict[int, tuple[RequestRow, tuple[NodeLink, ...]]]:
    """By id: the row, and the nodes from the root down to what it is linked to."""
    raw = db.execute(_ROWS.format(",".join("?" * len(ids))), tuple(ids)).fetchall()
    nodes = nodes_above(db, (node for row in raw for node in row[12:14] if node is not None))
    rows: dict[int, tuple[RequestRow, tuple[NodeLink, ...]]] = {}
    for row in raw:
        path = path_to(nodes, row[12] if row[12] is not None else row[13])
        goal = goal_seen(path)
        anchor = path[-1].code if path and row[12] is not None else row[14] or ""
        rows[row[0]] = (
            RequestRow(
                id=row[0],
                number=row[1],
                title=row[2],
                state=row[3],
                arrived_at=datetime.fromisoformat(row[4]),
                from_function=row[5] or "",
                requester=row[6] or "",
                account=row[7] or "",
                due=_day(row[8]),
                estimate_minutes=row[15],
                parked_until=_day(row[9]),
                owner=row[10] or "",
                follow_up=_day(row[11]),
                node=row[12],
                anchor=anchor,
                goal=goal.code if goal else "",
            ),
            path,
        )
    return rows


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
