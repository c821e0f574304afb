"""Verdicts on delegated requests end what is waited for; undo brings it all back."""

from __future__ import annotations

import json
from datetime import date

import pytest

from pmdesk import config
from pmdesk.desk import Desk
from pmdesk.requests.actions import Capture, Decline, Finish, Keep, RequestDraft
from pmdesk.requests.queries import view_chunk, view_counts

TODAY = date(2025, 6, 13)
WAITING = {9, 12, 15, 19, 21, 24}


@pytest.fixture
def demo(desk: Desk) -> Desk:
    """The Harbourlight desk on its Friday."""
    text = (config.resources("fixtures/demo") / "harbourlight.json").read_text("utf-8")
    desk.load(json.loads(text)["tables"], "the demo", made_by="desk")
    return desk


def request(desk: Desk, number: int) -> int:
    found = desk.ask(lambda db: db.execute("SELECT id FROM request WHERE number = ?", (number,)))
    return int(found.fetchone()[0])


def waiting(desk: Desk) -> set[int]:
    ids = desk.ask(view_chunk, "waiting", TODAY, None, 100).ids
    numbers = dict(desk.ask(lambda db: db.execute("SELECT id, number FROM request").fetchall()))
    return {numbers[one] for one in ids}


def handoffs(desk: Desk, number: int) -> list[tuple[object, ...]]:
    """Outcome and whether it has ended, oldest first."""
    return desk.ask(
        lambda db: db.execute(
            "SELECT outcome, ended_at IS NOT NULL FROM handoff JOIN request"
            " ON request.id = request_id WHERE number = ? ORDER BY handoff.id",
            (number,),
        ).fetchall()
    )


def test_declining_what_is_delegated_ends_its_handoff(demo: Desk) -> None:
    before = demo.dump()
    assert 9 in waiting(demo)
    assert handoffs(demo, 9) == [("open", 0)]
    done = demo.perform(Decline((request(demo, 9),), "one-account", "Sorry."))
    assert done.changed == {"request", "handoff"}
    assert 9 not in waiting(demo)
    assert handoffs(demo, 9) == [("closed", 1)]
    after = demo.dump()
    demo.undo()
    assert demo.dump() == before
    demo.redo()
    assert demo.dump() == after


def test_finishing_what_is_delegated_ends_its_handoff(demo: Desk) -> None:
    before = demo.dump()
    counted = demo.ask(view_counts, TODAY)
    demo.perform(Finish((request(demo, 21),)))
    assert handoffs(demo, 21) == [("closed", 1)]
    now = demo.ask(view_counts, TODAY)
    assert now.by_view["waiting"] == counted.by_view["waiting"] - 1
    assert now.overdue == counted.overdue - 1
    demo.undo()
    assert demo.dump() == before


def test_many_at_once_and_ended_handoffs_stay_as_they_were(demo: Desk) -> None:
    numbers = sorted(waiting(demo))
    before = {number: handoffs(demo, number) for number in numbers}
    demo.perform(Finish(tuple(request(demo, number) for number in numbers)))
    assert waiting(demo) == set()
    for number, was in before.items():
        assert handoffs(demo, number) == [*was[:-1], ("closed", 1)]
    demo.undo()
    assert waiting(demo) == set(numbers)


def test_a_verdict_on_others_touches_no_handoff(demo: Desk) -> None:
    done = demo.perform(Keep((request(demo, 25),), "promised"))
    assert done.changed == {"request"}


@pytest.mark.parametrize("title", ["", " ", "\u200b", "\u200d\u2060", "\u3164", "\u0301", "\u00a0"])
def test_a_title_that_cannot_be_seen_is_no_subject(desk: Desk, title: str) -> None:
    desk.perform(Capture(RequestDraft("capture", None, title)))
    assert desk.ask(lambda db: db.execute("SELECT title FROM request").fetchall()) == [
        ("(no subject)",)
    ]


@pytest.mark.parametrize("title", ["👩‍🚒", "é", "\U0001fae9", "\ue000", "?"])
def test_a_title_that_can_be_seen_stays(desk: Desk, title: str) -> None:
    desk.perform(Capture(RequestDraft("capture", None, title)))
    assert desk.ask(lambda db: db.execute("SELECT title FROM request").fetchall()) == [(title,)]


def test_an_account_without_a_text_for_it_stays_in_the_title(desk: Desk) -> None:
    desk.perform(Capture(RequestDraft("capture", None, "Labels", account="Acme GmbH")))
    assert desk.ask(lambda db: db.execute("SELECT title FROM request").fetchall()) == [
        ('Labels @"Acme GmbH"',)
    ]
