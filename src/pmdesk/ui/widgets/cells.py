"""Text cut and padded to cells of the terminal, wide characters counted as they show."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size


def fit(text: str, width: int, right: bool = False) -> str:
    """The text in exactly `width` cells: padded, or cut with “…”."""
    if width <= 0:
        return ""
    text = text.translate(_BLANKS) if not text.isprintable() else text
    length = cell_len(text)
    if length > width:
        return set_cell_size(elide(text, width), width)
    blanks = " " * (width - length)
    return blanks + text if right else text + blanks


def elide(text: str, width: int) -> str:
    """The text in at most `width` cells, cut with “…” where it is longer."""
    if cell_len(text) <= width:
        return text
    if width <= 1:
        return "…"[:width]
    return set_cell_size(text, width - 1).rstrip() + "…"


# A tab or line feed in a one-line field would move everything right of it.
_BLANKS = dict.fromkeys(range(0x20), " ")
