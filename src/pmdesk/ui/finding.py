"""Keys, palette, and the way to what was found there, for the workspace.

What the first paint does without is imported where it is used.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events

from pmdesk.requests.queries import VIEWS
from pmdesk.ui.key_groups import why_not
from pmdesk.ui.key_names import key_of, shown
from pmdesk.ui.messages import Said
from pmdesk.ui.widgets.filter_line import FilterLine
from pmdesk.ui.work import begin, living_on

if TYPE_CHECKING:
    from pmdesk.ui.dialogs.chooser import Chooser, Entry
    from pmdesk.ui.workspace import Workspace

_LOOKS = 0.03
"""Seconds between two looks for a request among those that are still being listed."""


@dataclass(frozen=True, slots=True)
class Command:
    """Something that the palette does and no key."""

    words: str
    about: str
    run: Callable[[], Awaitable[object] | object]


class Finding:
    """Opens the help and the palette, and goes to what is chosen there."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def keys(self) -> None:
        from pmdesk.ui.dialogs.keys import KeysDialog

        self._open(KeysDialog(self._workspace, self._workspace.app.screen))

    def palette(self) -> None:
        from pmdesk.ui.dialogs.palette import Palette

        self._open(Palette(self._workspace))

    def themes(self) -> None:
        from pmdesk.ui.dialogs.palette import Themes

        self._open(Themes(self._workspace))

    def commands(self) -> Iterable[Command]:
        return (
            *(Command(*left) for left in self._workspace.changes.left()),
            Command("Theme", "dark, light and others", self.themes),
            Command("Back up the desk", "a checked copy beside it", self._back_up),
        )

    def _back_up(self) -> None:
        workspace = self._workspace
        begin(workspace, workspace.work.importing.back_up, "backup", exclusive=False)

    def _open(self, chooser: Chooser) -> None:
        async def chosen(entry: Entry | None) -> None:
            if entry is not None and entry.run is not None:
                with living_on(self._workspace):
                    doing = entry.run()
                    if isinstance(doing, Awaitable):
                        await doing

        self._workspace.app.push_screen(chooser, chosen)

    # Dead keys ------------------------------------------------------------------------------

    def why_dead(self, event: events.Key) -> str:
        """Why a key that no binding took does nothing here; empty for what is neither a key
        of ours nor a character."""
        workspace = self._workspace
        if (active := workspace.active_bindings.get(event.key)) is not None:
            return why_not(active)
        if event.key == "escape":
            return "Nothing to leave here."
        from pmdesk.ui.key_entries import elsewhere
        from pmdesk.ui.keys import loaded_keys

        said = elsewhere(workspace, event.key, loaded_keys(workspace.app._keymap))
        if said or not event.is_printable:
            return said
        help_ = key_of("keys", workspace.app)
        return f"{shown(event.key)} is no key here; {help_} lists them."

    # Going there ----------------------------------------------------------------------------

    async def go_to_request(self, request: int) -> None:
        """In the view that shows, if it is there, else among all."""
        workspace, inbox = self._workspace, self._workspace.inbox
        await workspace.row.to_pane(2)
        if request in inbox.requests.ids:
            inbox.go_to(request)
            return
        before = inbox.requests.ids
        inbox.query_one(FilterLine).clear()
        inbox.show_view(VIEWS.index("all"))
        begin(workspace, lambda: self._follow(request, before), "go to request")

    async def _follow(self, request: int, before: object) -> None:
        """A long view is listed piece by piece: waits for the piece that holds the request,
        unless the person goes on meanwhile."""
        inbox = self._workspace.inbox
        while inbox.view == "all":
            requests = inbox.requests
            listing = any(
                one.group == "inbox.load" and not one.is_finished for one in inbox.workers
            )
            if requests.ids is not before:
                if request in requests.ids:
                    inbox.go_to(request)
                    return
                if requests.cursor:
                    return
            if not listing:
                inbox.post_message(Said("That request is not here any more.", warning=True))
                return
            await asyncio.sleep(_LOOKS)

    async def go_to_customers(self, key: str) -> None:
        """To a thing by its key: a code, "market 3"."""
        await self._workspace.row.to_pane(1)
        self._workspace.customers.go_to(key)
