"""Text cut and padded to cells of the terminal, wide characters counted as they show."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len, chop_cells, set_cell_size


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


def in_lines(text: str, width: int) -> Iterator[str]:
    """The text in lines of at most `width` cells, broken between words where that can be."""
    for paragraph in text.splitlines() or [""]:
        line = ""
        for word in paragraph.split():
            if line and cell_len(line) + 1 + cell_len(word) <= width:
                line += f" {word}"
                continue
            if line:
                yield line
            *full, line = chop_cells(word, width)
            yield from full
        yield line


# A tab or line feed in a one-line field would move everything right of it.
_BLANKS = dict.fromkeys(range(0x20), " ")
