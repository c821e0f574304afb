"""The four views of the customers' pane, as far as something typed is found in them."""

from __future__ import annotations

import sqlite3
from datetime import date

from pmdesk.customers.twigs import WIDE, Browsed, View


def find(db: sqlite3.Connection, view: View, typed: str, today: date, most: int = WIDE) -> Browsed:
    """The lines in which every word typed occurs, the last as the beginning of a word, and what
    they hang on, all open: the newest `most` of them, in the order of the view. Empty roots
    where nothing is found; the whole view is asked of `browse`."""
    raise NotImplementedError
