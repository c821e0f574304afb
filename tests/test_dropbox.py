"""The drop box: files become requests once, foreign files when they stand still, none is lost."""

import json
import os
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pmdesk import capture, dropbox
from pmdesk.desk import Desk
from pmdesk.dropbox import DropBox, Found
from pmdesk.errors import DeskUnusableError, PmdeskError
from pmdesk.exchange.readers import dropped
from pmdesk.requests.actions import Capture, Collect, RequestDraft
from pmdesk.store.writing import Done

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


def box(desk: Desk) -> Path:
    return Path(f"{desk.path}.drop")


def collect(desk: Desk) -> Done | None:
    """As the desk does it: by `DropBox.collect`, on the writing thread."""
    return desk._writer_thread.submit(_collect, desk, desk._box).result()


def _collect(desk: Desk, drop_box: DropBox) -> Done | None:
    def take(found: Found) -> Done:
        return desk._perform(Collect("drop box", found.files), "desk")

    return drop_box.collect(desk.clock.today(), take)


def titles(desk: Desk) -> list[object]:
    return [title for title, *_ in requests(desk)]


def test_names_that_are_no_utf_8_are_collected(desk: Desk) -> None:
    for name in (b"z\xff.txt", b"z\xfe.txt", b"\x1b]0;x\x07.txt"):
        put(desk, os.fsdecode(name), name[:1] + b" of a name")
        os.utime(box(desk) / "new" / os.fsdecode(name), (5, 5))
    done = desk.collect()
    assert done is not None
    assert len(titles(desk)) == 3
    assert in_box(desk) == []
    assert desk.collect() is None


def test_a_bad_file_with_a_bad_name_is_set_aside(desk: Desk) -> None:
    names = (os.fsdecode(b"z\xff.json"), "ä" * 122 + ".txt.json", "x" * 250 + ".json", "y" * 255)
    for name in names:
        put(desk, name, b"{")
    put(desk, "z.txt", b"The next one")
    desk.collect()
    assert titles(desk) == ["The next one"]
    assert in_box(desk) == []
    aside = in_box(desk, "aside")
    assert len([name for name in aside if name.endswith(".reason")]) == len(names)
    assert len(aside) == 2 * len(names)


def test_two_bad_files_of_one_name_are_both_kept(desk: Desk) -> None:
    for _time in range(2):
        put(desk, "note.json", b"{")
        desk.collect()
    aside = ["note-2.json", "note-2.json.reason", "note.json", "note.json.reason"]
    assert in_box(desk, "aside") == aside


@pytest.mark.parametrize("at", ["new", ""])
def test_a_file_in_place_of_the_box_is_told_once(desk: Desk, at: str) -> None:
    place = box(desk) / at if at else box(desk)
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(b"in the way")
    assert desk._box.waiting()
    with pytest.raises(PmdeskError, match=r"The drop box .* can't be read \(Not a directory\)\."):
        collect(desk)
    assert collect(desk) is None
    desk.perform(Capture(RequestDraft("capture", None, "goes on")))
    assert desk._box.read(desk.clock.today()).files == ()
    place.unlink()
    put(desk, "a.txt", b"Works again")
    collect(desk)
    assert titles(desk) == ["goes on", "Works again"]


