"""Full-text search of the inbox."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.requests.searching import match_expression, search

SCHEMA = Path(__file__).parents[2] / "src/pmdesk/store/migrations/0001_first.sql"
TODAY = date(2025, 6, 13)


def desk(*titles: str) -> sqlite3.Connection:
    db = sqlite3.connect(":memory:")
    db.executescript(SCHEMA.read_text())
    for number, title in enumerate(titles, start=1):
        db.execute(
            "INSERT INTO request (number, title, body, arrived_at, arrived_on, zone, source, "
            "state) VALUES (?, ?, 'body text', ?, '2025-06-01', 'UTC', 'capture', 'new')",
            (number, title, f"2025-06-01T08:00:{number:02}Z"),
        )
    db.execute("INSERT INTO request_text (rowid, title, body, requester) "
               "SELECT id, title, body, requester FROM request")  # fmt: skip
    return db


def test_every_word_must_occur_and_the_last_may_be_unfinished() -> None:
    db = desk("Polar label format", "Label for the ward", "Polar pricing")
    assert list(search(db, "all", TODAY, "polar lab").ids) == [1]
    assert list(search(db, "all", TODAY, "label").ids) == [2, 1]
    assert list(search(db, "all", TODAY, "lab polar").ids) == []


def test_a_reply_is_found_and_lists_its_request_once() -> None:
    db = desk("Dashboard")
    for number in (1, 2):
        db.execute(
            "INSERT INTO message (id, request_id, source, source_id, body, attachments) "
            "VALUES (?, 1, 'mail', ?, 'Überraschung am Montag', '[]')",
            (number, f"m{number}"),
        )
    db.execute(
        "INSERT INTO message_text (rowid, sender, body) SELECT id, sender, body FROM message"
    )
    assert list(search(db, "all", TODAY, "uberrasch").ids) == [1]
    assert list(search(db, "kept", TODAY, "uberrasch").ids) == []


def test_a_number_finds_its_request_in_any_view() -> None:
    db = desk("one", "two")
    assert list(search(db, "closed", TODAY, "#2").ids) == [2]
    assert list(search(db, "closed", TODAY, "3").ids) == []


@pytest.mark.parametrize("typed", ['"', "AND", "NEAR(", "(", "%", "_", "a* OR b", "'", "^x", "-x"])
def test_what_the_search_language_knows_is_only_text_here(typed: str) -> None:
    assert list(search(desk("plain"), "all", TODAY, typed).ids) == []


@given(st.text(max_size=40))
def test_nothing_typed_is_an_error(typed: str) -> None:
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE t USING fts5(x)")
    expression = match_expression(typed)
    if expression:
        db.execute("SELECT rowid FROM t WHERE t MATCH ?", (expression,)).fetchall()
    else:
        assert not any(sign.isalnum() for sign in typed)
    db.close()
