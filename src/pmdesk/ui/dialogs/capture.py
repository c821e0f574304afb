"""`c`: write down one request before it is forgotten; what is understood is echoed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import ClassVar, cast

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static, TextArea

from pmdesk.customers.actions import Function
from pmdesk.requests.actions import Capture, RequestDraft
from pmdesk.tokens import Captured, echo, read_tokens
from pmdesk.ui.dialogs.dialog import Dialog

_TOKENS = "@account #topic from:sales by:fri ~30m"


class CaptureDialog(Dialog[Capture]):
    """The first line is the title, further ones (also pasted) the text; `enter` keeps it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "keep", "Keep it", id="capture.keep", priority=True),
        Binding("ctrl+j", "line", "Another line", id="capture.line", priority=True),
    ]

    def __init__(self, today: date, now: datetime, zone: str, text: str = "") -> None:
        super().__init__(
            "Write down a request", hints="enter keeps it · ctrl+j another line · esc leaves it"
        )
        self.today = today
        self.now = now
        self.zone = zone
        self.text = text

    def body(self) -> Iterator[Widget]:
        yield TextArea(
            self.text,
            id="text",
            highlight_cursor_line=False,
            placeholder="Label format for lots  @polar from:sales by:fri ~30m",
        )
        yield Static(Content(_TOKENS), id="echo", markup=False)

    def on_mount(self) -> None:
        text = self.query_one("#text", TextArea)
        text.move_cursor(text.document.end)

    @on(TextArea.Changed)
    def _changed(self, event: TextArea.Changed) -> None:
        if event.text_area.text == self.text:
            return  # what it was opened with
        self.text = event.text_area.text
        self.complain("")
        said = echo(self._read(), self.today)
        self.query_one("#echo", Static).update(Content(" · ".join(said) if said else _TOKENS))

    def _read(self) -> Captured:
        return read_tokens(self.text, self.today, loose=True)

    def action_line(self) -> None:
        self.query_one("#text", TextArea).insert("\n")

    def action_keep(self) -> None:
        self.text = self.query_one("#text", TextArea).text
        captured = self._read()
        if captured.title:
            self.dismiss(Capture(self._draft(captured)))
        else:
            self.complain("Write what is asked, or esc.")

    def again(self, problem: str) -> CaptureDialog:
        again = CaptureDialog(self.today, self.now, self.zone, self.text)
        again.problem = problem
        return again

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
