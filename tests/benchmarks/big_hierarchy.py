"""A desk with a hierarchy of more than 100,000 nodes, one level of it 20,000 wide."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from pmdesk.config import Clock
from pmdesk.desk import Desk

MARKETS, GOALS, WIDE = 10, 400, 20_000
_BELOW = (("obstacle", "O", 4), ("initiative", "I", 3), ("tactic", "T", 4), ("need", "N", 3))
"""How many of a kind hang on each of those above it."""


def make(path: Path) -> Path:
    """The last goal of all, "The wide goal", has the wide level right below it."""
    Desk.open(path, Clock(ZoneInfo("UTC"), date(2025, 6, 13)), create=True).close()
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA synchronous=OFF")
    db.execute("BEGIN")
    db.executemany(
        "INSERT INTO market (id, name, position) VALUES (?, ?, ?)",
        ((number, f"Market {number}", number) for number in range(1, MARKETS + 1)),
    )
    db.executemany(
        "INSERT INTO account (id, market_id, name, status) VALUES (?, ?, ?, 'customer')",
        ((n, 1 + n % MARKETS, f"Account {n}") for n in range(1, 101)),
    )
    db.executemany(
        "INSERT INTO product (id, name, position) VALUES (?, ?, ?)",
        ((number, f"Product {number}", number) for number in range(1, 21)),
    )
    _nodes(db)
    db.executemany(
        """INSERT INTO requirement (code, need_id, product_id, statement, status)
           SELECT 'R' || ?1, id, ?2, 'Requirement ' || ?1, 'candidate' FROM node WHERE code = ?3""",
        ((n, 1 + n % 20, f"N{n * 5}") for n in range(1, 2_001)),
    )
    for table in ("node", "requirement"):
        db.execute(f"INSERT INTO {table}_text ({table}_text) VALUES ('rebuild')")
    db.execute("COMMIT")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    return path


def _nodes(db: sqlite3.Connection) -> None:
    add = """INSERT INTO node (id, code, kind, market_id, parent_id, statement, status, position,
                              weight, layer)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'active', ?7, iif(?3 = 'goal', 2, NULL),
                     iif(?3 = 'need', 'manager', NULL))"""
    above = [(number, 1 + number * MARKETS // (GOALS + 2)) for number in range(1, GOALS + 2)]
    statements = [f"Goal {id_}" for id_, _ in above[:-1]] + ["The wide goal"]
    db.executemany(
        add,
        (
            (id_, f"G{id_}", "goal", market, None, statement, id_)
            for (id_, market), statement in zip(above, statements, strict=True)
        ),
    )
    last, wide, needs = above[-1][0], above.pop(), 0
    for kind, letter, times in _BELOW:
        rows = [
            (last + place + 1, f"{letter}{place + 1}", kind, market, parent,
             f"Know which wards are at risk {place + 1}", place)
            for place, (parent, market) in enumerate(one for one in above for _ in range(times))
        ]  # fmt: skip
        db.executemany(add, rows)
        last, needs = rows[-1][0], len(rows)
        above = [(row[0], row[3]) for row in rows]
    id_, market = wide
    db.executemany(
        add,
        (
            (last + n, f"N{needs + n}", "need", market, id_, f"Know which loads are at risk {n}", n)
            for n in range(1, WIDE + 1)
        ),
    )
