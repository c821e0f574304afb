"""What is found, in the view by account."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from datetime import date

from pmdesk.customers.browsing import accounts
from pmdesk.customers.browsing.accounts import (
    EvidenceRow,
    account_rows,
    account_twig,
    evidence_rows,
    evidence_twig,
    layer_twig,
    spoken_of,
)
from pmdesk.customers.browsing.filtering_hits import Hits
from pmdesk.customers.browsing.rows import marks, node_twig, nodes_of, ways
from pmdesk.customers.browsing.twigs import Levels, Twig
from pmdesk.customers.things import LAYERS


def in_accounts(
    db: sqlite3.Connection, found: Hits, today: date, most: int
) -> tuple[tuple[Twig, ...], Levels]:
    """By account what was said in such words, and what was said of such nodes."""
    heard = _heard(db, found, most)
    wanted = {account for account, _, _ in heard} | set(found.accounts)
    layers_heard = {(account, layer) for account, layer, _ in heard}
    levels: Levels = {}
    of_market: defaultdict[str, list[Twig]] = defaultdict(list)
    rows = account_rows(db, f"a.id IN ({marks(tuple(wanted))}) ORDER BY a.id", *wanted)
    for row in rows:
        account = account_twig(row, today)
        of_market[f"market {row[1]}"].append(account)
        layers = tuple(
            layer_twig(db, today, account.path, row[0], layer)
            for layer in LAYERS
            if (row[0], layer) in layers_heard
        )
        if layers:
            levels[account.path] = layers
    levels |= {path: tuple(twigs) for path, twigs in of_market.items()}
    _spoken_of(db, found, heard, {row[0]: row[1] for row in rows}, today, levels)
    named = {f"market {id_}" for id_ in found.markets}
    roots = accounts.roots(db, today)
    return tuple(root for root in roots if root.path in levels or root.path in named), levels


_Heard = dict[tuple[int, str, int], list[EvidenceRow]]


def _heard(db: sqlite3.Connection, found: Hits, most: int) -> _Heard:
    """By account, layer and node all that was said there, the last first; the latest places
    first."""
    ids = (*found.evidence, *found.nodes)
    said = marks(found.evidence)
    rows = evidence_rows(
        db,
        f"""id IN (SELECT id FROM evidence WHERE id IN ({said})
               UNION SELECT id FROM evidence WHERE node_id IN ({marks(found.nodes)})
               ORDER BY id DESC LIMIT {most})
            ORDER BY heard_on DESC, id DESC""",
        *ids,
    )
    places = {(row[2], row[3], row[1]) for row in rows}
    touched = {place[2] for place in places}
    heard: _Heard = defaultdict(list)
    for row in evidence_rows(
        db,
        f"node_id IN ({marks(tuple(touched))}) ORDER BY heard_on DESC, id DESC",
        *touched,
    ):
        if (row[2], row[3], row[1]) in places:
            heard[row[2], row[3], row[1]].append(row)
    return heard


def _spoken_of(
    db: sqlite3.Connection,
    found: Hits,
    heard: _Heard,
    markets: dict[int, int],
    today: date,
    levels: Levels,
) -> None:
    """The nodes below the layers, and below them what was said in such words."""
    of_layer: defaultdict[str, list[Twig]] = defaultdict(list)
    ids = {node for _, _, node in heard}
    rows, above = nodes_of(db, ids), ways(db, ids)
    quoted = set(found.evidence)
    for (account, layer, node), said in heard.items():
        path = f"market {markets[account]}/account {account}/account {account} {layer}"
        plain = node_twig(rows[node], path, above[node].goal)
        twig = spoken_of(plain, [(row[6], row[7]) for row in said], today)
        of_layer[path].append(twig)
        words = tuple(evidence_twig(row, twig.path, today) for row in said if row[0] in quoted)
        if words:
            levels[twig.path] = words
    levels |= {path: tuple(twigs) for path, twigs in of_layer.items()}
