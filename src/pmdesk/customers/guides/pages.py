"""Guides to take along: one page of blocks, written as Markdown and shown on the screen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pmdesk.copying import escaped
from pmdesk.customers.kinds import Layer
from pmdesk.customers.numbers import say_number
from pmdesk.customers.things import LAYERS
from pmdesk.text import clean_line

BLANK = "____"
"""What nobody knows yet."""

BlockKind = Literal[
    "title", "head", "topic", "thing", "detail", "words", "said", "item", "ask", "space", "note",
    "fault", "form", "how",
]  # fmt: skip

_OWN = ("note", "fault")
_LISTED = ("thing", "detail", "item", "ask", "form")
ON_PAPER = ("form", "how", "space")


@dataclass(frozen=True, slots=True)
class Block:
    kind: BlockKind
    """A topic is a heading, a thing stands in a list with its details below it; notes and
    faults are for the product manager's own eyes; form, how and space are on paper alone."""
    text: str
    ref: str = ""
    """The code that stands before it."""
    key: str = ""
    """Of the thing it is about."""


@dataclass(frozen=True)
class Guide:
    """A page of Markdown; its blocks are what a screen shows of it."""

    title: str
    blocks: tuple[Block, ...]

    def markdown(self) -> str:
        """Ends with a line feed; whatever the hierarchy holds, its words stay words."""
        lines: list[str] = []
        before: BlockKind | None = None
        for block in (Block("title", self.title), *self.blocks):
            if block.kind in _OWN:
                continue
            together = block.kind in _LISTED and before in _LISTED
            if lines and not together:
                lines.append("")
            lines.append(_markdown(block))
            before = block.kind
        return "\n".join(lines) + "\n"

    @property
    def notes(self) -> tuple[str, ...]:
        """What is not on the page, and why."""
        return tuple(block.text for block in self.blocks if block.kind in _OWN)


def _markdown(block: Block) -> str:
    text = escaped(clean_line(block.text)).replace(escaped(BLANK), BLANK)
    match block.kind:
        case "title":
            return f"# {text}"
        case "head":
            return f"## {text}"
        case "topic":
            return f"### [{block.ref}] {text}" if block.ref else f"### {text}"
        case "said":
            return f"> {text}"
        case "thing":
            return f"- **{block.ref}** {text}"
        case "detail":
            return f"  - {text}"
        case "item" | "ask" | "form":
            return f"- {text}"
        case "space":
            return f"{text}\n"
    return text


# Words that guides share ------------------------------------------------------------------------


def day_words(day: date) -> str:
    """ "12 May 2025": a page is read in another year too."""
    return f"{day.day} {day:%b} {day.year}"


def amount(value: float | None, unit: str | None = None) -> str:
    """ "12.5 %"; what nobody knows is a blank."""
    if value is None:
        return BLANK
    return f"{say_number(value)} {unit}" if unit else say_number(value)


def listed(names: Iterable[str], most: int = 6) -> str:
    """ "Northmoor, Brannoc and 3 more"."""
    known = list(names)
    more = len(known) - most
    if more > 0:
        return f"{', '.join(known[:most])} and {more} more"
    return ", ".join(known)


def layers_in_order(layers: Iterable[Layer]) -> tuple[Layer, ...]:
    """Each once, executives first."""
    heard = set(layers)
    return tuple(one for one in LAYERS if one in heard)
