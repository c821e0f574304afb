"""The item beside the tree: nodes, requirements, measures, readings and evidence."""

from __future__ import annotations

from collections.abc import Iterator

from pmdesk.customers.item import heard
from pmdesk.customers.measuring import latest
from pmdesk.customers.things import Evidence, Measure, Node, Reading, Requirement
from pmdesk.ui.widgets.item_lines import About, above, gaps, head, marked, opening, prose, upward
from pmdesk.ui.widgets.item_lines_parts import (
    age,
    figures,
    heard_lines,
    importance,
    measures,
    number,
    readings,
    served,
    weeks,
)
from pmdesk.ui.widgets.text_lines import TextLine


def node(about: About) -> Iterator[TextLine]:
    one = about.hierarchy.thing(about.key)
    assert isinstance(one, Node)
    parts: list[str] = [one.kind, one.status]
    if one.kind == "need":
        parts.insert(1, one.layer or "layer unknown")
    if one.kind == "goal":
        parts.insert(1, f"weight {one.weight}" if one.weight else "weight unknown")
    yield from opening(about, parts)
    yield from upward(about)
    yield from gaps(about)
    yield from above(about)
    if one.kind == "goal":
        found = about.hierarchy.measures_of.get(one.id, ())
        yield from measures(about, found, "MEASURED BY", "nothing measures it")
        yield from _solutions(about, one)
    yield from served(about)
    yield from heard_lines(about, heard(about.hierarchy, about.key))


def _solutions(about: About, goal: Node) -> Iterator[TextLine]:
    found = about.hierarchy.solutions_of.get(goal.id, ())
    if found:
        yield from head("SOLUTIONS", "", about.width, "mine")
    for one in found:
        yield from marked((f"  {one.code:<3} ", "code"), one.name, about.width, "", one.key)


def requirement(about: About) -> Iterator[TextLine]:
    hierarchy = about.hierarchy
    one = hierarchy.thing(about.key)
    assert isinstance(one, Requirement)
    shipped = f"on {age(one.shipped_on, about.today)}" if one.shipped_on else ""
    horizon = f"{one.horizon} horizon" if one.horizon else "horizon unknown"
    product = hierarchy.product[one.product_id]
    status = f"{one.status} {shipped}".rstrip()
    parts = ("requirement", product.name, status, weeks(one.effort_weeks), horizon)
    yield from opening(about, parts)
    yield from upward(about)
    yield from gaps(about)
    yield from above(about)
    yield from head("OUR PRODUCTS", "", about.width, "mine")
    yield TextLine((("  ", ""), (product.name, "strong")), product.key)
    if one.solution_id is not None and (solution := hierarchy.solution.get(one.solution_id)):
        words = f"{solution.name}, for {_goal(about, solution.goal_id)}"
        yield from marked((f"  {solution.code:<3} ", "code"), words, about.width, "", solution.key)
    yield from heard_lines(about, heard(hierarchy, about.key))


def _goal(about: About, id_: int) -> str:
    goal = about.hierarchy.node.get(id_)
    return goal.code if goal else "no goal"


def measure(about: About) -> Iterator[TextLine]:
    one = about.hierarchy.thing(about.key)
    assert isinstance(one, Measure)
    kind = "measure" if one.node_id is not None else "key result"
    now = latest(one)
    yield from opening(about, (kind, one.unit or "unit unknown"))
    yield from upward(about)
    yield from _product(about, one)
    yield from gaps(about)
    yield from above(about)
    yield from head("PROGRESS", "" if now else "unknown: no reading yet", about.width)
    yield from figures(about, one)
    if one.readings:
        yield from readings(about, one)


def _product(about: About, one: Measure) -> Iterator[TextLine]:
    if one.product_id is not None:
        product = about.hierarchy.product[one.product_id]
        yield from head("OUR PRODUCTS", "", about.width, "mine")
        yield TextLine((("  ", ""), (product.name, "strong")), product.key)


def reading(about: About) -> Iterator[TextLine]:
    one = about.hierarchy.thing(about.key)
    assert isinstance(one, Reading)
    of = about.hierarchy.thing(f"measure {one.metric_id}")
    assert isinstance(of, Measure)
    unit = f" {of.unit}" if of.unit else ""
    said = f"{number(one.value)}{unit}"
    yield from opening(about, ("reading", age(one.taken_on, about.today)), said)
    if one.note:
        yield from prose(one.note, about.width, indent=0)
    yield from measures(about, (of,), "OF THE MEASURE", "")
    yield from readings(about, of)


def evidence(about: About) -> Iterator[TextLine]:
    hierarchy = about.hierarchy
    one = hierarchy.thing(about.key)
    assert isinstance(one, Evidence)
    account = hierarchy.account[one.account_id]
    signs = importance(one.importance).strip()
    weight = f"importance {signs}" if signs else "importance unknown"
    parts = ("evidence", one.layer, age(one.heard_on, about.today), weight)
    yield from opening(about, parts, f"“{one.quote}”" if one.quote else "No quote was noted")
    yield from head("HEARD FROM", "", about.width)
    yield TextLine((("  ", ""), (account.name, "strong")), account.key)
    yield from prose(one.person or "person unknown", about.width, key=account.key)
    if one.request_id is not None:
        yield from prose("made of a request", about.width, "muted")
    yield from upward(about)
    yield from above(about)
