"""A person at the workspace, for the tests of the screen."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from textual import events
from textual.pilot import Pilot

from pmdesk.requests.detail import Detail, detail
from pmdesk.requests.queries import RequestRow, first_page, page
from pmdesk.ui.app import PmdeskApp
from pmdesk.ui.panes.inbox import Inbox
from pmdesk.ui.workspace import Workspace

if TYPE_CHECKING:
    from tests.ui.conftest import Until


class Session:
    """A person at the workspace."""

    def __init__(self, pilot: Pilot[None], until: Until) -> None:
        self.pilot = pilot
        self.until = until
        app = pilot.app
        assert isinstance(app, PmdeskApp)
        self.app = app

    @property
    def workspace(self) -> Workspace:
        return next(one for one in self.app.screen_stack if isinstance(one, Workspace))

    @property
    def inbox(self) -> Inbox:
        return self.workspace.inbox

    @property
    def rows(self) -> list[int]:
        """The numbers of the rows listed."""
        return [row.number for row in self._rows()]

    def _rows(self) -> tuple[RequestRow, ...]:
        return self.app.desk.ask(page, self.inbox.requests.ids)

    @property
    def number(self) -> int | None:
        row = self.inbox.requests.current_row
        return row.number if row else None

    @property
    def toast(self) -> str:
        return "\n".join(str(one.message) for one in self.app._notifications)

    async def ready(self) -> Session:
        await self.until(self.pilot, lambda: self.inbox.counts is not None)
        return self

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    def blurt(self, *keys: str) -> None:
        """Types faster than anything can happen in between."""
        for key in keys:
            self.app.post_message(events.Key(key, key if len(key) == 1 else None))

    async def lists(self, *numbers: int) -> None:
        await self.until(self.pilot, lambda: self.rows == list(numbers))

    async def says(self, words: str) -> None:
        await self.until(self.pilot, lambda: words in self.toast)

    async def dialog(self, kind: type[object]) -> None:
        await self.until(
            self.pilot, lambda: isinstance(self.app.screen, kind) and self.app.focused is not None
        )

    def request(self, number: int) -> Detail:
        for row in self.app.desk.ask(first_page, "all", date(2025, 6, 13), 200).rows:
            if row.number == number:
                found = self.app.desk.ask(detail, row.id)
                assert found is not None
                return found
        raise AssertionError(f"no request #{number}")
