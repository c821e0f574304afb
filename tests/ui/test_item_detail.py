"""The item beside the tree, and the page of a trace."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len
from tests.customers.growing import Growing, harbourlight
from textual.app import App, ComposeResult
from textual.message import Message

from pmdesk import config
from pmdesk.customers.hierarchy import Hierarchy
from pmdesk.customers.item import gaps_by_subject
from pmdesk.errors import RefusedError
from pmdesk.ui.dialogs.trace import TracePage, dialog_for
from pmdesk.ui.themes import own_variables
from pmdesk.ui.widgets.item_detail import ItemDetail
from pmdesk.ui.widgets.item_lines import About, lines

if TYPE_CHECKING:
    from tests.ui.conftest import ScreenText, Until

TODAY = date(2025, 6, 13)


@pytest.fixture(scope="module")
def worked(demo_file: Path) -> Hierarchy:
    return harbourlight(demo_file)


def drawn(hierarchy: Hierarchy, key: str, width: int = 60) -> list[str]:
    found = gaps_by_subject(hierarchy, TODAY).get(key, ())
    about = About(hierarchy, key, TODAY, width, found)
    return ["".join(words for words, _ in line.spans).rstrip() for line in lines(about)]


def every_key(hierarchy: Hierarchy) -> list[str]:
    layers = [f"{one.key} executive" for one in hierarchy.accounts]
    return ["portfolio", *layers, *hierarchy._things]


@pytest.mark.parametrize("width", [24, 38, 60, 92])
def test_every_kind_is_drawn_within_its_width(worked: Hierarchy, width: int) -> None:
    for key in every_key(worked):
        told = drawn(worked, key, width)
        assert told
        assert [line for line in told if cell_len(line) > max(width, 34)] == [], key


def test_a_need(worked: Hierarchy) -> None:
    told = drawn(worked, "N3")
    for line in (
        "N3  Know what expires in 30 days without walking the ward",
        "    need · user · active",
        "▲ N3 ▸ T2 ▸ ◌ ▸ O2 ▸ G2 · Regional hospitals",
        "! Only Brannoc has spoken of it.",
        "  ◌   no initiative between O2 and T2   enter: add one",
        "OUR PRODUCTS   1 product of 3 contributes",
        "  ●●●  Brannoc, user, Iain Mackie, chief pharmacy technician",
        "       Tue 20 May, 24 days ago",
    ):
        assert line in told
    assert any(line.startswith("    R4  30-day expiry list") for line in told)


def test_a_line_of_sight_is_broken_before_a_sign(worked: Hierarchy) -> None:
    told = drawn(worked, "N3", 26)
    assert "▲ N3 ▸ T2 ▸ ◌ ▸ O2 ▸ G2" in told
    assert "  · Regional hospitals" in told


def test_a_goal_its_measure_and_its_readings(worked: Hierarchy) -> None:
    told = drawn(worked, "G1")
    assert "    14 → 9 %, now 12.5" in told
    assert any(line.endswith("30 % (12.5 of 14 → 9)") for line in told)
    assert "    Tue 1 Apr     12.5  73 days ago" in told
    assert "  and 3 pieces on what hangs below it" in told


def test_what_is_unknown_is_never_nought() -> None:
    desk = Growing().node("G1", weight=None).path("N1").node("N2", layer=None)
    desk.measure("G1", way=(None, 4.0)).requirement("R1", effort_weeks=None)
    told = drawn(desk.hierarchy, "G1")
    assert "    goal · weight unknown · active" in told
    assert "    no baseline → 4, no reading yet" in told
    assert "need · layer unknown · active" in "".join(drawn(desk.hierarchy, "N2"))
    assert "effort unknown · horizon unknown" in "".join(drawn(desk.hierarchy, "R1", 90))
    assert drawn(desk.hierarchy, "account 1")[1].endswith("share of revenue unknown")


def test_a_run_of_readings() -> None:
    told = drawn(Growing().node("G1").measure("G1", 9.0, 7.0, 4.0, 2.0).hierarchy, "G1")
    assert "    since Fri 13 Jun █▇▄▂ 2" in told
    assert "  … and 1 more" in told


def test_a_solution_is_checked_in_words(worked: Hierarchy) -> None:
    told = drawn(worked, "S2", 90)
    assert "CHECK   3 of 5" in told
    assert "  ✗ needs of two layers or more" in told
    assert "  ✓ two products or more" in told
    assert "VALUE STATEMENT   9 words" in told


def test_an_account_and_its_layers(worked: Hierarchy) -> None:
    told = drawn(worked, "account 2")
    assert "  executive  never heard" in told
    assert "  manager    24 days ago   1 piece" in told
    assert drawn(worked, "account 2 executive")[:2] == ["Brannoc: executives", "never heard"]


def test_a_long_list_is_cut() -> None:
    desk = Growing().path("G1", "N1")
    for number in range(50):
        desk.requirement(f"R{number}", "N1", 1 + number % 2)
    told = drawn(desk.hierarchy, "G1")
    assert "  … and 5 more" in told
    assert len(told) < 50


class Item(App[None]):
    """The item alone, and what it asks for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[object, ...]] = []
        self.item = ItemDetail()

    def compose(self) -> ComposeResult:
        yield self.item

    def on_mount(self) -> None:
        self.item.focus()

    def _heard(self, message: Message) -> None:
        self.asked.append(tuple(v for k, v in vars(message).items() if k in _FIELDS))

    on_item_detail_go_to = on_item_detail_fill_asked = on_item_detail_act_asked = _heard


