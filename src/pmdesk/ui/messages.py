"""What widgets tell the workspace; data goes down by attributes, up by these."""

from __future__ import annotations

from textual.message import Message


class Said(Message):
    """A sentence for the status line; an empty one clears it."""

    def __init__(self, sentence: str, warning: bool = False) -> None:
        super().__init__()
        self.sentence = sentence
        self.warning = warning
