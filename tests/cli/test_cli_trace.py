"""trace: lines of sight of the worked example, through the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from .conftest import Pmdesk


@pytest.fixture
def harbourlight(demo_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(demo_file, tmp_path / "desk.db"))


def test_a_trace_is_the_same_in_any_case(harbourlight: Path, pmdesk: Pmdesk) -> None:
    told = pmdesk("--desk", harbourlight, "--today", "2025-06-13", "trace", "n1")
    assert told.status == 0
    lines = told.out.splitlines()
    assert lines[:2] == [
        "N1 Before 07:00, know which wards are over- and under-covered",
        "▲ N1 ▸ T1 ▸ I1 ▸ O1 ▸ G1 · Regional hospitals",
    ]
    assert "OUR PRODUCTS   2 products of 3 contribute" in lines
    assert pmdesk("--desk", harbourlight, "--today", "2025-06-13", "trace", "N1").out == told.out


def test_names_of_several_words_need_no_quotes(harbourlight: Path, pmdesk: Pmdesk) -> None:
    told = pmdesk("--desk", harbourlight, "trace", "regional", "hospitals")
    assert told.out.startswith("Regional hospitals\n▲ reaches G1, G2\n")


def test_as_json(harbourlight: Path, pmdesk: Pmdesk) -> None:
    ran = pmdesk("--desk", harbourlight, "--today", "2025-06-13", "trace", "R4", "--json")
    told = json.loads(ran.out)
    assert told["sight"] == ["R4", "N3", "T2", None, "O2", "G2"]
    assert told["goals"] == ["G2"]
    assert (told["products_contributing"], told["products_of"]) == (1, 3)
    goal = told["markets"][0]["below"][0]
    assert (goal["key"], goal["gaps"]) == ("G2", ["goal-unheard", "goal-one-product"])
    assert told["products"][0]["below"][0]["effort_weeks"] == 2.0


def test_what_there_is_not_is_one_sentence(harbourlight: Path, pmdesk: Pmdesk) -> None:
    ran = pmdesk("--desk", harbourlight, "trace", "N99")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == "pmdesk: There is no “N99” in the hierarchy; near it: N5, N4, N3.\n"
