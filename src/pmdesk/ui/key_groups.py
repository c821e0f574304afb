"""The keys that work where the cursor is, by the part of the screen that hears them."""

from __future__ import annotations

from collections.abc import Iterable

from textual.binding import ActiveBinding

_MOVING = ("List", "Tree", "Request", "Picture")
"""Told last: who knows one list knows all."""

Group = tuple[str, list[list[ActiveBinding]]]


def key_groups(active: Iterable[ActiveBinding]) -> list[Group]:
    """Title of a part, and its keys; those that do the same are together."""
    groups: dict[str, dict[str, list[ActiveBinding]]] = {}
    for one in active:
        if one.binding.id and one.binding.description:
            lines = groups.setdefault(one.node.BINDING_GROUP_TITLE or "Everywhere", {})
            lines.setdefault(one.binding.action, []).append(one)
    ordered = sorted(groups.items(), key=lambda group: group[0] in _MOVING)
    return [(title, [*lines.values()]) for title, lines in ordered]
