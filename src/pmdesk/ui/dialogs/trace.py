"""`T`: the full picture of one thing, from the market down to the requirements by product."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from textual.binding import Binding, BindingType

from pmdesk.charts.text import pad
from pmdesk.copying import Copyable
from pmdesk.customers.hierarchy import Hierarchy
from pmdesk.customers.item import gaps_by_subject
from pmdesk.customers.trace import trace
from pmdesk.customers.trace_rows import (
    Gaps,
    Row,
    Widths,
    amount,
    answers,
    gaps_told,
    lead,
    markdown,
    plain,
    reaches,
    rows,
    state,
    title,
    widths,
)
from pmdesk.errors import RefusedError
from pmdesk.ui.dialogs.page import Page
from pmdesk.ui.widgets.cells import elide
from pmdesk.ui.widgets.item_lines import BLANK, About, marked, upward
from pmdesk.ui.widgets.text_lines import Span, TextLine

_MOST = 2_000
"""Lines that are shown."""
_BANDS = {"OUR PRODUCTS": "mine", "Adrift": "warning"}


def dialog_for(hierarchy: Hierarchy, keys: tuple[str, ...], today: date) -> TracePage:
    """Raises RefusedError where nothing is selected, or it is gone."""
    if not keys:
        raise RefusedError("Nothing is selected here to trace.")
    trace(hierarchy, keys[0])
    return TracePage(hierarchy, keys[0], today)


class TracePage(Page):
    """Goes to the thing of a line with `enter`; `T` there traces that."""

    BINDING_GROUP_TITLE = "Trace"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("T", "trace", "Trace this", id="trace.this",
                tooltip="The trace of what the cursor is on"),
    ]  # fmt: skip

    def __init__(self, hierarchy: Hierarchy, key: str, today: date) -> None:
        super().__init__("", "", _HINTS, hierarchy, today)
        self.key = key
        self._title()

    def _title(self) -> None:
        self._trace = trace(self.hierarchy, self.key)
        of = self._trace.of
        self.heading = f"Trace of {of.name or of.words}"
        self.about = " · ".join(filter(None, (of.kind, state(of), of.layer)))

    @property
    def _gaps(self) -> Gaps:
        return gaps_by_subject(self.hierarchy, self.today)

    def tell(self, hierarchy: Hierarchy) -> None:
        """What is no more can't be traced: the page goes."""
        self.hierarchy = hierarchy
        try:
            self._title()
        except RefusedError:
            self.dismiss(None)
            return
        self.draw()

    def text(self, width: int) -> Iterator[TextLine]:
        of = self._trace.of
        if of.name:
            yield from marked((f"{of.name}  ", "code"), of.words, width, "strong")
        yield from self._sight(width)
        found, gaps = list(rows(self._trace)), self._gaps
        wide = widths(found, width)
        for row in found[:_MOST]:
            if row.stop is None:
                yield BLANK
                yield _head(row)
            else:
                yield self._line(row, wide, gaps)
        if len(found) > _MOST:
            yield TextLine(((f"  … and {len(found) - _MOST:,} more lines", "muted"),))
        if told := gaps_told(found, gaps):
            yield BLANK
            yield TextLine((("GAPS", "warning"), (f"   {len(told):,}", "muted")))
            for gap in told[:_MOST]:
                lead = ((f" ! {gap.name}  ", "warning"), (elide(gap.words, width), ""))
                yield TextLine(lead, gap.subject)

    def _sight(self, width: int) -> Iterator[TextLine]:
        about = About(self.hierarchy, self.key, self.today, width)
        seen = self._trace.sight
        role = "sight" if self._trace.goals else "warning"
        yield from list(upward(about))[1:]
        others = [one for one in self._trace.goals if not seen.goal or one != seen.goal.code]
        if not seen.levels:
            yield TextLine(((reaches(self._trace), role),))
        elif others:
            yield TextLine(((f"▲ also reaches {', '.join(others)}", role),), others[0])

    def _line(self, row: Row, wide: Widths, gaps: Gaps) -> TextLine:
        stop = row.stop
        assert stop is not None
        here = stop.key == self._trace.of.key
        name = f"{stop.name:<3} " if stop.name else ""
        words = pad(stop.words, wide.words - len(lead(row)))
        spans: list[Span] = [
            ("▸" if here else " ", "accent"),
            ("!" if stop.key in gaps else " ", "warning"),
            (" " + row.rails, "muted"), (name, "code"),
            (words, "strong" if here or stop.kind == "product" else ""),
        ]  # fmt: skip
        for said, cells, right, role in (
            (answers(stop), wide.answers, False, "code"),
            (state(stop), wide.state, False, "muted"),
            (amount(stop), wide.amount, True, "muted"),
        ):
            if cells:
                spans.append(("  " + pad(said, cells, right), role))
        return TextLine(tuple(spans), stop.key)

    async def copyables(self) -> tuple[Copyable, ...]:
        return (
            Copyable("t", "trace, as text", "\n".join(plain(self._trace, self._gaps))),
            Copyable("m", "trace, as Markdown", markdown(self._trace, self._gaps)),
            Copyable("n", "code and statement", title(self._trace)),
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return None if self.why_not(action) else super().check_action(action, parameters)

    def why_not(self, action: str) -> str:
        """Why an action can't be done now, in one sentence; empty if it can."""
        line = self.lines.line
        if action == "trace" and not (line and line.key and line.key != self.key):
            return "Put the cursor on another thing to trace that."
        return ""

    def action_trace(self) -> None:
        if self.lines.line is not None:
            self.key = self.lines.line.key
            self._title()
            self.draw()
            self.lines.action_first()


_HINTS = "enter goes there · T traces it · y copies · esc back"


def _head(row: Row) -> TextLine:
    role = _BANDS.get(row.head, "theirs" if row.head.isupper() else "strong")
    about: tuple[Span, ...] = ((f"   {row.about}", "muted"),) if row.about else ()
    return TextLine(((row.head, role), *about))
