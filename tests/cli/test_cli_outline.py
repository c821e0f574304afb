"""`pmdesk import` of an outline, `pmdesk export --format outline`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Pmdesk

TEXT = """\
- Market: Regional hospitals
  - Account: Northmoor (30 %, also NMH)
  - **G1** Cut agency staffing (weight 3)
    - **N1** Know which wards lack staff (manager)
      - Heard: “I ring eleven wards.” (Northmoor, manager, 2025-05-12, Ann Lee, !3)
      - **R1** Coverage board (Rota, 6w, committed)
- Product: Rota
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "branch.txt"
    path.write_text(TEXT)
    return path


def test_an_outline_goes_in_and_comes_out_the_same(pmdesk: Pmdesk, file: Path) -> None:
    tried = pmdesk("import", "--dry-run", file)
    assert tried.out.splitlines() == [
        "dry run: read 7 = 7 created + 0 updated + 0 skipped + 0 failed"
    ]
    assert pmdesk("export", "--format", "outline").out == ""
    assert pmdesk("import", file).status == 0
    assert pmdesk("export", "--format", "outline").out == TEXT
    again = pmdesk("import", file)
    assert again.out.splitlines() == [
        "skipped 7: already here", "read 7 = 0 created + 0 updated + 7 skipped + 0 failed",
    ]  # fmt: skip
    assert "Import “branch.txt”: 1 market" in pmdesk("history").out
    assert pmdesk("undo").status == 0
    assert pmdesk("export", "--format", "outline").out == ""


def test_a_branch_alone_by_its_code_or_name(pmdesk: Pmdesk, file: Path, tmp_path: Path) -> None:
    pmdesk("import", file)
    out = tmp_path / "n1.md"
    assert pmdesk("export", "--format", "outline", "--below", "n1", out).status == 0
    assert out.read_text().splitlines()[0] == "- **N1** Know which wards lack staff (manager)"
    ran = pmdesk("export", "--format", "outline", "--below", "northmoor", "--below", "R1")
    assert ran.out.splitlines()[1].startswith("- **R1**")
    into = tmp_path / "o.md"
    assert pmdesk("export", "--format", "outline", "--below", "n1", "-o", into).status == 0
    assert into.read_text() == out.read_text()
    assert pmdesk("export", "--format", "outline", "-o", into).status == 1
    assert pmdesk("export", "--format", "outline", "-o", "-").out == TEXT
    assert "either FILE or -o FILE" in pmdesk("export", "-o", into, out).err
    assert pmdesk("export", "--below", "N1").err.count("--format outline") == 1
    assert pmdesk("export", "--format", "outline", "--below", "N7").status == 1


def test_nothing_is_written_while_a_line_is_wrong(pmdesk: Pmdesk, file: Path) -> None:
    file.write_text(TEXT + "- T: out of place\n- N: whose?\n")
    ran = pmdesk("import", file)
    assert ran.status == 1
    assert ran.out.splitlines() == [
        "failed: branch.txt, line 8: A tactic can't stand at the top: indent it below what it"
        " belongs to.",
        "failed: branch.txt, line 9: Whose need is it? End the line with (executive), (manager) or"
        " (user).",
        "read 2 = 0 created + 0 updated + 0 skipped + 2 failed",
    ]
    assert pmdesk("export", "--format", "outline").out == ""
    assert json.loads(pmdesk("import", "--json", file).out)["failed"] == 2


def test_every_line_that_is_wrong_is_told_up_to_a_screenful(pmdesk: Pmdesk, file: Path) -> None:
    file.write_text(TEXT + "".join(f"- tactc: {number}\n" for number in range(25)))
    said = pmdesk("import", file).out.splitlines()
    assert said[0].endswith("line 8: “tactc:” is no kind: did you mean “tactic:”?")
    assert said[19].startswith("failed: branch.txt, line 27: ")
    assert said[20] == "… and 5 more that failed; --json lists all"


def test_an_outline_is_imported_alone(pmdesk: Pmdesk, file: Path, mbox: Path) -> None:
    ran = pmdesk("import", file, mbox)
    assert ran.status == 1
    assert "alone" in ran.err


def test_without_bullets_it_is_no_mail(pmdesk: Pmdesk, file: Path) -> None:
    file.write_text("Market: Hospitals\nProduct: Rota\n\nN: See (u)\n")
    assert pmdesk("import", file).out.endswith("3 created + 0 updated + 0 skipped + 0 failed\n")
