"""An outline as text: the Markdown list that the outline's reader reads; docs/outline.md."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pmdesk.customers.outline_actions import (
    AccountPart,
    EvidencePart,
    LineKind,
    MarketPart,
    MeasurePart,
    MentionPart,
    NodePart,
    OutlineLine,
    Part,
    ProductPart,
    ReadingPart,
    RequirementPart,
    SolutionPart,
    ValuePart,
    VisionPart,
)
from pmdesk.outline_words import detail, is_no_name, line, number, text_written

LABELS: dict[LineKind, str] = {
    "evidence": "Heard", "reading": "Reading", "value": "Value",
}  # fmt: skip
_INDENT = "  "
_LIKE_IMPORTANCE = re.compile(r"(?:^|(?<=,))\s*!(?=[0-3]$)")
_CODE = re.compile(r"S[1-9][0-9]*")


def text_of(lines: Iterable[OutlineLine]) -> str:
    """The Markdown list; without a line feed at its end."""
    return "\n".join(_lines(lines))


def _lines(lines: Iterable[OutlineLine]) -> Iterator[str]:
    depths: list[int] = []
    for one in lines:
        depths.append(0 if one.above is None else depths[one.above] + 1)
        words = one.words if one.part is None else words_of(one.part)
        label = "" if one.kind == "reading" and depths[-1] else f"{label_of(one)} "
        yield f"{_INDENT * depths[-1]}- {label}{words}".rstrip()


def label_of(one: OutlineLine) -> str:
    """ "**G1**", "Goal:"."""
    if one.code:
        return f"**{one.code}**"
    return f"{LABELS.get(one.kind, one.kind.capitalize())}:"


def words_of(part: Part) -> str:
    """What stands after the label."""
    match part:
        case MentionPart():
            return ""
        case MarketPart() | ProductPart() | SolutionPart():
            return line(part.name)
        case ValuePart():
            return line(part.text)
        case VisionPart():
            return line(part.text, [f"revised {part.revised}"] if part.revised else ())
        case EvidencePart():
            quote = part.quote.strip()
            return line(f"“{quote}”" if quote else "", details_of(part))
        case ReadingPart():
            said = f"{part.taken_on}: {number(part.value)}"
            return f"{said} ({_note(part.note)})" if part.note.strip() else said
        case AccountPart() | MeasurePart():
            return line(part.name, details_of(part))
        case NodePart() | RequirementPart():
            return line(part.statement, details_of(part))


def details_of(part: Part) -> tuple[str, ...]:
    """What stands in the parenthesis at the end, written as it is there."""
    match part:
        case AccountPart():
            return tuple(_of_account(part))
        case NodePart():
            return tuple(_of_node(part))
        case RequirementPart():
            return tuple(_of_requirement(part))
        case MeasurePart():
            return tuple(_of_measure(part))
        case EvidencePart():
            return tuple(_of_evidence(part))
    return ()


def _of_account(part: AccountPart) -> Iterator[str]:
    if part.revenue_share is not None:
        yield f"{number(part.revenue_share)} %"
    if part.status != "customer":
        yield part.status
    yield from (f"also {detail(alias)}" for alias in part.aliases)
    yield from map(detail, part.domains)


def _of_node(part: NodePart) -> Iterator[str]:
    if part.weight is not None:
        yield f"weight {part.weight}"
    if part.layer is not None:
        yield part.layer
    if part.status != "active":
        yield part.status


def _of_requirement(part: RequirementPart) -> Iterator[str]:
    if part.product:
        name = detail(part.product)
        yield f"product: {name}" if is_no_name(name) else name
    if part.solution:
        code = _CODE.fullmatch(part.solution)
        yield part.solution if code else f"solution: {detail(part.solution)}"
    if part.effort_weeks is not None:
        yield f"{number(part.effort_weeks)}w"
    if part.shipped_on is not None:
        yield f"shipped {part.shipped_on}"
    elif part.status != "candidate":
        yield part.status
    if part.horizon is not None:
        yield part.horizon


def _of_measure(part: MeasurePart) -> Iterator[str]:
    if part.baseline is None and part.target is None and not part.unit:
        return
    ends = ("?" if end is None else number(end) for end in (part.baseline, part.target))
    yield f"{' → '.join(ends)} {_note(part.unit)}".rstrip()


def _of_evidence(part: EvidencePart) -> Iterator[str]:
    yield detail(part.account)
    yield part.layer
    yield str(part.heard_on)
    if part.person:
        person = _note(part.person)
        if ", ".join(filter(None, (one.strip() for one in person.split(",")))) != person:
            person = detail(part.person)  # its commas are no common ones
        if part.importance is None:
            person = _LIKE_IMPORTANCE.sub(lambda found: found[0][:-1] + "\\!", person)
        yield person
    if part.importance is not None:
        yield f"!{part.importance}"


def _note(text: str) -> str:
    """Words that stand alone in a parenthesis: their commas part nothing."""
    return re.sub(r"[()]", r"\\\g<0>", text_written(text))
