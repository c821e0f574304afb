"""The customers by account: what each layer of it has told us, and what was never heard."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import replace
from datetime import date

from pmdesk.customers.browsing.rows import (
    count,
    counted,
    listed,
    node_twig,
    nodes,
    nodes_of,
    number_in,
    ways,
)
from pmdesk.customers.browsing.twigs import Twig, cut
from pmdesk.customers.kinds import Layer
from pmdesk.customers.things import LAYERS
from pmdesk.dates import say_date
from pmdesk.phrases import ago

OPENS = frozenset({"market", "account", "layer"})
UNHEARD = "unheard"
_LONG_AGO = 90
"""Days after which an executive should be heard again (DOMAIN §5)."""
_NAMED = 6
_LAYER_WORDS: dict[Layer, str] = {"executive": "Executives", "manager": "Managers", "user": "Users"}
_UNHEARD_GOALS = """kind = 'goal' AND status = 'active' AND market_id = ? AND NOT EXISTS (
    SELECT 1 FROM evidence e WHERE e.account_id = ? AND e.node_id = node.id)"""


def roots(db: sqlite3.Connection, today: date) -> tuple[Twig, ...]:
    rows = db.execute(
        """SELECT id, name, (SELECT count(*) FROM account WHERE market_id = m.id)
           FROM market m ORDER BY position, id"""
    )
    return tuple(
        Twig(
            f"market {id_}",
            f"market {id_}",
            "market",
            name,
            counted(accounts, "account"),
            has_below=accounts > 0,
        )
        for id_, name, accounts in rows
    )


def level(db: sqlite3.Connection, today: date, path: str, most: int) -> tuple[Twig, ...]:
    """What hangs directly below a line of this view."""
    parts = path.split("/")
    match len(parts):
        case 1:
            return _accounts(db, today, path, most)
        case 2:
            return account_parts(db, today, path)
        case 3 if parts[2] == UNHEARD:
            return _unheard_goals(db, path, most)
        case 3:
            return _spoke_of(db, today, path, most)
        case 4 if parts[2] != UNHEARD:
            return _said(db, today, path, most)
    return ()


def _accounts(db: sqlite3.Connection, today: date, path: str, most: int) -> tuple[Twig, ...]:
    market = number_in(path)
    rows = account_rows(db, "market_id = ? ORDER BY id LIMIT ?", market, most)
    total = count(db, "account WHERE market_id = ?", market)
    return cut([account_twig(row, today) for row in rows], path, most, total)


AccountRow = tuple[int, int, str, str, float | None, str | None]


def account_rows(db: sqlite3.Connection, where: str, *values: str | int) -> list[AccountRow]:
    """Id, market, name, status, share of revenue, day on which one of it was heard last."""
    # each of the three is the last entry of an index
    layers = ", ".join(
        f"""ifnull((SELECT max(heard_on) FROM evidence e
                    WHERE e.account_id = a.id AND e.layer = '{layer}'), '')"""
        for layer in LAYERS
    )
    return db.execute(
        f"""SELECT a.id, a.market_id, a.name, a.status, a.revenue_share, max({layers})
            FROM account a WHERE {where}""",
        values,
    ).fetchall()


def account_twig(row: AccountRow, today: date) -> Twig:
    id_, market, name, status, share, heard = row
    return Twig(
        f"market {market}/account {id_}",
        f"account {id_}",
        "account",
        name,
        listed("" if share is None else f"{share:g} % of revenue", _heard(heard, today)),
        status="" if status == "customer" else status,
        warns=not heard,
        has_below=True,
    )


def account_parts(db: sqlite3.Connection, today: date, path: str) -> tuple[Twig, ...]:
    """Its three layers, and the goals of its market that it said nothing of."""
    above, _, key = path.rpartition("/")
    account = number_in(key)
    if not count(db, "account WHERE id = ? AND market_id = ?", account, number_in(above)):
        return ()
    layers = (layer_twig(db, today, path, account, layer) for layer in LAYERS)
    return (*layers, *_unheard(db, path, number_in(above), account))


def layer_twig(db: sqlite3.Connection, today: date, above: str, account: int, layer: Layer) -> Twig:
    (heard,) = db.execute(
        "SELECT max(heard_on) FROM evidence WHERE account_id = ? AND layer = ?", (account, layer)
    ).fetchone()
    days = (today - date.fromisoformat(heard)).days if heard else None
    late = days is None or (layer == "executive" and days > _LONG_AGO)
    key = f"account {account} {layer}"
    words, note = _LAYER_WORDS[layer], _heard(heard, today)
    return Twig(f"{above}/{key}", key, "layer", words, note, warns=late, has_below=bool(heard))


def _unheard(db: sqlite3.Connection, path: str, market: int, account: int) -> tuple[Twig, ...]:
    goals = db.execute(
        f"SELECT code FROM node WHERE {_UNHEARD_GOALS} ORDER BY position, id", (market, account)
    ).fetchall()
    if not goals:
        return ()
    of = count(db, "node WHERE kind = 'goal' AND status = 'active' AND market_id = ?", market)
    named = ", ".join(code for (code,) in goals[:_NAMED])
    return (
        Twig(
            f"{path}/{UNHEARD}",
            "",
            "heading",
            f"Not heard on {len(goals):,} of {counted(of, 'goal')}",
            named if len(goals) <= _NAMED else f"{named} …",
            warns=True,
            has_below=True,
        ),
    )


def _unheard_goals(db: sqlite3.Connection, path: str, most: int) -> tuple[Twig, ...]:
    market, account, _ = path.split("/")
    of = number_in(market), number_in(account)
    where = _UNHEARD_GOALS.replace("node.id", "n.id")
    rows = nodes(db, f"{where} ORDER BY position, id LIMIT ?", *of, most + 1)
    total = count(db, f"node WHERE {_UNHEARD_GOALS}", *of) if len(rows) > most else len(rows)
    return cut(
        [replace(node_twig(row, path, row.code), has_below=False) for row in rows],
        path,
        most,
        total,
    )


def _spoke_of(db: sqlite3.Connection, today: date, path: str, most: int) -> tuple[Twig, ...]:
    """The nodes that a layer spoke of, the last ones first."""
    key = path.rpartition("/")[2]
    rows = db.execute(
        """SELECT node_id, heard_on, importance FROM evidence
           WHERE account_id = ? AND layer = ? ORDER BY heard_on DESC, id DESC""",
        (number_in(key), key.rpartition(" ")[2]),
    )
    heard: defaultdict[int, list[tuple[str, int | None]]] = defaultdict(list)
    for node, day, importance in rows:
        heard[node].append((day, importance))
    shown = list(heard)[:most]
    found, above = nodes_of(db, shown), ways(db, shown)
    twigs = [
        spoken_of(node_twig(found[id_], path, above[id_].goal), heard[id_], today)
        for id_ in shown
        if id_ in found
    ]
    return cut(twigs, path, most, len(heard))


def spoken_of(twig: Twig, heard: list[tuple[str, int | None]], today: date) -> Twig:
    """A node with what a layer said of it: days and importances, the last first."""
    day, importance = heard[0]
    note = listed(
        ago(date.fromisoformat(day), today),
        "" if importance is None else f"importance {importance}",
        f"{len(heard):,} times" if len(heard) > 1 else "",
    )
    return replace(twig, note=note, has_below=True)


def _said(db: sqlite3.Connection, today: date, path: str, most: int) -> tuple[Twig, ...]:
    """What a layer said of a node, the last first."""
    layer, code = path.split("/")[2:]
    of = (code, number_in(layer), layer.rpartition(" ")[2])
    where = """node_id = (SELECT id FROM node WHERE code = ?) AND account_id = ? AND layer = ?"""
    rows = evidence_rows(db, f"{where} ORDER BY heard_on DESC, id DESC LIMIT ?", *of, most + 1)
    total = count(db, f"evidence WHERE {where}", *of) if len(rows) > most else len(rows)
    return cut([evidence_twig(row, path, today) for row in rows], path, most, total)


EvidenceRow = tuple[int, int, int, str, str | None, str | None, str, int | None]


def evidence_rows(db: sqlite3.Connection, where: str, *values: str | int) -> list[EvidenceRow]:
    """Id, node, account, layer, person, quote, day, importance."""
    return db.execute(
        f"""SELECT id, node_id, account_id, layer, person, quote, heard_on, importance
            FROM evidence WHERE {where}""",
        values,
    ).fetchall()


def evidence_twig(row: EvidenceRow, above: str, today: date) -> Twig:
    id_, _, _, _, person, quote, day, importance = row
    note = listed(
        person or "",
        say_date(date.fromisoformat(day), today),
        "" if importance is None else f"importance {importance}",
    )
    words = f"“{quote}”" if quote else "No words noted"
    return Twig(f"{above}/evidence {id_}", f"evidence {id_}", "evidence", words, note)


def _heard(day: str | None, today: date) -> str:
    if not day:
        return "never heard"
    return f"heard {ago(date.fromisoformat(day), today)}"
