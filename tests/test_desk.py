"""The door: actions in, words and rows out; undo and redo across restarts and processes."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest

from pmdesk.config import Clock
from pmdesk.desk import Desk
from pmdesk.errors import RefusedError
from pmdesk.requests.actions import (
    Capture,
    Collect,
    Decline,
    Finish,
    ImportRequests,
    Keep,
    MessageDraft,
    Park,
    RequestDraft,
)
from pmdesk.store.bulk import everything
from pmdesk.store.search import quoted


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
                "SELECT rowid FROM request_text WHERE request_text MATCH ?", (quoted(words),)
            )
        ]
    )


def test_a_verdict_is_one_step_in_words(desk: Desk) -> None:
    first, second = capture(desk, "Export fails"), capture(desk, "A date for Polar")
    done = desk.perform(Park((first, second), date(2025, 6, 20)))
    assert done.words == "Park 2 requests until Fri 20 Jun"
    assert done.changed == {"request"}
    assert states(desk) == ["parked", "parked"]
    assert [step.words for step in desk.steps()] == [done.words, "Capture #2", "Capture #1"]
    assert desk.undo().words == done.words
    assert states(desk) == ["new", "new"]
    assert desk.redo().words == done.words
    assert states(desk) == ["parked", "parked"]


def test_undo_and_redo_survive_a_restart_and_another_process(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "desk.db"
    desk = Desk.open(path, clock, create=True)
    request = capture(desk, "Export fails")
    desk.perform(Keep((request,), "promised"))
    desk.close()
    command = [sys.executable, "-m", "pmdesk", "--desk", str(path), "undo"]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "Keep #1" in told.stdout
    desk = Desk.open(path, clock)
    assert states(desk) == ["new"]
    assert desk.redo().words == "Keep #1"
    assert states(desk) == ["kept"]
    desk.close()


def test_nothing_is_left_to_undo_or_redo(desk: Desk) -> None:
    with pytest.raises(RefusedError, match="nothing to undo"):
        desk.undo()
    capture(desk, "one")
    desk.undo()
    with pytest.raises(RefusedError, match="nothing to undo"):
        desk.undo()
    desk.redo()
    with pytest.raises(RefusedError, match="nothing to redo"):
        desk.redo()


def test_redo_ends_with_a_new_step(desk: Desk) -> None:
    request = capture(desk, "one")
    desk.perform(Keep((request,), "promised"))
    desk.undo()
    desk.perform(Decline((request,), "cost", "Not this year."))
    with pytest.raises(RefusedError, match="nothing to redo"):
        desk.redo()
    assert [step.state for step in desk.steps()] == ["done", "abandoned", "done"]


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


def test_numbers_are_given_once(desk: Desk) -> None:
    capture(desk, "one")
    capture(desk, "two")
    desk.undo()
    capture(desk, "three")
    numbers = desk.ask(lambda db: db.execute("SELECT number, title FROM request").fetchall())
    assert numbers == [(1, "one"), (3, "three")]


def test_a_failing_action_changes_nothing(desk: Desk) -> None:
    one, two = capture(desk, "one"), capture(desk, "two")
    desk.perform(Finish((two,)))
    before = desk.ask(everything)
    with pytest.raises(RefusedError, match="#2"):
        desk.perform(Park((one, two), date(2025, 6, 20)))
    assert desk.ask(everything) == before
    assert len(desk.steps()) == 3


@pytest.mark.parametrize(
    "action",
    [
        Keep((1,)),
        Keep((1,), "other"),
        Keep((99,), "promised"),
        Keep((), "promised"),
        Park((1,), date(2025, 6, 13)),
    ],
    ids=["no reason", "no words", "no request", "nothing", "not ahead"],
)
def test_what_is_refused_says_why(desk: Desk, action: Keep | Park) -> None:
    capture(desk, "one")
    with pytest.raises(RefusedError) as refusal:
        desk.perform(action)
    assert str(refusal.value).endswith(".")
    assert states(desk) == ["new"]


def test_a_parked_request_whose_day_has_come_is_new_again(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "desk.db"
    desk = Desk.open(path, clock, create=True)
    capture(desk, "one")
    desk.perform(Park((1,), date(2025, 6, 16)))
    with pytest.raises(RefusedError, match="parked already"):
        desk.perform(Park((1,), date(2025, 6, 30)))
    desk.close()
    desk = Desk.open(path, Clock(clock.zone, date(2025, 6, 16)))
    desk.perform(Park((1,), date(2025, 6, 30)))
    desk.close()


def message(name: str, sender: str = "ann@polar.example") -> MessageDraft:
    return MessageDraft(name, "Ann", sender, f"body of {name}", datetime(2025, 6, 1, tzinfo=UTC))


def thread(name: str, *replies: str) -> RequestDraft:
    messages = tuple(message(each) for each in (name, *replies))
    return RequestDraft("mail", name, f"Subject {name}", messages=messages, references=(name,))


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


def test_full_text_follows_every_change(desk: Desk) -> None:
    request = capture(desk, "Export fails", "on ward seven")
    assert found(desk, "ward sev") == [request]
    desk.undo()
    assert found(desk, "ward") == []
    desk.redo()
    assert found(desk, "ward") == [request]


@pytest.mark.parametrize("typed", ['"', "AND", "NEAR(", "(", "%", "_", "a* OR b", "- -", "näh"])
def test_any_words_can_be_searched_for(desk: Desk, typed: str) -> None:
    capture(desk, "Nähe")
    if quoted(typed):
        found(desk, typed)


def test_a_change_by_another_process_is_heard(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "desk.db"
    mine = Desk.open(path, clock, create=True)
    theirs = Desk.open(path, clock)
    mine.prepare().result()
    heard: list[frozenset[str]] = []
    mine.subscribe(heard.append)
    mine.beating().result()
    assert heard == []
    capture(theirs, "from elsewhere")
    mine.beating().result()
    assert "request" in heard[0]
    mine.beating().result()
    assert len(heard) == 1
    theirs.close()
    mine.close()


def test_only_what_changed_is_published_and_only_after_the_commit(desk: Desk) -> None:
    seen: list[tuple[frozenset[str], int]] = []
    arrived = Event()

    def hear(changed: frozenset[str]) -> None:
        count = desk.ask(lambda db: db.execute("SELECT count(*) FROM request").fetchone()[0])
        seen.append((changed, count))
        arrived.set()

    end = desk.subscribe(hear)
    capture(desk, "one")
    assert arrived.wait(5)
    assert seen == [(frozenset({"request"}), 1)]
    end()
    capture(desk, "two")
    assert len(seen) == 1


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


def test_days_are_the_users(desk: Desk) -> None:
    late = datetime(2025, 6, 13, 23, 30, tzinfo=UTC)  # already Saturday in London
    desk.perform(Capture(RequestDraft("capture", None, "one", arrived_at=late)))
    assert desk.ask(lambda db: db.execute("SELECT arrived_on FROM request").fetchone()) == (
        "2025-06-14",
    )


def test_dates_at_the_ends_of_the_calendar(desk: Desk) -> None:
    for moment in (datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, tzinfo=UTC)):
        desk.perform(
            ImportRequests((RequestDraft("mail", str(moment), "x", arrived_at=moment),), "x")
        )
    assert desk.clock.now() - timedelta(days=1) < datetime.max.replace(tzinfo=UTC)
    assert len(states(desk)) == 2
