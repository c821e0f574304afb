"""What an editor left: taken in as the newer draft, or named once; never thrown away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pmdesk.drafts import Draft, Drafts
from pmdesk.editor_files import MOST, EditorFolder, Note, left_in, take_in

AT = datetime(2025, 6, 13, 13, 5, tzinfo=UTC)


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    return Drafts(tmp_path / "desk.db")


def opened(drafts: Drafts) -> EditorFolder:
    """A reply just begun, open in an editor."""
    values = {"reason": "n", "reply": "before"}
    draft = Draft(drafts.new_name(), "decline", "12", "#12 “Label”", values, AT)
    drafts.write(draft)
    made = EditorFolder(drafts.folder, Note(draft, "reply"))
    made.put("before")
    return made


def test_what_was_saved_is_the_newer_value_once_nobody_holds_it(drafts: Drafts) -> None:
    folder = opened(drafts)
    folder.text.write_text("before and an hour\n")
    assert take_in(drafts) == []
    assert list(left_in(drafts.folder)) == []
    assert [one.values["reply"] for one in drafts.offered()] == ["before"], "it is still open"
    folder.let_go()
    assert list(left_in(drafts.folder)) == [folder.path]
    assert take_in(drafts) == []
    (draft,) = drafts.offered()
    assert draft.values == {"reason": "n", "reply": "before and an hour"}
    assert (draft.kind, draft.subject, draft.about) == ("decline", "12", "#12 “Label”")
    assert draft.written_at > AT
    assert not folder.path.exists()


@pytest.mark.parametrize("text", ["before\n", ""])
def test_where_nothing_was_written_the_draft_is_as_it_was(drafts: Drafts, text: str) -> None:
    folder = opened(drafts)
    folder.text.write_text(text)
    folder.let_go()
    assert take_in(drafts) == []
    assert [one.values["reply"] for one in drafts.offered()] == ["before"]
    assert not folder.path.exists()


def spoilt(name: str, content: bytes) -> Callable[[EditorFolder], Path]:
    def spoil(folder: EditorFolder) -> Path:
        folder.text.write_text("an hour of text")
        file = folder.path / name
        file.write_bytes(content)
        return file if name.endswith(".swp") else folder.text

    return spoil


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (spoilt("text.md", b"caf\xe9"), "it is no UTF-8"),
        (spoilt("text.md", b"x" * (MOST + 1)), "more than 100,000 characters"),
        (spoilt("draft.json", b"{"), "not known what it was written for"),
        (spoilt("draft.json", b'{"name": "../../desk.db", "field": "x"}'), "not known"),
        (spoilt(".text.md.swp", b"b0VIM"), "more than it saved"),
    ],
)
def test_what_cannot_be_taken_in_is_named_once_and_stays(
    drafts: Drafts, spoil: Callable[[EditorFolder], Path], why: str
) -> None:
    folder = opened(drafts)
    file = spoil(folder)
    content = file.read_bytes()
    folder.let_go()
    (sentence,) = take_in(drafts)
    assert why in sentence
    assert str(file) in sentence
    assert take_in(drafts) == []
    assert file.read_bytes() == content
    assert [one.subject for one in drafts.offered()] == ["12"], "the draft is there all the same"
    assert list(left_in(drafts.folder)) == [folder.path]


def test_a_full_disk_is_no_reason_to_delete_it(
    drafts: Drafts, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = opened(drafts)
    folder.text.write_text("an hour of text")
    folder.let_go()

    def full(_draft: Draft) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(drafts, "write", full)
        assert take_in(drafts) == []
    assert folder.text.read_text() == "an hour of text"
    take_in(drafts)
    assert [one.values["reply"] for one in drafts.offered()] == ["an hour of text"]
