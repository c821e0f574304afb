"""Work beside the keyboard: asking the desk and waiting for it without holding up a key."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, cast

from textual.app import App
from textual.css.query import NoMatches
from textual.dom import DOMNode
from textual.worker import Worker

from pmdesk import failures
from pmdesk.errors import PmdeskError
from pmdesk.ui.messages import Said

Work = Callable[[], Coroutine[Any, Any, None]]


class Faults:
    """The faults of the program that it lives on after: told each time, kept once per place."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept: set[tuple[str, ...]] = set()

    def sentence(self, error: Exception) -> str:
        """What the person is told. Neither it nor the log holds a text of the desk."""
        _, *place = failures.describe(error)
        log: Path | None = self._folder / "pmdesk.log"
        if tuple(place) not in self._kept:
            log = failures.record(error, self._folder)
            self._kept |= {tuple(place)}
        where = f"; where it happened is in {log}" if log else ""
        return f"That failed by a fault of pmdesk ({type(error).__name__}){where}."


class Faulty(Protocol):
    """An app that keeps the faults of the program."""

    faults: Faults


@contextmanager
def living_on(node: DOMNode) -> Iterator[None]:
    """What goes wrong inside is a sentence in the status line; the workspace lives on."""
    try:
        yield
    except PmdeskError as error:
        node.post_message(Said(str(error), warning=True))
    except Exception as error:
        if isinstance(error, NoMatches) and not node.app.is_running:
            return  # the screen is being taken down
        node.post_message(Said(_faults(node.app).sentence(error), warning=True))


def _faults(app: App[Any]) -> Faults:
    return cast("Faulty", app).faults


def begin(node: DOMNode, work: Work, group: str, exclusive: bool = True) -> None:
    """Begins the work; what the desk refuses goes to the status line.

    With `exclusive`, a newer work of the group takes the place of an older. A callable is
    wanted, not a coroutine: one that is replaced before it begins was then never made.
    """

    async def safely() -> None:
        with living_on(node):
            await work()

    _worker: Worker[None] = node.run_worker(safely, group=group, exclusive=exclusive)
