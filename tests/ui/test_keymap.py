"""Keys of one's own, in the settings."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

from pmdesk.desk import Desk
from pmdesk.errors import RefusedError
from pmdesk.settings import Settings
from pmdesk.ui.app import PmdeskApp
from pmdesk.ui.dialogs.park import ParkDialog
from pmdesk.ui.keymap import checked

if TYPE_CHECKING:
    from tests.ui.conftest import Until


def test_the_keys_as_they_are_have_no_clash() -> None:
    assert checked({}) == {}


def test_symbols_are_named_as_textual_names_them() -> None:
    assert checked({"filter": "f5, ?", "keys": "f1"}) == {
        "filter": "f5,question_mark",
        "keys": "f1",
    }


@pytest.mark.parametrize(
    ("keymap", "words"),
    [
        ({"inbox.shout": "!"}, "'inbox.shout', which is no key"),
        ({"inbox.park": "d"}, "one key, d, to both inbox.do and inbox.park"),
        ({"inbox.park": "u"}, "one key, u, to both inbox.park and undo"),
        ({"list.down": "r"}, "to both list.down and inbox.decline"),
    ],
)
def test_what_can_t_be_is_refused_in_a_sentence(keymap: dict[str, str], words: str) -> None:
    with pytest.raises(RefusedError, match=words):
        checked(keymap)


def test_keys_of_panes_that_never_hear_the_same_key_do_not_clash() -> None:
    assert checked({"balance.before": "d"}) == {"balance.before": "d"}


async def test_another_key_works_and_the_old_one_no_more(demo: Desk, until: Until) -> None:
    settings = Settings(keymap=MappingProxyType({"inbox.park": "w"}))
    app = PmdeskApp(demo, settings)
    async with app.run_test(size=(120, 30)) as pilot:
        await until(pilot, lambda: app.workspace.inbox.counts is not None)
        await pilot.press("s")
        assert app.screen is app.workspace
        await pilot.press("w")
        await until(pilot, lambda: isinstance(app.screen, ParkDialog))
