"""Picking one of thousands by a few letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual import events, on
from textual.app import ComposeResult
from textual.pilot import Pilot

from pmdesk.fuzzy import Pickable
from pmdesk.ui.line_filter import Net
from pmdesk.ui.widgets.field import Field, LineField
from pmdesk.ui.widgets.matches import Matches
from pmdesk.ui.widgets.pick_field import New, PickField

from .styled import Styled

if TYPE_CHECKING:
    from tests.ui.conftest import ScreenText, Until

ACCOUNTS = (
    Pickable(1, "Polar Foods", "cold chain", ("polr",)),
    Pickable(2, "Port of Zeta", "ports"),
    Pickable(3, "Café Ångström", "retail"),
    Pickable(4, "Polaris", "retail"),
)


def topic(name: str) -> str:
    return f"make a new topic “{name}”"


class Asking(Styled):
    """One field to pick in and one after it."""

    def __init__(self, field: PickField) -> None:
        super().__init__()
        self.pick = field
        self.entered: list[str] = []

    def compose(self) -> ComposeResult:
        yield self.pick
        yield LineField("after", "after")

    def on_mount(self) -> None:
        self.pick.take_focus()

    @on(Field.Entered)
    def _entered(self, event: Field.Entered) -> None:
        self.entered.append(event.field.name or "")


async def test_what_was_filled_in_gives_way_to_the_first_letter(until: Until) -> None:
    field = PickField("account", "account", ACCOUNTS)
    async with Asking(field).run_test() as pilot:
        field.pick(ACCOUNTS[1])
        await pilot.press("tab", "shift+tab", *"caf")
        await until(pilot, lambda: field.typed == "caf")
        await pilot.press("tab", "shift+tab", *"pola")
        await until(pilot, lambda: field.typed == "pola")
        await pilot.press("tab", "shift+tab")
        field.fill("cof")  # half a name is gone on with
        await pilot.press("tab", "shift+tab", "s")
        await until(pilot, lambda: field.typed == "cofs")


async def type_in(pilot: Pilot[None], until: Until, text: str) -> None:
    field = pilot.app.query_one(PickField)
    field.fill("")
    await pilot.press(*text)
    await until(pilot, lambda: field.typed == text and matches(pilot)._typed == text)


def matches(pilot: Pilot[None]) -> Matches:
    return pilot.app.query_one(Matches)


@pytest.mark.parametrize(
    ("text", "keys", "picked"),
    [
        ("pola", ("enter",), 1),
        ("pola", ("down", "enter"), 4),
        ("pola", ("ctrl+n", "ctrl+p", "enter"), 1),
        ("pola", ("up", "up", "enter"), 1),
        ("cafe", ("tab",), 3),
        ("polr", ("enter",), 1),
        ("", ("down", "down", "enter"), 2),
        ("", ("pagedown", "pagedown", "enter"), 4),
    ],
)
async def test_letters_and_arrows_pick(
    until: Until, text: str, keys: tuple[str, ...], picked: int
) -> None:
    app = Asking(PickField("account", "account", ACCOUNTS))
    async with app.run_test(size=(60, 20)) as pilot:
        await type_in(pilot, until, text)
        await pilot.press(*keys)
        await until(pilot, lambda: app.pick.picked == ACCOUNTS[picked - 1])
        assert app.pick.typed == ACCOUNTS[picked - 1].name
        assert app.entered == (["account"] if keys[-1] == "enter" else [])
        if keys[-1] == "tab":
            await until(pilot, lambda: not app.pick.has_focus_within)


async def test_a_new_one_is_made_in_place(until: Until, screen_text: ScreenText) -> None:
    app = Asking(PickField("topic", "topic", ACCOUNTS, new=topic))
    async with app.run_test(size=(60, 20)) as pilot:
        await type_in(pilot, until, "pol")
        await until(pilot, lambda: "make a new topic “pol”" in screen_text(app))
        await pilot.press("up", "enter")
        await until(pilot, lambda: app.pick.picked == New("pol"))
        await type_in(pilot, until, "polaris")  # there is one
        await until(pilot, lambda: "make a new" not in screen_text(app))
        assert app.pick.picked == ACCOUNTS[3]
        await type_in(pilot, until, "zzz")  # nothing else: enter is enough
        await pilot.press("enter")
        await until(pilot, lambda: app.pick.picked == New("zzz"))
        await pilot.press("backspace")
        await until(pilot, lambda: app.pick.picked is None)


async def test_what_nothing_is_called_is_said(until: Until, screen_text: ScreenText) -> None:
    app = Asking(PickField("account", "account", ACCOUNTS))
    async with app.run_test(size=(60, 20)) as pilot:
        await type_in(pilot, until, "qqqq")
        await until(pilot, lambda: "0 of 4" in screen_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: "Nothing here is called “qqqq”." in screen_text(app))
        assert app.entered == []
        await type_in(pilot, until, "")
        await pilot.press("enter")  # nothing wanted: on to the next
        await until(pilot, lambda: app.entered == ["account"])
        assert app.pick.picked is None


async def test_a_click_picks_and_the_wheel_scrolls(until: Until) -> None:
    many = [Pickable(at, f"Account {at}") for at in range(10_000)]
    app = Asking(PickField("account", "account", many))
    async with app.run_test(size=(60, 24)) as pilot:
        await until(pilot, lambda: matches(pilot).size.height == 8)
        await pilot._post_mouse_events([events.MouseScrollDown] * 3, matches(pilot))
        await pilot.click(matches(pilot), offset=(4, 1))
        await until(pilot, lambda: app.pick.picked == many[4])
        assert app.entered == ["account"]


async def test_a_draft_is_a_pick_again_where_it_names_one(until: Until) -> None:
    app = Asking(PickField("account", "account", placeholder="whose"))
    async with app.run_test(size=(60, 24)) as pilot:
        app.pick.fill("polar foods")
        assert app.pick.picked is None
        app.pick.offer(ACCOUNTS)  # the entries come later than the draft
        assert app.pick.picked == ACCOUNTS[0]
        app.pick.fill("Polar")
        assert app.pick.picked is None
        app.pick.offer([*ACCOUNTS, Pickable(9, "POLARIS")])
        app.pick.fill("polaris")
        await pilot.pause()
        assert app.pick.picked is None


HOSTILE = (
    "[@click=app.quit]x[/]", "[/nope]", "a\x1b]0;t\x07b\nc\x9bd", "‮gpj.exe", "👨‍👩‍👧 family",
    "שלום עולם", "", "﷽", "日本語" * 40, "e" + "\u0301" * 30,
)  # fmt: skip


async def test_hostile_names_are_names(until: Until, screen_text: ScreenText) -> None:
    entries = [Pickable(at, name, name, (name,)) for at, name in enumerate(HOSTILE)]
    app = Asking(PickField("account", "account", entries, new=topic))
    app.get_line_filters = lambda: [Net()]  # type: ignore[method-assign]
    async with app.run_test(size=(60, 24)) as pilot:
        for _line in HOSTILE:
            await pilot.press("down")
            await pilot.pause()
            assert screen_text(app)
        await type_in(pilot, until, "[@cl")
        await pilot.press("enter")
        await until(pilot, lambda: app.pick.picked == entries[0])
        assert app.is_running
        assert "\x1b" not in screen_text(app)


@pytest.mark.parametrize("size", [(1, 1), (12, 4), (40, 12), (200, 60)])
async def test_any_size(until: Until, size: tuple[int, int]) -> None:
    app = Asking(PickField("account", "account", ACCOUNTS, new=topic))
    async with app.run_test(size=size) as pilot:
        await type_in(pilot, until, "pola")
        await pilot.press("enter")
        await until(pilot, lambda: app.pick.picked == ACCOUNTS[0])


async def test_ten_million_characters_pasted_are_cut(until: Until, screen_text: ScreenText) -> None:
    app = Asking(PickField("account", "account", ACCOUNTS))
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.press("a")
        app.post_message(events.Paste("xyzzy " * 1_700_000))
        await until(pilot, lambda: "Only 500 characters of a name fit" in screen_text(app))
        assert len(app.pick.typed) <= 501
        await pilot.press("enter")
        await until(pilot, lambda: "Nothing here is called" in screen_text(app))
