"""The priorities in lines: each score laid open, then how much goes into solutions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len

from pmdesk.customers.coverage import Coverage, SolutionEffort, products_of
from pmdesk.customers.hierarchy import Hierarchy
from pmdesk.customers.item import words_of
from pmdesk.customers.numbers import say_number, say_weeks
from pmdesk.customers.priority import CONFIDENCE, Priority
from pmdesk.customers.statistics import percent, share_words
from pmdesk.customers.things import Requirement
from pmdesk.customers.weighing import Weighed
from pmdesk.phrases import several
from pmdesk.ui.widgets.cells import fit
from pmdesk.ui.widgets.columns import GAP, Cells, Column, lay_out, line
from pmdesk.ui.widgets.text_lines import Span, TextLine, wrapped

MOST = 500
"""Of one sort; nobody weighs more."""
_WIDE = 104
"""Cells from which a score is laid open beside its requirement, not below it."""
_SHORT = {"executive": "exec", "manager": "mgr", "user": "user"}
_SHORT_REACH = 14
"""Cells in which a reach says no more than its figures."""
_UNKNOWN = "–"


def priority_lines(hierarchy: Hierarchy, found: Weighed, width: int) -> Iterator[TextLine]:
    """All of it in at most `width` cells."""
    yield from _ranked(found.order.ranked, width)
    yield from _unscored(found.order.unscored, width)
    yield from _blind(hierarchy, found.order.blind, width)
    yield from _solutions(hierarchy, found, width)
    yield from _coverage(found.covered, width)


# What has a score -----------------------------------------------------------------------------


def _ranked(ranked: Sequence[Priority], width: int) -> Iterator[TextLine]:
    if not ranked:
        words = "Nothing that is still to be built has a score yet."
        yield from _words(words, width)
        return
    if width >= _WIDE:
        yield from _table(ranked, width)
    else:
        yield from _in_two_lines(ranked, width)
    yield from _left_out(len(ranked))
    yield TextLine(())
    steps = zip(("none", "one", "two", "all three"), CONFIDENCE, strict=True)
    said = ", ".join(f"{count} {say_number(value)}" for count, value in steps)
    about = "Reach: the accounts of the goal’s market that were heard on the path."
    about += f" Confidence: by how many layers were heard there: {said}."
    yield from _words(about, width, "muted")


def _table(ranked: Sequence[Priority], width: int) -> Iterator[TextLine]:
    cells = lay_out(_columns(ranked[:MOST], width), width)
    headings = {"place": "", "code": ""}
    yield TextLine(tuple(line(cells, lambda name, _: (headings.get(name, name), "head"))))
    for place, one in enumerate(ranked[:MOST], 1):
        yield TextLine(tuple(_row(cells, place, one)), one.requirement.key)


def _columns(ranked: Sequence[Priority], width: int) -> tuple[Column, ...]:
    """No wider than what stands in them; the statement comes before what else grows."""

    def widest(words: Iterable[str], least: int, most: int) -> int:
        return max(least, min(most, max(map(cell_len, words))))

    product = widest((one.product for one in ranked), 7, 16)
    statement = widest((one.requirement.statement for one in ranked), 18, 60)
    taken = 3 + 4 + product + 4 + 7 + 8 + 16 + 8 + 7 + 9 * GAP
    return (
        Column("place", 3, right=True),
        Column("code", 4, 5),
        Column("requirement", max(18, min(statement, width - taken))),
        Column("product", product),
        Column("goal", 4, 5),
        Column("reach", 7, widest((_reach(one, True) for one in ranked), 7, 20)),
        Column("× weight", 8, right=True),
        Column("× confidence", 16, widest((_confidence(o, 99) for o in ranked), 16, 28), 4),
        Column("÷ effort", 8, right=True),
        Column("= score", 7, right=True),
    )


def _row(cells: tuple[Cells, ...], place: int, one: Priority) -> Iterator[Span]:
    def cell(name: str, width: int) -> Span:
        match name:
            case "place":
                return str(place), "muted"
            case "code":
                return one.requirement.code, "code"
            case "requirement":
                return one.requirement.statement, ""
            case "product":
                return one.product, ""
            case "goal":
                return one.goal.code, "code"
            case "reach":
                return _reach(one, width > _SHORT_REACH), ""
            case "× weight":
                return _number(one.goal.weight), ""
            case "× confidence":
                return _confidence(one, width), ""
            case "÷ effort":
                return f"{_number(one.requirement.effort_weeks)} w", ""
        return _score(one), "strong"

    return line(cells, cell)


def _in_two_lines(ranked: Sequence[Priority], width: int) -> Iterator[TextLine]:
    products = min(16, max(cell_len(one.product) for one in ranked[:MOST]))
    for place, one in enumerate(ranked[:MOST], 1):
        need = one.requirement
        room = width - 10 - products - 2 - 6
        yield TextLine(
            (
                (f"{place:>3} ", "muted"),
                (fit(need.code, 4), "code"),
                ("  ", ""),
                (fit(need.statement, room), ""),
                ("  ", ""),
                (fit(one.product, products), ""),
                (f"{_score(one):>6}", "strong"),
            ),
            need.key,
        )
        layers = ", ".join(one.heard.layers) or "nobody heard"
        said = (
            f"{one.goal.code}  {_reach(one, True)} × {_number(one.goal.weight)}"
            f" × {say_number(one.confidence)} ÷ {_number(need.effort_weeks)} w · {layers}"
        )
        yield from _words(said, width, "muted", 10)


def _reach(one: Priority, words: bool) -> str:
    of = several(one.heard.of, "account") if words else one.heard.of
    return f"{len(one.heard.accounts)} of {of}"


def _confidence(one: Priority, width: int) -> str:
    full = f"{say_number(one.confidence)} {', '.join(one.heard.layers)}".strip()
    if len(full) <= width:
        return full if one.heard.layers else f"{full} nobody"
    return f"{say_number(one.confidence)} {' '.join(_SHORT[one] for one in one.heard.layers)}"


def _score(one: Priority) -> str:
    return _UNKNOWN if one.score is None else f"{one.score:.2f}"


# What has none --------------------------------------------------------------------------------


def _unscored(unscored: Sequence[Priority], width: int) -> Iterator[TextLine]:
    if not unscored:
        return
    yield from _head("A line of sight, but no score yet", width, len(unscored))
    rows = [
        (one.requirement, one.product, " and ".join(one.unknown) + " unknown")
        for one in unscored[:MOST]
    ]
    yield from _listed(rows, width)
    yield from _left_out(len(unscored))


def _blind(hierarchy: Hierarchy, blind: Sequence[Requirement], width: int) -> Iterator[TextLine]:
    if not blind:
        return
    yield from _head("△ No line of sight, so no score", width, len(blind))
    rows = [(one, hierarchy.product[one.product_id].name, one.status) for one in blind[:MOST]]
    yield from _listed(rows, width)
    yield from _left_out(len(blind))


def _listed(rows: Sequence[tuple[Requirement, str, str]], width: int) -> Iterator[TextLine]:
    things = [(one.code, one.statement, (product, note)) for one, product, note in rows]
    return _things(things, width)


# Solutions and coverage -----------------------------------------------------------------------


def _solutions(hierarchy: Hierarchy, found: Weighed, width: int) -> Iterator[TextLine]:
    several = share_words(len(found.needs.needs), found.needs.of)
    yield from _head(f"Needs with several products: {several}", width)
    needs = [
        (need.code, need.statement, (", ".join(one.name for one in products),))
        for need in found.needs.needs[:MOST]
        for products in [products_of(hierarchy, hierarchy.requirements_of.get(need.id, ()))]
    ]
    yield from _things(needs, width)
    yield from _left_out(len(found.needs.needs))
    yield from _head(f"Goals that one product alone serves: {len(found.one_product):,}", width)
    goals = [
        (hit.name, words_of(hierarchy.thing(hit.key)), (hit.note,))
        for hit in found.one_product[:MOST]
    ]
    yield from _things(goals, width)
    yield from _left_out(len(found.one_product))
    yield from _effort(found.effort, width)


def _effort(effort: SolutionEffort, width: int) -> Iterator[TextLine]:
    yield from _head("Committed effort", width)
    if effort.committed:
        share = percent(effort.in_solutions, effort.committed)
        of = f"{say_number(effort.in_solutions)} of {say_weeks(effort.committed)} ({share:.0f} %)"
        rest = say_number(effort.increments)
        words = f"{of} in multi-product solutions, {rest} in increments."
    else:
        words = "No effort is committed."
    if effort.unknown:
        words += f" The effort of {effort.unknown:,} committed is unknown."
    yield from _words(words, width, "", 2)


def _coverage(covered: Coverage, width: int) -> Iterator[TextLine]:
    yield from _head("Requirements with a line of sight to an active goal", width)
    live = share_words(covered.with_sight, covered.live)
    promised = share_words(covered.promised_with_sight, covered.promised)
    yield from _words(f"Live: {live}", width, "", 2)
    yield from _words(f"Committed or shipped: {promised}", width, "", 2)


# Lines ----------------------------------------------------------------------------------------


def _head(words: str, width: int, count: int | None = None) -> Iterator[TextLine]:
    yield TextLine(())
    said = "" if count is None else f"  {count:,}"
    *above, last = wrapped(words, width - len(said), "strong")
    yield from map(TextLine, above)
    yield TextLine((*last, (said, "muted")))


def _things(rows: Sequence[tuple[str, str, tuple[str, ...]]], width: int) -> Iterator[TextLine]:
    """Code, statement and what is said of it, in columns no wider than they need be."""
    if not rows:
        return
    ends = [
        min(width // 3, max(map(cell_len, column)))
        for column in zip(*(said for _, _, said in rows), strict=True)
    ]
    room = width - 8 - sum(cells + 2 for cells in ends)
    room = min(room, max(cell_len(statement) for _, statement, _ in rows))
    for code, statement, said in rows:
        spans: list[Span] = [("  ", ""), (fit(code, 4), "code"), ("  ", "")]
        spans.append((fit(statement, room), ""))
        for words, cells in zip(said, ends, strict=True):
            spans += [("  ", ""), (fit(words, cells), "muted")]
        yield TextLine(tuple(spans), code)


def _words(words: str, width: int, role: str = "", indent: int = 0) -> Iterable[TextLine]:
    return (TextLine(spans) for spans in wrapped(words, width, role, indent))


def _left_out(count: int) -> Iterator[TextLine]:
    if count > MOST:
        yield TextLine(((f"  … and {count - MOST:,} more", "muted"),))


def _number(value: float | None) -> str:
    return _UNKNOWN if value is None else say_number(value)
