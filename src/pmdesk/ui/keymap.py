"""Keys of one's own: checked here, since Textual takes unknown ids and clashes in silence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from textual.binding import Binding
from textual.keys import Keys, _character_to_key

from pmdesk import config
from pmdesk.errors import RefusedError
from pmdesk.ui.key_names import character, is_typed, own_bindings, shown
from pmdesk.ui.keys import Part, chains, parts, typed_into

_MODIFIERS = ("ctrl", "alt", "shift", "super", "hyper", "meta")
_NAMED = {key.value.split("+")[-1] for key in Keys if len(key.value) > 1 and "<" not in key.value}
_SHORT = {
    "esc": "escape", "return": "enter", "del": "delete", "ins": "insert", "pgup": "pageup",
    "pgdn": "pagedown", "ctrl+i": "tab", "ctrl+m": "enter", "ctrl+left_square_bracket": "escape",
}  # fmt: skip
"""Other names of keys, and what a terminal sends for them."""
_KEPT = ("escape", "enter")
"""The ways out and on: they stay where they are, whatever other key does the same."""
_TERMINAL = ("ctrl+c", "ctrl+q", "ctrl+z")
_EDITING = ("tab", "shift+tab", "backspace", "delete", "left", "right", "home", "end", "space")


def checked(keymap: Mapping[str, str]) -> dict[str, str]:
    """The keymap as Textual takes it. RefusedError, one sentence with setting, key and what
    to do, for an unknown id, for what is no key, and for a key that is needed already."""
    known = {
        binding.id or "": (part, binding) for part in parts() for binding in own_bindings(part)
    }
    remapped: dict[str, list[str]] = {}
    for id_, keys in keymap.items():
        if id_ not in known:
            raise _refused(
                id_, f"is no key of pmdesk{_meant(id_, known)}; “pmdesk keys” lists them"
            )
        part, binding = known[id_]
        remapped[id_] = _keys(id_, keys, part, binding)
    for chain in chains():
        _refuse_clash(chain, remapped)
    return {id_: ",".join(keys) for id_, keys in remapped.items()}


def _keys(id_: str, written: str, part: Part, binding: Binding) -> list[str]:
    before = normal(binding.key)
    keys = []
    for name in written.split(","):
        key = key_name(name)
        if key is None:
            raise _refused(
                id_,
                f"can't be {name.strip()!a}, which is no key{_meant(name.strip(), _NAMED)}: "
                "write a character, or a name like f5, ctrl+x or comma",
            )
        if key not in before:
            _refuse_needed(id_, key, part, binding)
        keys.append(key)
    kept = [key for key in before if key in _KEPT]
    return list(dict.fromkeys((*keys, *kept)))


def _refuse_needed(id_: str, key: str, part: Part, binding: Binding) -> None:
    """A key that must go on meaning what it means everywhere."""
    if key in _TERMINAL:
        reason = "belongs to the terminal"
    elif key in _KEPT:
        reason = "leads back" if key == "escape" else "opens and confirms"
    elif (binding.priority or typed_into(part)) and (is_typed(key) or key in _EDITING):
        reason = "is needed for typing there"
    else:
        return
    raise _refused(id_, f"can't be {shown(key)}, which {reason}: choose another key")


def _refuse_clash(chain: tuple[Part, ...], remapped: Mapping[str, list[str]]) -> None:
    """Two that have had the same key before go on so: `esc` means each time what is nearest."""
    taken: dict[str, list[Binding]] = {}
    for binding in (one for part in chain for one in own_bindings(part)):
        for key in remapped.get(binding.id or "") or normal(binding.key):
            for other in taken.setdefault(key, []):
                if other.action != binding.action and not _both_had(key, binding, other):
                    mine, theirs = (binding, other) if binding.id in remapped else (other, binding)
                    raise _refused(
                        mine.id or "",
                        f"can't be {shown(key)}, which {theirs.id} has: choose another for one",
                    )
            taken[key].append(binding)


def _both_had(key: str, one: Binding, other: Binding) -> bool:
    return key in normal(one.key) and key in normal(other.key)


def normal(keys: str) -> list[str]:
    """ "?,f5" as Textual names them: question_mark, f5. What is no key is left out."""
    return [key for name in keys.split(",") if (key := key_name(name)) is not None]


def key_name(written: str) -> str | None:
    """A key as Textual names it; None if there is no such key."""
    name = written.strip()
    plus = name == "+" or name.endswith("++")
    *modifiers, base = (*name[:-1].rstrip("+").split("+"), "+") if plus else name.split("+")
    modifiers = [one.lower() for one in modifiers if one]
    base = _base(base)
    if not base or any(one not in _MODIFIERS for one in modifiers):
        return None
    if modifiers == ["shift"] and len(base) == 1:
        return base.upper()
    if modifiers:
        base = base.lower()
    key = "+".join((*sorted(set(modifiers)), base))
    return _SHORT.get(key, key)


def _base(name: str) -> str:
    if len(name) > 1:
        short = _SHORT.get(name.lower(), name.lower())
        if short in _NAMED:
            return short
        name = character(short)
    key = _character_to_key(name) if name.isprintable() and name else ""
    return key if character(key) == name else ""


def _meant(written: str, names: Iterable[str]) -> str:
    """ " (is “escape” meant?)", where something is near."""
    near = get_close_matches(written, tuple(names), 1)
    return f" (is “{near[0]}” meant?)" if near else ""


def _refused(id_: str, problem: str) -> RefusedError:
    return RefusedError(f"In the settings {config.settings_file()}, keymap.{id_} {problem}.")
