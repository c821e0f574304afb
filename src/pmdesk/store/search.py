"""The full-text index, kept in step with the rows by whoever changes them.

The index tables hold no text of their own, so removing a row from them takes its old text.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

INDEXED: Mapping[str, tuple[str, ...]] = {
    "request": ("title", "body", "requester"),
    "message": ("sender", "body"),
    "node": ("code", "statement"),
    "requirement": ("code", "statement"),
    "evidence": ("person", "quote"),
}
"""Table → the columns found by `/`, in the order of its index."""

Row = Mapping[str, object]


def follow(db: Connection, table: str, row_id: int, old: Row | None, new: Row | None) -> None:
    """Bring the index from the old text of a row to the new one; None where there is no row."""
    columns = INDEXED.get(table)
    if columns is None:
        return
    before = None if old is None else tuple(old[column] for column in columns)
    after = None if new is None else tuple(new[column] for column in columns)
    if before == after:
        return
    names = ", ".join(columns)
    marks = ", ".join("?" * len(columns))
    if before is not None:
        db.exec_driver_sql(
            f"INSERT INTO {table}_text ({table}_text, rowid, {names})"
            f" VALUES ('delete', ?, {marks})",
            (row_id, *before),
        )
    if after is not None:
        db.exec_driver_sql(
            f"INSERT INTO {table}_text (rowid, {names}) VALUES (?, {marks})", (row_id, *after)
        )


def add_range(db: Connection, table: str, first: int, last: int) -> None:
    """Index the rows of a bulk insert, which stand in the table already."""
    _range(db, table, first, last, "", "")


def remove_range(db: Connection, table: str, first: int, last: int) -> None:
    """Take rows out of the index before they are deleted from the table."""
    _range(db, table, first, last, f"{table}_text, ", "'delete', ")


def _range(db: Connection, table: str, first: int, last: int, target: str, value: str) -> None:
    columns = INDEXED.get(table)
    if columns is None:
        return
    names = ", ".join(columns)
    db.exec_driver_sql(
        f"INSERT INTO {table}_text ({target}rowid, {names})"
        f" SELECT {value}id, {names} FROM {table} WHERE id BETWEEN ? AND ?",
        (first, last),
    )
