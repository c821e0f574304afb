"""Every real mail and GitHub file through the command line: all accounted for, none twice."""

import json
import os
from pathlib import Path

import pytest

from pmdesk import cli

FOLDER = os.environ.get("PMDESK_REALFILES")

pytestmark = pytest.mark.skipif(
    not FOLDER, reason="PMDESK_REALFILES does not name a folder of real files"
)


def imported(desk: Path, path: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, int]:
    capsys.readouterr()
    cli.main(["--desk", str(desk), "import", "--json", str(path)])
    told = json.loads(capsys.readouterr().out)
    return {name: told[name] for name in ("read", "created", "updated", "skipped", "failed")}


@pytest.mark.parametrize("kind", ["mbox", "eml", "github"])
def test_each_file_adds_up_and_a_second_import_creates_nothing(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = sorted(Path(str(FOLDER), kind).iterdir())
    assert files
    desk = tmp_path / "desk.db"
    for path in files:
        told = imported(desk, path, capsys)
        parts = told["created"] + told["updated"] + told["skipped"] + told["failed"]
        assert told["read"] == parts, path.name
        assert told["read"] > 0, path.name
    for path in files:
        again = imported(desk, path, capsys)
        assert (again["created"], again["updated"]) == (0, 0), path.name


def test_the_list_of_july_2020(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = imported(
        tmp_path / "desk.db", Path(str(FOLDER), "mbox", "httpd-users-2020-07.mbox"), capsys
    )
    assert told["read"] == 108
    assert 0 < told["created"] < 108
    assert told["created"] + told["updated"] == 108
