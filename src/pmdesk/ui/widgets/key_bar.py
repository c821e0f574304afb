"""The footer: the keys that matter most where the cursor is, on one line."""

from __future__ import annotations

from rich.cells import cell_len
from textual import events
from textual.binding import ActiveBinding
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from pmdesk.ui.key_groups import as_written
from pmdesk.ui.key_names import shown

_MOST = 7
_ALWAYS = ("keys", "quit")
Key = tuple[str, str, ActiveBinding]


class KeyBar(Widget):
    """Reads the active bindings, so it can't say anything else than the keys do.

    Textual's own footer makes a widget of each key at every change of focus; this draws
    a line.
    """

    def __init__(self) -> None:
        super().__init__()
        self._keys: list[Key] = []
        self._spans: list[tuple[int, int, ActiveBinding]] = []

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, screen: Screen[object]) -> None:
        if screen is not self.screen:
            return
        showing = (one for one in screen.active_bindings.values() if one.binding.show)
        keys = [
            (shown(one.binding.key), one.binding.description, one) for one in as_written(showing)
        ]
        if keys != self._keys:
            self._keys = keys
            self.refresh()

    def render(self) -> Content:
        parts: list[str | Content | tuple[str, str]] = []
        self._spans = []
        at = 1
        for key, words, active in self._fitting():
            length = cell_len(key) + 1 + cell_len(words)
            parts.append(" " if not parts else "   ")
            at += 0 if len(parts) == 1 else 3
            self._spans.append((at, at + length, active))
            at += length
            parts.append((key, "bold $accent" if active.enabled else "$muted 60%"))
            parts.append((f" {words}", "$muted" if active.enabled else "$muted 60%"))
        return Content.assemble(*parts)

    def _fitting(self) -> list[Key]:
        """The first keys, as many as there is room for, before them those that act now; the
        ways to help and out always."""
        always = [key for key in self._keys if key[2].binding.id in _ALWAYS]
        others = [key for key in self._keys if key not in always]
        others.sort(key=lambda key: not key[2].enabled)
        others = others[: _MOST - len(always)]
        room = self.size.width + 2 - sum(_length(key) for key in always)
        for number, key in enumerate(others):
            room -= _length(key)
            if room < 0:
                return others[:number] + always
        return others + always

    async def on_click(self, event: events.Click) -> None:
        for start, end, active in self._spans:
            if start <= event.x < end and active.enabled:
                await self.app.run_action(active.binding.action, active.node)


def _length(key: Key) -> int:
    """Cells of a key with the gap before it."""
    return 3 + cell_len(key[0]) + 1 + cell_len(key[1])
