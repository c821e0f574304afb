"""How each action of the review changes rows; and how a whole desk is filled.

Loading touches the tables of every feature, so it lives in the last of them.
"""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import ValidationError
from sqlmodel import select

from pmdesk.customers.tables import Desk
from pmdesk.errors import RefusedError
from pmdesk.hours.tables import Category, Target
from pmdesk.review.actions import LoadDesk
from pmdesk.store import bulk
from pmdesk.store.work import Work
from pmdesk.text import clean_line

_GIVEN = frozenset({"desk", "category", "target", "counter"})
"""What a new desk holds already; it gives way to what is loaded."""
_CODED = ("node", "solution", "requirement")
"""The tables whose rows have a code: a letter and a number."""


def load_desk(work: Work, action: LoadDesk) -> None:
    """Rows that a reader has checked. Without a table “desk” the desk keeps its own description."""
    db = work.session.connection()
    origin = clean_line(action.origin)
    for table in action.tables:
        if table not in _GIVEN and db.exec_driver_sql(f'SELECT 1 FROM "{table}" LIMIT 1').first():
            raise RefusedError(
                f"{origin} is a whole desk and goes only into an empty one; this desk "
                f"holds something already ({table}): name a new file with --desk."
            )
    for given in (*work.session.exec(select(Category)), *work.session.exec(select(Target))):
        work.session.delete(given)
    work.session.flush()
    db.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    for table, rows in action.tables.items():
        if table == "desk":
            _describe(work, rows[0] if rows else {}, origin)
        elif table == "counter":
            _count_on(work, {str(row["letter"]): int(row["last"] or 0) for row in rows})
        else:
            bulk.insert_as_they_are(work.session, work.recorder, table, rows)
    _count_on(work, _in_use(work))
    if orphan := db.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise RefusedError(
            f"{origin} is not whole: a row of “{orphan[0]}” refers to a row of "
            f"“{orphan[2]}” that is not in it; nothing was loaded."
        )
    how_many = sum(len(rows) for rows in action.tables.values())
    work.counts = {"created": how_many, "updated": 0, "skipped": 0}


def _describe(work: Work, row: Mapping[str, bulk.Value], origin: str) -> None:
    desk = work.session.get_one(Desk, 1)
    try:
        described = Desk.model_validate(dict(row))
    except ValidationError as error:
        column = error.errors(include_input=False)[0]["loc"][0]
        raise RefusedError(
            f"{origin}: “{column}” of table “desk”, id 1 is missing or can't be so; nothing was "
            f"loaded."
        ) from None
    for name in Desk.model_fields:
        setattr(desk, name, getattr(described, name))


def _in_use(work: Work) -> dict[str, int]:
    """The highest number in use for each letter, whatever the file says was given."""
    codes = " UNION ALL ".join(f"SELECT code FROM {table}" for table in _CODED)
    rows = work.session.connection().exec_driver_sql(
        "SELECT '#', max(number) FROM request UNION ALL"
        f" SELECT substr(code, 1, 1), max(CAST(substr(code, 2) AS INTEGER)) FROM ({codes})"
        " GROUP BY 1"
    )
    return {str(letter): int(last) for letter, last in rows if last is not None}


def _count_on(work: Work, counters: Mapping[str, int]) -> None:
    for letter, last in counters.items():
        work.session.connection().exec_driver_sql(
            "INSERT INTO counter (letter, last) VALUES (?, ?)"
            " ON CONFLICT (letter) DO UPDATE SET last = max(last, excluded.last)",
            (letter, last),
        )
