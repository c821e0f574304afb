"""The nodes above a node, and what they say of its line of sight."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from pmdesk.customers.queries import nodes_above
from pmdesk.customers.sight import NodeLink, band, goal_seen, path_to

SCHEMA = Path(__file__).parents[2] / "src/pmdesk/store/migrations/0001_first.sql"


@pytest.fixture
def db() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.executescript(SCHEMA.read_text())
    connection.executescript(
        """INSERT INTO market (name, position) VALUES ('Cold chain', 2), ('Hospitals', 1);
        INSERT INTO account (market_id, name, status) VALUES (2, 'Northmoor', 'customer');
        INSERT INTO node (
          code, kind, market_id, parent_id, statement, layer, status, weight, position)
        VALUES ('G1', 'goal', 2, NULL, 'Cut agency staffing', NULL, 'active', 3, 1),
               ('O1', 'obstacle', 2, 1, 'Spare staff is invisible', NULL, 'active', NULL, 1),
               ('N2', 'need', 2, 2, 'Answer a request', 'user', 'active', NULL, 2),
               ('N1', 'need', 2, 2, 'Know the wards', 'manager', 'active', NULL, 1),
               ('N5', 'need', NULL, NULL, 'Any list', 'user', 'active', NULL, 1),
               ('G9', 'goal', 1, NULL, 'Old goal', NULL, 'reached', 2, 1);
        INSERT INTO product (name, position) VALUES ('Rota', 1);
        INSERT INTO requirement (code, need_id, product_id, statement, status) VALUES
          ('R1', 4, 1, 'Board', 'committed'), ('R7', 5, 1, 'Export', 'candidate'),
          ('R8', NULL, 1, 'Dark theme', 'candidate');"""
    )
    return connection


def test_nodes_above_give_the_path(db: sqlite3.Connection) -> None:
    path = path_to(nodes_above(db, [4]), 4)
    assert [link.code for link in path] == ["G1", "O1", "N1"]
    assert nodes_above(db, []) == {}


def test_a_circle_ends() -> None:
    links = {
        1: NodeLink(1, "O1", "obstacle", "active", 2, ""),
        2: NodeLink(2, "O2", "obstacle", "active", 1, ""),
    }
    assert len(path_to(links, 1)) == 2
    assert goal_seen(path_to(links, 1)) is None


def test_bands_are_fixed_by_kind() -> None:
    assert [band(kind) for kind in ("goal", "tactic", "requirement")] == [
        "THEIR STRATEGY", "THEIR OPERATIONS", "OUR PRODUCTS",
    ]  # fmt: skip
