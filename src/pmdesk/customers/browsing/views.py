"""The four views of the customers' pane, read as far as they are open."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from pmdesk.customers.browsing import accounts, markets, products, solutions
from pmdesk.customers.browsing.twigs import VIEWS as VIEWS
from pmdesk.customers.browsing.twigs import WIDE as WIDE
from pmdesk.customers.browsing.twigs import Browsed, Levels, Twig, View, grown, with_few_more

UNASKED = 400
"""So many lines are open at most without being asked for: as many whole levels as fit."""

_NONE: Mapping[str, int] = {}


class _Read(NamedTuple):
    roots: Callable[[sqlite3.Connection, date], tuple[Twig, ...]]
    level: Callable[[sqlite3.Connection, date, str, int], tuple[Twig, ...]]
    opens: frozenset[str]
    """The kinds of lines that open unasked."""


_VIEWS: Mapping[View, _Read] = {
    "market": _Read(markets.roots, markets.level, markets.OPENS),
    "account": _Read(accounts.roots, accounts.level, accounts.OPENS),
    "product": _Read(products.roots, products.level, products.OPENS),
    "solution": _Read(solutions.roots, solutions.level, solutions.OPENS),
}


def browse(
    db: sqlite3.Connection,
    view: View,
    today: date,
    opened: frozenset[str],
    closed: frozenset[str],
    wide: Mapping[str, int] = _NONE,
) -> Browsed:
    """The top of a view and what is open below it: what the person opened, and what else fits
    into UNASKED lines but for what they closed. `wide` says by path how many lines of a level
    are wanted where WIDE is too few.

    So that a change elsewhere folds nothing, name in `opened` and `closed` all that is open and
    all that is closed on the screen; the paths of things that are gone do no harm.
    """
    read = _VIEWS[view]
    roots = read.roots(db, today)
    levels: Levels = {}
    left = UNASKED - len(roots)
    step = roots
    while step:
        foldable = [twig for twig in step if twig.has_below and twig.path not in closed]
        for twig in foldable:
            if twig.path in opened:
                most = with_few_more(wide.get(twig.path, WIDE))
                levels[twig.path] = read.level(db, today, twig.path, most)
        unasked: Levels = {}
        for twig in foldable:
            if left >= 0 and twig.path not in opened and twig.kind in read.opens:
                most = with_few_more(min(left + 1, wide.get(twig.path, WIDE)))
                unasked[twig.path] = read.level(db, today, twig.path, most)
                left -= len(unasked[twig.path])
        if left >= 0:  # a level that opened in part would look as if the rest were empty
            levels |= unasked
        step = tuple(one for twig in foldable for one in levels.get(twig.path, ()))
    return Browsed(grown(roots, levels), counts(db))


def below(
    db: sqlite3.Connection, view: View, today: date, path: str, most: int = WIDE
) -> tuple[Twig, ...]:
    """What hangs directly below a line; nothing where there is no such line. The last line is
    of the kind "more" where there is more."""
    return _VIEWS[view].level(db, today, path, with_few_more(most))


def counts(db: sqlite3.Connection) -> tuple[tuple[View, int], ...]:
    """How many markets, accounts, products and solutions there are."""
    row = db.execute(
        """SELECT (SELECT count(*) FROM market), (SELECT count(*) FROM account),
             (SELECT count(*) FROM product), (SELECT count(*) FROM solution)"""
    ).fetchone()
    return tuple(zip(VIEWS, row, strict=True))
