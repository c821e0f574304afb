"""Our products: each requirement with the need and the goal it reaches, those that reach none
on top."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from pmdesk.customers.browsing.rows import (
    RequirementRow,
    Way,
    count,
    counted,
    goal_order,
    listed,
    measures,
    node_twig,
    nodes_of,
    number_in,
    readings,
    requirement_twig,
    requirements,
    ways,
)
from pmdesk.customers.browsing.twigs import Twig, cut
from pmdesk.customers.things import PORTFOLIO
from pmdesk.phrases import ago

OPENS = frozenset({"product"})
_STALE = 90
"""Days after which a vision should be looked at again (DOMAIN §5)."""
_BLIND = 3_000
"""So many nodes under no active goal are looked through for what hangs on them."""


def roots(db: sqlite3.Connection, today: date) -> tuple[Twig, ...]:
    """Our vision, then the products in the person's order; nothing where there is neither."""
    ours = db.execute("SELECT vision, vision_revised FROM desk").fetchone()
    vision, revised = ours or (None, None)
    rows = db.execute(
        """SELECT id, name, vision, vision_revised,
             (SELECT count(*) FROM requirement WHERE product_id = p.id)
               - (SELECT count(*) FROM requirement WHERE product_id = p.id AND status = 'dropped'),
             EXISTS (SELECT 1 FROM requirement WHERE product_id = p.id)
               OR EXISTS (SELECT 1 FROM metric WHERE product_id = p.id)
           FROM product p ORDER BY position, id"""
    )
    products = [product_twig(row, today) for row in rows]
    if not products and not vision:
        return ()
    note, late = _vision(vision, revised, today)
    words = listed(note, vision or "")
    return (Twig(PORTFOLIO, PORTFOLIO, "portfolio", "Portfolio", words, warns=late), *products)


ProductRow = tuple[int, str, str | None, str | None, int, int]


def product_twig(row: ProductRow, today: date) -> Twig:
    id_, name, vision, revised, live, has_below = row
    note, late = _vision(vision, revised, today)
    key = f"product {id_}"
    said = listed(counted(live, "requirement"), note)
    return Twig(key, key, "product", name, said, warns=late, has_below=bool(has_below))


def _vision(vision: str | None, revised: str | None, today: date) -> tuple[str, bool]:
    """What is said of a vision, and whether it calls for something."""
    if not revised:
        return ("vision never revised" if vision else "no vision"), True
    day = date.fromisoformat(revised)
    return f"vision revised {ago(day, today)}", (today - day).days > _STALE


def level(db: sqlite3.Connection, today: date, path: str, most: int) -> tuple[Twig, ...]:
    """What hangs directly below a line of this view."""
    key = path.rpartition("/")[2]
    if key.startswith("measure "):
        found, total = readings(db, today, path, most)
        return cut(found, path, most, total)
    if path.startswith("product ") and "/" not in path:
        of_product = number_in(key)
        ours = measures(db, path, "", "product_id", of_product)
        return (*ours, *_requirements(db, path, of_product, most))
    return _reached(db, path, key)


def _requirements(db: sqlite3.Connection, path: str, product: int, most: int) -> tuple[Twig, ...]:
    """Those that reach no goal, then the others by goal; the dropped ones last. Where there
    are more than `most`, the first of those that reach no goal are among them."""
    total = count(db, "requirement WHERE product_id = ?", product)
    rows = requirements(
        db, "r.product_id = ? ORDER BY r.status = 'dropped', r.id LIMIT ?", product, most
    )
    if total > most:
        first = {row.id: row for row in _without_sight(db, product, most)}
        rows = list({**first, **{row.id: row for row in rows}}.values())[:most]
    above = ways(db, (row.need_id for row in rows))
    order = goal_order(db)
    rows.sort(key=lambda row: place(row, above.get(row.need_id), order))
    return cut([reaching(row, path, above.get(row.need_id)) for row in rows], path, most, total)


def _without_sight(db: sqlite3.Connection, product: int, most: int) -> list[RequirementRow]:
    """Live requirements of a product without a need, or whose need hangs under no active goal."""
    return requirements(
        db,
        f"""r.id IN (
              WITH RECURSIVE blind (id) AS (
                SELECT id FROM node WHERE kind = 'need' AND parent_id IS NULL
                UNION ALL SELECT n.id FROM market m CROSS JOIN node n ON n.market_id = m.id
                  AND n.kind = 'goal' AND n.status IN ('reached', 'dropped')
                UNION ALL SELECT n.id FROM blind CROSS JOIN node n ON n.parent_id = blind.id
                LIMIT {_BLIND})
              SELECT q.id FROM blind CROSS JOIN requirement q ON q.need_id = blind.id
              WHERE q.product_id = ?1 AND q.status <> 'dropped'
              UNION ALL
              SELECT id FROM requirement
              WHERE need_id IS NULL AND +product_id = ?1 AND status <> 'dropped')
            ORDER BY r.id LIMIT ?2""",
        product,
        most,
    )


def place(
    row: RequirementRow, way: Way | None, order: dict[int, int]
) -> tuple[bool, bool, int, int, int]:
    """Its place in a product: what reaches no goal, then by goal; what is dropped is last."""
    root = order.get(way.root_id, 0) if way else 0
    return row.status == "dropped", bool(way and way.goal), root, row.need_id or 0, row.id


def reaching(row: RequirementRow, above: str, way: Way | None) -> Twig:
    """A requirement with the need and the goal it reaches."""
    goal = way.goal if way else ""
    if way is None:
        note = "no need"
    elif way.kind != "goal":
        note = f"{way.code} under no goal"
    else:
        note = f"{way.code} ▸ {way.root}" + ("" if goal else f" {way.status}")
    twig = requirement_twig(row, above, goal, note)
    live = row.status != "dropped"
    return replace(twig, warns=live and not goal, has_below=way is not None)


def _reached(db: sqlite3.Connection, path: str, code: str) -> tuple[Twig, ...]:
    """The need of a requirement and the goal above it."""
    need = db.execute("SELECT need_id FROM requirement WHERE code = ?", (code,)).fetchone()
    return reached(db, {path: need[0]}).get(path, ()) if need else ()


def reached(db: sqlite3.Connection, needs: Mapping[str, int | None]) -> dict[str, tuple[Twig, ...]]:
    """By the path of a requirement, of which the id of the need is given: its need, and the
    goal at the root above that."""
    above = ways(db, needs.values())
    rows = nodes_of(
        db, {id_ for id_ in needs.values() if id_} | {w.root_id for w in above.values()}
    )
    found = {}
    for path, need in needs.items():
        way = above.get(need)
        if way is not None and need is not None:
            found[path] = tuple(
                replace(node_twig(rows[id_], path, way.goal), has_below=False)
                for id_ in dict.fromkeys((need, way.root_id))
            )
    return found
