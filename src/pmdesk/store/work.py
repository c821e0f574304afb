"""What a handler is given: a session, the moment, and numbers that are never used twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from pmdesk.store.history import Recorder


@dataclass(slots=True)
class Work:
    """One transaction in progress."""

    session: Session
    recorder: Recorder
    now: datetime
    """UTC."""
    today: date
    """In the user's zone."""
    zone: ZoneInfo
    words: str | None = None
    """What was done, where the handler knows it better than the action did."""
    counts: dict[str, int] = field(default_factory=dict)
    """What an import came to: created, updated, skipped."""

    def take_numbers(self, letter: str, how_many: int = 1) -> int:
        """The first of so many fresh numbers for a code letter, "#" for requests."""
        last = self.session.connection().exec_driver_sql(
            "INSERT INTO counter (letter, last) VALUES (?, ?)"
            " ON CONFLICT (letter) DO UPDATE SET last = last + excluded.last RETURNING last",
            (letter, how_many),
        )
        return int(last.scalar_one()) - how_many + 1

    def day_of(self, moment: datetime) -> date:
        """The day of a moment in the user's zone; that in UTC at the ends of the calendar."""
        try:
            return moment.astimezone(self.zone).date()
        except OverflowError:
            return moment.date()
