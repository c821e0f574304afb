"""The key table, made of the same bindings as the footer, the help and the palette."""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding
from textual.dom import DOMNode

from pmdesk.ui.panes.balance import Balance
from pmdesk.ui.panes.customers import CustomerTree
from pmdesk.ui.panes.inbox import Inbox
from pmdesk.ui.widgets.filter_line import FilterLine
from pmdesk.ui.widgets.virtual_list import VirtualList
from pmdesk.ui.workspace import Workspace

_PLACES: tuple[type[DOMNode], ...] = (
    Workspace, VirtualList, Inbox, FilterLine, CustomerTree, Balance,
)  # fmt: skip
_SIGNS = {
    "slash": "/", "colon": ":", "question_mark": "?", "left_square_bracket": "[",
    "right_square_bracket": "]", "less_than_sign": "<", "greater_than_sign": ">",
    "full_stop": ".", "up": "↑", "down": "↓", "left": "←", "right": "→", "escape": "esc",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class KeyLine:
    """What one action is done with."""

    where: str
    keys: str
    does: str
    id: str
    """What the settings call the first of its bindings."""


def key_table() -> list[KeyLine]:
    """Every key of the workspace, by the place where it works."""
    lines: list[KeyLine] = []
    for place in _PLACES:
        same: dict[str, list[Binding]] = {}
        for made in Binding.make_bindings(place.__dict__["BINDINGS"]):
            same.setdefault(made.action, []).append(made)
        for bindings in same.values():
            keys = " ".join(_SIGNS.get(one.key, one.key) for one in bindings)
            first = bindings[0]
            does = first.tooltip or first.description
            lines.append(KeyLine(place.BINDING_GROUP_TITLE or "", keys, does, first.id or ""))
    return lines
