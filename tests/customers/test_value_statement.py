"""The value statement of a solution: laid open, with blanks where nobody knows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pmdesk.customers.guides.value_statement import solutions_meant, value_statement
from pmdesk.customers.hierarchy import Hierarchy
from pmdesk.customers.things import Market, Measure, Node, Product, Solution
from pmdesk.errors import RefusedError

from . import growing

DAY = date(2025, 6, 13)


@pytest.fixture(scope="module")
def harbourlight(demo_file: Path) -> Hierarchy:
    return growing.harbourlight(demo_file)


def solution(hierarchy: Hierarchy, code: str) -> Solution:
    return next(one for one in hierarchy.solutions if one.code == code)


def test_it_says_whose_gain_it_is_and_by_what_it_is_measured(harbourlight: Hierarchy) -> None:
    guide = value_statement(harbourlight, solution(harbourlight, "S1"), DAY)
    text = guide.markdown()
    for words in (
        "> Hospitals fill shifts with their own people and pay less for agency cover",
        "Regional hospitals\n\n- heard: Northmoor, Brannoc (2 of 2 accounts)",
        "- **G1** Cut agency staffing from 14% to 9% of payroll this year",
        "- **O1** Wards book agency cover",
        "- **N2** Answer a request to move wards without leaving the ward\n  - “If I leave the bay",
        "(Northmoor, Kerry Holt, staff nurse, 13 May 2025)",
        "- agency % of payroll: 14 → 9 %, now 12.5 % (1 Apr 2025), 30 % of the way",
    ):
        assert words in text
    assert "Rota" not in text, "a value is told without our products"
    assert guide.notes[0] == "13 of 25 words; it names no product and no feature."
    assert guide.notes[1] == "Check: 5 of 5, by Insight, Rota"


def test_the_lint_points_at_the_words(harbourlight: Hierarchy) -> None:
    notes = value_statement(harbourlight, solution(harbourlight, "S2"), DAY).notes
    assert notes[0] == "It names “dashboard”, “AI”, “alerts”: the time, not the watch."
    assert notes[1].startswith("Check: 3 of 5")
    long = replace(
        harbourlight,
        solutions=(Solution(1, "S1", 1, "Long", "they gain " * 13),),
    )
    notes = value_statement(long, long.solutions[0], DAY).notes
    assert notes[0] == "It has 26 words; 25 are enough."


def test_what_nobody_knows_is_a_blank() -> None:
    bare = Hierarchy(
        markets=(Market(1, "Ports", 1),),
        nodes=(Node(1, "G1", "goal", 1, None, "Fewer delays", None, "reached", None, 1),),
        products=(Product(1, "Rota", None, None, 1),),
        solutions=(Solution(1, "S1", 1, "Harbour", None),),
    )
    text = value_statement(bare, bare.solutions[0], DAY).markdown()
    for words in (
        "> ____ (what the customer gains)",
        "- heard: ____ (none of 0 accounts)",
        "This goal is reached.",
        "____ (nobody has said what makes it hard)",
        "____ (it serves no need yet)",
        "____ (nobody has measured it)",
    ):
        assert words in text
    measured = replace(bare, measures=(Measure(1, 1, None, "delay", "h", None, 2.0),))
    text = value_statement(measured, measured.solutions[0], DAY).markdown()
    assert "- delay: ____ → 2 h, now ____ (never read)" in text


def test_whose_value_is_meant(harbourlight: Hierarchy) -> None:
    def meant(key: str) -> list[str]:
        return [one.code for one in solutions_meant(harbourlight, key)]

    assert meant("S2") == meant("R5") == meant("G3") == meant("N4") == ["S2"]
    for key in ("G4", "N5", "R9", "market 1", "gone"):
        with pytest.raises(RefusedError):
            meant(key)
