"""Every key of the customers on every kind of line, in the four views and in the item beside
them: it opens something, changes something, or says in a sentence why not.

While all of them are walked, what a key opens is made but not drawn, and what it does is not
done; then each dialog and page is opened and left, and each change done and taken back."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest
from textual import events
from textual.binding import Binding
from textual.screen import Screen

from pmdesk.customers.actions import Delete, Reorder
from pmdesk.customers.browsing.twigs import VIEWS, Twig, View
from pmdesk.customers.browsing.views import below, browse
from pmdesk.customers.hierarchy import Hierarchy
from pmdesk.customers.item import kind_of, layer_of
from pmdesk.customers.kinds import ThingKind
from pmdesk.desk import Action, Desk
from pmdesk.errors import RefusedError
from pmdesk.ui.app import PmdeskApp
from pmdesk.ui.key_names import character
from pmdesk.ui.panes.customers import Customers

from .sitting import Session

if TYPE_CHECKING:
    from tests.ui.conftest import Until

FRIDAY = date(2025, 6, 13)
KEYS = {
    one.id or "": one.key
    for one in Customers.BINDINGS
    if isinstance(one, Binding) and one.id != "customers.back"
}
WIDE_OPEN = "market 1/G1/O1/I1/T1/N1"
"""A line below which the rest is told by a line "more"."""
FILLS = "customers.add"
"""Its key fills what is missing, where the line is about that."""
SENTENCE = re.compile(r"[A-Z0-9“][^{}]{15,110}[.]")


class Walker:
    """Stands on lines, presses keys, and sees what would come of them."""

    def __init__(self, user: Session) -> None:
        self.user = user
        self.app = user.app
        self.workspace = user.workspace
        self.pane = user.workspace.customers
        self.tree = self.pane.tree_widget
        self.opened: list[object] = []
        self.done: list[Action] = []

    @contextmanager
    def standing_in(self) -> Iterator[None]:
        """Meanwhile nothing is drawn over the workspace, and nothing is done."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(self.app, "push_screen", lambda one, *_: self.opened.append(one))
            patch.setattr(self.workspace.changes, "perform", lambda one, *_: self.done.append(one))
            yield

    async def press(self, key: str) -> None:
        self.app.post_message(events.Key(key, character(key) or None))
        for _ in range(3):
            await asyncio.sleep(0)
            if (going_on := self.app._keys._going_on) is not None and not going_on.done():
                await asyncio.wait((going_on,), timeout=2)

    async def until(self, condition: Callable[[], object], missing: str) -> None:
        end = time.monotonic() + 3
        while not condition():
            assert time.monotonic() < end, missing
            await asyncio.sleep(0.002)

    async def comes_of(self, key: str) -> object:
        """What a key opens or does; else the sentence in the status line."""
        status = self.workspace.status
        status.tell("")
        self.opened.clear()
        self.done.clear()
        await self.press(key)
        await self.until(
            lambda: self.opened or self.done or status.sentence,
            f"{key} does nothing on {self.pane._about}",
        )
        return next(iter((*self.opened, *self.done)), status.sentence)

    async def leaves(self, key: str, dialog: type[object]) -> None:
        """The dialog or page of a key opens, and `esc` brings back to where it was pressed."""
        stood = self.app.focused
        await self.press(key)
        await self.until(
            lambda: type(self.app.screen) is dialog and self.app.focused, f"{key}: no {dialog}"
        )
        await self.press("escape")
        await self.until(
            lambda: self.app.screen is self.workspace and self.app.focused is stood,
            f"{dialog} is not left",
        )

    async def show(self, view: View) -> None:
        while self.pane.view != view:
            await self.press("right_square_bracket")
        await self.until(lambda: self.pane._shown == (view, ""), view)

    async def stand_on(self, path: str) -> None:
        """Unfolds what it hangs on."""
        steps = path.split("/")
        for end in range(1, len(steps)):
            below = "/".join(steps[: end + 1])
            if self.tree.line_at(below) is None:
                assert self.tree.reveal("/".join(steps[:end]))
                await self.press("l")
                await self.until(lambda below=below: self.tree.line_at(below), below)  # type: ignore[misc]
        assert self.tree.reveal(path)
        self.pane._selected()


Walked = dict[tuple[str, str], object]
"""By the id of a key and what kind of line it was pressed on."""


async def in_the_tree(walker: Walker, view: View) -> Walked:
    await walker.show(view)
    walked: Walked = {}
    for kind, path in one_of_each(walker.app.desk, view).items():
        await walker.stand_on(path)
        for id_, key in KEYS.items():
            walked[id_, kind] = await walker.comes_of(key)
    return walked


