"""What an outline comes to, line by line, while it is typed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from rich.cells import cell_len

from pmdesk.customers.outline_actions import (
    USUAL_WEIGHT,
    EvidencePart,
    MentionPart,
    NodePart,
    OutlineLine,
    Part,
    Problem,
    ReadingPart,
    ValuePart,
    VisionPart,
    counted,
)
from pmdesk.customers.outlines.plan import Plan, new_names, words_of
from pmdesk.customers.outlines.text import details_of
from pmdesk.outline_words import meant, number
from pmdesk.text import clean_line
from pmdesk.ui.widgets.cells import elide, in_lines
from pmdesk.ui.widgets.text_lines import Span, TextLine

_MOST_NAMED = 3
ANEW = "without their codes they are added anew"
"""How copies are got of what an outline has from another place."""
_NAMES = {"evidence": "heard"}

GRAMMAR = (
    ("One thing a line, indented below what it belongs to.", ""),
    ("", ""),
    ("Market: Regional hospitals", "m"),
    ("  Account: Northmoor (30 %, also NMH, northmoor.example)", "a"),
    ("  Goal: Cut agency staffing to 9% (weight 3)", "g"),
    ("    Measure: agency % of payroll (14 → 9 %)", ""),
    ("      2025-04-01: 12.5", ""),
    ("    Heard: “Every pound …” (Northmoor, executive, 12 may, Ada Lee, !3)", ""),
    ("    Solution: Own staff first", "s"),
    ("      Value: Hospitals fill shifts with their own people", ""),
    ("    Obstacle: Spare staff elsewhere are invisible", "o"),
    ("      Initiative: One staffing pool", "i"),
    ("        Tactic: Staff are moved each morning", "t"),
    ("          Need: Know which wards lack staff (manager)", "n"),
    ("            Requirement: Coverage board (Rota, S: Own staff first, 6w)", "r"),
    ("Product: Rota", "p"),
    ("  Vision: Every shift is filled … (revised 2025-03-01)", ""),
    ("", ""),
    ("A letter does for its word: “N: Know …”. Without any, a line is one level below "
     "the one above it, or what the line beside it is.", ""),
    ("A code alone (T1) is what is in the desk; the lines below hang on it. What is there "
     "already is not made again.", ""),
    ("(executive) (manager) (user) or e m u · (reached) (dropped) · (committed) "
     "(shipped 2025-04-20) (short) (long) · \\) ends a line with a parenthesis.", ""),
)  # fmt: skip
"""How it is written: the lines, and the letter that does for the word."""


@dataclass(slots=True)
class Preview:
    lines: list[TextLine] = field(default_factory=list)
    places: dict[int, int] = field(default_factory=dict)
    """Where each line of the text is, by its number."""


def summary(plan: Plan) -> str:
    """ "1 line to mend · Adds 2 goals and 1 need · new product “Rota” · 3 there already (=)"."""
    return " · ".join(_summary(plan))


def _summary(plan: Plan) -> Iterator[str]:
    if wrong := len({one.line for one in plan.problems if one.blocks}):
        yield f"{wrong} {'line' if wrong == 1 else 'lines'} to mend"
    own = Counter(plan.counts)
    own.subtract(one.part.kind for one in plan.named_only)
    yield f"Adds {counted(+own, most=5)}"
    names = list(new_names(plan))
    yield from names[:_MOST_NAMED]
    if len(names) > _MOST_NAMED:
        yield f"{len(names) - _MOST_NAMED} more new by name"
    if there := sum(not ref.startswith("+") for ref in plan.refs.values()):
        yield f"{there} there already (=)"
    if plan.elsewhere:
        yield ANEW


def grammar(width: int) -> Preview:
    """How it is written."""
    preview = Preview()
    for words, letter in GRAMMAR:
        indent = len(words) - len(words.lstrip())
        label, colon, rest = words.partition(": ")
        if not colon or not (letter or indent):
            preview.lines += _sentences(words, width, 0, "muted")
            continue
        spans: list[Span] = [(f"{label}{colon}", "accent" if letter else "strong")]
        spans.append((elide(rest, max(1, width - cell_len(label) - 2)), ""))
        preview.lines.append(TextLine(tuple(spans)))
    return preview


def preview(plan: Plan, width: int, called: Callable[[str], str]) -> Preview:
    """Every line with what it is, and below it what is wrong; `called` are the words of a code."""
    made = Preview()
    said: defaultdict[int, list[Problem]] = defaultdict(list)
    for problem in plan.problems:
        said[problem.line].append(problem)
    depths: list[int] = []
    for place, one in enumerate(plan.lines):
        depths.append(0 if one.above is None else depths[one.above] + 1)
        indent = 2 * min(depths[-1], max(0, width // 8))
        wrong = any(problem.blocks for problem in said[one.number])
        made.places[one.number] = len(made.lines)
        words = called(one.code) if isinstance(one.part, MentionPart) else _words(one.part, one)
        made.lines.append(_line(one, words, wrong, plan.is_new(place), indent, width))
        for problem in said[one.number]:
            sign = "! " if problem.blocks else "? "
            words = f"{sign}line {one.number}: {problem.sentence}"
            made.lines += _sentences(words, width, indent + 2, "warning")
    return made


def _line(
    one: OutlineLine, words: str, wrong: bool, new: bool, indent: int, width: int
) -> TextLine:
    sign, role = ("!", "warning") if wrong else ("+", "sight") if new else ("=", "muted")
    details = _details(one.part) if new or wrong else ""  # else the desk knows better
    name = _NAMES.get(one.kind, one.kind)
    room = width - indent - 3 - cell_len(name) - 1
    if details and cell_len(words) + 2 + cell_len(details) > room:
        details = elide(details, max(12, room - cell_len(words) - 2))
    words = elide(words, max(8, room - (cell_len(details) + 2 if details else 0)))
    plain = "" if new or wrong else "muted"
    code = f"{one.code} " if one.code and not new else ""
    return TextLine((
        (" " * indent, ""), (f"{sign} ", role), (f"{name} ", "muted"), (code, "code"),
        (words, plain), (f"  {details}" if details else "", "muted"),
    ))  # fmt: skip


def _words(part: Part | None, one: OutlineLine) -> str:
    match part:
        case None:
            return one.words
        case VisionPart() | ValuePart():
            return clean_line(part.text)
        case EvidencePart():
            return f"“{clean_line(part.quote)}”" if part.quote else ""
        case ReadingPart():
            return f"{part.taken_on}  {number(part.value)}  {clean_line(part.note)}".rstrip()
    return words_of(part)


def _details(part: Part | None) -> str:
    if isinstance(part, VisionPart) and part.revised:
        return f"revised {part.revised}"
    if isinstance(part, NodePart) and part.kind == "goal" and part.weight is None:
        part = replace(part, weight=USUAL_WEIGHT)
    return ", ".join(clean_line(meant(one)) for one in details_of(part)) if part else ""


def _sentences(words: str, width: int, indent: int, role: str) -> Iterator[TextLine]:
    for line in in_lines(words, max(16, width - indent)):
        yield TextLine(((" " * indent, ""), (line, role)))
