"""What of the customers can be picked in a dialog, the likeliest first."""

from __future__ import annotations

import sqlite3

from pmdesk.customers.sight import NodeLink, goal_seen, path_to
from pmdesk.fuzzy import Pickable, Pickables

MOST = 20_000
"""Entries of a picker: more are found too slowly (`pmdesk.fuzzy`)."""


def nodes_to_pick(db: sqlite3.Connection, most: int = MOST) -> Pickables:
    """By id, needs first and goals last, the newest first; with their code, their kind and
    the active goal that they serve."""
    nodes = {
        row[0]: NodeLink(*row)
        for row in db.execute("SELECT id, code, kind, status, parent_id, statement FROM node")
    }
    depths = ("need", "tactic", "initiative", "obstacle", "goal")
    likeliest = sorted(
        (node for node in nodes.values() if node.status == "active"),
        key=lambda node: (depths.index(node.kind), -node.id),
    )
    entries = tuple(
        Pickable(node.id, node.statement, _note(nodes, node), (node.code,))
        for node in likeliest[:most]
    )
    return Pickables(entries, len(likeliest) - len(entries))


def _note(nodes: dict[int, NodeLink], node: NodeLink) -> str:
    goal = goal_seen(path_to(nodes, node.id))
    said = f"{node.code} {node.kind}"
    if goal is None:
        return f"{said}, serves no goal"
    return said if goal is node else f"{said}, serves {goal.code}"
