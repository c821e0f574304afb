"""`T`: the full picture of one thing, from the market down to the requirements by product."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual.binding import Binding, BindingType

from pmdesk.copying import Copyable
from pmdesk.customers.hierarchy import Hierarchy
from pmdesk.customers.item import gaps_by_subject, name_of
from pmdesk.customers.trace import Stop, Trace, trace
from pmdesk.customers.trace_rows import (
    Gaps,
    Row,
    Widths,
    gaps_told,
    in_columns,
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
from pmdesk.ui.widgets.item_lines import BLANK, About, marked, upward
from pmdesk.ui.widgets.text_lines import Span, TextLine
from pmdesk.ui.work import begin

_MOST = 2_000
"""Lines that are shown."""
_BANDS = {"OUR PRODUCTS": "mine", "Adrift": "warning"}


@dataclass(frozen=True, slots=True)
class Picture:
    """What the page is drawn from."""

    of: Hierarchy
    key: str
    trace: Trace
    rows: tuple[Row, ...]
    gaps: Gaps


def picture(hierarchy: Hierarchy, key: str, today: date) -> Picture:
    """Raises RefusedError where there is no such thing. A second for 30,000 things."""
    found = trace(hierarchy, key)
    return Picture(hierarchy, key, found, tuple(rows(found)), gaps_by_subject(hierarchy, today))


def dialog_for(hierarchy: Hierarchy, keys: tuple[str, ...], today: date) -> TracePage:
    """Raises RefusedError where nothing is selected."""
    if not keys:
        raise RefusedError("Nothing is selected here to trace.")
    return TracePage(hierarchy, keys[0], today)


class TracePage(Page):
    """Goes to the thing of a line with `enter`; `T` there traces that."""

    BINDING_GROUP_TITLE = "Trace"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("T", "trace", "Trace this", id="trace.this",
                tooltip="The trace of what the cursor is on"),
    ]  # fmt: skip

    def __init__(self, hierarchy: Hierarchy, key: str, today: date) -> None:
        hints = "enter goes there · T traces it · y copies · esc back"
        super().__init__(f"Trace of {name_of(hierarchy, key)}", "", hints, hierarchy, today)
        self.key = key
        self._picture: Picture | None = None

    def on_mount(self) -> None:
        super().on_mount()
        self._begin()

    def tell(self, hierarchy: Hierarchy) -> None:
        self.hierarchy = hierarchy
        self._begin()

    def _begin(self) -> None:
        begin(self, self._trace, "trace")

    async def _trace(self) -> None:
        """Off the UI's thread; what is no more can't be traced: the page goes."""
        try:
            made = await asyncio.to_thread(picture, self.hierarchy, self.key, self.today)
        except RefusedError:
            self.dismiss(None)
            return
        anew = self._picture is not None and self._picture.key != made.key
        self._picture, of = made, made.trace.of
        self.heading = f"Trace of {name_of(made.of, made.key)}"
        self.about = " · ".join(dict.fromkeys(filter(None, (of.kind, of.layer, state(of)))))
        self.draw()
        if anew:
            self.lines.action_first()

    def text(self, width: int) -> Iterator[TextLine]:
        made = self._picture
        if made is None:
            return
        of = made.trace.of
        if of.name:
            yield from marked((f"{of.name}  ", "code"), of.words, width, "strong")
        yield from self._sight(made, width)
        shown = made.rows[:_MOST]
        wide = widths(shown, width)
        for row in shown:
            if row.stop is None:
                yield BLANK
                yield _head(row)
            else:
                yield _line(made, row, row.stop, wide)
        if len(made.rows) > _MOST:
            left = f"  … and {len(made.rows) - _MOST:,} more lines"
            yield TextLine(((left, "muted"),))
        if told := gaps_told(shown, made.gaps):
            yield BLANK
            yield TextLine((("GAPS", "warning"), (f"   {len(told):,}", "muted")))
            for gap in told[:_MOST]:
                mark = (f" ! {gap.name}  ", "warning")
                yield from marked(mark, gap.words, width, "", gap.subject)

    def _sight(self, made: Picture, width: int) -> Iterator[TextLine]:
        seen, goals = made.trace.sight, made.trace.goals
        role = "sight" if goals else "warning"
        yield from list(upward(About(made.of, made.key, self.today, width)))[1:]
        others = [one for one in goals if not seen.goal or one != seen.goal.code]
        if not seen.levels:
            yield TextLine(((reaches(made.trace), role),))
        elif others:
            yield TextLine(((f"▲ also reaches {', '.join(others)}", role),), others[0])

    async def copyables(self) -> tuple[Copyable, ...]:
        if (made := self._picture) is None:
            return ()
        return (
            Copyable("t", "trace, as text", "\n".join(plain(made.trace, made.gaps))),
            Copyable("m", "trace, as Markdown", markdown(made.trace, made.gaps)),
            Copyable("n", "code and statement", title(made.trace)),
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
            self._begin()


def _line(made: Picture, row: Row, stop: Stop, wide: Widths) -> TextLine:
    here = stop.key == made.trace.of.key
    name = f"{stop.name:<3} " if stop.name else ""
    words, answered, stands, amounts = in_columns(row, stop, wide)
    spans: tuple[Span, ...] = (
        ("▸" if here else " ", "accent"),
        ("!" if stop.key in made.gaps else " ", "warning"),
        (" " + row.rails, "muted"), (name, "code"),
        (words, "strong" if here or stop.kind == "product" else ""),
        (answered, "code"), (stands + amounts, "muted"),
    )  # fmt: skip
    return TextLine(spans, stop.key)


def _head(row: Row) -> TextLine:
    role = _BANDS.get(row.head, "theirs" if row.head.isupper() else "strong")
    about: tuple[Span, ...] = ((f"   {row.about}", "muted"),) if row.about else ()
    return TextLine(((row.head, role), *about), row.key)
