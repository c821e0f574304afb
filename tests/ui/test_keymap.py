"""Keys of one's own, in the settings."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.desk import Desk
from pmdesk.errors import RefusedError
from pmdesk.settings import Settings
from pmdesk.ui.app import PmdeskApp
from pmdesk.ui.dialogs.park import ParkDialog
from pmdesk.ui.key_names import key_of, shown, typed
from pmdesk.ui.keymap import checked, key_name, normal
from pmdesk.ui.keys import all_keys

from .sitting import Session

if TYPE_CHECKING:
    from tests.ui.conftest import ScreenText, Until


def test_the_keys_as_they_are_can_be_written_into_the_settings_as_they_are_printed() -> None:
    as_they_are = {key.id: ",".join(key.keys) for key in all_keys()}
    same = checked(as_they_are)
    assert {key.id: key.keys for key in all_keys(same)} == {key.id: key.keys for key in all_keys()}


def test_symbols_are_named_as_textual_names_them() -> None:
    assert checked({"filter": "f5, ?", "keys": "f1"}) == {
        "filter": "f5,question_mark",
        "keys": "f1",
    }


@pytest.mark.parametrize(
    ("keymap", "words"),
    [
        ({"inbox.shout": "!"}, "keymap.inbox.shout is no key of pmdesk"),
        ({"inbox.prak": "w"}, r"inbox.prak is no key of pmdesk \(is “inbox.park” meant\?\)"),
        ({"inbox.park": "d"}, "keymap.inbox.park can't be d, which inbox.do has: choose another"),
        ({"inbox.park": "u"}, "inbox.park can't be u, which undo has"),
        ({"undo": "s"}, "undo can't be s, which inbox.park has"),
        ({"list.down": "r"}, "list.down can't be r, which inbox.decline has"),
        ({"request.down": "d"}, "request.down can't be d, which inbox.do has"),
        ({"balance.before": "u"}, "balance.before can't be u, which undo has"),
        ({"tree.fold": "c"}, "tree.fold can't be c, which capture has"),
        ({"inbox.park": "w", "inbox.do": "w"}, "can't be w, which inbox"),
        ({"inbox.park": "ctlr+x"}, "inbox.park can't be 'ctlr.x', which is no key"),
        ({"inbox.park": "foo"}, "can't be 'foo', which is no key: write a character, or a name"),
        ({"inbox.park": "pagdown"}, r"is no key \(is “pagedown” meant\?\)"),
        ({"inbox.park": ","}, "inbox.park can't be '', which is no key: .* comma"),
        ({"inbox.park": "esc"}, "inbox.park can't be esc, which leads back: choose another key"),
        ({"inbox.park": "enter"}, "can't be enter, which opens and confirms"),
        ({"inbox.park": "ctrl+m"}, "can't be enter, which opens and confirms"),
        ({"undo": "ctrl+c"}, "can't be ctrl.c, which belongs to the terminal"),
        ({"filter.leave": "n"}, "filter.leave can't be n, which is needed for typing there"),
        ({"dialog.leave": "x"}, "dialog.leave can't be x, which is needed for typing there"),
        ({"chooser.down": "space"}, "can't be space, which is needed for typing there"),
        ({"palette.anywhere": "p"}, "can't be p, which is needed for typing there"),
    ],
)
def test_what_can_t_be_is_refused_in_a_sentence(keymap: dict[str, str], words: str) -> None:
    with pytest.raises(RefusedError, match=rf"^In the settings .*settings.toml, .*{words}.*\.$"):
        checked(keymap)


def test_keys_of_panes_that_never_hear_the_same_key_do_not_clash() -> None:
    assert checked({"balance.before": "d"}) == {"balance.before": "d"}


def test_two_keys_may_change_places() -> None:
    swapped = {"inbox.park": "d", "inbox.do": "s"}
    assert checked(swapped) == swapped


def test_the_ways_out_and_on_stay_beside_what_is_chosen() -> None:
    assert checked({"dialog.leave": "f10", "list.open": "o"}) == {
        "dialog.leave": "f10,escape",
        "list.open": "o,enter",
    }


@pytest.mark.parametrize(
    ("written", "name", "screen"),
    [
        ("ctrl+r", "ctrl+r", "ctrl+r"),
        ("Ctrl+R", "ctrl+r", "ctrl+r"),
        ("esc", "escape", "esc"),
        ("pgdn", "pagedown", "pgdn"),
        ("down", "down", "↓"),
        ("/", "slash", "/"),
        ("-", "minus", "-"),
        ("+", "plus", "+"),
        ("ctrl++", "ctrl+plus", "ctrl++"),
        ("shift+a", "A", "A"),
        ("shift+tab", "shift+tab", "shift+tab"),
        ("alt+shift+up", "alt+shift+up", "alt+shift+↑"),
        ("ctrl+i", "tab", "tab"),
        ("comma", "comma", ","),
        ("ü", "ü", "ü"),
        ("space", "space", "space"),
    ],
)
def test_names_of_keys(written: str, name: str, screen: str) -> None:
    assert key_name(written) == name
    assert shown(name) == screen
    assert key_name(typed(name)) == name


@pytest.mark.parametrize(
    "written", ["", "foo", "ctlr+x", "ctrl+", "ctrl+foo", "f30", "a+b", "\x1b"]
)
def test_what_is_no_key(written: str) -> None:
    assert key_name(written) is None


@given(st.text(max_size=12))
def test_no_name_of_a_key_is_too_strange(written: str) -> None:
    name = key_name(written)
    assert name is None or key_name(name) == name
    assert set(normal(written)) <= {name for one in written.split(",") if (name := key_name(one))}


def squeezed(text: str) -> str:
    """Without regard to columns."""
    return " ".join(text.split())


async def test_another_key_works_everywhere_and_the_old_one_no_more(
    demo: Desk, until: Until, screen_text: ScreenText
) -> None:
    keymap = {"inbox.park": "w", "list.down": "f7", "undo": "f9", "keys": "f1"}
    app = PmdeskApp(demo, Settings(keymap=MappingProxyType(keymap)))
    async with app.run_test(size=(120, 40)) as pilot:
        user = await Session(pilot, until).ready()
        assert (key_of("undo", app), key_of("inbox.do", app)) == ("f9", "d")
        await user.press("s")
        assert app.screen is app.workspace
        await user.press("f7")
        assert user.number == 24
        await user.press("up", "down")  # the other key for the same goes on working
        assert user.number == 24
        await until(pilot, lambda: "w Park" in screen_text(app).splitlines()[-1])
        await user.press("f1")
        await until(pilot, lambda: "w Park Not now" in squeezed(screen_text(app)))
        await user.press(*"next")
        await until(pilot, lambda: "f7 ↓ Next" in squeezed(screen_text(app)))
        await user.press("f1")
        await until(pilot, lambda: app.screen is app.workspace)
        assert screen_text(app).endswith("? Keys   q Quit".replace("?", "f1"))
        await user.press("colon", *"not now")
        await until(pilot, lambda: "w Park Not now" in squeezed(screen_text(app)))
        await user.press("escape", "escape", "w")
        await until(pilot, lambda: isinstance(app.screen, ParkDialog))
