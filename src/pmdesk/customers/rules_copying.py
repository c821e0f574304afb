"""Gaps and priorities as Markdown, to be taken elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from pmdesk.copying import escaped, markdown_table
from pmdesk.customers.gaps import Gap, rule, told_of
from pmdesk.customers.hierarchy import Hierarchy
from pmdesk.customers.numbers import say_number, say_weeks
from pmdesk.customers.priority import Priorities, Priority
from pmdesk.customers.things import Requirement

UNKNOWN = "–"


def gaps_markdown(hierarchy: Hierarchy, found: Iterable[Gap]) -> str:
    """A list by rule: what is missing, then each thing that lacks it."""
    lines: list[str] = []
    for rule_id, hits in groupby(found, key=lambda one: one.rule):
        lines.append(f"- **{rule(rule_id).words}**")
        for one in hits:
            words = told_of(hierarchy, one.subject)
            said = f"{one.name} {words}".strip() + (f" ({one.note})" if one.note else "")
            lines.append(f"  - {escaped(said)}")
    return "\n".join(lines)


def priorities_markdown(hierarchy: Hierarchy, found: Priorities) -> str:
    """The ranked table, then what has no score."""
    parts = []
    rows = [_row(place, one) for place, one in enumerate((*found.ranked, *found.unscored), 1)]
    if rows:
        parts.append(markdown_table(_HEADINGS, rows))
    if found.blind:
        parts.append(f"No line of sight, so no score:\n\n{_blind(hierarchy, found.blind)}")
    return "\n\n".join(parts)


_HEADINGS = ("requirement", "place", "product", "goal", "reach", "weight", "confidence", "effort",
             "score")  # fmt: skip


def _row(place: int, one: Priority) -> tuple[str, ...]:
    need = one.requirement
    return (
        _cell(f"{need.code} {need.statement}"),
        str(place) if one.score is not None else UNKNOWN,
        _cell(one.product),
        one.goal.code,
        f"{len(one.heard.accounts)} of {one.heard.of}",
        UNKNOWN if one.goal.weight is None else str(one.goal.weight),
        say_number(one.confidence),
        UNKNOWN if need.effort_weeks is None else say_weeks(need.effort_weeks),
        UNKNOWN if one.score is None else f"{one.score:.2f}",
    )


def _blind(hierarchy: Hierarchy, blind: Sequence[Requirement]) -> str:
    return "\n".join(
        f"- {escaped(f'{one.code} {one.statement}')} "
        f"({escaped(hierarchy.product[one.product_id].name)})"
        for one in blind
    )


def _cell(text: str) -> str:
    """Within a table a bar would begin another cell."""
    return escaped(text).replace("|", "\\|")
