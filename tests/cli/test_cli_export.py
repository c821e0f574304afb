"""`pmdesk export`: complete, private, whole or not at all."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pmdesk.exchange.writers import desk_json

if TYPE_CHECKING:
    from tests.cli.conftest import Pmdesk


def test_without_a_file_it_goes_to_standard_output(pmdesk: Pmdesk, mbox: Path) -> None:
    pmdesk("import", mbox)
    for words in (["export"], ["export", "-"]):
        ran = pmdesk(*words)
        assert ran.status == 0
        assert len(json.loads(ran.out)["tables"]["request"]) == 3


def test_the_file_is_private_and_whole(pmdesk: Pmdesk, mbox: Path, tmp_path: Path) -> None:
    pmdesk("import", mbox)
    file = tmp_path / "desk.json"
    assert pmdesk("export", file).status == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_text() == pmdesk("export").out


def test_an_existing_file_is_kept_unless_forced(pmdesk: Pmdesk, mbox: Path, tmp_path: Path) -> None:
    pmdesk("import", mbox)
    file = tmp_path / "desk.json"
    file.write_text("mine")
    refused = pmdesk("export", file)
    assert refused.status == 1
    assert "--force" in refused.err
    assert file.read_text() == "mine"
    assert pmdesk("export", "--force", file).status == 0
    assert file.read_text() != "mine"


def test_an_error_midway_leaves_no_file(
    pmdesk: Pmdesk, mbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pmdesk("import", mbox)

    def broken(*_arguments: object) -> object:
        yield "{"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(desk_json, "write_desk", broken)
    folder = tmp_path / "exports"
    folder.mkdir()
    ran = pmdesk("export", folder / "desk.json")
    assert ran.status == 1
    assert "No space left on device" in ran.err
    assert list(folder.iterdir()) == []
