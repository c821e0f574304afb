"""How much reaches a goal, how much of it through solutions; and how sure shares are."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.customers.coverage import multi_product_needs, requirement_coverage, solution_effort
from pmdesk.customers.statistics import interval, percent, rate, share_words, wilson

from .growing import Growing, harbourlight

EXPECTED: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "fixtures" / "demo" / "expected.json").read_text("utf-8")
)


def test_the_worked_example(demo_file: Path) -> None:
    hierarchy = harbourlight(demo_file)
    covered, theirs = requirement_coverage(hierarchy), EXPECTED["requirement_coverage"]
    assert (covered.with_sight, covered.live) == (theirs["with_sight"], theirs["live"])
    promised = theirs["committed_or_shipped"]
    assert (covered.promised_with_sight, covered.promised) == tuple(promised.values())
    assert rate(covered.with_sight, covered.live) == pytest.approx(theirs["rate"], abs=0.05)
    bounds = interval(covered.with_sight, covered.live)
    assert bounds == pytest.approx(tuple(theirs["interval"]), abs=0.05)
    several = multi_product_needs(hierarchy)
    assert [need.code for need in several.needs] == ["N1", "N4"]
    assert several.of == EXPECTED["multi_product_needs"]["of"]
    effort = solution_effort(hierarchy)
    assert (effort.in_solutions, effort.committed, effort.increments) == (6, 12, 6)
    assert percent(effort.in_solutions, effort.committed) == EXPECTED["solution_effort"]["share"]


def test_needs_by_their_live_products() -> None:
    desk = Growing().path("G1", "N1").node("N2", "G1").node("N3").node("N4", "G1", "dropped")
    for number, (need, product, status) in enumerate(
        [("N1", 1, "candidate"), ("N1", 1, "shipped"), ("N1", 2, "dropped"),
         ("N2", 2, "dropped"), ("N3", 1, "candidate"), ("N3", 2, "candidate"),
         ("N4", 1, "candidate"), ("N4", 2, "shipped")],
    ):  # fmt: skip
        desk.requirement(f"R{number}", need, product, status=status)
    several = multi_product_needs(desk.hierarchy)
    assert [need.code for need in several.needs] == ["N3"]
    assert several.of == 2


def test_effort_in_solutions_of_several_products() -> None:
    desk = Growing().path("G1", "N1").solution("S1", "G1", None).solution("S2", "G1", None)
    weeks: list[tuple[int | None, int, str, float | None]] = [
        (1, 1, "committed", 3.0), (1, 2, "candidate", 5.0), (1, 2, "committed", None),
        (2, 1, "committed", 4.0), (2, 2, "dropped", 9.0), (None, 2, "committed", 0.5),
        (1, 1, "shipped", 7.0),
    ]  # fmt: skip
    for number, (solution, product, status, effort) in enumerate(weeks):
        desk.requirement(f"R{number}", "N1", product, status=status, solution_id=solution,
                         effort_weeks=effort)  # fmt: skip
    effort_found = solution_effort(desk.hierarchy)
    assert (effort_found.in_solutions, effort_found.committed) == (3.0, 7.5)
    assert effort_found.unknown == 1
    nothing = solution_effort(Growing().hierarchy)
    assert percent(nothing.in_solutions, nothing.committed) is None


@pytest.mark.parametrize(
    ("hits", "cases", "words"),
    [
        (6, 9, "6 of 9 (66.7 %, between 35.4 and 87.9 %)"),
        (2, 5, "2 of 5 (40.0 %, between 11.8 and 76.9 %)"),
        (1, 4, "1 of 4"),
        (0, 0, "0 of 0"),
        (15, 30, "15 of 30 (50.0 %)"),
        (1200, 2400, "1,200 of 2,400 (50.0 %)"),
    ],
)
def test_a_share_says_what_its_cases_bear(hits: int, cases: int, words: str) -> None:
    assert share_words(hits, cases) == words


@given(st.integers(0, 60), st.integers(0, 60))
def test_the_interval_holds_the_share(hits: int, more: int) -> None:
    cases = hits + more
    low, high = wilson(hits, cases)
    assert 0 <= low <= high <= 100
    if cases:
        assert low - 1e-9 <= 100 * hits / cases <= high + 1e-9
