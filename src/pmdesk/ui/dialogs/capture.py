"""`c`: write down one request before it is forgotten; what is understood is echoed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import cast

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from pmdesk.customers.actions import Function
from pmdesk.requests.actions import Capture, RequestDraft
from pmdesk.tokens import Captured, echo, read_tokens
from pmdesk.ui.dialogs.dialog import Dialog


class CaptureDialog(Dialog[Capture]):
    """One line; `enter` keeps it."""

    def __init__(self, today: date, now: datetime, zone: str) -> None:
        super().__init__("Write down a request", hints="enter keeps it · esc leaves it")
        self.today = today
        self.now = now
        self.zone = zone

    def body(self) -> Iterator[Widget]:
        yield Input(id="text", placeholder="Label format for lots  @polar from:sales by:fri ~30m")
        yield Static(Content("@account #topic from:sales by:fri ~30m"), id="echo", markup=False)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        self.complain("")
        captured = read_tokens(event.value, self.today, loose=True)
        said = echo(captured, self.today)
        words = " · ".join(said) if said else "@account #topic from:sales by:fri ~30m"
        self.query_one("#echo", Static).update(Content(words))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        captured = read_tokens(event.value, self.today, loose=True)
        if captured.title:
            self.dismiss(Capture(self._draft(captured)))
        else:
            self.complain("Write what is asked, or esc.")

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
