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

from pmdesk.cli.keys import key_table

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
    assert len(written) > 30
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


def test_no_part_of_the_screen_has_a_key_twice() -> None:
    pressed = Counter((key.where, one) for key in key_table() for one in key.keys)
    assert [key for key, times in pressed.items() if times > 1] == []


def test_it_is_printed_and_given_as_json(pmdesk: Pmdesk) -> None:
    printed = pmdesk("keys").out
    assert re.search(r"^Inbox +r +Decline", printed, re.MULTILINE)
    assert [key["id"] for key in json.loads(pmdesk("keys", "--json").out)] == [
        key.id for key in key_table()
    ]


def test_readme_names_only_keys_that_there_are() -> None:
    screen = (PROJECT / "README.md").read_text("utf-8").split("## The screen")[1].split("##")[0]
    table = [line for line in screen.splitlines() if line.startswith("| ") and "`" in line]
    named = {key for line in table for key in re.findall(r"`([^`]+)`", line)}
    assert {"d", "u", "?"} <= named
    assert named <= {one for key in key_table() for one in key.keys}
