"""`?`: every key that works here, from the bindings themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from pmdesk.ui.dialogs.dialog import Dialog
from pmdesk.ui.key_groups import key_groups
from pmdesk.ui.widgets.cells import fit


class KeysDialog(Dialog[None]):
    """A scrolling table, one group per place. `?` again leaves it too."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "leave", "Leave it", id="keys.leave", show=False),
    ]

    def __init__(self, bindings: Mapping[str, ActiveBinding]) -> None:
        super().__init__("Keys", "what works where you are", "↑ ↓ scroll · esc leaves it")
        self.bindings = tuple(bindings.values())

    def body(self) -> Iterator[Widget]:
        with VerticalScroll():
            yield Static(self._table(), markup=False)

    def _table(self) -> Content:
        parts: list[tuple[str, str]] = []
        for group, lines in key_groups(self.bindings):
            parts.append((f"\n{group}\n" if parts else f"{group}\n", "bold $foreground"))
            for same in lines:
                keys = " ".join(self.app.get_key_display(active.binding) for active in same)
                binding = same[0].binding
                parts.append((fit(f"  {keys}", 18), "$accent"))
                parts.append((f" {binding.tooltip or binding.description}\n", "$foreground"))
        return Content.assemble(*parts)
