"""What screens and reports read of the customer hierarchy."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from pmdesk.customers.sight import NodeLink


def desk_name(db: sqlite3.Connection) -> str:
    """The name of the desk; empty while it has none."""
    row = db.execute("SELECT name FROM desk").fetchone()
    return str(row[0]) if row else ""


_KEYS = {
    "node": "SELECT code FROM node WHERE id = ?",
    "requirement": "SELECT code FROM requirement WHERE id = ?",
    "solution": "SELECT code FROM solution WHERE id = ?",
    "market": "SELECT 'market ' || id FROM market WHERE id = ?",
    "account": "SELECT 'account ' || id FROM account WHERE id = ?",
    "product": "SELECT 'product ' || id FROM product WHERE id = ?",
    "evidence": """SELECT 'evidence ' || e.id, n.code
                   FROM evidence e JOIN node n ON n.id = e.node_id WHERE e.id = ?""",
    "metric": """SELECT 'measure ' || m.id, coalesce(n.code, 'product ' || m.product_id)
                 FROM metric m LEFT JOIN node n ON n.id = m.node_id WHERE m.id = ?""",
    "reading": """SELECT 'reading ' || r.id, 'measure ' || m.id,
                         coalesce(n.code, 'product ' || m.product_id)
                  FROM reading r JOIN metric m ON m.id = r.metric_id
                  LEFT JOIN node n ON n.id = m.node_id WHERE r.id = ?""",
}


def keys_of_row(db: sqlite3.Connection, table: str, row: int) -> tuple[str, ...]:
    """The key of the thing that a row is, then of what it belongs to; empty where it is gone,
    or no thing."""
    found = db.execute(_KEYS[table], (row,)).fetchone() if table in _KEYS else None
    return tuple(map(str, found or ()))


def nodes_above(db: sqlite3.Connection, ids: Iterable[int]) -> dict[int, NodeLink]:
    """The given nodes and everything above them."""
    wanted = tuple(set(ids))
    if not wanted:
        return {}
    marks = ",".join("?" * len(wanted))
    rows = db.execute(
        f"""WITH RECURSIVE up(id) AS (
              SELECT id FROM node WHERE id IN ({marks})
              UNION SELECT node.parent_id FROM node JOIN up ON node.id = up.id
              WHERE node.parent_id IS NOT NULL)
            SELECT id, code, kind, status, parent_id, statement FROM node JOIN up USING (id)""",
        wanted,
    )
    return {row[0]: NodeLink(*row) for row in rows}
