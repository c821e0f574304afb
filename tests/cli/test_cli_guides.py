"""guide: pages to take along, and the answers of one filed back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pmdesk.config import Clock
from pmdesk.customers.loading import whole
from pmdesk.desk import Desk

from .conftest import Pmdesk, Ran


@pytest.fixture
def guide(demo_file: Path, tmp_path: Path, pmdesk: Pmdesk) -> Pmdesk:
    desk = tmp_path / "desk.db"
    shutil.copy(demo_file, desk)
    desk.chmod(0o600)

    def run(*words: str | Path) -> Ran:
        return pmdesk("--desk", desk, "--today", "2025-06-13", "guide", *words)

    return run


def test_each_guide_is_markdown(guide: Pmdesk) -> None:
    interview = guide("interview", "north", "executives")
    assert interview.status == 0
    assert interview.out.startswith("# Interview: Northmoor, executives\n")
    value = guide("value", "s2")
    assert value.out.startswith("# Value: Chilled loads saved on the road\n")
    assert "pmdesk: It names “dashboard”, “AI”, “alerts”: the time, not the watch." in value.err
    assert guide("referee").out.startswith("# What competes, and what it reaches\n")


def test_a_guide_goes_into_a_file_once(guide: Pmdesk, tmp_path: Path) -> None:
    file = tmp_path / "brief.md"
    assert guide("referee", "-o", file).status == 0
    assert file.read_text().startswith("# What competes")
    again = guide("referee", "-o", file)
    assert (again.status, again.out) == (1, "")
    assert "is there already" in again.err
    assert guide("referee", "-o", file, "--force").status == 0
    assert guide("referee", "-o", tmp_path / "desk.db", "--force").status == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("interview", "Nobody", "user"), "There is no account “Nobody” in this desk."),
        (("interview", "", "user"), "may be Northmoor, Brannoc, Polar, Greengate"),
        (("interview", "Polar", "boss"), "“boss” is no layer"),
        (("interview", "Polar"), "a guide is one of"),
        (("value", "S9"), "There is no S9 in this desk."),
        (("value", "G4"), "G4 has none yet"),
        (("horoscope",), "there is no"),
        (("file",), "takes the filled guide"),
        (("file", "/nowhere.md"), "can't be read"),
    ],
)
def test_what_can_not_be_is_one_sentence(
    guide: Pmdesk, words: tuple[str, ...], sentence: str
) -> None:
    ran = guide(*words)
    assert ran.status in (1, 2)
    assert sentence in ran.err
    assert ran.err.count("\n") == 1


def test_answers_are_filed_and_what_has_no_place_is_told(
    guide: Pmdesk, pmdesk: Pmdesk, tmp_path: Path, clock: Clock
) -> None:
    file = tmp_path / "filled.md"
    asked = guide("interview", "Greengate", "executive").out
    head, first, *rest = asked.replace("- Person:", "- Person: Ms Lund").split("\nAnswer:\n")
    filled = "\nAnswer:\n".join((head, "Under five by May. !3" + first, *rest))
    file.write_text(filled + "\nTalk to the drivers.\n")
    trial = guide("file", file, "--dry-run")
    assert trial.out.startswith("Would note what was heard: 1 answer of Greengate, executive")
    ran = guide("file", file)
    assert ran.status == 0
    assert "  G3  Under five by May. !3\n" in ran.out
    assert "Talk to the drivers." in ran.out.partition("Not filed")[2]
    desk = Desk.open(tmp_path / "desk.db", clock)
    try:
        (added,) = desk.ask(whole).evidence[8:]
    finally:
        desk.close()
    assert (added.node_id, added.account_id, added.layer, added.importance) == (
        11,
        4,
        "executive",
        3,
    )
    assert (added.person, added.quote) == ("Ms Lund", "Under five by May.")
    assert pmdesk("--desk", tmp_path / "desk.db", "undo").status == 0
