"""Which requirements come first."""

import json
from pathlib import Path

import pytest

from pmdesk.customers.priority import priorities

from .growing import Growing, harbourlight


def test_the_worked_example(demo_file: Path) -> None:
    expected = json.loads(
        (Path(__file__).parents[2] / "fixtures" / "demo" / "expected.json").read_text("utf-8")
    )["priority"]
    found = priorities(harbourlight(demo_file))
    assert [one.requirement.code for one in found.ranked] == ["R2", "R5", "R1", "R6", "R4"]
    assert [one.code for one in found.blind] == ["R7", "R8", "R9"]
    assert not found.unscored
    for one in found.ranked:
        theirs = expected[one.requirement.code]
        assert one.reach == pytest.approx(theirs["reach"], abs=0.05)
        assert one.confidence == theirs["confidence"]
        assert one.goal.weight == theirs["weight"]
        assert one.score == pytest.approx(theirs["score"], abs=0.005)


def test_reach_counts_accounts_of_the_goals_market_on_the_whole_path() -> None:
    desk = Growing().path("G1", "T1", "N1").node("N2", "T1").requirement("R1", "N1")
    desk.heard("N2", 2, "user").heard("T1", 1, "manager").heard("T1", 1, "manager")
    (one,) = priorities(desk.hierarchy).ranked
    assert [account.name for account in one.heard.accounts] == ["Ann"]
    assert (one.reach, one.heard.layers, one.confidence) == (0.5, ("manager",), 0.5)
    away = desk.hierarchy.accounts[0]._replace(id=3, market_id=2)
    desk.but(accounts=(*desk.hierarchy.accounts, away)).heard("G1", 3, "executive")
    (one,) = priorities(desk.hierarchy).ranked
    assert one.reach == 0.5
    assert one.heard.layers == ("executive", "manager")


def test_nobody_heard_is_a_score_of_nothing() -> None:
    (one,) = priorities(Growing().path("G1", "N1").requirement("R1", "N1").hierarchy).ranked
    assert (one.reach, one.confidence, one.score) == (0.0, 0.2, 0.0)


def test_what_is_unknown_makes_no_score() -> None:
    desk = (
        Growing().path("G1", "N1").node("G2", weight=None).node("N2", "G2").heard("N1", 1, "user")
    )
    desk.requirement("R1", "N1", effort_weeks=None).requirement("R2", "N2").requirement("R3", "N1")
    found = priorities(desk.hierarchy)
    assert [one.requirement.code for one in found.ranked] == ["R3"]
    assert [(o.requirement.code, o.unknown, o.score) for o in found.unscored] == [
        ("R1", ("effort",), None),
        ("R2", ("weight",), None),
    ]
    (one,) = priorities(desk.but(accounts=()).hierarchy).unscored[2:]
    assert (one.unknown, one.reach) == (("accounts",), None)


def test_only_what_is_still_to_be_built_by_score_then_by_code() -> None:
    desk = Growing().path("G1", "N1").node("N2").heard("N1", 1, "user")
    for code, status in (
        ("R10", "candidate"),
        ("R9", "committed"),
        ("R1", "shipped"),
        ("R2", "dropped"),
    ):
        desk.requirement(code, "N1", status=status).requirement(
            code.replace("R", "R7"), "N2", status=status
        )
    found = priorities(desk.hierarchy)
    assert [one.requirement.code for one in found.ranked] == ["R9", "R10"]
    assert [one.code for one in found.blind] == ["R79", "R710"]
