"""The dialogs: nothing typed or pasted is lost, and all of them fit on a small screen."""

from __future__ import annotations

import time
from concurrent.futures import Future
from datetime import date
from typing import TYPE_CHECKING

import pytest
from textual import events
from textual.widgets import Input, TextArea

from pmdesk.desk import Desk
from pmdesk.errors import DeskUnusableError, RefusedError
from pmdesk.requests.queries import states
from pmdesk.store.writing import Done
from pmdesk.ui.app import PmdeskApp
from pmdesk.ui.dialogs.capture import CaptureDialog
from pmdesk.ui.dialogs.decline import DeclineDialog
from pmdesk.ui.dialogs.keep import KeepDialog
from pmdesk.ui.dialogs.park import ParkDialog

from .sitting import Session

if TYPE_CHECKING:
    from tests.ui.conftest import ScreenText, Until


DAY = date(2025, 6, 13)


async def test_all_lines_pasted_are_captured(demo: Desk, until: Until) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30), notifications=True) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("c")
        await user.dialog(CaptureDialog)
        user.app.post_message(events.Paste("Freezer label by:fri\n\nfirst\nsecond [/nope]"))
        await user.press("ctrl+j", *"third", "enter")
        await user.says("Captured #26 “Freezer label”")
        found = user.request(26)
        assert found.row.title == "Freezer label"
        assert found.row.due is not None
        assert found.body.split() == ["first", "second", "[/nope]", "third"]