_FIELDS = ("key", "upper", "kind", "lower", "what")


async def stand_on(app: Item, words: str) -> None:
    for place in range(len(app.item.ids)):
        app.item.move_to(place)
        line = app.item.line
        if line and words in "".join(said for said, _ in line.spans):
            return
    raise AssertionError(f"no line holds {words}")


async def test_before_the_hierarchy_is_read_the_rough_words_show(
    worked: Hierarchy, until: Until, screen_text: ScreenText
) -> None:
    app = Item()
    async with app.run_test(size=(60, 30)) as pilot:
        app.item.tell_item(None, "N3", TODAY, "N3 Know what expires")
        await until(pilot, lambda: "N3 Know what expires" in screen_text(app))
        app.item.tell_item(worked, "N3", TODAY, "N3 Know what expires")
        app.item.tell_gaps(gaps_by_subject(worked, TODAY))
        await until(pilot, lambda: "! Only Brannoc" in screen_text(app))


async def test_where_there_are_few_lines_none_is_blank(worked: Hierarchy, until: Until) -> None:
    app = Item()
    async with app.run_test(size=(60, 8)) as pilot:
        app.item.tell_item(worked, "N3", TODAY)
        await until(pilot, lambda: app.item.ids)
        assert all(one.line.spans for one in app.item._rows.values())
        few = len(app.item.ids)
        await pilot.resize_terminal(60, 20)
        await until(pilot, lambda: len(app.item.ids) > few)


async def test_enter_goes_fills_and_acts(worked: Hierarchy, until: Until) -> None:
    app = Item()
    async with app.run_test(size=(60, 40)) as pilot:
        app.item.tell_item(worked, "N3", TODAY)
        app.item.tell_gaps(gaps_by_subject(worked, TODAY))
        await until(pilot, lambda: app.item.ids)
        assert not app.item.check_action("fill", ())
        for words, key in (("◌   no init", "a"), ("◌   no init", "enter"), ("! Only", "enter"),
                           ("R4", "enter")):  # fmt: skip
            await stand_on(app, words)
            await pilot.press(key)
        await until(pilot, lambda: len(app.asked) == 4)
        place = ("O2", "initiative", "T2")
        assert app.asked == [place, place, ("note", "N3"), ("R4",)]
        await pilot.press("g", "enter")
        assert len(app.asked) == 4, "the thing itself is where we are"


async def test_steps_go_from_thing_to_thing(worked: Hierarchy, until: Until) -> None:
    app = Item()
    async with app.run_test(size=(80, 30)) as pilot:
        app.item.tell_item(worked, "G1", TODAY)
        await until(pilot, lambda: len(app.item.ids) > 10)
        for _ in range(5):
            await pilot.press("j")
            assert app.item.line is not None
            assert app.item.line.key or app.item.line.act
        await pilot.press("end")
        assert app.item.cursor == len(app.item.ids) - 1


async def test_the_cursor_stays_on_its_thing_when_the_hierarchy_changes(
    worked: Hierarchy, until: Until
) -> None:
    app = Item()
    async with app.run_test(size=(44, 40)) as pilot:
        app.item.tell_item(worked, "N3", TODAY)
        await until(pilot, lambda: app.item.ids)
        await stand_on(app, "R4")
        fewer = replace(worked, evidence=())
        app.item.tell_item(fewer, "N3", TODAY)
        assert app.item.line
        assert app.item.line.key == "R4"
        await stand_on(app, "quarterly count")
        app.item.tell_item(worked, "N3", TODAY)
        assert "quarterly count" in app.item.line.spans[-1][0], "the same line of its words"
        app.item.tell_item(fewer, "N1", TODAY)
        assert app.item.cursor == 0


class Traced(App[None]):
    CSS_PATH = [config.resources("styles") / f"{name}.tcss" for name in ("base", "dialogs")]  # noqa: RUF012

    def __init__(self, page: TracePage) -> None:
        super().__init__()
        self.page = page
        self.left: list[str | None] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return own_variables(self.current_theme)

    def on_mount(self) -> None:
        self.push_screen(self.page, self.left.append)


async def test_the_page_traces_goes_on_and_copies(
    worked: Hierarchy, until: Until, screen_text: ScreenText
) -> None:
    page = dialog_for(worked, ("R1",), TODAY)
    app = Traced(page)
    async with app.run_test(size=(110, 40)) as pilot:
        await until(pilot, lambda: "▸  └ R1  Coverage board" in screen_text(app))
        for line in page.lines._rows.values():
            if line.line.key == "N1":
                page.lines.move_to(line.id)
        await pilot.press("T")
        await until(pilot, lambda: "Trace of N1  need · manager" in screen_text(app))
        copies = {one.key: one.text for one in await page.copyables()}
        assert copies["n"].startswith("N1 Before 07:00")
        assert "▲ N1 ▸ T1 ▸ I1 ▸ O1 ▸ G1 · Regional hospitals" in copies["t"]
        assert copies["m"].startswith("## N1 Before")
        assert page.why_not("trace"), "it is traced already"
        page.tell(Growing().hierarchy)
        await until(pilot, lambda: app.left == [None])


def test_a_trace_of_nothing_is_refused(worked: Hierarchy) -> None:
    with pytest.raises(RefusedError):
        dialog_for(worked, (), TODAY)
