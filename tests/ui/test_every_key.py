"""Every key at every place, on an empty desk and on the demo: it does something that can be
seen, or says why not; it never fails. Keys and dialogs are found from the bindings themselves."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from textual import events
from textual.binding import ActiveBinding
from textual.pilot import Pilot
from textual.screen import ModalScreen

from pmdesk.desk import Desk
from pmdesk.ui.app import PmdeskApp
from pmdesk.ui.dialogs.account import AccountForm
from pmdesk.ui.dialogs.capture import CaptureDialog
from pmdesk.ui.dialogs.closing import CloseDialog
from pmdesk.ui.dialogs.copying import CopyDialog
from pmdesk.ui.dialogs.decline import DeclineDialog
from pmdesk.ui.dialogs.evidence import EditEvidenceForm, EvidenceDialog
from pmdesk.ui.dialogs.filing import FilingDialog
from pmdesk.ui.dialogs.gaps import GapsPage
from pmdesk.ui.dialogs.import_files import ImportDialog
from pmdesk.ui.dialogs.interview import InterviewPage
from pmdesk.ui.dialogs.keep import KeepDialog
from pmdesk.ui.dialogs.keys import KeysDialog
from pmdesk.ui.dialogs.kind import KindDialog
from pmdesk.ui.dialogs.market import MarketForm
from pmdesk.ui.dialogs.measure import MeasureForm
from pmdesk.ui.dialogs.moving import MoveDialog
from pmdesk.ui.dialogs.node import NodeForm
from pmdesk.ui.dialogs.outline import OutlineDialog
from pmdesk.ui.dialogs.palette import Palette, Themes
from pmdesk.ui.dialogs.park import ParkDialog
from pmdesk.ui.dialogs.priorities import PrioritiesPage
from pmdesk.ui.dialogs.product import ProductForm
from pmdesk.ui.dialogs.put_off import PutOffDialog
from pmdesk.ui.dialogs.reading import ReadingForm
from pmdesk.ui.dialogs.referee import RefereePage
from pmdesk.ui.dialogs.requirement import RequirementForm
from pmdesk.ui.dialogs.solution import SolutionForm
from pmdesk.ui.dialogs.trace import TracePage
from pmdesk.ui.dialogs.value_statement import ValuePage
from pmdesk.ui.dialogs.views import ViewsDialog
from pmdesk.ui.dialogs.vision import PortfolioForm
from pmdesk.ui.key_groups import why_not
from pmdesk.ui.key_names import character
from pmdesk.ui.keys import _classes, chains, parts
from pmdesk.ui.widgets.filter_line import FilterLine
from pmdesk.ui.workspace import Workspace

from .sitting import Session

if TYPE_CHECKING:
    from tests.ui.conftest import Until

PLACES = {
    "list": ("2",),
    "request": ("2", "enter"),
    "filter": ("2", "slash"),
    "tree": ("1",),
    "item": ("1", "enter"),
    "picture": ("3",),
}
MOVING = {
    "move", "first", "last", "page", "page_up", "page_down", "cursor_up", "cursor_down",
    "scroll_up", "scroll_down", "scroll_home", "scroll_end", "turn_page", "choose",
    "app.focus_next", "app.focus_previous", "down", "up", "complete", "take", "indent",
}  # fmt: skip
"""Actions that may have nowhere to go: on an empty desk, and in a dialog of one line."""
ANYWHERE: dict[str, type[object]] = {
    "capture": CaptureDialog, "copy": CopyDialog, "import": ImportDialog, "keys": KeysDialog,
    "palette": Palette, "palette.anywhere": Palette,
}  # fmt: skip
OF_REQUESTS: dict[str, type[object]] = {
    "view.choose": ViewsDialog, "inbox.do": KeepDialog, "inbox.park": ParkDialog,
    "inbox.decline": DeclineDialog,
}  # fmt: skip
OF_A_GOAL: dict[str, type[object]] = {
    "view.choose": ViewsDialog, "customers.add": KindDialog, "customers.note": EvidenceDialog,
    "customers.edit": NodeForm, "customers.editor": NodeForm, "customers.trace": TracePage,
    "customers.gaps": GapsPage, "customers.outline": OutlineDialog, "customers.move": MoveDialog,
    "customers.close": CloseDialog, "customers.reading": ReadingForm,
    "customers.solution": SolutionForm, "customers.priorities": PrioritiesPage,
    "customers.interview": InterviewPage, "customers.value": ValuePage,
}  # fmt: skip
ON_NOTHING: dict[str, type[object]] = {
    "view.choose": ViewsDialog, "customers.add": KindDialog, "customers.gaps": GapsPage,
    "customers.outline": OutlineDialog, "customers.priorities": PrioritiesPage,
    "customers.requirement": ProductForm,
}  # fmt: skip
"""What opens where there are no customers yet."""
DIALOGS: dict[str, dict[str, type[object]]] = {
    "list": ANYWHERE | OF_REQUESTS,
    "request": ANYWHERE | OF_REQUESTS,
    "filter": {"palette.anywhere": Palette},
    "tree": ANYWHERE | OF_A_GOAL,
    "item": ANYWHERE | OF_A_GOAL,
    "picture": ANYWHERE,
}
"""What opens on the demo, by the key's name."""
NEED_A_REQUEST = {"copy", "inbox.do", "inbox.park", "inbox.decline"}
"""These open nothing on an empty desk."""
OVER: dict[type[object], tuple[str, ...]] = {
    AccountForm: ("account 1", "e"), EditEvidenceForm: ("evidence 1", "e"),
    MarketForm: ("market 1", "e"), MeasureForm: ("measure 1", "e"), NodeForm: ("G1", "e"),
    PortfolioForm: ("portfolio", "e"), ProductForm: ("product 1", "e"),
    ReadingForm: ("reading 1", "e"), RequirementForm: ("R1", "e"), SolutionForm: ("S1", "e"),
    CloseDialog: ("R1", "C"), EvidenceDialog: ("N1", "n"), KindDialog: ("G1", "a"),
    MoveDialog: ("N1", "M"), OutlineDialog: ("G1", "A"),
    FilingDialog: ("account 1 executive", "I", "f"), InterviewPage: ("account 1 executive", "I"),
    GapsPage: ("G4", "exclamation_mark"), PutOffDialog: ("G4", "exclamation_mark", "s"),
    PrioritiesPage: ("R1", "P"), RefereePage: ("R1", "P", "b"), TracePage: ("N1", "T"),
    ValuePage: ("S1", "V"),
}  # fmt: skip
"""What opens over the customers: on which thing, by which keys."""
_PATIENCE = 3
"""Seconds until a key counts as silent."""


