"""`v`: the views of a pane with what each holds; one key chooses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual import on
from textual.widget import Widget

from pmdesk.ui.dialogs.dialog import Dialog
from pmdesk.ui.widgets.choices import Choice, Choices
from pmdesk.ui.widgets.pane_head import HeadTab


class ViewsDialog(Dialog[int]):
    """Gives the place of the view chosen."""

    def __init__(self, pane: str, tabs: Sequence[HeadTab], shown: int) -> None:
        super().__init__("Views", pane, "a letter chooses · esc leaves it")
        self.tabs = tabs
        self.shown = shown

    def body(self) -> Iterator[Widget]:
        choices = Choices(
            *(
                Choice(key, tab.name, place, tab.note or "–")
                for place, (key, tab) in enumerate(zip(_keys(self.tabs), self.tabs, strict=True))
            )
        )
        choices.chosen = choices.cursor = self.shown
        yield choices

    def result(self) -> int:
        return self.query_one(Choices).cursor

    @on(Choices.Picked)
    def _picked(self, event: Choices.Picked) -> None:
        self.dismiss(event.choice.value)


def _keys(tabs: Sequence[HeadTab]) -> Iterator[str]:
    """A letter of each name that no view before it has."""
    taken: set[str] = set()
    for tab in tabs:
        key = next((letter for letter in tab.name if letter.isalpha() and letter not in taken), "")
        taken |= {key}
        yield key
