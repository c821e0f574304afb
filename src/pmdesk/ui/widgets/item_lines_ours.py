"""The item beside the tree: our products, the portfolio and the solutions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from pmdesk.customers.item import goals_reached
from pmdesk.customers.solutions import CHECKS, check
from pmdesk.customers.things import LAYERS, Product, Requirement, Solution
from pmdesk.customers.wording import MOST_WORDS
from pmdesk.phrases import several
from pmdesk.ui.widgets.item_lines import About, above, gaps, head, marked, opening, prose, upward
from pmdesk.ui.widgets.item_lines_parts import (
    MOST,
    age,
    code_width,
    measures,
    more,
    product_line,
    requirement_line,
    served,
)
from pmdesk.ui.widgets.text_lines import TextLine


def product(about: About) -> Iterator[TextLine]:
    hierarchy = about.hierarchy
    one = hierarchy.thing(about.key)
    assert isinstance(one, Product)
    own = hierarchy.requirements_on.get(one.id, ())
    live = tuple(requirement for requirement in own if requirement.live)
    yield from opening(about, ("product", several(len(live), "requirement")))
    yield from gaps(about)
    yield from _vision(about, one.vision, one.vision_revised)
    results = hierarchy.key_results_of.get(one.id, ())
    yield from measures(about, results, "KEY RESULTS", "none: nothing says how well it does")
    yield from _reaches(about, live)
    yield from _requirements(about, own)


def _vision(about: About, vision: str | None, revised: date | None) -> Iterator[TextLine]:
    since = f"revised {age(revised, about.today)}" if revised else "revised: unknown"
    yield from head("VISION", since if vision or revised else "", about.width)
    if vision:
        yield from prose(vision, about.width)
    else:
        yield from prose("not written down yet", about.width, "muted", about.key, act="edit")


def _reaches(about: About, live: tuple[Requirement, ...]) -> Iterator[TextLine]:
    reached = goals_reached(about.hierarchy, live)
    seeing = sum(count for _, count in reached)
    words = f"{seeing} of {several(len(live), 'requirement')} in sight of one" if live else ""
    yield from head("CUSTOMER GOALS", words, about.width, "theirs")
    if not reached:
        yield from prose("it reaches none", about.width, "muted")
    for goal, count in reached[:MOST]:
        words = f"{goal.statement} ({several(count, 'requirement')})"
        yield from marked((f"  {goal.code:<3} ", "code"), words, about.width, "", goal.key)
    yield from more(len(reached) - MOST)


def _requirements(about: About, own: Sequence[Requirement]) -> Iterator[TextLine]:
    counts: Counter[str] = Counter(one.status for one in own)
    order = ("candidate", "committed", "shipped", "dropped")
    said = " · ".join(f"{counts[one]} {one}" for one in order if counts[one])
    yield from head("REQUIREMENTS", said, about.width, "mine")
    if not own:
        yield from prose("none yet", about.width, "muted")
    blind_first = sorted(own, key=lambda one: (not one.live, _sees(about, one)))
    shown = blind_first[:MOST]
    for one in shown:
        need = about.hierarchy.node.get(one.need_id or 0)
        beside = need.code if need else "–"
        yield requirement_line(one, about.width, 2, code_width(shown), beside)
    yield from more(len(own) - MOST)


def _sees(about: About, one: Requirement) -> bool:
    return about.hierarchy.goal_of(one) is not None


def portfolio(about: About) -> Iterator[TextLine]:
    hierarchy = about.hierarchy
    yield from opening(about, (several(len(hierarchy.products), "product"),), "Portfolio")
    yield from gaps(about)
    yield from _vision(about, hierarchy.vision, hierarchy.vision_revised)
    yield from head("OUR PRODUCTS", "", about.width, "mine")
    for one in hierarchy.products[:MOST]:
        live = sum(each.live for each in hierarchy.requirements_on.get(one.id, ()))
        yield product_line(one, live)
    yield from more(len(hierarchy.products) - MOST)


def solution(about: About) -> Iterator[TextLine]:
    hierarchy = about.hierarchy
    one = hierarchy.thing(about.key)
    assert isinstance(one, Solution)
    found = check(hierarchy, one)
    yield from opening(about, ("solution", f"check {found.score} of {len(CHECKS)}"))
    yield from upward(about)
    yield from gaps(about)
    yield from above(about)
    yield from head("CHECK", f"{found.score} of {len(CHECKS)}", about.width)
    for words, passed in zip(CHECKS, found.checks, strict=True):
        mark = ("  ✓ ", "sight") if passed else ("  ✗ ", "warning")
        yield from marked(mark, words, about.width, "" if passed else "strong")
    yield from _value(about, one, found.words, found.feature_words)
    yield from head("WHOSE NEEDS", "", about.width, "theirs")
    silent = [layer for layer in LAYERS if layer not in found.layers]
    named = ", ".join(account.name for account in found.accounts)
    for label, said in (
        ("needs of", ", ".join(found.need_layers)),
        ("accounts", named),
        ("heard", ", ".join(found.layers)),
        ("not heard", ", ".join(silent)),
    ):
        if said or label != "not heard":
            yield from marked((f"  {label:<11}", "muted"), said or "nobody", about.width)
    yield from served(about)


def _value(about: About, one: Solution, words: int, named: tuple[str, ...]) -> Iterator[TextLine]:
    count = several(words, "word") if words else ""
    yield from head("VALUE STATEMENT", count, about.width)
    if not one.value_statement:
        yield from prose("not written yet", about.width, "muted", about.key, act="edit")
        return
    yield from prose(f"“{one.value_statement}”", about.width)
    told = any(gap.rule == "value-names-features" for gap in about.gaps)
    if named and not told:
        said = f"it names our products or features: {', '.join(named)}"
        yield from marked(("  ! ", "warning"), said, about.width, "warning", about.key)
    if words > MOST_WORDS:
        said = f"it is {words - MOST_WORDS} words too long: {MOST_WORDS} at most"
        yield from marked(("  ! ", "warning"), said, about.width, "warning", about.key)
