"""The key table says what the bindings say, and README says no key that there is not."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.dom import DOMNode

from pmdesk import config
from pmdesk.cli.keys import key_table, page, short_table
from pmdesk.ui.keys import Key

if TYPE_CHECKING:
    from tests.cli.conftest import Pmdesk

PROJECT = Path(__file__).parents[2]


def test_every_binding_of_the_source_is_in_the_table() -> None:
    written = {
        match[1]
        for path in (PROJECT / "src" / "pmdesk" / "ui").rglob("*.py")
        for match in re.finditer(r'Binding\([^()]*(?:\([^()]*\))?[^()]*?\bid="([^"]+)"',
                                 path.read_text("utf-8"))
    }  # fmt: skip
    assert len(written) > 50
    table = {key.id for key in key_table()}
    made = {binding.id for part in parts(DOMNode) for binding in own_bindings(part)}
    assert written <= made  # some are made by a function
    assert made == table


def parts(above: type[DOMNode]) -> Iterator[type[DOMNode]]:
    """Every class of the screen that is loaded."""
    for part in above.__subclasses__():
        if part.__module__.startswith("pmdesk.ui"):
            yield part
        yield from parts(part)


def own_bindings(part: type[DOMNode]) -> list[Binding]:
    return [one for one in vars(part).get("BINDINGS", []) if isinstance(one, Binding)]


def test_every_key_has_an_id_of_its_own_and_says_what_it_does() -> None:
    keys = key_table()
    assert [name for name, times in Counter(key.id for key in keys).items() if times > 1] == []
    assert all(key.id and key.does and key.keys for key in keys)


def test_what_has_one_key_twice_on_a_part_can_be_told_apart() -> None:
    """By its state: `enter` confirms a dialog, and keeps a draft where that is asked."""
    pressed = Counter((key.where, one) for key in key_table() for one in key.keys)
    twice = {key for key, times in pressed.items() if times > 1}
    assert {where for where, _ in twice} <= {"Dialog", "Chooser"}


def test_it_is_printed_and_given_as_json(pmdesk: Pmdesk) -> None:
    printed = pmdesk("keys").out
    assert re.search(r"^Inbox +r +Decline", printed, re.MULTILINE)
    assert [key["id"] for key in json.loads(pmdesk("keys", "--json").out)] == [
        key.id for key in key_table()
    ]


def test_it_prints_the_keys_in_effect(pmdesk: Pmdesk) -> None:
    settings = Path(config.settings_file())
    settings.parent.mkdir(parents=True)
    settings.write_text('[keymap]\ninbox.decline = "f7"\n')
    assert re.search(r"^Inbox +f7 +Decline", pmdesk("keys").out, re.MULTILINE)
    settings.write_text('[keymap]\ninbox.decline = "d"\n')
    refused = pmdesk("keys")
    assert refused.status == 1
    assert "keymap.inbox.decline can't be d, which inbox.do has" in refused.err


def test_the_page_of_keys_is_what_the_command_prints(pmdesk: Pmdesk) -> None:
    printed = pmdesk("keys", "--markdown").out
    page = (PROJECT / "docs" / "keys.md").read_text("utf-8")
    assert page == printed, "paste: pmdesk keys --markdown > docs/keys.md"


def test_readme_has_the_table_of_keys() -> None:
    screen = (PROJECT / "README.md").read_text("utf-8").split("## The screen")[1].split("##")[0]
    table = short_table(key_table())
    assert table in screen, f"paste into README, under The screen:\n\n{table}\n"


def test_a_bar_in_a_key_does_not_end_its_cell() -> None:
    key = Key("Inbox", ("|", "x"), "Split", "", "inbox.split", "split")
    assert short_table([key]).splitlines()[-1] == r"| inbox | `\|` `x` split |"
    assert page([key]).splitlines()[-1] == r"| `\|` `x` | Split | `inbox.split` |"
