"""How things are hung elsewhere, and how they change places with those beside them."""

from __future__ import annotations

from collections.abc import Iterator

from sqlmodel import col, select

from pmdesk.customers.actions import AddBetween, Move, Reorder
from pmdesk.customers.handlers.nodes import add_node, next_position, refuse_inverted
from pmdesk.customers.handlers.rows import (
    Row,
    all_by_key,
    by_key,
    capital,
    found,
    id_of,
    kind_of,
    named,
    named_all,
)
from pmdesk.customers.kinds import NODE_KINDS
from pmdesk.customers.tables import Account, Market, Node, Product, Requirement, Solution
from pmdesk.errors import RefusedError
from pmdesk.phrases import a
from pmdesk.store.work import Work

_AT_ONCE = 500
_ORDERED = (Market, Node, Product)
_WHY_ORDERED = {
    "account": "Accounts stand in the order in which they were added",
    "requirement": "Requirements stand in the order of their codes",
    "solution": "Solutions stand in the order of their codes",
    "reading": "Readings stand in the order of their days",
    "evidence": "What was heard stands in the order of its days",
    "measure": "Measures stand in the order in which they were added",
}


def move(work: Work, action: Move) -> None:
    """All of them or none; what hangs on another of them goes along with it, and what hangs
    there already stays as it is."""
    rows = _topmost(work, all_by_key(work, action.keys))
    to = None if action.to is None else by_key(work, action.to)
    for row in rows:
        _refuse_place(work, row, to)
    moving = [row for row in rows if not _hangs_on(row, to)]
    where = "under nothing" if to is None else f"to {named(work, to)}"
    if not moving:
        which = f"{named(work, rows[0])} belongs" if len(rows) == 1 else "All of these belong"
        raise RefusedError(f"{capital(which)} {where} already.")
    for row in moving:
        _hang(work, row, to)
    work.words = f"Move {named_all(work, moving)} {where}"


def node_added_between(work: Work, action: AddBetween) -> None:
    """A new node where a level was missing, and below it what had hung there before."""
    node = add_node(work, action.node)
    move(work, Move((action.lower,), node.code))
    work.words = f"Add {named(work, node)} above {action.lower}"


def _topmost(work: Work, rows: list[Row]) -> list[Row]:
    """Those that hang on none of the others."""
    chosen = {row.id for row in rows if isinstance(row, Node)}
    return [row for row in rows if not any(one.id in chosen for one in _above(work, row))]


def _above(work: Work, row: Row) -> Iterator[Node]:
    """What a node or requirement hangs on, and that in turn, up to the root."""
    at = row.parent_id if isinstance(row, Node) else None
    if isinstance(row, Requirement):
        at = row.need_id
    while at is not None:
        node = found(work, Node, at)
        yield node
        at = node.parent_id


def _refuse_place(work: Work, row: Row, to: Row | None) -> None:
    name = capital(named(work, row))
    if row is to:
        raise RefusedError(f"{name} can't hang on itself.")
    match row:
        case Node():
            _refuse_node_place(work, row, to)
        case Account():
            if not isinstance(to, Market):
                raise RefusedError(f"{name} can't hang there: an account belongs to a market.")
        case Requirement():
            if to is not None and not (isinstance(to, Node) and to.kind == "need"):
                raise RefusedError(f"{row.code} can't hang there: a requirement hangs on a need.")
        case Solution():
            raise RefusedError(f"{row.code} stays with its goal: edit it (e) to choose another.")
        case _:
            raise RefusedError(f"{name} can't be moved: only nodes, accounts and requirements can.")


def _refuse_node_place(work: Work, node: Node, to: Row | None) -> None:
    if node.kind == "goal":
        if not isinstance(to, Market):
            raise RefusedError(f"{node.code} can't hang there: a goal belongs to a market.")
    elif to is None or isinstance(to, Node):
        refuse_inverted(node.kind, to)
    else:
        levels = ", ".join(NODE_KINDS[: NODE_KINDS.index(node.kind)])
        raise RefusedError(
            f"{node.code} can't hang on {named(work, to)}: {a(node.kind)} hangs on one of {levels}."
        )


def _hangs_on(row: Row, to: Row | None) -> bool:
    where = None if to is None else to.id
    match row:
        case Node(kind="goal") | Account():
            return row.market_id == where
        case Node():
            return row.parent_id == where
        case Requirement():
            return row.need_id == where
    return False


def _hang(work: Work, row: Row, to: Row | None) -> None:
    if isinstance(row, Node):
        _hang_node(work, row, to)
    elif isinstance(row, Requirement):
        row.need_id = None if to is None else to.id
    elif isinstance(row, Account) and to is not None:
        row.market_id = id_of(to)
    work.session.flush()  # so that the next goes behind it


def _hang_node(work: Work, node: Node, to: Row | None) -> None:
    """As the last of those beside it; all below it goes along into the market."""
    parent = to if isinstance(to, Node) else None
    market = to.id if isinstance(to, Market) else parent.market_id if parent else None
    position = next_position(work, node.kind, parent.id if parent else None, market)
    along = list(_subtree(work, node)) if node.market_id != market else []
    node.position = position
    node.parent_id = parent.id if parent else None
    node.market_id = market
    work.session.flush()  # what was asked for stands first in the history
    for one in along:
        one.market_id = market


def _subtree(work: Work, node: Node) -> Iterator[Node]:
    """A node and all that hangs below it, level by level."""
    level = [node]
    while level:
        yield from level
        ids = [id_of(one) for one in level]
        level = [
            below
            for start in range(0, len(ids), _AT_ONCE)
            for below in work.session.exec(
                select(Node).where(col(Node.parent_id).in_(ids[start : start + _AT_ONCE]))
            )
        ]


# Reordering -----------------------------------------------------------------------------------


def reorder(work: Work, action: Reorder) -> None:
    row = by_key(work, action.key)
    if not isinstance(row, _ORDERED):
        raise RefusedError(f"{_WHY_ORDERED[kind_of(row)]}: they can't be reordered.")
    beside = _beside(work, row)
    at = next(index for index, (row_id, _) in enumerate(beside) if row_id == row.id)
    other = at + action.by
    if not 0 <= other < len(beside):
        end = "first" if action.by < 0 else "last"
        raise RefusedError(f"{capital(named(work, row))} is the {end} already.")
    was = dict(beside)
    positions = [position for _, position in beside]
    if len(set(positions)) < len(positions):  # as in desks made elsewhere
        positions = list(range(1, len(positions) + 1))
    beside[at], beside[other] = beside[other], beside[at]
    row.position = positions[other]
    work.session.flush()  # what was asked for stands first in the history
    for (row_id, _), position in zip(beside, positions, strict=True):
        if was[row_id] != position and row_id != row.id:
            work.session.get_one(type(row), row_id).position = position
    work.words = f"Move {named(work, row)} {'up' if action.by < 0 else 'down'}"


def _beside(work: Work, row: Market | Node | Product) -> list[tuple[int, int]]:
    """Id and position of it and of those beside it, in the order in which they are shown."""
    table = type(row)
    rows = select(table.id, table.position).order_by(col(table.position), col(table.id))
    if isinstance(row, Node):
        rows = rows.where(Node.parent_id == row.parent_id)
        if row.parent_id is None:
            rows = rows.where(Node.kind == row.kind)
        if row.kind == "goal":
            rows = rows.where(Node.market_id == row.market_id)
    return [(row_id or 0, position) for row_id, position in work.session.exec(rows)]
