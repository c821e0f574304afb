"""The things of the hierarchy found by what is typed."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.customers.searching import find_accounts, find_markets, find_nodes, find_products
from pmdesk.store.migrations import migrate


def made() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrate(connection)
    connection.executescript(
        """INSERT INTO market (name, position) VALUES ('Cold chain', 1), ('Hospitals', 2);
        INSERT INTO account (market_id, name, status) VALUES
          (2, 'Northmoor', 'customer'), (1, 'Polar', 'customer'), (1, 'Bipolar_50%', 'customer'),
          (1, 'Polaris', 'customer');
        INSERT INTO account_alias (account_id, alias) VALUES (1, 'NM Trust'), (2, 'Polar GmbH');
        INSERT INTO node (code, kind, market_id, statement, layer, status, weight, position)
        VALUES ('G1', 'goal', 2, 'Cut agency staffing', NULL, 'active', 1, 1),
               ('G10', 'goal', 2, 'Cut the write-offs', NULL, 'active', 1, 1),
               ('N1', 'need', 2, 'Know the wards that are cut', 'user', 'active', NULL, 1);
        INSERT INTO node_text (rowid, code, statement) SELECT id, code, statement FROM node;
        INSERT INTO product (name, position) VALUES ('Rota', 1);
        INSERT INTO requirement (code, product_id, statement, status) VALUES
          ('R1', 1, 'A board of wards', 'committed'), ('R7', 1, 'Export', 'candidate');
        INSERT INTO solution (code, goal_id, name) VALUES ('S1', 1, 'Own staff first');
        INSERT INTO requirement_text (requirement_text) VALUES ('rebuild');"""
    )
    return connection


@pytest.fixture
def db() -> sqlite3.Connection:
    return made()


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("cut", ["N1", "G10", "G1"]),
        ("CUT", ["N1", "G10", "G1"]),
        ("agency cu", ["G1"]),
        ("agen cut", []),
        ("cut agen", ["G1"]),
        ("ward", ["N1", "R1"]),
        ("g1", ["G1", "G10"]),
        ("G10", ["G10"]),
        ("r7", ["R7"]),
        ("boar", ["R1"]),
        ("first staff", ["S1"]),
        ("s1", ["S1"]),
        ("zebra", []),
        ("", []),
        (" ", []),
        ("%", []),
        ('cut" OR', []),
    ],
)
def test_nodes(db: sqlite3.Connection, typed: str, codes: list[str]) -> None:
    assert [node.code for node in find_nodes(db, typed, 8)] == codes


def test_no_more_nodes_than_wanted(db: sqlite3.Connection) -> None:
    assert [node.code for node in find_nodes(db, "cut", 2)] == ["N1", "G10"]
    assert [node.code for node in find_nodes(db, "g1", 1)] == ["G1"]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("polar", ["Polar", "Polaris", "Bipolar_50%"]),
        ("POL", ["Polar", "Polaris", "Bipolar_50%"]),
        ("gmbh", ["Polar"]),
        ("nm", ["Northmoor"]),
        ("moor", ["Northmoor"]),
        ("50%", ["Bipolar_50%"]),
        ("%", ["Bipolar_50%"]),
        ("_", ["Bipolar_50%"]),
        ("\\", []),
        ("", []),
    ],
)
def test_accounts(db: sqlite3.Connection, typed: str, names: list[str]) -> None:
    assert [account.name for account in find_accounts(db, typed, 8)] == names


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("cold", [("Cold chain", 3)]),
        ("CHAIN, cold-", [("Cold chain", 3)]),
        ("S", [("Hospitals", 1)]),
        ("h", [("Hospitals", 1), ("Cold chain", 3)]),
        ("%", []),
        (" ", []),
    ],
)
def test_markets(db: sqlite3.Connection, typed: str, found: list[tuple[str, int]]) -> None:
    assert [(market.name, market.accounts) for market in find_markets(db, typed, 8)] == found


def test_products(db: sqlite3.Connection) -> None:
    (found,) = find_products(db, "rot", 8)
    assert (found.name, found.requirements) == ("Rota", 2)
    assert find_products(db, "rota x", 8) == find_products(db, " ", 8) == ()


def test_an_account_says_by_which_name_it_was_found(db: sqlite3.Connection) -> None:
    (found,) = find_accounts(db, "trust", 8)
    assert (found.name, found.alias, found.market, found.market_id) == (
        "Northmoor", "NM Trust", "Hospitals", 2,
    )  # fmt: skip
    assert find_accounts(db, "polar", 8)[0].alias == ""


@given(st.text(max_size=20))
def test_nothing_typed_is_taken_for_a_question_of_its_own(typed: str) -> None:
    db = made()
    assert len(find_nodes(db, typed, 3)) <= 3
    assert len(find_accounts(db, typed, 3)) <= 3
    assert len(find_markets(db, typed, 1)) <= 1
    db.close()
