"""The keys that work where the cursor is, by the part of the screen that hears them."""

from __future__ import annotations

from collections.abc import Iterable

from textual.binding import ActiveBinding

from pmdesk.ui.key_names import written_order

_MOVING = ("List", "Lines", "Tree", "Request", "Picture", "Panes")
"""Told last: who knows one list knows all."""
_UNSAID = "It can't be done here."

Group = tuple[str, list[list[ActiveBinding]]]


def key_groups(active: Iterable[ActiveBinding]) -> list[Group]:
    """Title of a part, and its keys; those that do the same are together."""
    groups: dict[str, dict[str, list[ActiveBinding]]] = {}
    for one in as_written(active):
        if one.binding.id and one.binding.description:
            lines = groups.setdefault(one.node.BINDING_GROUP_TITLE or "Everywhere", {})
            lines.setdefault(one.binding.action, []).append(one)
    ordered = sorted(groups.items(), key=lambda group: group[0] in _MOVING)
    return [(title, [*lines.values()]) for title, lines in ordered]


def as_written(active: Iterable[ActiveBinding]) -> list[ActiveBinding]:
    """By part, from the cursor upwards; in each as its class has them."""
    bindings = [*active]
    parts = {id(one.node): place for place, one in reversed([*enumerate(bindings)])}

    def place(one: ActiveBinding) -> tuple[int, int]:
        return parts[id(one.node)], written_order(type(one.node)).get(one.binding.id, 0)

    return sorted(bindings, key=place)


def why_not(active: ActiveBinding) -> str:
    """Why an action can't be done now, as its node says it; empty if it can."""
    if active.enabled:
        return ""
    says = getattr(active.node, "why_not", None)
    action = active.binding.action.partition("(")[0]
    return (says(action) if says else "") or _UNSAID
