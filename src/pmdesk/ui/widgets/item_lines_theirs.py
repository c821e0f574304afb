"""The item beside the tree: markets, accounts and the layers of an account."""

from __future__ import annotations

from collections.abc import Iterator

from pmdesk.customers.item import count_of, heard, serving
from pmdesk.customers.kinds import Layer, NodeKind
from pmdesk.customers.measuring import progress_of
from pmdesk.customers.things import LAYERS, Account, Evidence, Market, Node
from pmdesk.phrases import ago, several
from pmdesk.ui.widgets.cells import fit
from pmdesk.ui.widgets.item_lines import About, gaps, head, opening, prose
from pmdesk.ui.widgets.item_lines_parts import (
    MOST,
    age,
    code_width,
    contribute,
    heard_lines,
    more,
    number,
    product_line,
)
from pmdesk.ui.widgets.text_lines import TextLine

_STRATEGY: tuple[NodeKind, ...] = ("goal", "obstacle", "initiative")
_OPERATIONS: tuple[NodeKind, ...] = ("tactic", "need")


def market(about: About) -> Iterator[TextLine]:
    hierarchy = about.hierarchy
    one = hierarchy.thing(about.key)
    assert isinstance(one, Market)
    counts = count_of(hierarchy, one)
    accounts = hierarchy.accounts_of.get(one.id, ())
    yield from opening(about, ("market", several(len(accounts), "account")))
    yield from gaps(about)
    for band, kinds in (("THEIR STRATEGY", _STRATEGY), ("THEIR OPERATIONS", _OPERATIONS)):
        said = " · ".join(several(counts[kind], kind) for kind in kinds if kind in counts)
        yield from head(band, said or "nothing yet", about.width, "theirs")
        if band == "THEIR STRATEGY":
            yield from _goals(about, hierarchy.roots_of.get(one.id, ()))
    yield from _products(about)
    yield from head("ACCOUNTS", "", about.width)
    if not accounts:
        yield from prose("none yet", about.width, "muted")
    for account in accounts[:MOST]:
        yield _account_line(about, account)
    yield from more(len(accounts) - MOST)


def _goals(about: About, goals: tuple[Node, ...]) -> Iterator[TextLine]:
    codes = code_width(goals[:MOST])
    for goal in goals[:MOST]:
        share = progress_of(about.hierarchy, goal)
        said = "" if share is None else f"{share * 100:.0f} %"
        if goal.status != "active":
            said = goal.status
        statement = fit(goal.statement, max(8, about.width - codes - 12))
        yield TextLine(
            (
                ("  ", ""),
                (f"{goal.code:<{codes}}  ", "code"),
                (statement, ""),
                (f"{said:>8}", "strong"),
            ),
            goal.key,
        )
    yield from more(len(goals) - MOST)


def _products(about: About) -> Iterator[TextLine]:
    shares = serving(about.hierarchy, about.key)
    yield from head("OUR PRODUCTS", contribute(about, shares), about.width, "mine")
    for share in shares:
        yield product_line(share.product, len(share.requirements))


def _account_line(about: About, account: Account) -> TextLine:
    pieces = about.hierarchy.evidence_of.get(account.id, ())
    newest = pieces[-1].heard_on if pieces else None
    said = f"heard {ago(newest, about.today)}" if newest else "never heard"
    status = f"  {account.status:<8}" if about.width >= 48 else ""
    name = fit(account.name, max(8, min(30, about.width - len(status) - 22)))
    role = "muted" if newest else "warning"
    return TextLine(
        (("  ", ""), (name, "strong"), (status, "muted"), (f"  {said}", role)), account.key
    )


def account(about: About) -> Iterator[TextLine]:
    hierarchy = about.hierarchy
    one = hierarchy.thing(about.key)
    assert isinstance(one, Account)
    home = hierarchy.market[one.market_id]
    share = f"{number(one.revenue_share)} % of revenue"
    if one.revenue_share is None:
        share = "share of revenue unknown"
    yield from opening(about, ("account", one.status, share))
    yield TextLine((("in ", "muted"), (home.name, "theirs")), home.key)
    yield from gaps(about)
    said = heard(hierarchy, about.key)
    yield from head("LAYERS", "", about.width)
    for each in LAYERS:
        yield _layer_line(about, each, [piece for piece in said.pieces if piece.layer == each])
    yield from heard_lines(about, said, by_account=True)


def _layer_line(about: About, each: Layer, pieces: list[Evidence]) -> TextLine:
    newest = pieces[0].heard_on if pieces else None
    said = ago(newest, about.today) if newest else "never heard"
    count = f"  {several(len(pieces), 'piece')}" if pieces else ""
    when = (f"{said:<12}", "" if newest else "warning")
    return TextLine(((f"  {each:<11}", "strong"), when, (count, "muted")), f"{about.key} {each}")


def layer(about: About, whole: str, which: Layer) -> Iterator[TextLine]:
    """The executives, managers or users of an account."""
    one = about.hierarchy.thing(whole)
    assert isinstance(one, Account)
    said = heard(about.hierarchy, about.key)
    newest = f"heard {age(said.pieces[0].heard_on, about.today)}" if said.pieces else "never heard"
    yield from opening(about, (newest,), f"{one.name}: {which}s")
    yield TextLine((("of ", "muted"), (one.name, "theirs")), one.key)
    if said.pieces:
        yield from heard_lines(about, said, by_account=True)
    else:
        yield from head("HEARD", "", about.width)
        words = f"nothing yet from its {which}s"
        yield from prose(words, about.width, "muted", about.key, act="note")
