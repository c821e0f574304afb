"""The referee brief: what competes, ranked by what it reaches; one page for executives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmdesk.customers.guides.referee import referee_brief
from pmdesk.ui.dialogs.guide_page import GuidePage

if TYPE_CHECKING:
    from datetime import date

    from pmdesk.customers.guides.pages import Guide
    from pmdesk.customers.hierarchy import Hierarchy

_HINTS = "{page.copy} copies it · enter goes to what the line is about · esc back"


class RefereePage(GuidePage):
    def __init__(self, hierarchy: Hierarchy, today: date) -> None:
        about = "one page for those who decide"
        super().__init__("Referee brief", about, _HINTS, hierarchy, today)

    def make(self, hierarchy: Hierarchy) -> tuple[Guide, ...]:
        return (referee_brief(hierarchy, self.today),)


def dialog_for(hierarchy: Hierarchy, keys: tuple[str, ...], today: date) -> RefereePage:
    """Of all that is candidate or committed, whatever is selected."""
    return RefereePage(hierarchy, today)
