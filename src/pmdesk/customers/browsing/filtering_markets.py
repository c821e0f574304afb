"""What is found, in the view by market."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from pmdesk.customers.browsing import markets
from pmdesk.customers.browsing.filtering_hits import Hits
from pmdesk.customers.browsing.rows import (
    NodeRow,
    RequirementRow,
    listed,
    marks,
    node_twig,
    nodes,
    requirement_twig,
    requirements,
)
from pmdesk.customers.browsing.twigs import Levels, Twig


def in_markets(
    db: sqlite3.Connection, found: Hits, today: date, most: int
) -> tuple[tuple[Twig, ...], Levels]:
    quotes = _quotes(db, found)
    below, asked = _hanging(db, found, quotes)
    levels: Levels = {}

    def grow(rows: Iterable[NodeRow], above: str, goal: str) -> tuple[Twig, ...]:
        twigs = []
        for row in sorted(rows, key=lambda row: (row.position, row.id)):
            if row.kind == "goal":
                goal = row.code if row.status == "active" else ""
            twig = node_twig(row, above, goal)
            if row.id in quotes and row.id not in found.nodes:
                twig = node_twig(row, above, goal, listed(twig.note, quotes[row.id]))
            twigs.append(twig)
            under = (
                *grow(below.get(row.id, ()), twig.path, goal),
                *(requirement_twig(one, twig.path, goal) for one in asked.get(row.id, ())),
            )
            if under:
                levels[twig.path] = under
        return tuple(twigs)

    roots = []
    for root in markets.roots(db, today):
        under = grow(below.get(root.path, ()), root.path, "")
        if root.path == markets.ADRIFT:
            under += tuple(requirement_twig(row, root.path, "") for row in asked.get(None, ()))
        if under:
            levels[root.path] = under
        if under or root.key in {f"market {id_}" for id_ in found.markets}:
            roots.append(root)
    return tuple(roots), levels


def _hanging(
    db: sqlite3.Connection, found: Hits, quotes: Mapping[int, str]
) -> tuple[Mapping[int | str, list[NodeRow]], Mapping[int | None, list[RequirementRow]]]:
    """The nodes of the picture by what they hang on: the id of a node, the path of a root; and
    the requirements that are found, by the id of their need."""
    asked: defaultdict[int | None, list[RequirementRow]] = defaultdict(list)
    for one in requirements(
        db, f"r.id IN ({marks(found.requirements)}) ORDER BY r.id", *found.requirements
    ):
        asked[one.need_id].append(one)
    below: defaultdict[int | str, list[NodeRow]] = defaultdict(list)
    starts = {*found.nodes, *quotes, *(need for need in asked if need is not None)}
    for row in _with_all_above(db, starts):
        top = f"market {row.market_id}" if row.kind == "goal" else markets.ADRIFT
        below[row.parent_id or top].append(row)
    return below, asked


def _with_all_above(db: sqlite3.Connection, ids: set[int]) -> list[NodeRow]:
    return nodes(
        db,
        f"""n.id IN (
              WITH RECURSIVE up (id) AS (
                SELECT id FROM node WHERE id IN ({marks(tuple(ids))})
                UNION SELECT node.parent_id FROM up CROSS JOIN node ON node.id = up.id
                WHERE node.parent_id IS NOT NULL)
              SELECT id FROM up)""",
        *ids,
    )


def _quotes(db: sqlite3.Connection, found: Hits) -> dict[int, str]:
    """By node, the newest of what was said of it, and by which account."""
    rows = db.execute(
        f"""SELECT e.node_id, e.quote, a.name FROM evidence e JOIN account a ON a.id = e.account_id
            WHERE e.id IN ({marks(found.evidence)}) ORDER BY e.heard_on, e.id""",
        found.evidence,
    )
    return {node: f"{account}: “{quote}”" if quote else account for node, quote, account in rows}
