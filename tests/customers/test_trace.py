"""The full picture of one thing, as values, rows and text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.charts.text import cells
from pmdesk.customers.gaps import all_gaps
from pmdesk.customers.hierarchy import Hierarchy
from pmdesk.customers.item import gaps_by_subject, heard
from pmdesk.customers.naming import key_named
from pmdesk.customers.trace import Stop, trace
from pmdesk.customers.trace_rows import markdown, plain, rows
from pmdesk.errors import RefusedError

from .growing import TODAY, Growing, harbourlight


def keys(stops: tuple[Stop, ...]) -> list[str]:
    return [key for stop in stops for key in (stop.key, *keys(stop.below))]


def shown(hierarchy: Hierarchy, key: str) -> tuple[list[str], list[str]]:
    """What stands in the tree, and on our side."""
    found = trace(hierarchy, key)
    return keys(found.markets) + keys(found.adrift), keys(found.products)


def test_of_a_node_all_above_and_below_it(demo_file: Path) -> None:
    hierarchy = harbourlight(demo_file)
    tree, ours = shown(hierarchy, "T1")
    assert tree == ["market 1", "G1", "measure 1", "S1", "O1", "I1", "T1", "N1", "N2"]
    assert ours == ["product 1", "R1", "R3", "product 3", "R2"]
    found = trace(hierarchy, "T1")
    assert (found.goals, found.products_of, found.of.goal) == (("G1",), 3, "G1")


def test_of_a_requirement_the_goals_of_its_need_and_of_its_solution() -> None:
    desk = Growing().path("G1", "N1").node("G2")
    desk.solution("S1", "G2", None).requirement("R1", "N1", solution_id=1)
    tree, ours = shown(desk.hierarchy, "R1")
    assert tree == ["market 1", "G1", "N1", "G2", "S1"]
    assert ours == ["product 1", "R1"]
    assert trace(desk.hierarchy, "R1").goals == ("G1", "G2")
    assert "; also reaches G2" in "\n".join(plain(trace(desk.hierarchy, "R1"), {}))


def test_of_what_hangs_on_nothing(demo_file: Path) -> None:
    hierarchy = harbourlight(demo_file)
    assert shown(hierarchy, "N5") == (["N5"], ["product 3", "R7"])
    assert shown(hierarchy, "R8") == ([], ["product 1", "R8"])
    assert trace(hierarchy, "R8").goals == ()


def test_what_hangs_in_a_circle_ends_no_program() -> None:
    """As only somebody else's program could have left a desk."""
    desk = Growing().path("G1", "T1", "N1").requirement("R1", "N1").hierarchy
    goal, tactic, need = desk.nodes
    circle = (goal, tactic._replace(parent_id=need.id), need._replace(parent_id=tactic.id))
    desk = replace(desk, nodes=circle)
    for key in ("G1", "T1", "N1", "R1"):
        assert shown(desk, key)[1] == ([] if key == "G1" else ["product 1", "R1"])
        assert heard(desk, key).pieces == ()
    assert {one.subject for one in all_gaps(desk, TODAY) if one.rule == "need-adrift"} == {"N1"}


@pytest.mark.parametrize(
    ("key", "tree", "goals"),
    [
        ("S2", "market 2 G3 measure 3 S2 O3 I2 T3 N4", "G3"),
        ("product 1", "market 1 G1 measure 1 S1 O1 I1 T1 N1 N2", "G1"),
        ("account 3", "market 2 account 3 G3 measure 3 S2 O3 I2 T3 N4", "G3"),
        ("account 3 executive", "market 2 account 3 G3 measure 3", "G3"),
        ("evidence 7", "market 2 G3 measure 3 O3 I2 T3 N4 evidence 7", "G3"),
        ("reading 1", "market 1 G1 measure 1", "G1"),
    ],
)
def test_of_anything_else(demo_file: Path, key: str, tree: str, goals: str) -> None:
    hierarchy = harbourlight(demo_file)
    assert " ".join(shown(hierarchy, key)[0]) == tree
    assert trace(hierarchy, key).goals == (goals,)


def test_of_the_portfolio_everything(demo_file: Path) -> None:
    hierarchy = harbourlight(demo_file)
    tree, ours = shown(hierarchy, "portfolio")
    assert {one.code for one in hierarchy.nodes} <= set(tree)
    assert {one.code for one in hierarchy.requirements} <= set(ours)


