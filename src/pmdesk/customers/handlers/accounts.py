"""How markets and accounts are added and edited."""

from __future__ import annotations

import re

from sqlalchemy import func
from sqlmodel import col, select

from pmdesk.customers.actions import (
    AccountDraft,
    AddAccount,
    AddMarket,
    EditAccount,
    EditMarket,
    quoted,
)
from pmdesk.customers.handlers.rows import (
    edited,
    finite,
    found,
    id_of,
    line,
    named,
    refuse_taken,
    set_all,
)
from pmdesk.customers.meanwhile import rebased
from pmdesk.customers.tables import Account, AccountAlias, AccountDomain, Market
from pmdesk.errors import RefusedError
from pmdesk.store.work import Work

_DOMAIN = re.compile(r"[^\s@.,;:/\\]+(\.[^\s@.,;:/\\]+)+")

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
    now = EditMarket(action.market, market.name)
    action = rebased(action, action.was, now, named(work, market))
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
    was = action.was.account if action.was else None
    draft = rebased(action.account, was, _now(work, account), named(work, account))
    fields = _account_fields(work, draft, account.id)
    aliases, domains = _aliases(work, draft, account.id), _domains(work, draft, account.id)
    changed = set_all(account, **fields)
    changed |= _set_lines(work, account, aliases, domains)
    work.words = edited(named(work, account), changed)


def _now(work: Work, account: Account) -> AccountDraft:
    of_it = select(AccountAlias.alias).where(AccountAlias.account_id == account.id)
    mail = select(AccountDomain.domain).where(AccountDomain.account_id == account.id)
    return AccountDraft(
        account.name, account.market_id, account.status, account.revenue_share,
        tuple(work.session.exec(of_it.order_by(col(AccountAlias.id)))),
        tuple(work.session.exec(mail.order_by(col(AccountDomain.id)))),
    )  # fmt: skip


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
