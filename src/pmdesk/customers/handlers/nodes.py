"""How nodes are added and edited, and how nodes, accounts and requirements are closed."""

from __future__ import annotations

from sqlalchemy import func
from sqlmodel import select

from pmdesk.customers.actions import (
    AddNode,
    Close,
    EditNode,
    NodeDraft,
    quoted,
)
from pmdesk.customers.handlers.rows import (
    Row,
    all_by_key,
    capital,
    edited,
    found,
    id_of,
    kind_of,
    line,
    named,
    named_all,
    not_ahead,
    set_all,
)
from pmdesk.customers.kinds import NODE_KINDS, NodeKind, may_hang_on
from pmdesk.customers.meanwhile import rebased
from pmdesk.customers.tables import (
    Market,
    Node,
    Requirement,
)
from pmdesk.errors import RefusedError
from pmdesk.phrases import a
from pmdesk.store.work import Work

_STATUSES: dict[str, tuple[str, ...]] = {
    "node": ("active", "reached", "dropped"),
    "requirement": ("candidate", "committed", "shipped", "dropped"),
    "account": ("customer", "prospect", "lost"),
}

# Nodes ----------------------------------------------------------------------------------------


def add_node(work: Work, draft: NodeDraft) -> Node:
    """A new node, the last of those beside it, with a fresh code. Raises RefusedError."""
    parent = None if draft.parent is None else found(work, Node, draft.parent)
    refuse_inverted(draft.kind, parent)
    market = parent.market_id if parent else None
    if draft.kind == "goal":
        if draft.market is None:
            raise RefusedError("A goal belongs to a market: choose one.")
        market = id_of(found(work, Market, draft.market))
    fields = {
        "kind": draft.kind,
        "market_id": market,
        "parent_id": draft.parent,
        "statement": line(draft.statement, f"The statement of the {draft.kind}"),
        "layer": checked_layer(draft.kind, draft.layer),
        "weight": checked_weight(draft.kind, draft.weight),
        "position": next_position(work, draft.kind, draft.parent, market),
    }
    letter = draft.kind[0].upper()
    node = Node.model_validate(fields | {"code": f"{letter}{work.take_numbers(letter)}"})
    work.session.add(node)
    work.session.flush()
    return node


def node_added(work: Work, action: AddNode) -> None:
    node = add_node(work, action.node)
    work.words = f"Add {node.code} {quoted(node.statement)}"


def node_edited(work: Work, action: EditNode) -> None:
    node = found(work, Node, action.id)
    now = EditNode(action.id, node.statement, node.layer, node.weight)
    action = rebased(action, action.was, now, node.code)
    changed = set_all(
        node,
        statement=line(action.statement, f"The statement of the {node.kind}"),
        layer=checked_layer(node.kind, action.layer or node.layer),
        weight=checked_weight(node.kind, node.weight if action.weight is None else action.weight),
    )
    work.words = edited(node.code, changed)


def refuse_inverted(kind: NodeKind, parent: Node | None) -> None:
    """Raises RefusedError where a node of a kind may not hang there."""
    if may_hang_on(kind, parent.kind if parent else None):
        return
    if parent is None:
        above = " or ".join(NODE_KINDS[: NODE_KINDS.index(kind)])
        raise RefusedError(f"{capital(a(kind))} can't stand alone: it hangs on {a(above)}.")
    if kind == "goal":
        raise RefusedError("A goal hangs on a market, never on another node.")
    raise RefusedError(
        f"{capital(a(kind))} can't hang on {parent.code}: from the top the levels are "
        f"{', '.join(NODE_KINDS)}."
    )


def checked_layer(kind: NodeKind, layer: str | None) -> str | None:
    if kind == "need" and layer is None:
        raise RefusedError("A need has a layer: executive, manager or user.")
    if kind != "need" and layer is not None:
        raise RefusedError(f"Only a need has a layer; this is {a(kind)}.")
    return layer


def checked_weight(kind: NodeKind, weight: int | None) -> int | None:
    if kind != "goal" and weight is not None:
        raise RefusedError(f"Only a goal has a weight; this is {a(kind)}.")
    if kind == "goal" and weight not in (None, 1, 2, 3):
        raise RefusedError("The weight of a goal is 1, 2 or 3.")
    return 2 if kind == "goal" and weight is None else weight


def next_position(work: Work, kind: NodeKind, parent: int | None, market: int | None) -> int:
    """Behind all that would stand beside it."""
    last = select(func.max(Node.position)).where(Node.parent_id == parent)
    if parent is None:
        last = last.where(Node.kind == kind)
    if kind == "goal":
        last = last.where(Node.market_id == market)
    return (work.session.exec(last).one() or 0) + 1


# Closing --------------------------------------------------------------------------------------


def close(work: Work, action: Close) -> None:
    """Those that have the status already stay as they are, unless all have it."""
    rows = all_by_key(work, action.keys)
    for row in rows:
        _refuse_status(work, row, action.status)
    if action.on is not None and action.status != "shipped":
        raise RefusedError("Only what is shipped has a day on which it was.")
    shipped_on = not_ahead(work, action.on or work.today, "Shipping")
    others = [row for row in rows if getattr(row, "status", None) != action.status]
    if not others:
        which = f"{named(work, rows[0])} is" if len(rows) == 1 else "These are all"
        raise RefusedError(f"{capital(which)} {action.status} already.")
    for row in others:
        set_all(row, status=action.status)
        if isinstance(row, Requirement):
            row.shipped_on = shipped_on if action.status == "shipped" else None
        work.session.flush()  # in the history they stand in the order asked for
    work.words = f"Mark {named_all(work, others)} as {action.status}"


def _refuse_status(work: Work, row: Row, status: str) -> None:
    kind = "node" if isinstance(row, Node) else kind_of(row)
    name = named(work, row)
    if kind not in _STATUSES:
        raise RefusedError(f"{capital(name)} can't be closed: delete it (D) instead.")
    if status not in _STATUSES[kind]:
        raise RefusedError(
            f"{capital(name)} can't be {status}: {a(kind_of(row))} is "
            f"{', '.join(_STATUSES[kind][:-1])} or {_STATUSES[kind][-1]}."
        )
