"""The four views of the customers' pane, read as far as they are open."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import date

from pmdesk.customers.twigs import VIEWS as VIEWS
from pmdesk.customers.twigs import WIDE as WIDE
from pmdesk.customers.twigs import Browsed, Twig, View

UNASKED = 400
"""So many lines are open at most without being asked for: as many whole levels as fit."""

_NONE: Mapping[str, int] = {}


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
    are wanted where WIDE is too few."""
    raise NotImplementedError


def below(
    db: sqlite3.Connection, view: View, today: date, path: str, most: int = WIDE
) -> tuple[Twig, ...]:
    """What hangs directly below a line; nothing where there is no such line. The last line is
    of the kind "more" where there is more."""
    raise NotImplementedError
