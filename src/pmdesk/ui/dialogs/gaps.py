"""`!`: what the hierarchy lacks, rule by rule: why that matters, and the key that fills it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.cells import cell_len
from textual import events, on
from textual.binding import Binding, BindingType

from pmdesk.copying import Copyable
from pmdesk.customers.gaps import RULES, Gap, acts_on, all_gaps, put_off, rule, told_of
from pmdesk.customers.rules_copying import gaps_markdown
from pmdesk.dates import say_date
from pmdesk.ui.dialogs.page import Page
from pmdesk.ui.key_names import key_of, shown
from pmdesk.ui.widgets.cells import elide, fit
from pmdesk.ui.widgets.hints import Hints
from pmdesk.ui.widgets.text_lines import Span, TextLine, wrapped
from pmdesk.ui.widgets.virtual_list import VirtualList
from pmdesk.ui.work import begin

if TYPE_CHECKING:
    from datetime import date

    from pmdesk.customers.hierarchy import Hierarchy

_AT_ONCE = 200
"""Hits of a rule that are listed before one asks for more."""
_MORE = "more "
_BREATHES = 104
"""Cells from which what fills a gap is said on its line."""
_DOES = max(len(one.does) for one in RULES)


class _Found(NamedTuple):
    told: tuple[Gap, ...]
    away: tuple[Gap, ...]
    """Put off."""
    by_line: dict[tuple[str, str], Gap]
    """By rule and key of the subject."""


def _find(hierarchy: Hierarchy, today: date) -> _Found:
    by_line = {(one.rule, one.subject): one for one in all_gaps(hierarchy, today)}
    later = put_off(hierarchy, today)
    return _Found(
        tuple(one for line, one in by_line.items() if line not in later),
        tuple(one for line, one in by_line.items() if line in later),
        by_line,
    )


class GapsPage(Page):
    """Those to be told, or with `v` those put off."""

    BINDING_GROUP_TITLE = "Gaps"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "fill", "Fill it", id="gaps.fill", tooltip="Does what fills this gap"),
        Binding("s", "later", "Put off", id="gaps.later",
                tooltip="Not before a day, with a reason; among those put off: tell it again"),
        Binding("v", "view", "Put off or not", id="gaps.view",
                tooltip="Those put off, and back to those to be told"),
    ]  # fmt: skip

    def __init__(self, hierarchy: Hierarchy, today: date, about: str = "") -> None:
        """It begins on the first gap of the thing `about`, if that has one."""
        super().__init__("Gaps", "", _hints("fills it", away=False), hierarchy, today)
        self.lines.steps_to_things = True
        self.away = False
        """Whether those put off are shown."""
        self._begins_on = about
        self._found: _Found | None = None
        self._most: Counter[str] = Counter()

    # What is shown --------------------------------------------------------------------------

    def on_mount(self) -> None:
        super().on_mount()
        begin(self, self._look, "gaps")

    def tell(self, hierarchy: Hierarchy) -> None:
        self.hierarchy = hierarchy
        begin(self, self._look, "gaps")

    async def _look(self) -> None:
        """Beside the keys: of 100,000 nodes it takes half a second."""
        first = self._found is None
        self._found = await asyncio.to_thread(_find, self.hierarchy, self.today)
        self.draw()
        if first:
            self.lines.move_to_thing(self._begins_on)

    @property
    def listed(self) -> tuple[Gap, ...]:
        """Those of the view."""
        if self._found is None:
            return ()
        return self._found.away if self.away else self._found.told

    def draw(self) -> None:
        self.about = self._counts()
        super().draw()
        line = self.lines.line
        if line is not None and not (line.key or line.act):
            self.lines.action_move(1)
        self._hint()

    def _counts(self) -> str:
        if self._found is None:
            return ""
        told, away = len(self._found.told), len(self._found.away)
        if self.away:
            return f"{away:,} put off"
        return f"{told:,} · {away:,} put off" if away else f"{told:,}"

    def text(self, width: int) -> Iterable[TextLine]:
        listed = self.listed
        if self._found is not None and not listed:
            yield from self._none(width)
        first = True
        for rule_id, hits in groupby(listed, key=lambda one: one.rule):
            if not first:
                yield TextLine(())
            first = False
            yield from self._group(rule_id, tuple(hits), width)

    def _none(self, width: int) -> Iterator[TextLine]:
        if self.away:
            words = "No gap is put off."
        elif self._found and self._found.away:
            view = key_of("gaps.view", self.app)
            words = f"No gaps but those put off: {view} lists them."
        else:
            words = "No gaps: every layer, link, voice and measure is there."
        yield from (TextLine(spans) for spans in wrapped(words, width))

    def _group(self, rule_id: str, hits: Sequence[Gap], width: int) -> Iterator[TextLine]:
        one = rule(rule_id)
        yield TextLine(((one.words, "strong"), (f"  {len(hits):,}", "muted")))
        if not self.away:
            yield from (TextLine(spans) for spans in wrapped(one.why, width, "muted"))
        shown_of = hits[: _AT_ONCE + self._most[rule_id]]
        names = min(24, max(cell_len(hit.name) for hit in shown_of))
        notes = min(width // 3, max(cell_len(hit.note) for hit in shown_of))
        for hit in shown_of:
            yield self._hit(hit, width, names, notes)
            if self.away:
                yield from self._until(hit, width, names + 4)
        if left := len(hits) - len(shown_of):
            more = f"  … {left:,} more: enter lists them"
            yield TextLine(((more, "muted"),), act=_MORE + rule_id)

    def _hit(self, hit: Gap, width: int, names: int, notes: int) -> TextLine:
        ends = [(fit(hit.note, notes), "muted")] if notes else []
        ends.append((self._key_of(hit), "accent"))
        if width >= _BREATHES:
            ends.append((fit(rule(hit.rule).does, _DOES), "muted"))
        room = width - 4 - names - sum(cell_len(words) + 2 for words, _ in ends)
        spans: list[Span] = [("  ", ""), (fit(hit.name, names), "code"), ("  ", "")]
        spans.append((fit(told_of(self.hierarchy, hit.subject), room), ""))
        for end in ends:
            spans += [("  ", ""), end]
        return TextLine(tuple(spans), hit.subject, hit.rule)

    def _until(self, hit: Gap, width: int, indent: int) -> Iterator[TextLine]:
        later = put_off(self.hierarchy, self.today)[hit.rule, hit.subject]
        words = f"until {say_date(later.until, self.today)}: {later.reason}"
        yield TextLine(((" " * indent, ""), (elide(words, width - indent), "muted")))

    def _key_of(self, hit: Gap) -> str:
        try:
            return key_of(f"customers.{rule(hit.rule).fills}", self.app)
        except KeyError:  # the pane with these keys is not loaded
            return ""

    # What the keys do -----------------------------------------------------------------------

    @property
    def gap(self) -> Gap | None:
        """Where the cursor is."""
        line = self.lines.line
        if line is None or self._found is None:
            return None
        return self._found.by_line.get((line.act, line.key))

    @on(VirtualList.Highlighted)
    def _hint(self) -> None:
        gap = self.gap
        does = rule(gap.rule).does if gap else "fills it"
        self.query_one(Hints).tell(_hints(does, self.away), _hints("fills it", self.away))

    def open(self, line: TextLine) -> None:
        if line.act.startswith(_MORE):
            self._most[line.act.removeprefix(_MORE)] += _AT_ONCE * 5
            self.draw()
        else:
            super().open(line)

    def on_key(self, event: events.Key) -> None:
        """The key that fills it in the tree does so here too."""
        gap = self.gap
        if gap is None or event.key in self.active_bindings:
            return
        if shown(event.key) == self._key_of(gap) or event.character == self._key_of(gap):
            event.stop()
            event.prevent_default()
            self.action_fill()

    def action_fill(self) -> None:
        if gap := self.gap:
            self.ask(rule(gap.rule).fills, acts_on(self.hierarchy, gap))

    def action_later(self) -> None:
        if gap := self.gap:
            self.ask("put_off", gap.subject, gap.rule)

    def action_leave(self) -> None:
        """From those put off to those to be told, and from there away."""
        if self.away:
            self.action_view()
        else:
            super().action_leave()

    def action_view(self) -> None:
        self.away = not self.away
        self.draw()
        self.lines.move_to_thing("")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return None if self.why_not(action) else super().check_action(action, parameters)

    def why_not(self, action: str) -> str:
        """Why an action can't be done now; empty if it can."""
        if action in ("fill", "later") and self.is_mounted and self.gap is None:
            return "There is no gap on this line."
        return ""

    async def copyables(self) -> tuple[Copyable, ...]:
        listed = self.listed
        if not listed:
            return ()
        every = Copyable("l", "the list, as Markdown", gaps_markdown(self.hierarchy, listed))
        if (gap := self.gap) is None:
            return (every,)
        words = f"{gap.name} {told_of(self.hierarchy, gap.subject)}".strip()
        return every, Copyable("n", "this one", f"{words}: {gap.words}")


def _hints(does: str, away: bool) -> str:
    later = "tells it again" if away else "puts it off"
    view = "those to be told" if away else "those put off"
    return (
        f"{{gaps.fill}} {does} · enter goes to it · {{gaps.later}} {later} · "
        f"{{gaps.view}} {view} · {{page.copy}} copies · {{page.leave}} back"
    )


def dialog_for(hierarchy: Hierarchy, keys: Sequence[str], today: date) -> GapsPage:
    """The gaps, the cursor on one of the thing selected if it has any."""
    return GapsPage(hierarchy, today, keys[0] if keys else "")
