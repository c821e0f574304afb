"""Lines of the customers' views as text, and small desks by SQL to read them from."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

from pmdesk.customers.browsing.twigs import Twig
from pmdesk.store.migrations import migrate


def said(twigs: Iterable[Twig], depth: int = 0) -> Iterator[str]:
    """ "▾ G1 Cut agency staffing [weight 3] reached !", below what it hangs on."""
    for twig in twigs:
        sign = "▾" if twig.below is not None else "▸" if twig.has_below else "-"
        code = twig.key if " " not in twig.key and twig.key[:1].isupper() else ""
        note = f"[{twig.note}]" if twig.note else ""
        sight = f"→{twig.goal}" if twig.goal and twig.goal != twig.key else ""
        parts = (sign, code, twig.words, note, twig.status, sight, "!" if twig.warns else "")
        yield "  " * depth + " ".join(filter(None, parts))
        yield from said(twig.below or (), depth + 1)


def keys(twigs: Iterable[Twig]) -> str:
    """ "market 1 (G1 (O1 N1))"; a heading by the end of its path."""
    return " ".join(
        (twig.key or twig.path.rpartition("/")[2])
        + (f" ({keys(twig.below)})" if twig.below else "")
        for twig in twigs
    )


def paths(twigs: Iterable[Twig]) -> Iterator[str]:
    """Of all lines that were read, from top to bottom."""
    for twig in twigs:
        yield twig.path
        yield from paths(twig.below or ())


def empty_desk() -> sqlite3.Connection:
    """In memory, with the market 1 and the product 1."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    migrate(db)
    db.execute("INSERT INTO market (id, name, position) VALUES (1, 'Ports', 1)")
    db.execute("INSERT INTO product (id, name, position) VALUES (1, 'Rota', 1)")
    return db


KINDS = {"G": "goal", "O": "obstacle", "I": "initiative", "T": "tactic", "N": "need"}


def node(
    db: sqlite3.Connection, code: str, above: int | None = None, status: str = "active"
) -> int:
    """Its id."""
    kind = KINDS[code[0]]
    market = None if kind == "need" and above is None else 1
    layer, weight = ("user" if kind == "need" else None), (2 if kind == "goal" else None)
    return int(
        db.execute(
            """INSERT INTO node (code, kind, market_id, parent_id, statement, layer, status, weight,
                                 position) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1) RETURNING id""",
            (code, kind, market, above, f"The {kind} {code}", layer, status, weight),
        ).fetchone()[0]
    )


def requirement(
    db: sqlite3.Connection, code: str, need: int | None = None, status: str = "candidate"
) -> int:
    """Its id."""
    return int(
        db.execute(
            """INSERT INTO requirement (code, need_id, product_id, statement, status)
               VALUES (?, ?, 1, ?, ?) RETURNING id""",
            (code, need, f"The requirement {code}", status),
        ).fetchone()[0]
    )
