"""What was left unfinished is offered, filled in where it belongs, and gone when it is done."""

from __future__ import annotations

import shutil
from concurrent.futures import Future
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from textual import events
from textual.app import App
from textual.widgets import Input, TextArea

from pmdesk import config
from pmdesk.desk import Desk
from pmdesk.drafts import Draft, Drafts, drafts_folder
from pmdesk.store.writing import Done
from pmdesk.ui import themes
from pmdesk.ui.app import PmdeskApp
from pmdesk.ui.dialogs.capture import CaptureDialog
from pmdesk.ui.dialogs.decline import DeclineDialog
from pmdesk.ui.dialogs.dialog import Dialog
from pmdesk.ui.dialogs.keep import KeepDialog
from pmdesk.ui.dialogs.park import ParkDialog
from pmdesk.ui.unfinished import said

from .sitting import Session

if TYPE_CHECKING:
    from tests.ui.conftest import ScreenText, Until

AT = datetime(2025, 6, 13, 13, 5, tzinfo=UTC)


def leave(desk: Desk, kind: str, subject: str, about: str = "", **values: str) -> None:
    """As an earlier session did that was killed."""
    earlier = Drafts(desk.path)
    earlier.write(Draft(earlier.new_name(), kind, subject, about, values, AT))
    earlier.close()


def drafts(desk: Desk) -> list[Draft]:
    """Those on the disk, whoever is writing them."""
    reading = Drafts(desk.path)
    found = (reading._read(one.name) for one in drafts_folder(desk.path).glob("*.json"))
    return [one for one in found if one is not None]


def kept(desk: Desk) -> list[dict[str, str]]:
    """Their values."""
    return [dict(one.values) for one in drafts(desk)]


def id_of(user: Session, number: int) -> int:
    return user.request(number).row.id


async def test_a_reply_left_is_offered_filled_in_and_gone_when_it_is_on_the_disk(
    demo: Desk, until: Until, screen_text: ScreenText
) -> None:
    leave(demo, "decline", "25", "#25 “Figures”", reply="Sorry,\nno [/b]", reason="w")
    async with PmdeskApp(demo).run_test(size=(120, 30), notifications=True) as pilot:
        user = await Session(pilot, until).ready()
        offered = "Unfinished: the reply to #25 “Figures”, at 14:05; : and “Go on” opens it."
        await until(pilot, lambda: user.workspace.status.sentence == offered)
        assert id_of(user, 25) == 25
        await user.press("r")
        await user.dialog(DeclineDialog)
        assert user.app.screen.query_one(TextArea).text == "Sorry,\nno [/b]"
        assert "As you left it at 14:05" in screen_text(user.app)
        assert "● w  served in another way" in screen_text(user.app)
        await user.press("ctrl+s")
        await user.says("Declined #25")
        assert user.request(25).reply == "Sorry,\nno [/b]"
        await until(pilot, lambda: not kept(demo))


