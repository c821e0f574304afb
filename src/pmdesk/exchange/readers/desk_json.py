"""Our own JSON, read back: every table, row, column and value is checked before any is used."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from operator import itemgetter
from pathlib import Path
from typing import Any

from pmdesk.errors import RefusedError
from pmdesk.exchange.desk_checks import BadDeskError, check_desk
from pmdesk.exchange.desk_data import FORMAT, VERSION, Value
from pmdesk.exchange.json_stream import whole_number
from pmdesk.exchange.reading import Progress
from pmdesk.text import clean, clean_line, shorten

NAME = "pmdesk desk"

LARGEST = 500 * 1024 * 1024
"""Bytes; the whole file is held in memory, several times over."""

LARGEST_NUMBER = 2**53
"""What every program reads alike from JSON; and ids can still be counted on from there."""

_HEAD = re.compile(rb'\s*\{\s*"format"\s*:\s*"%s"' % FORMAT.encode())
_BOM = b"\xef\xbb\xbf"
_WORDS = {int: "a whole number", float: "a number", str: "a text"}

Columns = Mapping[str, Mapping[str, type]]
"""Table → column → int, float or str, in the order of the schema; the first column is the key."""


@dataclass(frozen=True, slots=True)
class DeskDraft:
    """A desk read from a file."""

    tables: dict[str, list[dict[str, Value]]]
    """Every table of `columns`; rows in the order of their keys, each with every column."""
    schema: int
    """The number of the schema that wrote it; never newer than ours."""


def recognises(path: Path, head: bytes) -> bool:
    """Whether the file says of itself that it is a desk; not whether it is a good one."""
    return _HEAD.match(head.removeprefix(_BOM)) is not None


def read_desk(
    path: Path, columns: Columns, schema: int = 1, progress: Progress | None = None
) -> DeskDraft:
    """The desk in the file, its texts made safe.

    `columns` and `schema` say what this pmdesk knows. Raises RefusedError, with the place in
    the file, for whatever can't be taken as it stands.
    """
    progress = progress or Progress()
    name = clean_line(path.name)
    data = _bytes(path, name)
    progress.told(len(data))
    if not recognises(path, data[: 64 * 1024]):
        raise RefusedError(f"“{name}” is not a desk that pmdesk has exported.")
    try:
        top = _parsed(data)
        written_by = _schema(top, schema)
        tables = _tables(top.get("tables"), columns)
        check_desk(tables)
        return DeskDraft(tables, written_by)
    except BadDeskError as bad:
        raise RefusedError(f"“{name}”: {bad}; nothing was read.") from None


def _bytes(path: Path, name: str) -> bytes:
    try:
        if not path.is_file():
            raise RefusedError(f"“{name}” is not a file; give the JSON file of an export.")
        if path.stat().st_size > LARGEST:
            raise RefusedError(f"“{name}” is larger than {LARGEST // 1024**2} MB; not read.")
        return path.read_bytes()
    except OSError as error:
        raise RefusedError(f"“{name}” can't be read: {error.strerror}.") from None


def _parsed(data: bytes) -> dict[str, Any]:
    try:
        top = json.loads(
            data.decode("utf-8-sig"),
            object_pairs_hook=_unique,
            parse_int=_whole,
            parse_float=_finite,
            parse_constant=_no_number,
        )
    except UnicodeDecodeError:
        raise BadDeskError("it is not UTF-8") from None
    except json.JSONDecodeError as error:
        raise BadDeskError(f"line {error.lineno} is not valid JSON ({error.msg})") from None
    except RecursionError:
        raise BadDeskError("it is nested too deeply") from None
    assert isinstance(top, dict)  # `recognises` has seen the brace
    return top


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise BadDeskError(f"“{_short(twice)}” stands twice in one object")
    return found


def _whole(digits: str) -> int:
    number = whole_number(digits)
    if number is None:
        raise BadDeskError(f"the number {_short(digits)} does not fit in 64 bits")
    return number


def _finite(digits: str) -> float:
    value = float(digits)
    return value if isfinite(value) else _no_number(digits)


def _no_number(sign: str) -> float:
    raise BadDeskError(f"{_short(sign)} is no number that a desk can hold")


def _schema(top: dict[str, Any], known: int) -> int:
    if strange := set(top) - {"format", "version", "schema", "tables"}:
        raise BadDeskError(f"it has an unknown part “{_short(min(strange))}”")
    for part, newest in (("version", VERSION), ("schema", known)):
        number = top.get(part)
        if type(number) is not int or number < 1:
            raise BadDeskError(f"its “{part}” is missing or is no number")
        if number > newest:
            raise BadDeskError(
                f"it was written by a newer pmdesk ({part} {number}, this one reads up to "
                f"{newest}); update pmdesk"
            )
    return int(top["schema"])


def _tables(given: object, columns: Columns) -> dict[str, list[dict[str, Value]]]:
    if not isinstance(given, dict):
        raise BadDeskError("its “tables” are missing")
    if strange := set(given) - set(columns):
        raise BadDeskError(f"it has an unknown table “{_short(min(strange))}”")
    return {table: _rows(table, given.get(table, []), types) for table, types in columns.items()}


def _rows(table: str, given: object, types: Mapping[str, type]) -> list[dict[str, Value]]:
    if not isinstance(given, list):
        raise BadDeskError(f"table “{table}” is no list of rows")
    key = next(iter(types))
    rows: dict[Value, dict[str, Value]] = {}
    for place, raw in enumerate(given, start=1):
        row = _row(f"table “{table}”, row {place}", raw, types)
        named = row[key]
        if named is None:
            raise BadDeskError(f"table “{table}”, row {place} has no {key}")
        if isinstance(named, int) and named < 1:
            raise BadDeskError(f"table “{table}” has the id {named}; ids begin at 1")
        if named in rows:
            raise BadDeskError(f"table “{table}” has the {key} {_short(str(named))} twice")
        rows[named] = row
    return [row for _, row in sorted(rows.items(), key=itemgetter(0))]


def _row(where: str, raw: object, types: Mapping[str, type]) -> dict[str, Value]:
    if not isinstance(raw, dict):
        raise BadDeskError(f"{where} is no object")
    if strange := set(raw) - set(types):
        raise BadDeskError(f"{where} has an unknown column “{_short(min(strange))}”")
    return {
        column: _value(where, column, raw.get(column), wanted) for column, wanted in types.items()
    }


def _value(where: str, column: str, value: object, wanted: type) -> Value:
    if value is None:
        return None
    if isinstance(value, str) and wanted is str:
        return clean(value)
    # `bool` is an `int` to Python, but not in a desk.
    if type(value) is int and wanted in (int, float):
        if wanted is int and abs(value) > LARGEST_NUMBER:
            raise BadDeskError(f"{where}: “{column}” is larger than a desk can hold")
        return wanted(value)
    if isinstance(value, float) and wanted is float:
        return value
    raise BadDeskError(f"{where}: “{column}” must be {_WORDS[wanted]}")


def _short(text: str) -> str:
    return shorten(clean_line(text), 40)
