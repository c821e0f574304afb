"""The referee brief: requirements that compete, ranked by what of the customers they reach.

For executives who must decide between products; each figure says what it was counted from.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pmdesk.customers.guides.pages import BLANK, Block, Guide, day_words, layers_in_order, listed
from pmdesk.customers.hierarchy import Hierarchy
from pmdesk.customers.numbers import say_number, say_weeks
from pmdesk.customers.priority import Priorities, Priority, priorities
from pmdesk.customers.things import Requirement
from pmdesk.text import clean_line, shorten

MOST = 10
"""Ranked requirements of one page."""
_MOST_OTHERS = 6
_STATEMENT = 90
"""Characters of a statement in a list."""


def referee_brief(hierarchy: Hierarchy, today: date) -> Guide:
    """All that is candidate or committed, on one page."""
    ranking = priorities(hierarchy)
    return Guide(
        "What competes, and what it reaches",
        (
            *_basis(hierarchy, ranking, today),
            *_ranked(ranking),
            *_unscored(ranking),
            *_blind(hierarchy, ranking),
            *_products(hierarchy, ranking),
        ),
    )


def _basis(hierarchy: Hierarchy, ranking: Priorities, today: date) -> Iterator[Block]:
    reaching = len(ranking.ranked) + len(ranking.unscored)
    total = reaching + len(ranking.blind)
    heard = {
        account.id for one in (*ranking.ranked, *ranking.unscored) for account in one.heard.accounts
    }
    yield Block(
        "words",
        f"As of {day_words(today)}: {total} requirements are candidate or committed; {reaching} "
        f"of {total} reach a goal of a customer. Heard for them: {len(heard)} of "
        f"{len(hierarchy.accounts)} accounts.",
    )
    yield Block(
        "words",
        "Score = accounts heard ÷ accounts of the market × weight of the goal (1 to 3, our bet) × "
        "confidence (by layers heard, 0 to 3: 0.2, 0.5, 0.8, 1) ÷ weeks of effort. It orders; it "
        "measures nothing.",
    )


def _ranked(ranking: Priorities) -> Iterator[Block]:
    yield Block("head", "By what they reach")
    for one in ranking.ranked[:MOST]:
        yield from _requirement(one)
        yield Block("detail", _score(one), key=one.requirement.key)
    if not ranking.ranked:
        yield Block("words", "None has a score yet.")
    yield from _more(len(ranking.ranked) - MOST, "with a lower score")


def _requirement(one: Priority) -> Iterator[Block]:
    requirement, heard = one.requirement, one.heard
    words = f"{clean_line(requirement.statement)} ({one.product}, {requirement.status})"
    yield Block("thing", words, requirement.code, requirement.key)
    weight = f"weight {one.goal.weight}" if one.goal.weight else f"weight {BLANK}"
    goal = f"reaches {one.goal.code} {shorten(clean_line(one.goal.statement), _STATEMENT)}"
    yield Block("detail", f"{goal} ({weight})", key=one.goal.key)
    names = f": {listed(account.name for account in heard.accounts)}" if heard.accounts else ""
    layers = layers_in_order(heard.layers)
    said = f": {', '.join(layers)}" if layers else ""
    yield Block(
        "detail",
        f"heard from {len(heard.accounts)} of {heard.of} accounts{names}; "
        f"{len(layers)} of 3 layers{said}",
        key=requirement.key,
    )


def _score(one: Priority) -> str:
    """ "2/2 × 3 × 0.8 ÷ 3 weeks = 0.80"."""
    heard = f"{len(one.heard.accounts)}/{one.heard.of}"
    parts = f"{heard} × {one.goal.weight} × {one.confidence:g} ÷ "
    return f"score {parts}{say_weeks(one.requirement.effort_weeks or 0)} = {one.score or 0:.2f}"


def _unscored(ranking: Priorities) -> Iterator[Block]:
    if ranking.unscored:
        yield Block("head", "They reach a goal, but a figure is missing")
    for one in ranking.unscored[:_MOST_OTHERS]:
        yield from _requirement(one)
        missing = ", ".join(f"{part} {BLANK}" for part in one.unknown)
        yield Block("detail", f"no score: {missing}", key=one.requirement.key)
    yield from _more(len(ranking.unscored) - _MOST_OTHERS, "without a score")


def _blind(hierarchy: Hierarchy, ranking: Priorities) -> Iterator[Block]:
    if not ranking.blind:
        return
    yield Block("head", "Without a line of sight: no goal of a customer is reached, so no score")
    for one in ranking.blind[:_MOST_OTHERS]:
        effort = say_weeks(one.effort_weeks) if one.effort_weeks else f"{BLANK} weeks"
        product = hierarchy.product[one.product_id].name
        why = _why_blind(hierarchy, one)
        words = (
            f"{shorten(clean_line(one.statement), _STATEMENT)} ({product}, {one.status}, {effort})"
        )
        yield Block("thing", f"{words}: {why}", one.code, one.key)
    yield from _more(len(ranking.blind) - _MOST_OTHERS, "of these")


def _why_blind(hierarchy: Hierarchy, one: Requirement) -> str:
    if one.need_id is None:
        return "it answers no need"
    path = hierarchy.path(one.need_id)
    need = path[-1].code if path else BLANK
    if not path or path[0].kind != "goal":
        return f"its need {need} hangs under no goal"
    return f"its goal {path[0].code} is {path[0].status}"


def _products(hierarchy: Hierarchy, ranking: Priorities) -> Iterator[Block]:
    """What each product asks for, and how much of that reaches a goal."""
    if not hierarchy.products:
        return
    yield Block("head", "By product")
    reaching = [one.requirement for one in (*ranking.ranked, *ranking.unscored)]
    for product in hierarchy.products:
        with_sight = [one for one in reaching if one.product_id == product.id]
        blind = [one for one in ranking.blind if one.product_id == product.id]
        every = (*with_sight, *blind)
        words = f"{product.name}: {len(with_sight)} of {len(every)} reach a goal"
        yield Block("item", f"{words}{_effort(every, with_sight)}", key=product.key)


def _effort(every: tuple[Requirement, ...], with_sight: list[Requirement]) -> str:
    weeks = sum(one.effort_weeks or 0 for one in every)
    if not weeks:
        return ""
    reaching = sum(one.effort_weeks or 0 for one in with_sight)
    unknown = sum(not one.effort_weeks for one in every)
    said = f"; {say_number(reaching)} of {say_weeks(weeks)}"
    return f"{said}, the effort of {unknown} unknown" if unknown else said


def _more(count: int, what: str) -> Iterator[Block]:
    if count > 0:
        yield Block("words", f"And {count} more {what}.")
