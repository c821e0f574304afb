"""How markets, accounts and nodes are added, edited and closed; moving is in `move_handlers`.

`add_market`, `add_account` and `add_node` are what other handlers build with: a branch typed
as an outline, for one.
"""

from __future__ import annotations

import re

from sqlalchemy import func
from sqlmodel import col, select

from pmdesk.customers.actions import (
    AccountDraft,
    AddAccount,
    AddMarket,
    AddNode,
    Close,
    EditAccount,
    EditMarket,
    EditNode,
    NodeDraft,
)
from pmdesk.customers.kinds import NODE_KINDS, NodeKind, may_hang_on
from pmdesk.customers.rows import (
    Row,
    a,
    all_by_key,
    capital,
    edited,
    finite,
    found,
    id_of,
    kind_of,
    line,
    named,
    named_all,
    not_ahead,
    quoted,
    refuse_taken,
    set_all,
)
from pmdesk.customers.tables import (
    Account,
    AccountAlias,
    AccountDomain,
    Market,
    Node,
    Requirement,
)
from pmdesk.errors import RefusedError
from pmdesk.store.work import Work

_DOMAIN = re.compile(r"[^\s@.,;:/\\]+(\.[^\s@.,;:/\\]+)+")
_STATUSES: dict[str, tuple[str, ...]] = {
    "node": ("active", "reached", "dropped"),
    "requirement": ("candidate", "committed", "shipped", "dropped"),
    "account": ("customer", "prospect", "lost"),
}

# Markets --------------------------------------------------------------------------------------


def add_market(work: Work, name: str) -> Market:
    """A new market, the last of them. Raises RefusedError."""
    name = line(name, "The name of the market")
    refuse_taken(name, "The market", work.session.exec(select(Market.name)))
    last = work.session.exec(select(func.max(Market.position))).one()
    market = Market.model_validate({"name": name, "position": (last or 0) + 1})
    work.session.add(market)
    work.session.flush()
    return market


def market_added(work: Work, action: AddMarket) -> None:
    market = add_market(work, action.name)
    work.words = f"Add the market {quoted(market.name)}"


def market_edited(work: Work, action: EditMarket) -> None:
    market = found(work, Market, action.market)
    name = line(action.name, "The name of the market")
    others = select(Market.name).where(Market.id != market.id)
    refuse_taken(name, "The market", work.session.exec(others))
    changed = set_all(market, name=name)
    work.words = edited(named(work, market), changed)


# Accounts -------------------------------------------------------------------------------------


def add_account(work: Work, draft: AccountDraft) -> Account:
    """A new account with its aliases and domains. Raises RefusedError."""
    account = Account.model_validate(_account_fields(work, draft, None))
    aliases, domains = _aliases(work, draft, None), _domains(work, draft, None)
    work.session.add(account)
    work.session.flush()
    _set_lines(work, account, aliases, domains)
    return account


def account_added(work: Work, action: AddAccount) -> None:
    account = add_account(work, action.account)
    work.words = f"Add the account {quoted(account.name)}"


def account_edited(work: Work, action: EditAccount) -> None:
    account = found(work, Account, action.id)
    draft = action.account
    fields = _account_fields(work, draft, account.id)
    aliases, domains = _aliases(work, draft, account.id), _domains(work, draft, account.id)
    changed = set_all(account, **fields)
    changed |= _set_lines(work, account, aliases, domains)
    work.words = edited(named(work, account), changed)


def _account_fields(work: Work, draft: AccountDraft, own: int | None) -> dict[str, object]:
    name = line(draft.name, "The name of the account")
    others = select(Account.name).where(col(Account.id).is_distinct_from(own))
    refuse_taken(name, "The account", work.session.exec(others))
    _refuse_alias_of_another(work, name, own)
    found(work, Market, draft.market)
    share = draft.revenue_share
    if share is not None and not 0 <= finite(share, "The share of revenue") <= 100:
        raise RefusedError("The share of revenue is 0 to 100 percent, or empty where unknown.")
    return {
        "market_id": draft.market, "name": name, "status": draft.status,
        "revenue_share": None if share is None else float(share),
    }  # fmt: skip


def _aliases(work: Work, draft: AccountDraft, own: int | None) -> list[str]:
    """Each once, without the name itself. Raises RefusedError where another is called so."""
    name = line(draft.name, "The name of the account").casefold()
    aliases: dict[str, str] = {}
    for each in draft.aliases:
        aliases.setdefault((alias := line(each, "An alias")).casefold(), alias)
    aliases.pop(name, None)
    others = work.session.exec(
        select(Account.name).where(col(Account.id).is_distinct_from(own))
    ).all()
    for alias in aliases.values():
        if alias.casefold() in {other.casefold() for other in others}:
            raise RefusedError(f"{quoted(alias)} is the name of another account: no alias of this.")
        _refuse_alias_of_another(work, alias, own)
    return list(aliases.values())


def _refuse_alias_of_another(work: Work, name: str, own: int | None) -> None:
    theirs = select(AccountAlias.alias, Account.name).where(
        AccountAlias.account_id == Account.id, col(Account.id).is_distinct_from(own)
    )
    for alias, account in work.session.exec(theirs):
        if alias.casefold() == name.casefold():
            raise RefusedError(f"{quoted(name)} is an alias of {quoted(account)} already.")


def _domains(work: Work, draft: AccountDraft, own: int | None) -> list[str]:
    domains: dict[str, None] = {}
    for each in draft.domains:
        domain = line(each, "A mail domain").removeprefix("@").lower()
        if not _DOMAIN.fullmatch(domain):
            raise RefusedError(f"{quoted(each)} is no mail domain, such as “polar.example”.")
        theirs = select(Account.name).where(
            Account.id == AccountDomain.account_id,
            func.lower(AccountDomain.domain) == domain,
            col(Account.id).is_distinct_from(own),
        )
        if (other := work.session.exec(theirs).first()) is not None:
            raise RefusedError(f"{quoted(domain)} is the mail domain of {quoted(other)} already.")
        domains[domain] = None
    return list(domains)


def _set_lines(work: Work, account: Account, aliases: list[str], domains: list[str]) -> bool:
    """Let an account have these aliases and domains, and no others; whether any changed."""
    has = work.session.exec(select(AccountAlias).where(AccountAlias.account_id == account.id)).all()
    mail = work.session.exec(
        select(AccountDomain).where(AccountDomain.account_id == account.id)
    ).all()
    gone = [one for one in has if one.alias not in aliases]
    gone_mail = [one for one in mail if one.domain not in domains]
    for row in (*gone, *gone_mail):
        work.session.delete(row)
    work.session.flush()  # what goes makes room: “nmh” for “NMH”
    fresh = [one for one in aliases if one not in {row.alias for row in has}]
    fresh_mail = [one for one in domains if one not in {row.domain for row in mail}]
    work.session.add_all(AccountAlias(account_id=id_of(account), alias=one) for one in fresh)
    work.session.add_all(AccountDomain(account_id=id_of(account), domain=one) for one in fresh_mail)
    return bool(gone or gone_mail or fresh or fresh_mail)


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
