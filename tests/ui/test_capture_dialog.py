"""Writing a request down: what is understood is said, and one `enter` keeps it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from textual import events
from textual.pilot import Pilot

from pmdesk.desk import Desk
from pmdesk.requests.actions import Capture, RequestDraft
from pmdesk.ui.app import PmdeskApp
from pmdesk.ui.dialogs.capture import CaptureDialog
from pmdesk.ui.widgets.capture_text import CaptureText
from pmdesk.ui.widgets.matches import Matches

from .sitting import Session
from .styled import Styled

if TYPE_CHECKING:
    from tests.ui.conftest import ScreenText, Until

TODAY = date(2025, 6, 13)
NOW = datetime(2025, 6, 13, 9, tzinfo=UTC)


class Clipboard:
    """Answers when it is let."""

    def __init__(self, text: str, answers: bool = True) -> None:
        self.text = text
        self.answering = asyncio.Event()
        if answers:
            self.answering.set()

    async def read(self) -> str:
        await self.answering.wait()
        return self.text


class Capturing(Styled):
    def __init__(self, desk: Desk, clipboard: Clipboard | None = None, text: str = "") -> None:
        super().__init__()
        self.desk = desk
        self.system_clipboard = clipboard
        self.dialog = CaptureDialog(TODAY, NOW, "Europe/London", text)
        self.kept: list[Capture | None] = []

    def on_mount(self) -> None:
        self.push_screen(self.dialog, self.kept.append)

    @property
    def field(self) -> CaptureText:
        return self.dialog.query_one(CaptureText)

    @property
    def draft(self) -> RequestDraft:
        (kept,) = self.kept
        assert kept is not None
        return kept.request


Ready = Callable[[Pilot[None], Capturing], Awaitable[None]]


@pytest.fixture
def ready(until: Until) -> Ready:
    """Waits until the dialog stands and the desk has answered."""

    async def wait(pilot: Pilot[None], app: Capturing) -> None:
        await until(pilot, lambda: app.screen is app.dialog and app.focused is not None)
        await until(pilot, lambda: app.field.names._accounts)

    return wait


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Label @polar by:fri", "account Polar · due Fri 20 Jun"),
        ("Label @NMH", "account Northmoor"),
        ("Label @polr", "no account “polr” yet"),
        ("Label @polr ", "no account “polr”: stays in the text"),
        ("Label #labels", "new topic labels"),
        ("Label #BUG from:sales ~30m", "topic BUG · from sales · estimate ~30m"),
        ("Label by:nowhen", "“by:nowhen” stays in the text"),
    ],
)
async def test_tokens_are_said_as_they_are_typed(
    demo: Desk, until: Until, ready: Ready, screen_text: ScreenText, text: str, said: str
) -> None:
    app = Capturing(demo)
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(pilot, app)
        await pilot.press(*text)
        await until(pilot, lambda: said in screen_text(app))


@pytest.mark.parametrize(
    ("keys", "title", "account", "topic"),
    [
        (("Label @polar", "enter"), "Label", "polar", None),  # one enter, whatever is offered
        (("Label @po", "tab", "x", "enter"), "Label x", "Polar", None),
        (("Label @nm", "tab", "x", "enter"), "Label x", "Northmoor", None),
        (("Label @", "down", "down", "enter", "enter"), "Label", "Northmoor", None),
        (("Label @", "down", "up", "up", "enter"), "Label @", None, None),
        (("@brnanoc", "tab", "Label", "enter"), "Label", "Brannoc", None),
        (("Label #perm", "down", "enter", "enter"), "Label", None, "permissions"),
        (("Label from:cust", "tab", "enter"), "Label", None, None),
    ],
)
async def test_names_are_completed_where_it_is_asked_for(
    demo: Desk,
    until: Until,
    ready: Ready,
    keys: tuple[str, ...],
    title: str,
    account: str | None,
    topic: str | None,
) -> None:
    app = Capturing(demo)
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(pilot, app)
        for key in keys:
            if key in ("enter", "tab", "up", "down"):
                await pilot.press(key)
            else:
                await pilot.press(*key)
            await pilot.pause()
        await until(pilot, lambda: app.kept)
        assert (app.draft.title, app.draft.account, app.draft.topic) == (title, account, topic)
        if "from:cust" in keys[0]:
            assert app.draft.from_function == "customers"


async def test_arrows_move_in_the_text_where_nothing_is_offered(
    demo: Desk, until: Until, ready: Ready
) -> None:
    app = Capturing(demo, text="two\nlines")
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(pilot, app)
        await pilot.press("up", "X", "down", "Y")
        await until(pilot, lambda: app.field.typed == "twoX\nlineYs")


async def test_what_is_typed_before_the_desk_answers_is_kept(demo: Desk, until: Until) -> None:
    app = Capturing(demo)
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: app.screen is app.dialog and app.focused is not None)
        await pilot.press(*"Label @polar", "enter")
        await until(pilot, lambda: app.kept)
        assert app.draft.account == "polar"


async def test_the_clipboard_is_offered_when_it_has_answered(
    demo: Desk, until: Until, ready: Ready, screen_text: ScreenText
) -> None:
    clipboard = Clipboard("Could we have the label\r\nin two\x1b[31m languages?\n\nAda", False)
    app = Capturing(demo, clipboard)
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(pilot, app)
        await pilot.press("ctrl+o")
        assert "clipboard" not in screen_text(app)
        clipboard.answering.set()
        await until(
            pilot, lambda: "“Could we have the label” +3 lines  ctrl+o takes it" in screen_text(app)
        )
        await pilot.press("ctrl+o")
        await until(pilot, lambda: app.field.typed.startswith("Could"))
        assert "clipboard:" not in screen_text(app)
        await pilot.press("ctrl+o", "enter")  # taken once
        await until(pilot, lambda: app.kept)
        assert app.draft.title == "Could we have the label"
        assert app.draft.body == "in two␛[31m languages?\n\nAda"


async def test_the_clipboard_comes_after_what_is_typed(
    demo: Desk, until: Until, ready: Ready
) -> None:
    app = Capturing(demo, Clipboard("Dear Marta\nAda"))
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(pilot, app)
        await pilot.press(*"Label", "ctrl+o", *" L.", "enter")
        await until(pilot, lambda: app.kept)
        assert (app.draft.title, app.draft.body) == ("Label", "Dear Marta\nAda L.")


@pytest.mark.parametrize("text", ["", " \n", "Label"])
async def test_nothing_new_on_the_clipboard_is_not_offered(
    demo: Desk, until: Until, ready: Ready, screen_text: ScreenText, text: str
) -> None:
    app = Capturing(demo, Clipboard(text), "Label")
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(pilot, app)
        await app.workers.wait_for_complete()
        await pilot.press("ctrl+o")
        assert "clipboard:" not in screen_text(app)
        assert app.field.typed == "Label"


async def test_hostile_names_and_a_hostile_clipboard_do_nothing(
    demo: Desk, until: Until, ready: Ready, screen_text: ScreenText
) -> None:
    hostile = "[@click=app.quit]x[/] [/nope] \x1b]52;c;ZXZpbA==\x07‮gpj"
    app = Capturing(demo, Clipboard(hostile))
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(pilot, app)
        await until(pilot, lambda: "[@click=app.quit]x[/]" in screen_text(app))
        app.post_message(events.Paste('@"[/nope' + "@" * 5000))
        await pilot.press("ctrl+o", "down", "enter")
        await until(pilot, lambda: app.kept)
        assert app.is_running
        assert "\x1b" not in app.draft.title + app.draft.body


async def test_ten_megabytes_pasted_are_cut(demo: Desk, until: Until, ready: Ready) -> None:
    app = Capturing(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot, app)
        app.post_message(events.Paste("@polar #x " * 1_000_000))
        await until(pilot, lambda: len(app.field.typed) == 100_000)
        await pilot.press("enter")
        await until(pilot, lambda: app.kept)


async def test_nothing_written_is_said(
    demo: Desk, until: Until, ready: Ready, screen_text: ScreenText
) -> None:
    app = Capturing(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot, app)
        await pilot.press("enter")
        await until(pilot, lambda: "Write what is asked, or esc." in screen_text(app))
        await pilot.press("x", "ctrl+s")
        await until(pilot, lambda: app.kept)


@pytest.mark.parametrize("size", [(1, 1), (40, 12), (200, 60)])
async def test_any_size(
    demo: Desk, until: Until, ready: Ready, screen_text: ScreenText, size: tuple[int, int]
) -> None:
    app = Capturing(demo, Clipboard("Could we"))
    async with app.run_test(size=size) as pilot:
        await ready(pilot, app)
        await pilot.press(*"Label @")
        await pilot.resize_terminal(1, 1)
        await pilot.resize_terminal(*size)
        if size != (1, 1):
            await until(pilot, lambda: "Label @" in screen_text(app))
            await until(pilot, lambda: app.dialog.query_one(Matches).size.height > 0)
            await until(pilot, lambda: "Polar" in screen_text(app))
        await pilot.press("down", "enter", "enter")
        await until(pilot, lambda: app.kept)
        assert app.draft.account == "Polar"


# In the workspace ----------------------------------------------------------------------------


@pytest.mark.parametrize("pane", ["1", "2", "3"])
async def test_after_it_one_is_where_one_was(demo: Desk, until: Until, pane: str) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30), notifications=True) as pilot:
        user = await Session(pilot, until).ready()
        await user.press(pane, "z")
        await until(pilot, lambda: user.workspace.row.current == int(pane) and user.app.focused)
        focused = user.app.focused
        await user.press("c")
        await user.dialog(CaptureDialog)
        await user.press(*"Label", "enter")
        await user.says("Captured")
        assert user.app.focused is focused
        assert user.workspace.row.current == int(pane)
        assert user.workspace.row.zoomed


async def test_a_detail_keeps_the_keys_too(demo: Desk, until: Until) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30), notifications=True) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("enter")
        focused = user.app.focused
        await user.press("c")
        await user.dialog(CaptureDialog)
        await user.press(*"Label", "escape")
        assert isinstance(user.app.screen, CaptureDialog)  # asks what becomes of it
        await user.press("ctrl+x")
        await until(pilot, lambda: user.app.screen is user.workspace)
        assert user.app.focused is focused
        assert user.number == 25
