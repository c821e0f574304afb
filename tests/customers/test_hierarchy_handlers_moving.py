"""Hanging things elsewhere, and changing places with those beside them."""

from __future__ import annotations

import pytest

from pmdesk.customers.actions import AddBetween, AddMarket, AddNode, Move, NodeDraft, Reorder
from pmdesk.customers.hierarchy import Hierarchy
from pmdesk.customers.loading import whole
from pmdesk.customers.product_actions import AddProduct
from pmdesk.customers.things import Account, Node, Requirement
from pmdesk.desk import Action, Desk
from pmdesk.errors import RefusedError


def hierarchy(desk: Desk) -> Hierarchy:
    return desk.ask(whole)


def node(desk: Desk, code: str) -> Node:
    thing = hierarchy(desk).thing(code)
    assert isinstance(thing, Node)
    return thing


def path(desk: Desk, code: str) -> list[str]:
    return [one.code for one in hierarchy(desk).path(node(desk, code).id)]


def refused(desk: Desk, action: Action) -> str:
    """The sentence; nothing was changed."""
    before = desk.dump()
    with pytest.raises(RefusedError) as refusal:
        desk.perform(action)
    assert desk.dump() == before
    return str(refusal.value)


# Moving ---------------------------------------------------------------------------------------


def test_a_subtree_goes_along_into_the_market_and_stands_last(demo: Desk) -> None:
    before = demo.dump()
    done = demo.perform(Move(("I1",), "O3"))
    assert done.words == "Move I1 to O3"
    assert done.rows["node"][0] == 3, "the cursor goes there"
    assert sorted(done.rows["node"]) == [3, 4, 5, 6]
    assert path(demo, "N1") == ["G3", "O3", "I1", "T1", "N1"]
    assert {node(demo, code).market_id for code in ("I1", "T1", "N1", "N2")} == {2}
    assert node(demo, "I1").position == 2
    demo.undo()
    assert demo.dump() == before


def test_a_goal_goes_to_another_market_with_all_below_it(demo: Desk) -> None:
    assert demo.perform(Move(("G1",), "market 2")).words == (
        "Move G1 to the market “Cold-chain distributors”"
    )
    assert {one.market_id for one in hierarchy(demo).subtree(1)} == {2}
    assert node(demo, "G1").position == 3


def test_several_go_in_their_order_and_what_is_below_them_goes_along(demo: Desk) -> None:
    done = demo.perform(Move(("N4", "N1", "N5", "N4"), "T2"))
    assert done.words == "Move N4 and 2 more to T2"
    below = hierarchy(demo).below[node(demo, "T2").id]
    assert [one.code for one in below] == ["N3", "N4", "N1", "N5"]
    done = demo.perform(Move(("T2", "N3", "R4", "T3"), "O1"))
    assert done.words == "Move T2 and T3 to O1"
    assert path(demo, "N3") == ["G1", "O1", "T2", "N3"]


def test_what_is_there_already_stays_where_others_go(demo: Desk) -> None:
    assert demo.perform(Move(("N1", "N4"), "T1")).words == "Move N4 to T1"
    assert [one.code for one in hierarchy(demo).below[4]] == ["N1", "N2", "N4"]


def test_needs_requirements_and_accounts(demo: Desk) -> None:
    assert demo.perform(Move(("N1",), None)).words == "Move N1 under nothing"
    assert (node(demo, "N1").market_id, node(demo, "N1").position) == (None, 2)
    demo.perform(Move(("R8", "R1"), "N4"))
    demo.perform(Move(("R7",), None))
    demo.perform(Move(("account 1",), "market 2"))
    things = [hierarchy(demo).thing(key) for key in ("R8", "R1", "R7")]
    assert [one.need_id for one in things if isinstance(one, Requirement)] == [15, 15, None]
    account = hierarchy(demo).thing("account 1")
    assert isinstance(account, Account)
    assert account.market_id == 2


def test_a_missing_level_is_filled_between_two(demo: Desk) -> None:
    lower = node(demo, "T2")
    draft = NodeDraft("initiative", "Count every day", lower.parent_id)
    assert demo.perform(AddBetween(draft, "T2")).words == "Add I3 above T2"
    assert path(demo, "N3") == ["G2", "O2", "I3", "T2", "N3"]
    assert "A tactic can't hang on" in refused(
        demo, AddBetween(NodeDraft("tactic", "x", lower.parent_id), "T2")
    )


