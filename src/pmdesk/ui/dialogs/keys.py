"""`?`: every key that works here, from the bindings themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from textual.binding import ActiveBinding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.dom import DOMNode
from textual.widget import Widget
from textual.widgets import Static

from pmdesk.ui.dialogs.dialog import Dialog
from pmdesk.ui.widgets.cells import fit


class KeysDialog(Dialog[None]):
    """A scrolling table, one group per place."""

    def __init__(self, bindings: Mapping[str, ActiveBinding]) -> None:
        super().__init__("Keys", "what works where you are", "↑ ↓ scroll · esc leaves it")
        self.bindings = tuple(bindings.values())

    def body(self) -> Iterator[Widget]:
        with VerticalScroll():
            yield Static(self._table(), markup=False)

    def _table(self) -> Content:
        groups: dict[str, dict[str, list[ActiveBinding]]] = {}
        for active in self.bindings:
            if active.binding.id and active.binding.description:
                lines = groups.setdefault(_group(active.node), {})
                lines.setdefault(active.binding.action, []).append(active)
        parts: list[tuple[str, str]] = []
        for group, lines in sorted(groups.items(), key=lambda one: one[0] in _MOVING):
            parts.append((f"\n{group}\n" if parts else f"{group}\n", "bold $foreground"))
            for same in lines.values():
                keys = " ".join(self.app.get_key_display(active.binding) for active in same)
                binding = same[0].binding
                parts.append((fit(f"  {keys}", 18), "$accent"))
                parts.append((f" {binding.tooltip or binding.description}\n", "$foreground"))
        return Content.assemble(*parts)


_MOVING = ("List", "Tree")
"""Told last: who knows one list knows all."""


def _group(node: DOMNode) -> str:
    return node.BINDING_GROUP_TITLE or "Everywhere"
