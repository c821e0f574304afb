"""Keeps what is being typed: soon after a key, in order, and never on the thread of the keys."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Lock

from pmdesk.config import Clock
from pmdesk.drafts import Draft, Drafts
from pmdesk.editor_files import Note, take_in
from pmdesk.errors import RefusedError

_AFTER = 0.3
"""Seconds without a key after which what was typed is kept."""
_AT_LATEST = 0.7
"""Seconds after which it is kept though the typing goes on."""
_PATIENCE = 5.0
"""Seconds that leaving waits for a disk."""

Values = Mapping[str, str]


class Keeper:
    """The drafts of a desk and the one thread that reads and writes them; of several versions
    of a draft that wait, only the newest is written. May be used from any thread."""

    def __init__(self, desk: Path, clock: Clock) -> None:
        self.clock = clock
        self.drafts = Drafts(desk)
        self.busy: set[str] = set()
        """The names of those that are being written, or that the desk is about to have."""
        self.trouble = ""
        """Why what is typed can't be kept, in a sentence."""
        self.left: list[str] = []
        """What editors left and is no draft, and where it is; in sentences."""
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="pmdesk-drafts")
        self._newest: dict[str, Draft | None] = {}
        self._lock = Lock()
        self._closed = False

    def offered(self) -> Future[tuple[Draft, ...]]:
        """What can be gone on with."""
        return self._thread.submit(self._offered)

    def _offered(self) -> tuple[Draft, ...]:
        self.left += take_in(self.drafts)
        return tuple(one for one in self.drafts.offered() if one.name not in self.busy)

    def taking(self, kind: str, subject: str, name: str | None) -> Future[Draft | None]:
        """What was left unfinished of that kind on that subject; of several the one named."""
        return self._thread.submit(self.drafts.take, kind, subject, name, frozenset(self.busy))

    def put(self, name: str, draft: Draft | None) -> None:
        """Write it, or with None remove it; done in the order of the calls."""
        with self._lock:
            self._newest[name] = draft
            if not self._closed:
                self._thread.submit(self._put, name)
                return
        self._put(name)

    def flush(self) -> bool:
        """Returns once everything is on the disk, or with False if the disk has been waited
        for too long, or can't be written."""
        if not self._closed:
            try:
                self._thread.submit(lambda: None).result(_PATIENCE)
            except TimeoutError:
                return False
        return not self.trouble

    def close(self) -> None:
        """Nothing is kept any more; what the desk still takes in is removed all the same."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            self._thread.submit(self.drafts.close)
        self._thread.shutdown(wait=False)

    def _put(self, name: str) -> None:
        with self._lock:
            if name not in self._newest:
                return  # a newer version was written in its place
            draft = self._newest.pop(name)
        try:
            if draft is None:
                self.drafts.remove(name)
            else:
                self.drafts.write(draft)
            self.trouble = ""
        except OSError as error:
            why = error.strerror or "unknown error"
            self.trouble = f"What you type is on the screen only, it can't be kept ({why})."
        except RefusedError as error:
            self.trouble = str(error)


class Slip:
    """One text while it is unfinished. Used on the thread of the keys, but for `done`."""

    def __init__(
        self, keeper: Keeper, kind: str, subject: str, about: str, wanted: Draft | None = None
    ) -> None:
        """`wanted` is the one to go on with, where there may be several."""
        self._keeper = keeper
        self._kind = kind
        self._subject = subject
        self._about = about
        self._wanted = wanted.name if wanted else None
        self._name = ""
        self.values: Values = {}
        """As last kept."""
        self._ask: Callable[[], Values] | None = None
        self._since = 0.0
        self._timer: asyncio.TimerHandle | None = None

    async def as_left(self) -> tuple[Values, str] | None:
        """What was typed and when it was left; None where there is nothing."""
        draft = await asyncio.wrap_future(
            self._keeper.taking(self._kind, self._subject, self._wanted)
        )
        if draft is None:
            return None
        self.adopt(draft)
        return draft.values, when(draft, self._keeper.clock)

    def adopt(self, draft: Draft) -> None:
        """It goes on with this one."""
        self._name = draft.name
        self.values = draft.values
        self._keeper.busy |= {draft.name}

    def changed(self, values: Callable[[], Values]) -> None:
        """Something was typed; `values` is asked a moment later, and gives nothing where there
        is nothing worth keeping."""
        now = time.monotonic()
        if self._timer is None:
            self._since = now
        else:
            self._timer.cancel()
        self._ask = values
        wait = max(0.0, min(_AFTER, self._since + _AT_LATEST - now))
        self._timer = asyncio.get_running_loop().call_later(wait, self.keep_now)

    def keep_now(self) -> None:
        """What was typed since it was last kept, if anything."""
        if self._timer is not None and self._ask is not None:
            self.keep(self._ask())

    def keep(self, values: Values) -> None:
        """Keep these now."""
        self._stop()
        if not values:
            self._remove()
            return
        if not self._name:
            self._name = self._keeper.drafts.new_name()
        self._keeper.busy |= {self._name}
        self.values = dict(values)
        self._keeper.put(self._name, self._draft(self.values))

    def keep_safely(self, values: Values) -> bool:
        """Keeps these, and says whether they are on the disk."""
        self.keep(values)
        return self._keeper.flush()

    def note(self, values: Values, field: str) -> Note:
        """For the editor that a field is opened in, where these are what the fields hold."""
        return Note(self._draft(values), field)

    def _draft(self, values: Values) -> Draft:
        moment = self._keeper.clock.now()
        return Draft(self._name, self._kind, self._subject, self._about, values, moment)

    def leave(self, values: Values) -> None:
        """Keep these for later."""
        self.keep(values)
        self._keeper.busy.discard(self._name)

    def release(self) -> None:
        """Nothing was changed: what was left stays as it was."""
        self._stop()
        self._keeper.busy.discard(self._name)

    def throw_away(self) -> None:
        """None of it is wanted any more."""
        self._stop()
        self._remove()

    def done(self) -> None:
        """The desk has it on the disk. May be called from any thread."""
        self._remove()

    @property
    def trouble(self) -> str:
        return self._keeper.trouble

    @property
    def folder(self) -> Path:
        """Where drafts are; there only if one was kept."""
        return self._keeper.drafts.folder

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _remove(self) -> None:
        if self._name:
            self._keeper.put(self._name, None)
            self._keeper.busy.discard(self._name)
            self._name = ""


def when(draft: Draft, clock: Clock) -> str:
    """ "at 14:05", "on Thu 12 Jun at 14:05"."""
    local = draft.written_at.astimezone(clock.zone)
    day = "" if local.date() == clock.today() else f"on {local:%a} {local.day} {local:%b} "
    return f"{day}at {local:%H:%M}"