def test_what_can_not_hang_there(demo: Desk) -> None:
    said = {
        Move((), "T1"): "Nothing is selected.",
        Move(("N1",), "T1"): "N1 belongs to T1 already.",
        Move(("N1", "N2"), "T1"): "All of these belong to T1 already.",
        Move(("N5",), None): "N5 belongs under nothing already.",
        Move(("R8",), None): "R8 belongs under nothing already.",
        Move(("G1",), "market 1"): "G1 belongs to the market “Regional hospitals” already.",
        Move(("T1",), "T1"): "T1 can't hang on itself.",
        Move(("O1",), "T1"): "An obstacle can't hang on T1: from the top the levels are",
        Move(("O1",), None): "An obstacle can't stand alone: it hangs on a goal.",
        Move(("O1",), "market 2"): "O1 can't hang on the market “Cold-chain distributors”: an "
        "obstacle hangs on one of goal.",
        Move(("N4", "G2"), "T1"): "G2 can't hang there: a goal belongs to a market.",
        Move(("account 1",), "G1"): "The account “Northmoor” can't hang there",
        Move(("R1",), "T1"): "R1 can't hang there: a requirement hangs on a need.",
        Move(("S1",), "G2"): "S1 stays with its goal: edit it (e) to choose another.",
        Move(("product 1",), "G2"): "The product “Rota” can't be moved",
        Move(("evidence 1",), "G2"): "What Northmoor said on G1 can't be moved",
        Move(("N9",), "T1"): "“N9” is no longer in the desk.",
        Move(("N1",), "T9"): "“T9” is no longer in the desk.",
        Move(("N1",), "nonsense"): "“nonsense” is no longer in the desk.",
        Move(("N1",), "market " + "9" * 19): "is no longer in the desk.",
    }
    for action, sentence in said.items():
        assert sentence in refused(demo, action)


# Reordering -----------------------------------------------------------------------------------


def test_nodes_markets_and_products_change_places_with_their_neighbour(demo: Desk) -> None:
    done = demo.perform(Reorder("N2", -1))
    assert (done.words, done.rows) == ("Move N2 up", {"node": (6, 5)})
    assert [one.code for one in hierarchy(demo).below[4]] == ["N2", "N1"]
    demo.perform(Reorder("G3", 1))
    assert [one.code for one in hierarchy(demo).roots_of[2]] == ["G4", "G3"]
    assert [one.code for one in hierarchy(demo).roots_of[1]] == ["G1", "G2"]
    assert demo.perform(Reorder("market 2", -1)).words == (
        "Move the market “Cold-chain distributors” up"
    )
    assert [one.id for one in hierarchy(demo).markets] == [2, 1]
    demo.perform(Reorder("product 1", 1))
    assert [one.id for one in hierarchy(demo).products] == [2, 1, 3]


def test_at_the_end_and_where_the_order_is_given(demo: Desk) -> None:
    said = {
        Reorder("G1", -1): "G1 is the first already.",
        Reorder("G2", 1): "G2 is the last already.",
        Reorder("N5", 1): "N5 is the last already.",
        Reorder("market 1", -1): "The market “Regional hospitals” is the first already.",
        Reorder("account 1", 1): "Accounts stand in the order in which they were added: they "
        "can't be reordered.",
        Reorder("R1", 1): "Requirements stand in the order of their codes: they",
        Reorder("S1", 1): "Solutions stand in the order of their codes",
        Reorder("measure 1", 1): "Measures stand in the order in which they were added",
        Reorder("reading 1", 1): "Readings stand in the order of their days",
        Reorder("evidence 1", 1): "What was heard stands in the order of its days",
        Reorder("portfolio", 1): "The portfolio is what all products are in",
    }
    for action, sentence in said.items():
        assert sentence in refused(demo, action)


def test_those_in_the_same_place_get_places_of_their_own(demo: Desk) -> None:
    """As in a desk that was made elsewhere."""
    tables = demo.dump()
    for row in tables["product"]:
        row["position"] = 7
    tables["product"][0]["position"] = 9  # shown: Stock, Insight, Rota
    fresh = Desk.open(demo.path.with_name("other.db"), demo.clock, create=True)
    try:
        fresh.load(tables, "elsewhere")
        before = fresh.dump()
        fresh.perform(Reorder("product 1", -1))
        assert [(one.name, one.position) for one in hierarchy(fresh).products] == [
            ("Stock", 1), ("Rota", 2), ("Insight", 3),
        ]  # fmt: skip
        fresh.undo()
        assert fresh.dump() == before
    finally:
        fresh.close()


def test_what_is_new_stands_last_also_after_moves(desk: Desk) -> None:
    for name in ("A", "B"):
        desk.perform(AddMarket(name))
        desk.perform(AddProduct(name))
    for name in ("one", "two", "three"):
        desk.perform(AddNode(NodeDraft("goal", name, market=1)))
    desk.perform(Move(("G1",), "market 2"))
    desk.perform(Move(("G1",), "market 1"))
    assert [one.code for one in hierarchy(desk).roots_of[1]] == ["G2", "G3", "G1"]
