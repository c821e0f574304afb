"""Finding the things of the hierarchy by what a person types."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from pmdesk.customers.sight import Kind


@dataclass(frozen=True, slots=True)
class FoundNode:
    code: str
    kind: Kind | Literal["solution"]
    statement: str
    """Or its name."""


@dataclass(frozen=True, slots=True)
class FoundMarket:
    id: int
    name: str
    accounts: int


@dataclass(frozen=True, slots=True)
class FoundProduct:
    id: int
    name: str
    requirements: int


@dataclass(frozen=True, slots=True)
class FoundAccount:
    id: int
    name: str
    market: str
    market_id: int
    alias: str
    """By which it was found; empty where its name was."""


def find_nodes(db: sqlite3.Connection, typed: str, most: int) -> tuple[FoundNode, ...]:
    """Nodes, requirements and solutions whose code or statement holds every word typed, the
    newest first; what has just that code before all others."""
    words = match_expression(typed)
    if not words:
        return ()
    wanted = {"words": words, "most": most, "code": typed.strip()}
    rows = db.execute(
        """SELECT code, kind, statement FROM node
           WHERE id IN (SELECT rowid FROM node_text WHERE node_text MATCH :words
                        ORDER BY rowid DESC LIMIT :most)
           ORDER BY id DESC""",
        wanted,
    ).fetchall()
    rows += db.execute(
        """SELECT code, 'requirement', statement FROM requirement
           WHERE id IN (SELECT rowid FROM requirement_text WHERE requirement_text MATCH :words
                        ORDER BY rowid DESC LIMIT :most)
           ORDER BY id DESC""",
        wanted,
    ).fetchall()
    exact = db.execute(
        """SELECT code, kind, statement FROM node WHERE code = upper(:code)
           UNION ALL
           SELECT code, 'requirement', statement FROM requirement WHERE code = upper(:code)
           UNION ALL
           SELECT code, 'solution', name FROM solution WHERE code = upper(:code)""",
        wanted,
    ).fetchall()
    solutions = db.execute("SELECT code, 'solution', name FROM solution ORDER BY id DESC")
    rows += _named(solutions, typed, at=2)
    return tuple(FoundNode(*row) for row in dict.fromkeys((*exact, *rows)))[:most]


def find_markets(db: sqlite3.Connection, typed: str, most: int) -> tuple[FoundMarket, ...]:
    """Markets whose name holds every word typed; those that begin so come first."""
    rows = db.execute(
        """SELECT m.id, m.name, (SELECT count(*) FROM account a WHERE a.market_id = m.id)
           FROM market m ORDER BY m.name, m.id"""
    )
    return tuple(FoundMarket(*row) for row in _named(rows, typed, at=1)[:most])


def find_products(db: sqlite3.Connection, typed: str, most: int) -> tuple[FoundProduct, ...]:
    """Products whose name holds every word typed; those that begin so come first."""
    rows = db.execute(
        """SELECT p.id, p.name, (SELECT count(*) FROM requirement r WHERE r.product_id = p.id)
           FROM product p ORDER BY p.name, p.id"""
    )
    return tuple(FoundProduct(*row) for row in _named(rows, typed, at=1)[:most])


Row = tuple[Any, ...]


def _named(rows: Iterable[Row], typed: str, at: int) -> list[Row]:
    """The rows of few things whose name, at this place, holds every word typed; those that
    begin so first."""
    words = "".join(sign if sign.isalnum() else " " for sign in typed.casefold()).split()
    found = [row for row in rows if words and all(word in row[at].casefold() for word in words)]
    return sorted(found, key=lambda row: not row[at].casefold().startswith(words[0]))


def find_accounts(db: sqlite3.Connection, typed: str, most: int) -> tuple[FoundAccount, ...]:
    """Accounts whose name or alias holds what is typed; those that begin so come first."""
    if not typed.strip():
        return ()
    rows = db.execute(
        r"""WITH called (account_id, called, alias) AS (
              SELECT id, name, '' FROM account WHERE name LIKE :infix ESCAPE '\'
              UNION ALL
              SELECT account_id, alias, alias FROM account_alias
              WHERE alias LIKE :infix ESCAPE '\')
            SELECT a.id, a.name, m.name, m.id, c.alias FROM called c
            JOIN account a ON a.id = c.account_id JOIN market m ON m.id = a.market_id
            ORDER BY c.called NOT LIKE :prefix ESCAPE '\', length(c.called), c.called, a.id
            LIMIT :most""",
        {"infix": infix(typed), "prefix": infix(typed)[1:], "most": 2 * most},
    )
    found: dict[int, FoundAccount] = {}
    for row in rows:  # one that is found by its name and an alias stands here twice
        found.setdefault(row[0], FoundAccount(*row))
    return tuple(found.values())[:most]


def infix(typed: str) -> str:
    r"""Typed "50%" as "%50\%%": what is typed is no pattern."""
    escaped = typed.strip()
    for sign in "\\%_":
        escaped = escaped.replace(sign, "\\" + sign)
    return f"%{escaped}%"


def match_expression(typed: str) -> str:
    """Every word must occur, the last one as the beginning of a word; empty matches nothing.

    Each word is quoted, so nothing typed is taken for an operator of the search.
    """
    words = [word for word in typed.split() if any(sign.isalnum() for sign in word)]
    quoted = ['"' + word.replace('"', '""').replace("\0", "") + '"' for word in words]
    return f"{' '.join(quoted)}*" if quoted else ""
