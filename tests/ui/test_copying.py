"""`y`: what can be copied of what is selected, and what is said of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tests.ui.sitting import Session

from pmdesk.copying import Copyable
from pmdesk.customers import loading
from pmdesk.customers.copying import of_thing
from pmdesk.desk import Desk
from pmdesk.hours.copying import of_week
from pmdesk.hours.queries import week_hours
from pmdesk.requests.copying import of_request, of_several, whole
from pmdesk.requests.detail import Detail, Message
from pmdesk.requests.queries import first_page
from pmdesk.ui.app import PmdeskApp
from pmdesk.ui.dialogs.copying import CopyDialog, copy_of

if TYPE_CHECKING:
    from tests.ui.clipboard import FakeClipboard
    from tests.ui.conftest import ScreenText, Until

_LONDON = ZoneInfo("Europe/London")
_TODAY = date(2025, 6, 13)


# The texts ----------------------------------------------------------------------------------


def request(demo: Desk, number: int) -> Detail:
    page = demo.ask(first_page, "all", _TODAY, 200)
    found = demo.ask(whole, next(row.id for row in page.rows if row.number == number))
    assert found is not None
    return found


def by_key(copyables: tuple[Copyable, ...]) -> dict[str, str]:
    return {one.key: one.text for one in copyables}


def test_what_can_be_copied_of_a_request(demo: Desk) -> None:
    texts = by_key(of_request(request(demo, 14), _LONDON, _TODAY))
    title = "Polar label format again: pallet sheets before Friday's lorries"
    assert list(texts) == ["n", "t", "s", "m", "r", "a"]
    assert texts["n"] == f"#14 {title}"
    assert texts["t"].endswith("Sent from my phone")
    assert texts["a"] == "tom.ashworth@harbourlight.example"
    assert texts["s"].splitlines() == [
        f"**#14 {title}**",
        "",
        "- From: Tom Ashworth (tom.ashworth@harbourlight.example), sales, Polar",
        "- Arrived: 2025-06-09, 4 days ago",
        "- Estimate: 30m",
        "- Topic: label",
        "- State: merged into #3",
        "- Line of sight: none to an active goal",
    ]
    assert texts["t"] in texts["m"]
    assert texts["r"] in texts["m"]


def test_a_hostile_title_and_a_hostile_text_stay_text_in_markdown(demo: Desk) -> None:
    detail = request(demo, 25)
    hostile = "``` ends\n# no heading"
    message = Message("*Eve*", "e@x.example", None, hostile, len(hostile) + 5, ())
    row = replace(detail.row, title="<img src=x> [a](b)", requester="_Eve_")
    texts = by_key(of_request(replace(detail, row=row, messages=(message,)), _LONDON, _TODAY))
    assert r"\<img src=x> \[a\](b)" in texts["s"]
    assert r"\_Eve\_" in texts["s"]
    assert f"````text\n{hostile}\n````" in texts["m"]
    assert r"### \*Eve\*, no date" in texts["m"]
    assert "… the first 21 of 26 characters" in texts["m"]


def test_several_requests_are_a_list_that_says_what_it_left_out(demo: Desk) -> None:
    rows = demo.ask(first_page, "new", _TODAY, 200).rows
    texts = by_key(of_several(rows, _TODAY, 5_002))
    assert texts["n"] == "#25, #24, … and 5,000 more"
    assert texts["l"].splitlines() == [
        "- **#25** Figures for Monday's board pack: Rupert Lang, executives · new",
        "- **#24** Northmoor: rotated doctors still have last quarter's access: "
        "Priya Nair, support, Northmoor · new",
        "… and 5,000 more",
    ]


def test_what_can_be_copied_in_the_tree(demo: Desk) -> None:
    read = demo.ask(loading.whole)
    texts = by_key(of_thing(read, "N1"))
    assert list(texts) == ["n", "w", "s", "u", "b", "t"]
    assert texts["s"] == "N1 ▸ T1 ▸ I1 ▸ O1 ▸ G1 · Regional hospitals"
    assert texts["u"].splitlines()[-1] == "Regional hospitals"
    assert texts["b"].splitlines()[0] == f"- **N1** {texts['w']} (manager)"
    assert texts["b"].splitlines()[-1] == "  - **R2** 06:30 coverage forecast (Insight, S1, 3w)"
    assert by_key(of_thing(read, "N5"))["s"].endswith("no line of sight")
    assert by_key(of_thing(read, "market 1"))["b"].startswith("- Market: Regional hospitals\n")
    assert by_key(of_thing(read, "S1"))["v"].startswith("Hospitals fill shifts")
    assert by_key(of_thing(read, "measure 1"))["n"] == "agency % of payroll (14 → 9 %)"
    assert "- **N2** “If I leave" in by_key(of_thing(read, "account 1 user"))["h"]
    assert by_key(of_thing(read, "portfolio"))["b"].count("- Market: ") == 2
    assert of_thing(read, "N99") == ()


def test_everything_in_the_hierarchy_can_be_copied(demo: Desk) -> None:
    read = demo.ask(loading.whole)
    for key in read._things:
        copyables = of_thing(read, key)
        letters = [one.key for one in copyables]
        assert len(set(letters)) == len(letters)
        assert letters[0] == "n"
        assert all(one.text.strip() for one in copyables)


def test_the_week_as_a_table(demo: Desk) -> None:
    texts = by_key(of_week(demo.ask(week_hours, "2025-W24")))
    assert "| 2025-W24 | 13.0 | 18.0 | 3.0 | 34.0 |" in texts["m"]
    assert texts["m"].endswith("My strategic share: 13.0 of 34.0 h (38.2 %). Target: 35 %.")
    assert of_week(demo.ask(week_hours, "1999-W24")) == ()


# The key ------------------------------------------------------------------------------------


@asynccontextmanager
async def sitting(
    desk: Desk, until: Until, size: tuple[int, int] = (120, 30)
) -> AsyncIterator[Session]:
    async with PmdeskApp(desk).run_test(size=size, notifications=True) as pilot:
        yield await Session(pilot, until).ready()


async def test_y_lists_what_can_be_copied_and_a_letter_copies(
    demo: Desk, until: Until, clipboard: FakeClipboard, screen_text: ScreenText
) -> None:
    async with sitting(demo, until) as session:
        await session.press("y")
        await session.dialog(CopyDialog)
        assert "rupert.lang@harbourlight.example" in screen_text(session.app)
        await session.press("a")
        await session.says("Copied 32 characters.")
        assert clipboard.texts == ["rupert.lang@harbourlight.example"]
        session.blurt("y", "y")
        await until(session.pilot, lambda: len(clipboard.texts) == 2)
        session.blurt("y", "down", "enter")
        await until(session.pilot, lambda: len(clipboard.texts) == 3)
        assert clipboard.texts[1] == "#25 Figures for Monday's board pack"
        assert clipboard.texts[2].startswith("I am putting the board pack together")


async def test_the_marked_are_copied_together(
    demo: Desk, until: Until, clipboard: FakeClipboard
) -> None:
    async with sitting(demo, until) as session:
        session.blurt("x", "x", "y", "n")
        await until(session.pilot, lambda: clipboard.texts)
        assert clipboard.texts == ["#24, #25"]


async def test_the_tree_has_its_own(demo: Desk, until: Until, clipboard: FakeClipboard) -> None:
    async with sitting(demo, until) as session:
        await session.press("1")
        await until(session.pilot, lambda: session.workspace.customers.has_copyables)
        session.blurt("y", "y")
        await until(session.pilot, lambda: clipboard.texts)
        assert clipboard.texts == ["Regional hospitals"]


async def test_what_is_alone_is_copied_at_once(
    demo: Desk, until: Until, clipboard: FakeClipboard
) -> None:
    class Page:
        async def copyables(self) -> tuple[Copyable, ...]:
            return (Copyable("m", "the page, as Markdown", "# Interview"),)

    async with sitting(demo, until) as session:
        await copy_of(Page(), session.workspace)
        await session.says("Copied 11 characters.")
        assert clipboard.texts == ["# Interview"]
        assert session.app.screen is session.workspace


async def test_the_week_shown_is_copied(demo: Desk, until: Until, clipboard: FakeClipboard) -> None:
    async with sitting(demo, until) as session:
        await session.press("3")
        await until(session.pilot, lambda: session.workspace.row.panes[2].has_copyables)
        session.blurt("y", "y")
        await until(session.pilot, lambda: clipboard.texts)
        assert clipboard.texts[0].startswith("| Day | My strategic |")


async def test_where_nothing_is_selected_the_key_says_so(
    desk: Desk, until: Until, screen_text: ScreenText
) -> None:
    async with sitting(desk, until) as session:
        await session.press("y")
        await until(session.pilot, lambda: "Nothing is selected here" in screen_text(session.app))
        assert not isinstance(session.app.screen, CopyDialog)
