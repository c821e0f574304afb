"""Markets, accounts and nodes: added, edited, closed, or refused with a sentence."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

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
from pmdesk.customers.hierarchy import Hierarchy
from pmdesk.customers.loading import whole
from pmdesk.customers.things import Account, Node, Requirement, Thing
from pmdesk.desk import Action, Desk
from pmdesk.errors import RefusedError


def hierarchy(desk: Desk) -> Hierarchy:
    return desk.ask(whole)


def node(desk: Desk, code: str) -> Node:
    thing = hierarchy(desk).thing(code)
    assert isinstance(thing, Node)
    return thing


def refused(desk: Desk, action: Action) -> str:
    """The sentence; nothing was changed."""
    before, steps = desk.dump(), desk.steps()
    with pytest.raises(RefusedError) as refusal:
        desk.perform(action)
    assert (desk.dump(), desk.steps()) == (before, steps)
    return str(refusal.value)


# Markets and accounts -------------------------------------------------------------------------


def test_a_market_comes_last_and_may_be_called_otherwise(demo: Desk) -> None:
    done = demo.perform(AddMarket("  Care\thomes "))
    assert done.words == "Add the market “Care homes”"
    assert [(one.name, one.position) for one in hierarchy(demo).markets][2:] == [("Care homes", 3)]
    assert demo.perform(EditMarket(3, "CARE homes")).words == "Edit the market “CARE homes”"
    steps = demo.steps()
    assert demo.perform(EditMarket(3, "CARE homes")).words == "The market “CARE homes” is as it was"
    assert demo.steps() == steps


def test_an_account_brings_its_aliases_and_domains_and_gives_them_up(demo: Desk) -> None:
    account = AccountDraft(
        "Fernhill", 1, "prospect", 12, ("FH", "fh", "Fernhill"), ("@Fernhill.Example",)
    )
    assert demo.perform(AddAccount(account)).words == "Add the account “Fernhill”"
    assert hierarchy(demo).accounts[-1] == Account(
        5, 1, "Fernhill", "prospect", 12.0, ("FH",), ("fernhill.example",)
    )
    before = demo.dump()
    other = AccountDraft("Fern Hill", 2, "customer", None, ("fh",), ())
    assert demo.perform(EditAccount(5, other)).words == "Edit the account “Fern Hill”"
    assert hierarchy(demo).accounts[-1] == Account(5, 2, "Fern Hill", "customer", None, ("fh",))
    demo.undo()
    assert demo.dump() == before


def test_an_account_that_is_left_as_it_is_makes_no_step(demo: Desk) -> None:
    same = AccountDraft("Northmoor", 1, "customer", 30, ("NMH", "Northmoor Hospitals"),
                        ("northmoor.example",))  # fmt: skip
    steps = demo.steps()
    assert demo.perform(EditAccount(1, same)).words == "The account “Northmoor” is as it was"
    assert demo.steps() == steps


def test_markets_and_accounts_that_can_not_be(demo: Desk) -> None:
    def account(name: str = "New", **fields: Any) -> AddAccount:
        return AddAccount(AccountDraft(name, **({"market": 1} | fields)))

    said: dict[Any, str] = {
        AddMarket(" \u200b"): "The name of the market is empty: write it in a few words.",
        AddMarket("regional HOSPITALS"): "The market “Regional hospitals” exists already: choose "
        "another name.",
        EditMarket(2, "Regional hospitals"): "“Regional hospitals” exists already",
        EditMarket(9, "X"): "That market is no longer in the desk.",
        account(""): "The name of the account is empty",
        account("POLAR"): "The account “Polar” exists already",
        account("nmh"): "“nmh” is an alias of “Northmoor” already.",
        account(aliases=("polar",)): "“polar” is the name of another account",
        account(aliases=("NMH",)): "“NMH” is an alias of “Northmoor” already.",
        account(aliases=("",)): "An alias is empty",
        account(domains=("polar",)): "“polar” is no mail domain, such as “polar.example”.",
        account(domains=("eu.polar example",)): "is no mail domain",
        account(domains=("POLAR.example",)): "“polar.example” is the mail domain of “Polar”",
        account(market=9): "That market is no longer in the desk.",
        account(revenue_share=100.1): "The share of revenue is 0 to 100 percent",
        account(revenue_share=-1): "The share of revenue is 0 to 100 percent",
        account(revenue_share=float("nan")): "The share of revenue must be a number.",
        EditAccount(1, AccountDraft("Polar", 1)): "The account “Polar” exists already",
        EditAccount(9, AccountDraft("New", 1)): "That account is no longer in the desk.",
    }
    for action, sentence in said.items():
        assert sentence in refused(demo, action)


# Nodes ----------------------------------------------------------------------------------------


def test_a_node_is_in_the_market_of_its_goal_and_last_of_those_beside_it(demo: Desk) -> None:
    parent = node(demo, "G3")
    done = demo.perform(AddNode(NodeDraft("obstacle", "No  spare lorries", parent=parent.id)))
    assert done.words == "Add O4 “No spare lorries”"
    made = node(demo, "O4")
    assert (made.market_id, made.parent_id, made.position) == (2, parent.id, 2)
    assert (made.layer, made.weight, made.status) == (None, None, "active")
    assert demo.perform(AddNode(NodeDraft("goal", "Grow", market=1))).rows == {"node": (19,)}
    assert (node(demo, "G5").weight, node(demo, "G5").position) == (2, 3)
    demo.perform(AddNode(NodeDraft("need", "Any list", market=1, layer="user")))
    assert (node(demo, "N6").market_id, node(demo, "N6").position) == (None, 2)


def test_codes_are_never_given_twice(demo: Desk) -> None:
    demo.perform(AddNode(NodeDraft("goal", "Grow", market=1)))
    demo.undo()
    done = demo.perform(AddNode(NodeDraft("goal", "Grow", market=1)))
    assert done.words == "Add G6 “Grow”"


def test_a_node_is_edited_and_keeps_what_is_not_said(demo: Desk) -> None:
    need, goal = node(demo, "N1"), node(demo, "G1")
    assert demo.perform(EditNode(need.id, "Know the cover")).words == "Edit N1"
    assert node(demo, "N1") == need._replace(statement="Know the cover")
    demo.perform(EditNode(need.id, "Know the cover", layer="executive"))
    assert node(demo, "N1").layer == "executive"
    demo.perform(EditNode(goal.id, goal.statement, weight=1))
    assert node(demo, "G1") == goal._replace(weight=1)
    assert demo.perform(EditNode(goal.id, goal.statement)).words == "G1 is as it was"


def test_nodes_that_can_not_be(demo: Desk) -> None:
    goal, tactic, need = (node(demo, code).id for code in ("G1", "T1", "N1"))
    said: dict[Any, str] = {
        AddNode(NodeDraft("goal", "x")): "A goal belongs to a market: choose one.",
        AddNode(NodeDraft("goal", " ", market=1)): "The statement of the goal is empty",
        AddNode(NodeDraft("goal", "x", market=9)): "That market is no longer in the desk.",
        AddNode(NodeDraft("goal", "x", parent=goal, market=1)): "A goal hangs on a market",
        AddNode(NodeDraft("goal", "x", market=1, weight=4)): "The weight of a goal is 1, 2 or 3.",
        AddNode(NodeDraft("goal", "x", market=1, layer="user")): "Only a need has a layer",
        AddNode(NodeDraft("tactic", "x", parent=tactic)): "A tactic can't hang on T1: from the "
        "top the levels are goal, obstacle, initiative, tactic, need.",
        AddNode(NodeDraft("obstacle", "x")): "An obstacle can't stand alone: it hangs on a goal.",
        AddNode(NodeDraft("tactic", "x", parent=goal, weight=1)): "Only a goal has a weight",
        AddNode(NodeDraft("need", "x", parent=goal)): "A need has a layer",
        AddNode(NodeDraft("need", "x", parent=99, layer="user")): "no longer in the desk",
        EditNode(need, "", "user"): "The statement of the need is empty",
        EditNode(tactic, "x", layer="user"): "Only a need has a layer; this is a tactic.",
        EditNode(need, "x", weight=2): "Only a goal has a weight; this is a need.",
        EditNode(goal, "x", weight=0): "The weight of a goal is 1, 2 or 3.",
        EditNode(99, "x"): "That node is no longer in the desk.",
    }
    for action, sentence in said.items():
        assert sentence in refused(demo, action)


# Closing --------------------------------------------------------------------------------------


def status(desk: Desk, key: str) -> str:
    thing: Thing | None = hierarchy(desk).thing(key)
    assert isinstance(thing, Node | Account | Requirement)
    return thing.status


def test_nodes_accounts_and_requirements_are_closed_and_opened_again(demo: Desk) -> None:
    assert demo.perform(Close(("G1",), "reached")).words == "Mark G1 as reached"
    done = demo.perform(Close(("G1", "R1", "G2"), "dropped"))
    assert done.words == "Mark G1 and 2 more as dropped"
    assert [status(demo, key) for key in ("G1", "R1", "G2")] == ["dropped"] * 3
    assert demo.perform(Close(("G1", "G3"), "active")).words == "Mark G1 as active"
    assert demo.perform(Close(("account 3",), "lost")).words == ("Mark the account “Polar” as lost")
    assert (status(demo, "G1"), status(demo, "account 3")) == ("active", "lost")


def test_what_is_shipped_has_its_day_and_loses_it_when_it_is_not(demo: Desk) -> None:
    def day(code: str) -> date | None:
        requirement = hierarchy(demo).thing(code)
        assert isinstance(requirement, Requirement)
        return requirement.shipped_on

    demo.perform(Close(("R1", "R3"), "shipped"))
    assert (day("R1"), day("R3")) == (date(2025, 6, 13), date(2025, 4, 20))
    demo.perform(Close(("R2",), "shipped", date(2025, 6, 1)))
    assert day("R2") == date(2025, 6, 1)
    demo.perform(Close(("R1", "R2"), "committed"))
    assert day("R1") is day("R2") is None


def test_what_can_not_be_closed_so(demo: Desk) -> None:
    said: dict[Any, str] = {
        Close((), "dropped"): "Nothing is selected.",
        Close(("G1",), "active"): "G1 is active already.",
        Close(("G1", "G2"), "active"): "These are all active already.",
        Close(("G1", "R1"), "reached"): "R1 can't be reached: a requirement is candidate, "
        "committed, shipped or dropped.",
        Close(("account 1",), "dropped"): "The account “Northmoor” can't be dropped: an account",
        Close(("product 1",), "dropped"): "The product “Rota” can't be closed: delete it (D)",
        Close(("R1",), "shipped", date(2025, 6, 14)): "Shipping is dated Sat 14 Jun 2025, which "
        "has not come yet.",
        Close(("R1",), "dropped", date(2025, 6, 1)): "Only what is shipped has a day",
        Close(("G9",), "dropped"): "“G9” is no longer in the desk.",
        Close(("portfolio",), "dropped"): "The portfolio is what all products are in",
    }
    for action, sentence in said.items():
        assert sentence in refused(demo, action)
