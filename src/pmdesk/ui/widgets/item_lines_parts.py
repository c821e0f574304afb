"""Parts of the item beside the tree: what serves it, who was heard, how far its measures are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from rich.cells import cell_len

from pmdesk.charts import sparkline
from pmdesk.charts.progress import Progress, bar
from pmdesk.charts.sparkline import Sparkline
from pmdesk.charts.text import Span as Drawn
from pmdesk.customers.item import Heard, Share, serving
from pmdesk.customers.measuring import latest, progress
from pmdesk.customers.numbers import say_number, say_weeks
from pmdesk.customers.things import Evidence, Measure, Node, Product, Requirement, Solution
from pmdesk.dates import say_date
from pmdesk.phrases import ago, several
from pmdesk.ui.widgets.cells import elide, fit, in_lines
from pmdesk.ui.widgets.item_lines import BLANK, About, head, prose
from pmdesk.ui.widgets.text_lines import Span, TextLine

MOST = 20
"""Of one sort in a list; the tree and the trace show all."""
_NEWEST = 3
"""Readings of a measure that stands among other things."""
_ROLES = {
    "plain": "", "strong": "strong", "quiet": "muted", "accent": "accent", "good": "sight",
    "warning": "warning", "strategic": "mine", "tactical": "mine", "overhead": "muted",
    "cut": "muted",
}  # fmt: skip
"""Of the charts, as roles of lines."""

# In words -------------------------------------------------------------------------------------


def age(day: date, today: date) -> str:
    """ "Mon 12 May, 32 days ago"."""
    return f"{say_date(day, today)}, {ago(day, today)}"


def number(value: float | None, unknown: str = "unknown") -> str:
    """ "14", "12.5"; no zeros at the end."""
    return unknown if value is None else say_number(value)


def weeks(value: float | None, unknown: str = "effort unknown") -> str:
    """ "6 weeks", "1 week"."""
    return unknown if value is None else say_weeks(value)


def importance(value: int | None) -> str:
    """ "●●○" of three; blank where it is unknown."""
    return "   " if value is None else "●" * value + "○" * (3 - value)


def more(left: int) -> Iterator[TextLine]:
    """How many are not listed."""
    if left > 0:
        yield TextLine(((f"  … and {left:,} more", "muted"),))


# What serves it -------------------------------------------------------------------------------


def contribute(about: About, shares: Sequence[Share]) -> str:
    """ "2 products of 3 contribute"."""
    verb = "contributes" if len(shares) == 1 else "contribute"
    return f"{several(len(shares), 'product')} of {len(about.hierarchy.products)} {verb}"


def served(about: About) -> Iterator[TextLine]:
    """The requirements that serve a thing, by product."""
    shares = serving(about.hierarchy, about.key)
    said = contribute(about, shares) if shares else ""
    yield from head("OUR PRODUCTS", said, about.width, "mine")
    if not shares:
        yield from prose("no requirement serves it", about.width, "muted")
    room = MOST
    for share in shares:
        yield product_line(share.product, len(share.requirements))
        shown = share.requirements[:room]
        for one in shown:
            yield requirement_line(one, about.width, 4, code_width(shown))
        yield from more(len(share.requirements) - room)
        room = max(3, room - len(share.requirements))


def product_line(product: Product, requirements: int) -> TextLine:
    """Its name, and how many requirements it has there."""
    count = several(requirements, "requirement")
    return TextLine((("  ", ""), (product.name, "strong"), (f"  {count}", "muted")), product.key)


def code_width(things: Iterable[Requirement | Node | Solution]) -> int:
    """Cells of their longest code, at least two."""
    return max((2, *(len(one.code) for one in things)))


def requirement_line(
    one: Requirement, width: int, indent: int, codes: int, beside: str = ""
) -> TextLine:
    """Code, statement, what it answers, status and effort in columns."""
    wide = width >= 46
    effort = f"{number(one.effort_weeks, '–')} w".rjust(6) if wide else ""
    indent = indent if wide else 2
    about = f"{beside:<4} " if beside else ""
    room = max(6, width - indent - codes - 2 - len(about) - 11 - len(effort))
    return TextLine(
        (
            (" " * indent, ""), (f"{one.code:<{codes}}  ", "code"), (fit(one.statement, room), ""),
            ("  ", ""), (about, "code"), (f"{one.status:<9}", "muted"), (effort, "muted"),
        ),
        one.key,
    )  # fmt: skip


# Who was heard --------------------------------------------------------------------------------


def heard_words(said: Heard, accounts: bool = True) -> str:
    """ "3 pieces from 2 accounts · executive, manager · not heard: user"."""
    pieces = several(len(said.pieces), "piece")
    if accounts:
        pieces += f" from {several(said.accounts, 'account')}"
    silent = f"not heard: {', '.join(said.silent)}" if said.silent and accounts else ""
    layers = ", ".join(said.layers) if accounts else ""
    return " · ".join(filter(None, (pieces, layers, silent)))


def heard_lines(about: About, said: Heard, by_account: bool = False) -> Iterator[TextLine]:
    """Each piece with who, when and the quote, the newest first."""
    words = heard_words(said, not by_account) if said.pieces else ""
    yield from head("HEARD", words, about.width)
    if not said.pieces and not said.below:
        yield from prose("nobody was heard on it", about.width, "muted")
    for place, one in enumerate(said.pieces[:MOST]):
        if place and one.quote:
            yield BLANK
        yield from piece(about, one, by_account)
    yield from more(len(said.pieces) - MOST)
    if said.below:
        lead = "and" if said.pieces else "nothing on itself,"
        words = f"{lead} {several(said.below, 'piece')} on what hangs below it"
        yield from prose(words, about.width, "muted")


def piece(about: About, one: Evidence, by_account: bool = False) -> Iterator[TextLine]:
    """One piece of evidence; of an account it names what it speaks of instead."""
    node = about.hierarchy.node.get(one.node_id)
    account = about.hierarchy.account[one.account_id].name
    named = (node.code if node else "", "code") if by_account else (account, "strong")
    who = ", ".join(filter(None, ("" if by_account else " ", one.layer, one.person))).strip()
    who = f"  {who}" if by_account else who
    when = age(one.heard_on, about.today)
    lead: tuple[Span, ...] = (("  ", ""), (f"{importance(one.importance)}  ", "accent"), named)
    room = about.width - sum(cell_len(words) for words, _ in lead)
    if room - cell_len(when) - 2 >= cell_len(who):
        yield TextLine((*lead, (fit(who, room - cell_len(when)), ""), (when, "muted")), one.key)
    else:
        apart = "  " if by_account else ""
        first, *rest = in_lines(who, max(8, room - len(apart)))
        yield TextLine((*lead, (f"{apart}{first}", "")), one.key)
        said = " · ".join(filter(None, (" ".join(rest), when)))
        yield from prose(said, about.width, "muted", one.key, 7)
    if one.quote:
        yield from prose(f"“{one.quote}”", about.width, "", one.key, 7)


# How far it is --------------------------------------------------------------------------------


def measures(about: About, found: Sequence[Measure], title: str, none: str) -> Iterator[TextLine]:
    """Each measure with its progress and its newest reading."""
    yield from head(title, "", about.width)
    if not found:
        yield from prose(none, about.width, "muted")
    for one in found[:MOST]:
        yield TextLine((("  ", ""), (elide(one.name, about.width - 2), "strong")), one.key)
        yield from figures(about, one)
        yield from _run(about, one, _NEWEST)
    yield from more(len(found) - MOST)


def figures(about: About, one: Measure) -> Iterator[TextLine]:
    """From where to where, how far, the run of its readings."""
    now = latest(one)
    unit = f" {one.unit}" if one.unit else ""
    goes = f"{number(one.baseline, 'no baseline')} → {number(one.target, 'no target')}{unit}"
    if one.baseline is None and one.target is None:
        goes = "no baseline, no target"
    said = f"{goes}, now {number(now.value)}" if now else f"{goes}, no reading yet"
    room = about.width - 4
    yield from prose(said, about.width, "", one.key, 4)
    share = progress(one)
    if share is None or now is None or one.baseline is None or one.target is None:
        if now:
            yield from prose("progress unknown", about.width, "muted", one.key, 4)
        return
    yield TextLine(
        (("    ", ""), *_bar(one.baseline, now.value, one.target, min(room, 56))), one.key
    )


def _bar(baseline: float, now: float, target: float, room: int) -> tuple[Span, ...]:
    """ "████──── 30 % (12.5 of 14 → 9)"."""
    share = (baseline - now) / (baseline - target)
    said = f"{share * 100:.0f} % ({number(now)} of {number(baseline)} → {number(target)})"
    width = min(24, room - cell_len(said) - 2)
    if width < 6:
        return ((said, "strong"),)
    return (*spans(bar(Progress("", share, 1, role="good"), width)), (f"  {said}", "strong"))


def spans(line: Iterable[Drawn]) -> tuple[Span, ...]:
    """A line of a chart, in the roles of lines."""
    return tuple((words, _ROLES[role]) for words, role in line)


def readings(about: About, one: Measure) -> Iterator[TextLine]:
    """The run of the readings, and each of them, the newest first."""
    yield from head("READINGS", several(len(one.readings), "reading"), about.width)
    yield from _run(about, one, MOST)


def _run(about: About, one: Measure, most: int) -> Iterator[TextLine]:
    if len(one.readings) >= 2:
        first = say_date(one.readings[0].taken_on, about.today)
        values = tuple(reading.value for reading in one.readings)
        decimals = 0 if all(value == round(value) for value in values) else 1
        run = Sparkline(f"since {first}", values, decimals=decimals, role="good")
        yield TextLine((("    ", ""), *spans(sparkline.draw(run, about.width - 4)[0])), one.key)
    for reading in reversed(one.readings[-most:]):
        day = say_date(reading.taken_on, about.today)
        said = reading.note or ago(reading.taken_on, about.today)
        yield TextLine(
            (
                (f"    {day:<11}", "muted"), (f"{number(reading.value):>7}", "strong"),
                (f"  {elide(said, max(1, about.width - 24))}", "" if reading.note else "muted"),
            ),
            reading.key,
        )  # fmt: skip
    yield from more(len(one.readings) - most)
