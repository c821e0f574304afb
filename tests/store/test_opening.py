"""Opening: a sentence for each refusal, and the file is left byte for byte as it was."""

import os
import sqlite3
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from pmdesk.config import Clock
from pmdesk.desk import Desk
from pmdesk.errors import DeskUnusableError
from pmdesk.requests.actions import Capture, RequestDraft
from pmdesk.store.check import examine
from pmdesk.store.migrations import newest


def a_desk(path: Path, clock: Clock, requests: int = 30) -> Path:
    desk = Desk.open(path, clock, create=True)
    for number in range(requests):
        desk.perform(Capture(RequestDraft("capture", None, f"Request {number}", "text " * 400)))
    desk.close()
    return path


def patched(path: Path, at: int, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(data)


def make_directory(path: Path) -> None:
    path.unlink()
    path.mkdir()


def make_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def make_other_program(path: Path) -> None:
    path.unlink()
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE theirs (x)")
    db.commit()
    db.close()


BROKEN: dict[str, tuple[Callable[[Path], object], str]] = {
    "text": (lambda path: path.write_text("hello\n" * 99), "is not a desk"),
    "empty": (lambda path: path.write_bytes(b""), "is empty"),
    "50 bytes": (lambda path: path.write_bytes(path.read_bytes()[:50]), "is not a desk"),
    "gzip": (lambda path: path.write_bytes(b"\x1f\x8b" + b"x" * 500), "is not a desk"),
    "a folder": (make_directory, "is a folder"),
    "a pipe": (make_pipe, "not a regular file"),
    "missing": (Path.unlink, "There is no desk"),
    "another program's": (make_other_program, "another program"),
    "a newer version": (
        lambda path: patched(path, 60, (99).to_bytes(4, "big")),
        f"version 99; this one knows {newest()}",
    ),
    "a hard link": (lambda path: path.with_name("second").hardlink_to(path), "second name"),
    "a zeroed first page": (lambda path: patched(path, 100, b"\0" * 3996), "damaged"),
}


@pytest.mark.parametrize(("spoil", "says"), BROKEN.values(), ids=BROKEN.keys())
def test_what_is_no_desk_is_refused_and_left_alone(
    tmp_path: Path, clock: Clock, spoil: Callable[[Path], object], says: str
) -> None:
    path = a_desk(tmp_path / "desk.db", clock)
    spoil(path)
    before = sha256(path.read_bytes()).hexdigest() if path.is_file() else None
    with pytest.raises(DeskUnusableError, match=says) as refusal:
        Desk.open(path, clock).close()
    assert str(refusal.value).endswith(".")
    assert "\n" not in str(refusal.value)
    assert before == (sha256(path.read_bytes()).hexdigest() if path.is_file() else None)
    assert any(not finding.ok for finding in examine(path))


def cut_in_half(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def zero_a_page(path: Path) -> None:
    patched(path, 4096 * 12, b"\0" * 4096)


def scramble_a_page(path: Path) -> None:
    patched(path, 4096 * 9, bytes(range(256)) * 16)


@pytest.mark.parametrize("spoil", [cut_in_half, zero_a_page, scramble_a_page])
def test_a_damaged_desk_accepts_no_change(
    tmp_path: Path, clock: Clock, spoil: Callable[[Path], None]
) -> None:
    path = a_desk(tmp_path / "desk.db", clock)
    for old in (tmp_path / "desk.db.backups").glob("*"):
        old.unlink()
    spoil(path)
    before = path.read_bytes()
    with pytest.raises(DeskUnusableError, match=r"damaged|refused"):  # noqa: PT012
        desk = Desk.open(path, clock)
        try:
            desk.perform(Capture(RequestDraft("capture", None, "one more")))
        finally:
            desk.close()
    assert path.read_bytes() == before
    assert any(not finding.ok for finding in examine(path))


def test_a_planted_trigger_is_refused(tmp_path: Path, clock: Clock) -> None:
    path = a_desk(tmp_path / "desk.db", clock, requests=1)
    db = sqlite3.connect(path)
    db.execute("CREATE TRIGGER evil AFTER INSERT ON request BEGIN DELETE FROM request; END")
    db.commit()
    db.close()
    with pytest.raises(DeskUnusableError, match="trigger evil"):
        Desk.open(path, clock)


def test_a_desk_is_found_through_a_symbolic_link(tmp_path: Path, clock: Clock) -> None:
    real = a_desk(tmp_path / "real.db", clock, requests=1)
    link = tmp_path / "link.db"
    link.symlink_to(real)
    desk = Desk.open(link, clock)
    desk.perform(Capture(RequestDraft("capture", None, "through the link")))
    desk.close()
    assert not (tmp_path / "link.db-wal").exists()
    assert desk.path == real


def test_a_sound_desk_has_no_bad_finding(tmp_path: Path, clock: Clock) -> None:
    path = a_desk(tmp_path / "desk.db", clock, requests=3)
    assert [finding for finding in examine(path) if not finding.ok] == []


def test_everything_is_private_under_any_umask(tmp_path: Path, clock: Clock) -> None:
    before = os.umask(0)
    try:
        path = a_desk(tmp_path / "new" / "desk.db", clock, requests=1)
        desk = Desk.open(path, clock)
        desk.backup()
        desk.backup(tmp_path / "new" / "copy.db")
        desk.close()
    finally:
        os.umask(before)
    found = list((tmp_path / "new").rglob("*"))
    assert len(found) >= 4
    for file in [tmp_path / "new", *found]:
        assert file.stat().st_mode & 0o077 == 0, file
