"""A branch of the customer hierarchy as an indented outline, a Markdown list; docs/outline.md.

Pure: a text in, lines and problems out. It never raises, whatever the text is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, cast

from pmdesk.customers.kinds import LETTERS, NODE_KINDS, NodeKind, may_hang_on
from pmdesk.customers.outline_actions import LineKind, MentionPart, OutlineLine, Part, Problem
from pmdesk.errors import RefusedError
from pmdesk.exchange.readers.outline_parts import Products, read_part, requirement_of
from pmdesk.outline_words import folded, meant
from pmdesk.phrases import a
from pmdesk.text import clean, clean_line, shorten

Names = Iterable[str]

NAME = "outline"
MOST_CHARACTERS = 20_000_000
_LONGEST_LINE = 20_000
_MOST_PROBLEMS = 200
_TAB = 4

_LABELS: dict[str, LineKind] = {
    "market": "market", "m": "market", "account": "account", "a": "account",
    "goal": "goal", "g": "goal", "obstacle": "obstacle", "o": "obstacle",
    "initiative": "initiative", "i": "initiative", "tactic": "tactic", "t": "tactic",
    "need": "need", "n": "need", "requirement": "requirement", "r": "requirement",
    "product": "product", "p": "product", "solution": "solution", "s": "solution",
    "measure": "measure", "reading": "reading", "heard": "evidence", "evidence": "evidence",
    "vision": "vision", "value": "value", "value statement": "value",
}  # fmt: skip
_NEXT: dict[LineKind | None, LineKind] = {
    None: "market", "market": "goal", "goal": "obstacle", "obstacle": "initiative",
    "initiative": "tactic", "tactic": "need", "need": "requirement", "product": "requirement",
    "solution": "requirement", "measure": "reading",
}  # fmt: skip
"""What a line without a label is, below what."""
_ALSO_BELOW: dict[LineKind | None, tuple[LineKind, ...]] = {
    None: ("market", "product", "vision", "need", "requirement"),
    "market": ("account", "goal"),
    "goal": ("solution", "measure", "evidence"),
    "obstacle": ("evidence",), "initiative": ("evidence",), "tactic": ("evidence",),
    "need": ("requirement", "evidence"),
    "product": ("requirement", "measure", "vision"),
    "solution": ("requirement", "value"),
    "measure": ("reading",),
}  # fmt: skip
_IN_ORDER: tuple[LineKind, ...] = ("market", *NODE_KINDS, "requirement")
"""The levels of the tree; a line without a label is what the one of these beside it is."""

_HEADING = re.compile(r"(#{1,6})\s+")
_BULLET = re.compile(r"(?:([-*+•])(?:\s+\1)*|[0-9]{1,9}[.)])(?:\s+|$)")
"""Also "- - ", which editors leave where a list is pasted into a list."""
_RULE = re.compile(r"\s*(?:[-*_=]\s*){3,}")
_CODE = re.compile(r"(\*\*)?([GOITNRS])([1-9][0-9]{0,8})(\*\*)?(?:(:?)\s+(.*)|:?)", re.IGNORECASE)
_LABEL = re.compile(r"(\*{0,2})([A-Za-z]+(?: statement)?)(:\1|\1:)(?:\s+(.*))?")
_NAMED = re.compile(r"(\*{0,2})([^:*]{1,100}?)(?::\1|\1:)\s+(.*)")
_PRODUCT = re.compile(r"\*{0,2}p(?:roduct)?\*{0,2}:", re.IGNORECASE)
_ALIKE = 0.84
"""How alike a word is to a label that it is a slip of; “valve” is no “value”."""


@dataclass(slots=True)
class Outline:
    lines: list[OutlineLine] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class _Open(NamedTuple):
    """A line that further ones may stand below."""

    indent: int
    place: int | None
    kind: LineKind | None
    part: Part | None


def recognises(head: bytes) -> bool:
    """Whether a file is an outline, by its beginning: its first line says what it is."""
    text = clean(head.decode("utf-8-sig", "replace"))
    first = next(_written(text), None)
    if first is None or "\ufffd" in first.text[:200]:
        return False
    label, _rest = _labelled(first.text)
    return isinstance(label, (_Code, str)) and first.indent <= 0


def read_file(path: Path, below: LineKind | None, today: date, products: Names = ()) -> Outline:
    """The outline in a file. Raises RefusedError if it is too large, OSError if unreadable."""
    if path.stat().st_size > MOST_CHARACTERS:
        raise RefusedError(f"“{clean_line(path.name)}” is too large for an outline: split it.")
    text = path.read_bytes().decode("utf-8-sig", "replace")
    return read_outline(text, below, today, products)


def read_outline(text: str, below: LineKind | None, today: date, products: Names = ()) -> Outline:
    """Lines and problems. What stands at the top is to stand below a thing of the kind `below`;
    None is the top of the hierarchy. `products` are the names of those that are known."""
    outline = Outline()
    open_: list[_Open] = [_Open(-100, None, below, None)]
    beside: dict[int | None, LineKind] = {}
    every = list(_written(clean(text)))
    rules = _Rules(today, _products(every, products), outline.problems)
    for written in every:
        while open_[-1].indent >= written.indent:
            open_.pop()
        line = _line(written, open_[-1], beside, rules)
        if line.kind in _IN_ORDER:
            beside[line.above] = line.kind
        open_.append(_Open(written.indent, len(outline.lines), line.kind, line.part))
        outline.lines.append(line)
    del outline.problems[_MOST_PROBLEMS:]
    return outline


class _Written(NamedTuple):
    number: int
    indent: int
    """In cells; headings have less than any list."""
    text: str


def _written(text: str) -> Iterator[_Written]:
    """The lines that say something, without bullets."""
    for number, line in enumerate(text.split("\n"), 1):
        words = line.lstrip()
        if not words or _RULE.fullmatch(line[:_LONGEST_LINE]):
            continue
        indent = len(line[: len(line) - len(words)].expandtabs(_TAB))
        if heading := _HEADING.match(words):
            indent, words = len(heading[1]) - 10, words[heading.end() :]
        elif bullet := _BULLET.match(words):
            words = words[bullet.end() :]
        if words.strip():
            yield _Written(number, indent, words.strip())


@dataclass(frozen=True, slots=True)
class _Rules:
    """What one line is read with."""

    today: date
    products: Products
    problems: list[Problem]
    """Those that were found."""


def _products(every: Iterable[_Written], known: Names) -> Products:
    """Those that are known, and those that the outline itself has; by their folded names."""
    names = {one.casefold(): one for one in known}
    for written in every:
        if _PRODUCT.match(written.text):
            kind, words = _labelled(written.text)
            name = clean_line(meant(words[:_LONGEST_LINE]))
            if kind == "product" and name:
                names.setdefault(name.casefold(), name)
    return names


class _Code(NamedTuple):
    code: str
    kind: LineKind


def _labelled(text: str) -> tuple[_Code | LineKind | None, str]:
    """What a line says that it is, and the words after that."""
    if found := _CODE.fullmatch(text):
        bold, letter, number, closed, colon, words = found.groups()
        is_label = bool(bold) == bool(closed) and (bold or colon or not words)
        if is_label:
            code = _Code(letter.upper() + number, LETTERS[letter.upper()])
            return code, (words or "").strip()
    if (found := _LABEL.fullmatch(text)) and (kind := _LABELS.get(found[2].lower())):
        return kind, (found[4] or "").strip()
    return None, text


def _line(
    written: _Written, above: _Open, beside: dict[int | None, LineKind], rules: _Rules
) -> OutlineLine:
    label, words = _labelled(written.text)
    product, words = _of_product(words, rules.products) if label is None else ("", words)
    slip = _slip(words) if label is None and not product else None
    code = label.code if isinstance(label, _Code) else ""
    kind = label.kind if isinstance(label, _Code) else label
    if kind is None:
        usual = beside.get(above.place) or _NEXT.get(above.kind) or "market"
        kind = "requirement" if product else slip.meant if slip else usual
    part: Part | None = None
    misplaced = ""
    try:
        if len(words) > _LONGEST_LINE:
            raise RefusedError(f"It has more than {_LONGEST_LINE:,} characters: shorten it.")
        if slip:
            raise RefusedError(f"“{slip.word}:” is no kind: did you mean “{slip.label}:”?")
        if code and not words:
            part = MentionPart(kind)
        else:
            misplaced = _misplaced(kind, above)
            if misplaced and not code:
                raise RefusedError(misplaced)
            if product:
                part = requirement_of(product, words, rules.today)
            else:
                part = read_part(kind, words, above.kind, above.part, rules.today, rules.products)
    except RefusedError as error:
        rules.problems.append(Problem(written.number, str(error)))
    said = "" if part else shorten(clean_line(words[:400]), 200)
    return OutlineLine(written.number, above.place, kind, part, code, said, misplaced)


def _of_product(text: str, products: Products) -> tuple[str, str]:
    """ "Rota", "audit trail" of “Rota: audit trail”, where Rota is a product."""
    if products and (found := _NAMED.fullmatch(text)):
        name = products.get(folded(found[2]))
        if name:
            return name, found[3].strip()
    return "", text


class _Slip(NamedTuple):
    word: str
    label: str
    meant: LineKind


def _slip(text: str) -> _Slip | None:
    """A label that a line begins with and that is misspelt. “Note: …” is none."""
    found = _LABEL.fullmatch(text)
    label = _nearest(found[2].lower()) if found else ""
    return _Slip(found[2], label, _LABELS[label]) if found and label else None


@lru_cache(1_000)
def _nearest(word: str) -> str:
    words = [one for one in _LABELS if len(one) > 1]
    return next(iter(get_close_matches(word[:40], words, 1, _ALIKE)), "")


def _misplaced(kind: LineKind, above: _Open) -> str:
    """Why it can't stand there; "" where it can."""
    below = above.kind
    if kind in _ALSO_BELOW.get(below, ()):
        return ""
    if kind in NODE_KINDS and below in NODE_KINDS and may_hang_on(_node(kind), _node(below)):
        return ""
    if above.place is None and kind in ("market", "product", "vision"):
        return ""  # stands on its own, whatever the outline is typed below
    if below is None:
        return _AT_TOP.get(kind, _NOT_AT_TOP).format(_a(kind).capitalize())
    return (
        f"{_a(kind).capitalize()} can't stand below {_a(below)}: indent it less, or say what it is "
        "(“Goal:”, “N:” …)."
    )


_NOT_AT_TOP = "{} can't stand at the top: indent it below what it belongs to."
_AT_TOP: dict[LineKind, str] = {
    "goal": "A goal stands below a market: write “Market: …” above it and indent it.",
    "account": "An account stands below a market: write “Market: …” above it and indent it.",
}
_NAMES: dict[LineKind, str] = {
    "evidence": "what was heard", "value": "a value statement", "portfolio": "the portfolio",
}  # fmt: skip


def _a(kind: LineKind) -> str:
    """ "a goal", "what was heard"."""
    return _NAMES.get(kind) or a(kind)


def _node(kind: LineKind | None) -> NodeKind:
    return cast(NodeKind, kind)
