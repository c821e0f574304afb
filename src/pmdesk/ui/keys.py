"""Every key of the screen, gathered from the bindings of its parts: there is no other list.

`all_keys` loads all of the screen; `loaded_keys` knows what is there already, so the panes.
"""

from __future__ import annotations

import pkgutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

import pmdesk.ui
from pmdesk.ui.key_names import is_typed, loaded_parts, own_bindings, typed
from pmdesk.ui.widgets.pane import Pane
from pmdesk.ui.workspace import Workspace

Part = type[DOMNode]
EVERYWHERE = "Everywhere"
_FIRST = (
    EVERYWHERE, "Panes", "List", "Inbox", "Request", "Filter", "Tree", "Customers", "Item",
    "Balance", "Picture", "Dialog", "Page",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Key:
    """What one binding is for."""

    where: str
    """The part of the screen that hears it."""
    keys: tuple[str, ...]
    """As they may be typed into the settings."""
    does: str
    tooltip: str
    id: str
    """By this a setting remaps it."""
    action: str


def all_keys(keymap: Mapping[str, str] | None = None) -> list[Key]:
    """Every key of every part of the screen, the general ones first; with the keymap (as
    `keymap.checked` gives it) those that are in effect."""
    return _keys_of(parts(), keymap or {})


def loaded_keys(keymap: Mapping[str, str]) -> list[Key]:
    """The keys of what is loaded, which costs no time; dialogs may not be."""
    return _keys_of(loaded_parts(), keymap)


def _keys_of(parts: Iterable[Part], keymap: Mapping[str, str]) -> list[Key]:
    keys = [
        Key(
            title(part), _keys(binding, keymap), binding.description, binding.tooltip,
            binding.id or "", binding.action,
        )
        for part in parts
        for binding in own_bindings(part)
    ]  # fmt: skip
    order = {where: place for place, where in enumerate(_FIRST)}
    return sorted(keys, key=lambda key: (order.get(key.where, len(order)), key.where))


def title(part: Part) -> str:
    return part.BINDING_GROUP_TITLE or EVERYWHERE


def _keys(binding: Binding, keymap: Mapping[str, str]) -> tuple[str, ...]:
    keys = keymap.get(binding.id or "", binding.key)
    return tuple(typed(key) for key in keys.split(","))


@cache
def parts() -> tuple[Part, ...]:
    """Every class of the screen that binds keys of its own."""
    for module in pkgutil.walk_packages(pmdesk.ui.__path__, "pmdesk.ui."):
        import_module(module.name)
    return tuple(sorted(loaded_parts(), key=lambda part: (part.__module__, part.__qualname__)))


def typed_into(part: Part) -> bool:
    """Whether text is typed there: such a part hears no key that writes a character."""
    inherited = [one for one in part.__mro__ if one in parts()]
    return not any(
        is_typed(key.strip())
        for one in inherited
        for binding in own_bindings(one)
        for key in binding.key.split(",")
    )


@cache
def chains() -> tuple[tuple[Part, ...], ...]:
    """What hears the same key, from the cursor upwards. A widget is taken to stand in the
    panes and dialogs whose modules name it."""
    found: dict[tuple[Part, ...], None] = {}
    for part in (*parts(), *_concrete()):
        for above in _above(part):
            found[tuple(one for step in above for one in step.__mro__ if one in parts())] = None
    return tuple(found)


def _concrete() -> Iterator[Part]:
    """Panes and dialogs, also those without keys of their own."""
    yield from (*_classes(Pane), *_classes(ModalScreen))


def _above(part: Part, below: frozenset[Part] = frozenset()) -> Iterator[tuple[Part, ...]]:
    """The part and what it may stand in, up to the screen."""
    if issubclass(part, Pane):
        yield part, Workspace
    elif issubclass(part, Screen):
        yield (part,)
    else:
        for holder in (*_concrete(), *_classes(Widget)):
            inside = holder in below or issubclass(holder, part) or issubclass(part, holder)
            if not inside and _names(holder, part):
                for chain in _above(holder, below | {part}):
                    yield part, *chain


@cache
def _names(holder: Part, part: Part) -> bool:
    """Whether the module of a part, or of what it is built on, knows the widget."""
    return part.__name__ in getattr(holder, "HOLDS", ()) or any(
        part is known or (isinstance(known, type) and issubclass(known, part))
        for step in holder.__mro__
        if step.__module__.startswith("pmdesk.ui")
        for known in vars(sys.modules[step.__module__]).values()
    )


@cache
def _classes(above: Part) -> tuple[Part, ...]:
    parts()  # loads them
    below = [one for part in above.__subclasses__() for one in (part, *_classes(part))]
    return tuple(dict.fromkeys(one for one in below if one.__module__.startswith("pmdesk.ui")))
