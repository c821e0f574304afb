"""The item beside the tree, drawn: what it is, its line of sight, its gaps, what stands above."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from rich.cells import cell_len

from pmdesk.customers.gaps import Gap, acts_on, rule
from pmdesk.customers.hierarchy import Hierarchy
from pmdesk.customers.item import kind_of, layer_of, name_of, words_of
from pmdesk.customers.kinds import ThingKind
from pmdesk.customers.seeing import Level, Sight, sight
from pmdesk.customers.things import Node, Requirement, Solution
from pmdesk.ui.widgets.cells import in_lines
from pmdesk.ui.widgets.text_lines import Span, TextLine

BLANK = TextLine(())
_CODED = (Node, Requirement, Solution)

_BANDS: dict[ThingKind, tuple[str, str]] = {
    "goal": ("THEIR STRATEGY", "theirs"),
    "obstacle": ("THEIR STRATEGY", "theirs"),
    "initiative": ("THEIR STRATEGY", "theirs"),
    "tactic": ("THEIR OPERATIONS", "theirs"),
    "need": ("THEIR OPERATIONS", "theirs"),
}


@dataclass(frozen=True, slots=True)
class About:
    """What the lines are made of."""

    hierarchy: Hierarchy
    key: str
    today: date
    width: int
    gaps: tuple[Gap, ...] = ()
    """Of the thing."""


# Lines that all parts are made of -------------------------------------------------------------


def head(words: str, about: str, width: int, role: str = "head") -> Iterator[TextLine]:
    """A heading after a blank line, and what is said about it beside or below it."""
    yield BLANK
    if not about:
        yield TextLine(((words, role),))
    elif cell_len(words) + 3 + cell_len(about) <= width:
        yield TextLine(((words, role), (f"   {about}", "muted")))
    else:
        yield TextLine(((words, role),))
        yield from prose(about, width, "muted")


def prose(
    words: str, width: int, role: str = "", key: str = "", indent: int = 2, act: str = ""
) -> Iterator[TextLine]:
    """A text in lines, indented."""
    for line in in_lines(words, max(8, width - indent)):
        yield TextLine(((" " * indent, ""), (line, role)), key, act)


def marked(
    mark: Span, words: str, width: int, role: str = "", key: str = "", act: str = ""
) -> Iterator[TextLine]:
    """A text in lines that hang beside a mark."""
    indent = cell_len(mark[0])
    for number, line in enumerate(in_lines(words, max(8, width - indent))):
        lead = mark if not number else (" " * indent, "")
        yield TextLine((lead, (line, role)), key, act)


# What it is, and what it serves ---------------------------------------------------------------


def opening(about: About, parts: Iterable[str], words: str = "") -> Iterator[TextLine]:
    """Its code and statement or name, below it its parts in words."""
    thing = about.hierarchy.thing(about.key)
    said = words or words_of(thing) or name_of(about.hierarchy, about.key)
    code = f"{about.key}  " if isinstance(thing, _CODED) else ""
    yield from marked((code, "code"), said, about.width, "strong", about.key)
    yield from prose(" · ".join(filter(None, parts)), about.width, "muted", indent=cell_len(code))


def upward(about: About) -> Iterator[TextLine]:
    """The line of sight as one line, in more only where it does not fit."""
    seen = sight(about.hierarchy, about.key)
    if not seen.levels:
        return
    mark = ("▲ ", "sight") if seen.goal else ("△ ", "warning")
    yield BLANK
    goal = seen.goal.key if seen.goal else ""
    yield from _broken(mark, _steps(seen), about.width, goal)


def _steps(seen: Sight) -> Iterator[tuple[Span, ...]]:
    """What must not be torn apart: each level with the sign before it."""
    for place, level in enumerate(seen.levels):
        step = (level.sign, "code" if level.key else "warning")
        yield (step,) if not place else ((" ▸ ", "muted"), step)
    if seen.goal:
        yield ((f" · {seen.market.name}" if seen.market else "", ""),)
    else:
        yield ((f" · {seen.why_blind}", "warning"),)


def _broken(
    mark: Span, steps: Iterable[tuple[Span, ...]], width: int, key: str
) -> Iterator[TextLine]:
    row, taken = [mark], cell_len(mark[0])
    for step in steps:
        wide = sum(cell_len(words) for words, _ in step)
        if taken + wide > width and len(row) > 1:
            yield TextLine(tuple(row), key)
            row, taken = [("  ", "")], 1
            step = ((step[0][0].lstrip(), step[0][1]), *step[1:])
        row.extend(step)
        taken += wide
    yield TextLine(tuple(row), key)


def above(about: About) -> Iterator[TextLine]:
    """What it hangs on, the goal first, by band; a level that is missing can be filled there."""
    seen = sight(about.hierarchy, about.key)
    levels = list(reversed(seen.levels[1:]))
    said, upper = "", ""
    for place, level in enumerate(levels):
        band, role = _BANDS.get(level.kind, ("", ""))
        if band != said:
            yield from head(band, "", about.width, role)
            said = band
        if level.key:
            upper = level.key
            mark = (f"  {level.key:<3} ", "code")
            yield from marked(mark, level.words, about.width, "", level.key)
        else:
            lower = next((one.key for one in levels[place:] if one.key), about.key)
            yield from _empty_place(about, level, upper, lower)


def _empty_place(about: About, level: Level, upper: str, lower: str) -> Iterator[TextLine]:
    mark = ("  ◌   ", "warning")
    if upper:
        words, act = f"no {level.kind} between {upper} and {lower}", f"fill {level.kind}"
        yield from _fillable(mark, words, "add one", "", about.width, upper, act)
    else:
        words = f"{lower} hangs on no {level.kind} yet"
        yield from _fillable(mark, words, "hang it on one", "", about.width, lower, "move")


def _fillable(
    mark: Span, words: str, does: str, role: str, width: int, key: str, act: str
) -> Iterator[TextLine]:
    """What is missing, and beside or below it what `enter` does about it."""
    *first, last = marked(mark, words, width, role, key, act)
    yield from first
    hint = f"enter: {does}"
    taken = sum(cell_len(each) for each, _ in last.spans)
    if taken + 3 + cell_len(hint) <= width:
        yield TextLine((*last.spans, (f"   {hint}", "muted")), key, act)
    else:
        yield last
        yield from prose(hint, width, "muted", key, cell_len(mark[0]), act)


def gaps(about: About) -> Iterator[TextLine]:
    if about.gaps:
        yield BLANK
    for gap in about.gaps:
        own = rule(gap.rule)
        act = f"{own.fills} {acts_on(about.hierarchy, gap)}"
        yield from _fillable(
            ("! ", "warning"), gap.words, own.does, "warning", about.width, about.key, act
        )


# All of it ------------------------------------------------------------------------------------


def lines(about: About) -> Iterator[TextLine]:
    """Everything that is known of a thing; nothing for a key that there is not."""
    from pmdesk.ui.widgets import item_lines_nodes as nodes
    from pmdesk.ui.widgets import item_lines_ours as ours
    from pmdesk.ui.widgets import item_lines_theirs as theirs

    whole, layer = layer_of(about.key)
    thing = about.hierarchy.thing(whole)
    match kind_of(whole):
        case "portfolio":
            yield from ours.portfolio(about)
        case _ if thing is None:
            return
        case "account" if layer:
            yield from theirs.layer(about, whole, layer)
        case "goal" | "obstacle" | "initiative" | "tactic" | "need":
            yield from nodes.node(about)
        case "requirement":
            yield from nodes.requirement(about)
        case "measure":
            yield from nodes.measure(about)
        case "reading":
            yield from nodes.reading(about)
        case "evidence":
            yield from nodes.evidence(about)
        case "product":
            yield from ours.product(about)
        case "solution":
            yield from ours.solution(about)
        case "market":
            yield from theirs.market(about)
        case "account":
            yield from theirs.account(about)
