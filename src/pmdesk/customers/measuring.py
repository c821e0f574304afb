"""How far measures have come (DOMAIN §5, goal progress). Blank is unknown, never 0."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pmdesk.customers.hierarchy import Hierarchy, by_code
from pmdesk.customers.things import Measure, Node, Reading


def latest(measure: Measure) -> Reading | None:
    """The newest reading; None where there is none."""
    return measure.readings[-1] if measure.readings else None


def progress(measure: Measure) -> float | None:
    """The part of the way from baseline to target, 1 is all of it; below 0 it goes backwards,
    beyond 1 further than wished. None where baseline, target or reading are unknown, or where
    there is no way to go."""
    now = latest(measure)
    if measure.baseline is None or measure.target is None or now is None:
        return None
    way = measure.baseline - measure.target
    return (measure.baseline - now.value) / way if way else None


def read_after(measure: Measure, day: date) -> bool:
    """Whether it was read after a day."""
    now = latest(measure)
    return now is not None and now.taken_on > day


def goal_progress(hierarchy: Hierarchy) -> Mapping[str, float | None]:
    """Of each active goal with a measure, by code: the progress of the first that has one."""
    return {
        goal.code: progress_of(hierarchy, goal)
        for goal in sorted(hierarchy.nodes, key=lambda node: by_code(node.code))
        if goal.kind == "goal" and goal.status == "active" and goal.id in hierarchy.measures_of
    }


def progress_of(hierarchy: Hierarchy, goal: Node) -> float | None:
    """Of the first of its measures that has one."""
    each = map(progress, hierarchy.measures_of.get(goal.id, ()))
    return next((one for one in each if one is not None), None)
