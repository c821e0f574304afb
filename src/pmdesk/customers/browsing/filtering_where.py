"""Which lines of a view hold what is looked for themselves, and where."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any

from pmdesk.customers.browsing.filtering_hits import Hits
from pmdesk.customers.browsing.rows import marks
from pmdesk.customers.browsing.twigs import HERE, View
from pmdesk.customers.things import PORTFOLIO


def where_found(
    db: sqlite3.Connection, view: View, found: Hits, words: list[str]
) -> dict[str, str]:
    """By the key of a thing: HERE, or in what else of it the words are."""
    where: dict[str, str] = {}
    if view == "solution":  # what a requirement is for has no line of its own there
        needs = (*found.nodes, *_spoken_of(db, found))
        rows = f"requirement WHERE need_id IN ({marks(needs)})"
        where |= dict.fromkeys(_first(db, f"SELECT code FROM {rows}", needs), "in its need")
    if view != "account":  # there a quote has its own line
        where |= dict.fromkeys(_codes(db, "node", _spoken_of(db, found)), "in a quote")
    where |= dict.fromkeys(_codes(db, "node", found.nodes), HERE)
    where |= dict.fromkeys(_codes(db, "requirement", found.requirements), HERE)
    where |= dict.fromkeys((f"market {id_}" for id_ in found.markets), HERE)
    where |= dict.fromkeys((f"account {id_}" for id_ in found.accounts), HERE)
    where |= dict.fromkeys((f"evidence {id_}" for id_ in found.evidence), HERE)
    if found.portfolio:
        where[PORTFOLIO] = "in its vision"
    for key, name in _named(db, "product", "'product ' || id", found.products):
        where[key] = HERE if _holds(name, words) else "in its vision"
    for key, name in _named(db, "solution", "code", found.solutions):
        where[key] = HERE if _holds(f"{key} {name}", words) else "in its value statement"
    return where


def _spoken_of(db: sqlite3.Connection, found: Hits) -> tuple[int, ...]:
    rows = f"evidence WHERE id IN ({marks(found.evidence)})"
    return tuple(_first(db, f"SELECT DISTINCT node_id FROM {rows}", found.evidence))


def _codes(db: sqlite3.Connection, table: str, ids: tuple[int, ...]) -> list[str]:
    return _first(db, f"SELECT code FROM {table} WHERE id IN ({marks(ids)})", ids)


def _first(db: sqlite3.Connection, query: str, values: tuple[int, ...]) -> list[Any]:
    return [row[0] for row in db.execute(query, values)]


def _named(
    db: sqlite3.Connection, table: str, key: str, ids: tuple[int, ...]
) -> Iterable[tuple[str, str]]:
    return db.execute(f"SELECT {key}, name FROM {table} WHERE id IN ({marks(ids)})", ids).fetchall()


def _holds(name: str, words: list[str]) -> bool:
    return all(word.casefold() in name.casefold() for word in words)
