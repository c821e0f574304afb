"""The whole hierarchy, as one read of the desk sees it."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from datetime import date
from typing import Any, TypeVar

from pmdesk.customers.hierarchy import Hierarchy
from pmdesk.customers.things import (
    Account,
    Evidence,
    Market,
    Measure,
    Node,
    Product,
    PutOff,
    Reading,
    Requirement,
    Solution,
)

TABLES = frozenset({
    "desk", "market", "account", "account_alias", "account_domain", "node", "product",
    "requirement", "solution", "metric", "reading", "evidence", "gap_snooze",
})  # fmt: skip
"""What it is made of: a change to any of these makes it another."""

R = TypeVar("R", Market, Node, Solution)


def whole(db: sqlite3.Connection) -> Hierarchy:
    """Everything of the hierarchy. About half a second for 100,000 nodes."""
    vision = db.execute("SELECT vision, vision_revised FROM desk").fetchone() or (None, None)
    return Hierarchy(
        markets=_rows(Market, db, "SELECT id, name, position FROM market ORDER BY 3, 1"),
        accounts=_accounts(db),
        nodes=_rows(
            Node,
            db,
            """SELECT id, code, kind, market_id, parent_id, statement, layer, status, weight,
                 position
               FROM node ORDER BY position, id""",
        ),
        products=_products(db),
        requirements=_requirements(db),
        solutions=_rows(
            Solution,
            db,
            "SELECT id, code, goal_id, name, value_statement FROM solution ORDER BY id",
        ),
        measures=_measures(db),
        evidence=_evidence(db),
        put_off=tuple(
            PutOff(rule, subject, date.fromisoformat(until), reason)
            for rule, subject, until, reason in db.execute(
                "SELECT rule, subject, until, reason FROM gap_snooze ORDER BY id"
            )
        ),
        vision=vision[0],
        vision_revised=_day(vision[1]),
    )


def _rows(kind: type[R], db: sqlite3.Connection, sql: str) -> tuple[R, ...]:
    return tuple(map(kind._make, db.execute(sql)))


def _products(db: sqlite3.Connection) -> tuple[Product, ...]:
    return tuple(
        Product(id_, name, vision, _day(revised), position)
        for id_, name, vision, revised, position in db.execute(
            "SELECT id, name, vision, vision_revised, position FROM product ORDER BY 5, 1"
        )
    )


def _requirements(db: sqlite3.Connection) -> tuple[Requirement, ...]:
    return tuple(
        Requirement._make((*row, _day(shipped)))
        for *row, shipped in db.execute(
            """SELECT id, code, need_id, product_id, solution_id, statement, status, effort_weeks,
                 horizon, shipped_on
               FROM requirement ORDER BY id"""
        )
    )


def _evidence(db: sqlite3.Connection) -> tuple[Evidence, ...]:
    return tuple(
        Evidence._make((*row, date.fromisoformat(heard), importance))
        for *row, heard, importance in db.execute(
            """SELECT id, node_id, account_id, request_id, layer, person, quote, heard_on,
                 importance
               FROM evidence ORDER BY heard_on, id"""
        )
    )


def _accounts(db: sqlite3.Connection) -> tuple[Account, ...]:
    also: defaultdict[int, list[str]] = defaultdict(list)
    domains: defaultdict[int, list[str]] = defaultdict(list)
    for account, alias in db.execute("SELECT account_id, alias FROM account_alias ORDER BY id"):
        also[account].append(alias)
    for account, name in db.execute("SELECT account_id, domain FROM account_domain ORDER BY id"):
        domains[account].append(name)
    return tuple(
        Account._make((*row, tuple(also[row[0]]), tuple(domains[row[0]])))
        for row in db.execute(
            "SELECT id, market_id, name, status, revenue_share FROM account ORDER BY id"
        )
    )


def _measures(db: sqlite3.Connection) -> tuple[Measure, ...]:
    readings: defaultdict[int, list[Reading]] = defaultdict(list)
    for id_, metric, taken, value, note in db.execute(
        "SELECT id, metric_id, taken_on, value, note FROM reading ORDER BY taken_on, id"
    ):
        readings[metric].append(Reading(id_, metric, date.fromisoformat(taken), value, note))
    return tuple(
        Measure._make((*row, tuple(readings[row[0]])))
        for row in db.execute(
            "SELECT id, node_id, product_id, name, unit, baseline, target FROM metric ORDER BY id"
        )
    )


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None
