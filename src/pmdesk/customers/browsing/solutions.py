"""Our solutions: for which goal, through which products; what is in none, and what has none."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from pmdesk.customers.browsing.rows import (
    NodeRow,
    RequirementRow,
    count,
    counted,
    goal_order,
    listed,
    marks,
    node_twig,
    nodes,
    nodes_of,
    number_in,
    requirement_twig,
    requirements,
    ways,
)
from pmdesk.customers.browsing.twigs import Twig, cut

OPENS = frozenset({"solution", "product", "heading"})
ALONE, UNSOLVED = "alone", "unsolved"
_UNSOLVED = """kind = 'goal' AND status = 'active' AND market_id IN (SELECT id FROM market)
    AND NOT EXISTS (SELECT 1 FROM solution s WHERE s.goal_id = {}.id)"""
_ALONE = "solution_id IS NULL AND status <> 'dropped'"


def roots(db: sqlite3.Connection, today: date) -> tuple[Twig, ...]:
    alone = count(db, f"requirement WHERE {_ALONE}")
    unsolved = count(db, f"node WHERE {_UNSOLVED.format('node')}")
    return (*solution_twigs(db), *headings(alone, unsolved))


def headings(alone: int, unsolved: int) -> tuple[Twig, ...]:
    """The lines over so many requirements in no solution, and so many goals without one."""
    lines = (
        (alone, ALONE, "In no solution", "requirement"),
        (unsolved, UNSOLVED, "Without a solution", "goal"),
    )
    return tuple(
        Twig(path, "", "heading", words, counted(number, kind), has_below=True)
        for number, path, words, kind in lines
        if number
    )


def solution_twigs(db: sqlite3.Connection) -> tuple[Twig, ...]:
    """Each with its goal and its products."""
    rows = db.execute(
        """SELECT s.id, s.code, s.name, g.code, g.status FROM solution s
           JOIN node g ON g.id = s.goal_id ORDER BY s.id"""
    ).fetchall()
    products = _products(db, [row[0] for row in rows])
    return tuple(
        Twig(
            code,
            code,
            "solution",
            name,
            listed(goal, ", ".join(products.get(id_, ()))),
            goal if status == "active" else "",
            has_below=True,
        )
        for id_, code, name, goal, status in rows
    )


def _products(db: sqlite3.Connection, solutions: list[int]) -> dict[int, list[str]]:
    """By solution: the products of its live requirements."""
    products: dict[int, list[str]] = {}
    for solution, name in db.execute(
        f"""SELECT DISTINCT r.solution_id, p.name FROM requirement r
            JOIN product p ON p.id = r.product_id
            WHERE r.solution_id IN ({marks(solutions)}) AND r.status <> 'dropped'
            ORDER BY p.position, p.id""",
        solutions,
    ):
        products.setdefault(solution, []).append(name)
    return products


def level(db: sqlite3.Connection, today: date, path: str, most: int) -> tuple[Twig, ...]:
    """What hangs directly below a line of this view."""
    solution, _, product = path.partition("/")
    if path == ALONE:
        rows = requirements(db, f"{_ALONE} ORDER BY r.id LIMIT ?", most)
        return cut(served(db, rows, path), path, most, count(db, f"requirement WHERE {_ALONE}"))
    if path == UNSOLVED:
        return _unsolved(db, most)
    if product.startswith("product ") and "/" not in product:
        return _through(db, path, solution, number_in(product), most)
    return () if product else _solution(db, solution)


def _solution(db: sqlite3.Connection, code: str) -> tuple[Twig, ...]:
    """The goal of a solution, then the products through which it is served."""
    found = db.execute("SELECT id, goal_id FROM solution WHERE code = ?", (code,)).fetchone()
    if found is None:
        return ()
    id_, goal = found
    rows = db.execute(
        """SELECT p.id, p.name, count(*) FROM requirement r JOIN product p ON p.id = r.product_id
           WHERE r.solution_id = ? GROUP BY p.id ORDER BY p.position, p.id""",
        (id_,),
    )
    return (
        *(goal_line(row, code) for row in nodes_of(db, (goal,)).values()),
        *(product_line(code, *row) for row in rows),
    )


def goal_line(row: NodeRow, above: str) -> Twig:
    """A goal with nothing below it."""
    goal = row.code if row.status == "active" else ""
    return replace(node_twig(row, above, goal), has_below=False)


def product_line(above: str, id_: int, name: str, requirements: int) -> Twig:
    key = f"product {id_}"
    note = counted(requirements, "requirement")
    return Twig(f"{above}/{key}", key, "product", name, note, has_below=True)


def _through(
    db: sqlite3.Connection, path: str, solution: str, product: int, most: int
) -> tuple[Twig, ...]:
    """The requirements of a solution on one product."""
    found = db.execute("SELECT id FROM solution WHERE code = ?", (solution,)).fetchone()
    if found is None:
        return ()
    where = "solution_id = ? AND +product_id = ?"
    rows = requirements(db, f"r.{where} ORDER BY r.id LIMIT ?", found[0], product, most + 1)
    total = len(rows)
    if total > most:
        total = count(db, f"requirement WHERE {where}", found[0], product)
    return cut(served(db, rows, path, named=False), path, most, total)


def served(
    db: sqlite3.Connection, rows: Iterable[RequirementRow], above: str, named: bool = True
) -> list[Twig]:
    """Requirements with their product, if it is to be named, and the need they serve."""
    rows = tuple(rows)
    found = ways(db, (row.need_id for row in rows))
    twigs = []
    for row in rows:
        way = found.get(row.need_id)
        note = listed(row.product if named else "", way.code if way else "no need")
        twigs.append(requirement_twig(row, above, way.goal if way else "", note))
    return twigs


def _unsolved(db: sqlite3.Connection, most: int) -> tuple[Twig, ...]:
    """Active goals that no solution is for, in the order of the markets."""
    rows = nodes(
        db,
        f"""n.id IN (SELECT node.id FROM node JOIN market m ON m.id = market_id
              WHERE {_UNSOLVED.format("node")}
              ORDER BY m.position, m.id, node.position, node.id LIMIT ?)""",
        most,
    )
    order = goal_order(db)
    rows.sort(key=lambda row: order.get(row.id, 0))
    total = len(rows)
    if total >= most:
        total = count(db, f"node WHERE {_UNSOLVED.format('node')}")
    return cut([goal_line(row, UNSOLVED) for row in rows], UNSOLVED, most, total)
