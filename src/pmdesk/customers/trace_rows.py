"""A trace as rows in order: headings, a tree with its rails, products with requirements."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from pmdesk.charts.text import cells, cut, pad
from pmdesk.copying import escaped
from pmdesk.customers.gaps import Gap
from pmdesk.customers.numbers import say_number
from pmdesk.customers.sight import Band
from pmdesk.customers.trace import Stop, Trace
from pmdesk.phrases import several

_STRATEGY = ("goal", "obstacle", "initiative", "measure", "solution")
_OPERATIONS = ("tactic", "need")


@dataclass(frozen=True, slots=True)
class Row:
    """A heading with what is said beside it, or a stop on its rails."""

    head: str = ""
    about: str = ""
    rails: str = ""
    stop: Stop | None = None
    key: str = ""
    """Of the market that a heading names."""


def rows(trace: Trace) -> Iterator[Row]:
    """All of it from the market down to the requirements."""
    for market in trace.markets:
        yield Row(head=market.words, about="market", key=market.key)
        yield from _banded(market.below)
    if trace.adrift:
        yield Row(head="Adrift", about="under no goal")
        yield from _banded(trace.adrift)
    if trace.products or trace.of.kind not in ("account", "evidence", "measure"):
        count = sum(bool(one.below) for one in trace.products)
        verb = "contributes" if count == 1 else "contribute"
        about = f"{several(count, 'product')} of {trace.products_of} {verb}"
        yield Row(head="OUR PRODUCTS", about=about)
    for product in trace.products:
        yield Row(stop=product)
        for place, one in enumerate(product.below):
            yield Row(rails="└ " if place == len(product.below) - 1 else "├ ", stop=one)


def _banded(stops: Iterable[Stop]) -> Iterator[Row]:
    """A tree with a heading where a band begins, if each band begins but once."""
    tree = [row for one in stops for row in _tree(one, "", "")]
    bands = [_band(row.stop) for row in tree if row.stop]
    begins = [place for place, band in enumerate(bands) if band and band != _before(bands, place)]
    once = len(begins) <= 2
    for place, row in enumerate(tree):
        if place in begins and once:
            yield Row(head=bands[place])
        elif begins and place == begins[0]:
            yield Row(head="THEIR STRATEGY AND OPERATIONS")
        yield row


def _before(bands: list[str], place: int) -> str:
    return next((band for band in reversed(bands[:place]) if band), "")


def _band(stop: Stop) -> Band | str:
    if stop.kind in _OPERATIONS:
        return "THEIR OPERATIONS"
    return "THEIR STRATEGY" if stop.kind in _STRATEGY else ""


def _tree(stop: Stop, rails: str, under: str) -> Iterator[Row]:
    yield Row(rails=rails, stop=stop)
    for place, one in enumerate(stop.below):
        last = place == len(stop.below) - 1
        yield from _tree(one, under + ("└ " if last else "├ "), under + ("  " if last else "│ "))


# In words -------------------------------------------------------------------------------------


def state(stop: Stop) -> str:
    """What there is to know of it beyond its words, in one or two words: "committed"."""
    if stop.kind == "need" and stop.status == "active":
        return stop.layer or "no layer"
    if stop.kind == "goal" and stop.status == "active":
        return f"weight {stop.weight}" if stop.weight else "no weight"
    if stop.status == "active":
        return ""
    return stop.status or stop.layer


def amount(stop: Stop) -> str:
    """Effort of a requirement, evidence on what has any: "6 w", "2 heard"."""
    if stop.kind == "requirement":
        return "– w" if stop.effort_weeks is None else f"{say_number(stop.effort_weeks)} w"
    return f"{stop.evidence:,} heard" if stop.evidence else ""


def answers(stop: Stop) -> str:
    """The need and the solution of a requirement: "N1 S1"."""
    return f"{stop.need or '◌'} {stop.solution}".rstrip() if stop.kind == "requirement" else ""


def lead(row: Row) -> str:
    """Rails and code."""
    name = row.stop.name if row.stop else ""
    return f"{row.rails}{name:<3} " if name else row.rails


def title(trace: Trace) -> str:
    """ "N1 Before 07:00, know which…"."""
    return f"{trace.of.name} {trace.of.words}".strip()


def reaches(trace: Trace) -> str:
    """Its line of sight, and what it reaches beyond that: "▲ N1 ▸ T1 ▸ G1 · Hospitals"."""
    sign = "▲" if trace.goals else "△"
    if not trace.sight.levels:
        goals = ", ".join(trace.goals)
        return f"{sign} reaches {goals}" if goals else f"{sign} no line of sight"
    seen = trace.sight.goal.code if trace.sight.goal else ""
    others = ", ".join(goal for goal in trace.goals if goal != seen)
    return f"{sign} {trace.sight.words}{f'; also reaches {others}' if others else ''}"


# In columns -----------------------------------------------------------------------------------

Gaps = Mapping[str, tuple[Gap, ...]]
"""By the key of their subject."""


@dataclass(frozen=True, slots=True)
class Widths:
    """Cells of the columns; a column that nothing stands in has none."""

    words: int
    answers: int
    state: int
    amount: int


def widths(all_rows: Collection[Row], room: int | None) -> Widths:
    """As wide as what stands in them, the words cut where there is less room."""
    stops = [row.stop for row in all_rows if row.stop]
    columns = [
        max((cells(said(stop)) for stop in stops), default=0) for said in (answers, state, amount)
    ]
    words = max((cells(lead(row) + row.stop.words) for row in all_rows if row.stop), default=0)
    if room is not None:
        taken = 3 + sum(2 + width for width in columns if width)
        words = max(12, min(words, room - taken))
    return Widths(words, *columns)


def in_columns(row: Row, stop: Stop, wide: Widths) -> tuple[str, str, str, str]:
    """Words, what it answers, state and amount, each in its cells with two blanks before it; the
    words take the room of what is empty beside them."""
    said = [
        ("  " + pad(text, width, right)) if width else ""
        for text, width, right in (
            (answers(stop), wide.answers, False),
            (state(stop), wide.state, False),
            (amount(stop), wide.amount, True),
        )
    ]
    room = wide.words - cells(lead(row))
    for place, text in enumerate(said):
        if text.strip():
            break
        room, said[place] = room + len(text), ""
    return pad(stop.words, max(0, room)), said[0], said[1], said[2]


def gutter(trace: Trace, stop: Stop, gaps: Gaps) -> str:
    """The thing itself is pointed at, a gap is marked."""
    return ("▸" if stop.key == trace.of.key else " ") + ("!" if stop.key in gaps else " ")


def gaps_told(all_rows: Iterable[Row], gaps: Gaps) -> list[Gap]:
    """Those of what is in the picture, in its order."""
    keys = dict.fromkeys(row.stop.key for row in all_rows if row.stop)
    return [gap for key in keys for gap in gaps.get(key, ())]


# As text --------------------------------------------------------------------------------------


def plain(trace: Trace, gaps: Gaps, room: int | None = None) -> Iterator[str]:
    """Aligned lines of at most so many cells; None: nothing is cut."""
    found = list(rows(trace))
    wide = widths(found, room)
    yield title(trace) if room is None else cut(title(trace), room)
    yield reaches(trace)
    for row in found:
        if row.stop is None:
            yield from ("", f"{row.head}   {row.about}".rstrip())
            continue
        columns = "".join(in_columns(row, row.stop, wide))
        yield f"{gutter(trace, row.stop, gaps)} {lead(row)}{columns}".rstrip()
    if told := gaps_told(found, gaps):
        yield from ("", "GAPS")
        lines = (f"   ! {gap.name}  {gap.words}" for gap in told)
        yield from (line if room is None else cut(line, room) for line in lines)


def markdown(trace: Trace, gaps: Gaps) -> str:
    """The whole trace as nested lists under headings."""
    found = list(rows(trace))
    lines = [f"## {escaped(title(trace))}", "", f"{reaches(trace)}."]
    for row in found:
        if row.stop is None:
            about = f" ({row.about})" if row.about else ""
            lines += [""] * bool(lines[-1])
            lines += [f"**{escaped(row.head)}**{about}", ""]
            continue
        stop = row.stop
        said = (stop.kind, answers(stop), state(stop), amount(stop))
        name = f"**{stop.name}** " if stop.name else ""
        indent = "  " * (len(row.rails) // 2)
        about = escaped(", ".join(filter(None, said)))
        lines.append(f"{indent}- {name}{escaped(stop.words)} ({about})")
    if told := gaps_told(found, gaps):
        lines += ["", "**Gaps**", ""]
        lines += [f"- {escaped(gap.name)}: {escaped(gap.words)}" for gap in told]
    return "\n".join(lines) + "\n"
