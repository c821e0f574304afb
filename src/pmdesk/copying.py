"""What can be copied of a thing, each under its key; and Markdown that shows what is meant.

Standard library only: the features build their texts with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Copyable:
    """One text that can be copied, and the letter that does it."""

    key: str
    words: str
    """What it is: "number and title"."""
    text: str


_ACTS = re.compile(
    r"""[\\`*\[\]<]                     # code, emphasis, links, HTML
    | (?<!\w)_ | _(?!\w)                # emphasis, but not what joins_words
    | ~(?=~) | &(?=\#?\w+;)             # struck out; entities""",
    re.VERBOSE,
)


def escaped(text: str) -> str:
    """Somebody's words, to stand within a line of Markdown as they were written."""
    return _ACTS.sub(r"\\\g<0>", text)


def fenced(text: str) -> str:
    """A text of many lines, shown as it is whatever it holds."""
    longest = max((len(run) for run in re.findall(r"`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}text\n{text.rstrip()}\n{fence}"


def markdown_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table whose first column holds words and whose others hold figures."""
    rule = ["---", *("---:" for _ in headings[1:])]
    return "\n".join(f"| {' | '.join(row)} |" for row in (headings, rule, *rows))


def plain_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The same in columns of blanks."""
    lines = (headings, *rows)
    widths = [max(len(cell) for cell in column) for column in zip(*lines, strict=True)]

    def line(cells: Sequence[str]) -> Iterator[str]:
        yield f"{cells[0]:<{widths[0]}}"
        for cell, width in zip(cells[1:], widths[1:], strict=True):
            yield f"{cell:>{width}}"

    return "\n".join("  ".join(line(cells)).rstrip() for cells in lines)