class Walker:
    """Presses keys as fast as they are worked through, and sees what they do."""

    def __init__(self, user: Session) -> None:
        self.user = user
        self.app = user.app
        self.left = 0
        self.app.exit = self._exit  # type: ignore[method-assign]

    def _exit(self, *_: Any, **__: Any) -> None:
        self.left += 1

    async def press(self, *keys: str) -> None:
        for key in keys:
            self.app.post_message(events.Key(key, character(key) or None))
            await asyncio.sleep(0)
            await self._settled()

    async def _settled(self) -> None:
        for _ in range(3):  # the key arrives, is heard, and is worked through
            await asyncio.sleep(0.001)
            if (going_on := self.app._keys._going_on) is not None and not going_on.done():
                await asyncio.wait((going_on,), timeout=2)

    def seen(self) -> list[object]:
        """What a person would see."""
        workspace = self.app.workspace
        lines = self.app.screen._compositor.render_strips()
        return [
            self.app.screen, self.app.focused, workspace.status.sentence, self.user.toast,
            self.left, [[*strip] for strip in lines],
        ]  # fmt: skip

    async def does(self, *keys: str, patience: float = 0.2) -> bool:
        """Whether pressing the last of the keys can be seen in so many seconds."""
        *before, key = keys
        await self.press(*before)
        seen = self.seen()
        await self.press(key)
        end = time.monotonic() + patience
        while self.seen() == seen:
            if time.monotonic() > end:
                return False
            await asyncio.sleep(0.02)
        return True

    async def until(self, condition: Callable[[], bool]) -> None:
        end = time.monotonic() + _PATIENCE
        while not condition() and time.monotonic() < end:
            await asyncio.sleep(0.01)

    async def dialog(self, expected: type[object] | None) -> type[object] | None:
        """The dialog that stands, given time where one is expected; None where none does."""
        if expected:
            await self.until(
                lambda: type(self.app.screen) is expected and self.app.focused is not None
            )
        return None if isinstance(self.app.screen, Workspace) else type(self.app.screen)

    async def go_to(self, place: str) -> None:
        """There again, whatever the last key did."""
        await self.close()
        workspace = self.app.workspace
        workspace.inbox.query_one(FilterLine).clear()
        workspace.inbox.requests.unmark()
        if place in ("tree", "item"):
            await self.press("1")
            await self.go_to_a_goal()
        self.app.clear_notifications()
        workspace.set_focus(workspace.inbox.requests)
        await self.press(*PLACES[place])
        workspace.status.tell("")

    async def go_to_a_goal(self) -> None:
        """In the view by market; nowhere on an empty desk."""
        customers = self.app.workspace.customers
        await self.until(lambda: customers.counts is not None)
        customers.tree_widget.unmark()
        if customers.view != "market":
            customers.show_view(0)
        if not customers.blank:
            await customers.go_to("G1").wait()

    async def close(self) -> None:
        while not isinstance(self.app.screen, Workspace):
            await self.app.pop_screen()

    def bindings(self) -> list[ActiveBinding]:
        return [one for one in self.app.screen.active_bindings.values() if one.binding.id]

    def check(self, key: str) -> None:
        said = self.app.workspace.status.sentence
        assert "fault of pmdesk" not in said, f"{key}: {said}"
        assert self.app._exception is None, key


