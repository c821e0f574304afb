"""The lines of the customers' four views, as far as they were read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

View = Literal["market", "account", "product", "solution"]
VIEWS: tuple[View, ...] = get_args(View)

WIDE = 300
"""So many lines of a level are read unasked; what is more is told by a last line."""

HERE = "here"

_FEW = 15
"""What is more by up to a 15th isn't worth a line of its own that hides it."""

OF_THE_WAY = "of the way"
"""Behind a share of progress: "30 % of the way"."""


@dataclass(frozen=True, slots=True)
class Twig:
    """A line of a view. A thing may stand on several lines of one view, each with a path."""

    path: str
    """Unique in the view: the path of what it hangs on, "/", and what it is there."""
    key: str
    """Of the thing it is about (`customers.things`); "account 3 executive" for a layer of an
    account; empty for a heading."""
    kind: str
    """A ThingKind, or "layer", "heading", "more"."""
    words: str
    """The statement, name or quote; what a heading says."""
    note: str = ""
    """Said behind it in muted words."""
    goal: str = ""
    """Code of the active goal it serves; empty without line of sight."""
    status: str = ""
    """Empty for what is active, a candidate or a customer; else reached, dropped, committed,
    shipped, prospect, lost."""
    warns: bool = False
    """Whether the note calls for something: never heard, reaches no goal."""
    has_below: bool = False
    below: tuple[Twig, ...] | None = None
    """None where it was not read."""
    found: str = ""
    """Where what is looked for was found: HERE in its words or its code, else "in a quote" and
    the like; empty for what only leads there."""


Levels = dict[str, tuple[Twig, ...]]
"""What stands directly below lines, by their paths."""


@dataclass(frozen=True, slots=True)
class Browsed:
    roots: tuple[Twig, ...]
    counts: tuple[tuple[View, int], ...]
    """How many things stand at the top of each view."""


def with_few_more(most: int) -> int:
    """So many lines are read where `most` are to be shown: a few more stand for themselves."""
    return most + most // _FEW


def cut(twigs: Sequence[Twig], path: str, most: int, total: int) -> tuple[Twig, ...]:
    """A level of a tree of at most so many lines, read for `with_few_more`; with a line that says
    how many more there are."""
    shown = tuple(twigs[:most])
    if total <= len(shown):
        return shown
    shown = shown[: most - most // (_FEW + 1)]
    return (*shown, Twig(f"{path}/more", "", "more", "more …", f"{total - len(shown):,}"))


def grown(twigs: Iterable[Twig], levels: Levels) -> tuple[Twig, ...]:
    """Lines with what was read below them."""
    return tuple(
        replace(twig, below=grown(levels[twig.path], levels)) if twig.path in levels else twig
        for twig in twigs
    )
