"""What is typed faster than the screen can follow means what it would have meant slowly."""

from __future__ import annotations

from concurrent.futures import Future
from threading import Event
from typing import TYPE_CHECKING

import pytest
from textual.widgets import TextArea

from pmdesk.customers.loading import whole
from pmdesk.desk import Desk
from pmdesk.errors import RefusedError
from pmdesk.store.writing import Done
from pmdesk.ui.app import PmdeskApp
from pmdesk.ui.dialogs.capture import CaptureDialog
from pmdesk.ui.workspace import Workspace

from .sitting import Session

if TYPE_CHECKING:
    from tests.ui.conftest import Until


async def test_verdicts_typed_at_once_are_one_per_request(demo: Desk, until: Until) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        user.blurt("d", "p", "d", "o")
        await user.lists()
        assert [user.request(number).row.state for number in (25, 24)] == ["kept", "kept"]
        assert [user.request(number).reason for number in (25, 24)] == ["promised", "an obligation"]


async def test_an_undo_typed_at_once_takes_back_what_was_just_decided(
    demo: Desk, until: Until
) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30), notifications=True) as pilot:
        user = await Session(pilot, until).ready()
        user.blurt("d", "p", "s", "w", "u")
        await user.says("Taken back: Park #24")
        await user.lists(24)
        assert user.request(25).row.state == "kept"


async def test_a_filter_typed_at_once_decides_nothing(demo: Desk, until: Until) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        user.blurt("slash", *"drs1", "escape", "j")
        await until(pilot, lambda: user.number == 24)
        assert isinstance(user.app.screen, Workspace)
        assert len(user.app.screen_stack) == 1
        await user.lists(25, 24)


async def test_a_text_typed_at_once_is_captured_whole(demo: Desk, until: Until) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        user.blurt("c", *"Quick", "enter", "c", *"Quicker")
        await user.dialog(CaptureDialog)
        await user.lists(26, 25, 24)
        assert user.request(26).row.title == "Quick"
        dialog = user.app.screen
        assert isinstance(dialog, CaptureDialog)
        await until(pilot, lambda: dialog.query_one(TextArea).text == "Quicker")


async def test_a_branch_typed_at_once_hangs_as_it_was_typed(demo: Desk, until: Until) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        user.blurt("1", "g", "a", "g", *"Goal", "enter", "enter", "a", "o", *"Obstacle", "enter")
        user.blurt("e", *" at last", "enter", "a", "n", *"Need", "enter", "u", "enter")
        await until(pilot, lambda: "N6" in {one.code for one in demo.ask(whole).nodes})
        goal, obstacle, need = demo.ask(whole).path(max(one.id for one in demo.ask(whole).nodes))
        assert (need.statement, obstacle.statement) == ("Need", "Obstacle at last")
        assert (goal.code, goal.statement, goal.market_id) == ("G5", "Goal", 1)


async def test_what_was_decided_is_kept_though_one_leaves_before_it_is_written(
    demo: Desk, until: Until
) -> None:
    gate = Event()
    async with PmdeskApp(demo).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        demo._writer_thread.submit(gate.wait, 10)
        user.blurt("d", "p", "d", "o", "q")
        await until(pilot, lambda: not user.app.is_running)
    gate.set()
    demo._writer_thread.submit(lambda: None).result()
    assert [user.request(number).row.state for number in (25, 24)] == ["kept", "kept"]


async def test_a_refused_verdict_puts_the_cursor_and_the_marks_back(
    demo: Desk, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("[")
        await until(pilot, lambda: len(user.rows) == 25 and user.number == 25)
        await user.press("x", "x")
        marked = set(user.inbox.requests.marks)
        slow: Future[Done] = Future()
        monkeypatch.setattr(demo, "performing", lambda _action: slow)
        user.blurt("d", "p")
        await until(pilot, lambda: user.number == 23 and not user.inbox.requests.marks)
        slow.set_exception(RefusedError("The disk is full."))
        await until(pilot, lambda: user.workspace.status.sentence == "The disk is full.")
        assert user.inbox.requests.marks == marked
        await until(pilot, lambda: user.number == 24)


async def test_after_the_last_row_the_cursor_goes_back_to_what_is_undecided(
    demo: Desk, until: Until
) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        user.blurt("G", "d", "p", "r", "n", "ctrl+s")
        await user.lists()
        assert [user.request(number).row.state for number in (25, 24)] == ["declined", "kept"]


async def test_what_is_done_at_once_where_the_palette_went(demo: Desk, until: Until) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        for code, letter in (("O2", "i"), ("G4", "o")):
            user.blurt("ctrl+p", *code, "enter", "a", letter, *"New", "enter")
        await until(pilot, lambda: "O4" in {one.code for one in demo.ask(whole).nodes})
        new = [one for one in demo.ask(whole).nodes if one.statement == "New"]
        above = {one.id: one.code for one in demo.ask(whole).nodes}
        assert {one.code: above[one.parent_id or 0] for one in new} == {"I3": "O2", "O4": "G4"}


async def test_what_is_done_at_once_in_another_view(demo: Desk, until: Until) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        user.blurt("1", *["right_square_bracket"] * 2, "g", "a", "p", *"Fourth", "ctrl+s")
        await until(pilot, lambda: "Fourth" in {one.name for one in demo.ask(whole).products})
