"""Work that takes seconds: one after another, in a thread, with progress and a way to stop it."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from pmdesk.amounts import duration_words
from pmdesk.errors import RefusedError
from pmdesk.ui.key_names import typed
from pmdesk.ui.messages import Said
from pmdesk.ui.widgets.cells import elide

if TYPE_CHECKING:
    from pmdesk.ui.importing import Importing
    from pmdesk.ui.workspace import Workspace

T = TypeVar("T")

_EVERY = 0.2
"""Seconds between two looks at how far it is."""
_FOR_A_KEY = 0.08
"""Seconds in which a key is worked through; a child process instead of a thread that rests
made keys slower, not faster, where the processors are busy."""
_OWED = 0.2
"""Seconds of rest that may be saved up."""
_BAR = 16
_ASKED = 10.0
"""Seconds in which the key that leaves need not be asked about again."""
_NARROWEST = 8
"""Cells of a label that still says something."""


class Job:
    """One long work as far as it has come. Its thread tells, the line on the screen reads."""

    def __init__(self, what: str, stop_key: str = "") -> None:
        self.what = what
        self.total = 0
        """In bytes; 0 where it isn't known how much there is."""
        self.done = 0
        self.stoppable = True
        self.saving = False
        """All of it is read, and the desk takes it in: nobody knows how long that takes."""
        self.stop_key = stop_key
        self.leaving_asked = time.monotonic() - _ASKED
        """When (monotonic) the person last heard that it isn't done."""
        self.leaving_sentence = ""
        """That sentence."""
        self.keys_until = 0.0
        """Until this moment (monotonic) the keys have the processor to themselves."""
        self._owed = 0.0
        self._worked_since = time.monotonic()
        self._stopped = threading.Event()
        self._began = time.monotonic()
        self._waiting: asyncio.Future[None] | None = None

    def told(self, done: int) -> None:
        """From the thread: so far it is. Rests while a key is being worked through, since
        Python computes in one thread at a time; at most half of the time, so that a key held
        down doesn't hold it up."""
        self.done = done
        now = time.monotonic()
        self._owed = min(_OWED, self._owed + now - self._worked_since)
        pause = min(self.keys_until - now, self._owed)
        if pause > 0:
            time.sleep(pause)
            self._owed -= pause
        self._worked_since = time.monotonic()

    def save(self) -> None:
        """From now on the desk takes it in, which can't be stopped."""
        self.saving, self.stoppable = True, False

    def stopped(self) -> bool:
        """For the thread: whether nobody wants it any more."""
        return self._stopped.is_set()

    def stop(self) -> None:
        """Nobody wants it any more: it isn't waited for, and its thread ends by itself."""
        self._stopped.set()
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(self._refusal())

    def _refusal(self) -> RefusedError:
        return RefusedError(f"Stopped: {self.what}. Nothing was changed.")

    async def in_thread(self, work: Callable[[], T]) -> T:
        """What the work gives. RefusedError where it was stopped.

        The thread is a daemon, so that leaving the workspace needn't wait for it; so it must
        not leave anything half done.
        """
        if self.stopped():  # between two threads
            raise self._refusal()
        loop = asyncio.get_running_loop()
        waiting = self._waiting = loop.create_future()
        given: list[T] = []

        def end(error: BaseException | None) -> None:
            if not waiting.done():
                waiting.set_exception(error) if error else waiting.set_result(None)

        def run() -> None:
            failed: BaseException | None = None
            try:
                given.append(work())
            except BaseException as error:  # it is the one who waits that must hear of it
                failed = error
            with suppress(RuntimeError):  # the loop has ended, and with it whoever would hear
                loop.call_soon_threadsafe(end, failed)

        threading.Thread(target=run, daemon=True, name="pmdesk-long-work").start()
        try:
            await waiting
        except BaseException:  # stopped, or the workspace is being left
            self._stopped.set()
            raise
        finally:
            self._waiting = None
        return given[0]

    # What is shown --------------------------------------------------------------------------

    def words(self, width: int, waiting: int = 0, keys: bool = True) -> str:
        """The line, in at most `width` cells: what, how far, how long still, and where the
        workspace has the `keys` how to stop it."""
        known = bool(self.total) and not self.saving
        parts = [*(self._share() if known else self._since())]
        if waiting:
            parts.append(f"{waiting} more wait{'s' if waiting == 1 else ''}")
        if keys and self.stoppable and self.stop_key:
            parts.append(f"{self.stop_key} stops it")
        while parts:
            after = f"  {' · '.join(parts)}"
            if (room := width - cell_len(after)) >= _NARROWEST:
                return elide(self.what, room) + after
            parts.pop(len(parts) // 2 if known else 0)
        return elide(self.what, width)

    def _share(self) -> Iterator[str]:
        share = min(self.done / self.total, 1.0)
        yield f"{bar(share)} {share:4.0%}".replace("%", " %")
        seconds = time.monotonic() - self._began
        left = seconds / share - seconds if share else 0.0
        if seconds >= 1 and left >= 1:
            yield f"about {duration_words(left)} left"

    def _since(self) -> Iterator[str]:
        if self.saving:
            yield "saving"
        yield f"{time.monotonic() - self._began:.0f} s"


def bar(share: float) -> str:
    """A bar that is read without colour."""
    full = round(share * _BAR)
    return "▓" * full + "░" * (_BAR - full)


class WorkLine(Widget):
    """One line above the status line while something runs."""

    DEFAULT_CSS = "WorkLine { height: 1; }"

    def __init__(self, work: LongWork) -> None:
        super().__init__()
        self._work = work
        self._said = ""

    def on_mount(self) -> None:
        self.set_interval(_EVERY, self.look)

    def look(self) -> None:
        """Repaints it if it says something else by now."""
        if (said := self._words()) != self._said:
            self._said = said
            self.refresh()

    def render(self) -> Content:
        return Content.styled(f" {self._words()}", "$accent")

    def _words(self) -> str:
        job = self._work.running
        if job is None:
            return ""
        return job.words(self.size.width - 2, self._work.waiting, self._work.has_keys)


class LongWork:
    """The long works of a workspace, one at a time in the order they were asked for."""

    def __init__(self, workspace: Workspace) -> None:
        self.running: Job | None = None
        self.waiting = 0
        self._workspace = workspace
        self._one = asyncio.Lock()

    @cached_property
    def importing(self) -> Importing:
        """Imports and backups: what the first paint does without."""
        from pmdesk.ui.importing import Importing

        return Importing(self._workspace, self)

    async def do(self, what: str, work: Callable[[Job], Awaitable[T]]) -> T:
        """What the work gives, when its turn has come and it is done."""
        self.waiting += 1
        try:
            await self._one.acquire()
        finally:
            self.waiting -= 1
        try:
            return await self._run(Job(what, self._stop_key()), work)
        finally:
            self._one.release()

    async def _run(self, job: Job, work: Callable[[Job], Awaitable[T]]) -> T:
        self.running = job
        line = WorkLine(self)
        try:
            await self._workspace.mount(line, before="StatusLine")
            self._workspace.refresh_bindings()
            return await work(job)
        finally:
            self.running = None
            if self._workspace.is_running:
                status = self._workspace.status
                if status.sentence == job.leaving_sentence:
                    status.tell("")
                line.remove()
                self._workspace.refresh_bindings()

    def _stop_key(self) -> str:
        for active in self._workspace.active_bindings.values():
            if active.binding.id == "work.stop":
                return typed(active.binding.key)
        return ""

    def why_not_stop(self) -> str:
        """Why nothing can be stopped now; empty if it can."""
        if self.running is None:
            return NOTHING_RUNS
        if not self.running.stoppable:
            return f"{self.running.what} can't be stopped any more; it is soon done."
        return ""

    @property
    def has_keys(self) -> bool:
        """Whether the workspace has the keys, and no field nor dialog of it."""
        here = self._workspace
        return here.is_current and not isinstance(here.focused, Input)

    def stop(self) -> None:
        if self.running is not None and self.running.stoppable:
            self.running.stop()

    def key_came(self) -> None:
        """A key is being worked through."""
        if self.running is not None:
            self.running.keys_until = time.monotonic() + _FOR_A_KEY

    def may_leave(self) -> bool:
        """Whether the workspace may be left; while something runs that is asked once."""
        job = self.running
        now = time.monotonic()
        if job is None or now - job.leaving_asked < _ASKED:
            return True
        job.leaving_asked = now
        stops = "stops it and leaves" if job.stoppable else "leaves as soon as it is done"
        job.leaving_sentence = f"{job.what} is not done: the same key again {stops}."
        self._workspace.post_message(Said(job.leaving_sentence, warning=True))
        return False


NOTHING_RUNS = "Nothing is running that could be stopped."
