"""A file is written whole or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from pmdesk import config
from pmdesk.errors import RefusedError
from pmdesk.exchange.saving import save


def test_the_bytes_arrive_and_are_private(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        save(tmp_path / "a.json", [b"one ", b"two"])
    finally:
        os.umask(before)
    assert (tmp_path / "a.json").read_bytes() == b"one two"
    assert stat.S_IMODE((tmp_path / "a.json").stat().st_mode) == 0o600


def test_it_is_written_by_the_one_way_to_write_private_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(config, "_sync", full)
    with pytest.raises(RefusedError, match="No space left on device"):
        save(tmp_path / "a.json", [b"text"])
    assert list(tmp_path.iterdir()) == []


def test_a_name_of_any_length_that_the_disk_takes(tmp_path: Path) -> None:
    save(tmp_path / ("x" * 255), [b"text"])
    assert [len(file.name) for file in tmp_path.iterdir()] == [255]


def test_a_break_leaves_what_was_there(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(b"old")

    def broken() -> Iterator[bytes]:
        yield b"new"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        save(file, broken(), replace=True)
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_made_meanwhile_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "a.json"

    def slow() -> Iterator[bytes]:
        file.write_bytes(b"somebody else's")
        yield b"ours"

    with pytest.raises(RefusedError, match="there already"):
        save(file, slow())
    assert file.read_bytes() == b"somebody else's"


@pytest.mark.parametrize("kind", ["folder", "pipe", "no such folder", "a folder within a file"])
def test_what_is_no_place_for_a_file_is_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "place"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "no such folder":
        path = path / "file"
    else:
        path.touch()
        path = path / "file"
    with pytest.raises(RefusedError, match="place"):
        save(path, [b"text"], replace=True)


def test_a_link_is_written_through(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    save(tmp_path / "link", [b"new"], replace=True)
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"
