"""What a note of a conversation begins with: who is likely meant, and what it speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pmdesk.customers.hierarchy import Hierarchy
from pmdesk.customers.kinds import Layer
from pmdesk.customers.things import (
    LAYERS,
    Account,
    Evidence,
    Market,
    Measure,
    Node,
    Product,
    Reading,
    Requirement,
    Solution,
)
from pmdesk.errors import RefusedError
from pmdesk.text import clean_line


@dataclass(frozen=True, slots=True)
class Beginning:
    """Each part empty where nothing suggests it."""

    nodes: tuple[Node, ...] = ()
    account: Account | None = None
    layer: Layer | None = None
    person: str = ""


def beginning(hierarchy: Hierarchy, keys: tuple[str, ...], today: date) -> Beginning:
    """Of a note about these things: nodes, or what hangs on them; "account 3", "account 3
    executive". What they don't say is as in the conversation that is noted today in that market.

    RefusedError where nobody can be heard on such a thing.
    """
    account, layer = None, None
    nodes: list[Node] = []
    market: int | None = None
    for key in keys:
        named = account_and_layer(hierarchy, key)
        if named is not None:
            account, layer = named
            continue
        thing = hierarchy.thing(key)
        if isinstance(thing, Market):
            market = thing.id
        elif isinstance(thing, Evidence):
            nodes.append(hierarchy.node[thing.node_id])
            account, layer = hierarchy.account[thing.account_id], thing.layer
        elif (node := _spoken_of(hierarchy, thing)) is not None:
            nodes.append(node)
        elif isinstance(thing, Product | Requirement | Reading | Measure):
            raise RefusedError("They speak of their business: go to a need or a goal to note it.")
    if nodes:
        goal = hierarchy.path(nodes[0].id)[0]
        market = goal.market_id
    last = _last_noted(hierarchy, account, market, today)
    person = ""
    if last is not None and layer in (None, last.layer):
        layer = last.layer
        person = clean_line(last.person or "")
        account = account or hierarchy.account[last.account_id]
    if account is None:
        accounts = hierarchy.accounts if market is None else hierarchy.accounts_of.get(market, ())
        account = accounts[0] if len(accounts) == 1 else None
    if layer is None and nodes:
        layer = nodes[0].layer
    return Beginning(tuple(dict.fromkeys(nodes)), account, layer, person)


def account_and_layer(hierarchy: Hierarchy, key: str) -> tuple[Account, Layer | None] | None:
    """Of "account 3" or "account 3 executive"; None where it is another key."""
    kind, _, rest = key.partition(" ")
    number, _, layer = rest.partition(" ")
    account = hierarchy.account.get(int(number)) if number.isdecimal() else None
    if kind != "account" or account is None:
        return None
    return account, next((one for one in LAYERS if one == layer), None)


def persons_heard(hierarchy: Hierarchy, account: int, layer: str) -> tuple[str, ...]:
    """Who spoke for a layer of an account, the last first."""
    heard = (
        clean_line(one.person or "")
        for one in reversed(hierarchy.evidence_of.get(account, ()))
        if one.layer == layer
    )
    return tuple(dict.fromkeys(filter(None, heard)))


def _spoken_of(hierarchy: Hierarchy, thing: object) -> Node | None:
    match thing:
        case Node():
            return thing
        case Requirement(need_id=int() as need):
            return hierarchy.node.get(need)
        case Solution():
            return hierarchy.node.get(thing.goal_id)
        case Measure(node_id=int() as goal):
            return hierarchy.node.get(goal)
    return None


def _last_noted(
    hierarchy: Hierarchy, account: Account | None, market: int | None, today: date
) -> Evidence | None:
    """The newest note, of the account, of the market, or at all, if it was heard today: who was
    heard weeks ago is not likely meant."""
    if account is not None:
        notes = hierarchy.evidence_of.get(account.id, ())
    elif market is not None:
        ids = {one.id for one in hierarchy.accounts_of.get(market, ())}
        notes = tuple(one for one in hierarchy.evidence if one.account_id in ids)
    else:
        notes = hierarchy.evidence
    heard_today = (one for one in notes if one.heard_on == today)
    return max(heard_today, key=lambda one: one.id, default=None)
