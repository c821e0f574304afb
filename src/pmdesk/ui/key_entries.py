"""The keys as lines of the help and of the palette: those that work here, those elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.binding import ActiveBinding
from textual.screen import Screen
from textual.widget import Widget

from pmdesk.ui.dialogs.chooser import Entry
from pmdesk.ui.key_groups import key_groups, why_not
from pmdesk.ui.key_names import key_of, shown
from pmdesk.ui.keys import Key, loaded_keys
from pmdesk.ui.messages import Said

if TYPE_CHECKING:
    from pmdesk.ui.workspace import Workspace

_WAYS = {
    "Inbox": ("pane.inbox",), "List": ("pane.inbox",), "Filter": ("pane.inbox", "filter"),
    "Request": ("pane.inbox", "list.open"), "Customers": ("pane.customers",),
    "Tree": ("pane.customers",), "Item": ("pane.customers", "list.open"),
    "Balance": ("pane.balance",), "Picture": ("pane.balance",),
}  # fmt: skip
"""The keys that lead to a part of the screen."""
_IN = {
    "List": "in the lists", "Tree": "in the tree of the customers", "Request": "in a request",
    "Item": "in the item beside the tree", "Filter": "in the filter line",
    "Picture": "in the balance",
}  # fmt: skip


def keys_here(workspace: Screen[Any], *without: str) -> Iterator[Entry]:
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


async def _run(workspace: Screen[Any], active: ActiveBinding) -> None:
    node = active.node
    if not isinstance(node, Widget) or node.is_attached:
        await workspace.app.run_action(active.binding.action, node)


def keys_elsewhere(workspace: Workspace) -> Iterator[Entry]:
    """What other keys do, each told where; choosing one tells how to come there."""
    return (entry for _, entry in _elsewhere(workspace))


def _elsewhere(workspace: Workspace) -> Iterator[tuple[str, Entry]]:
    """With the part of the screen."""
    here = {active.binding.id for active in workspace.active_bindings.values()}
    same: dict[tuple[str, str, str], list[Key]] = {}
    for key in loaded_keys(workspace.app._keymap):
        if key.id not in here and key.where in _WAYS:
            same.setdefault((key.where, key.does, key.action), []).append(key)
    for (where, does, _), keys in same.items():
        names = tuple(shown(name) for key in keys for name in key.keys)
        yield where, Entry(
            f"Elsewhere · {place(where)}", names, does, keys[0].tooltip,
            works_elsewhere(workspace, where, names[0]), elsewhere=True,
        )  # fmt: skip


_PANES = {"pane.customers": 1, "pane.inbox": 2, "pane.balance": 3}


def actions_elsewhere(workspace: Workspace, here: Iterable[Entry]) -> Iterator[Entry]:
    """What the keys of other panes do and none of those here; choosing one goes there, and
    tells the key."""
    words = {entry.words for entry in here}
    for where, entry in _elsewhere(workspace):
        if entry.words not in words and where != "Filter":
            words |= {entry.words}
            way = ", then ".join((*_ways(workspace, where), entry.keys[0]))
            yield replace(
                entry, group="Elsewhere", remark=f"{place(where)}: press {way}", why_not="",
                run=partial(_go, workspace, where, entry),
            )  # fmt: skip


async def _go(workspace: Workspace, where: str, entry: Entry) -> None:
    await workspace.row.to_pane(_PANES[_WAYS[where][0]])
    keys = ", then ".join((*_ways(workspace, where)[1:], entry.keys[0]))
    workspace.row.post_message(Said(f"Here {keys} does it: {entry.words}."))


def place(where: str) -> str:
    """ "in the customers"."""
    return _IN.get(where) or f"in the {where.lower()}"


def works_elsewhere(workspace: Workspace, where: str, key: str) -> str:
    """ "j works in the tree of the customers: press 1, then j."""
    ways = _ways(workspace, where)
    return f"{key} works {place(where)}: press {', then '.join((*ways, key))}."


def _ways(workspace: Workspace, where: str) -> list[str]:
    """The keys that lead to a part of the screen."""
    return [key_of(id_, workspace.app) for id_ in _WAYS[where]]


def elsewhere(workspace: Workspace, key: str, parts: Iterable[Key]) -> str:
    """What a key that does nothing here does elsewhere, and how to come there; empty if it
    does nothing anywhere."""
    name = shown(key)
    for one in parts:
        if one.where in _WAYS and name in (shown(own) for own in one.keys):
            return works_elsewhere(workspace, one.where, name)
    return ""
