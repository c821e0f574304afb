"""figures: every figure of the desk, under the names of the worked example."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from pmdesk.cli.desks import open_desk
from pmdesk.cli.figures_words import WORDS
from pmdesk.cli.output import say, say_json
from pmdesk.cli.parsing import Commands
from pmdesk.errors import RefusedError

if TYPE_CHECKING:
    from pmdesk.customers.hierarchy import Hierarchy

Figures = Mapping[str, Any]


def add_to(commands: Commands) -> None:
    command = commands.add(
        "figures",
        "shows the figures of the desk, or of one section",
        "pmdesk figures priority",
        figures,
        more=f"The sections are {', '.join(_SECTIONS)}; without one: all.",
    )
    command.add_argument("section", metavar="SECTION", nargs="?")
    command.add_argument("--json", action="store_true", help="as JSON")


def figures(arguments: Namespace) -> int:
    from pmdesk.customers.loading import whole

    names = _sections(arguments.section)
    with open_desk(arguments) as desk:
        hierarchy, today = desk.ask(whole), desk.clock.today()
    found = {name: _SECTIONS[name](hierarchy, today) for name in names}
    if arguments.json:
        say_json(found)
        return 0
    for place, (name, value) in enumerate(found.items()):
        if place:
            say("")
        WORDS[name](value)
    return 0


def _sections(asked: str | None) -> tuple[str, ...]:
    if asked is None:
        return tuple(_SECTIONS)
    name = asked.strip().lower().replace("-", "_")
    if name not in _SECTIONS:
        raise RefusedError(f"there are no figures “{asked}” yet; there are {', '.join(_SECTIONS)}.")
    return (name,)


# What each section holds ----------------------------------------------------------------------


def _requirement_coverage(hierarchy: Hierarchy, _today: date) -> Figures:
    from pmdesk.customers.coverage import requirement_coverage
    from pmdesk.customers.statistics import interval, rate

    found = requirement_coverage(hierarchy)
    bounds = interval(found.with_sight, found.live)
    return {
        "with_sight": found.with_sight,
        "live": found.live,
        "rate": _tenths(rate(found.with_sight, found.live)),
        "interval": [_tenths(one) for one in bounds] if bounds else None,
        "committed_or_shipped": {"with_sight": found.promised_with_sight, "of": found.promised},
    }


def _priority(hierarchy: Hierarchy, _today: date) -> Figures:
    from pmdesk.customers.hierarchy import by_code
    from pmdesk.customers.priority import priorities

    found = priorities(hierarchy)
    parts: dict[str, Any] = {
        one.requirement.code: {
            "reach": _exact(one.reach),
            "weight": one.goal.weight,
            "confidence": one.confidence,
            "effort_weeks": _whole(one.requirement.effort_weeks),
            "score": _exact(one.score),
        }
        for one in (*found.ranked, *found.unscored)
    }
    parts |= {one.code: None for one in found.blind}
    return {code: parts[code] for code in sorted(parts, key=by_code)}


def _multi_product_needs(hierarchy: Hierarchy, _today: date) -> Figures:
    from pmdesk.customers.coverage import multi_product_needs

    found = multi_product_needs(hierarchy)
    return {"needs": len(found.needs), "of": found.of}


def _solutions(hierarchy: Hierarchy, _today: date) -> Figures:
    from pmdesk.customers.hierarchy import by_code
    from pmdesk.customers.solutions import check

    checks = {one.code: check(hierarchy, one) for one in hierarchy.solutions}
    return {
        code: {
            "score": checks[code].score,
            "products": [one.name for one in checks[code].products],
            "need_layers": checks[code].need_layers,
            "checks": checks[code].checks,
        }
        for code in sorted(checks, key=by_code)
    }


def _goal_progress(hierarchy: Hierarchy, _today: date) -> Figures:
    from pmdesk.customers.measuring import goal_progress

    found = goal_progress(hierarchy)
    return {code: None if one is None else _tenths(one * 100) for code, one in found.items()}


def _gaps(hierarchy: Hierarchy, today: date) -> Figures:
    from pmdesk.cli.gaps import by_rule
    from pmdesk.customers.gaps import gaps

    return by_rule(gaps(hierarchy, today))


def _solution_effort(hierarchy: Hierarchy, _today: date) -> Figures:
    from pmdesk.customers.coverage import solution_effort
    from pmdesk.customers.statistics import percent

    found = solution_effort(hierarchy)
    return {
        "committed_weeks_in_multi_product_solutions": _whole(found.in_solutions),
        "committed_weeks": _whole(found.committed),
        "share": _tenths(percent(found.in_solutions, found.committed)),
    }


def _tenths(value: float | None) -> float | None:
    return None if value is None else round(value, 1) + 0.0  # never -0.0


def _exact(value: float | None) -> float | None:
    """As exact as somebody may want to compute on."""
    return None if value is None else round(value, 4)


def _whole(weeks: float | None) -> float | int | None:
    if weeks is None:
        return None
    return int(weeks) if weeks == int(weeks) else round(weeks, 4)


_SECTIONS: dict[str, Callable[[Hierarchy, date], Figures]] = {
    "requirement_coverage": _requirement_coverage,
    "priority": _priority,
    "multi_product_needs": _multi_product_needs,
    "solutions": _solutions,
    "goal_progress": _goal_progress,
    "gaps": _gaps,
    "solution_effort": _solution_effort,
}
"""In the order of the worked example."""
