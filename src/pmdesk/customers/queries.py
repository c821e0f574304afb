"""What screens and reports read of the customer hierarchy."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pmdesk.customers.sight import Kind, NodeLink, goal_seen, path_to

MOST_NODES = 5_000
"""Beyond this many lines a tree on the screen answers too slowly (facts/textual.md 5)."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A node or requirement of the tree, with what hangs below it."""

    code: str
    kind: Kind
    statement: str
    status: str
    detail: str
    """Whose need (layer), which product, how much a goal weighs; may be empty."""
    goal: str
    """Code of the active goal it serves; empty without line of sight."""
    children: tuple[Branch, ...] = ()


@dataclass(frozen=True, slots=True)
class MarketTree:
    id: int
    name: str
    accounts: int
    goals: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class MarketTrees:
    """Markets on top; what hangs under no goal is told apart."""

    markets: tuple[MarketTree, ...]
    adrift: tuple[Branch, ...]
    """Needs without a parent, then requirements without a need."""
    left_out: int
    """Nodes beyond MOST_NODES."""


def desk_name(db: sqlite3.Connection) -> str:
    """The name of the desk; empty while it has none."""
    row = db.execute("SELECT name FROM desk").fetchone()
    return str(row[0]) if row else ""


_CODED = frozenset({"node", "requirement", "solution"})
_NUMBERED = {
    "market": "SELECT 'market ' || id FROM market WHERE id = ?",
    "account": "SELECT 'account ' || id FROM account WHERE id = ?",
    "product": "SELECT 'product ' || id FROM product WHERE id = ?",
    "evidence": "SELECT n.code FROM evidence e JOIN node n ON n.id = e.node_id WHERE e.id = ?",
    "metric": """SELECT coalesce(n.code, 'product ' || m.product_id)
                 FROM metric m LEFT JOIN node n ON n.id = m.node_id WHERE m.id = ?""",
    "reading": """SELECT coalesce(n.code, 'product ' || m.product_id)
                  FROM reading r JOIN metric m ON m.id = r.metric_id
                  LEFT JOIN node n ON n.id = m.node_id WHERE r.id = ?""",
}  # fmt: skip


def key_of_row(db: sqlite3.Connection, table: str, row: int) -> str | None:
    """The key of the thing that a row is, or belongs to; None where it is gone, or no thing."""
    if table in _CODED:
        found = db.execute(f"SELECT code FROM {table} WHERE id = ?", (row,)).fetchone()
    elif table in _NUMBERED:
        found = db.execute(_NUMBERED[table], (row,)).fetchone()
    else:
        return None
    return str(found[0]) if found else None


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


def market_trees(db: sqlite3.Connection) -> MarketTrees:
    """The whole tree by market, in the order the person gave it."""
    rows = db.execute(
        """SELECT id, code, kind, status, parent_id, statement, market_id, layer, weight
           FROM node ORDER BY position, id LIMIT ?""",
        (MOST_NODES,),
    ).fetchall()
    (total,) = db.execute("SELECT count(*) FROM node").fetchone()
    nodes = {row[0]: NodeLink(*row[:6]) for row in rows}
    details = {row[0]: row[7] or (f"weight {row[8]}" if row[8] else "") for row in rows}
    markets = {row[0]: row[6] for row in rows}
    below: defaultdict[int | None, list[int]] = defaultdict(list)
    for node in nodes.values():
        below[node.parent_id].append(node.id)
    requirements = _requirements(db, nodes)

    def grow(node_id: int, goal: str) -> Branch:
        node = nodes[node_id]
        children = (*(grow(child, goal) for child in below[node_id]), *requirements[node_id])
        return Branch(
            node.code, node.kind, node.statement, node.status, details[node_id], goal, children
        )

    goals: defaultdict[int, list[Branch]] = defaultdict(list)
    adrift: list[Branch] = []
    for root in below[None]:
        seen = goal_seen((nodes[root],))
        branch = grow(root, seen.code if seen else "")
        (goals[markets[root]] if nodes[root].kind == "goal" else adrift).append(branch)
    trees = tuple(
        MarketTree(market_id, name, accounts, tuple(goals[market_id]))
        for market_id, name, accounts in db.execute(
            """SELECT id, name, (SELECT count(*) FROM account WHERE market_id = market.id)
               FROM market ORDER BY position, id"""
        )
    )
    return MarketTrees(trees, (*adrift, *requirements[None]), max(0, total - MOST_NODES))


def _requirements(
    db: sqlite3.Connection, nodes: dict[int, NodeLink]
) -> defaultdict[int | None, list[Branch]]:
    """Requirements under the id of their need; None holds those without one."""
    found: defaultdict[int | None, list[Branch]] = defaultdict(list)
    for code, need_id, statement, status, product in db.execute(
        """SELECT r.code, r.need_id, r.statement, r.status, p.name
           FROM requirement r JOIN product p ON p.id = r.product_id
           ORDER BY r.need_id, r.id LIMIT ?""",
        (MOST_NODES,),
    ):
        seen = goal_seen(path_to(nodes, need_id))
        goal = seen.code if seen else ""
        found[need_id].append(Branch(code, "requirement", statement, status, product, goal))
    return found
