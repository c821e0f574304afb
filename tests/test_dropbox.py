"""The drop box: files become requests once, foreign files when they stand still, none is lost."""

import json
import os
import time
from pathlib import Path

import pytest

from pmdesk import capture, dropbox
from pmdesk.desk import Desk

MAIL = b"""From: Ann <ann@polar.example>\r
To: pm@example.org\r
Subject: Labels by Friday?\r
Date: Thu, 12 Jun 2025 09:00:00 +0100\r
Message-ID: <1@polar.example>\r
\r
Can we have the labels by Friday?\r
"""


@pytest.fixture(autouse=True)
def no_waiting(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of others count as complete at once, but where that is what is tested."""
    if "still_being_written" not in request.node.name:
        monkeypatch.setattr(dropbox, "STILL_SECONDS", 0.0)


def put(desk: Desk, name: str, data: bytes) -> Path:
    """A file that somebody else wrote into the box."""
    folder = Path(f"{desk.path}.drop", "new")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(data)
    return path


def requests(desk: Desk) -> list[tuple[object, ...]]:
    return desk.ask(
        lambda db: db.execute(
            "SELECT title, source, topic, due FROM request ORDER BY id"
        ).fetchall()
    )


def in_box(desk: Desk, where: str = "new") -> list[str]:
    folder = Path(f"{desk.path}.drop", where)
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_what_add_wrote_becomes_a_request(desk: Desk) -> None:
    typed = ["--desk", str(desk.path), "--today", "2025-06-13"]
    assert capture.main(["add", *typed, "Export", "fails", "topic:bug", "by:fri"]) == 0
    done = desk.collect()
    assert done is not None
    assert done.words == "Collect 1 request from the drop box"
    assert requests(desk) == [("Export fails", "capture", "bug", "2025-06-20")]
    assert in_box(desk) == []
    assert desk.collect() is None
    assert [step.made_by for step in desk.steps()] == ["desk"]


def test_mail_text_and_json_of_others_become_requests(desk: Desk) -> None:
    put(desk, "a.eml", MAIL)
    put(desk, "b.txt", "Ein Wunsch für Polar\nmit Text".encode())
    put(desk, "c.json", json.dumps({"title": "From a phone", "due": "2025-06-20"}).encode())
    desk.collect()
    assert requests(desk) == [
        ("Labels by Friday?", "mail", None, None),
        ("Ein Wunsch für Polar", "drop box", None, None),
        ("From a phone", "capture", None, "2025-06-20"),
    ]
    assert in_box(desk) == []


def test_a_crash_between_commit_and_removal_makes_no_second_request(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(desk, "a.txt", b"Once only")
    with monkeypatch.context() as crash:
        crash.setattr(dropbox.DropBox, "remove", lambda *_: None)
        desk.collect()
    assert in_box(desk) == ["a.txt"]
    desk.collect()
    assert len(requests(desk)) == 1
    assert in_box(desk) == []


def test_the_same_name_may_come_again_after_it_was_collected(desk: Desk) -> None:
    """A phone that always writes "note.txt" loses nothing."""
    put(desk, "note.txt", b"First")
    desk.collect()
    put(desk, "note.txt", b"Second")
    desk.collect()
    assert [title for title, *_ in requests(desk)] == ["First", "Second"]


def test_a_file_still_being_written_is_left_alone(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(desk, "a.txt", b"Half of a sent")
    os.utime(path, (1, 1))  # a copy that keeps the old time while it is being written
    assert desk.collect() is None
    assert in_box(desk) == ["a.txt"]
    now = time.time()
    monkeypatch.setattr("pmdesk.dropbox.time.time", lambda: now + dropbox.STILL_SECONDS + 0.1)
    desk.collect()
    assert [title for title, *_ in requests(desk)] == ["Half of a sent"]


UNREADABLE = {
    "broken.json": b'{"title": ',
    "list.json": b"[1, 2]",
    "untitled.json": b'{"body": "x"}',
    "badday.json": b'{"title": "x", "due": "soon"}',
    "empty.txt": b"  \n ",
    "picture.png": b"\x89PNG",
    "deep.json": b"[" * 200_000,
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_set_aside_with_its_reason(desk: Desk, name: str) -> None:
    put(desk, name, UNREADABLE[name])
    put(desk, "z.txt", b"The next one")
    desk.collect()
    assert [title for title, *_ in requests(desk)] == ["The next one"]
    assert in_box(desk) == []
    assert in_box(desk, "aside") == [name, f"{name}.reason"]
    aside = Path(f"{desk.path}.drop", "aside")
    assert (aside / name).read_bytes() == UNREADABLE[name]
    assert (aside / f"{name}.reason").read_text().endswith(".\n")


def test_links_and_pipes_are_not_followed(desk: Desk, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("not for the desk")
    put(desk, "z.txt", b"fine")
    folder = Path(f"{desk.path}.drop", "new")
    (folder / "link.txt").symlink_to(secret)
    os.mkfifo(folder / "pipe.txt")
    desk.collect()
    assert [title for title, *_ in requests(desk)] == ["fine"]
    assert secret.read_text() == "not for the desk"


def test_many_files_are_collected_by_and_by(desk: Desk) -> None:
    for number in range(dropbox.AT_ONCE + 10):
        put(desk, f"{number:04}.txt", f"Number {number}".encode())
    desk.collect()
    assert len(requests(desk)) == dropbox.AT_ONCE
    desk.collect()
    assert len(requests(desk)) == dropbox.AT_ONCE + 10
