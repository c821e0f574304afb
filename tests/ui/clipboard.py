"""A clipboard for the tests of the screen: no program is started."""

from __future__ import annotations

from pmdesk.ui.system_clipboard import Copied


class FakeClipboard:
    """Has nothing to paste, and keeps what is copied."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    async def read(self) -> str:
        return ""

    async def write(self, text: str) -> Copied:
        self.texts.append(text)
        return Copied(len(text), "clipboard", None)
