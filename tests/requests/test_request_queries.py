"""The views of the inbox, on a real file with the real schema."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from pmdesk.requests.detail import detail
from pmdesk.requests.queries import (
    VIEWS,
    View,
    first_page,
    page,
    view_chunk,
    view_counts,
)

SCHEMA = Path(__file__).parents[2] / "src/pmdesk/store/migrations/0001_first.sql"
TODAY = date(2025, 6, 13)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(tmp_path / "desk.pmdesk")
    connection.executescript(SCHEMA.read_text())
    yield connection
    connection.close()


def add(db: sqlite3.Connection, number: int, state: str = "new", **values: object) -> int:
    row: dict[str, object] = {
        "number": number,
        "title": f"Request {number}",
        "body": "",
        "arrived_at": f"2025-06-{number:02}T08:00:00Z",
        "arrived_on": f"2025-06-{number:02}",
        "zone": "UTC",
        "source": "capture",
        "state": state,
        **values,
    }
    if state == "declined":
        row.setdefault("reason", "cost")
    names = ", ".join(row)
    cursor = db.execute(
        f"INSERT INTO request ({names}) VALUES ({', '.join('?' * len(row))})", tuple(row.values())
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def numbers(db: sqlite3.Connection, view: View) -> list[int]:
    return [row.number for row in first_page(db, view, TODAY).rows]


def test_each_request_lists_in_the_view_of_its_state_newest_first(db: sqlite3.Connection) -> None:
    for number, state in enumerate(["new", "kept", "done", "new", "declined"], start=1):
        add(db, number, state)
    assert numbers(db, "new") == [4, 1]
    assert numbers(db, "kept") == [2]
    assert numbers(db, "closed") == [5, 3]
    assert numbers(db, "all") == [5, 4, 3, 2, 1]


def test_a_parked_request_whose_date_has_come_lists_under_new(db: sqlite3.Connection) -> None:
    add(db, 1, "parked", parked_until="2025-06-13")
    add(db, 2, "parked", parked_until="2025-06-20")
    add(db, 3, "parked", parked_until="2025-06-14")
    add(db, 4, "new")
    assert numbers(db, "new") == [4, 1]
    assert numbers(db, "parked") == [3, 2]
    counts = view_counts(db, TODAY).by_view
    assert (counts["new"], counts["parked"]) == (2, 2)


def test_waiting_lists_by_follow_up_and_names_the_owner(db: sqlite3.Connection) -> None:
    db.execute("INSERT INTO owner (name, function) VALUES ('Support', 'support')")
    for number, follow_up in ((1, "2025-06-20"), (2, "2025-06-11")):
        request = add(db, number, "delegated")
        db.execute(
            "INSERT INTO handoff (request_id, owner_id, authority, handed_at, zone, follow_up, "
            "nudges, outcome) VALUES (?, 1, 'act', '2025-06-02T08:00:00Z', 'UTC', ?, 0, 'open')",
            (request, follow_up),
        )
    rows = first_page(db, "waiting", TODAY).rows
    assert [(row.number, row.owner, row.follow_up) for row in rows] == [
        (2, "Support", date(2025, 6, 11)),
        (1, "Support", date(2025, 6, 20)),
    ]
    assert view_counts(db, TODAY).overdue == 1


@pytest.mark.parametrize("view", VIEWS)
def test_counts_agree_with_what_the_views_list(db: sqlite3.Connection, view: View) -> None:
    for number, state in enumerate(["new", "kept", "done", "new", "declined", "done"], start=1):
        add(db, number, state)
    add(db, 7, "parked", parked_until="2025-06-01")
    add(db, 8, "parked", parked_until="2026-06-01")
    add(db, 9, "merged", merged_into_id=1)
    assert view_counts(db, TODAY).by_view[view] == len(numbers(db, view))


@pytest.mark.parametrize("view", ["new", "closed", "parked", "all"])
def test_pieces_of_a_view_give_every_request_once_in_order(
    db: sqlite3.Connection, view: View
) -> None:
    for number in range(1, 29):
        state = ("new", "done", "declined", "parked")[number % 4]
        parked = "2025-07-01" if state == "parked" else None
        add(db, number, state, parked_until=parked, arrived_at="2025-06-01T08:00:00Z")
    whole = list(view_chunk(db, view, TODAY).ids)
    pieces: list[int] = []
    chunk = view_chunk(db, view, TODAY, limit=3)
    pieces.extend(chunk.ids)
    while chunk.after:
        chunk = view_chunk(db, view, TODAY, chunk.after, limit=3)
        pieces.extend(chunk.ids)
    assert pieces == whole
    assert len(set(pieces)) == len(pieces) > 6


def test_no_view_sorts_or_scans_the_requests(db: sqlite3.Connection) -> None:
    from pmdesk.requests.queries import _ORDERED

    for view, sql in _ORDERED.items():
        places = {"today": "2025-06-13", "key": "2025", "id": 1, "limit": 5}
        plan = [row[3] for row in db.execute("EXPLAIN QUERY PLAN " + sql, places)]
        assert not any(line.startswith("SCAN") for line in plan), (view, plan)
        # only the few parked requests that came back today may be sorted
        assert sum("TEMP B-TREE" in line for line in plan) <= (view == "new"), (view, plan)


def node(db: sqlite3.Connection, code: str, kind: str, parent: int | None, **values: object) -> int:
    row = {
        "code": code, "kind": kind, "parent_id": parent, "market_id": 1, "statement": code,
        "status": "active", "position": 1, "weight": 1 if kind == "goal" else None,
        "layer": "user" if kind == "need" else None, **values,
    }  # fmt: skip
    cursor = db.execute(
        f"INSERT INTO node ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})",
        tuple(row.values()),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def test_sight_of_a_row_comes_from_the_root_above_it(db: sqlite3.Connection) -> None:
    db.execute("INSERT INTO market (name, position) VALUES ('Hospitals', 1)")
    goal = node(db, "G1", "goal", None)
    need = node(db, "N1", "need", goal)
    reached = node(db, "G2", "goal", None, status="reached")
    adrift = node(db, "N5", "need", None, market_id=None)
    db.execute("INSERT INTO product (name, position) VALUES ('Rota', 1)")
    db.execute(
        "INSERT INTO requirement (code, need_id, product_id, statement, status) "
        "VALUES ('R1', ?, 1, 'Board', 'candidate')",
        (need,),
    )
    add(db, 1, node_id=need)
    add(db, 2, node_id=adrift)
    add(db, 3, node_id=reached)
    add(db, 4, requirement_id=1)
    add(db, 5)
    seen = {row.number: (row.anchor, row.goal) for row in page(db, (1, 2, 3, 4, 5))}
    assert seen == {
        1: ("N1", "G1"), 2: ("N5", ""), 3: ("G2", ""), 4: ("R1", "G1"), 5: ("", ""),
    }  # fmt: skip


def test_a_page_keeps_the_order_asked_for_and_leaves_out_what_is_gone(
    db: sqlite3.Connection,
) -> None:
    one, two = add(db, 1), add(db, 2)
    assert [row.number for row in page(db, (two, 99, one))] == [2, 1]
    assert page(db, ()) == ()
    assert detail(db, 99) is None


def test_detail_gives_the_thread_oldest_first_and_cuts_a_monster(db: sqlite3.Connection) -> None:
    request = add(db, 1, body="x" * 50_000, requester="Ann", address="ann@example.com")
    for number, day in ((1, "09"), (2, "04")):
        db.execute(
            "INSERT INTO message (request_id, source, source_id, sender, sent_at, body, "
            "attachments) VALUES (?, 'mail', ?, 'Ann', ?, ?, '[\"a.txt\"]')",
            (request, f"m{number}", f"2025-06-{day}T08:00:00Z", f"message {number}"),
        )
    found = detail(db, request)
    assert found is not None
    assert [message.body for message in found.messages] == ["message 2", "message 1"]
    assert found.messages[0].attachments == ("a.txt",)
    assert (len(found.body), found.length) == (20_000, 50_000)
