"""What the palette finds of a desk: requests and the things of the hierarchy, a few of each."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date

from pmdesk.customers.searching import (
    FoundAccount,
    FoundMarket,
    FoundNode,
    FoundProduct,
    find_accounts,
    find_markets,
    find_nodes,
    find_products,
)
from pmdesk.requests.queries import RequestRow, page
from pmdesk.requests.searching import search


@dataclass(frozen=True, slots=True)
class Found:
    requests: tuple[RequestRow, ...]
    """The newest first; one that is meant by its number before them."""
    nodes: tuple[FoundNode, ...]
    markets: tuple[FoundMarket, ...]
    accounts: tuple[FoundAccount, ...]
    products: tuple[FoundProduct, ...]


def find(db: sqlite3.Connection, today: date, typed: str, most: int) -> Found:
    """At most so many of each that answer to what is typed."""
    requests = page(db, search(db, "all", today, typed).ids[:most])
    return Found(
        requests,
        find_nodes(db, typed, most),
        find_markets(db, typed, most),
        find_accounts(db, typed, most),
        find_products(db, typed, most),
    )