async def in_the_item(walker: Walker, keys: Iterable[str]) -> Walked:
    """Beside all of these things, each kind of line once: about itself, about another thing,
    about a level or a gap to be filled, about nothing."""
    walked: Walked = {}
    pane = walker.pane
    for of in keys:
        await pane.go_to(of).wait()
        pane._selected()
        assert pane.item.key == of
        pane.item.focus()
        for place, row in enumerate([pane.item._rows[id_] for id_ in pane.item.ids]):
            kind = layer_of(row.line.key)[1] or kind_of(row.line.key) or f"words of {kind_of(of)}"
            act = row.line.act
            line = f"{kind}, {act if act.startswith('fill') else act.partition(' ')[0]}"
            if ("customers.edit", line) not in walked:
                pane.item.move_to(place)
                for id_, key in KEYS.items():
                    walked[id_, line] = await walker.comes_of(key)
    return walked


def one_of_each(desk: Desk, view: View) -> dict[str, str]:
    """By kind of line the path of the first; of what is adrift by itself."""
    roots = desk.ask(browse, view, FRIDAY, frozenset(), frozenset()).roots
    found: dict[str, str] = {}
    for twig in everything(desk, view, roots):
        adrift = "adrift " if twig.path.startswith("adrift/") else ""
        found.setdefault(adrift + twig.kind, twig.path)
    return found | ({"more": f"{WIDE_OPEN}/more"} if view == "market" else {})


def everything(desk: Desk, view: View, twigs: Iterable[Twig]) -> Iterator[Twig]:
    for twig in twigs:
        yield twig
        if twig.has_below:
            yield from everything(desk, view, desk.ask(below, view, FRIDAY, twig.path))


def things(hierarchy: Hierarchy) -> list[str]:
    """The keys of all there are, with a layer."""
    found = (
        hierarchy.markets, hierarchy.accounts, hierarchy.nodes, hierarchy.requirements,
        hierarchy.solutions, hierarchy.products, hierarchy.measures, hierarchy.evidence[:1],
    )  # fmt: skip
    return [
        "portfolio",
        "account 1 user",
        "reading 1",
        *(one.key for some in found for one in some),
    ]


@asynccontextmanager
async def walking(desk: Desk, until: Until) -> AsyncIterator[Walker]:
    async with PmdeskApp(desk).run_test(size=(110, 30)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("1", "z")
        walker = Walker(user)
        pane = walker.pane
        await until(pilot, lambda: pane.hierarchy and pane.counts and pane.item._gaps)
        yield walker
    assert not Path(desk.path.parent, "pmdesk.log").exists(), "a fault"


async def test_every_key_on_every_kind_of_line(demo: Desk, until: Until) -> None:
    async with walking(demo, until) as walker:
        wide = walker.pane._places.of("market", "").wide
        wide[WIDE_OPEN] = 1
        walker.pane.reload()
        await walker.until(lambda: walker.tree.line_at(f"{WIDE_OPEN}/more"), "a line for the rest")
        with walker.standing_in():
            walks: dict[str, Walked] = {one: await in_the_tree(walker, one) for one in VIEWS}
            wide.clear()
            assert walker.pane.hierarchy
            walks["item"] = await in_the_item(walker, things(walker.pane.hierarchy))
        lines = {line for walk in walks.values() for _, line in walk}
        assert lines >= {
            *get_args(ThingKind), "layer", "heading", "more", "adrift requirement",
            "need, move", "obstacle, fill initiative", "goal, requirement", "user, ",
        }  # fmt: skip
        made = [what for walk in walks.values() for what in walk.values()]
        said = {what for what in made if isinstance(what, str)}
        filled = {line: what for (id_, line), what in walks["item"].items() if id_ == FILLS}
        assert not [one for line, one in filled.items() if line[-2:] != ", " and one in said]
        await leave_all(walker, walks)
    for action in {what for what in made if isinstance(what, Delete | Reorder)}:
        try:
            demo.perform(action)
            demo.undo()
        except RefusedError as error:
            said.add(str(error))
    assert {one for one in said if not SENTENCE.fullmatch(one)} == set()


async def leave_all(walker: Walker, walks: Mapping[str, Walked]) -> None:
    """Opens each kind of dialog and page once more, drawn now, and leaves it."""
    left: set[type[object]] = set()
    for view in VIEWS:
        paths = one_of_each(walker.app.desk, view)
        walker.pane.take_focus()
        await walker.show(view)
        for (id_, line), what in walks[view].items():
            if isinstance(what, Screen) and type(what) not in left:
                left.add(type(what))
                await walker.stand_on(paths[line])
                await walker.leaves(KEYS[id_], type(what))
    assert len(left) >= 20
