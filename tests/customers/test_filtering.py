"""The filter over the four views."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.customers.browsing.filtering import elsewhere, find
from pmdesk.customers.browsing.notes import further_notes
from pmdesk.customers.browsing.twigs import VIEWS, Twig, View
from pmdesk.customers.product_actions import AddRequirement, RequirementDraft
from pmdesk.desk import Desk
from pmdesk.store.reading import reading

from . import growing
from .twiglines import empty_desk, keys, node, said

TODAY = date(2025, 6, 13)


@pytest.fixture(scope="module")
def harbourlight(demo_file: Path) -> Iterator[sqlite3.Connection]:
    with reading(demo_file) as db:
        yield db


FOUND: list[tuple[View, str, str]] = [
    ("market", "ward", "market 1 (G1 (O1 (I1 (T1 (N1 N2)))) G2 (O2 (T2 (N3))))"),
    ("market", "wards mov", "market 1 (G1 (O1 (I1 (T1 (N2)))))"),
    ("market", "move ward", "market 1 (G1 (O1 (I1 (T1 (N2)))))"),
    ("market", "MOVES", "market 1 (G1 (O1 (I1 (T1))))"),
    ("market", "n4", "market 2 (G3 (O3 (I2 (T3 (N4)))))"),
    ("market", "R8", "adrift (R8)"),
    ("market", "expiry list", "market 1 (G2 (O2 (T2 (N3 (R4)))))"),
    ("market", "spreadsheet", "adrift (N5)"),
    ("market", "skip", "market 2 (G3)"),
    ("market", "fiona", "market 1 (G1 (O1 (I1 (T1 (N1)))))"),
    ("market", "rota board", "market 1 (G1 (O1 (I1 (T1 (N1 (R1))))))"),
    ("market", "rota", "market 1 (G1 (O1 (I1 (T1 (N1 (R1) N2 (R3)))))) adrift (R8)"),
    ("market", "greengate", "market 2 (G3 (O3 (I2 (T3 (N4)))))"),
    ("market", "regional", "market 1"),
    ("account", "nurse", "market 1 (account 1 (account 1 user (N2 (evidence 4))) "
     "account 2 (account 2 manager (N1 (evidence 3))))"),
    ("account", "n4", "market 2 (account 3 (account 3 manager (N4)) "
     "account 4 (account 4 manager (N4)))"),
    ("account", "green", "market 2 (account 4 (account 4 manager (N4 (evidence 8))))"),
    ("account", "green lorry", "market 2 (account 4 (account 4 manager (N4 (evidence 8))))"),
    ("account", "polar lorry", ""),
    ("product", "coverage", "product 1 (R1) product 3 (R2)"),
    ("product", "insight", "product 3 (R7 R2 R6)"),
    ("product", "r5", "product 2 (R5)"),
    ("product", "spare drop", "product 2 (R5 (N4 G3)) product 3 (R6 (N4 G3))"),
    ("product", "scarce", "portfolio"),
    ("product", "shortage", "product 3"),
    ("solution", "own", "S1"),
    ("solution", "s2", "S2"),
    ("solution", "own staff first", "S1"),
    ("solution", "contracts", "unsolved (G4)"),
    ("solution", "G1", "S1 (G1)"),
    ("solution", "theme", "alone (R8)"),
    ("solution", "map", "S2 (product 3 (R6))"),
]  # fmt: skip


@pytest.mark.parametrize(("view", "typed", "found"), FOUND)
def test_what_is_found_stands_below_what_it_hangs_on(
    harbourlight: sqlite3.Connection, view: View, typed: str, found: str
) -> None:
    assert keys(find(harbourlight, view, typed, TODAY).roots) == found


def test_a_node_found_by_a_quote_says_so(harbourlight: sqlite3.Connection) -> None:
    lines = list(said(find(harbourlight, "market", "skip", TODAY).roots))
    assert lines[1] == (
        "  ▸ G3 Reduce write-offs of chilled stock by a third [weight 3 · Polar: “Six per cent of"
        " what we chill ends in a skip. A third less of that stands in my objectives.”]"
    )


def where(twigs: Iterable[Twig]) -> str:
    """ "G1 here O1 in a quote": all that holds the words, from top to bottom."""
    said = (f"{twig.key} {twig.found} {where(twig.below or ())}" for twig in twigs if twig.found)
    led = (where(twig.below or ()) for twig in twigs if not twig.found)
    return " ".join(" ".join((*said, *led)).split())


WHERE: list[tuple[View, str, str]] = [
    ("market", "agency", "G1 here O1 here N1 in a quote"),
    ("market", "g1", "G1 here"),
    ("market", "regional", "market 1 here"),
    ("account", "nurse", "evidence 4 here evidence 3 here"),
    ("product", "spare drop", "N4 here N4 here"),
    ("product", "shortage", "product 3 in its vision"),
    ("solution", "own", "S1 here"),
    ("solution", "spare drop", "R5 in its need R6 in its need"),
]


@pytest.mark.parametrize(("view", "typed", "found"), WHERE)
def test_all_that_holds_the_words_is_told_from_what_leads_there(
    harbourlight: sqlite3.Connection, view: View, typed: str, found: str
) -> None:
    assert where(find(harbourlight, view, typed, TODAY).roots) == found


def test_other_views_hold_what_this_one_does_not(harbourlight: sqlite3.Connection) -> None:
    assert elsewhere(harbourlight, "market", "s1", TODAY) == ("solution",)
    assert elsewhere(harbourlight, "solution", "n4", TODAY) == ("market", "account", "product")
    assert elsewhere(harbourlight, "market", "zebra", TODAY) == ()


def test_the_newest_are_found_and_that_there_are_more() -> None:
    db = empty_desk()
    goal = node(db, "G1")
    for number in range(1, 9):
        node(db, f"N{number}", goal)
    db.execute("INSERT INTO node_text (node_text) VALUES ('rebuild')")
    assert keys(find(db, "market", "need", TODAY, 3).roots) == "market 1 (G1 (N6 N7 N8)) more"
    assert keys(find(db, "market", "need", TODAY, 8).roots).endswith("N8))")
    db.close()


@given(typed=st.text(max_size=12), view=st.sampled_from(VIEWS))
def test_whatever_is_typed_is_no_question_of_its_own(
    harbourlight: sqlite3.Connection, typed: str, view: View
) -> None:
    found = find(harbourlight, view, typed, TODAY)
    assert found.roots == () or any(sign.isalnum() for sign in typed)


def test_what_is_added_is_found_until_it_is_undone(demo: Desk) -> None:
    demo.perform(AddRequirement(RequirementDraft("A gazebo for porters", product=1, need=5)))
    path = "market 1 (G1 (O1 (I1 (T1 (N1 (R10))))))"
    assert keys(demo.ask(find, "market", "gazebo", TODAY).roots) == path
    demo.undo()
    assert demo.ask(find, "market", "gazebo", TODAY).roots == ()


def test_further_notes_of_the_worked_example(demo_file: Path) -> None:
    assert further_notes(growing.harbourlight(demo_file)) == {
        "": "their strategy 9 · operations 8 · ours 9",
        "market 1": "their strategy 5 · operations 5 · ours 4",
        "market 1/G1": "30 % of the way · 2 products",
        "market 1/G2": "0 % of the way · 1 product",
        "market 2": "their strategy 4 · operations 2 · ours 2",
        "market 2/G3": "15 % of the way · 2 products",
        "market 2/G4": "no requirement",
        "product 1": "1 of 3 reaches no goal",
        "product 2": "1 of 3 reaches no goal",
        "product 3": "1 of 3 reaches no goal",
        "S1": "check 5 of 5 · manager, user · Northmoor, Brannoc",
        "S2": "check 3 of 5 · manager · Polar, Greengate",
    }
