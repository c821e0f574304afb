"""Moving: the places allowed, and what gains or loses its line of sight by it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmdesk.customers.hierarchy import Hierarchy
from pmdesk.customers.loading import whole
from pmdesk.customers.moving import (
    SightChange,
    closing_changes,
    may_be_adrift,
    places,
    sight_changes,
)
from pmdesk.errors import RefusedError
from pmdesk.store.reading import reading


@pytest.fixture(scope="module")
def demo(demo_file: Path) -> Hierarchy:
    with reading(demo_file) as db:
        return whole(db)


def keys(hierarchy: Hierarchy, *moved: str) -> list[str]:
    return [place.key for place in places(hierarchy, moved)]


def test_a_need_adrift_gains_sight_with_what_serves_it(demo: Hierarchy) -> None:
    gained = SightChange(goal="G1", gains=("N5", "R7"), market="Regional hospitals")
    assert sight_changes(demo, ["N5"], "T1") == gained


def test_a_subtree_under_nothing_loses_it(demo: Hierarchy) -> None:
    assert sight_changes(demo, ["N1"], None) == SightChange(loses=("N1", "R1", "R2"))


def test_under_another_goal_it_turns_to_that(demo: Hierarchy) -> None:
    change = sight_changes(demo, ["T2"], "O3")
    turned = (("T2", "G2"), ("N3", "G2"), ("R4", "G2"))
    assert change == SightChange("G3", turns=turned, market="Cold-chain distributors")


def test_within_a_goal_nothing_changes(demo: Hierarchy) -> None:
    assert sight_changes(demo, ["N1"], "O1") == SightChange("G1")


def test_a_goal_takes_all_along_into_another_market(demo: Hierarchy) -> None:
    assert sight_changes(demo, ["G1"], "market 2") == SightChange(market="Cold-chain distributors")


def test_several_things_are_each_told_once(demo: Hierarchy) -> None:
    assert sight_changes(demo, ["N5", "R7", "R9"], "N1").gains == ("N5", "R7", "R9")


def test_only_upper_kinds_are_places_and_not_where_it_hangs(demo: Hierarchy) -> None:
    assert keys(demo, "T1") == ["I2", "O1", "O2", "O3", "G1", "G2", "G3", "G4"]
    assert keys(demo, "R1") == ["N2", "N3", "N4", "N5"]
    assert keys(demo, "G1", "account 1") == ["market 2"]


def test_only_needs_and_requirements_may_hang_under_nothing(demo: Hierarchy) -> None:
    assert may_be_adrift(demo, ["N1", "R1"])
    assert not may_be_adrift(demo, ["T1"])
    assert not may_be_adrift(demo, ["N5"]), "it does already"


@pytest.mark.parametrize("moved", [("G1", "N1"), ("S1",), ("measure 1",), ("market 1",), ("N9",)])
def test_what_has_no_place_is_refused(demo: Hierarchy, moved: tuple[str, ...]) -> None:
    with pytest.raises(RefusedError):
        places(demo, moved)


def test_closing_a_goal_takes_the_sight_of_all_below_it(demo: Hierarchy) -> None:
    loses = closing_changes(demo, ["G2"], active=False).loses
    assert loses == ("O2", "T2", "N3", "R4")
    assert closing_changes(demo, ["O2"], active=False) == SightChange()
    assert closing_changes(demo, ["G2"], active=True) == SightChange()
