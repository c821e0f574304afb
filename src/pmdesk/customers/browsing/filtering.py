"""The four views of the customers' pane, as far as something typed is found in them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from pmdesk.customers.browsing.filtering_accounts import in_accounts
from pmdesk.customers.browsing.filtering_hits import Hits, hits, words_in
from pmdesk.customers.browsing.filtering_markets import in_markets
from pmdesk.customers.browsing.filtering_products import in_products, in_solutions
from pmdesk.customers.browsing.filtering_where import where_found
from pmdesk.customers.browsing.twigs import VIEWS, WIDE, Browsed, Levels, Twig, View, grown
from pmdesk.customers.browsing.views import counts

_Tree = Callable[[sqlite3.Connection, Hits, date, int], tuple[tuple[Twig, ...], Levels]]
_TREES: Mapping[View, _Tree] = {
    "market": in_markets,
    "account": in_accounts,
    "product": in_products,
    "solution": in_solutions,
}


def find(db: sqlite3.Connection, view: View, typed: str, today: date, most: int = WIDE) -> Browsed:
    """The lines in which every word typed occurs, the last as the beginning of a word, and what
    they hang on, all open: the newest `most`, in the order of the view, and a line "more" where
    there are more. No roots where nothing is found, or nothing was typed.

    What hangs below a line that was found is not read: `browsing.below` gives it.
    """
    found = hits(db, typed, most)
    roots, levels = _TREES[view](db, found, today, most)
    where = where_found(db, view, found, words_in(typed))
    roots = tuple(_told(root, where) for root in roots)
    levels = {path: tuple(_told(twig, where) for twig in some) for path, some in levels.items()}
    if roots and found.more:
        note = f"the newest {most:,} are shown"
        roots = (*roots, Twig("more", "", "more", "more …", note))
    return Browsed(grown(roots, levels), counts(db))


def elsewhere(db: sqlite3.Connection, view: View, typed: str, today: date) -> tuple[View, ...]:
    """The other views in which something is found."""
    found = hits(db, typed, WIDE)
    others = (one for one in VIEWS if one != view)
    return tuple(one for one in others if _TREES[one](db, found, today, WIDE)[0])


def _told(twig: Twig, where: Mapping[str, str]) -> Twig:
    return replace(twig, found=where[twig.key]) if twig.key in where else twig
