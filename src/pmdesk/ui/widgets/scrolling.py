"""The keys of a list for a text that scrolls, so that the hand needs to know them once."""

from __future__ import annotations

from textual.binding import Binding, BindingType

_KEYS = (
    ("j", "scroll_down", "A line down", "down"),
    ("k", "scroll_up", "A line up", "up"),
    ("g", "scroll_home", "To the top", "first"),
    ("G", "scroll_end", "To the end", "last"),
    ("ctrl+d", "page_down", "A page down", "page.down"),
    ("ctrl+u", "page_up", "A page up", "page.up"),
)


def scrolling(part: str) -> list[BindingType]:
    """The bindings of a part of the screen, whose name begins their ids."""
    return [
        Binding(key, action, words, id=f"{part}.{id_}", show=False)
        for key, action, words, id_ in _KEYS
    ]