@asynccontextmanager
async def walking(desk: Desk, until: Until) -> AsyncIterator[Walker]:
    app = PmdeskApp(desk)
    async with app.run_test(size=(100, 18)) as pilot:
        pilot_: Pilot[None] = pilot
        yield Walker(await Session(pilot_, until).ready())


@pytest.fixture(params=["empty", "demo"])
def any_desk(request: pytest.FixtureRequest) -> Desk:
    found: Desk = request.getfixturevalue("desk" if request.param == "empty" else "demo")
    return found


@pytest.fixture(autouse=True)
def nothing_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("EDITOR", "true")
    monkeypatch.setenv("PATH", str(tmp_path))  # no program of this machine


@pytest.mark.parametrize("place", PLACES)
async def test_every_key_does_something_or_says_why_not(
    place: str, any_desk: Desk, until: Until
) -> None:
    async with walking(any_desk, until) as walker:
        await walker.go_to(place)
        check_reasons(walker)
        check_chain(walker)
        empty = not walker.user.rows
        silent: list[str] = []
        customers = place in ("tree", "item")
        expected = ANYWHERE | ON_NOTHING if empty and customers else DIALOGS[place]
        if empty:
            expected = {name: one for name, one in expected.items() if name not in NEED_A_REQUEST}
        opened: dict[str, type[object]] = {}
        for active in walker.bindings():
            key = active.binding.key
            moves = _moves(active)
            if moves and (empty or place == "item"):
                await walker.press(key)
                continue
            await walker.go_to(place)
            # from the end, where at the beginning there is nowhere to go
            done = await walker.does(key, patience=0.2 if moves else _PATIENCE) or (
                moves and (await walker.does("G", key) or await walker.does("g", key))
            )
            walker.check(key)
            name = active.binding.id or ""
            if (dialog := await walker.dialog(expected.get(name))) is not None:
                opened[name] = dialog
            if not done:
                silent.append(f"{key} {active.binding.id}")
            if name == "customers.delete":
                await walker.press("u")
        walker.check("the moving keys")
        assert silent == []
        assert opened == expected


def check_reasons(walker: Walker) -> None:
    """A dead key has its reason."""
    for active in walker.bindings():
        if not active.enabled:
            reason = why_not(active)
            assert reason.endswith("."), active.binding.id
            assert reason != "It can't be done here.", active.binding.id


def check_chain(walker: Walker) -> None:
    """What hears a key here is among what the settings' keys are checked against."""
    assert walker.app.focused is not None
    heard = [type(node) for node in walker.app.focused.ancestors_with_self]
    bind = {one for step in heard for one in step.__mro__ if one in parts()}
    assert any(bind <= set(chain) for chain in chains()), bind


async def test_every_key_of_every_dialog(demo: Desk, until: Until) -> None:
    async with walking(demo, until) as walker:
        await walker.go_to("list")
        keys = {one.binding.id: one.binding.key for one in walker.bindings()}
        for name, dialog in DIALOGS["list"].items():
            await walk_over(walker, dialog, ("list", keys[name]))
        for dialog, opened_by in OVER.items():
            await walk_over(walker, dialog, opened_by)
    walked = {*DIALOGS["list"].values(), *OVER}
    concrete = {one for one in _classes(ModalScreen) if not one.__subclasses__()}
    assert concrete == walked | {Themes}


async def walk_over(walker: Walker, dialog: type[object], opened_by: tuple[str, ...]) -> None:
    """Presses every key over a dialog or page, which is opened again where that closed it."""
    silent: list[str] = []
    await open_anew(walker, dialog, opened_by)
    check_chain(walker)
    for active in walker.bindings():
        if type(walker.app.screen) is not dialog:
            await open_anew(walker, dialog, opened_by)
        key = active.binding.key
        if not active.enabled or _moves(active):
            await walker.press(key)
        elif not await walker.does(key, patience=_PATIENCE):
            silent.append(f"{dialog.__name__}: {key} {active.binding.id}")
        walker.check(key)
    assert silent == []


async def open_anew(walker: Walker, dialog: type[object], opened_by: tuple[str, ...]) -> None:
    place, *keys = opened_by
    if place in PLACES:
        await walker.go_to(place)
    else:
        await walker.close()
        await walker.press("1")
        await walker.app.workspace.customers.go_to(place).wait()
    for key in keys:
        stood = walker.app.screen
        await walker.press(key)
        await walker.until(lambda stood=stood: walker.app.screen is not stood)  # type: ignore[misc]
    assert await walker.dialog(dialog) is dialog, opened_by


def _moves(active: ActiveBinding) -> bool:
    return active.binding.action.partition("(")[0] in MOVING and "customers." not in (
        active.binding.id or ""
    )
