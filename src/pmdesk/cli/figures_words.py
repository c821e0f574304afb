"""The sections of `figures` for people: lines and tables of the same values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pmdesk.cli.output import say, say_table

Figures = Mapping[str, Any]

UNKNOWN = "–"


def _requirement_coverage(found: Figures) -> None:
    from pmdesk.customers.statistics import share_words

    promised = found["committed_or_shipped"]
    live = share_words(found["with_sight"], found["live"])
    say(f"Live requirements with a line of sight: {live}")
    share = share_words(promised["with_sight"], promised["of"])
    say(f"  of those committed or shipped: {share}")


def _priority(found: Figures) -> None:
    say("Priority: reach × weight × confidence ÷ effort in weeks = score")
    ranked = [(code, one) for code, one in found.items() if one is not None]
    ranked.sort(key=lambda pair: (pair[1]["score"] is None, -(pair[1]["score"] or 0)))
    if ranked:
        parts = ("reach", "weight", "confidence", "effort_weeks", "score")
        rows = [("", code, *(_said(one[part]) for part in parts)) for code, one in ranked]
        heads = ("", "", "reach", "weight", "confidence", "effort", "score")
        say_table(heads, rows, right=frozenset({2, 3, 4, 5, 6}))
    else:
        say("  Nothing that is still to be built has a line of sight.")
    blind = [code for code, one in found.items() if one is None]
    if blind:
        say(f"  No line of sight, so no score: {', '.join(blind)}")


def _multi_product_needs(found: Figures) -> None:
    from pmdesk.customers.statistics import share_words

    say(f"Needs that several products serve: {share_words(found['needs'], found['of'])}")


def _solutions(found: Figures) -> None:
    from pmdesk.customers.solutions import CHECKS

    say("Solutions: the check out of five" if found else "Solutions: none yet")
    for code, one in found.items():
        served = ", ".join(one["need_layers"])
        about = ", ".join(one["products"]) or "no product yet"
        about += f"; needs of {served}" if served else ""
        say(f"  {code}  {one['score']} of {len(CHECKS)}  {about}")
        for met, question in zip(one["checks"], CHECKS, strict=True):
            if not met:
                say(f"      not yet: {question}")


def _goal_progress(found: Figures) -> None:
    if not found:
        say("Progress of goals: none is measured yet")
        return
    say("Progress of goals from baseline to target")
    for code, value in found.items():
        say(f"  {code}  {'unknown' if value is None else f'{value:.1f} %'}")


def _gaps(found: Figures) -> None:
    say(f"Gaps: {sum(map(len, found.values())):,}")
    rows = [("", rule, ", ".join(names)) for rule, names in found.items() if names]
    if rows:
        say_table(rows[0], rows[1:], shrinks=2)


def _solution_effort(found: Figures) -> None:
    several = found["committed_weeks_in_multi_product_solutions"]
    said = f"{_said(several)} of {_said(found['committed_weeks'])} weeks"
    share = found["share"]
    percent = "" if share is None else f" ({share:.1f} %)"
    say(f"Committed effort in solutions of several products: {said}{percent}")


def _said(value: float | None) -> str:
    return UNKNOWN if value is None else f"{value:,.6g}"


WORDS: dict[str, Callable[[Figures], None]] = {
    "requirement_coverage": _requirement_coverage,
    "priority": _priority,
    "multi_product_needs": _multi_product_needs,
    "solutions": _solutions,
    "goal_progress": _goal_progress,
    "gaps": _gaps,
    "solution_effort": _solution_effort,
}
