"""A field for a day that has been; left empty it is the one that stands behind its label."""

from __future__ import annotations

from datetime import date

from pmdesk.customers.numbers import read_past_day
from pmdesk.dates import say_date
from pmdesk.ui.widgets.field import LineField


class DayField(LineField):
    """Written as all dates are, and read backwards: "fri" is the latest Friday."""

    def __init__(
        self, name: str, label: str, today: date, default: date | None, placeholder: str = ""
    ) -> None:
        """`default` is what it means when it is empty; None means no day then."""
        hint = placeholder or ("today" if default == today else "yesterday, fri, 12 jun")
        super().__init__(
            name, label, hint, lambda text: say_date(read_past_day(text, today), today)
        )
        self.today = today
        self.default = default

    def on_mount(self) -> None:
        self.tell(self._said(self.typed))

    def _said(self, text: str) -> str:
        if not text.strip():
            return say_date(self.default, self.today) if self.default else ""
        return super()._said(text)

    @property
    def day(self) -> date | None:
        """What it comes to. RefusedError where it can't be read."""
        return read_past_day(self.typed, self.today) if self.typed.strip() else self.default
