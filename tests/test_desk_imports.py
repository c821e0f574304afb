"""Imports through the door: threads, accounts, and undo of what came in."""

from datetime import UTC, date, datetime, timedelta

import pytest

from pmdesk.desk import Desk
from pmdesk.errors import RefusedError
from pmdesk.requests.actions import (
    Capture,
    Collect,
    ImportRequests,
    MessageDraft,
    Park,
    RequestDraft,
)
from pmdesk.requests.searching import match_expression
from pmdesk.store.bulk import everything


def capture(desk: Desk, title: str, body: str = "") -> int:
    (request,) = desk.perform(Capture(RequestDraft("capture", None, title, body))).requests
    return request


def states(desk: Desk) -> list[str]:
    return desk.ask(lambda db: [s for (s,) in db.execute("SELECT state FROM request ORDER BY id")])


def found(desk: Desk, words: str) -> list[int]:
    return desk.ask(
        lambda db: [
            row
            for (row,) in db.execute(
                "SELECT rowid FROM request_text WHERE request_text MATCH ?",
                (match_expression(words),),
            )
        ]
    )


def message(name: str, sender: str = "ann@polar.example") -> MessageDraft:
    return MessageDraft(name, "Ann", sender, f"body of {name}", datetime(2025, 6, 1, tzinfo=UTC))


def thread(name: str, *replies: str) -> RequestDraft:
    messages = tuple(message(each) for each in (name, *replies))
    return RequestDraft("mail", name, f"Subject {name}", messages=messages, references=(name,))


def test_undo_is_refused_where_the_desk_itself_changed_the_row_since(desk: Desk) -> None:
    draft = RequestDraft("mail", "a", "Question", messages=(message("a"),))
    desk.perform(ImportRequests((draft,), "a.mbox"))
    desk.perform(Park((1,), date(2025, 6, 20)))
    reply = RequestDraft("mail", "b", "Question", messages=(message("b"),), references=("a",))
    desk._writer_thread.submit(desk._perform, Collect("box", (("1.eml", reply),)), "desk").result()
    assert states(desk) == ["new"], "a new message on its thread wakes a parked request"
    with pytest.raises(RefusedError, match="Collect 1 request from the drop box"):
        desk.undo()
    assert states(desk) == ["new"]


def test_an_undo_names_what_came_later_and_hangs_on_it(desk: Desk) -> None:
    desk.perform(ImportRequests((thread("a"),), "a.mbox"))
    reply = RequestDraft("mail", "b", "Re", messages=(message("b"),), references=("a",))
    desk._writer_thread.submit(desk._perform, Collect("box", (("1.eml", reply),)), "desk").result()
    before = desk.ask(everything)
    with pytest.raises(RefusedError, match="taken back: what “Collect 1 request"):
        desk.undo()
    assert desk.ask(everything) == before


def test_importing_again_creates_nothing(desk: Desk) -> None:
    drafts = (thread("a", "b", "c"), thread("d"))
    assert desk.perform(ImportRequests(drafts, "x")).counts == {
        "created": 2,
        "updated": 2,
        "skipped": 0,
    }
    before = desk.ask(everything)
    again = desk.perform(ImportRequests(drafts, "x"))
    assert again.counts == {"created": 0, "updated": 0, "skipped": 4}
    assert again.changed == frozenset()
    assert desk.ask(everything) == before
    assert len(desk.steps()) == 1


def test_a_later_file_continues_a_thread(desk: Desk) -> None:
    desk.perform(ImportRequests((thread("a"),), "june"))
    later = RequestDraft(
        "mail", "c", "Subject a", messages=(message("c"),), references=("a", "b", "c")
    )
    counts = desk.perform(ImportRequests((later,), "july")).counts
    assert counts == {"created": 0, "updated": 1, "skipped": 0}
    hosts = desk.ask(lambda db: db.execute("SELECT DISTINCT request_id FROM message").fetchall())
    assert hosts == [(1,)]


def test_two_files_of_one_import_may_share_a_thread(desk: Desk) -> None:
    second = RequestDraft("mail", "b", "Re", messages=(message("b"),), references=("a", "b"))
    counts = desk.perform(ImportRequests((thread("a"), second), "both")).counts
    assert counts == {"created": 1, "updated": 1, "skipped": 0}


def test_undoing_an_import_keeps_it_for_redo(desk: Desk) -> None:
    capture(desk, "before")
    drafts = tuple(thread(f"m{n}", f"r{n}") for n in range(500))
    desk.perform(ImportRequests(drafts, "big.mbox"))
    imported = desk.ask(everything)
    assert len(found(desk, "Subject m499")) == 1
    desk.undo()
    assert desk.ask(lambda db: db.execute("SELECT count(*) FROM request").fetchone()) == (1,)
    assert found(desk, "Subject") == []
    desk.redo()
    assert desk.ask(everything) == imported
    assert len(found(desk, "Subject m499")) == 1
    indexed = "INSERT INTO request_text (request_text, rank) VALUES ('integrity-check', 1)"
    with desk._writing()._engine.raw() as db:
        db.execute(indexed)


def test_an_account_is_found_by_name_alias_or_domain(desk: Desk) -> None:
    rows: dict[str, list[dict[str, str | int | float | None]]] = {
        "market": [{"id": 1, "name": "Hospitals", "position": 1}],
        "account": [{"id": 1, "market_id": 1, "name": "Polar Foods", "status": "customer"}],
        "account_alias": [{"id": 1, "account_id": 1, "alias": "PF"}],
        "account_domain": [{"id": 1, "account_id": 1, "domain": "polar.example"}],
    }
    desk.load(rows, "accounts")
    for draft in (
        RequestDraft("capture", None, "a", account="polar_foods"),
        RequestDraft("capture", None, "b", account="pf"),
        RequestDraft("capture", None, "c", address="ann@eu.Polar.example"),
        RequestDraft("capture", None, "d", account="acme", if_unknown=("d @acme", "")),
        RequestDraft("capture", None, "e", address="ann@notpolar.example"),
    ):
        desk.perform(Capture(draft))
    assert desk.ask(lambda db: db.execute("SELECT title, account_id FROM request").fetchall()) == [
        ("a", 1),
        ("b", 1),
        ("c", 1),
        ("d @acme", None),
        ("e", None),
    ]


def test_dates_at_the_ends_of_the_calendar(desk: Desk) -> None:
    for moment in (datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, tzinfo=UTC)):
        desk.perform(
            ImportRequests((RequestDraft("mail", str(moment), "x", arrived_at=moment),), "x")
        )
    assert desk.clock.now() - timedelta(days=1) < datetime.max.replace(tzinfo=UTC)
    assert len(states(desk)) == 2
