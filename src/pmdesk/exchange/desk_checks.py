"""What must hold in a desk from outside before its rows may be used.

The schema checks much of this again, but not dates that only look like some, and nothing that
goes across rows; what it would let through would fail at every later start.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from pmdesk.exchange.desk_data import Row, Value
from pmdesk.exchange.instants import can_be_shown, is_zone
from pmdesk.exchange.moving import DAYS, INSTANTS, WEEKS
from pmdesk.text import clean, clean_line, is_blank, shorten


class BadDeskError(Exception):
    """What is wrong with a desk, as a clause without the name of its file."""


Rows = Sequence[dict[str, Value]]
_Check = Callable[[Row, str], str | None]
"""Why the text can't stand in its row, as a clause; None where it can."""

LEVELS = ("goal", "obstacle", "initiative", "tactic", "need")
"""From the top of the tree to its bottom; a level may be left out."""

_CODE = re.compile(r"[A-Z][1-9][0-9]{0,14}")
_LETTERS = {"requirement": "R", "solution": "S"}
_OBJECTS = ("desk.settings", "review.answers")
_LISTS = ("message.attachments",)
_OF_THE_DESK = ("name", "zone", "contracted_minutes", "settings")


def check_desk(tables: Mapping[str, Rows]) -> None:
    """Raises BadDeskError with table, row and column of the first thing that can't be so.

    Texts inside of JSON are made safe in their rows, as all other texts are already.
    """
    if "desk" in tables:
        _check_description(tables["desk"])
    for table, rows in tables.items():
        _check_texts(table, rows)
        _make_json_safe(table, rows)
    _check_numbers(tables.get("request", ()))
    _check_levels(tables.get("node", ()))
    _check_merges(tables.get("request", ()))


def _bad(table: str, row: Row, column: str, why: str) -> BadDeskError:
    return BadDeskError(f"table “{table}”, id {row.get('id')}: “{column}” {why}")


def _check_description(rows: Rows) -> None:
    if len(rows) != 1 or rows[0].get("id") != 1:
        raise BadDeskError(f"table “desk” must have one row, of id 1; it has {len(rows)}")
    for column in _OF_THE_DESK:
        if column in rows[0] and rows[0][column] is None:
            raise _bad("desk", rows[0], column, "is missing")
    if is_blank(str(rows[0].get("name", "?"))):
        raise _bad("desk", rows[0], "name", "is empty")


# One text at a time --------------------------------------------------------------------------


def _check_texts(table: str, rows: Rows) -> None:
    columns = rows[0] if rows else {}
    checks = [(column, check) for column in columns if (check := _check_of(table, column))]
    for column, check in checks:
        for row in rows:
            value = row[column]
            if isinstance(value, str) and (why := check(row, value)):
                raise _bad(table, row, column, f"is “{shorten(clean_line(value), 40)}”: {why}")


def _check_of(table: str, column: str) -> _Check | None:
    name = f"{table}.{column}"
    if name in INSTANTS:
        return _instant
    if name in DAYS:
        return _day
    if name in WEEKS:
        return _week
    if column == "code":
        letter = _LETTERS.get(table)
        return lambda row, text: _code(letter or str(row.get("kind"))[:1].upper(), text)
    return _zone if column == "zone" else None


def _instant(_row: Row, text: str) -> str | None:
    try:
        moment = datetime.fromisoformat(text)
        canonical = moment.isoformat().replace("+00:00", "Z")
    except ValueError:
        canonical = None
    if canonical != text or len(text) != len("2025-06-13T07:30:00Z"):
        return "that is no instant like “2025-06-13T07:30:00Z”"
    return None if can_be_shown(moment) else "that is too far away"


def _day(_row: Row, text: str) -> str | None:
    try:
        good = date.fromisoformat(text).isoformat() == text
    except ValueError:
        good = False
    return None if good else "that is no day like “2025-06-13”"


def _week(_row: Row, text: str) -> str | None:
    try:
        year, week, _ = date.fromisocalendar(int(text[:4]), int(text[6:]), 1).isocalendar()
        good = f"{year:04}-W{week:02}" == text
    except ValueError:
        good = False
    return None if good else "that is no week like “2025-W24”"


def _zone(_row: Row, text: str) -> str | None:
    return None if is_zone(text) else "that is no time zone"


def _code(letter: str, text: str) -> str | None:
    good = _CODE.fullmatch(text) and text[0] == letter
    return None if good else f"that is no code like “{letter}1”"


# Texts that hold JSON ------------------------------------------------------------------------


def _make_json_safe(table: str, rows: Rows) -> None:
    for name in (*_OBJECTS, *_LISTS):
        of_table, _, column = name.partition(".")
        if of_table != table:
            continue
        for row in rows:
            if (text := row.get(column)) is None:
                continue
            try:
                held = json.loads(str(text), parse_constant=_no_json)
                safe = _safe(held)
            except (ValueError, RecursionError):
                raise _bad(table, row, column, "is not JSON") from None
            if name in _OBJECTS and not isinstance(held, dict):
                raise _bad(table, row, column, "is not an object of JSON")
            if name in _LISTS and not _is_list_of_texts(held):
                raise _bad(table, row, column, "is not a list of texts in JSON")
            if safe != held:
                row[column] = json.dumps(safe, ensure_ascii=False)


def _no_json(sign: str) -> object:
    raise ValueError(sign)


def _is_list_of_texts(held: object) -> bool:
    return isinstance(held, list) and all(isinstance(one, str) for one in held)


def _safe(held: object) -> object:
    if isinstance(held, str):
        return clean(held)
    if isinstance(held, list):
        return [_safe(one) for one in held]
    if isinstance(held, dict):
        return {clean(name): _safe(one) for name, one in held.items()}
    return held


# Across rows ---------------------------------------------------------------------------------


def _check_numbers(requests: Rows) -> None:
    for row in requests:
        number = row.get("number")
        if isinstance(number, int) and number < 1:
            raise _bad("request", row, "number", f"is {number}; numbers begin at 1")


def _check_levels(nodes: Rows) -> None:
    """Each node stands on a higher level than what is below it; so no tree bites its tail."""
    level = {row["id"]: LEVELS.index(str(row["kind"])) for row in nodes if row["kind"] in LEVELS}
    for row in nodes:
        above, own = level.get(row["parent_id"]), level.get(row["id"])
        if above is not None and own is not None and above >= own:
            why = f"names a “{LEVELS[above]}”, which can't stand above “{row['kind']}”"
            raise _bad("node", row, "parent_id", why)


def _check_merges(requests: Rows) -> None:
    into = {row["id"]: row["merged_into_id"] for row in requests if row.get("merged_into_id")}
    good: set[Value] = set()
    for start in into:
        way: dict[Value, None] = {}
        at: Value = start
        while at in into and at not in good:
            if at in way:
                raise BadDeskError(
                    f"table “request”, id {at}: “merged_into_id” leads back to the request itself"
                )
            way[at] = None
            at = into[at]
        good.update(way)
