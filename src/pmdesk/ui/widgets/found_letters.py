"""Where the words that are looked for stand in what is shown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from pmdesk.ui.widgets.virtual_lines import Piece

_WORD = re.compile(r"\w+")


def sought(typed: str) -> re.Pattern[str] | None:
    """The beginning of a word, with or without accents, as any of those that were typed."""
    words = sorted({*_WORD.findall(_plain(typed))}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})") if words else None


def lit(pieces: Iterable[Piece], words: re.Pattern[str], look: str) -> Iterator[Piece]:
    """The pieces of a line, with another look of what is sought in them."""
    for text, style in pieces:
        at = 0
        for found in words.finditer(_plain(text)):
            start, end = found.span()
            if start > at:
                yield text[at:start], style
            yield text[start:end], look
            at = end
        if at < len(text):
            yield text[at:], style


def _plain(text: str) -> str:
    """Each sign without accents, small: as long as it was."""
    return "".join(unicodedata.normalize("NFD", sign)[0].lower()[:1] for sign in text)