def test_a_box_that_may_not_be_changed_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    put(desk, "a.txt", b"Waits")
    with monkeypatch.context() as closed:
        closed.setattr("pmdesk.dropbox.os.access", lambda *_: False)
        with pytest.raises(PmdeskError, match="may not be changed by you, so nothing was"):
            collect(desk)
        assert in_box(desk) == ["a.txt"]
    collect(desk)
    assert titles(desk) == ["Waits"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may look everywhere")
def test_a_box_that_may_not_be_looked_into_is_told(desk: Desk) -> None:
    put(desk, "a.txt", b"Waits")
    (box(desk) / "new").chmod(0)
    assert desk._box.waiting()
    with pytest.raises(PmdeskError, match="Permission denied"):
        collect(desk)
    (box(desk) / "new").chmod(0o700)


def test_what_can_neither_be_read_nor_set_aside_keeps_nobody_waiting(desk: Desk) -> None:
    put(desk, "a.json", b"{")
    put(desk, "b.json", b"{")
    put(desk, "c.txt", b"The next one")
    (box(desk) / "aside").write_bytes(b"in the way")
    with pytest.raises(PmdeskError, match=r"“a\.json” .* not be set aside .*\(And 1 like it\.\)"):
        collect(desk)
    assert titles(desk) == ["The next one"]
    put(desk, "d.txt", b"And the next")
    assert collect(desk) is not None
    assert in_box(desk) == ["a.json", "b.json"]
    (box(desk) / "aside").unlink()
    _collect_anew(desk)
    assert in_box(desk) == []


def _collect_anew(desk: Desk) -> None:
    desk._writer_thread.submit(_collect, desk, DropBox(desk.path)).result()


def test_what_can_not_be_removed_makes_no_second_request(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(desk, "a.txt", b"Once only")

    def stuck(_path: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    with monkeypatch.context() as locked:
        locked.setattr(Path, "unlink", stuck)
        with pytest.raises(PmdeskError, match=r"is collected but can't be removed"):
            collect(desk)
    assert collect(desk) is None
    _collect_anew(desk)
    assert titles(desk) == ["Once only"]
    assert in_box(desk) == []


@pytest.mark.parametrize("bad", [{0}, {3, 4}, {9}, set(range(10))])
def test_files_that_the_desk_refuses_are_set_aside_and_the_others_taken(
    desk: Desk, bad: set[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A constraint that one file breaks: here, a number of minutes."""
    for number in range(10):
        put(desk, f"{number}.json", json.dumps({"title": f"T{number}", "estimate": 5}).encode())
    read = dropped.read_dropped

    def spoilt(path: Path, today: date) -> RequestDraft:
        draft = read(path, today)
        return replace(draft, estimate_minutes=0) if int(path.stem) in bad else draft

    monkeypatch.setattr(dropped, "read_dropped", spoilt)
    done = collect(desk)
    assert titles(desk) == [f"T{number}" for number in range(10) if number not in bad]
    assert in_box(desk) == []
    assert [n for n in in_box(desk, "aside") if n.endswith("json")] == [
        f"{number}.json" for number in sorted(bad)
    ]
    reason = (box(desk) / "aside" / f"{min(bad)}.json.reason").read_text()
    assert "CHECK constraint failed" in reason
    if len(bad) == 10:
        assert done is None
    else:
        assert done is not None
        assert done.words == f"Collect {10 - len(bad)} requests from the drop box"
        assert done.counts["created"] == 10 - len(bad)
        assert "request" in done.changed


def test_a_lock_that_is_held_sets_nothing_aside(desk: Desk) -> None:
    put(desk, "a.txt", b"Waits")
    put(desk, "b.txt", b"Waits too")

    def busy(_found: Found) -> Done:
        raise DeskUnusableError("Another program is busy with this desk: try again.")

    with pytest.raises(DeskUnusableError):
        DropBox(desk.path).collect(desk.clock.today(), busy)
    assert in_box(desk) == ["a.txt", "b.txt"]
    assert in_box(desk, "aside") == []


@pytest.mark.parametrize(
    "name",
    ["2025.06.notes.txt", "2025.06.deadbeef.json", "1749804600000000.12.DEADBEEF.json",
     "1749804600000000.12.deadbeef.txt", "1749804600000000.12.deadbee.json"],
)  # fmt: skip
def test_a_name_that_is_almost_ours_may_be_still_being_written(desk: Desk, name: str) -> None:
    put(desk, name, b'{"title": "half')
    assert desk.collect() is None
    assert in_box(desk) == [name]


def test_what_add_wrote_is_not_waited_for_while_others_are_still_being_written(
    desk: Desk,
) -> None:
    assert capture.main(["add", "--desk", str(desk.path), "x"]) == 0
    desk.collect()
    assert titles(desk) == ["x"]


def test_a_day_long_ago_is_collected(desk: Desk) -> None:
    assert capture.main(["--today", "0002-01-01", "add", "--desk", str(desk.path), "x"]) == 0
    desk.collect()
    assert titles(desk) == ["x"]


@pytest.mark.parametrize("date", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "x"])
def test_a_moment_that_no_zone_can_show_is_set_aside(desk: Desk, date: str) -> None:
    put(desk, "a.json", json.dumps({"title": "x", "captured_at": date}).encode())
    desk.collect()
    assert in_box(desk, "aside") == ["a.json", "a.json.reason"]


def test_a_file_from_the_far_future_keeps_nobody_waiting(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some file systems keep such times, others bring them nearer."""
    put(desk, "a.txt", b"From the future")

    def stat(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        found = os.stat(path, follow_symlinks=follow_symlinks)  # noqa: PTH116
        return os.stat_result((*found[:8], 10**15, 0))

    with monkeypatch.context() as future:
        future.setattr(Path, "stat", stat)
        draft = dropped.read_dropped(box(desk) / "new" / "a.txt", desk.clock.today())
    assert draft.arrived_at is None
    desk.collect()
    assert titles(desk) == ["From the future"]


@pytest.mark.parametrize(
    ("told", "title", "body"),
    [
        ({"account": "Acme GmbH"}, 'Labels @"Acme GmbH"', "b"),
        ({"account": "acme"}, "Labels @acme", "b"),
        ({"account": "acme", "if_unknown": {}}, "Labels @acme", "b"),
        ({"account": "acme", "if_unknown": {"title": " ", "body": "c"}}, "Labels @acme", "b"),
        ({"account": "acme", "if_unknown": {"title": 5}}, "Labels @acme", "b"),
        ({"account": "acme", "if_unknown": {"title": "For @acme"}}, "For @acme", "b"),
        ({"account": "acme", "if_unknown": {"title": "T", "body": "for @acme"}}, "T", "for @acme"),
        ({"if_unknown": {"title": "T", "body": ""}}, "Labels", "b"),
        ({"account": " ", "if_unknown": {}}, "Labels", "b"),
    ],
)
def test_an_account_that_nobody_knows_stays_in_the_text(
    desk: Desk, told: dict[str, object], title: str, body: str
) -> None:
    put(desk, "a.json", json.dumps({"title": "Labels", "body": "b", **told}).encode())
    desk.collect()
    assert desk.ask(lambda db: db.execute("SELECT title, body FROM request").fetchall()) == [
        (title, body)
    ]


@pytest.mark.parametrize("zone", ["Nowhere", "../../etc/passwd", "\x1b", "Europe"])
def test_a_zone_that_is_none_is_utc(desk: Desk, zone: str) -> None:
    put(desk, "a.json", json.dumps({"title": "x", "zone": zone}).encode())
    put(desk, "b.json", json.dumps({"title": "y", "zone": "Asia/Tokyo"}).encode())
    desk.collect()
    found = desk.ask(lambda db: db.execute("SELECT zone FROM request ORDER BY id").fetchall())
    assert found == [("UTC",), ("Asia/Tokyo",)]


def test_large_files_are_not_held_in_memory_together(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dropbox, "BYTES_AT_ONCE", 10)
    for number in range(3):
        put(desk, f"{number}.txt", b"more than ten bytes")
    for already in range(3):
        assert len(titles(desk)) == already
        desk.collect()
    assert len(titles(desk)) == 3
