"""What the handlers of the customers share: finding rows by key, naming them, checking values."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from sqlmodel import SQLModel, select

from pmdesk.customers.actions import quoted
from pmdesk.customers.kinds import LETTERS, ThingKind
from pmdesk.customers.tables import (
    Account,
    Evidence,
    Market,
    Metric,
    Node,
    Product,
    Reading,
    Requirement,
    Solution,
)
from pmdesk.errors import RefusedError
from pmdesk.store.work import Work
from pmdesk.text import clean, clean_line, is_blank, shorten

Row = Market | Account | Node | Product | Requirement | Solution | Metric | Reading | Evidence

_WORDS: dict[type[SQLModel], str] = {
    Market: "market", Account: "account", Node: "node", Product: "product",
    Requirement: "requirement", Solution: "solution", Metric: "measure", Reading: "reading",
    Evidence: "evidence",
}  # fmt: skip

R = TypeVar("R", bound=SQLModel)

# Finding --------------------------------------------------------------------------------------


def found(work: Work, table: type[R], row_id: int) -> R:
    """The row of that id. Raises RefusedError."""
    row = work.session.get(table, row_id)
    if row is None:
        raise RefusedError(f"That {_WORDS[table]} is no longer in the desk.")
    return row


def by_key(work: Work, key: str) -> Row:
    """What is called so. Raises RefusedError."""
    if key == "portfolio":
        raise RefusedError("The portfolio is what all products are in: choose one of them.")
    row: Row | None
    if (kind := LETTERS.get(key[:1])) is not None:
        row = _of_code(work, kind, key)
    else:
        name, _, number = key.partition(" ")
        is_id = number.isdecimal() and len(number) < 19  # what SQLite takes for one
        row = _numbered(work, name, int(number)) if is_id else None
    if row is None:
        raise RefusedError(f"“{clean_line(key)}” is no longer in the desk.")
    return row


def _of_code(work: Work, kind: ThingKind, code: str) -> Node | Requirement | Solution | None:
    if kind == "requirement":
        return work.session.exec(select(Requirement).where(Requirement.code == code)).first()
    if kind == "solution":
        return work.session.exec(select(Solution).where(Solution.code == code)).first()
    return work.session.exec(select(Node).where(Node.code == code)).first()


def _numbered(work: Work, kind: str, row_id: int) -> Row | None:
    match kind:
        case "market":
            return work.session.get(Market, row_id)
        case "account":
            return work.session.get(Account, row_id)
        case "product":
            return work.session.get(Product, row_id)
        case "measure":
            return work.session.get(Metric, row_id)
        case "reading":
            return work.session.get(Reading, row_id)
        case "evidence":
            return work.session.get(Evidence, row_id)
    return None


def all_by_key(work: Work, keys: Iterable[str]) -> list[Row]:
    """Each thing once, in the order asked for. Raises RefusedError."""
    rows = [by_key(work, key) for key in dict.fromkeys(keys)]
    if not rows:
        raise RefusedError("Nothing is selected.")
    return rows


def id_of(row: SQLModel) -> int:
    """The id of a row that is in the desk."""
    return int(row.id)  # type: ignore[attr-defined]


def kind_of(row: Row) -> str:
    """ "goal", "market": what it is called."""
    return row.kind if isinstance(row, Node) else _WORDS[type(row)]


def key_of(row: Row) -> str:
    """By which it is known everywhere (`customers.things`)."""
    if isinstance(row, Node | Requirement | Solution):
        return row.code
    return f"{_WORDS[type(row)]} {row.id}"


# Naming ---------------------------------------------------------------------------------------


def named(work: Work, row: Row) -> str:
    """As the history names it: "N4", "the market “Hospitals”"."""
    match row:
        case Node() | Requirement() | Solution():
            return row.code
        case Reading():
            measure = found(work, Metric, row.metric_id)
            return f"the reading of {row.taken_on} of {quoted(measure.name)}"
        case Evidence():
            account = found(work, Account, row.account_id)
            node = found(work, Node, row.node_id)
            return f"what {shorten(account.name, 30)} said on {node.code}"
        case _:
            return f"the {_WORDS[type(row)]} {quoted(row.name)}"


def named_all(work: Work, rows: list[Row]) -> str:
    """ "N4", "N4 and T1", "N4 and 2 more"."""
    first = named(work, rows[0])
    if len(rows) == 1:
        return first
    return f"{first} and {named(work, rows[1]) if len(rows) == 2 else f'{len(rows) - 1} more'}"


def day(when: date) -> str:
    return f"{when:%a} {when.day} {when:%b} {when.year}"


# Checking -------------------------------------------------------------------------------------


def line(text: str, what: str) -> str:
    """The text as one line. Raises RefusedError, naming what is empty."""
    if is_blank(cleaned := clean_line(text)):
        raise RefusedError(f"{what} is empty: write it in a few words.")
    return cleaned


def line_or_none(text: str) -> str | None:
    cleaned = clean_line(text)
    return None if is_blank(cleaned) else cleaned


def text_or_none(text: str) -> str | None:
    """A text of several lines; None where nothing can be seen of it."""
    cleaned = clean(text).strip()
    return None if is_blank(cleaned) else cleaned


def finite(value: float, what: str) -> float:
    """The number. Raises RefusedError where it is none."""
    try:
        if math.isfinite(number := float(value)):
            return number
    except OverflowError:
        pass
    raise RefusedError(f"{what} must be a number.")


def finite_or_none(value: float | None, what: str) -> float | None:
    return None if value is None else finite(value, what)


def not_ahead(work: Work, when: date, what: str) -> date:
    """The day. Raises RefusedError where it has not come."""
    if when > work.today:
        raise RefusedError(f"{what} is dated {day(when)}, which has not come yet.")
    return when


def refuse_taken(name: str, what: str, others: Iterable[str]) -> None:
    """Raises RefusedError where one is called so already, whatever its capitals."""
    folded = name.casefold()
    for other in others:
        if other.casefold() == folded:
            raise RefusedError(f"{what} {quoted(other)} exists already: choose another name.")


# Telling --------------------------------------------------------------------------------------


def set_all(row: SQLModel, **values: object) -> bool:
    """Give a row other values; whether any of them is other than it was."""
    changed = False
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)
            changed = True
    return changed


def edited(name: str, changed: bool) -> str:
    """What the history says of an edit."""
    return f"Edit {name}" if changed else f"{capital(name)} is as it was"


def capital(words: str) -> str:
    """The words as a sentence begins."""
    return words[:1].upper() + words[1:]
