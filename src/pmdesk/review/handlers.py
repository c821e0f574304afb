"""How each action of the review changes rows; and how a whole desk is filled.

Loading touches the tables of every feature, so it lives in the last of them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from sqlmodel import select

from pmdesk.customers.tables import Desk
from pmdesk.errors import RefusedError
from pmdesk.hours.tables import Category, Target
from pmdesk.review.actions import LoadDesk
from pmdesk.store import bulk
from pmdesk.store.work import Work

_GIVEN = frozenset({"desk", "category", "target", "counter"})
"""What a new desk holds already; it gives way to what is loaded."""


def load_desk(work: Work, action: LoadDesk) -> None:
    db = work.session.connection()
    for table in action.tables:
        if table not in _GIVEN and db.exec_driver_sql(f'SELECT 1 FROM "{table}" LIMIT 1').first():
            raise RefusedError(
                f"{action.origin} is a whole desk and goes only into an empty one; this desk "
                f"holds something already ({table}): name a new file with --desk."
            )
    _check_json(action)
    for given in (*work.session.exec(select(Category)), *work.session.exec(select(Target))):
        work.session.delete(given)
    work.session.flush()
    db.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    for table, rows in action.tables.items():
        if table == "desk":
            _describe(work, rows[0] if rows else {})
        elif table == "counter":
            _count_on(work, {str(row["letter"]): int(row["last"] or 0) for row in rows})
        else:
            bulk.insert_as_they_are(work.session, work.recorder, table, rows)
    if orphan := db.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise RefusedError(
            f"{action.origin} is not whole: a row of “{orphan[0]}” refers to a row of "
            f"“{orphan[2]}” that is not in it; nothing was loaded."
        )
    how_many = sum(len(rows) for rows in action.tables.values())
    work.counts = {"created": how_many, "updated": 0, "skipped": 0}


_JSON = {"desk": "settings", "review": "answers", "message": "attachments"}


def _check_json(action: LoadDesk) -> None:
    """SQLite can't be asked to check these columns (`json_valid` is no trusted function)."""
    for table, column in _JSON.items():
        for row in action.tables.get(table, ()):
            try:
                json.loads(str(row.get(column) or "null"))
            except (ValueError, RecursionError):
                raise RefusedError(
                    f"{action.origin}: “{column}” of a row of “{table}” is not JSON; nothing was "
                    f"loaded."
                ) from None


def _describe(work: Work, row: Mapping[str, bulk.Value]) -> None:
    desk = work.session.get_one(Desk, 1)
    described = Desk.model_validate(dict(row))
    for name in Desk.model_fields:
        setattr(desk, name, getattr(described, name))


def _count_on(work: Work, counters: Mapping[str, int]) -> None:
    for letter, last in counters.items():
        work.session.connection().exec_driver_sql(
            "INSERT INTO counter (letter, last) VALUES (?, ?)"
            " ON CONFLICT (letter) DO UPDATE SET last = max(last, excluded.last)",
            (letter, last),
        )
