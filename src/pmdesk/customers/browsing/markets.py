"""The customers by market: goals, what hangs below them down to requirements, what is adrift."""

from __future__ import annotations

import sqlite3
from datetime import date

from pmdesk.customers.browsing.rows import (
    count,
    counted,
    listed,
    measures,
    node_twig,
    nodes,
    number_in,
    readings,
    requirement_twig,
    requirements,
)
from pmdesk.customers.browsing.twigs import Twig, cut
from pmdesk.customers.kinds import NODE_KINDS

OPENS = frozenset({"market", "heading", *NODE_KINDS})
"""The kinds of lines that open unasked."""
ADRIFT = "adrift"
_ADRIFT_NEEDS = "kind = 'need' AND parent_id IS NULL"


def roots(db: sqlite3.Connection, today: date) -> tuple[Twig, ...]:
    rows = db.execute(
        """SELECT id, name, EXISTS (SELECT 1 FROM node WHERE market_id = m.id AND kind = 'goal')
           FROM market m ORDER BY position, id"""
    )
    markets = (
        Twig(f"market {id_}", f"market {id_}", "market", name, has_below=bool(has_below))
        for id_, name, has_below in rows
    )
    return (*markets, *adrift(db))


def adrift(db: sqlite3.Connection) -> tuple[Twig, ...]:
    """The line over what hangs under no goal; none where there is nothing."""
    needs = count(db, f"node WHERE {_ADRIFT_NEEDS}")
    loose = count(db, "requirement WHERE need_id IS NULL")
    if not needs and not loose:
        return ()
    note = listed(
        counted(needs, "need") if needs else "", counted(loose, "requirement") if loose else ""
    )
    words = "Adrift: under no goal"
    return (Twig(ADRIFT, "", "heading", words, note, warns=True, has_below=True),)


def level(db: sqlite3.Connection, today: date, path: str, most: int) -> tuple[Twig, ...]:
    """What hangs directly below a line of this view."""
    key = path.rpartition("/")[2]
    if path == ADRIFT:
        return _adrift(db, most)
    if key.startswith("market "):
        return _goals(db, path, number_in(key), most)
    if key.startswith("measure "):
        found, total = readings(db, today, path, most)
        return cut(found, path, most, total)
    return _node(db, path, key, most)


def _goals(db: sqlite3.Connection, path: str, market: int, most: int) -> tuple[Twig, ...]:
    of_market = "market_id = ? AND kind = 'goal'"
    rows = nodes(db, f"{of_market} ORDER BY position, id LIMIT ?", market, most + 1)
    total = count(db, f"node WHERE {of_market}", market) if len(rows) > most else len(rows)
    twigs = [node_twig(row, path, row.code if row.status == "active" else "") for row in rows]
    return cut(twigs, path, most, total)


def _node(db: sqlite3.Connection, path: str, code: str, most: int) -> tuple[Twig, ...]:
    found = db.execute("SELECT id, kind FROM node WHERE code = ?", (code,)).fetchone()
    if found is None:
        return ()
    id_, kind = found
    goal = _goal(db, path)
    if kind == "need":
        by_need = requirements(db, "need_id = ? ORDER BY r.id LIMIT ?", id_, most + 1)
        total = len(by_need)
        if total > most:
            total = count(db, "requirement WHERE need_id = ?", id_)
        return cut([requirement_twig(row, path, goal) for row in by_need], path, most, total)
    rows = nodes(db, "parent_id = ? ORDER BY position, id LIMIT ?", id_, most + 1)
    total = count(db, "node WHERE parent_id = ?", id_) if len(rows) > most else len(rows)
    twigs = [node_twig(row, path, goal) for row in rows]
    of_goal = measures(db, path, goal, "node_id", id_) if kind == "goal" else ()
    return (*of_goal, *cut(twigs, path, most, total))


def _goal(db: sqlite3.Connection, path: str) -> str:
    """The active goal that a path of this view leads through; empty for what is adrift."""
    root = path.split("/", 2)[1]
    found = db.execute(
        "SELECT 1 FROM node WHERE code = ? AND kind = 'goal' AND status = 'active'", (root,)
    ).fetchone()
    return root if found else ""


def _adrift(db: sqlite3.Connection, most: int) -> tuple[Twig, ...]:
    """Needs without a parent, then requirements without a need."""
    rows = nodes(db, f"{_ADRIFT_NEEDS} ORDER BY position, id LIMIT ?", most)
    twigs = [node_twig(row, ADRIFT, "") for row in rows]
    loose = requirements(db, "need_id IS NULL ORDER BY r.id LIMIT ?", most - len(twigs))
    twigs += [requirement_twig(row, ADRIFT, "") for row in loose]
    total = len(twigs)
    if total >= most:
        total = count(db, f"node WHERE {_ADRIFT_NEEDS}")
        total += count(db, "requirement WHERE need_id IS NULL")
    return cut(twigs, ADRIFT, most, total)
