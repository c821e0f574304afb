"""Our products: each requirement with the need and the goal it reaches, those that reach none
on top."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from pmdesk.customers.browsing_rows import (
    RequirementRow,
    ago,
    count,
    counted,
    goal_order,
    listed,
    measures,
    node_twig,
    nodes_of,
    number_in,
    paths,
    readings,
    requirement_twig,
    requirements,
    seen,
)
from pmdesk.customers.sight import NodeLink
from pmdesk.customers.things import PORTFOLIO
from pmdesk.customers.twigs import Twig, cut

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
    if not vision:
        return "no vision", True
    if not revised:
        return "vision never revised", True
    days = (today - date.fromisoformat(revised)).days
    return f"vision revised {ago(days)}", days > _STALE


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
    above = paths(db, (row.need_id for row in rows))
    order = goal_order(db)
    rows.sort(key=lambda row: _place(row, above.get(row.need_id or 0, ()), order))
    return cut(
        [reaching(row, path, above.get(row.need_id or 0, ())) for row in rows], path, most, total
    )


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


def _place(
    row: RequirementRow, path: tuple[NodeLink, ...], order: dict[int, int]
) -> tuple[bool, bool, int, int, int]:
    root = order.get(path[0].id, 0) if path else 0
    return row.status == "dropped", bool(seen(path)), root, row.need_id or 0, row.id


def reaching(row: RequirementRow, above: str, path: tuple[NodeLink, ...]) -> Twig:
    """A requirement with the need and the goal it reaches."""
    goal = seen(path)
    if not path:
        note = "no need"
    elif path[0].kind != "goal":
        note = f"{path[-1].code} under no goal"
    else:
        over = "" if goal else f" {path[0].status}"
        note = f"{path[-1].code} ▸ {path[0].code}{over}"
    twig = requirement_twig(row, above, goal, note)
    live = row.status != "dropped"
    return replace(twig, warns=live and not goal, has_below=bool(path))


def _reached(db: sqlite3.Connection, path: str, code: str) -> tuple[Twig, ...]:
    """The need of a requirement and the goal above it."""
    need = db.execute("SELECT need_id FROM requirement WHERE code = ?", (code,)).fetchone()
    return reached(db, {path: need[0]}).get(path, ()) if need else ()


def reached(db: sqlite3.Connection, needs: Mapping[str, int | None]) -> dict[str, tuple[Twig, ...]]:
    """By the path of a requirement, of which the id of the need is given: its need, and the
    goal at the root above that."""
    above = paths(db, needs.values())
    ends = {link.id for path in above.values() for link in (path[0], path[-1])}
    rows = nodes_of(db, ends)
    found = {}
    for path, need in needs.items():
        links = above.get(need or 0, ())
        shown = dict.fromkeys(link.id for link in (*links[-1:], *links[:1]) if link.id in rows)
        twigs = (node_twig(rows[id_], path, seen(links)) for id_ in shown)
        found[path] = tuple(replace(twig, has_below=False) for twig in twigs)
    return found
