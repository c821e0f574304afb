"""week: the hours of the worked example, through the command line."""

import json
from pathlib import Path

import pytest

from .conftest import Pmdesk

DEMO = Path(__file__).parents[2] / "fixtures" / "demo"


@pytest.fixture
def harbourlight(tmp_path: Path, pmdesk: Pmdesk) -> Path:
    desk = tmp_path / "desk.db"
    assert pmdesk("--desk", desk, "import", DEMO / "harbourlight.json").status == 0
    return desk


def test_the_figures_of_the_worked_example(harbourlight: Path, pmdesk: Pmdesk) -> None:
    told = json.loads(pmdesk("--desk", harbourlight, "week", "2025-W23..2025-W24", "--json").out)[
        "weeks"
    ]
    expected = json.loads((DEMO / "expected.json").read_text())["weeks"]
    assert [week["week"] for week in told] == [week["week"] for week in expected]
    for mine, theirs in zip(told, expected, strict=True):
        assert mine == {name: theirs[name] for name in mine}


def test_a_week_by_day(harbourlight: Path, pmdesk: Pmdesk) -> None:
    ran = pmdesk("--desk", harbourlight, "--today", "2025-06-13", "week")
    lines = ran.out.splitlines()
    assert len({len(line) for line in lines[:7]}) == 1, "the columns align"
    assert lines[1].startswith("Mon 9 Jun")
    assert lines[6].startswith("2025-W24")
    assert lines[6].split()[1:] == ["13.0", "18.0", "3.0", "34.0"]
    assert "13.0 of 34.0 h (38.2 %). Target 35 %: reached, 1.1 h above." in ran.out


def test_several_weeks_are_a_row_each(harbourlight: Path, pmdesk: Pmdesk) -> None:
    lines = pmdesk("--desk", harbourlight, "week", "2025-W22..2025-W24").out.splitlines()
    assert [line.split()[0] for line in lines[1:]] == ["2025-W22", "2025-W23", "2025-W24"]
    assert lines[1].split()[1:] == ["–"] * 5
    assert lines[2].endswith("17.6 %")


def test_a_week_without_hours_and_one_that_is_none(harbourlight: Path, pmdesk: Pmdesk) -> None:
    assert pmdesk("--desk", harbourlight, "week", "2020-W01").out == "No hours in 2020-W01.\n"
    empty = json.loads(pmdesk("--desk", harbourlight, "week", "2020-W01", "--json").out)
    assert empty["weeks"][0]["strategic_share"] is None
    for nonsense in ("2025-W60", "1000-W01..2025-W01", "2025-W24..2025-W23", "soon"):
        wrong = pmdesk("--desk", harbourlight, "week", nonsense)
        assert wrong.status == 1
        assert wrong.err.count("\n") == 1
