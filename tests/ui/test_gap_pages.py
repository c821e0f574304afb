"""The pages of gaps and priorities, and putting a gap off."""

from __future__ import annotations

from datetime import date
from typing import Any

from textual.pilot import Pilot

from pmdesk.customers.evidence_actions import PutOffGap, RecallGap
from pmdesk.customers.hierarchy import Hierarchy
from pmdesk.customers.loading import whole
from pmdesk.desk import Desk
from pmdesk.ui.dialogs import gaps, priorities, put_off
from pmdesk.ui.dialogs.page import Page
from pmdesk.ui.panes.customers import Customers

from .conftest import ScreenText, Until
from .styled import Styled

TODAY = date(2025, 6, 13)
TREE_KEYS = Customers.BINDINGS  # their pane is loaded, as it is wherever a page opens


class Over(Styled):
    """An app with a page on it, which keeps what is asked."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.asked: list[tuple[str, tuple[str, ...]]] = []
        self.left: list[str | None] = []
        page.answer = lambda what, keys: self.asked.append((what, keys))

    def on_mount(self) -> None:
        self.push_screen(self.page, self.left.append)


def read(demo: Desk) -> Hierarchy:
    return demo.ask(whole)


async def shown(pilot: Pilot[Any], until: Until, page: Page) -> None:
    await until(pilot, lambda: page.is_mounted and page.lines.line is not None)


def here(page: Page) -> tuple[str, str]:
    line = page.lines.line
    return (line.key, line.act) if line else ("", "")


async def test_gaps_are_told_by_rule_and_filled(
    demo: Desk, until: Until, screen_text: ScreenText
) -> None:
    page = gaps.dialog_for(read(demo), (), TODAY)
    app = Over(page)
    async with app.run_test(size=(80, 24)) as pilot:
        await shown(pilot, until, page)
        lines = [line.strip() for line in screen_text(app).splitlines()]
        assert "Gaps  18" in lines
        at = lines.index("Nobody measures it  1")
        assert "outcome from output" in lines[at + 1]
        gap = "G4 Keep both supermarket contracts at renewal R"
        assert " ".join(lines[at + 2].split()) == gap
        assert "f give it a measure" in screen_text(app)
        assert here(page) == ("G4", "goal-unmeasured")
        await pilot.press("f", "j", "n", "s")
        assert here(page) == ("G2", "goal-unheard"), "a step goes to the next gap"
        assert app.asked == [
            ("reading", ("G4",)),
            ("note", ("G2",)),
            ("put_off", ("G2", "goal-unheard")),
        ]
        await pilot.press("G", "f")
        assert app.asked[-1] == ("note", ("account 4 executive",))
        await pilot.press("g", "s")
        assert len(app.asked) == 4, "there is no gap on a heading"
        await pilot.press("j", "enter")
        await until(pilot, lambda: app.left == ["G4"])


async def test_the_cursor_begins_on_what_was_selected_and_stays_there(
    demo: Desk, until: Until, screen_text: ScreenText
) -> None:
    page = gaps.dialog_for(read(demo), ("R9",), TODAY)
    app = Over(page)
    async with app.run_test(size=(120, 30)) as pilot:
        await until(pilot, lambda: here(page) == ("R9", "requirement-orphan"))
        await pilot.press("j", "j")
        assert here(page) == ("R9", "commit-without-sight")
        assert "hang it on a need that has a goal" in screen_text(app)
        demo.perform(PutOffGap("goal-unheard", "G2", date(2025, 7, 1), "their board meets in June"))
        page.tell(read(demo))
        await until(pilot, lambda: "17 · 1 put off" in screen_text(app))
        assert here(page) == ("R9", "commit-without-sight")
        await pilot.press("v")
        assert here(page) == ("G2", "goal-unheard")
        assert "until Tue 1 Jul: their board meets in June" in screen_text(app)
        assert "s tells it again" in screen_text(app)
        (text,) = [one.text for one in await page.copyables() if one.key == "l"]
        assert text.startswith("- **No executive has spoken of it**\n  - G2 Pass the medicines")
        demo.perform(RecallGap("goal-unheard", "G2"))
        page.tell(read(demo))
        await until(pilot, lambda: "No gap is put off." in screen_text(app))
        await pilot.press("v")
        assert "Gaps  18" in screen_text(app)


async def test_a_hierarchy_without_gaps(until: Until, screen_text: ScreenText) -> None:
    page = gaps.dialog_for(Hierarchy(vision="Aim", vision_revised=TODAY), (), TODAY)
    app = Over(page)
    async with app.run_test(size=(80, 24)) as pilot:
        await shown(pilot, until, page)
        assert "No gaps: every layer, link, voice and measure is there." in screen_text(app)
        await pilot.press("f", "s", "enter", "n")
        assert app.asked == []
        assert await page.copyables() == ()


async def test_many_hits_of_one_rule_are_listed_by_and_by(demo: Desk, until: Until) -> None:
    whole_desk = read(demo)
    orphan = whole_desk.requirements[7]
    many = tuple(orphan._replace(id=n, code=f"R{n}") for n in range(10, 1510))
    page = gaps.dialog_for(Hierarchy(requirements=many), (), TODAY)
    async with Over(page).run_test(size=(80, 24)) as pilot:
        await shown(pilot, until, page)
        assert 200 < len(page.lines.ids) < 250
        page.lines.move_to(
            next(n for n in page.lines.ids if page.lines._rows[n].line.act[:4] == "more")
        )
        await pilot.press("enter")
        await until(pilot, lambda: 1200 < len(page.lines.ids) < 1250)


class Asking(Styled):
    """An app with the dialog on it."""

    def __init__(self, dialog: put_off.PutOffDialog) -> None:
        super().__init__()
        self.dialog = dialog
        self.given: list[PutOffGap | None] = []

    def on_mount(self) -> None:
        self.push_screen(self.dialog, self.given.append)


async def test_a_gap_is_put_off_with_a_day_and_a_reason(
    demo: Desk, until: Until, screen_text: ScreenText
) -> None:
    dialog = put_off.dialog_for(read(demo), ("G4", "goal-unmeasured"), TODAY)
    assert isinstance(dialog, put_off.PutOffDialog)
    app = Asking(dialog)
    async with app.run_test(size=(80, 30)) as pilot:
        await until(pilot, lambda: app.screen is dialog and app.focused is not None)
        assert "G4: nobody measures it · Keep both" in screen_text(app)
        await pilot.press("w", "enter")
        await until(pilot, lambda: "Write why" in screen_text(app))
        assert "Fri 20 Jun" in screen_text(app)
        await pilot.press(*"after the fair", "enter")
        await until(pilot, lambda: bool(app.given))
        assert app.given == [
            PutOffGap("goal-unmeasured", "G4", date(2025, 6, 20), "after the fair")
        ]


def test_the_days_offered_are_working_days_the_soonest_first(demo: Desk) -> None:
    dialog = put_off.dialog_for(read(demo), ("G4", "goal-unmeasured"), date(2025, 8, 27))
    assert isinstance(dialog, put_off.PutOffDialog)
    days = [choice.value for choice in dialog._usual()]
    assert days == sorted(days)
    assert [day.isoformat() for day in days] == [
        "2025-09-03", "2025-09-10", "2025-09-26", "2025-09-30", "2026-02-27",
    ]  # fmt: skip


async def test_another_day_is_read_before_the_reason(
    demo: Desk, until: Until, screen_text: ScreenText
) -> None:
    dialog = put_off.dialog_for(read(demo), ("account 2", "account-no-executive"), TODAY)
    assert isinstance(dialog, put_off.PutOffDialog)
    app = Asking(dialog)
    async with app.run_test(size=(80, 30)) as pilot:
        await until(pilot, lambda: app.screen is dialog and app.focused is not None)
        await pilot.press(*"1", "enter")
        await until(pilot, lambda: "no date" in screen_text(app))
        await pilot.press("backspace", *"today", "enter")
        await until(pilot, lambda: "is not ahead" in screen_text(app))
        await pilot.press(*["backspace"] * 5, *"2w", "enter", *"away", "enter")
        await until(pilot, lambda: bool(app.given))
        assert app.given[0] == PutOffGap(
            "account-no-executive", "account 2", date(2025, 6, 27), "away"
        )


def test_a_gap_that_is_put_off_is_told_again(demo: Desk) -> None:
    demo.perform(PutOffGap("goal-unheard", "G4", date(2025, 7, 1), "later"))
    recalled = put_off.dialog_for(read(demo), ("G4", "goal-unheard"), TODAY)
    assert recalled == RecallGap("goal-unheard", "G4")


async def test_priorities_laid_open_in_few_columns(
    demo: Desk, until: Until, screen_text: ScreenText
) -> None:
    page = priorities.dialog_for(read(demo), ("R1",), TODAY)
    app = Over(page)
    async with app.run_test(size=(80, 50)) as pilot:
        await until(pilot, lambda: here(page) == ("R1", ""))
        text = [" ".join(line.split()) for line in screen_text(app).splitlines()]
        at = text.index("1 R2 06:30 coverage forecast Insight 0.80")
        assert text[at + 1] == "G1 2 of 2 accounts × 3 × 0.8 ÷ 3 w · executive, manager"
        assert text[at + 8] == "5 R4 30-day expiry list Stock 0.25"
        blind = text.index("△ No line of sight, so no score 3")
        assert text[blind + 1] == "R7 Export every list Insight committed"
        several = "Needs with several products: 2 of 5 (40.0 %, between 11.8 and 76.9 %)"
        assert text[text.index(several) + 2].endswith("Insight, Stock")
        assert "Goals that one product alone serves: 1" in text
        increments = "6 of 12 weeks (50 %) in multi-product solutions, 6 in increments."
        assert increments in text
        assert "Live: 6 of 9 (66.7 %, between 35.4 and 87.9 %)" in text
        await pilot.press("k", "enter")
        await until(pilot, lambda: app.left == ["R5"])


async def test_priorities_laid_open_in_a_table(
    demo: Desk, until: Until, screen_text: ScreenText
) -> None:
    hierarchy = read(demo)
    first, *others = hierarchy.requirements
    unknown = first._replace(effort_weeks=None)
    page = priorities.dialog_for(hierarchy, (), TODAY)
    app = Over(page)
    async with app.run_test(size=(140, 40)) as pilot:
        await until(pilot, lambda: here(page) == ("R2", ""))
        lines = screen_text(app).splitlines()
        (head,) = (line for line in lines if "× confidence  " in line and "reach  " in line)
        (row,) = (line for line in lines if "06:30" in line)
        assert "2 of 2 accounts" in row
        assert "0.8 executive, manager" in row
        for name, value in (("× weight", "3"), ("÷ effort", "3 w"), ("= score", "0.80")):
            end = head.index(name) + len(name)
            assert row[:end].endswith(value), "figures stand below their heading"
        table = (await page.copyables())[0].text
        assert "| R2 06:30 coverage forecast | 1 | Insight | G1 | 2 of 2 | 3 | 0.8 |" in table
        page.tell(Hierarchy(**{**_fields(hierarchy), "requirements": (unknown, *others)}))
        await until(pilot, lambda: "effort unknown" in screen_text(app))


async def test_priorities_of_an_empty_desk(until: Until, screen_text: ScreenText) -> None:
    page = priorities.dialog_for(Hierarchy(), (), TODAY)
    app = Over(page)
    async with app.run_test(size=(80, 24)) as pilot:
        await shown(pilot, until, page)
        assert "Nothing that is still to be built has a score yet." in screen_text(app)
        assert "No effort is committed." in screen_text(app)
        assert await page.copyables() == ()


def _fields(hierarchy: Hierarchy) -> dict[str, Any]:
    return {name: getattr(hierarchy, name) for name in hierarchy.__dataclass_fields__}
