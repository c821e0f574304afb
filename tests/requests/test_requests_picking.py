"""Owners and topics to pick from."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from pmdesk.fuzzy import Pickable
from pmdesk.requests.picking import owners_to_pick, topics_to_pick

SCHEMA = Path(__file__).parents[2] / "src/pmdesk/store/migrations/0001_first.sql"


@pytest.fixture
def db() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.executescript(SCHEMA.read_text())
    return connection


@pytest.fixture
def used(db: sqlite3.Connection) -> sqlite3.Connection:
    db.executescript(
        """INSERT INTO owner (name, function, person) VALUES
          ('Design', 'design', NULL), ('Support', 'support', 'Priya'), ('Ann', 'sales', 'Ann');
        INSERT INTO rule (from_function, topic, owner_id, active) VALUES
          ('sales', 'demo', 3, 1), ('sales', 'LABEL', 2, 1);
        INSERT INTO handoff (request_id, owner_id, authority, handed_at, zone, follow_up, nudges,
          outcome) VALUES (1, 2, 'own', '2025-06-01T08:00:00Z', 'UTC', '2025-06-08', 0, 'open');"""
    )
    for number, (topic, function) in enumerate(
        [("label", "sales"), ("Label", None), ("bug", "sales"), ("bug", "support"), ("bug", None)]
    ):
        db.execute(
            """INSERT INTO request (number, title, body, arrived_at, arrived_on, zone, source,
                 state, topic, from_function)
               VALUES (?, 'x', '', '2025-06-01T08:00:00Z', '2025-06-01', 'UTC', 'x', 'new',
                 ?, ?)""",
            (number, topic, function),
        )
    return db


def test_those_who_were_handed_most_come_first(used: sqlite3.Connection) -> None:
    assert owners_to_pick(used).entries == (
        Pickable(2, "Support", "support, Priya", ("Priya",)),
        Pickable(3, "Ann", "sales", ("Ann",)),
        Pickable(1, "Design", "design"),
    )
    assert owners_to_pick(used, 2).left_out == 1


def test_topics_are_told_with_how_often_they_were_asked(used: sqlite3.Connection) -> None:
    assert [(one.name.lower(), one.note) for one in topics_to_pick(used).entries] == [
        ("bug", "3 requests"), ("label", "2 requests"), ("demo", "in a rule only"),
    ]  # fmt: skip
    assert (len(topics_to_pick(used, 1).entries), topics_to_pick(used, 1).left_out) == (1, 2)


def test_an_empty_desk_has_nothing_to_pick(db: sqlite3.Connection) -> None:
    assert owners_to_pick(db).entries == topics_to_pick(db).entries == ()
