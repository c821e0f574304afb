"""gaps: what the hierarchy lacks, through the command line."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from pmdesk.config import Clock
from pmdesk.desk import Desk

from .conftest import Pmdesk

EXPECTED = Path(__file__).parents[2] / "fixtures" / "demo" / "expected.json"
TODAY = ("--today", "2025-06-13")


@pytest.fixture
def harbourlight(tmp_path: Path, demo_file: Path) -> Path:
    return Path(shutil.copy(demo_file, tmp_path / "desk.db"))


def test_the_gaps_of_the_worked_example(harbourlight: Path, pmdesk: Pmdesk) -> None:
    told = json.loads(pmdesk("--desk", harbourlight, *TODAY, "gaps", "--json").out)
    expected = json.loads(EXPECTED.read_text("utf-8"))["gaps"]
    assert list(told.items()) == list(expected.items())


def test_each_rule_says_what_why_and_what_to_do(harbourlight: Path, pmdesk: Pmdesk) -> None:
    lines = pmdesk("--desk", harbourlight, *TODAY, "gaps").out.splitlines()
    assert lines[0] == "18 gaps."
    at = lines.index("A single account has spoken of it (2)")
    assert lines[at + 1].startswith("  The loudest customer")
    assert lines[at + 2].split("  ")[1:] == [
        "N2", "Answer a request to move wards without leaving the ward", "Northmoor",
    ]  # fmt: skip
    assert lines[at + 4] == "  → note what another account says of it"


def test_gaps_put_off_are_counted_and_listed_with_all(
    harbourlight: Path, pmdesk: Pmdesk, clock: Clock
) -> None:
    from pmdesk.customers.evidence_actions import PutOffGap

    desk = Desk.open(harbourlight, clock)
    desk.perform(PutOffGap("requirement-orphan", "R8", date(2025, 7, 1), "after the fair"))
    desk.close()
    told = pmdesk("--desk", harbourlight, *TODAY, "gaps").out
    assert told.startswith("17 gaps; 1 more put off.\n")
    assert "Dark theme" not in told
    every = pmdesk("--desk", harbourlight, *TODAY, "gaps", "--all").out
    assert every.startswith("18 gaps, 1 of them put off.\n")
    assert "put off until Tue 1 Jul: after the fair" in every
    names = json.loads(pmdesk("--desk", harbourlight, *TODAY, "gaps", "--json").out)
    assert names["requirement-orphan"] == ["R9"]
    names = json.loads(pmdesk("--desk", harbourlight, *TODAY, "gaps", "--all", "--json").out)
    assert names["requirement-orphan"] == ["R8", "R9"]


def test_a_desk_without_gaps_says_so(tmp_path: Path, pmdesk: Pmdesk, clock: Clock) -> None:
    from pmdesk.customers.product_actions import ReviseVision

    path = tmp_path / "new.db"
    desk = Desk.open(path, clock, create=True)
    desk.perform(ReviseVision("One aim", date(2025, 6, 1)))
    desk.close()
    said = pmdesk("--desk", path, *TODAY, "gaps").out
    assert said == "No gaps: every layer, link, voice and measure is there.\n"
