"""Where a thing stands in a view, what stands there for it, what may be done with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest

from pmdesk.config import Clock
from pmdesk.customers.acting import why_not
from pmdesk.customers.browsing.following import related
from pmdesk.customers.browsing.paths import path_of
from pmdesk.customers.browsing.twigs import VIEWS, Twig, View
from pmdesk.customers.browsing.views import below, browse
from pmdesk.customers.kinds import NODE_KINDS
from pmdesk.customers.loading import whole
from pmdesk.desk import Desk

FRIDAY = date(2025, 6, 13)


@pytest.fixture
def harbourlight(demo_file: Path, clock: Clock) -> Iterator[Desk]:
    desk = Desk.open(demo_file, clock)
    yield desk
    desk.close()


def everything(desk: Desk, view: View, twigs: Iterable[Twig]) -> Iterator[Twig]:
    for twig in twigs:
        yield twig
        if twig.has_below:
            yield from everything(desk, view, desk.ask(below, view, FRIDAY, twig.path))


def test_every_line_is_found_by_its_key_where_it_first_stands(harbourlight: Desk) -> None:
    for view in VIEWS:
        roots = harbourlight.ask(browse, view, FRIDAY, frozenset(), frozenset()).roots
        lines = [twig for twig in everything(harbourlight, view, roots) if twig.key]
        if view == "product":  # their requirement is gone to
            lines = [twig for twig in lines if twig.kind not in NODE_KINDS]
        paths = {twig.path: twig.key for twig in lines}
        for key in {twig.key for twig in lines}:
            found = harbourlight.ask(path_of, view, (key,), FRIDAY)
            assert found, (view, key)
            assert paths[found[1].path] == key
    for view, key in (("market", "account 1"), ("solution", "account 1"), ("market", "N99"),
                      ("account", "R1"), ("product", "S1"), ("solution", "nonsense")):  # fmt: skip
        assert harbourlight.ask(path_of, view, (key,), FRIDAY) is None


@pytest.mark.parametrize(
    ("view", "key", "stands"),
    [
        ("market", "S1", "G1"), ("market", "account 3", "market 2"), ("market", "product 1", "R1"),
        ("market", "evidence 1", "G1"), ("market", "R1", "R1"), ("account", "market 2", "market 2"),
        ("account", "R1", "N1"), ("account", "O1", "G1"), ("product", "S2", "R5"),
        ("product", "G2", "R4"), ("product", "T1", "R1"), ("product", "account 4", "R5"),
        ("solution", "R5", "R5"), ("solution", "T1", "S1"), ("solution", "account 3", "S2"),
        ("solution", "product 2", "product 2"),
    ],
)  # fmt: skip
def test_what_stands_for_a_thing_in_another_view(
    harbourlight: Desk, view: View, key: str, stands: str
) -> None:
    keys = related(harbourlight.ask(whole), view, key)
    found = harbourlight.ask(path_of, view, keys, FRIDAY)
    assert found
    assert found[0] == stands


@pytest.mark.parametrize(
    ("what", "kinds", "words"),
    [
        ("add", [], ""),
        ("solution", [], ""),
        ("close", ["need", "requirement"], ""),
        ("close", ["need", "market"], "its goals are, or {customers.delete} deletes it."),
        ("edit", ["need", "goal"], "2 are marked"),
        ("add", ["layer"], "{customers.note} notes what it said"),
        ("add", ["account"], ""),
        ("add", ["requirement"], "{customers.requirement} adds another"),
        ("delete", ["layer"], "go to the account"),
        ("delete", ["portfolio"], "The portfolio stays"),
        ("reorder", ["requirement"], "{customers.priorities} ranks them"),
        ("requirement", ["tactic"], "{customers.add} adds one"),
        ("reading", ["need"], "Needs aren't measured: go to a goal"),
        ("value", ["account"], "go to one, or to its goal"),
        ("value", ["need"], ""),
        ("move", ["evidence"], "{customers.edit} says which nodes"),
        ("trace", ["market"], "its goals have"),
    ],
)
def test_what_may_be_done_with_what(what: str, kinds: list[str], words: str) -> None:
    said = why_not(what, kinds)
    assert said == "" if not words else words in said


def test_a_line_that_is_no_thing_says_what_it_is() -> None:
    assert "a heading" in why_not("edit", [], "heading")
    assert "{list.open} shows them" in why_not("delete", [], "more")
    assert "{customers.back} clears the filter" in why_not("trace", [], "filtered")
    assert "{customers.add} adds the first" in why_not("move", [])
