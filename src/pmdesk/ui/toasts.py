"""Toasts: one at a time, in one line where there is room, right above the status line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from textual.screen import Screen

if TYPE_CHECKING:
    from textual.app import App

_AROUND = 4
"""Cells: the border, what pads the words, and one that is left free."""


def toast(
    screen: Screen[None], what: str, how: str = "", seconds: float = 3, warning: bool = False
) -> None:
    """Says what was done and how to go on from there; it takes the place of an older one."""
    one_line = "  ".join(filter(None, (what, how)))
    fits = "\n" not in one_line and cell_len(one_line) <= screen.app.size.width - _AROUND
    screen.app.clear_notifications()
    screen.notify(
        one_line if fits else "\n".join(filter(None, (what, how))),
        severity="warning" if warning else "information", timeout=seconds, markup=False,
    )  # fmt: skip


def clear_toasts(app: App[Any]) -> None:
    """For a screen that opens: also those of the screens below it, which Textual leaves there."""
    app.clear_notifications()
    for screen in app.screen_stack:
        for rack in screen.query("ToastRack"):
            rack.display = False  # until there is another toast
