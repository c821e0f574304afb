"""`c`: write down one request before it is forgotten; what is understood is echoed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar, Protocol, cast

from textual import events, on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from pmdesk.completing import Names
from pmdesk.customers.kinds import Function
from pmdesk.requests.actions import Capture, RequestDraft
from pmdesk.requests.picking import accounts_to_pick, topics_to_pick
from pmdesk.text import clean
from pmdesk.tokens import Captured
from pmdesk.ui.dialogs.dialog import Dialog, FieldError
from pmdesk.ui.editor import MOST
from pmdesk.ui.widgets.capture_text import CaptureText
from pmdesk.ui.widgets.field import Field
from pmdesk.ui.widgets.text_offer import TextOffer
from pmdesk.ui.work import begin, living_on

if TYPE_CHECKING:
    from pmdesk.desk import Desk
    from pmdesk.drafts import Draft


_HINTS = "enter keeps it · {capture.line} another line · esc leaves it"


class Readable(Protocol):
    """The system's clipboard, as far as it is read here."""

    async def read(self) -> str:
        """Its text; empty where there is none."""
        ...


class CaptureDialog(Dialog[Capture]):
    """The first line is the title, further ones (also pasted) the text; `enter` keeps it."""

    kind: ClassVar[str] = "capture"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+o", "take_clipboard", "Take the clipboard", id="capture.clipboard",
                tooltip="What is on the clipboard, into the text"),
    ]  # fmt: skip

    def __init__(self, today: date, now: datetime, zone: str, text: str = "") -> None:
        super().__init__("Write down a request", hints=_HINTS)
        self.today = today
        self.now = now
        self.zone = zone
        self.text = text
        self._offer = TextOffer("clipboard", "capture.clipboard")
        self._left = TextOffer("unfinished", "capture.previous")

    def body(self) -> Iterator[Widget]:
        yield CaptureText("text", self.today, self.text)
        yield self._left
        yield self._offer

    async def on_mount(self) -> None:
        self.styles.align_vertical = "top"  # so that the text stays where it is, whatever comes
        begin(self, self._ask_names, "names")
        begin(self, self._read_clipboard, "clipboard")

    def on_resize(self, event: events.Resize) -> None:
        height = event.size.height
        self.query_one("#box").styles.margin = (height // 6 if height >= 20 else 0, 0, 0, 0)

    @property
    def _written(self) -> CaptureText:
        return self.query_one(CaptureText)

    @on(CaptureText.Offered)
    def _names_offered(self, event: CaptureText.Offered) -> None:
        event.stop()
        self.hints = _HINTS
        if event.marked:
            self.hints = "enter takes the name · ↑ back to the text · esc leaves it"
        elif event.names:
            self.hints = "tab completes · ↓ chooses · enter keeps it · esc leaves it"
        if not self.asking:
            self._frame.hint(self.hints)

    # What was left unfinished -------------------------------------------------------------------

    def offer_left(self, draft: Draft, when: str) -> None:
        """Where nothing is typed yet, `↑` goes on with this one."""
        if self.is_attached:
            self._left.offer(draft.text(), f"unfinished, {when}")
            self._show_left()

    @on(Field.Changed)
    def _show_left(self) -> None:
        self._left.set_class(not self._left.text or bool(self._written.typed), "hidden")
        self._frame.fit()

    @on(CaptureText.Wanted)
    async def _take_left(self, event: CaptureText.Wanted) -> None:
        event.stop()
        if self._left.text and self.keeping is not None:
            self._left.offer("")
            self.keeping.throw_away()  # nothing is in it
            with living_on(self):
                await self._take_up(self.keeping)

    # What the desk and the clipboard know -------------------------------------------------------

    async def _ask_names(self) -> None:
        desk: Desk | None = getattr(self.app, "desk", None)
        if desk is not None:
            accounts = await asyncio.wrap_future(desk.asking(accounts_to_pick))
            topics = await asyncio.wrap_future(desk.asking(topics_to_pick))
            # thousands of them take a while to be made findable
            self._written.know(await asyncio.to_thread(Names, accounts, topics))

    async def _read_clipboard(self) -> None:
        clipboard: Readable | None = getattr(self.app, "system_clipboard", None)
        text = (await clipboard.read())[:MOST] if clipboard is not None else ""
        if clean(text).strip() not in self._written.typed:
            self._offer.offer(text)
            self.refresh_bindings()

    def action_take_clipboard(self) -> None:
        self._written.take_in(self._offer.text)
        self._offer.offer("")
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "take_clipboard" and not self._offer.text:
            return None
        return super().check_action(action, parameters)

    def why_not(self, action: str) -> str:
        return "There is no text on the clipboard." if action == "take_clipboard" else ""

    # What is kept -------------------------------------------------------------------------------

    def result(self) -> Capture:
        captured = self._written.understood
        if not captured.title:
            raise FieldError("text", "Write what is asked, or esc.")
        return Capture(self._draft(captured))

    def _draft(self, captured: Captured) -> RequestDraft:
        return RequestDraft(
            source="capture",
            source_id=None,
            title=captured.title,
            body=captured.body,
            arrived_at=self.now,
            zone=self.zone,
            account=captured.account,
            if_unknown=(captured.title_if_unknown, captured.body_if_unknown),
            from_function=cast("Function | None", captured.from_function),
            topic=captured.topic,
            due=captured.due,
            estimate_minutes=captured.estimate_minutes,
        )
