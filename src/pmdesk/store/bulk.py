"""Many rows at once: Core inserts, full text fed explicitly, one entry in the history."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from sqlalchemy import Connection
from sqlmodel import Session

from pmdesk.store import search
from pmdesk.store.history import Recorder

Value = str | int | float | None
_AT_ONCE = 5_000

NOT_EXPORTED = frozenset({"step", "change", "kept_row", "collected"})
"""History, and which files of the drop box were collected, stay with the desk file."""


def insert(
    session: Session, recorder: Recorder, table: str, rows: Sequence[Mapping[str, Value]]
) -> range:
    """Insert rows under fresh ids in one run; the ids. Values are as they lie in the file."""
    first = next_id(session.connection(), table)
    ids = range(first, first + len(rows))
    if rows:
        numbered = ({"id": row_id} | dict(row) for row_id, row in zip(ids, rows, strict=True))
        write(session.connection(), table, numbered)
        search.add_range(session.connection(), table, ids[0], ids[-1])
        recorder.record_bulk(table, ids[0], ids[-1])
    return ids


def insert_as_they_are(
    session: Session, recorder: Recorder, table: str, rows: Sequence[Mapping[str, Value]]
) -> None:
    """Insert rows that bring their ids into a table that has none of them."""
    if not rows:
        return
    ids = sorted(int(row["id"] or 0) for row in rows)
    write(session.connection(), table, rows)
    search.add_range(session.connection(), table, ids[0], ids[-1])
    recorder.record_bulk(table, ids[0], ids[-1])


def write(db: Connection, table: str, rows: Iterable[Mapping[str, Value]]) -> None:
    """The rows alone, without history or full text. Rows may lack columns that may be null."""
    pending = iter(rows)
    while some := list(islice(pending, _AT_ONCE)):
        for columns, group in _by_columns(some).items():
            names = ", ".join(f'"{column}"' for column in columns)
            marks = ", ".join("?" * len(columns))
            db.exec_driver_sql(
                f'INSERT INTO "{table}" ({names}) VALUES ({marks})',
                [tuple(row[column] for column in columns) for row in group],
            )


def _by_columns(
    rows: Iterable[Mapping[str, Value]],
) -> dict[tuple[str, ...], list[Mapping[str, Value]]]:
    groups: dict[tuple[str, ...], list[Mapping[str, Value]]] = {}
    for row in rows:
        groups.setdefault(tuple(row), []).append(row)
    return groups


def next_id(db: Connection, table: str) -> int:
    """The id that was never given yet."""
    last = db.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).scalar()
    return int(last or 0) + 1


def keep(db: Connection, step: int, table: str, first: int, last: int) -> None:
    """Take the rows of an undone import out of their table, kept for redo."""
    columns = [name for (name,) in db.exec_driver_sql(_COLUMNS, (table,))]
    names = ", ".join(f'"{column}"' for column in columns)
    rows = db.exec_driver_sql(
        f'SELECT {names} FROM "{table}" WHERE id BETWEEN ? AND ? ORDER BY id', (first, last)
    ).fetchall()
    write(
        db,
        "kept_row",
        (
            {
                "step_id": step,
                "table_name": table,
                "row_values": json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False),
            }
            for row in rows
        ),
    )
    search.remove_range(db, table, first, last)
    db.exec_driver_sql(f'DELETE FROM "{table}" WHERE id BETWEEN ? AND ?', (first, last))


def bring_back(db: Connection, step: int, table: str, first: int, last: int) -> None:
    """The opposite of `keep`."""
    kept = db.exec_driver_sql(
        "SELECT row_values FROM kept_row WHERE step_id = ? AND table_name = ? ORDER BY id",
        (step, table),
    ).fetchall()
    write(db, table, (json.loads(values) for (values,) in kept))
    search.add_range(db, table, first, last)
    db.exec_driver_sql("DELETE FROM kept_row WHERE step_id = ? AND table_name = ?", (step, table))


_COLUMNS = "SELECT name FROM pragma_table_info(?)"
_TABLES = (
    "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql LIKE '%STRICT%'"
    " ORDER BY rowid"
)


def columns(db: sqlite3.Connection) -> dict[str, dict[str, type]]:
    """Every exported table, parents first, with its columns and their Python types."""
    kinds: dict[str, type] = {"TEXT": str, "INTEGER": int, "REAL": float}
    return {
        table: {
            name: kinds[kind]
            for name, kind in db.execute("SELECT name, type FROM pragma_table_info(?)", (table,))
        }
        for table, _sql in db.execute(_TABLES).fetchall()
        if table not in NOT_EXPORTED
    }


def dump(db: sqlite3.Connection) -> Iterator[tuple[str, Iterator[dict[str, Value]]]]:
    """Every exported table with its rows in the order of their ids, as one moment saw them."""
    for table, of_table in columns(db).items():
        names = tuple(of_table)
        rows = db.execute(
            f"SELECT {', '.join(f'{chr(34)}{name}{chr(34)}' for name in names)}"
            f' FROM "{table}" ORDER BY 1'
        )
        yield table, (dict(zip(names, row, strict=True)) for row in rows)


def everything(db: sqlite3.Connection) -> dict[str, list[dict[str, Value]]]:
    """`dump`, read in one go."""
    db.execute("BEGIN")
    try:
        return {table: list(rows) for table, rows in dump(db)}
    finally:
        db.execute("COMMIT")
