"""The referee brief: the order of the priorities, and what each figure was counted from."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pmdesk.customers.guides.referee import MOST, referee_brief
from pmdesk.customers.hierarchy import Hierarchy

from . import growing

DAY = date(2025, 6, 13)


@pytest.fixture(scope="module")
def harbourlight(demo_file: Path) -> Hierarchy:
    return growing.harbourlight(demo_file)


def test_the_worked_example(harbourlight: Hierarchy) -> None:
    text = referee_brief(harbourlight, DAY).markdown()
    assert "8 requirements are candidate or committed; 5 of 8 reach a goal of a customer." in text
    ranked, _, rest = text.partition("## Without a line of sight")
    assert re.findall(r"\*\*(R\d)\*\*", ranked) == ["R2", "R5", "R1", "R6", "R4"]
    assert re.findall(r"\*\*(R\d)\*\*", rest) == ["R7", "R8", "R9"]
    assert re.findall(r"= (\d\.\d\d)", ranked) == ["0.80", "0.60", "0.40", "0.30", "0.25"]
    assert "score" not in rest.partition("\n")[2], "what reaches nothing has none"
    for words in (
        "  - heard from 2 of 2 accounts: Northmoor, Brannoc; 2 of 3 layers: executive, manager\n",
        "  - score 1/2 × 2 × 0.5 ÷ 2 weeks = 0.25\n",
        "Export every list (Insight, committed, 1 week): its need N5 hangs under no goal",
        "Dark theme (Rota, candidate, 2 weeks): it answers no need",
        "- Stock: 2 of 3 reach a goal; 6 of 9 weeks",
    ):
        assert words in text


def test_what_is_unknown_makes_no_score(harbourlight: Hierarchy) -> None:
    requirements = tuple(
        one._replace(effort_weeks=None) if one.code == "R2" else one
        for one in harbourlight.requirements
    )
    goals = tuple(
        one._replace(status="dropped") if one.code == "G3" else one for one in harbourlight.nodes
    )
    text = referee_brief(
        replace(harbourlight, requirements=requirements, nodes=goals), DAY
    ).markdown()
    assert "  - no score: effort ____\n" in text
    assert "(Stock, candidate, 4 weeks): its goal G3 is dropped" in text
    assert "- Insight: 1 of 3 reach a goal; 0 of 9 weeks, the effort of 1 unknown" in text


def test_a_page_is_a_page(harbourlight: Hierarchy) -> None:
    many = tuple(
        harbourlight.requirements[1]._replace(id=number, code=f"R{number}", statement="*more*")
        for number in range(1, 60)
    )
    text = referee_brief(replace(harbourlight, requirements=many), DAY).markdown()
    assert text.count(r"\*more\*") == MOST
    assert "And 49 more with a lower score." in text


def test_an_empty_desk_has_nothing_that_competes() -> None:
    text = referee_brief(Hierarchy(), DAY).markdown()
    assert "0 requirements are candidate or committed" in text
    assert "None has a score yet." in text
