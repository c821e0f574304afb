"""Drafts: what was typed comes back, whoever died; nothing in the folder breaks anything."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.drafts import MOST_BYTES, Draft, Drafts
from pmdesk.errors import RefusedError
from pmdesk.text import clean

AT = datetime(2025, 6, 13, 13, 5, tzinfo=UTC)


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    return Drafts(tmp_path / "desk.db")


def left(
    drafts: Drafts, text: str, kind: str = "capture", subject: str = "", minutes: int = 0
) -> Draft:
    draft = Draft(
        drafts.new_name(),
        kind,
        subject,
        "#12 “Label”",
        {"text": text},
        AT + timedelta(minutes=minutes),
    )
    drafts.write(draft)
    return draft


def another(drafts: Drafts) -> Drafts:
    """As the next process sees the folder."""
    return Drafts(str(drafts.folder).removesuffix(".drafts"))


def test_what_a_process_left_is_offered_to_the_next_and_belongs_to_it(drafts: Drafts) -> None:
    left(drafts, "older")
    left(drafts, "newer", minutes=3)
    left(drafts, "a reply", "decline", "12,13", minutes=5)
    drafts.close()
    later = another(drafts)
    assert [one.text() for one in later.offered()] == ["a reply", "newer", "older"]
    taken = later.take("capture", "")
    assert taken is not None
    assert (taken.text(), taken.written_at) == ("newer", AT + timedelta(minutes=3))
    third = another(drafts)
    assert [one.text() for one in third.offered()] == ["a reply", "older"], "taken is taken"
    later.remove(taken.name)
    later.remove(taken.name)
    assert later.take("decline", "12") is None, "another subject"


def test_what_another_process_is_writing_is_not_offered(drafts: Drafts, tmp_path: Path) -> None:
    script = (
        "import sys; from datetime import UTC, datetime; from pmdesk.drafts import *\n"
        "drafts = Drafts(sys.argv[1])\n"
        "drafts.write(Draft(drafts.new_name(), 'capture', '', '', {'text': 'theirs'},"
        " datetime.now(UTC)))\n"
        "print('written', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path / "desk.db")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as other:  # fmt: skip
        assert other.stdout is not None
        assert other.stdout.readline() == b"written\n"
        assert drafts.offered() == ()
        assert drafts.take("capture", "") is None
        other.send_signal(signal.SIGKILL)
        other.wait(10)
        assert [one.text() for one in drafts.offered()] == ["theirs"]
        taken = drafts.take("capture", "")
        assert taken is not None
        drafts.remove(taken.name)
    drafts.close()
    assert not drafts.folder.exists(), "nothing is left where nothing is unfinished"


@given(st.dictionaries(st.text(), st.text()), st.text(), st.text())
def test_what_was_typed_comes_back_as_it_was(
    values: dict[str, str], subject: str, about: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        drafts = Drafts(Path(folder, "desk.db"))
        cleaned = {clean(key): clean(value) for key, value in values.items()}
        draft = Draft(drafts.new_name(), "capture", clean(subject), clean(about), cleaned, AT)
        drafts.write(draft)
        assert drafts.offered() == (draft,)
        drafts.close()


GOOD: dict[str, object] = {
    "kind": "capture", "subject": "", "about": "", "values": {"text": "mine"},
    "written_at": "2025-06-13T13:05:00+00:00", "pid": 1,
}  # fmt: skip


WRONG: tuple[dict[str, object], ...] = (
    {"kind": ""}, {"kind": 3}, {"values": []}, {"values": {"text": 3}}, {"about": None},
    {"written_at": "now"}, {"written_at": "2025-06-13T13:05:00"},
    {"written_at": "0001-01-01T00:00:00+14:00"},
)  # fmt: skip
UNREADABLE = [b"", b"{", b"\xff\xfe", b"[]", b"null", b"[" * 200_000, b"1" * 6000]


@pytest.mark.parametrize(
    "content", [*UNREADABLE, *(json.dumps({**GOOD, **wrong}).encode() for wrong in WRONG)]
)
def test_what_cannot_be_read_is_set_aside_and_the_rest_offered(
    drafts: Drafts, content: bytes
) -> None:
    kept = left(drafts, "fine")
    name = f"{'0' * 16}.1.json"
    (drafts.folder / name).write_bytes(content)
    assert drafts.offered() == (kept,)
    assert [one.read_bytes() for one in (drafts.folder / "aside").iterdir()] == [content]
    assert drafts.offered() == (kept,)


def test_what_is_no_draft_is_left_alone(drafts: Drafts, tmp_path: Path) -> None:
    kept = left(drafts, "fine")
    secret = tmp_path / "secret"
    secret.write_text(json.dumps(GOOD))
    (drafts.folder / f"{'1' * 16}.1.json").symlink_to(secret)
    (drafts.folder / f"{'2' * 16}.1.json").mkdir()
    os.mkfifo(drafts.folder / f"{'3' * 16}.1.json")
    (drafts.folder / "notes.txt").write_text("mine")
    assert drafts.offered() == (kept,)
    assert (drafts.folder / "notes.txt").exists()
    assert secret.exists()


def test_a_text_from_outside_can_neither_steer_nor_break(drafts: Drafts) -> None:
    drafts.write(left(drafts, "x"))
    (drafts.folder / f"{'0' * 16}.1.json").write_text(
        json.dumps({**GOOD, "values": {"text": "a\x1b]52;c;x\x07\ud800"}, "about": "\x9b1m"})
    )
    found = next(one for one in drafts.offered() if one.text() != "x")
    assert found.text() == "a␛]52;c;x␇�"
    assert found.about == "�1m"


def test_ten_megabytes_are_kept_and_too_much_is_refused(drafts: Drafts) -> None:
    long = left(drafts, "Zürich " * 1_500_000)
    assert drafts.offered() == (long,)
    with pytest.raises(RefusedError):
        left(drafts, "x" * MOST_BYTES)
    assert drafts.offered() == (long,)


def test_drafts_are_for_their_owner_alone(drafts: Drafts) -> None:
    before = os.umask(0)
    try:
        left(drafts, "private")
    finally:
        os.umask(before)
    assert stat.S_IMODE(drafts.folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(one.stat().st_mode) for one in drafts.folder.iterdir()} == {0o600}