async def test_what_was_filled_in_is_thrown_away_by_two_keys_and_cut_by_one(
    demo: Desk, until: Until, screen_text: ScreenText
) -> None:
    leave(demo, "decline", "25", reply="waits for [/b]")
    async with PmdeskApp(demo).run_test(size=(80, 24)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("r")
        await user.dialog(DeclineDialog)
        text = user.app.screen.query_one(TextArea)
        await until(pilot, lambda: text.text == "waits for [/b]")
        text.focus()
        text.select_all()
        await user.press("ctrl+x")
        assert text.text == "", "cut"
        await user.press("ctrl+z")
        assert text.text == "waits for [/b]"
        await user.press("escape", "ctrl+x")
        assert user.app.screen is user.workspace
        await until(pilot, lambda: not kept(demo))


async def test_what_is_typed_is_on_the_disk_a_moment_later(demo: Desk, until: Until) -> None:
    async with PmdeskApp(demo).run_test(size=(80, 24)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("d")
        await user.dialog(KeepDialog)
        await user.press("x", *"law")
        await until(pilot, lambda: kept(demo) == [{"other": "law", "link": "", "picked": "x"}])
        await user.press(*["backspace"] * 3)
        await until(pilot, lambda: not kept(demo))


async def test_esc_asks_only_where_something_was_written_and_keeps_for_later(
    demo: Desk, until: Until, screen_text: ScreenText
) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("r", "n", "escape")
        assert user.app.screen is user.workspace, "a reason alone is soon chosen again"
        await user.press("r")
        await user.dialog(DeclineDialog)
        await user.press("n", *"Sor", "escape")
        await until(pilot, lambda: "keeps it for later" in screen_text(user.app))
        await user.press(*"ry")
        await until(pilot, lambda: "keeps it for later" not in screen_text(user.app))
        assert user.app.screen.query_one(TextArea).text == "Sorry", "writing on is an answer"
        await user.press("escape", "escape")
        assert user.app.screen is user.workspace
        await until(pilot, lambda: "the reply to #25" in user.workspace.status.sentence)
        await user.press("j", "r")
        await user.dialog(DeclineDialog)
        assert user.app.screen.query_one(TextArea).text == "", "another request, another reply"
        await user.press("escape", "k", "r")
        await user.dialog(DeclineDialog)
        assert user.app.screen.query_one(TextArea).text == "Sorry"
        await user.press("escape")
        assert user.app.screen is user.workspace, "nothing was written anew"
        await until(pilot, lambda: kept(demo) == [{"reason": "n", "reply": "Sorry"}])
        await user.press("r")
        await user.dialog(DeclineDialog)
        await until(pilot, lambda: isinstance(user.app.focused, TextArea))
        await user.press("!", "escape", "ctrl+x")
        assert user.app.screen is user.workspace
        await until(pilot, lambda: not kept(demo))
        await until(pilot, lambda: user.workspace.status.sentence == "")


async def test_what_was_left_has_the_keys_and_no_letter_chooses(
    demo: Desk, until: Until, screen_text: ScreenText
) -> None:
    leave(demo, "keep", "25", other="law", link="", picked="x")
    async with PmdeskApp(demo).run_test(size=(80, 24)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("d")
        await user.dialog(KeepDialog)
        line = user.app.screen.query_one("#field-other Input", Input)
        await until(pilot, lambda: line.has_focus and line.value == "law")
        await user.press("escape")
        assert user.app.screen is user.workspace
        assert [one.written_at for one in drafts(demo)] == [AT], "as it was"
        await user.press("d")
        await user.dialog(KeepDialog)
        line = user.app.screen.query_one("#field-other Input", Input)
        await until(pilot, lambda: line.has_focus and line.value == "law")
        await user.press("s", "shift+tab")
        assert not line.has_focus
        await user.press("escape")
        await until(pilot, lambda: "throws it away" in screen_text(user.app))
        await user.press("p")
        assert line.value == "lawsp"
        assert "throws it away" not in screen_text(user.app)
        await user.press("enter")
        await user.lists(24)
        assert user.request(25).reason_text == "lawsp"
        await until(pilot, lambda: not kept(demo))


async def test_the_offer_of_a_capture_is_gone_with_it(
    demo: Desk, until: Until, screen_text: ScreenText
) -> None:
    leave(demo, "capture", "", text="Older idea")
    async with PmdeskApp(demo).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        offered = "Unfinished: a capture “Older idea”, at 14:05; c offers it."
        await until(pilot, lambda: user.workspace.status.sentence == offered)
        await user.press("c")
        await user.dialog(CaptureDialog)
        await until(pilot, lambda: "“Older idea”  ↑ takes it" in screen_text(user.app))
        await user.press("up")
        area = user.app.screen.query_one(TextArea)
        await until(pilot, lambda: area.text == "Older idea")
        await user.press("!", "escape", "ctrl+x")
        await until(pilot, lambda: user.workspace.status.sentence == "")
        assert not kept(demo)


async def test_a_second_capture_is_another_text(
    demo: Desk, until: Until, screen_text: ScreenText
) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30), notifications=True) as pilot:
        user = await Session(pilot, until).ready()
        user.blurt("c", *"First", "escape", "escape", "c", *"Second")
        await user.dialog(CaptureDialog)
        area = user.app.screen.query_one(TextArea)
        await until(pilot, lambda: area.text == "Second")
        assert "takes it" not in screen_text(user.app)
        await user.press(*["backspace"] * 6)
        await until(pilot, lambda: "“First”  ↑ takes it" in screen_text(user.app))
        await user.press(*"Other", "escape", "escape")
        await until(pilot, lambda: "and 1 more" in user.workspace.status.sentence)
        assert sorted(one["text"] for one in kept(demo)) == ["First", "Other"]
        await user.press("c")
        await user.dialog(CaptureDialog)
        await until(pilot, lambda: "“Other”  ↑ takes it" in screen_text(user.app))
        await user.press("up", "!", "enter")
        await user.says("Captured #26 “Other!”")
        await until(pilot, lambda: [one["text"] for one in kept(demo)] == ["First"])


async def test_the_palette_goes_on_with_the_one_that_is_chosen(
    demo: Desk, until: Until, screen_text: ScreenText
) -> None:
    leave(demo, "capture", "", text="Older idea")
    leave(demo, "capture", "", text="Another thought")
    async with PmdeskApp(demo).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        await until(pilot, lambda: "and 1 more" in user.workspace.status.sentence)
        await user.press("colon", *"older")
        await until(pilot, lambda: "Go on: a capture “Older idea”" in screen_text(user.app))
        await user.press("enter")
        await user.dialog(CaptureDialog)
        await until(pilot, lambda: "Older idea" in screen_text(user.app))


async def test_a_draft_is_kept_until_the_desk_has_the_text_and_no_longer(
    demo: Desk, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow: Future[Done] = Future()
    monkeypatch.setattr(demo, "performing", lambda _action: slow)
    app = PmdeskApp(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        user = await Session(pilot, until).ready()
        user.blurt("r", "n", *"Sorry", "ctrl+s")
        await until(pilot, lambda: kept(demo) == [{"reason": "n", "reply": "Sorry"}])
        app.exit()
    assert kept(demo) == [{"reason": "n", "reply": "Sorry"}]
    slow.set_result(Done("Decline 1 request"))
    assert kept(demo) == [], "also where the workspace was left before"


async def test_leaving_keeps_what_was_typed_this_very_moment(demo: Desk, until: Until) -> None:
    app = PmdeskApp(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("r", "n")
        await user.dialog(DeclineDialog)
        user.app.screen.query_one(TextArea).insert("Sorry")
        await pilot.pause()
        app.exit()
        assert kept(demo) == [{"reason": "n", "reply": "Sorry"}]


async def test_ten_megabytes_pasted_are_taken_as_far_as_they_fit_and_kept(
    demo: Desk, until: Until
) -> None:
    async with PmdeskApp(demo).run_test(size=(80, 24)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("r", "n")
        await user.dialog(DeclineDialog)
        user.app.post_message(events.Paste("Zürich\x1b[201~ \n" * 600_000))
        area = user.app.screen.query_one(TextArea)
        await until(pilot, lambda: len(area.text) > 1000)
        typed = area.text
        await until(pilot, lambda: [one["reply"] for one in kept(demo)] == [typed])
        assert "\x1b" not in typed


async def test_a_folder_that_cannot_be_written_is_a_sentence_in_the_dialog(
    demo: Desk, until: Until, screen_text: ScreenText
) -> None:
    Path(drafts_folder(demo.path)).write_text("in the way")
    async with PmdeskApp(demo).run_test(size=(80, 24)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("r", "n")
        await user.dialog(DeclineDialog)

        def told() -> bool:
            area = user.app.screen.query_one(TextArea)
            area.insert("a")
            return "on the screen only" in screen_text(user.app)

        await until(pilot, told)
        drafts_folder(demo.path).unlink()
        await until(pilot, lambda: not told())
        assert [one["reason"] for one in kept(demo)] == ["n"]
        await user.press("ctrl+s")
        await user.lists(24)


async def test_a_folder_taken_away_while_typing_is_made_again(demo: Desk, until: Until) -> None:
    async with PmdeskApp(demo).run_test(size=(80, 24)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("r", "n")
        await user.dialog(DeclineDialog)
        await user.press(*"Sor")
        await until(pilot, lambda: kept(demo) == [{"reason": "n", "reply": "Sor"}])
        shutil.rmtree(drafts_folder(demo.path))
        await user.press(*"ry")
        await until(pilot, lambda: kept(demo) == [{"reason": "n", "reply": "Sorry"}])
        assert Drafts(demo.path).offered() == (), "and it is known to be ours again"


class Alone(App[None]):
    """A dialog and nothing else."""

    CSS_PATH = [config.resources("styles") / f"{name}.tcss" for name in ("base", "dialogs")]  # noqa: RUF012

    def __init__(self, dialog: Dialog[Any]) -> None:
        super().__init__()
        self.dialog = dialog

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return themes.own_variables(self.current_theme)

    def on_mount(self) -> None:
        self.push_screen(self.dialog)


async def test_undoing_a_paste_leaves_what_was_typed_and_redo_brings_it_back(
    until: Until,
) -> None:
    async with Alone(DeclineDialog((1,), "")).run_test() as pilot:
        await pilot.press("n")
        await until(pilot, lambda: isinstance(pilot.app.focused, TextArea))
        area = pilot.app.screen.query_one(TextArea)
        await pilot.press(*"Dear", "space")
        pilot.app.post_message(events.Paste("all,\nno"))
        for key, text in (
            ("end", "Dear all,\nno"), ("ctrl+z", "Dear "), ("ctrl+y", "Dear all,\nno"),
        ):  # fmt: skip
            await pilot.press(key)
            await until(pilot, partial(lambda text: area.text == text, text))


SIZES = [(200, 60), (80, 24), (40, 12), (20, 5), (9, 3), (1, 1), (500, 200), (60, 15)]
DAY = date(2025, 6, 13)


@pytest.mark.parametrize(
    ("dialog", "keys"),
    [
        (KeepDialog((1,), "#1 “Label”"), ["x"]),
        (ParkDialog((1,), "#1 “Label”", DAY), ["tab"]),
        (DeclineDialog((1,), "#1 “Label”"), ["n"]),
        (CaptureDialog(DAY, AT, "UTC"), []),
    ],
    ids=["keep", "park", "decline", "capture"],
)
async def test_a_dialog_lives_through_any_size_and_keeps_what_was_typed(
    until: Until, dialog: Dialog[Any], keys: list[str]
) -> None:
    async with Alone(dialog).run_test(size=(120, 30)) as pilot:
        await pilot.press(*keys, *"typed", "escape")
        assert dialog.asking
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await until(pilot, partial(lambda size: dialog.size == size, size))
            typed = dialog.focused
            text = typed.value if isinstance(typed, Input) else getattr(typed, "text", "")
            assert text == "typed"
            if size[1] >= 3:
                await until(pilot, lambda: dialog.focused in dialog._compositor.visible_widgets)


@pytest.mark.parametrize(
    ("kind", "subject", "about", "words"),
    [
        ("node", "edit G1", "G1 Cut costs", "the edit of G1 Cut costs"),
        ("node", "add need G1", "below G1 Cut costs", "a node below G1 Cut costs"),
        ("edit evidence", "evidence 4", "N4", "the edit of what was heard on N4"),
    ],
)
def test_what_was_begun_is_told_apart_from_an_edit(
    kind: str, subject: str, about: str, words: str
) -> None:
    assert said(Draft("x", kind, subject, about, {}, AT)) == words