def test_an_account_counts_only_what_it_said_itself(demo_file: Path) -> None:
    def evidence(stops: tuple[Stop, ...]) -> Iterator[int | None]:
        for one in stops:
            if one.key == "N4":
                yield one.evidence
            yield from evidence(one.below)

    hierarchy = harbourlight(demo_file)
    assert list(evidence(trace(hierarchy, "N4").markets)) == [2]
    assert list(evidence(trace(hierarchy, "account 3").markets)) == [1]


def test_what_is_gone_is_refused(demo_file: Path) -> None:
    with pytest.raises(RefusedError, match="no N99"):
        trace(harbourlight(demo_file), "N99")


@given(st.lists(st.sampled_from("OITN"), max_size=12), st.data())
def test_every_node_of_a_market_is_in_its_trace_once(
    letters: list[str], data: st.DataObject
) -> None:
    desk = Growing().node("G1")
    for number, letter in enumerate(letters):
        above = [
            one.code
            for one in desk.hierarchy.nodes
            if "GOITN".index(one.code[0]) < "GOITN".index(letter)
        ]
        desk.node(f"{letter}{number}", data.draw(st.sampled_from(above)))
    tree, _ = shown(desk.hierarchy, "market 1")
    assert sorted(tree) == sorted(["market 1", *(one.code for one in desk.hierarchy.nodes)])


def test_bands_are_headings_where_each_begins_once(demo_file: Path) -> None:
    hierarchy = harbourlight(demo_file)

    def heads(key: str) -> list[str]:
        return [row.head for row in rows(trace(hierarchy, key)) if row.head]

    assert heads("N1") == [
        "Regional hospitals", "THEIR STRATEGY", "THEIR OPERATIONS", "OUR PRODUCTS",
    ]  # fmt: skip
    assert "THEIR STRATEGY AND OPERATIONS" in heads("market 1")
    assert heads("N5") == ["Adrift", "THEIR OPERATIONS", "OUR PRODUCTS"]


def test_as_text_it_is_aligned_and_cut_only_where_it_must(demo_file: Path) -> None:
    hierarchy = harbourlight(demo_file)
    found, gaps = trace(hierarchy, "N3"), gaps_by_subject(hierarchy, TODAY)
    whole = list(plain(found, gaps))
    assert whole[1] == "▲ N3 ▸ T2 ▸ ◌ ▸ O2 ▸ G2 · Regional hospitals"
    assert any(line.startswith("▸!     └ N3  Know what expires") for line in whole)
    assert "   ! N3  Only Brannoc has spoken of it." in whole
    assert not any("…" in line for line in whole)
    column = [line.index("user") for line in whole if "user" in line]
    assert column == [line.index("committed") for line in whole if "R4" in line]
    narrow = list(plain(found, gaps, 60))
    assert max(map(cells, narrow)) <= 60
    assert any("…" in line for line in narrow)


def test_as_markdown_nothing_of_the_desk_acts() -> None:
    desk = Growing().node("G1", statement="*Cut* [costs](x)").path("N1")
    text = markdown(trace(desk.hierarchy, "G1"), {})
    assert "- **G1** \\*Cut\\* \\[costs\\](x) (goal, weight 2)" in text
    assert "\n\n\n" not in text


def test_names_that_people_type(demo_file: Path) -> None:
    hierarchy = harbourlight(demo_file)
    typed = ("n3", "R2", "polar", "POLAR", "Regional hospitals", "cold", "rota", "market 2")
    assert [key_named(hierarchy, one) for one in typed] == [
        "N3", "R2", "account 3", "account 3", "market 1", "market 2", "product 1", "market 2",
    ]  # fmt: skip
    for wrong, near in (
        ("N9", "near it: N5, N4, N3"),
        ("Polr", "near it: Polar"),
        ("", "There is no"),
    ):
        with pytest.raises(RefusedError, match=near):
            key_named(hierarchy, wrong)


def test_a_name_of_two_things_is_asked_back() -> None:
    desk = Growing()
    desk = desk.but(products=(desk.hierarchy.products[0]._replace(name="Ann"),))
    with pytest.raises(RefusedError, match="“account 1” or “product 1”"):
        key_named(desk.hierarchy, "ann")
