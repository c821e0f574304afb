"""The history: every change of a transaction recorded in the same commit.

A session listener sees all that handlers do, so that undo and search need no code per
action. Rows change only through the session, or through `store.bulk`, which tells itself.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal

from sqlalchemy import Column, Connection, Table, event, inspect
from sqlalchemy.dialects import sqlite as sqlite_dialect
from sqlmodel import Session

from pmdesk.store import search
from pmdesk.store.steps import MadeBy
from pmdesk.store.types import instant_text

_DIALECT = sqlite_dialect.dialect()
_UNDOABLE = "made_by = 'person'"
_UNRECORDED = frozenset({"counter", "collected"})
"""Numbers given are never taken back; a collected file stays collected."""


class Recorder:
    """Writes down what one transaction does, as one step of the history."""

    def __init__(self, session: Session, made_by: MadeBy, now: datetime, zone: str) -> None:
        self.tables: set[str] = set()
        self.rows: dict[str, list[int]] = {}
        self._session = session
        self._made_by = made_by
        self._now = now
        self._zone = zone
        self._step: int | None = None
        event.listen(session, "after_flush", self._flushed)

    @property
    def step(self) -> int:
        """The id of the step, begun with its first change."""
        if self._step is None:
            db = self._session.connection()
            if self._made_by == "person":
                _abandon_undone(db)
            self._step = int(
                db.exec_driver_sql(
                    "INSERT INTO step (made_at, zone, made_by, words, kinds, state)"
                    " VALUES (?, ?, ?, '…', '[]', 'done') RETURNING id",
                    (instant_text(self._now), self._zone, self._made_by),
                ).scalar_one()
            )
        return self._step

    def record_bulk(self, table: str, first: int, last: int) -> None:
        """Rows that `store.bulk` inserted under ids in one run."""
        self._write(table, first, last, "bulk", None, None)

    def close(self, words: str) -> int | None:
        """Name the step; None where nothing was changed, and then there is no step."""
        self._session.flush()
        event.remove(self._session, "after_flush", self._flushed)
        if self._step is None:
            return None
        self._session.connection().exec_driver_sql(
            "UPDATE step SET words = ?, kinds = ? WHERE id = ?",
            (words, json.dumps(sorted(self.tables)), self._step),
        )
        return self._step

    def _flushed(self, session: Session, _context: object) -> None:
        db = session.connection()
        for instance in session.new:
            row = _row(instance)
            self._follow(db, instance, "insert", None, row)
        for instance in session.dirty:
            if session.is_modified(instance):
                row = _row(instance)
                self._follow(db, instance, "update", row | _old_values(instance), row)
        for instance in session.deleted:
            row = _row(instance)
            self._follow(db, instance, "delete", row | _old_values(instance), None)

    def _follow(
        self,
        db: Connection,
        instance: object,
        operation: Literal["insert", "update", "delete"],
        old: dict[str, object] | None,
        new: dict[str, object] | None,
    ) -> None:
        table = _table(instance).name
        row_id = int(instance.id)  # type: ignore[attr-defined]
        search.follow(db, table, row_id, old, new)
        if operation == "update" and old is not None and new is not None:
            changed = [name for name in new if new[name] != old[name]]
            if not changed:
                return
            old = {name: old[name] for name in changed}
            new = {name: new[name] for name in changed}
        self._write(table, row_id, row_id, operation, old, new)

    def _write(
        self,
        table: str,
        first: int,
        last: int,
        operation: str,
        old: Mapping[str, object] | None,
        new: Mapping[str, object] | None,
    ) -> None:
        self.tables.add(table)
        self.rows.setdefault(table, []).append(first)
        if table in _UNRECORDED:
            return
        self._session.connection().exec_driver_sql(
            "INSERT INTO change"
            " (step_id, table_name, row_id, last_row_id, operation, old_values, new_values)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (self.step, table, first, last, operation, _json(old), _json(new)),
        )


def _abandon_undone(db: Connection) -> None:
    """What was undone can't be redone once something else is done."""
    db.exec_driver_sql(
        "DELETE FROM kept_row WHERE step_id IN"
        f" (SELECT id FROM step WHERE {_UNDOABLE} AND state = 'undone')"
    )
    db.exec_driver_sql(
        f"UPDATE step SET state = 'abandoned' WHERE {_UNDOABLE} AND state = 'undone'"
    )


def _table(instance: object) -> Table:
    table = getattr(type(instance), "__table__", None)
    if not isinstance(table, Table):
        raise TypeError(f"{type(instance).__name__} is not a table")
    return table


def _row(instance: object) -> dict[str, object]:
    """The row as it lies in the file."""
    return {
        column.name: _stored(column, getattr(instance, column.key))
        for column in _table(instance).columns
    }


def _old_values(instance: object) -> dict[str, object]:
    state = inspect(instance, raiseerr=True)
    old: dict[str, object] = {}
    for column in _table(instance).columns:
        before = state.attrs[column.key].history.deleted
        if before:
            old[column.name] = _stored(column, before[0])
    return old


def _stored(column: Column[Any], value: object) -> object:
    process = _processor(column)
    return value if process is None else process(value)


@lru_cache(maxsize=1024)
def _processor(column: Column[Any]) -> Any:
    return column.type.dialect_impl(_DIALECT).bind_processor(_DIALECT)


def _json(values: Mapping[str, object] | None) -> str | None:
    return None if values is None else json.dumps(values, ensure_ascii=False)
