"""The dialogs that decide on requests: they leave the request shown readable where they can."""

from __future__ import annotations

from typing import TypeVar

from textual import events, on
from textual.geometry import Offset, Region, Size

from pmdesk.ui.dialogs.dialog import Dialog
from pmdesk.ui.widgets.request_detail import RequestDetail

T = TypeVar("T")

_WIDTH = 72
"""Cells of a dialog, as the style sheet says."""
_FEWEST = 10
"""Lines that a dialog takes at least."""


class VerdictDialog(Dialog[T]):
    # in few lines it takes fewer itself: so it fits above the request
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (8, "-low"), (28, "-middle"), (46, "-high")]  # noqa: RUF012

    @on(events.Mount)
    def _first_placed(self) -> None:
        self._place()

    @on(events.Resize)
    def _placed_again(self) -> None:
        self.call_after_refresh(self._place)  # the screen below has a new size too by then

    def _place(self) -> None:
        if not self.is_attached:
            return
        place = place_clear_of(self._request(), self.app.size)
        self.styles.align = ("left", "top") if place else ("center", "middle")
        self._frame.styles.offset = place or Offset(0, 0)

    def _request(self) -> Region:
        """Where the request is shown; empty where it isn't."""
        for screen in self.app.screen_stack[:-1]:
            for detail in screen.query(RequestDetail):
                return detail.region
        return Region()


def place_clear_of(request: Region, screen: Size) -> Offset | None:
    """Where a dialog stands above the request, or left of it; None where there is no room."""
    width = min(_WIDTH, screen.width * 95 // 100)
    if not request or screen.width < _WIDTH:
        return None
    if request.y >= _FEWEST:
        x = request.x + (request.width - width) // 2
        return Offset(max(0, min(x, screen.width - width)), max(1, request.y // 12))
    if request.x >= width:
        return Offset(request.x - width, screen.height // 8)
    return None
