"""The gaps: the worked example exactly, and each rule on a desk made for it."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.customers.gaps import RULES, all_gaps, gap_counts, gaps, put_off, rule, told_of
from pmdesk.customers.hierarchy import Hierarchy
from pmdesk.customers.kinds import NodeStatus
from pmdesk.customers.things import Account, Product

from .growing import TODAY, Growing, harbourlight

EXPECTED = json.loads(
    (Path(__file__).parents[2] / "fixtures" / "demo" / "expected.json").read_text("utf-8")
)["gaps"]


def hits(desk: Growing | Hierarchy, rule_id: str, today: date = TODAY) -> list[str]:
    hierarchy = desk.hierarchy if isinstance(desk, Growing) else desk
    return [one.name for one in gaps(hierarchy, today) if one.rule == rule_id]


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def test_the_worked_example_exactly_and_in_its_order(demo_file: Path) -> None:
    found: dict[str, list[str]] = {one.id: [] for one in RULES}
    for one in gaps(harbourlight(demo_file), TODAY):
        found[one.rule].append(one.name)
    assert list(found.items()) == list(EXPECTED.items())


def test_the_worked_example_says_what_is_missing(demo_file: Path) -> None:
    hierarchy = harbourlight(demo_file)
    said = {(one.rule, one.name): one.words for one in gaps(hierarchy, TODAY)}
    assert said["goal-one-product", "G2"] == "Stock alone serves it."
    assert said["need-one-voice", "N3"] == "Only Brannoc has spoken of it."
    assert said["value-names-features", "S2"].endswith("“dashboard”, “AI”, “alerts”.")
    assert said["shipped-unmeasured", "R3"].startswith("It shipped 54 days ago")
    assert said["vision-stale", "Rota"] == "Its vision was last revised 104 days ago."
    assert told_of(hierarchy, "R8") == "Dark theme"
    assert told_of(hierarchy, "account 2") == "Regional hospitals"
    assert told_of(hierarchy, "S2") == "Chilled loads saved on the road"
    assert told_of(hierarchy, "portfolio") == ""


def test_a_branch_that_ends_above_the_needs() -> None:
    desk = Growing().path("G1", "O1", "I1").node("T1", "G1").node("O2", "G1", "dropped")
    desk.node("T2", "I1", "dropped").path("G2", "N1")
    assert hits(desk, "branch-dead-end") == ["I1", "T1"]
    assert hits(desk, "goal-unexplained") == []
    assert hits(desk.node("N2", "T1"), "branch-dead-end") == ["I1"]


def test_a_goal_whose_branches_are_all_closed_is_unexplained() -> None:
    desk = Growing().node("G1").node("O1", "G1", "reached")
    assert hits(desk, "goal-unexplained") == ["G1"]


def test_a_need_without_a_live_requirement() -> None:
    desk = Growing().path("G1", "N1").node("N2", "G1").node("N3", "G1", "dropped")
    desk.requirement("R1", "N1").requirement("R2", "N2", status="dropped")
    assert hits(desk, "need-unserved") == ["N2"]


def test_a_need_is_adrift_under_no_goal_not_under_one_that_is_reached() -> None:
    desk = Growing().node("G1", status="reached").node("N1", "G1").path("G2", "N2").node("N3")
    assert hits(desk, "need-adrift") == ["N3"]


def test_one_voice_counts_accounts_not_notes() -> None:
    desk = Growing().path("G1", "N1").node("N2", "G1").node("N3", "G1")
    desk.heard("N1", 1, "user").heard("N1", 1, "manager")
    desk.heard("N2", 1, "user").heard("N2", 2, "user").heard("G1", 1, "executive")
    assert hits(desk, "need-one-voice") == ["N1"]


def test_only_an_executive_on_the_goal_itself_counts() -> None:
    desk = Growing().path("G1", "N1").node("G2").node("G3", status="dropped")
    desk.heard("N1", 1, "executive").heard("G1", 1, "manager").heard("G2", 2, "executive")
    assert hits(desk, "goal-unheard") == ["G1"]


def test_one_product_counts_live_requirements_that_reach_the_goal() -> None:
    desk = Growing().path("G1", "N1").path("G2", "N2").node("G3")
    desk.requirement("R1", "N1").requirement("R2", "N1", product=2, status="dropped")
    desk.requirement("R3", "N2").requirement("R4", "N2", product=2).requirement("R5")
    assert hits(desk, "goal-one-product") == ["G1"]


def test_promises_without_sight() -> None:
    desk = Growing().path("G1", "N1").node("N2")
    desk.requirement("R1", "N1", status="committed").requirement("R2", "N2", status="shipped")
    desk.requirement("R3").requirement("R10", status="committed").requirement(
        "R9", status="dropped"
    )
    assert hits(desk, "commit-without-sight") == ["R2", "R10"]
    assert hits(desk, "requirement-orphan") == ["R3", "R10"]


@pytest.mark.parametrize(
    ("days", "read", "told"),
    [(30, None, False), (31, None, True), (31, 31, True), (31, 30, False), (None, None, False)],
)
def test_shipped_and_not_read_since(days: int | None, read: int | None, told: bool) -> None:
    shipped = None if days is None else days_ago(days)
    desk = Growing().path("G1", "N1").requirement("R1", "N1", status="shipped", shipped_on=shipped)
    desk.measure("G1", *([5.0] if read else []), day=days_ago(read or 0)).measure("G1")
    assert hits(desk, "shipped-unmeasured") == (["R1"] if told else [])


def test_shipped_without_a_measure_at_all_and_without_a_goal() -> None:
    desk = Growing().path("G1", "N1")
    desk.requirement("R1", "N1", status="shipped", shipped_on=days_ago(40))
    desk.requirement("R2", status="shipped", shipped_on=days_ago(40))
    assert hits(desk, "shipped-unmeasured") == ["R1", "R2"]


def test_value_statements_of_active_goals() -> None:
    desk = Growing().node("G1").node("G2", status="reached")
    desk.solution("S1", "G1", "Ships leave on time").solution("S2", "G1", "Rota fills it")
    desk.solution("S3", "G2", "The dashboard").solution("S4", "G1", None)
    assert hits(desk, "value-names-features") == ["S2"]


def test_a_key_result_that_reaches_no_goal() -> None:
    desk = Growing().path("G1", "N1").node("N2").measure(1).measure("G1")
    assert hits(desk, "key-result-silo") == ["Rota"]
    desk.requirement("R1", "N2").requirement("R2", "N1", product=2)
    desk.requirement("R3", "N1", status="dropped")
    assert hits(desk, "key-result-silo") == ["Rota"]
    assert hits(desk.requirement("R4", "N1"), "key-result-silo") == []


def test_visions_of_products_and_of_the_portfolio() -> None:
    desk = Growing().but(
        products=(
            Product(1, "Zeta", None, None, 1),
            Product(2, "Alpha", "", days_ago(91), 2),
            Product(3, "Beta", "Aim", days_ago(90), 3),
            Product(4, "Gamma", "Aim", days_ago(91), 4),
            Product(5, "Delta", "Aim", None, 5),
        ),
        vision=None,
        vision_revised=None,
    )
    assert hits(desk, "vision-missing") == ["Zeta", "portfolio"]
    assert hits(desk, "vision-stale") == ["Alpha", "Gamma"]
    desk.but(vision="Aim", vision_revised=days_ago(91))
    assert hits(desk, "vision-stale") == ["Alpha", "Gamma", "portfolio"]
    assert gaps(desk.hierarchy, TODAY)[-3].subject == "portfolio"


def test_accounts_whose_executives_were_long_not_heard() -> None:
    desk = (
        Growing()
        .node("G1")
        .but(accounts=tuple(Account(n, 1, name, "lost", None) for n, name in enumerate("cab", 1)))
    )
    desk.heard("G1", 1, "executive", days_ago(90)).heard("G1", 2, "executive", days_ago(91))
    desk.heard("G1", 2, "user").heard("G1", 3, "manager")
    assert hits(desk, "account-no-executive") == ["a", "b"]


def test_codes_are_told_by_number() -> None:
    desk = Growing()
    for number in (10, 2, 1):
        desk.node(f"G{number}")
    assert hits(desk, "goal-unmeasured") == ["G1", "G2", "G10"]


def test_a_gap_put_off_comes_back_on_its_day() -> None:
    desk = Growing().path("G1", "N1").requirement("R1").measure("G1")
    desk.put_off("requirement-orphan", "R1", TODAY + timedelta(days=1))
    desk.put_off("need-unserved", "N1", TODAY)
    assert hits(desk, "requirement-orphan") == []
    assert hits(desk, "need-unserved") == ["N1"]
    assert list(put_off(desk.hierarchy, TODAY)) == [("requirement-orphan", "R1")]
    assert hits(desk, "requirement-orphan", TODAY + timedelta(days=1)) == ["R1"]
    assert ("requirement-orphan", "R1") in {
        (g.rule, g.subject) for g in all_gaps(desk.hierarchy, TODAY)
    }


def test_counts_reach_up_to_the_market(demo_file: Path) -> None:
    hierarchy = harbourlight(demo_file)
    counts = gap_counts(hierarchy, gaps(hierarchy, TODAY))
    assert counts["G4"] == 3
    assert counts["N2"] == counts["T1"] == counts["G1"] == 2, "its own, and that of R3"
    assert counts["G2"] == 3, "two of its own, and that of N3"
    assert counts["market 1"] == 6, "those, and Brannoc"
    assert counts["market 2"] == 4
    assert counts["N5"] == 2, "its own, and that of R7"
    assert counts["R9"] == 2
    assert counts["product 1"] == counts["product 2"] == 1
    assert "G3" not in counts
    assert "O3" not in counts


def test_every_rule_says_what_to_do() -> None:
    fills = {"add", "note", "edit", "reading", "measure", "requirement", "value", "move"}
    for one in RULES:
        assert one.fills in fills
        assert rule(one.id) is one
        assert not one.words.endswith(".")
        assert one.why.endswith(".")


STATUSES: tuple[NodeStatus, ...] = ("active", "reached", "dropped")
statuses = st.sampled_from(STATUSES)
codes = st.sampled_from(["G1", "O1", "T1", "N1", "N2", "N3"])


@given(
    st.lists(st.tuples(codes, st.sampled_from([1, 2]), st.sampled_from(["executive", "user"]))),
    st.lists(st.tuples(codes, st.sampled_from(["candidate", "committed", "shipped", "dropped"]))),
    st.dictionaries(codes, statuses),
)
def test_each_gap_is_told_once_and_of_what_is_alive(
    heard: list[tuple[str, int, str]],
    requirements: list[tuple[str, str]],
    closed_as: dict[str, NodeStatus],
) -> None:
    desk = Growing().path("G1", "O1", "T1", "N1").node("N2", "O1").node("N3")
    for number, (need, status) in enumerate(requirements, 1):
        desk.requirement(f"R{number}", need if need[0] == "N" else "", status=status)
    for on, account, layer in heard:
        desk.heard(on, account, layer)
    nodes = desk.hierarchy.nodes
    desk.but(nodes=tuple(n._replace(status=closed_as.get(n.code, "active")) for n in nodes))
    found = gaps(desk.hierarchy, TODAY)
    assert len({(one.rule, one.subject) for one in found}) == len(found)
    order = [one.id for one in RULES]
    assert [order.index(one.rule) for one in found] == sorted(order.index(g.rule) for g in found)
    closed = {n.code for n in desk.hierarchy.nodes if n.status != "active"}
    closed |= {r.code for r in desk.hierarchy.requirements if not r.live}
    assert not closed & {one.subject for one in found}
    counts = gap_counts(desk.hierarchy, found)
    own: defaultdict[str, int] = defaultdict(int)
    for one in found:
        own[one.subject] += 1
    assert all(counts[key] >= count for key, count in own.items())
    assert counts.get("market 1", 0) <= len(found)
