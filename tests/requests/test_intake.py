"""An import is merged whatever its drafts hold twice."""

from __future__ import annotations

from datetime import UTC, datetime

from pmdesk.desk import Desk
from pmdesk.requests.actions import ImportRequests, MessageDraft, RequestDraft

THEN = datetime(2025, 6, 12, 9, tzinfo=UTC)


def message(name: str, body: str = "text") -> MessageDraft:
    return MessageDraft(name, "Ana", "ana@polar.example", body, THEN)


def draft(name: str, *messages: MessageDraft, title: str = "A wish") -> RequestDraft:
    return RequestDraft("github", name, title, arrived_at=THEN, messages=messages)


def run(desk: Desk, *drafts: RequestDraft) -> tuple[int, int, int]:
    counts = desk.perform(ImportRequests(drafts, "issues.json")).counts
    return counts["created"], counts["updated"], counts["skipped"]


def messages(desk: Desk) -> list[tuple[object, ...]]:
    return desk.ask(
        lambda db: db.execute("SELECT request_id, source_id, body FROM message").fetchall()
    )


def test_a_message_twice_in_one_draft_is_skipped_and_counted(desk: Desk) -> None:
    twice = draft("i1", message("i1", "first"), message("c1"), message("i1"), message("c1"))
    assert run(desk, twice) == (1, 1, 2)
    assert messages(desk) == [(1, "i1", "first"), (1, "c1", "text")]
    assert run(desk, twice) == (0, 0, 4)
    more = draft("i1", message("i1"), message("c2"), message("c2"))
    assert run(desk, more) == (0, 1, 2)


def test_one_issue_twice_with_and_without_its_comments_is_one_request(desk: Desk) -> None:
    assert run(desk, draft("i1"), draft("i1", message("c1"))) == (1, 1, 0)
    assert messages(desk) == [(1, "c1", "text")]
    assert run(desk, draft("i1", message("c9"))) == (0, 1, 0)


def test_a_body_of_megabytes_is_kept_whole(desk: Desk) -> None:
    body = "Ein langer Text ä. " * 150_000
    run(desk, draft("i1", message("i1", body), message("c1")))
    assert messages(desk)[0][2] == body
    desk.undo()
    desk.redo()
    assert messages(desk)[0][2] == body


def test_an_origin_that_is_no_utf_8_can_be_told(desk: Desk) -> None:
    done = desk.perform(ImportRequests((draft("i1"),), "z\udcff\x1b.mbox"))
    assert done.words == "Import z�␛.mbox: 1 request created, 0 updated"
    assert desk.steps()[0].words == done.words
