"""The door: actions in, words and rows out; undo and redo across restarts and processes."""

import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event

import pytest

from pmdesk.config import Clock
from pmdesk.desk import Desk
from pmdesk.errors import RefusedError
from pmdesk.requests.actions import (
    Capture,
    Decline,
    Finish,
    Keep,
    Park,
    RequestDraft,
)
from pmdesk.requests.queries import states as listed_states
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
    desk.perform(Park((1,), date(2025, 6, 17)))
    assert desk.ask(listed_states, (1,), date(2025, 6, 16)) == {1: "parked"}
    desk.close()
    desk = Desk.open(path, Clock(clock.zone, date(2025, 6, 17)))
    assert desk.ask(listed_states, (1,), desk.clock.today()) == {1: "new"}
    desk.perform(Keep((1,), "promised"))
    desk.close()


def test_full_text_follows_every_change(desk: Desk) -> None:
    request = capture(desk, "Export fails", "on ward seven")
    assert found(desk, "ward sev") == [request]
    desk.undo()
    assert found(desk, "ward") == []
    desk.redo()
    assert found(desk, "ward") == [request]


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


def test_days_are_the_users(desk: Desk) -> None:
    late = datetime(2025, 6, 13, 23, 30, tzinfo=UTC)  # already Saturday in London
    desk.perform(Capture(RequestDraft("capture", None, "one", arrived_at=late)))
    assert desk.ask(lambda db: db.execute("SELECT arrived_on FROM request").fetchone()) == (
        "2025-06-14",
    )
