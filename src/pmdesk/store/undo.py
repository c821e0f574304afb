"""Undo and redo: a step's recorded values put back, or refused with a sentence."""

from __future__ import annotations

import json
from typing import Literal, NamedTuple

from sqlalchemy import Connection
from sqlmodel import Session

from pmdesk.errors import RefusedError
from pmdesk.store import bulk, search


class Turned(NamedTuple):
    """What was taken back or done again."""

    words: str
    rows: dict[str, tuple[int, ...]]
    """Ids of the rows that changed, by table."""


class _Change(NamedTuple):
    table: str
    row_id: int
    last_row_id: int
    operation: Literal["insert", "update", "delete", "bulk"]
    old: dict[str, bulk.Value] | None
    new: dict[str, bulk.Value] | None

    def reversed(self) -> _Change:
        return self._replace(old=self.new, new=self.old)


def undo(session: Session) -> Turned:
    """Take back the newest step that a person made. Raises RefusedError."""
    db = session.connection()
    step, words = _newest(db, "done", "DESC", "There is nothing to undo.")
    no = f"“{words}” can't be taken back"
    _refuse_if_changed_since(db, step, no)
    changes = _changes(db, step)
    for change in changes:
        _refuse_if_referred_to(db, step, change, no)
    _defer_references(db)
    for change in reversed(changes):
        if change.operation == "bulk":
            bulk.keep(db, step, change.table, change.row_id, change.last_row_id)
        else:
            _apply(db, change.reversed(), no)
    return _turned(db, step, "undone", words, changes)


def redo(session: Session) -> Turned:
    """Do the step again that was taken back last. Raises RefusedError."""
    db = session.connection()
    step, words = _newest(db, "undone", "ASC", "There is nothing to redo.")
    no = f"“{words}” can't be done again"
    _refuse_if_changed_since(db, step, no)
    changes = _changes(db, step)
    _defer_references(db)
    for change in changes:
        if change.operation == "bulk":
            bulk.bring_back(db, step, change.table, change.row_id, change.last_row_id)
        else:
            _apply(db, change, no)
    return _turned(db, step, "done", words, changes)


def _newest(db: Connection, state: str, order: str, nothing: str) -> tuple[int, str]:
    found = db.exec_driver_sql(
        "SELECT id, words FROM step WHERE made_by = 'person' AND state = ?"
        f" ORDER BY id {order} LIMIT 1",
        (state,),
    ).fetchone()
    if found is None:
        raise RefusedError(nothing)
    return int(found[0]), str(found[1])


def _defer_references(db: Connection) -> None:
    """Rows that refer to one another come and go in any order; the commit checks them all."""
    db.exec_driver_sql("PRAGMA defer_foreign_keys=ON")


def _turned(db: Connection, step: int, state: str, words: str, changes: list[_Change]) -> Turned:
    db.exec_driver_sql("UPDATE step SET state = ? WHERE id = ?", (state, step))
    rows: dict[str, list[int]] = {}
    for change in changes:
        rows.setdefault(change.table, []).append(change.row_id)
    return Turned(words, {table: tuple(ids) for table, ids in rows.items()})


def _changes(db: Connection, step: int) -> list[_Change]:
    rows = db.exec_driver_sql(
        "SELECT table_name, row_id, last_row_id, operation, old_values, new_values"
        " FROM change WHERE step_id = ? ORDER BY id",
        (step,),
    )
    return [
        _Change(
            table,
            row_id,
            last,
            operation,
            None if old is None else json.loads(old),
            None if new is None else json.loads(new),
        )
        for table, row_id, last, operation, old, new in rows
    ]


def _refuse_if_changed_since(db: Connection, step: int, no: str) -> None:
    # The few later changes first: from mine, each would be sought among all changes of its table.
    later = db.exec_driver_sql(
        "SELECT step.words FROM step"
        " CROSS JOIN change AS theirs ON theirs.step_id = step.id"
        " CROSS JOIN change AS mine ON mine.step_id = ? AND mine.table_name = theirs.table_name"
        "  AND mine.row_id <= theirs.last_row_id AND mine.last_row_id >= theirs.row_id"
        " WHERE step.id > ? AND step.state = 'done' ORDER BY step.id DESC LIMIT 1",
        (step, step),
    ).fetchone()
    if later is not None:
        raise RefusedError(f"{no}: “{later[0]}” has changed the same since.")


def _refuse_if_referred_to(db: Connection, step: int, change: _Change, no: str) -> None:
    """A row made later may hang on one that is to go: a reply that came after the import."""
    if change.operation not in ("insert", "bulk"):
        return
    for table, column in _references_to(db, change.table):
        later = db.exec_driver_sql(
            f'SELECT step.words FROM "{table}" AS theirs'
            " JOIN change ON change.table_name = ?"
            "  AND theirs.id BETWEEN change.row_id AND change.last_row_id"
            "  AND change.operation IN ('insert', 'bulk') AND change.step_id > ?"
            " JOIN step ON step.id = change.step_id AND step.state = 'done'"
            f' WHERE theirs."{column}" BETWEEN ? AND ? ORDER BY step.id DESC LIMIT 1',
            (table, step, change.row_id, change.last_row_id),
        ).fetchone()
        if later is not None:
            raise RefusedError(f"{no}: what “{later[0]}” brought belongs to it.")


def _references_to(db: Connection, table: str) -> list[tuple[str, str]]:
    """The tables and columns that refer to a table."""
    return [
        (str(name), str(column))
        for name, column in db.exec_driver_sql(
            'SELECT tables.name, keys."from" FROM sqlite_master AS tables,'
            " pragma_foreign_key_list(tables.name) AS keys"
            " WHERE tables.type = 'table' AND keys.\"table\" = ?",
            (table,),
        )
    ]


def _apply(db: Connection, change: _Change, no: str) -> None:
    """Make the change, if the row still is what the history says it was."""
    now = _current(db, change.table, change.row_id)
    if not _as_recorded(now, change.old):
        raise RefusedError(
            f"{no}: what it touched in “{change.table}” is no longer what the history says."
        )
    if change.new is None:
        search.follow(db, change.table, change.row_id, now, None)
        db.exec_driver_sql(f'DELETE FROM "{change.table}" WHERE id = ?', (change.row_id,))
        return
    if now is None:
        bulk.write(db, change.table, [change.new])
    else:
        names = ", ".join(f'"{name}" = ?' for name in change.new)
        db.exec_driver_sql(
            f'UPDATE "{change.table}" SET {names} WHERE id = ?',
            (*change.new.values(), change.row_id),
        )
    after = _current(db, change.table, change.row_id)
    search.follow(db, change.table, change.row_id, now, after)


def _as_recorded(now: dict[str, bulk.Value] | None, recorded: dict[str, bulk.Value] | None) -> bool:
    if now is None or recorded is None:
        return now is None and recorded is None
    return all(now[name] == value for name, value in recorded.items())


def _current(db: Connection, table: str, row_id: int) -> dict[str, bulk.Value] | None:
    row = db.exec_driver_sql(f'SELECT * FROM "{table}" WHERE id = ?', (row_id,)).mappings().first()
    return None if row is None else dict(row)
