"""A whole desk as JSON: one row per line, so that two exports can be compared by line."""

from __future__ import annotations

import json
from collections.abc import Iterator

from pmdesk.errors import RefusedError
from pmdesk.exchange.desk_data import FORMAT, TABLES, VERSION, Row, Tables

NAME = "pmdesk desk"


def write_desk(tables: Tables, schema: int = 1) -> Iterator[str]:
    """The text of the file, piece by piece; the same tables always give the same text.

    Null columns are left out. A table that is missing is written as empty.
    Raises RefusedError for a table that is not exported, or a number that JSON can't hold.
    """
    if strange := sorted(set(tables) - set(TABLES)):
        raise RefusedError(f"The table “{strange[0]}” is no part of an export.")
    yield f'{{\n  "format": "{FORMAT}",\n  "version": {VERSION},\n  "schema": {schema},\n'
    yield '  "tables": {'
    for place, table in enumerate(TABLES):
        yield f'{"," if place else ""}\n    "{table}": ['
        empty = True
        for row in tables.get(table, ()):
            yield f"{'' if empty else ','}\n      {_line(table, row)}"
            empty = False
        yield "]" if empty else "\n    ]"
    yield "\n  }\n}\n"


def _line(table: str, row: Row) -> str:
    held = {column: value for column, value in row.items() if value is not None}
    try:
        return json.dumps(held, ensure_ascii=False, allow_nan=False)
    except ValueError:
        raise RefusedError(
            f"Table “{table}”, id {row.get('id')}: an infinite number can't be exported; "
            "correct it first."
        ) from None
