"""The item beside the tree: all that is known of the selected thing, as lines to walk through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from pmdesk.ui.widgets.text_lines import TextLine, TextLines

if TYPE_CHECKING:
    from datetime import date

    from pmdesk.customers.hierarchy import Hierarchy


class ItemDetail(TextLines):
    """Until the hierarchy is read it shows the words that the tree has."""

    BINDING_GROUP_TITLE = "Item"

    class GoTo(Message):
        """`enter` on a line about another thing."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    class FillAsked(Message):
        """A missing level of the line of sight is to be filled: a node of that kind below
        `upper`, which `lower` then hangs on. `upper` may be "" (the lower one hangs on nothing)."""

        def __init__(self, upper: str, kind: str, lower: str) -> None:
            super().__init__()
            self.upper = upper
            self.kind = kind
            self.lower = lower

    class ActAsked(Message):
        """What fills a gap is wanted: the name of the action, and the thing it is about."""

        def __init__(self, what: str, key: str) -> None:
            super().__init__()
            self.what = what
            self.key = key

    def tell_item(
        self, hierarchy: Hierarchy | None, key: str, today: date, rough: str = ""
    ) -> None:
        """Shows a thing by its key; the top of it, unless it is the one already shown."""
        self.tell([TextLine(((rough, ""),), key)], anew=True)
