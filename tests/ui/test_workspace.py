"""The workspace as a person uses it, on the Harbourlight desk and on an empty one."""

from __future__ import annotations

from concurrent.futures import Future
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input, TextArea

from pmdesk.desk import Desk
from pmdesk.errors import DeskUnusableError
from pmdesk.requests.actions import Capture, RequestDraft
from pmdesk.store.writing import Done
from pmdesk.ui.app import PmdeskApp
from pmdesk.ui.dialogs.capture import CaptureDialog
from pmdesk.ui.dialogs.decline import DeclineDialog
from pmdesk.ui.dialogs.keep import KeepDialog
from pmdesk.ui.dialogs.keys import KeysDialog
from pmdesk.ui.dialogs.park import ParkDialog
from pmdesk.ui.room import panes_shown
from pmdesk.ui.workspace import Workspace

from .sitting import Session

if TYPE_CHECKING:
    from tests.ui.conftest import ScreenText, Until


async def test_keep_advances_names_what_was_done_and_undo_brings_it_back(
    demo: Desk, until: Until
) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30), notifications=True) as pilot:
        user = await Session(pilot, until).ready()
        await user.lists(25, 24)
        await user.press("d")
        await user.dialog(KeepDialog)
        await user.press("p")
        await user.lists(24)
        await user.says("Kept #25 “Figures for Monday's board pack”  u takes it back")
        assert user.number == 24
        kept = user.request(25)
        assert (kept.row.state, kept.reason) == ("kept", "promised")
        await user.press("u")
        await user.lists(25, 24)
        await user.says("Taken back: Keep #25  ctrl+r does it again")
        await until(pilot, lambda: user.number == 25)
        await user.press("ctrl+r")
        await user.lists(24)
        await user.says("Done again: Keep #25")


async def test_keep_for_another_reason_wants_words(demo: Desk, until: Until) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("d")
        await user.dialog(KeepDialog)
        await user.press("x", "enter")
        assert isinstance(user.app.screen, KeepDialog), "no words, no verdict"
        await user.press(*"law", "enter")
        await user.lists(24)
        kept = user.request(25)
        assert (kept.reason, kept.reason_text) == ("for another reason", "law")


async def test_d_twice_is_the_answer_in_two_minutes(demo: Desk, until: Until) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30), notifications=True) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("d")
        await user.dialog(KeepDialog)
        await user.press("d")
        await user.lists(24)
        await user.says("Finished #25")
        assert user.request(25).row.state == "done"


async def test_d_on_a_kept_request_finishes_it_at_once(demo: Desk, until: Until) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30), notifications=True) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("right_square_bracket", "right_square_bracket")
        await user.lists(20, 13, 7, 3)
        await until(pilot, lambda: user.number == 20)
        await user.press("d")
        await user.lists(13, 7, 3)
        assert user.request(20).row.state == "done"


async def test_a_request_with_sight_needs_no_excuse(
    demo: Desk, until: Until, screen_text: ScreenText
) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("right_square_bracket", "right_square_bracket")
        await until(pilot, lambda: user.rows == [20, 13, 7, 3] and user.number == 20)
        await user.press("s")
        await user.dialog(ParkDialog)
        await user.press("w")
        await user.lists(13, 7, 3)
        await user.press("right_square_bracket")
        await until(pilot, lambda: user.rows == [20, 22] and user.number == 20)
        await user.press("d")
        await user.dialog(KeepDialog)
        assert "keep it: it serves G3" in screen_text(user.app)
        await user.press("k")
        await user.lists(22)
        kept = user.request(20)
        assert (kept.row.state, kept.row.goal, kept.reason) == ("kept", "G3", "")


@pytest.mark.parametrize(
    ("keys", "until_day"),
    [
        (["t"], date(2025, 6, 14)),
        (["m"], date(2025, 6, 16)),
        (["w"], date(2025, 6, 20)),
        (["f"], date(2025, 6, 27)),
        (["e"], date(2025, 6, 30)),
        (["plus", "3", "d", "enter"], date(2025, 6, 16)),
        (["tab", *"q3", "enter"], date(2025, 9, 30)),
    ],
)
async def test_park_by_one_key_or_a_date(
    demo: Desk, until: Until, keys: list[str], until_day: date
) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30), notifications=True) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("s")
        await user.dialog(ParkDialog)
        await user.press(*keys)
        await user.lists(24)
        assert user.request(25).row.parked_until == until_day
        await user.says("Parked #25")


