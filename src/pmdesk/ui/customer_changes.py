"""What the keys of the customers come to: which dialog or page opens, which change is made.

Each `dialog_for` is given the hierarchy and the keys of the things it is about, and gives a
dialog or a page, or the action itself where nothing is to be asked; RefusedError says why not.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from pmdesk.errors import RefusedError
from pmdesk.ui.hierarchy import Follows
from pmdesk.ui.key_names import key_of
from pmdesk.ui.work import begin, living_on

if TYPE_CHECKING:
    from concurrent.futures import Future
    from datetime import date

    from pmdesk.customers.hierarchy import Hierarchy
    from pmdesk.customers.kinds import ThingKind
    from pmdesk.desk import Action
    from pmdesk.drafts import Draft
    from pmdesk.store.writing import Done
    from pmdesk.ui.dialogs.dialog import Dialog
    from pmdesk.ui.dialogs.page import Page
    from pmdesk.ui.workspace import Workspace

    Opened = Dialog[Any] | Page | Action

Keys = tuple[str, ...]
_PATIENCE = 0.9
"""Seconds after which the cursor stands wherever it came to: fewer than `type_ahead` has."""


class CustomerChanges:
    """Answers what the customers' pane and the pages over it ask for."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._desk = workspace.desk
        self._showing: set[asyncio.Task[object]] = set()
        """What the next key waits for."""
        self._about: Keys = ()
        """What was asked for last is about these."""

    @property
    def _hierarchy(self) -> Hierarchy:
        if (hierarchy := self._workspace.held.hierarchy) is None:
            raise RefusedError("The hierarchy is still being read: try again in a moment.")
        return hierarchy

    def answer(self, what: str, keys: Keys) -> None:
        """`what` is the name of an action of the customers' pane, or of a page."""
        self._about = keys
        with living_on(self._workspace.app.screen):
            match what:
                case "undo" | "redo":
                    self._workspace.changes.turn(back=what == "undo")
                case "keys":
                    self._workspace.finding.keys()
                case "copy page":
                    begin(self._workspace, self._copy_page, "copy", exclusive=False)
                case _ if not self._workspace.held.is_fresh:
                    self.hold(self._answer_fresh(what, keys))
                case _:
                    self._answer(what, keys)

    async def _answer_fresh(self, what: str, keys: Keys) -> None:
        """A form with what was just changed would take that back."""
        await self._workspace.held.fresh()
        with living_on(self._workspace.app.screen):
            self._answer(what, keys)

    def _answer(self, what: str, keys: Keys) -> None:
        if what == "add":
            self._add(keys)
        else:
            from pmdesk.ui.customer_dialogs import opened_by

            self.open(opened_by(what, self._hierarchy, keys, self._today))

    def open(self, opened: Opened) -> None:
        """Opens a dialog or a page, or does at once what needs neither."""
        from pmdesk.ui.dialogs.dialog import Dialog
        from pmdesk.ui.dialogs.page import Page

        if isinstance(opened, Dialog):
            self._workspace.changes.open(opened)
        elif isinstance(opened, Page):
            opened.answer = self.answer
            self._workspace.app.push_screen(opened, self._left_page)
        else:
            self._workspace.changes.perform(opened)

    def _left_page(self, key: str | None) -> None:
        if key:
            go = partial(self._workspace.finding.go_to_customers, key)
            begin(self._workspace, go, "go to")

    async def _copy_page(self) -> None:
        from pmdesk.ui.dialogs.copying import copy_of
        from pmdesk.ui.dialogs.page import Page

        page = self._workspace.app.screen
        if isinstance(page, Page):
            await copy_of(page, self._workspace)

    # Adding -------------------------------------------------------------------------------

    def _add(self, keys: Keys) -> None:
        """Which kind, also where only one may stand there: the letters learned are keys of
        that dialog, and would be typed into a form. Then the form."""
        from pmdesk.ui.dialogs.kind import KindDialog

        key = keys[0] if keys else ""
        dialog = KindDialog(self._hierarchy, key)
        self._workspace.app.push_screen(dialog, partial(self._add_kind, key))

    def _add_kind(self, key: str, kind: ThingKind | None) -> None:
        from pmdesk.ui.dialogs.forms import form_to_add

        if kind is not None:
            with living_on(self._workspace.app.screen):
                self.open(form_to_add(self._hierarchy, kind, key, self._today))

    def go_on(self, draft: Draft) -> None:
        """Opens the dialog that a draft was typed into."""
        from pmdesk.ui.customer_dialogs import taken_up

        self._about = ()
        with living_on(self._workspace):
            dialog = taken_up(draft, self._hierarchy, self._today)
            self._workspace.changes.open(dialog, draft)

    # What a change came to ----------------------------------------------------------------

    def follow(self, doing: Future[Done], asked: bool = False) -> None:
        """Puts the cursor on what is changed, if it is there still; the next key waits for it,
        since it is meant for that. Marks go from what was `asked` to be changed, and is."""
        self.hold(self._follow(doing, self._about if asked else ()))

    async def _follow(self, doing: Future[Done], about: Keys) -> None:
        with suppress(Exception):  # whoever asked for the change says so
            done = await asyncio.shield(asyncio.wrap_future(doing))
            if about and not self._workspace.customers.SHOWS.isdisjoint(done.rows):
                self._workspace.customers.acted_on(about)
            if key := await self._changed(done):
                self._workspace.customers.go_to(key)

    async def _changed(self, done: Done) -> str:
        """The key of what was changed, if the view that shows has a line for it, else of what
        it belongs to; empty where it is gone, stands in other views, or is nothing of the
        customers."""
        from pmdesk.customers.browsing.paths import path_of
        from pmdesk.customers.queries import keys_of_row

        for table, ids in [*done.rows.items()][:1]:  # what was asked for comes first
            keys = await asyncio.wrap_future(self._desk.asking(keys_of_row, table, ids[0]))
            view = self._workspace.customers.view
            asking = self._desk.asking(path_of, view, keys, self._today)
            found = await asyncio.wrap_future(asking)
            return found[0] if found else ""
        return ""

    async def seen_in(self, done: Done) -> str:
        """Which key shows what was added, where the view that shows has no line for it."""
        from pmdesk.customers.browsing.paths import path_of
        from pmdesk.customers.browsing.twigs import VIEWS

        table, ids = next(iter(done.rows.items()), ("", ()))
        view = self._workspace.customers.view
        if table not in ("account", "solution", "product") or table == view or not ids:
            return ""
        from pmdesk.customers.queries import keys_of_row

        keys = await asyncio.wrap_future(self._desk.asking(keys_of_row, table, ids[0]))
        found = await asyncio.wrap_future(self._desk.asking(path_of, view, keys, self._today))
        if not keys or found:
            return ""
        ahead = VIEWS.index(view) < VIEWS.index(table)
        key = key_of("view.next" if ahead else "view.previous", self._workspace.app)
        return f"{key} shows it by {table}"

    def go_on_with(self, doing: Future[Done], then: Keys) -> None:
        """When that is done, asks for what it came before; the next key waits for it."""
        self.hold(self._go_on_with(doing, then))

    async def _go_on_with(self, doing: Future[Done], then: Keys) -> None:
        with suppress(Exception):  # whoever asked for the change says so
            await asyncio.shield(asyncio.wrap_future(doing))
            self._workspace.held.hear(frozenset({"product"}))  # it may not have been told yet
            self.answer(then[0], then[1:])

    # What is typed meanwhile --------------------------------------------------------------

    def hold(self, work: Coroutine[Any, Any, object]) -> None:
        """The next key waits for this."""
        showing = asyncio.create_task(work)
        self._showing |= {showing}
        showing.add_done_callback(self._showing.discard)

    async def shown(self) -> bool:
        """Returns when the cursor stands where it was sent and nothing else is waited for;
        whether anything was."""
        landed = self._workspace.customers.landed
        if self._showing:
            await asyncio.wait(self._showing)
        elif landed.is_set():
            return False
        try:
            await asyncio.wait_for(landed.wait(), _PATIENCE)
        except TimeoutError:
            landed.set()  # the next key needn't wait for it again
        return True

    def tell(self, hierarchy: Hierarchy) -> None:
        """It has been read anew: to whatever shows something of it."""
        for screen in self._workspace.app.screen_stack:
            if isinstance(screen, Follows):
                screen.tell(hierarchy)

    @property
    def _today(self) -> date:
        return self._desk.clock.today()
