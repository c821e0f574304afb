"""What is found, in the views by product and by solution."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from datetime import date

from pmdesk.customers.browsing import products, solutions
from pmdesk.customers.browsing.filtering_hits import Hits
from pmdesk.customers.browsing.rows import (
    NodeRow,
    RequirementRow,
    goal_order,
    marks,
    nodes_of,
    requirements,
    ways,
)
from pmdesk.customers.browsing.twigs import Levels, Twig
from pmdesk.customers.things import PORTFOLIO


def in_products(
    db: sqlite3.Connection, found: Hits, today: date, most: int
) -> tuple[tuple[Twig, ...], Levels]:
    """Requirements, and those for such needs with the need below them."""
    rows, for_needs = _asked(db, found, most)
    above = ways(db, (row.need_id for row in rows))
    order = goal_order(db)
    rows.sort(key=lambda row: products.place(row, above.get(row.need_id), order))
    of_product: defaultdict[str, list[Twig]] = defaultdict(list)
    needs = {}
    for row in rows:
        path = f"product {row.product_id}"
        twig = products.reaching(row, path, above.get(row.need_id))
        of_product[path].append(twig)
        if row.id in for_needs:
            needs[twig.path] = row.need_id
    levels = {path: tuple(twigs) for path, twigs in of_product.items()}
    levels |= products.reached(db, needs)
    named = {f"product {id_}" for id_ in found.products}
    if found.portfolio:
        named.add(PORTFOLIO)
    roots = products.roots(db, today)
    return tuple(root for root in roots if root.path in levels or root.path in named), levels


def in_solutions(
    db: sqlite3.Connection, found: Hits, today: date, most: int
) -> tuple[tuple[Twig, ...], Levels]:
    """Solutions, and requirements and goals below them or below what has or is in none."""
    rows, _ = _asked(db, found, most)
    goals = [row for row in nodes_of(db, found.nodes).values() if row.kind == "goal"]
    all_solutions = db.execute("SELECT id, code, goal_id FROM solution")
    of_solution: dict[int, tuple[str, int]] = {row[0]: row[1:] for row in all_solutions}
    levels: Levels = {}
    for id_, (code, goal) in of_solution.items():
        mine = [row for row in rows if row.solution_id == id_]
        under = (
            *(solutions.goal_line(row, code) for row in goals if row.id == goal),
            *_by_product(db, mine, code, levels),
        )
        if under:
            levels[code] = under
    alone = [row for row in rows if row.solution_id is None and row.status != "dropped"]
    if alone:
        levels[solutions.ALONE] = tuple(solutions.served(db, alone, solutions.ALONE))
    _unsolved(db, goals, {goal for _, goal in of_solution.values()}, levels)
    named = {code for id_, (code, _) in of_solution.items() if id_ in found.solutions}
    twigs = solutions.solution_twigs(db)
    shown = (one for one in twigs if one.path in levels or one.path in named)
    without = len(levels.get(solutions.UNSOLVED, ()))
    return (*shown, *solutions.headings(len(alone), without)), levels


def _unsolved(
    db: sqlite3.Connection, goals: list[NodeRow], solved: set[int], levels: Levels
) -> None:
    order = goal_order(db)
    open_goals = [row for row in goals if row.status == "active" and row.id not in solved]
    if open_goals:
        open_goals.sort(key=lambda row: order.get(row.id, 0))
        path = solutions.UNSOLVED
        levels[path] = tuple(solutions.goal_line(row, path) for row in open_goals)


def _by_product(
    db: sqlite3.Connection, rows: list[RequirementRow], above: str, levels: Levels
) -> tuple[Twig, ...]:
    """The products of some requirements of a solution; the requirements below them."""
    of_product: defaultdict[tuple[int, str], list[RequirementRow]] = defaultdict(list)
    for row in rows:
        of_product[row.product_id, row.product].append(row)
    twigs = []
    for (id_, name), mine in of_product.items():
        twig = solutions.product_line(above, id_, name, len(mine))
        twigs.append(twig)
        levels[twig.path] = tuple(solutions.served(db, mine, twig.path, named=False))
    return tuple(twigs)


def _asked(db: sqlite3.Connection, found: Hits, most: int) -> tuple[list[RequirementRow], set[int]]:
    """Requirements that were found or are for needs that were, the oldest first; the ids of
    the latter."""
    for_needs = {
        row[0]
        for row in db.execute(
            f"""SELECT id FROM requirement WHERE need_id IN (
                  SELECT id FROM node WHERE id IN ({marks(found.nodes)})
                  UNION SELECT node_id FROM evidence WHERE id IN ({marks(found.evidence)}))
                ORDER BY id DESC LIMIT ?""",
            (*found.nodes, *found.evidence, most),
        )
    }
    ids = for_needs | set(found.requirements)
    return requirements(db, f"r.id IN ({marks(tuple(ids))}) ORDER BY r.id", *ids), for_needs
