"""The help and the palette: narrowed by typing, and doing what is chosen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pmdesk.desk import Desk
from pmdesk.requests.queries import view_chunk
from pmdesk.ui.app import PmdeskApp
from pmdesk.ui.dialogs.chooser import Chooser, Entry, Lines, best, columns, line, matches
from pmdesk.ui.dialogs.keys import KeysDialog
from pmdesk.ui.dialogs.palette import Palette, Themes
from pmdesk.ui.dialogs.park import ParkDialog
from pmdesk.ui.workspace import Workspace

from .sitting import Session

if TYPE_CHECKING:
    from tests.ui.conftest import ScreenText, Until

UNDO = Entry("Everywhere", ("u",), "Undo", "Take back the newest step")
PARK = Entry("Inbox", ("s",), "Park", "Not now: back on a date")
DEAD = Entry("Inbox", ("r",), "Decline", "No", why_not="It is declined.")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", [UNDO, PARK, DEAD]),
        ("u", [UNDO]),
        ("pa", [PARK]),
        ("BACK", [UNDO, PARK]),
        ("inbox", [PARK, DEAD]),
        ("inbox date", [PARK]),
        ("wes", [UNDO]),  # three letters may stand within a word
        ("es", []),
        ("zzz", []),
    ],
)
def test_what_is_typed_narrows(typed: str, found: list[Entry]) -> None:
    assert [one for one in (UNDO, PARK, DEAD) if matches(one, typed)] == found


def test_the_likeliest_is_chosen() -> None:
    entries = (DEAD, UNDO, PARK)
    assert best(entries, "") == 1, "the first that can be done"
    assert best(entries, "s") == 2, "what has just that key"
    assert best(entries, "r") == 0, "also to say why it is dead"
    assert best(entries, "par") == 2, "what begins so"
    assert best((), "x") == 0


@pytest.mark.parametrize("width", [20, 40, 60, 110])
def test_columns_are_aligned_and_no_wider_than_there_is_room(width: int) -> None:
    entries = (UNDO, PARK, Entry("Inbox", ("f5", "ctrl+p"), "日本語" * 30, "x" * 90))
    for found in (False, True):
        those = [replace(entry, found=found) for entry in entries]
        shapes = columns(those, width)
        lines = [line(entry, shapes[entry.group]) for entry in those]
        assert max(one.cell_length for one in lines) <= width


async def test_help_finds_and_does(demo: Desk, until: Until, screen_text: ScreenText) -> None:
    async with PmdeskApp(demo).run_test(size=(80, 24)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("question_mark")
        await user.dialog(KeysDialog)
        await until(pilot, lambda: "Not now: back on a date" in screen_text(user.app))
        await user.press(*"not now")
        await until(pilot, lambda: "No, with a reason" not in screen_text(user.app))
        await user.press("enter")
        await user.dialog(ParkDialog)
        await user.press("w")
        await user.lists(24)


async def test_help_tells_what_works_elsewhere(
    demo: Desk, until: Until, screen_text: ScreenText
) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 40)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("question_mark", *"unfold", "enter")
        await until(pilot, lambda: "press 1, then" in screen_text(user.app))
        assert isinstance(user.app.screen, KeysDialog)
        await user.press("escape")  # clears
        await until(pilot, lambda: "Not now: back on a date" in screen_text(user.app))
        await user.press("escape")  # leaves
        assert isinstance(user.app.screen, Workspace)
        assert user.app.focused is user.inbox.requests


async def test_a_dead_key_is_listed_with_its_reason(
    desk: Desk, until: Until, screen_text: ScreenText
) -> None:
    async with PmdeskApp(desk).run_test(size=(120, 40)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("question_mark")
        await until(pilot, lambda: "There is no request here to decide on" in screen_text(user.app))
        await user.press(*"park", "enter")
        assert isinstance(user.app.screen, KeysDialog)


async def test_a_key_of_another_pane_says_where_it_works(demo: Desk, until: Until) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("1")
        await until(pilot, lambda: user.workspace.row.current == 1)
        await user.press("d")
        says = "d works in the inbox: press 2, then d."
        await until(pilot, lambda: user.workspace.status.sentence == says)


async def test_the_palette_goes_to_a_request_in_whatever_view(demo: Desk, until: Until) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 40)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("ctrl+p", *"#14")
        await user.dialog(Palette)
        await until(pilot, lambda: chosen(user) == ("#14",))
        await user.press("enter")
        await until(pilot, lambda: user.number == 14)
        assert user.inbox.view == "all"
        assert user.app.focused is user.inbox.requests


async def test_the_palette_goes_to_what_the_view_shows_without_leaving_it(
    demo: Desk, until: Until
) -> None:
    async with PmdeskApp(demo).run_test(size=(80, 24)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("1", "colon", *"northmoor: rotated")
        await until(pilot, lambda: chosen(user) == ("#24",))
        await user.press("enter")
        await until(pilot, lambda: user.number == 24)
        assert (user.inbox.view, user.workspace.row.current) == ("new", 2)


async def test_the_palette_goes_to_every_kind_of_thing(demo: Desk, until: Until) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 40)) as pilot:
        user = await Session(pilot, until).ready()
        tree = user.workspace.customers
        for typed, code in (("N4", "N4"), ("06:30 cov", "R2"), ("own staff first", "S1")):
            await user.press("ctrl+p", *typed)
            await until(pilot, lambda code=code: chosen(user) == (code,))  # type: ignore[misc]
            await user.press("enter")
            await until(
                pilot,
                lambda code=code: at(tree.tree_widget.current_row) == code,  # type: ignore[misc]
            )
        await user.press("ctrl+p", *"northmo")
        await until(pilot, lambda: chosen(user) is not None and len(entries(user, "Accounts")) == 1)
        while entries(user, "Accounts")[0] is not chooser(user).chosen:
            await user.press("down")
        await user.press("enter")
        await until(pilot, lambda: at(tree.tree_widget.current_row) == "Northmoor")
        await user.press("ctrl+p", *"insight")
        await until(pilot, lambda: entries(user, "Products") == [chooser(user).chosen])
        await user.press("enter")
        await until(pilot, lambda: at(tree.tree_widget.current_row) == "Insight")


async def test_enter_before_it_is_found_waits_for_it(demo: Desk, until: Until) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 40)) as pilot:
        user = await Session(pilot, until).ready()
        user.blurt("ctrl+p", *"rotated", "enter")
        await until(pilot, lambda: user.number == 24)
        assert isinstance(user.app.screen, Workspace)


async def test_only_what_answers_to_the_last_letters_is_listed(demo: Desk, until: Until) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 40)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("ctrl+p")
        await user.dialog(Palette)
        user.blurt(*"label", *["backspace"] * 5, *"rotated")
        await until(pilot, lambda: entries(user, "Requests") != [])
        assert {one.keys for one in entries(user, "Requests")} == {("#24",)}
        user.blurt(*"zzz")
        await until(pilot, lambda: chooser(user).shown == ())
        await user.press("escape")
        await until(pilot, lambda: entries(user, "Everywhere") != [])
        assert entries(user, "Requests") == []


@pytest.mark.parametrize("key", ["question_mark", "colon"])
async def test_the_cursor_is_on_the_first_hit_unless_it_was_moved(
    demo: Desk, until: Until, screen_text: ScreenText, key: str
) -> None:
    async with PmdeskApp(demo).run_test(size=(80, 24)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press(key)
        await until(pilot, lambda: isinstance(user.app.screen, Chooser))
        for letter, words in (("p", "Park"), ("a", "Park"), ("g", None), ("e", None)):
            await user.press(letter)
            await until(pilot, lambda: chooser(user).shown[0] is chooser(user).chosen)
            if words:
                assert chooser(user).shown[0].words == words
                assert f"▸ {' '.join(chooser(user).shown[0].keys)}" in screen_text(user.app)
        await user.press(*["backspace"] * 4, *"fi", "down")
        moved_to = chooser(user).chosen
        assert moved_to is chooser(user).shown[1]
        if isinstance(user.app.screen, Palette):
            await until(pilot, lambda: any(one.found for one in chooser(user).shown))
            found = chooser(user).chosen
            assert found is not None
            assert moved_to is not None
            assert (found.group, found.words) == (moved_to.group, moved_to.words)
        await user.press("l")
        await until(pilot, lambda: chooser(user).shown[0] is chooser(user).chosen)


async def test_the_palette_goes_to_the_pane_where_something_is_done(
    demo: Desk, until: Until, screen_text: ScreenText
) -> None:
    async with PmdeskApp(demo).run_test(size=(80, 24)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("3", "colon")
        await user.dialog(Palette)
        groups = [one.group for one in chooser(user).shown]
        assert groups.index("Elsewhere") > groups.index("Without a key")
        await user.press(*"park")
        await until(pilot, lambda: "Park  in the inbox: press 2, then s" in screen_text(user.app))
        await user.press("enter")
        await until(pilot, lambda: user.workspace.status.sentence == "Here s does it: Park.")
        assert user.app.focused is user.inbox.requests
        await user.press("s")
        await user.dialog(ParkDialog)


async def test_the_palette_goes_to_a_market(demo: Desk, until: Until) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 40)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("ctrl+p", *"cold chain")
        await until(pilot, lambda: entries(user, "Markets") != [])
        await user.press("enter")
        tree = user.workspace.customers
        await until(pilot, lambda: at(tree.tree_widget.current_row) == "Cold-chain distributors")


async def test_without_colour_the_line_chosen_is_reversed(
    demo: Desk, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with PmdeskApp(demo).run_test(size=(80, 24)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("question_mark", *"park")
        await until(pilot, lambda: chosen(user) == ("s",))
        await pilot.pause()
        lines = user.app.screen.query_one(Lines)
        reversed_ = [
            y
            for y in range(lines.size.height)
            if all(one.style and one.style.reverse for one in lines.render_line(y))
        ]
        assert reversed_ == [lines.highlighted]


async def test_an_explanation_has_the_room_that_the_names_leave(
    demo: Desk, until: Until, screen_text: ScreenText
) -> None:
    async with PmdeskApp(demo).run_test(size=(80, 24)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("question_mark")
        says = "Keep; again: answered. On a kept one: done"
        await until(pilot, lambda: says in screen_text(user.app))


async def test_a_theme_is_chosen_by_its_name(demo: Desk, until: Until) -> None:
    async with PmdeskApp(demo).run_test(size=(80, 24)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("ctrl+p", *"theme", "enter")
        await user.dialog(Themes)
        await user.press(*"pmdesk-light", "enter")
        await until(pilot, lambda: user.app.theme == "pmdesk-light")


HOSTILE = "[@click=app.quit]x[/] [b]bold[/b] \x1b]52;c;AA\x07 \u202e $accent"


async def test_hostile_words_are_words(demo: Desk, until: Until, screen_text: ScreenText) -> None:
    from pmdesk.requests.actions import Capture, RequestDraft

    clock = demo.clock
    demo.perform(
        Capture(
            RequestDraft(
                source="capture", source_id=None, title=HOSTILE, body="", arrived_at=clock.now(),
                zone=clock.zone.key, account=None, if_unknown=("", ""), from_function=None,
                topic=None, due=None, estimate_minutes=None,
            )
        )
    )  # fmt: skip
    assert demo.ask(view_chunk, "new", clock.today(), None, 9).ids
    async with PmdeskApp(demo).run_test(size=(120, 40)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("ctrl+p", *"[@click")
        await until(pilot, lambda: "[@click=app.quit]x[/] [b]bold[/b]" in screen_text(user.app))
        assert "\x1b" not in screen_text(user.app)


def chooser(user: Session) -> Chooser:
    screen = user.app.screen
    assert isinstance(screen, Chooser)
    return screen


def chosen(user: Session) -> tuple[str, ...] | None:
    entry = chooser(user).chosen if isinstance(user.app.screen, Chooser) else None
    return entry.keys if entry else None


def entries(user: Session, group: str) -> list[Entry]:
    return [one for one in chooser(user).shown if one.group == group]


def at(line: object) -> str:
    item = getattr(line, "item", None)
    key = str(getattr(item, "key", ""))
    return key if key[1:].isdecimal() else str(getattr(item, "words", ""))
