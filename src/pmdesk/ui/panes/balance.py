"""The balance: my hours of a week by day, and their strategic share against the target."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from pmdesk.dates import first_day, week_of
from pmdesk.hours.queries import Week, any_hours, week_hours, week_shares
from pmdesk.ui.key_names import with_keys
from pmdesk.ui.messages import Said
from pmdesk.ui.saying import percent
from pmdesk.ui.widgets.charts import ChartView
from pmdesk.ui.widgets.pane import Pane
from pmdesk.ui.widgets.pane_head import PaneHead
from pmdesk.ui.widgets.scrolling import scrolling
from pmdesk.ui.work import begin

if TYPE_CHECKING:
    from pmdesk.charts import Chart
    from pmdesk.copying import Copyable
    from pmdesk.desk import Desk


class BalanceBody(VerticalScroll):
    """Scrolls where the window is low."""

    BINDING_GROUP_TITLE = "Picture"
    BINDINGS: ClassVar[list[BindingType]] = scrolling("balance")


class Balance(Pane):
    BINDING_GROUP_TITLE = "Balance"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("less_than_sign", "week(-1)", "Week before", id="balance.before"),
        Binding("greater_than_sign", "week(1)", "Week after", id="balance.after"),
        Binding("full_stop", "this_week", "This week", id="balance.this"),
    ]
    SHOWS = frozenset({"entry", "category", "target"})

    week: str = ""
    _this_week: str = ""
    has_copyables = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, PaneHead("3", "Balance"), "balance")

    def body(self) -> Iterator[Widget]:
        yield BalanceBody(
            ChartView(id="balance-days"),
            ChartView(id="balance-share"),
            Static(Content(""), id="balance-words", markup=False),
            ChartView(id="balance-weeks"),
        )

    def on_mount(self) -> None:
        self.week = self._this_week = week_of(self.desk.clock.today())
        self._head()

    def new_day(self) -> None:
        before, self._this_week = self._this_week, week_of(self.desk.clock.today())
        if self.week == before:  # who looks at this week goes on looking at it
            self.week = self._this_week
            self._head()
        super().new_day()

    def take_focus(self) -> None:
        self.query_one(BalanceBody).focus()

    def reload(self) -> None:
        begin(self, self._load, "balance.load")

    async def _load(self) -> None:
        from pmdesk.hours.pictures import share_columns, share_progress, week_bars

        week = await self.ask(week_hours, self.week)
        weeks = await self.ask(week_shares, self.week)
        worked = self.has_copyables = bool(week.hours.total)
        ever = worked or await self.ask(any_hours)
        known = any(one.share is not None for one in weeks)
        self._show("days", week_bars(week, self.desk.clock.today()) if worked else None)
        self._show("share", share_progress(week) if worked else None)
        self.query_one("#balance-words", Static).update(words(week, ever, self.app))
        self._show("weeks", share_columns(weeks) if known else None)
        self.refresh_bindings()

    async def copyables(self) -> tuple[Copyable, ...]:
        from pmdesk.hours.copying import of_week

        return of_week(await self.ask(week_hours, self.week))

    def _show(self, part: str, chart: Chart | None) -> None:
        self.query_one(f"#balance-{part}", ChartView).show(chart)

    def _head(self) -> None:
        monday = first_day(self.week)
        sunday = monday + timedelta(days=6)
        start = f"{monday.day}" if monday.month == sunday.month else f"{monday.day} {monday:%b}"
        self.head.tell(note=f"{self.week[5:]} · {start} – {sunday.day} {sunday:%b %Y}")

    def action_week(self, by: int) -> None:
        self._to_week(first_day(self.week) + timedelta(days=7 * by))

    def action_this_week(self) -> None:
        if self.week == week_of(self.desk.clock.today()):
            self.post_message(Said("This is this week."))
        self._to_week(self.desk.clock.today())

    def _to_week(self, day: date) -> None:
        self.week = week_of(day)
        self._head()
        self._now()


def words(week: Week, ever: bool, app: App[Any]) -> Content:
    """How the week stands to its target; without hours, what belongs here."""
    if week.hours.total:
        return _against_target(week)
    target = f"Target: {percent(week.target)} my strategic." if week.target else ""
    if ever:
        said = "No hours in this week.\n{balance.before} and {balance.after} show other weeks, "
        said = with_keys(said + "{balance.this} shows this one.", app)
        return Content.styled("\n\n".join(filter(None, (said, target))), "$muted")
    return Content.assemble(
        ("No hours yet.\n\n", "bold $foreground"),
        (
            "Here stands where your week went: your hours by day and by kind of work, and your "
            f"strategic share against the target. {target}\n\n"
            "Time can't be added in the workspace yet. A desk that is imported brings its hours "
            "along (pmdesk import FILE.json), and pmdesk demo opens one with two weeks of them.",
            "$muted",
        ),
    )


def _against_target(week: Week) -> Content:
    if week.target is None or week.target_gap is None:
        return Content("")
    gap = week.target_gap / 60
    short = round(gap, 1) < 0
    return Content.assemble(
        (f"Target {percent(week.target)}  ", "$muted"),
        (f"{-gap:.1f} h short of it", "$warning") if short
        else (f"reached, {gap:.1f} h above", "$sight"),
    )  # fmt: skip