async def test_five_thousand_characters_pasted_are_captured(demo: Desk, until: Until) -> None:
    async with PmdeskApp(demo).run_test(size=(80, 24)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("c")
        await user.dialog(CaptureDialog)
        user.app.post_message(events.Paste("日本語 " * 1000 + "@zeta by:fri " + "end " * 250))
        await user.press("enter")
        await until(pilot, lambda: 26 in user.rows)  # on top from noon on
        assert user.request(26).row.title.count("日本語") == 1000
        assert user.request(26).row.title.endswith("end")


async def test_lines_pasted_into_one_line_stand_side_by_side(demo: Desk, until: Until) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("s")
        await user.dialog(ParkDialog)
        await user.press("tab", *"2w", "tab")
        user.app.post_message(events.Paste("waits for\nthe \x1b[31maudit\n"))
        await until(pilot, lambda: user.app.screen.query_one("#field-reason Input", Input).value)
        await user.press("enter")
        await user.lists(24)
        assert user.request(25).reason_text == "waits for the ␛[31maudit"


@pytest.fixture
def refused(demo: Desk, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The desk takes nothing, until undone."""

    def performing(_action: object) -> Future[Done]:
        full: Future[Done] = Future()
        full.set_exception(DeskUnusableError("The disk is full: nothing was changed."))
        return full

    monkeypatch.setattr(demo, "performing", performing)
    return monkeypatch


async def test_a_text_that_could_not_be_kept_is_there_to_be_kept_again(
    demo: Desk, until: Until, screen_text: ScreenText, refused: pytest.MonkeyPatch
) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        user.blurt("c", *"Precious", "enter")
        await until(pilot, lambda: "The disk is full" in screen_text(user.app))
        await user.dialog(CaptureDialog)
        refused.undo()
        await user.press(*"!", "enter")
        await until(pilot, lambda: 26 in user.rows)  # on top from noon on
        assert user.request(26).row.title == "Precious!"


async def test_a_reply_that_could_not_be_kept_is_there_too(
    demo: Desk, until: Until, screen_text: ScreenText, refused: pytest.MonkeyPatch
) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        user.blurt("r", "n", *"Sorry", "ctrl+s")
        await until(pilot, lambda: "The disk is full" in screen_text(user.app))
        await user.dialog(DeclineDialog)
        assert user.app.screen.query_one(TextArea).text == "Sorry"
        assert user.app.screen.query_one(TextArea).has_focus, "no letter chooses by accident"
        refused.undo()
        await user.press("ctrl+s")
        await user.lists(24)
        assert user.request(25).reply == "Sorry"
        assert user.request(25).reason == "serves no customer goal"


async def test_a_refusal_never_comes_between_a_person_and_what_they_type(
    demo: Desk, until: Until, screen_text: ScreenText, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow: Future[Done] = Future()
    monkeypatch.setattr(demo, "performing", lambda _action: slow)
    async with PmdeskApp(demo).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("r", "n", *"Sorry", "ctrl+s")
        monkeypatch.undo()
        await user.press("c")
        await user.dialog(CaptureDialog)
        slow.set_exception(RefusedError("The disk is full."))
        unfinished = user.workspace.changes.unfinished
        await until(pilot, lambda: unfinished.drafts)
        await user.press(*"Label e")
        assert isinstance(user.app.screen, CaptureDialog)
        assert user.app.screen.query_one(TextArea).text == "Label e"
        await user.press("enter", "r")
        await user.dialog(DeclineDialog)
        await until(pilot, lambda: user.app.screen.query_one(TextArea).text == "Sorry")


async def test_what_goes_wrong_beside_the_keys_is_said_in_the_dialog(
    demo: Desk, until: Until, screen_text: ScreenText, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_db: object) -> None:
        raise RefusedError("The desk can't be read just now.")

    monkeypatch.setattr("pmdesk.ui.dialogs.keep.nodes_to_pick", refused)
    async with PmdeskApp(demo).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("d", "l")
        await until(pilot, lambda: "! The desk can't be read just now." in screen_text(user.app))


async def test_a_refused_verdict_without_a_text_asks_no_second_time(
    demo: Desk, until: Until, refused: pytest.MonkeyPatch
) -> None:
    assert refused
    async with PmdeskApp(demo).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        user.blurt("d", "p")
        await until(pilot, lambda: user.workspace.status.warning)
        assert user.app.screen is user.workspace


async def test_keep_links_a_request_to_what_it_serves(
    demo: Desk, until: Until, screen_text: ScreenText
) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 40)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("d")
        await user.dialog(KeepDialog)
        await user.press("l", "ctrl+s")
        await until(pilot, lambda: "! Choose what it serves" in screen_text(user.app))
        await until(pilot, lambda: "17 to choose from" in screen_text(user.app))
        await user.press(*"I2")
        await until(pilot, lambda: "I2 initiative, serves G3" in screen_text(user.app))
        await user.press("enter")
        await user.lists(24)
        kept = user.request(25)
        assert (kept.row.state, kept.row.goal, kept.reason) == ("kept", "G3", "")


@pytest.mark.parametrize(
    ("key", "kind", "words"),
    [
        ("d", KeepDialog, ("m  not mapped yet", "d  answered already", "esc leaves it")),
        ("s", ParkDialog, ("t  tomorrow", "e  at the end", "why, if you like")),
        ("r", DeclineDialog, ("n  serves no", "m  not our market", "ctrl+s declines")),
        ("c", CaptureDialog, ("@account #topic", "enter keeps it")),
    ],
)
async def test_a_dialog_fits_on_a_small_screen(
    demo: Desk,
    until: Until,
    screen_text: ScreenText,
    key: str,
    kind: type[object],
    words: tuple[str, ...],
) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press(key)
        await user.dialog(kind)
        await pilot.resize_terminal(40, 12)
        await until(pilot, lambda: all(one in screen_text(user.app) for one in words))


async def test_a_verdict_on_many_is_for_those_that_can_get_it(
    demo: Desk, until: Until, screen_text: ScreenText
) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("[", "ctrl+a")
        await until(pilot, lambda: len(user.inbox.requests.marks) == 25)
        before = demo.ask(states, tuple(user.inbox.requests.ids), DAY)
        open_ones = {one for one, state in before.items() if state in ("new", "kept", "parked")}
        await user.press("s")
        await user.dialog(ParkDialog)
        said = f"{len(open_ones)} of 25 marked; the others can't be"
        await until(pilot, lambda: said in screen_text(user.app))
        await user.press("w")
        await user.says(f"Parked {len(open_ones)} requests")
        after = demo.ask(states, tuple(before), DAY)
        assert {one for one in after if after[one] == "parked"} == open_ones
        assert all(after[one] == before[one] for one in after if one not in open_ones)


async def test_do_on_several_kept_ones_finishes_them(demo: Desk, until: Until) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("]", "]")
        await until(pilot, lambda: user.inbox.view == "kept" and len(user.rows) == 4)
        marked = user.rows[:2]
        await user.press("x", "x", "d")
        await user.says("Finished 2 requests")
        assert [user.request(number).row.state for number in marked] == ["done", "done"]


async def test_a_reply_taken_back_is_offered_again(demo: Desk, until: Until) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("r")
        await user.dialog(DeclineDialog)
        await user.press("n", *"Sorry", "ctrl+s")
        await user.lists(24)
        await user.press("u")
        await until(pilot, lambda: user.rows == [25, 24] and user.number == 25)
        await user.press("r")
        await user.dialog(DeclineDialog)
        assert user.app.screen.query_one(TextArea).text == "Sorry"


async def test_a_parked_request_is_given_another_date(demo: Desk, until: Until) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("]", "]", "]")
        await until(pilot, lambda: user.inbox.view == "parked" and user.rows == [22])
        await user.press("s", "w")
        await user.says("until Fri 20 Jun")
        assert user.request(22).row.parked_until == date(2025, 6, 20)


@pytest.mark.parametrize(
    ("keys", "hints"),
    [
        ("d", "a letter, or enter, keeps it · esc leaves it"),
        ("dx", "enter keeps it with these words · esc leaves it"),
        ("dl", "↑ ↓ choose · enter keeps it · esc leaves it"),
        ("s", "a letter parks · tab types a date or a reason · esc leaves it"),
        ("s3", "enter parks · tab goes to the reason · esc leaves it"),
        ("r", "a letter says why · ctrl+s declines · esc leaves it"),
        ("rn", "ctrl+s declines · ctrl+e your editor · esc leaves it"),
    ],
)
async def test_the_keys_told_are_those_that_work_where_the_focus_is(
    demo: Desk, until: Until, screen_text: ScreenText, keys: str, hints: str
) -> None:
    async with PmdeskApp(demo).run_test(size=(80, 24)) as pilot:
        await (await Session(pilot, until).ready()).press(*keys)
        await until(pilot, lambda: hints in screen_text(pilot.app))


@pytest.mark.parametrize("size", [(40, 10), (40, 8), (30, 12), (60, 15)])
async def test_both_ways_to_leave_are_told_in_any_room(
    demo: Desk, until: Until, screen_text: ScreenText, size: tuple[int, int]
) -> None:
    async with PmdeskApp(demo).run_test(size=size) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("r", "n", *"Sorry", "escape")
        await until(pilot, lambda: "ctrl+x" in screen_text(user.app))
        assert "esc" in screen_text(user.app)


@pytest.mark.parametrize("size", [(80, 24), (120, 30), (200, 60)])
@pytest.mark.parametrize(
    ("keys", "kind"), [("dx", KeepDialog), ("s", ParkDialog), ("r", DeclineDialog)]
)
@pytest.mark.parametrize("zoomed", [False, True])
async def test_the_request_can_be_read_while_it_is_decided(
    demo: Desk,
    until: Until,
    screen_text: ScreenText,
    size: tuple[int, int],
    keys: str,
    kind: type[object],
    zoomed: bool,
) -> None:
    async with PmdeskApp(demo).run_test(size=size) as pilot:
        user = await Session(pilot, until).ready()
        await user.press(*"z" if zoomed else "", *keys)
        await user.dialog(kind)
        await until(pilot, lambda: "Rupert Lang" in screen_text(user.app))
        assert "I am putting the board pack together" in screen_text(user.app)


@pytest.mark.parametrize("key", ["c", "r", "i", "question_mark", "colon"])
async def test_a_toast_is_one_line_at_the_edge_and_no_dialog_is_below_it(
    demo: Desk, until: Until, screen_text: ScreenText, key: str
) -> None:
    async with PmdeskApp(demo).run_test(size=(80, 24), notifications=True) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("d", "m")
        said = "Kept #25 “Figures for Monday's board pack”  u takes it back"
        await until(pilot, lambda: said in screen_text(user.app))
        line = screen_text(user.app).split("\n")[-3]
        assert line.endswith(said), "right above the status line"
        assert len(line) == 79
        began = time.monotonic()
        await user.press(key)
        await until(pilot, lambda: user.app.screen is not user.workspace)
        await until(pilot, lambda: said not in screen_text(user.app))
        assert time.monotonic() - began < 2.5, "before it would have gone by itself"
        await user.press("escape", "u")
        again = "Taken back: Keep #25  ctrl+r does it again"
        await until(pilot, lambda: again in screen_text(user.app))
        assert said not in screen_text(user.app)