async def test_the_park_dialog_echoes_the_date_and_refuses_the_past(
    demo: Desk, until: Until, screen_text: ScreenText
) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("s")
        await user.dialog(ParkDialog)
        assert "Mon 16 Jun" in screen_text(user.app)
        await user.press("tab", *"2w")
        await until(pilot, lambda: "another date  Fri 27 Jun" in screen_text(user.app))
        user.app.screen.query_one("#field-until Input", Input).value = "yesterday"
        await user.press("enter")
        await until(pilot, lambda: "is not ahead" in screen_text(user.app))
        user.app.screen.query_one("#field-until Input", Input).value = "soon"
        await user.press("enter")
        await until(pilot, lambda: "is no date" in screen_text(user.app))
        await user.press("escape")
        await user.lists(25, 24)


async def test_decline_with_a_reason_and_a_reply(demo: Desk, until: Until) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30), notifications=True) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("r")
        await user.dialog(DeclineDialog)
        await user.press("ctrl+s")
        assert isinstance(user.app.screen, DeclineDialog), "no reason, no verdict"
        await user.press("n")
        await until(pilot, lambda: isinstance(user.app.focused, TextArea))
        await user.press(*"Sorry", "enter", *"no", "ctrl+s")
        await user.lists(24)
        await user.says("Declined #25")
        declined = user.request(25)
        assert (declined.row.state, declined.reason, declined.reply) == (
            "declined", "serves no customer goal", "Sorry\nno",
        )  # fmt: skip


async def test_marked_requests_are_one_verdict_and_one_undo(demo: Desk, until: Until) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30), notifications=True) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("x", "x", "d")
        await user.dialog(KeepDialog)
        await user.press("o")
        await user.lists()
        await user.says("Kept 2 requests")
        assert user.request(24).reason == user.request(25).reason == "an obligation"
        await user.press("u")
        await user.lists(25, 24)
        assert user.inbox.requests.marks == set()


async def test_capture_echoes_tokens_and_goes_to_the_new_request(
    demo: Desk, until: Until, screen_text: ScreenText
) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30), notifications=True) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("c")
        await user.dialog(CaptureDialog)
        await user.press("enter")
        assert isinstance(user.app.screen, CaptureDialog), "an empty line is no request"
        user.app.screen.query_one(TextArea).text = "Freezer label @polar by:fri ~30m"
        await until(pilot, lambda: "due Fri 20 Jun" in screen_text(user.app))
        await user.press("enter")
        await until(pilot, lambda: 26 in user.rows)
        await user.says("Captured #26 “Freezer label”")
        row = user.request(26).row
        assert (row.title, row.account, row.due) == ("Freezer label", "Polar", date(2025, 6, 20))


async def test_the_filter_finds_as_one_types_and_esc_clears(demo: Desk, until: Until) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("left_square_bracket")
        await until(pilot, lambda: len(user.rows) == 25)
        await user.press("slash", *"label f")
        await user.lists(14, 3)
        await user.press("enter", "j")
        await until(pilot, lambda: user.number == 3)
        await user.press("escape")
        await until(pilot, lambda: len(user.rows) == 25)
        assert user.number == 3, "the cursor stays on what was found"


async def test_what_is_typed_into_the_filter_fires_no_verdict(
    demo: Desk, until: Until, screen_text: ScreenText
) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("slash", *"drscuq1")
        await until(pilot, lambda: "Nothing in new holds “drscuq1”" in screen_text(user.app))
        assert isinstance(user.app.screen, Workspace)
        await user.press("escape")
        await user.lists(25, 24)


async def test_a_dead_key_says_why(demo: Desk, until: Until) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("right_square_bracket")  # waiting
        await until(pilot, lambda: len(user.rows) == 6 and user.number is not None)
        assert user.workspace.active_bindings["s"].enabled is False
        await user.press("s")
        assert isinstance(user.app.screen, Workspace)
        assert user.workspace.status.sentence == (
            f"#{user.number} can't: it is delegated, and what is delegated can't be parked."
        )


async def test_undo_of_nothing_is_a_sentence(desk: Desk, until: Until) -> None:
    async with PmdeskApp(desk).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("u")
        await until(pilot, lambda: user.workspace.status.sentence)
        assert user.workspace.status.warning


async def test_nothing_is_said_to_be_done_before_it_is_on_the_disk(
    demo: Desk, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30), notifications=True) as pilot:
        user = await Session(pilot, until).ready()
        slow: Future[Done] = Future()
        monkeypatch.setattr(demo, "performing", lambda _action: slow)
        await user.press("d")
        await user.dialog(KeepDialog)
        await user.press("p")
        await until(pilot, lambda: user.workspace.status.sentence == "Saving …")
        assert user.toast == ""
        slow.set_result(Done("Keep #25"))
        await user.says("Kept #25")
        assert user.workspace.status.sentence == ""


