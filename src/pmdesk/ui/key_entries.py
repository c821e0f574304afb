"""The keys as lines of the help and of the palette: those that work here, those elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from textual.binding import ActiveBinding
from textual.widget import Widget

from pmdesk.ui.dialogs.chooser import Entry
from pmdesk.ui.key_groups import key_groups, why_not
from pmdesk.ui.key_names import key_of, shown
from pmdesk.ui.keys import Key, loaded_keys

if TYPE_CHECKING:
    from pmdesk.ui.workspace import Workspace

_WAYS = {
    "Inbox": ("pane.inbox",), "List": ("pane.inbox",), "Filter": ("filter",),
    "Request": ("pane.inbox", "list.open"), "Customers": ("pane.customers",),
    "Tree": ("pane.customers",), "Balance": ("pane.balance",), "Picture": ("pane.balance",),
}  # fmt: skip
"""The keys that lead to a part of the screen."""
_IN = {
    "List": "in the lists", "Tree": "in the tree of the customers", "Request": "in a request",
    "Filter": "in the filter line", "Picture": "in the balance",
}  # fmt: skip


def keys_here(workspace: Workspace, *without: str) -> Iterator[Entry]:
    """One line per thing that a key does where the cursor is."""
    for group, lines in key_groups(workspace.active_bindings.values()):
        for same in lines:
            first = same[0]
            if first.binding.id not in without:
                yield Entry(
                    group,
                    tuple(shown(one.binding.key) for one in same),
                    first.binding.description,
                    first.binding.tooltip,
                    why_not(first),
                    run=partial(_run, workspace, first),
                )


async def _run(workspace: Workspace, active: ActiveBinding) -> None:
    node = active.node
    if not isinstance(node, Widget) or node.is_attached:
        await workspace.app.run_action(active.binding.action, node)


def keys_elsewhere(workspace: Workspace) -> Iterator[Entry]:
    """What other keys do, each told where; choosing one tells how to come there."""
    here = {active.binding.id for active in workspace.active_bindings.values()}
    same: dict[tuple[str, str, str], list[Key]] = {}
    for key in loaded_keys(workspace.app._keymap):
        if key.id not in here and key.where in _WAYS:
            same.setdefault((key.where, key.does, key.action), []).append(key)
    for (where, does, _), keys in same.items():
        names = tuple(shown(name) for key in keys for name in key.keys)
        yield Entry(
            f"Elsewhere · {place(where)}", names, does, keys[0].tooltip,
            works_elsewhere(workspace, where, names[0]), elsewhere=True,
        )  # fmt: skip


def place(where: str) -> str:
    """ "in the customers"."""
    return _IN.get(where) or f"in the {where.lower()}"


def works_elsewhere(workspace: Workspace, where: str, key: str) -> str:
    """ "j works in the tree of the customers: press 1, then j."""
    ways = [key_of(id_, workspace.app) for id_ in _WAYS[where]]
    return f"{key} works {place(where)}: press {', then '.join((*ways, key))}."


def elsewhere(workspace: Workspace, key: str, parts: Iterable[Key]) -> str:
    """What a key that does nothing here does elsewhere, and how to come there; empty if it
    does nothing anywhere."""
    name = shown(key)
    for one in parts:
        if one.where in _WAYS and name in (shown(own) for own in one.keys):
            return works_elsewhere(workspace, one.where, name)
    return ""
