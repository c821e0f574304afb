"""Rows of the hierarchy as lines of a view; what several of the views show."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from pmdesk.customers.browsing.twigs import OF_THE_WAY, Twig
from pmdesk.customers.kinds import NODE_KINDS
from pmdesk.dates import say_date

Value = str | int | float | None


class NodeRow(NamedTuple):
    id: int
    code: str
    kind: str
    statement: str
    status: str
    layer: str | None
    weight: int | None
    market_id: int | None
    parent_id: int | None
    position: int
    has_below: int


class RequirementRow(NamedTuple):
    id: int
    code: str
    statement: str
    status: str
    product_id: int
    product: str
    need_id: int | None
    solution_id: int | None


_NODES = """
SELECT n.id, n.code, n.kind, n.statement, n.status, n.layer, n.weight, n.market_id, n.parent_id,
       n.position,
       EXISTS (SELECT 1 FROM node c WHERE c.parent_id = n.id)
         OR EXISTS (SELECT 1 FROM requirement r WHERE r.need_id = n.id)
         OR EXISTS (SELECT 1 FROM metric m WHERE m.node_id = n.id)
FROM node n WHERE """
_REQUIREMENTS = """
SELECT r.id, r.code, r.statement, r.status, r.product_id, p.name, r.need_id, r.solution_id
FROM requirement r JOIN product p ON p.id = r.product_id WHERE """


def nodes(db: sqlite3.Connection, where: str, *values: Value) -> list[NodeRow]:
    return [NodeRow._make(row) for row in db.execute(_NODES + where, values)]


def nodes_of(db: sqlite3.Connection, ids: Iterable[int]) -> dict[int, NodeRow]:
    """By id."""
    wanted = tuple(set(ids))
    found = nodes(db, f"n.id IN ({marks(wanted)})", *wanted) if wanted else ()
    return {row.id: row for row in found}


def requirements(db: sqlite3.Connection, where: str, *values: Value) -> list[RequirementRow]:
    return [RequirementRow._make(row) for row in db.execute(_REQUIREMENTS + where, values)]


def count(db: sqlite3.Connection, what: str, *values: Value) -> int:
    """How many rows there are of "node WHERE …"."""
    return int(db.execute(f"SELECT count(*) FROM {what}", values).fetchone()[0])


def marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


def number_in(key: str) -> int:
    """The id in "market 2" or "account 3 executive"; 0 where there is none."""
    found = next((word for word in key.split() if word.isdecimal()), "0")
    return int(found) if len(found) < 19 else 0


# Lines ----------------------------------------------------------------------------------------


def node_twig(row: NodeRow, above: str, goal: str, note: str | None = None) -> Twig:
    """A node below a path; a need says whose it is, a goal how much it weighs."""
    usual = row.layer or (f"weight {row.weight}" if row.weight else "")
    return Twig(
        f"{above}/{row.code}",
        row.code,
        row.kind,
        row.statement,
        usual if note is None else note,
        goal,
        "" if row.status == "active" else row.status,
        has_below=bool(row.has_below),
    )


def requirement_twig(row: RequirementRow, above: str, goal: str, note: str | None = None) -> Twig:
    return Twig(
        f"{above}/{row.code}",
        row.code,
        "requirement",
        row.statement,
        row.product if note is None else note,
        goal,
        "" if row.status == "candidate" else row.status,
    )


def measures(
    db: sqlite3.Connection, above: str, goal: str, column: str, of: int
) -> tuple[Twig, ...]:
    """The measures of a goal or of a product with what was read last."""
    rows = db.execute(
        f"""SELECT m.id, m.name, m.unit, m.baseline, m.target, (
              SELECT value FROM reading WHERE metric_id = m.id ORDER BY taken_on DESC, id DESC),
              EXISTS (SELECT 1 FROM reading WHERE metric_id = m.id)
            FROM metric m WHERE m.{column} = ? ORDER BY m.id""",
        (of,),
    )
    return tuple(
        Twig(
            f"{above}/measure {id_}",
            f"measure {id_}",
            "measure",
            name,
            standing(now, baseline, target, unit),
            goal,
            has_below=bool(has_below),
        )
        for id_, name, unit, baseline, target, now, has_below in rows
    )


def readings(db: sqlite3.Connection, today: date, above: str, most: int) -> tuple[list[Twig], int]:
    """The newest first, and how many there are in all."""
    measure = number_in(above.rpartition("/")[2])
    rows = db.execute(
        """SELECT r.id, r.taken_on, r.value, r.note, m.unit FROM reading r
           JOIN metric m ON m.id = r.metric_id
           WHERE r.metric_id = ? ORDER BY r.taken_on DESC, r.id DESC LIMIT ?""",
        (measure, most),
    )
    twigs = [
        Twig(
            f"{above}/reading {id_}",
            f"reading {id_}",
            "reading",
            figure(value, unit),
            listed(say_date(date.fromisoformat(taken), today), note or ""),
        )
        for id_, taken, value, note, unit in rows
    ]
    return twigs, count(db, "reading WHERE metric_id = ?", measure)


# Words ----------------------------------------------------------------------------------------


def listed(*parts: str) -> str:
    """What is not empty, on one line."""
    return " · ".join(filter(None, parts))


def counted(number: int, one: str) -> str:
    """ "no needs", "1 need", "2 needs"."""
    if number == 1:
        return f"1 {one}"
    return f"{number:,} {one}s" if number else f"no {one}s"


def standing(
    now: float | None, baseline: float | None, target: float | None, unit: str | None
) -> str:
    """ "30 % of the way · 12.5 of 14 → 9 %"; where one of the three is unknown, what is known."""
    if now is not None and baseline is not None and target is not None and baseline != target:
        share = (baseline - now) / (baseline - target)
        values = f"{figure(now, None)} of {figure(baseline, None)} → {figure(target, unit)}"
        return listed(f"{share * 100:.0f} % {OF_THE_WAY}", values)
    known = [
        f"{name} {figure(value, None)}"
        for name, value in (("now", now), ("baseline", baseline), ("target", target))
        if value is not None
    ]
    said = f"{listed(*known)} {unit or ''}".rstrip() if known else ""
    return said if now is not None else listed("no reading", said)


def figure(value: float, unit: str | None) -> str:
    """ "12.5 %"."""
    return f"{value:,.6g} {unit or ''}".rstrip()


# Line of sight --------------------------------------------------------------------------------


class Way(NamedTuple):
    """From a node up to its root."""

    code: str
    """Of the node."""
    root_id: int
    root: str
    kind: str
    status: str
    """Of the root, as its kind."""

    @property
    def goal(self) -> str:
        """Code of the active goal at the root; empty without line of sight."""
        return self.root if self.kind == "goal" and self.status == "active" else ""


def ways(db: sqlite3.Connection, ids: Iterable[int | None]) -> dict[int | None, Way]:
    """By the id of a node; None has no way, nor has what hangs in a circle."""
    wanted = tuple({id_ for id_ in ids if id_ is not None})
    rows = db.execute(
        f"""WITH RECURSIVE up (start, code, id, above, left) AS (
              SELECT id, code, id, parent_id, {len(NODE_KINDS)} FROM node
              WHERE id IN ({marks(wanted)})
              UNION ALL SELECT up.start, up.code, n.id, n.parent_id, up.left - 1
              FROM up CROSS JOIN node n ON n.id = up.above WHERE up.left)
            SELECT up.start, up.code, n.id, n.code, n.kind, n.status
            FROM up CROSS JOIN node n ON n.id = up.id WHERE up.above IS NULL""",
        wanted,
    )
    return {start: Way(*row) for start, *row in rows}


def goal_order(db: sqlite3.Connection) -> dict[int, int]:
    """The place of each goal, by its id."""
    rows = db.execute(
        """SELECT n.id FROM market m CROSS JOIN node n ON n.market_id = m.id AND n.kind = 'goal'
           ORDER BY m.position, m.id, n.position, n.id"""
    )
    return {id_: place for place, (id_,) in enumerate(rows)}