async def test_a_refusal_is_a_sentence_in_the_status_line(
    demo: Desk, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30), notifications=True) as pilot:
        user = await Session(pilot, until).ready()
        full: Future[Done] = Future()
        full.set_exception(DeskUnusableError("The disk is full: nothing was changed."))
        monkeypatch.setattr(demo, "performing", lambda _action: full)
        await user.press("d")
        await user.dialog(KeepDialog)
        await user.press("p")
        await until(pilot, lambda: user.workspace.status.sentence.startswith("The disk is full"))
        assert user.workspace.status.warning
        assert user.toast == ""
        assert user.rows == [25, 24]


async def test_a_change_made_elsewhere_appears_and_the_cursor_stays(
    demo: Desk, until: Until
) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("j")
        await until(pilot, lambda: user.number == 24)
        demo.perform(Capture(RequestDraft("capture", None, "From another terminal")))
        await user.lists(26, 25, 24)
        assert user.number == 24


@pytest.mark.parametrize(
    ("width", "current", "beside", "zoomed", "shown"),
    [
        (80, 2, 1, False, (2,)),
        (99, 3, 2, False, (3,)),
        (100, 2, 1, False, (1, 2)),
        (120, 2, 3, False, (2, 3)),
        (159, 3, 2, False, (2, 3)),
        (160, 2, 1, False, (1, 2, 3)),
        (200, 1, 2, True, (1,)),
    ],
)
def test_the_panes_there_is_room_for(
    width: int, current: int, beside: int, zoomed: bool, shown: tuple[int, ...]
) -> None:
    assert panes_shown(width, current, beside, zoomed) == shown


@pytest.mark.parametrize("size", [(80, 24), (120, 30), (200, 60), (40, 10), (1, 1)])
async def test_every_pane_is_one_key_away_and_gets_the_keys(
    demo: Desk, until: Until, size: tuple[int, int]
) -> None:
    async with PmdeskApp(demo).run_test(size=size) as pilot:
        user = await Session(pilot, until).ready()

        def shown() -> list[int]:
            panes = user.workspace.row.panes
            return [number for number, pane in enumerate(panes, 1) if pane.display]

        for number in (1, 3, 2):
            await user.press(str(number))
            pane = user.workspace.row.panes[number - 1]
            await until(pilot, partial(getattr, pane, "has_focus_within"))
            assert number in shown()
        await user.press("z")
        assert shown() == [2]
        assert user.inbox.has_focus_within, "zoom keeps the focus"
        await user.press("tab")
        assert shown() == [3]
        await user.press("shift+tab", "shift+tab", "z")
        assert user.workspace.row.current == 1


async def test_the_selected_request_shows_whole_with_its_replies(
    demo: Desk, until: Until, screen_text: ScreenText
) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        await until(pilot, lambda: "Rupert Lang <" in screen_text(user.app))
        await user.press("j")
        await until(pilot, lambda: "Priya Nair" in screen_text(user.app))
        await user.press("enter")
        assert user.app.focused is not None
        assert user.app.focused.id == "request"
        await user.press("escape")
        assert user.app.focused is user.inbox.requests


async def test_help_lists_the_keys_that_work_here(
    demo: Desk, until: Until, screen_text: ScreenText
) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 40)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("question_mark")
        await until(pilot, lambda: isinstance(user.app.screen, KeysDialog))
        await until(pilot, lambda: "Not now: back on a date" in screen_text(user.app))
        await user.press("escape")
        assert isinstance(user.app.screen, Workspace)


async def test_the_top_line_counts(demo: Desk, until: Until, screen_text: ScreenText) -> None:
    async with PmdeskApp(demo).run_test(size=(80, 24)) as pilot:
        user = await Session(pilot, until).ready()
        expected = " pmdesk Harbourlight  W24 my strategic 38.2 % · target 35 %  2 new  ! 2 overdue"
        await until(pilot, lambda: screen_text(user.app).splitlines()[0] == expected)


async def test_quitting_and_starting_again_still_undoes(demo: Desk, until: Until) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("d")
        await user.dialog(KeepDialog)
        await user.press("p")
        await user.lists(24)
        await user.press("q")
    async with PmdeskApp(demo).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("u")
        await user.lists(25, 24)
