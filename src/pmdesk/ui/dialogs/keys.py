"""`?`: every key that works here, found by its words, done by `enter`; those elsewhere below."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from textual import events, on
from textual.screen import Screen
from textual.widgets import Input

from pmdesk.ui.dialogs.chooser import Chooser, Entry
from pmdesk.ui.key_entries import keys_elsewhere, keys_here
from pmdesk.ui.key_names import keys_of, shown

if TYPE_CHECKING:
    from pmdesk.ui.workspace import Workspace


class KeysDialog(Chooser):
    """The key that opened it leaves it too, as long as it is no letter of what is typed."""

    def __init__(self, workspace: Workspace, here: Screen[Any]) -> None:
        """`here` is the workspace, or a page over it."""
        super().__init__("Keys", "what works where you are", "a word, a key, a part of the screen")
        elsewhere = keys_elsewhere(workspace) if here is workspace else ()
        self._all = (*keys_here(here, "keys", "page.keys"), *elsewhere)

    def entries(self) -> Iterable[Entry]:
        return self._all

    @on(Input.Changed)
    def _opened_by(self, event: Input.Changed) -> None:
        if event.value in keys_of("keys", self.app):
            self.dismiss(None)

    def on_key(self, event: events.Key) -> None:
        if shown(event.key) in keys_of("keys", self.app):
            event.stop()  # else it would open it again
            self.dismiss(None)
