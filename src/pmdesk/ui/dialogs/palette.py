"""`ctrl+p`: whatever can be done here, and whatever the desk holds, found by typing."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.timer import Timer

from pmdesk.phrases import several
from pmdesk.requests.finding import Found, find
from pmdesk.requests.queries import RequestRow
from pmdesk.ui.dialogs.chooser import Chooser, Entry
from pmdesk.ui.key_entries import actions_elsewhere, keys_here
from pmdesk.ui.messages import Said
from pmdesk.ui.work import begin

if TYPE_CHECKING:
    from pmdesk.ui.workspace import Workspace

_SHORTEST = 2
"""Letters from which the desk is searched."""
_MOST = 8
_DEBOUNCED = 0.1
"""Seconds without a key before the desk is asked."""


class Palette(Chooser):
    """The actions first, those of the pane before the general ones; then what the desk holds."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__("Palette", "", "what to do, or words of a request, a node, an account")
        self._workspace = workspace
        here = (*keys_here(workspace, "palette"), *_commands(workspace))
        self._actions = (*here, *actions_elsewhere(workspace, here))
        self._found: tuple[Entry, ...] = ()
        self._found_for = ""
        self._timer: Timer | None = None
        self._entered = False
        """`enter` came before what it is for was found."""
        self._answered = asyncio.Event()

    def entries(self) -> Iterable[Entry]:
        if len(self.typed.strip()) < _SHORTEST:
            return self._actions
        fresh = self._found_for == self.typed
        return (*self._actions, *(replace(one, answers=fresh) for one in self._found))

    def narrow(self) -> None:
        super().narrow()
        if self._timer is not None:
            self._timer.stop()
        if not self._searched:
            # what was found for other letters stays as far as it answers to these too
            self._timer = self.set_timer(_DEBOUNCED, self._search)

    @property
    def _searched(self) -> bool:
        return len(self.typed.strip()) < _SHORTEST or self._found_for == self.typed

    def _search(self) -> None:
        typed, desk = self.typed, self._workspace.desk

        async def search() -> None:
            asked = desk.asking(find, desk.clock.today(), typed, _MOST)
            found = await asyncio.wrap_future(asked)
            if typed == self.typed:
                self._found = tuple(_entries(found, self._workspace))
                self._found_for = typed
                self.narrow()
                if self._entered:
                    self.choose()
            self._answered.set()

        begin(self, search, "palette.search")  # a newer one takes its place

    def nothing(self) -> str:
        return super().nothing() if self._searched else "Looking …"

    def choose(self) -> None:
        self._entered = self.chosen is None and not self._searched
        if self._entered:
            self._answered.clear()
            self._workspace.customer_changes.hold(self._answered.wait())
        super().choose()

    @on(Said)
    def _said(self, event: Said) -> None:
        event.stop()
        self.complain(event.sentence)


class Themes(Chooser):
    """The colours of the screen."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__("Theme", "", "dark, light, or a name")
        self._workspace = workspace

    def entries(self) -> Iterable[Entry]:
        app = self._workspace.app
        names = sorted(app.available_themes, key=lambda name: (not name.startswith("pmdesk"), name))
        for name in names:
            kind = "dark" if app.available_themes[name].dark else "light"
            now = "as it is now" if name == app.theme else ""
            remark = ", ".join(filter(None, (kind, now)))
            yield Entry("Themes", (), name, remark, run=partial(setattr, app, "theme", name))


def _commands(workspace: Workspace) -> Iterator[Entry]:
    for command in workspace.commands():
        yield Entry("Without a key", (), command.words, command.about, run=command.run)


def _entries(found: Found, workspace: Workspace) -> Iterator[Entry]:
    for row in found.requests:
        run = partial(workspace.finding.go_to_request, row.id)
        yield Entry("Requests", (f"#{row.number}",), row.title, _about(row), run=run, found=True)
    for node in found.nodes:
        run = partial(workspace.finding.go_to_customers, node.code)
        yield Entry("Customers", (node.code,), node.statement, node.kind, run=run, found=True)
    for market in found.markets:
        run = partial(workspace.finding.go_to_customers, f"market {market.id}")
        yield Entry(
            "Markets", (), market.name, several(market.accounts, "account"), run=run, found=True
        )
    for account in found.accounts:
        also = f"also {account.alias}, " if account.alias else ""
        run = partial(workspace.finding.go_to_customers, f"account {account.id}")
        yield Entry("Accounts", (), account.name, f"{also}{account.market}", run=run, found=True)

    for product in found.products:
        run = partial(workspace.finding.go_to_customers, f"product {product.id}")
        said = several(product.requirements, "requirement")
        yield Entry("Products", (), product.name, said, run=run, found=True)


def _about(row: RequestRow) -> str:
    return " · ".join(filter(None, (row.account, row.state)))
