"""How anything of the customers is deleted, with all that can't be without it.

Requests and hours stay and lose their link, so this lives in the last feature that has one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from sqlalchemy import text
from sqlmodel import SQLModel, col, select

from pmdesk.customers.actions import Delete
from pmdesk.customers.handlers.rows import Row, all_by_key, id_of, key_of, named_all
from pmdesk.customers.tables import (
    Account,
    AccountAlias,
    AccountDomain,
    Evidence,
    GapSnooze,
    Market,
    Metric,
    Node,
    Product,
    Reading,
    Requirement,
    Solution,
)
from pmdesk.hours.tables import Entry
from pmdesk.requests.tables import Request
from pmdesk.store.work import Work

_AT_ONCE = 500


class Tie(NamedTuple):
    """What becomes of the rows that refer to one that is deleted."""

    table: type[SQLModel]
    column: str
    to: type[SQLModel]
    fate: Literal["goes", "stays"]
    """Goes with it, or stays without the link."""


TIES = (
    Tie(Node, "market_id", Market, "goes"),
    Tie(Account, "market_id", Market, "goes"),
    Tie(Entry, "market_id", Market, "stays"),
    Tie(Node, "parent_id", Node, "goes"),
    Tie(Solution, "goal_id", Node, "goes"),
    Tie(Metric, "node_id", Node, "goes"),
    Tie(Evidence, "node_id", Node, "goes"),
    Tie(Requirement, "need_id", Node, "stays"),
    Tie(Request, "node_id", Node, "stays"),
    Tie(Entry, "node_id", Node, "stays"),
    Tie(AccountAlias, "account_id", Account, "goes"),
    Tie(AccountDomain, "account_id", Account, "goes"),
    Tie(Evidence, "account_id", Account, "goes"),
    Tie(Request, "account_id", Account, "stays"),
    Tie(Requirement, "product_id", Product, "goes"),
    Tie(Metric, "product_id", Product, "goes"),
    Tie(Requirement, "solution_id", Solution, "stays"),
    Tie(Request, "requirement_id", Requirement, "stays"),
    Tie(Reading, "metric_id", Metric, "goes"),
)
"""Every reference to what can be deleted (a test compares it with the schema)."""

_COUNTED: dict[type[SQLModel], tuple[str, str]] = {
    Account: ("account", "accounts"),
    Requirement: ("requirement", "requirements"),
    Solution: ("solution", "solutions"),
    Evidence: ("piece of evidence", "pieces of evidence"),
    Metric: ("measure", "measures"),
    Reading: ("reading", "readings"),
    Request: ("request", "requests"),
    Entry: ("entry of hours", "entries of hours"),
}
"""What the words of the history count."""

Found = dict[tuple[type[SQLModel], int], SQLModel]


def delete(work: Work, action: Delete) -> None:
    rows = all_by_key(work, action.keys)
    name = named_all(work, rows)
    going: Found = {(type(row), id_of(row)): row for row in rows}
    staying = _follow(work, going)
    # They refer to one another, and the session knows no order: the commit checks them all.
    work.session.connection().execute(text("PRAGMA defer_foreign_keys=ON"))
    _remove(work, rows)
    lost: Found = {}
    for tie, row in staying:
        if (key := (type(row), id_of(row))) not in going:
            setattr(row, tie.column, None)
            lost[key] = row
    work.words = _words(name, rows, going, lost)
    asked = set(map(id, rows))
    _remove(work, (row for row in going.values() if id(row) not in asked))
    _remove(work, _put_off(work, going))


def _remove(work: Work, rows: Iterable[SQLModel]) -> None:
    for row in rows:
        work.session.delete(row)
    work.session.flush()  # what was asked for stands first in the history


def _follow(work: Work, going: Found) -> list[tuple[Tie, SQLModel]]:
    """Add to those that go what goes with them; what only loses a link."""
    staying: list[tuple[Tie, SQLModel]] = []
    new = list(going.values())
    while new:
        found: list[SQLModel] = []
        for tie in TIES:
            ids = [id_of(row) for row in new if isinstance(row, tie.to)]
            for row in _referring(work, tie, ids):
                if tie.fate == "stays":
                    staying.append((tie, row))
                elif (key := (type(row), id_of(row))) not in going:
                    going[key] = row
                    found.append(row)
        new = found
    return staying


def _referring(work: Work, tie: Tie, ids: list[int]) -> Iterator[SQLModel]:
    column = col(getattr(tie.table, tie.column))
    for start in range(0, len(ids), _AT_ONCE):
        yield from work.session.exec(
            select(tie.table).where(column.in_(ids[start : start + _AT_ONCE]))
        )


def _put_off(work: Work, going: Found) -> list[GapSnooze]:
    """Gaps of what goes."""
    keys = {key_of(row) for row in going.values() if isinstance(row, Row)}
    return [gap for gap in work.session.exec(select(GapSnooze)) if gap.subject in keys]


def _words(name: str, rows: list[Row], going: Found, lost: Found) -> str:
    """ "Delete O1 and 5 below it; 3 readings went with it, 2 requests lost their link"."""
    it = "it" if len(rows) == 1 else "them"
    asked = {(type(row), id_of(row)) for row in rows}
    gone = Counter(table for table, row_id in going if (table, row_id) not in asked)
    joined = " and" if len(rows) == 1 else ", with"
    below = f"{joined} {gone[Node]} below {it}" if gone[Node] else ""
    told = []
    if with_it := _counted(gone):
        told.append(f"{with_it} went with {it}")
    if without := _counted(Counter(table for table, _ in lost)):
        told.append(f"{without} lost {'its' if len(lost) == 1 else 'their'} link")
    return f"Delete {name}{below}" + ("; " + ", ".join(told) if told else "")


def _counted(counts: Counter[type[SQLModel]]) -> str:
    """ "1 account, 2 requests and 4 entries of hours"; empty for nothing."""
    parts = [
        f"{counts[table]} {one if counts[table] == 1 else many}"
        for table, (one, many) in _COUNTED.items()
        if counts[table]
    ]
    return " and ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)
