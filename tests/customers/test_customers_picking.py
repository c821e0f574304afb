"""Accounts and nodes to pick from."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from pmdesk.customers.picking import nodes_to_pick
from pmdesk.fuzzy import Pickable
from pmdesk.requests.picking import accounts_to_pick

SCHEMA = Path(__file__).parents[2] / "src/pmdesk/store/migrations/0001_first.sql"


@pytest.fixture
def db() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.executescript(SCHEMA.read_text())
    return connection


@pytest.fixture
def known(db: sqlite3.Connection) -> sqlite3.Connection:
    db.executescript(
        """INSERT INTO market (name, position) VALUES ('Cold chain', 1);
        INSERT INTO account (market_id, name, status) VALUES
          (1, 'Aster', 'customer'), (1, 'Polar', 'customer'), (1, 'Beta', 'lost');
        INSERT INTO account_alias (account_id, alias) VALUES (2, 'polr'), (2, 'PF');
        INSERT INTO request (
          number, title, body, arrived_at, arrived_on, zone, source, state, account_id)
        VALUES (1, 'x', '', '2025-06-01T08:00:00Z', '2025-06-01', 'UTC', 'capture', 'new', 2);
        INSERT INTO node (
          code, kind, market_id, parent_id, statement, layer, status, weight, position)
        VALUES ('G1', 'goal', 1, NULL, 'Cut waste', NULL, 'active', 3, 1),
               ('O1', 'obstacle', 1, 1, 'Nobody sees dates', NULL, 'active', NULL, 1),
               ('N1', 'need', 1, 2, 'See dates', 'user', 'active', NULL, 1),
               ('N2', 'need', NULL, NULL, 'Any list', 'user', 'active', NULL, 1),
               ('N3', 'need', NULL, NULL, 'Gone', 'user', 'dropped', NULL, 1);"""
    )
    return db


def test_those_who_ask_most_come_first(known: sqlite3.Connection) -> None:
    assert accounts_to_pick(known).entries == (
        Pickable(2, "Polar", "Cold chain", ("polr", "PF")),
        Pickable(1, "Aster", "Cold chain"),
        Pickable(3, "Beta", "Cold chain"),
    )


def test_a_node_says_its_code_and_what_it_serves(known: sqlite3.Connection) -> None:
    assert [(one.id, one.name, one.note, one.also) for one in nodes_to_pick(known).entries] == [
        (4, "Any list", "N2 need, serves no goal", ("N2",)),
        (3, "See dates", "N1 need, serves G1", ("N1",)),
        (2, "Nobody sees dates", "O1 obstacle, serves G1", ("O1",)),
        (1, "Cut waste", "G1 goal", ("G1",)),
    ]


def test_what_is_left_out_is_counted(known: sqlite3.Connection, db: sqlite3.Connection) -> None:
    assert (len(accounts_to_pick(known, 2).entries), accounts_to_pick(known, 2).left_out) == (2, 1)
    assert (len(nodes_to_pick(known, 3).entries), nodes_to_pick(known, 3).left_out) == (3, 1)


def test_an_empty_desk_has_nothing_to_pick(db: sqlite3.Connection) -> None:
    for query in (accounts_to_pick, nodes_to_pick):
        assert query(db).entries == ()
        assert query(db).left_out == 0
