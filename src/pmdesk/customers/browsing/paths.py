"""Where a thing stands in a view of the customers' pane."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from pmdesk.customers.browsing.accounts import UNHEARD
from pmdesk.customers.browsing.markets import ADRIFT
from pmdesk.customers.browsing.rows import number_in
from pmdesk.customers.browsing.solutions import ALONE, UNSOLVED
from pmdesk.customers.browsing.twigs import WIDE, View
from pmdesk.customers.browsing.views import below
from pmdesk.customers.kinds import LETTERS, NODE_KINDS
from pmdesk.customers.queries import nodes_above
from pmdesk.customers.sight import path_to
from pmdesk.customers.things import PORTFOLIO


class Found(NamedTuple):
    path: str
    """Of its first line in the view."""
    wide: dict[str, int]
    """How many lines of the wide levels above it are to be read, so that it is among them."""


def path_of(
    db: sqlite3.Connection, view: View, keys: Iterable[str], today: date
) -> tuple[str, Found] | None:
    """The first of the things that stands in the view, and where; None where none does."""
    for key in keys:
        path = _PATHS[view](db, key)
        if path and (wide := reached(db, view, path, today)) is not None:
            return key, Found(path, wide)
    return None


def reached(db: sqlite3.Connection, view: View, path: str, today: date) -> dict[str, int] | None:
    """How much must be read of each level above a line; None if it is on none of them."""
    wide: dict[str, int] = {}
    steps = path.split("/")
    for end in range(2, len(steps) + 1):
        above, wanted, most = "/".join(steps[: end - 1]), "/".join(steps[:end]), WIDE
        twigs = below(db, view, today, above, most)
        while all(twig.path != wanted for twig in twigs):
            if not twigs or twigs[-1].kind != "more":
                return None
            most *= 4
            twigs = below(db, view, today, above, most)
        if most > WIDE:
            wide[above] = most
    return wide


# The four views -------------------------------------------------------------------------------


def _by_market(db: sqlite3.Connection, key: str) -> str:
    match _kind(key):
        case "market":
            return key
        case "node":
            return _node_path(db, _one(db, "SELECT id FROM node WHERE code = ?", key))
        case "requirement":
            need = _one(db, "SELECT need_id FROM requirement WHERE code = ?", key)
            above = _node_path(db, need) if need else ADRIFT
            return above and f"{above}/{key}"
        case "measure":
            goal = _one(db, "SELECT node_id FROM metric WHERE id = ?", number_in(key))
            above = _node_path(db, goal)
            return above and f"{above}/{key}"
        case "reading":
            return _on_measure(db, key, _by_market)
    return ""


def _by_account(db: sqlite3.Connection, key: str) -> str:
    kind = _kind(key)
    if kind == "market":
        return key
    if kind == "account":
        whole = f"account {number_in(key)}"
        market = _one(db, "SELECT market_id FROM account WHERE id = ?", number_in(key))
        return market and f"market {market}/{whole}" + (f"/{key}" if key != whole else "")
    if kind not in ("evidence", "node"):
        return ""
    where = "e.id = ?" if kind == "evidence" else "n.code = ?"
    row = db.execute(
        f"""SELECT a.market_id, a.id, e.layer, n.code, e.id FROM evidence e
            JOIN account a ON a.id = e.account_id JOIN node n ON n.id = e.node_id
            WHERE {where} ORDER BY e.heard_on DESC, e.id DESC LIMIT 1""",
        (number_in(key) if kind == "evidence" else key,),
    ).fetchone()
    if row is not None:
        market, account, layer, code, evidence = row
        above = f"market {market}/account {account}/account {account} {layer}/{code}"
        return f"{above}/evidence {evidence}" if kind == "evidence" else above
    row = db.execute(
        """SELECT a.market_id, a.id FROM node n JOIN account a ON a.market_id = n.market_id
           WHERE n.code = ? AND n.kind = 'goal' ORDER BY a.id LIMIT 1""",
        (key,),
    ).fetchone()
    return f"market {row[0]}/account {row[1]}/{UNHEARD}/{key}" if row else ""


def _by_product(db: sqlite3.Connection, key: str) -> str:
    """Needs and goals stand below the requirements that serve them: those are gone to."""
    match _kind(key):
        case "product" | "portfolio":
            return key
        case "requirement":
            product = _one(db, "SELECT product_id FROM requirement WHERE code = ?", key)
            return product and f"product {product}/{key}"
        case "measure":
            product = _one(db, "SELECT product_id FROM metric WHERE id = ?", number_in(key))
            return product and f"product {product}/{key}"
        case "reading":
            return _on_measure(db, key, _by_product)
    return ""


def _by_solution(db: sqlite3.Connection, key: str) -> str:
    match _kind(key):
        case "solution":
            return key
        case "requirement":
            row = db.execute(
                """SELECT s.code, r.product_id FROM requirement r
                   LEFT JOIN solution s ON s.id = r.solution_id WHERE r.code = ?""",
                (key,),
            ).fetchone()
            if row is None:
                return ""
            return f"{row[0]}/product {row[1]}/{key}" if row[0] else f"{ALONE}/{key}"
        case "node":
            of_goal = """SELECT s.code FROM solution s JOIN node n ON n.id = s.goal_id
                         WHERE n.code = ? ORDER BY s.id"""
            return f"{_one(db, of_goal, key) or UNSOLVED}/{key}"
        case "product":
            of_product = """SELECT s.code FROM requirement r JOIN solution s
                            ON s.id = r.solution_id WHERE r.product_id = ? ORDER BY s.id"""
            solution = _one(db, of_product, number_in(key))
            return solution and f"{solution}/{key}"
    return ""


_PATHS = {
    "market": _by_market,
    "account": _by_account,
    "product": _by_product,
    "solution": _by_solution,
}


# What they share ------------------------------------------------------------------------------


def _kind(key: str) -> str:
    """ "node" for whatever hangs in the tree."""
    if key[1:].isdecimal():
        kind = LETTERS.get(key[0], "")
        return "node" if kind in NODE_KINDS else kind
    return PORTFOLIO if key == PORTFOLIO else key.partition(" ")[0]


def _one(db: sqlite3.Connection, query: str, *values: str | int) -> Any:
    """The only value; "" where there is none."""
    row = db.execute(query, values).fetchone()
    return row[0] or "" if row else ""


def _node_path(db: sqlite3.Connection, node: int | str) -> str:
    if not node:
        return ""
    path = path_to(nodes_above(db, (int(node),)), int(node))
    if not path:
        return ""
    market = _one(db, "SELECT market_id FROM node WHERE id = ?", path[0].id)
    root = f"market {market}" if path[0].kind == "goal" and market else ADRIFT
    return "/".join((root, *(link.code for link in path)))


def _on_measure(db: sqlite3.Connection, key: str, of: Any) -> str:
    measure = _one(db, "SELECT metric_id FROM reading WHERE id = ?", number_in(key))
    above = of(db, f"measure {measure}")
    return above and f"{above}/{key}"
