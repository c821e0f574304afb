"""The key table, gathered from the bindings of the workspace: there is no other list of keys."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module

from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import format_key

import pmdesk.ui

_FIRST = ("Everywhere", "List", "Tree")


@dataclass(frozen=True, slots=True)
class Key:
    """What one binding is for."""

    where: str
    keys: tuple[str, ...]
    does: str
    id: str
    """By this a setting remaps it."""


def key_table() -> list[Key]:
    """Every key of every part of the screen, the general ones first."""
    keys = [key for part in _parts() for key in _keys_of(part)]
    order = {where: place for place, where in enumerate(_FIRST)}
    return sorted(keys, key=lambda key: (order.get(key.where, len(order)), key.where))


def _parts() -> Iterator[type[DOMNode]]:
    """Every class of the screen that binds keys of its own."""
    for module in pkgutil.walk_packages(pmdesk.ui.__path__, "pmdesk.ui."):
        for _name, part in inspect.getmembers(import_module(module.name), inspect.isclass):
            if (
                part.__module__ == module.name
                and issubclass(part, DOMNode)
                and "BINDINGS" in vars(part)
            ):
                yield part


def _keys_of(part: type[DOMNode]) -> Iterator[Key]:
    where = part.BINDING_GROUP_TITLE or "Everywhere"
    for binding in part.BINDINGS:
        if isinstance(binding, Binding):
            keys = tuple(_shown(key) for key in binding.key.split(","))
            does = f"{binding.description}: {binding.tooltip}" if binding.tooltip else None
            yield Key(where, keys, does or binding.description, binding.id or "")


def _shown(key: str) -> str:
    """ "/" for "slash", but "left" instead of an arrow: these are words to be typed."""
    sign = format_key(key.strip())
    return sign if sign.isascii() else key.strip()
