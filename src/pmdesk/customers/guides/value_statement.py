"""The value statement of a solution: what the customer gains, laid open down to what nobody
knows. Nothing is invented: what is missing is a blank."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pmdesk.customers.guides.pages import BLANK, Block, Guide, amount, day_words, listed
from pmdesk.customers.hierarchy import Hierarchy, by_code
from pmdesk.customers.measuring import latest, progress
from pmdesk.customers.numbers import say_number
from pmdesk.customers.solutions import CHECKS, SolutionCheck, check
from pmdesk.customers.things import Evidence, Measure, Node, Requirement, Solution
from pmdesk.customers.wording import MOST_WORDS
from pmdesk.errors import RefusedError
from pmdesk.phrases import several
from pmdesk.text import clean_line, shorten

_QUOTE = 160
"""Characters of what was said."""
_MOST = 8
"""Needs on a page."""


def solutions_meant(hierarchy: Hierarchy, key: str) -> tuple[Solution, ...]:
    """The solution itself, that of a requirement, or those of the goal above a node, by code.

    RefusedError where there is none.
    """
    found: tuple[Solution, ...] = ()
    thing = hierarchy.thing(key)
    match thing:
        case Solution():
            found = (thing,)
        case Requirement(solution_id=int() as solution):
            found = (hierarchy.solution[solution],)
        case Node():
            path = hierarchy.path(thing.id)
            found = hierarchy.solutions_of.get(path[0].id, ())
            if not found and path[0].kind == "goal":
                raise RefusedError(
                    f"A value statement tells a solution's worth: {path[0].code} has none yet."
                )
    if not found:
        raise RefusedError(
            "A value statement tells a solution's worth, and this is in none: go to one."
        )
    return tuple(sorted(found, key=lambda one: by_code(one.code)))


def value_statement(hierarchy: Hierarchy, solution: Solution, today: date) -> Guide:
    """Customer, goal, obstacle, what changes in their operations, measured by what; the check
    out of five is among its notes."""
    return Guide(
        f"Value: {clean_line(solution.name)}",
        (
            *_statement(hierarchy, solution),
            *_whom(hierarchy, solution),
            *_changes(hierarchy, solution),
            *_measured(hierarchy, solution),
            *_check(hierarchy, solution),
            Block("words", f"As of {day_words(today)}."),
        ),
    )


def wording(found: SolutionCheck) -> str:
    """What is wrong with the words of a value statement, in one sentence; "" where nothing is."""
    faults = []
    if not found.words:
        return "Nobody has written what the customer gains."
    if found.feature_words:
        names = listed(f"“{word}”" for word in found.feature_words)
        faults.append(f"names {names}: the time, not the watch")
    if found.words > MOST_WORDS:
        faults.append(f"has {found.words} words; {MOST_WORDS} are enough")
    return f"It {', and '.join(faults)}." if faults else ""


# Its parts --------------------------------------------------------------------------------------


def _statement(hierarchy: Hierarchy, solution: Solution) -> Iterator[Block]:
    value = clean_line(solution.value_statement or "")
    yield Block("said", value or f"{BLANK} (what the customer gains)", key=solution.key)
    found = check(hierarchy, solution)
    if fault := wording(found):
        yield Block("fault", fault, key=solution.key)
    else:
        fine = f"{found.words} of {MOST_WORDS} words; it names no product and no feature."
        yield Block("note", fine, key=solution.key)


def _whom(hierarchy: Hierarchy, solution: Solution) -> Iterator[Block]:
    goal = hierarchy.node.get(solution.goal_id)
    market = hierarchy.market.get(goal.market_id or 0) if goal else None
    accounts = hierarchy.accounts_of.get(market.id, ()) if market else ()
    among = several(len(accounts), "account")
    heard = [one for one in check(hierarchy, solution).accounts if one in accounts]
    yield Block("head", "Customer")
    yield Block("words", market.name if market else f"{BLANK} (which market)")
    if heard:
        names = listed(one.name for one in heard)
        yield Block("item", f"heard: {names} ({len(heard)} of {among})")
    else:
        yield Block("item", f"heard: {BLANK} (none of {among})")
    yield Block("head", "Goal")
    if goal:
        yield Block("thing", goal.statement, goal.code, goal.key)
        if goal.status != "active":
            yield Block("detail", f"This goal is {goal.status}.")
    yield Block("head", "Obstacle")
    obstacles = [one for one in _on_the_way(hierarchy, solution) if one.kind == "obstacle"]
    for one in obstacles:
        yield Block("thing", one.statement, one.code, one.key)
    if not obstacles:
        yield Block("words", f"{BLANK} (nobody has said what makes it hard)")


def _changes(hierarchy: Hierarchy, solution: Solution) -> Iterator[Block]:
    yield Block("head", "What changes in their operations")
    nodes = [one for one in _on_the_way(hierarchy, solution) if one.kind in ("tactic", "need")]
    for node in nodes[:_MOST]:
        yield Block("thing", node.statement, node.code, node.key)
        yield Block("detail", _in_their_words(hierarchy, node), key=node.key)
    if len(nodes) > _MOST:
        yield Block("words", f"And {len(nodes) - _MOST} more.")
    if not nodes:
        yield Block("words", f"{BLANK} (it serves no need yet)")


def _on_the_way(hierarchy: Hierarchy, solution: Solution) -> list[Node]:
    """The needs of its live requirements and what lies above them, from the goal down."""
    found: dict[int, Node] = {}
    for one in hierarchy.requirements_in.get(solution.id, ()):
        path = hierarchy.path(one.need_id) if one.live else ()
        if path and path[0].id == solution.goal_id:
            found |= {node.id: node for node in path}
    if not found:
        found = {
            one.id: one
            for one in hierarchy.below.get(solution.goal_id, ())
            if one.kind == "obstacle" and one.status == "active"
        }
    return list(found.values())


def _in_their_words(hierarchy: Hierarchy, node: Node) -> str:
    heard = [one for one in hierarchy.evidence_on.get(node.id, ()) if (one.quote or "").strip()]
    if not heard:
        return f"in their words: {BLANK} (nobody has been heard on it)"
    best = max(heard, key=lambda one: (one.importance or 0, one.heard_on, one.id))
    return f"“{shorten(clean_line(best.quote or ''), _QUOTE)}” ({_who(hierarchy, best)})"


def _who(hierarchy: Hierarchy, one: Evidence) -> str:
    account = hierarchy.account[one.account_id].name
    return f"{account}, {clean_line(one.person or '') or one.layer}, {day_words(one.heard_on)}"


def _measured(hierarchy: Hierarchy, solution: Solution) -> Iterator[Block]:
    yield Block("head", "Measured by")
    measures = hierarchy.measures_of.get(solution.goal_id, ())
    for measure in measures:
        yield Block("item", f"{measure.name}: {_way(measure)}", key=measure.key)
    if not measures:
        yield Block("words", f"{BLANK} (nobody has measured it)")


def _way(measure: Measure) -> str:
    """ "14 → 9 %, now 12.5 % (1 Apr 2025), 30 % of the way"."""
    way = f"{amount(measure.baseline)} → {amount(measure.target, measure.unit)}"
    now = latest(measure)
    if now is None:
        return f"{way}, now {BLANK} (never read)"
    said = f"{way}, now {amount(now.value, measure.unit)} ({day_words(now.taken_on)})"
    part = progress(measure)
    return said if part is None else f"{said}, {say_number(round(part * 100, 1))} % of the way"


def _check(hierarchy: Hierarchy, solution: Solution) -> Iterator[Block]:
    found = check(hierarchy, solution)
    named = listed(one.name for one in found.products) or "no product"
    yield Block("note", f"Check: {found.score} of {len(CHECKS)}, by {named}", key=solution.key)
    for held, words in zip(found.checks, CHECKS, strict=True):
        yield Block("note" if held else "fault", f"{'✓' if held else '✗'} {words}")
