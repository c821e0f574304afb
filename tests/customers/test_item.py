"""What there is to say of one thing: its line of sight, who serves it, who spoke of it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pmdesk.customers.item import (
    count_of,
    gaps_by_subject,
    goals_reached,
    heard,
    kind_of,
    layer_of,
    name_of,
    requirements_for,
    serving,
)
from pmdesk.customers.kinds import NODE_KINDS
from pmdesk.customers.seeing import Missing, between, sight

from .growing import TODAY, Growing, harbourlight


def test_lines_of_sight_of_the_worked_example(demo_file: Path) -> None:
    hierarchy = harbourlight(demo_file)
    told = {
        "N1": "N1 ▸ T1 ▸ I1 ▸ O1 ▸ G1 · Regional hospitals",
        "R4": "R4 ▸ N3 ▸ T2 ▸ ◌ ▸ O2 ▸ G2 · Regional hospitals",
        "G4": "G4 · Cold-chain distributors",
        "S2": "S2 ▸ G3 · Cold-chain distributors",
        "N5": "N5 ▸ ◌ · no line of sight",
        "R8": "R8 ▸ ◌ · no line of sight",
        "measure 1": "measure ▸ G1 · Regional hospitals",
        "evidence 4": "evidence ▸ N2 ▸ T1 ▸ I1 ▸ O1 ▸ G1 · Regional hospitals",
        "product 1": "",
        "portfolio": "",
        "gone": "",
    }
    assert {key: sight(hierarchy, key).words for key in told} == told


def test_a_closed_goal_is_told_as_the_reason() -> None:
    hierarchy = Growing().node("G1", status="dropped").node("N1", "G1").hierarchy
    seen = sight(hierarchy, "N1")
    assert seen.goal is None
    assert seen.words.endswith("G1 · no line of sight: G1 is not active")


def test_each_missing_level_says_what_it_would_stand_between() -> None:
    hierarchy = Growing().path("G1", "I1", "N1").requirement("R1", "N1").node("N2").hierarchy
    assert sight(hierarchy, "R1").missing == (
        Missing("I1", "tactic", "N1"),
        Missing("G1", "obstacle", "I1"),
    )
    assert between(hierarchy, "N1", "tactic") == ("I1", "tactic", "N1")
    assert between(hierarchy, "N1", "initiative") is None
    assert sight(hierarchy, "N2").missing == (Missing("", "goal", "N2"),)


@given(st.lists(st.sampled_from(NODE_KINDS[1:]), unique=True, max_size=4))
def test_a_line_of_sight_names_every_level_once_and_in_order(kinds: list[str]) -> None:
    letters = {"obstacle": "O1", "initiative": "I1", "tactic": "T1", "need": "N1"}
    codes = [letters[kind] for kind in NODE_KINDS if kind in kinds]
    levels = sight(Growing().path("G1", *codes).hierarchy, codes[-1] if codes else "G1").levels
    lowest = NODE_KINDS.index(levels[0].kind)
    assert [one.kind for one in levels] == list(reversed(NODE_KINDS[: lowest + 1]))
    assert {one.key for one in levels} - {""} == {"G1", *codes}


def test_what_serves_a_thing_by_product(demo_file: Path) -> None:
    hierarchy = harbourlight(demo_file)

    def told(key: str) -> dict[str, list[str]]:
        shares = serving(hierarchy, key)
        return {one.product.name: [each.code for each in one.requirements] for one in shares}

    assert told("G1") == {"Rota": ["R1", "R3"], "Insight": ["R2"]}
    assert told("N4") == {"Stock": ["R5"], "Insight": ["R6"]}
    assert told("S2") == told("N4")
    assert told("market 1") == {"Rota": ["R1", "R3"], "Stock": ["R4"], "Insight": ["R2"]}
    assert told("G4") == told("account 1") == {}
    rota = requirements_for(hierarchy, "product 1")
    assert [(goal.code, count) for goal, count in goals_reached(hierarchy, rota)] == [("G1", 2)]


def test_only_what_lives_serves() -> None:
    desk = Growing().path("G1", "N1").node("N2", "G1", "dropped")
    desk.requirement("R1", "N1", status="dropped").requirement("R2", "N2").requirement("R3", "N1")
    assert [one.code for one in requirements_for(desk.hierarchy, "G1")] == ["R3"]


def test_who_was_heard_newest_first() -> None:
    long_ago = TODAY - timedelta(days=90)
    desk = Growing().path("G1", "N1").requirement("R1", "N1")
    desk.heard("N1", 1, "user", long_ago).heard("N1", 2, "manager").heard("G1", 1, "executive")
    said = heard(desk.hierarchy, "N1")
    # as they are read: the oldest first
    assert [one.key for one in said.pieces] == ["evidence 2", "evidence 1"]
    assert (said.accounts, said.layers, said.silent) == (2, ("manager", "user"), ("executive",))
    assert heard(desk.hierarchy, "R1").pieces == said.pieces
    assert heard(desk.hierarchy, "G1").below == 2
    assert [one.key for one in heard(desk.hierarchy, "account 1").pieces] == [
        "evidence 3", "evidence 1",
    ]  # fmt: skip
    assert [one.key for one in heard(desk.hierarchy, "account 1 user").pieces] == ["evidence 1"]
    assert heard(desk.hierarchy, "product 1").pieces == ()


def test_what_a_market_holds(demo_file: Path) -> None:
    hierarchy = harbourlight(demo_file)
    assert count_of(hierarchy, hierarchy.markets[0]) == {
        "goal": 2, "obstacle": 2, "initiative": 1, "tactic": 2, "need": 3,
    }  # fmt: skip


def test_keys_and_names(demo_file: Path) -> None:
    hierarchy = harbourlight(demo_file)
    assert [kind_of(key) for key in ("N4", "account 3 user", "portfolio", "reading 9", "x9")] == [
        "need", "account", "portfolio", "reading", None,
    ]  # fmt: skip
    assert layer_of("account 3 user") == ("account 3", "user")
    assert layer_of("market 3") == ("market 3", None)
    assert name_of(hierarchy, "product 1") == "Rota"
    assert name_of(hierarchy, "S1") == "S1"


def test_gaps_by_what_they_are_about(demo_file: Path) -> None:
    found = gaps_by_subject(harbourlight(demo_file), TODAY)
    assert [one.rule for one in found["G4"]] == [
        "goal-unmeasured", "goal-unheard", "goal-unexplained",
    ]  # fmt: skip
    assert "N4" not in found
