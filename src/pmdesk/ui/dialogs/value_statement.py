"""`V`: the value statement of a solution, with its blanks and what is wrong with its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmdesk.customers.guides.value_statement import solutions_meant, value_statement
from pmdesk.ui.dialogs.guide_page import GuidePage

if TYPE_CHECKING:
    from datetime import date

    from pmdesk.customers.guides.pages import Guide
    from pmdesk.customers.hierarchy import Hierarchy

_HINTS = (
    "{page.copy} copies it · {guide.edit} edits what the line is about · {guide.note} notes what "
    "was heard · enter goes there · esc back"
)


class ValuePage(GuidePage):
    def __init__(self, hierarchy: Hierarchy, key: str, today: date) -> None:
        """Of a solution, or of all that serve the goal above a node."""
        meant = solutions_meant(hierarchy, key)
        about = " ".join(one.code for one in meant)
        title = f"Value of “{meant[0].name}”" if len(meant) == 1 else "Value"
        super().__init__(title, about, _HINTS, hierarchy, today)
        self.key = key

    def make(self, hierarchy: Hierarchy) -> tuple[Guide, ...]:
        return tuple(
            value_statement(hierarchy, one, self.today)
            for one in solutions_meant(hierarchy, self.key)
        )


def dialog_for(hierarchy: Hierarchy, keys: tuple[str, ...], today: date) -> ValuePage:
    """RefusedError where there is no solution whose value could be told."""
    return ValuePage(hierarchy, keys[0] if keys else "", today)
