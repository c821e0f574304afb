"""What is kept of a fault: types and places, never a value."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from pmdesk.failures import record

SECRET = "Polar threatens to leave"


def failing() -> None:
    text = SECRET
    try:
        raise ValueError(text)
    except ValueError as error:
        raise KeyError(SECRET) from error


def kept(folder: Path) -> str:
    try:
        failing()
    except KeyError as error:
        log = record(error, folder)
    assert log is not None
    return log.read_text()


def test_types_and_places_of_the_whole_chain_are_kept(tmp_path: Path) -> None:
    text = kept(tmp_path / "data")
    assert "builtins.KeyError" in text
    assert "builtins.ValueError" in text
    assert "tests/test_failures.py:" in text
    assert SECRET not in text
    assert stat.S_IMODE((tmp_path / "data" / "pmdesk.log").stat().st_mode) == 0o600


def test_every_folder_on_the_way_is_private(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        kept(tmp_path / "share" / "pmdesk")
    finally:
        os.umask(before)
    for folder in ("share", "share/pmdesk"):
        assert stat.S_IMODE((tmp_path / folder).stat().st_mode) == 0o700


def test_it_is_added_to_and_does_not_grow_for_ever(tmp_path: Path) -> None:
    once = kept(tmp_path)
    assert kept(tmp_path).count("pmdesk 0.") == 2 * once.count("pmdesk 0.")
    with (tmp_path / "pmdesk.log").open("a") as log:
        log.write("x" * 300_000)
    assert len(kept(tmp_path)) < 10_000
    assert (tmp_path / "pmdesk.log.1").exists()


def test_a_folder_that_cannot_be_made_is_no_second_fault(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert record(ValueError(SECRET), tmp_path / "file") is None


def test_a_planted_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    (tmp_path / "pmdesk.log").symlink_to(tmp_path / "mine")
    assert record(ValueError(SECRET), tmp_path) is None
    assert (tmp_path / "mine").read_text() == "mine"
