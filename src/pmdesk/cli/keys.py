"""The key table as text: for the terminal, for README and for `docs/keys.md`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pmdesk.ui.keymap import checked
from pmdesk.ui.keys import Key, all_keys

_IN_README = {
    "Everywhere": "everywhere", "Panes": "in every pane", "List": "in lists, trees and texts",
    "Tree": "in trees", "Inbox": "inbox", "Customers": "customers", "Balance": "balance",
}  # fmt: skip
"""The parts that one meets first; `docs/keys.md` has all of them."""


def key_table(keymap: Mapping[str, str] | None = None) -> list[Key]:
    """Every key of every part of the screen, the general ones first; with the keymap of the
    settings those in effect. RefusedError says what is wrong with it."""
    return all_keys(checked(keymap) if keymap else {})


def does(key: Key) -> str:
    """ "Park: Not now: back on a date"."""
    return f"{key.does}: {key.tooltip}" if key.tooltip else key.does


def page(keys: Iterable[Key]) -> str:
    """All keys as a page of Markdown."""
    lines = [
        "# Keys",
        "",
        "Made by `pmdesk keys --markdown` from the bindings of the screen. In the workspace `?`",
        "lists what works where you are, and does what you choose of it.",
        "",
        "Another key for a thing is a line in the settings under `[keymap]`: its id, then keys,",
        'like `"inbox.park" = "p"` or `"undo" = ["f9", "u"]`. What can\'t be is refused when',
        "pmdesk starts, in a sentence that says what to do.",
    ]
    where = None
    for key in keys:
        if key.where != where:
            where = key.where
            lines += ["", f"## {where}", "", "| keys | what | id |", "|---|---|---|"]
        lines.append(f"| {_code(key.keys)} | {_cell(does(key))} | `{key.id}` |")
    return "\n".join(lines) + "\n"


def short_table(keys: Sequence[Key]) -> str:
    """README's table: a line per part of the screen, what does the same together."""
    parts: dict[str, dict[str, list[str]]] = {where: {} for where in _IN_README}
    everywhere = {name for key in keys if key.where == "List" for name in key.keys}
    for key in keys:
        same = key.where == "Tree" and everywhere >= {*key.keys}
        if key.where in _IN_README and not same:
            parts[key.where].setdefault(key.does, []).extend(key.keys)
    lines = ["| where | keys |", "|---|---|"]
    for where, things in parts.items():
        if things:
            said = " · ".join(_thing(what, names) for what, names in things.items())
            lines.append(f"| {_IN_README[where]} | {said} |")
    return "\n".join(lines)


def _thing(what: str, names: Iterable[str]) -> str:
    words = " ".join(_code((name,)) for name in dict.fromkeys(names))
    return f"{words} {what[0].lower()}{what[1:]}"


def _code(keys: Iterable[str]) -> str:
    return " ".join("`` ` ``" if key == "`" else f"`{_cell(key)}`" for key in keys)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def rows(keys: Iterable[Key]) -> Iterator[tuple[str, str, str, str]]:
    """For a table on the terminal."""
    for key in keys:
        yield key.where, " ".join(key.keys), does(key), key.id
