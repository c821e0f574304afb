"""Who spoke: any name; the arrows go through those heard before."""

from __future__ import annotations

from textual import events

from pmdesk.ui.widgets.field import LineField


class PersonField(LineField):
    """`persons` are proposed, the one heard last first."""

    def __init__(self, name: str, label: str) -> None:
        super().__init__(name, label, "a name and what they are, if you like", self._echo)
        self._persons: tuple[str, ...] = ()

    def offer(self, persons: tuple[str, ...]) -> None:
        """Others are proposed from now on."""
        if persons != self._persons:
            self._persons = persons
            self.tell(self._said(self.typed))

    def _said(self, text: str) -> str:
        return self._echo(text)

    def _echo(self, text: str) -> str:
        """What the arrows would put here."""
        others = [one for one in self._persons if one != text]
        if not others or (text.strip() and text not in self._persons):
            return ""
        more = f", {len(others) - 1} more" if len(others) > 1 else ""
        return f"↓ {others[0]}{more}" if not text.strip() else f"↓ another of {len(self._persons)}"

    def on_key(self, event: events.Key) -> None:
        if event.key in ("down", "up") and self._persons:
            event.stop()
            by = 1 if event.key == "down" else -1
            at = self._persons.index(self.typed) if self.typed in self._persons else None
            place = (0 if by > 0 else -1) if at is None else (at + by) % len(self._persons)
            self.fill(self._persons[place])
