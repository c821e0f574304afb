"""A pane that is told what the rules say of the hierarchy."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual.message import Message

from pmdesk.ui.widgets.pane import Pane
from pmdesk.ui.work import begin

if TYPE_CHECKING:
    from pmdesk.customers.gaps import Gap
    from pmdesk.customers.hierarchy import Hierarchy
    from pmdesk.customers.judging import Judged


class JudgedPane(Pane):
    class GapsCounted(Message):
        """What the hierarchy lacks today."""

        def __init__(self, gaps: tuple[Gap, ...]) -> None:
            super().__init__()
            self.gaps = gaps

    hierarchy: Hierarchy | None = None
    _judged: Judged | None = None
    _to_judge = 0
    """Changes since the rules were asked."""

    def tell(self, hierarchy: Hierarchy) -> None:
        """The whole hierarchy, read anew."""
        self.hierarchy = hierarchy
        self._judge_it()

    def tell_rules(self) -> None:
        """Shows what they say, if it is known already."""
        raise NotImplementedError

    def new_day(self) -> None:
        super().new_day()
        self._judge_it()

    def _judge_it(self) -> None:
        self._to_judge += 1
        if self._to_judge == 1:
            begin(self, self._judge, "customers.rules", exclusive=False)

    async def _judge(self) -> None:
        """In a thread, one at a time: a large desk takes a second."""
        from pmdesk.customers.judging import judged

        try:
            while (hierarchy := self.hierarchy) and (now := self._to_judge):
                self._judged = await asyncio.to_thread(judged, hierarchy, self.desk.clock.today())
                self.post_message(self.GapsCounted(self._judged.gaps))
                self.tell_rules()
                self._to_judge -= now  # what came meanwhile is judged next
        finally:
            self._to_judge = 0
