"""figures: the worked example, through the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from .conftest import Pmdesk

TODAY = ("--today", "2025-06-13")
EXPECTED: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "fixtures" / "demo" / "expected.json").read_text("utf-8")
)


@pytest.fixture
def harbourlight(tmp_path: Path, demo_file: Path) -> Path:
    return Path(shutil.copy(demo_file, tmp_path / "desk.db"))


def test_every_section_is_that_of_the_worked_example(harbourlight: Path, pmdesk: Pmdesk) -> None:
    told = json.loads(pmdesk("--desk", harbourlight, *TODAY, "figures", "--json").out)
    assert list(told) == [name for name in EXPECTED if name in told]
    assert {"priority", "gaps", "solutions", "solution_effort"} <= set(told)
    for name, value in told.items():
        theirs = EXPECTED[name]
        assert json.dumps(value) == json.dumps(theirs), "keys, their order, and every figure"


def test_one_section(harbourlight: Path, pmdesk: Pmdesk) -> None:
    told = json.loads(pmdesk("--desk", harbourlight, "figures", "solution-effort", "--json").out)
    assert told == {"solution_effort": EXPECTED["solution_effort"]}


def test_for_people(harbourlight: Path, pmdesk: Pmdesk) -> None:
    told = pmdesk("--desk", harbourlight, *TODAY, "figures").out
    assert "line of sight: 6 of 9 (66.7 %, between 35.4 and 87.9 %)" in told
    lines = [line.split() for line in told.splitlines()]
    assert ["R2", "1", "3", "0.8", "3", "0.8"] in lines
    assert lines.index(["R2", "1", "3", "0.8", "3", "0.8"]) < lines.index(
        ["R4", "0.5", "2", "0.5", "2", "0.25"]
    )
    assert "No line of sight, so no score: R7, R8, R9" in told
    assert "not yet: needs of two layers or more" in told
    assert "6 of 12 weeks (50.0 %)" in told
    assert ["G3", "15.0", "%"] in lines


def test_an_empty_desk(tmp_path: Path, pmdesk: Pmdesk) -> None:
    desk = tmp_path / "new.db"
    assert pmdesk("--desk", desk, "inbox").status == 0
    told = json.loads(pmdesk("--desk", desk, "figures", "--json").out)
    assert told["requirement_coverage"] == {
        "with_sight": 0, "live": 0, "rate": None, "interval": None,
        "committed_or_shipped": {"with_sight": 0, "of": 0},
    }  # fmt: skip
    assert told["solution_effort"]["share"] is None
    assert told["gaps"]["vision-missing"] == ["portfolio"]
    assert "none is measured yet" in pmdesk("--desk", desk, "figures").out


def test_a_section_that_is_not_there_yet(harbourlight: Path, pmdesk: Pmdesk) -> None:
    ran = pmdesk("--desk", harbourlight, "figures", "voice")
    assert ran.status == 1
    assert ran.err.count("\n") == 1
    assert "no figures “voice” yet" in ran.err
    assert "goal_progress" in ran.err
