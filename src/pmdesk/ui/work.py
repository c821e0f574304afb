"""Work beside the keyboard: asking the desk and waiting for it without holding up a key."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from textual.css.query import NoMatches
from textual.dom import DOMNode
from textual.worker import Worker

from pmdesk.errors import PmdeskError
from pmdesk.ui.messages import Said

Work = Callable[[], Coroutine[Any, Any, None]]


def begin(node: DOMNode, work: Work, group: str, exclusive: bool = True) -> None:
    """Begins the work; what the desk refuses goes to the status line.

    With `exclusive`, a newer work of the group takes the place of an older. A callable is
    wanted, not a coroutine: one that is replaced before it begins was then never made.
    """

    async def safely() -> None:
        try:
            await work()
        except PmdeskError as error:
            node.post_message(Said(str(error), warning=True))
        except NoMatches:
            if node.app.is_running:  # else the screen is being taken down
                raise

    _worker: Worker[None] = node.run_worker(safely, group=group, exclusive=exclusive)
