"""How a key is written for people, and which key does a thing now: one way for the footer,
the help, the palette, the hints and the tables. Light, since the first paint needs it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import REPLACED_KEYS, format_key, key_to_character

_WORDS = {
    "enter": "enter", "escape": "esc", "backspace": "backspace", "delete": "del",
    "pageup": "pgup", "pagedown": "pgdn", "space": "space", "up": "↑", "down": "↓",
    "left": "←", "right": "→", "minus": "-",
}  # fmt: skip
_TYPED = {"↑": "up", "↓": "down", "←": "left", "→": "right"}


@cache
def shown(key: str) -> str:
    """A key of a binding as the screen says it: "ctrl+r", "↓", "esc", "/"."""
    *modifiers, base = key.strip().split("+")
    return "+".join((*modifiers, _WORDS.get(base) or format_key(base)))


def typed(key: str) -> str:
    """The same in signs that every keyboard has, as it may be written into the settings."""
    *modifiers, sign = shown(key).split("+") if "+" in key else (shown(key),)
    return "+".join((*modifiers, _TYPED.get(sign, sign) or "+"))


def character(key: str) -> str:
    """What the key writes; empty if it writes nothing."""
    return key_to_character(REPLACED_KEYS.get(key, key)) or ""


def is_typed(key: str) -> bool:
    """Whether the key writes a character, which a text field needs for itself."""
    return bool(character(key)) and character(key).isprintable()


def keys_of(id_: str, app: App[Any]) -> tuple[str, ...]:
    """The keys in effect of a binding, as they are shown. KeyError if there is no such id."""
    keys = app._keymap.get(id_)
    if keys is None:
        if id_ not in _DEFAULTS:
            for one in _loaded_bindings():
                _DEFAULTS[one.id or ""] = one.key
        keys = _DEFAULTS[id_]
    return tuple(shown(key) for key in keys.split(","))


def key_of(id_: str, app: App[Any]) -> str:
    """The first key in effect of a binding, for a sentence: "u takes it back"."""
    return keys_of(id_, app)[0]


def with_keys(words: str, app: App[Any]) -> str:
    """Words of ours in which `{undo}` stands for the key in effect of that id."""
    return _ID.sub(lambda found: key_of(found[1], app), words)


_ID = re.compile(r"\{([a-z.]+)\}")
_DEFAULTS: dict[str, str] = {}


def _loaded_bindings() -> Iterator[Binding]:
    for part in loaded_parts():
        yield from own_bindings(part)


def loaded_parts() -> list[type[DOMNode]]:
    """Every class of our screen with bindings of its own whose module is loaded."""
    return [part for part in _below(DOMNode) if "BINDINGS" in vars(part)]


def own_bindings(part: type[DOMNode]) -> Iterable[Binding]:
    """What a class binds itself, beside what it inherits."""
    return [one for one in vars(part).get("BINDINGS", ()) if isinstance(one, Binding)]


@cache
def written_order(part: type[DOMNode]) -> dict[str | None, int]:
    """The places of the ids in what a class binds, its own before those of its bases. (Textual
    has the bases first, and moves what is remapped to the end.)"""
    ids = dict.fromkeys(one.id for step in part.__mro__ for one in own_bindings(step))
    return {id_: place for place, id_ in enumerate(ids)}


def _below(above: type[DOMNode]) -> list[type[DOMNode]]:
    """Classes below in a lasting order, each once."""
    found: dict[type[DOMNode], None] = {}
    for part in above.__subclasses__():
        if part.__module__.startswith("pmdesk.ui"):
            found[part] = None
        found |= dict.fromkeys(_below(part))
    return list(found)
