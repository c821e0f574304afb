"""What the keys of the customers come to: which dialog or page opens, which change is made.

Each `dialog_for` is given the hierarchy and the keys of the things it is about, and gives a
dialog or a page, or the action itself where nothing is to be asked; RefusedError says why not.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from pmdesk.errors import RefusedError
from pmdesk.ui.work import begin, living_on

if TYPE_CHECKING:
    from pmdesk.customers.hierarchy import Hierarchy
    from pmdesk.customers.kinds import ThingKind
    from pmdesk.desk import Action
    from pmdesk.ui.dialogs.dialog import Dialog
    from pmdesk.ui.dialogs.page import Page
    from pmdesk.ui.workspace import Workspace

Keys = tuple[str, ...]


class CustomerChanges:
    """Answers what the customers' pane and the pages over it ask for."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def answer(self, what: str, keys: Keys) -> None:
        """`what` is the name of an action of the customers' pane."""
        with living_on(self._workspace.app.screen):
            self._answer(what, keys)

    def _answer(self, what: str, keys: Keys) -> None:
        match what:
            case "undo" | "redo":
                self._workspace.changes.turn(back=what == "undo")
                return
            case "copy page":
                begin(self._workspace, self._copy_page, "copy", exclusive=False)
                return
        hierarchy = self._workspace.held.hierarchy
        if hierarchy is None:
            raise RefusedError("The hierarchy is still being read: try again in a moment.")
        if what == "add":
            self._add(hierarchy, keys)
        else:
            self._open(self._asked_for(what, hierarchy, keys))

    def _asked_for(
        self, what: str, hierarchy: Hierarchy, keys: Keys
    ) -> Dialog[Any] | Page | Action:
        raise RefusedError(f"“{what}” comes with a later change.")

    def _add(self, hierarchy: Hierarchy, keys: Keys) -> None:
        """Which kind, where several may stand there; then its form."""

    def _open(self, opened: Dialog[Any] | Page | Action) -> None:
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

    def _kinds(self, hierarchy: Hierarchy, key: str) -> tuple[ThingKind, ...]:
        raise NotImplementedError

    def tell(self, hierarchy: Hierarchy) -> None:
        """It has been read anew: to whatever shows something of it."""
        from pmdesk.ui.dialogs.page import Page

        for screen in self._workspace.app.screen_stack:
            if isinstance(screen, Page):
                screen.tell(hierarchy)
