"""What is asked of the desk: from the dialog to the toast that says it is on the disk."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from pmdesk.requests import queries
from pmdesk.ui.key_names import key_of
from pmdesk.ui.panes.inbox import Inbox
from pmdesk.ui.work import Work, begin

if TYPE_CHECKING:
    from pmdesk.desk import Action
    from pmdesk.drafts import Draft
    from pmdesk.requests.lifecycle import State
    from pmdesk.requests.queries import RequestRow
    from pmdesk.store.writing import Done
    from pmdesk.ui.dialogs.capture import CaptureDialog
    from pmdesk.ui.dialogs.dialog import Dialog
    from pmdesk.ui.keeping import Slip
    from pmdesk.ui.unfinished import Unfinished
    from pmdesk.ui.workspace import Workspace

_PATIENCE = 0.4
"""Seconds after which a change that is not yet on the disk says so."""


class Changes:
    """Makes the changes of a workspace, in the order of the keys that asked for them: each
    is handed to the desk at once, and only what it comes to is waited for."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._desk = workspace.desk
        self._in_turn = asyncio.Lock()  # what is done first is said first
        self._offered = ""
        """What was said last of what is unfinished."""

    # Asking -------------------------------------------------------------------------------

    async def verdict(self, asked: Inbox.VerdictAsked, draft: Draft | None = None) -> None:
        """Opens the dialog of a verdict; one that needs none is done. What is typed goes on
        with `draft`, if it is one of several."""
        # what the first paint does without is imported where it is used
        from pmdesk.requests.actions import Finish

        left_out = 0
        if len(asked.requests) > 1:
            from pmdesk.ui.verdicts import decidable

            asked, left_out = decidable(asked, await self._states(asked.requests))
        if isinstance(asked, Inbox.FinishAsked):
            self.perform(Finish(asked.requests))
            return
        from pmdesk.ui.verdicts import dialog_for

        row = await self._row(asked.requests)
        today, reply = self._desk.clock.today(), ""
        if row is not None and isinstance(asked, Inbox.DeclineAsked):
            reply = await asyncio.wrap_future(self._desk.asking(queries.undone_reply, row.id))
        self.open(dialog_for(asked, row, left_out, reply, today), draft)

    def capture(self, draft: Draft | None = None) -> None:
        from pmdesk.ui.dialogs.capture import CaptureDialog

        clock = self._desk.clock
        dialog = CaptureDialog(clock.today(), clock.now(), clock.zone.key)
        dialog.takes_up = draft is not None  # else what is typed now is another request
        self.open(dialog, draft)
        if draft is None:
            begin(self._workspace, partial(self._offer_in, dialog), "unfinished")

    async def _offer_in(self, dialog: CaptureDialog) -> None:
        from pmdesk.ui.keeping import when

        await self.unfinished.look()
        if draft := self.unfinished.newest("capture"):
            dialog.offer_left(draft, when(draft, self._desk.clock))

    def open(self, dialog: Dialog[Any], draft: Draft | None = None) -> None:
        """Opens a dialog that gives an action; what is typed into it is kept until the action
        is on the disk."""
        self.unfinished.keep(dialog, draft)
        self._workspace.app.push_screen(dialog, partial(self._decided, dialog))

    def _decided(self, dialog: Dialog[Any], action: Action | None) -> None:
        if action is not None:
            self.perform(action, dialog)
        elif dialog.left_for_later:
            self.offer()
            return
        if self.unfinished.drafts:
            begin(self._workspace, self._look_again, "unfinished")

    # What was left unfinished ---------------------------------------------------------------

    @cached_property
    def unfinished(self) -> Unfinished:
        from pmdesk.ui.unfinished import Unfinished

        return Unfinished(self._desk)

    def keep_all(self) -> None:
        """Puts everything typed on the disk, before anything is taken down; never raises."""
        if "unfinished" in vars(self):
            self.unfinished.keep_all(self._workspace.app)

    def close(self) -> None:
        """The workspace is gone."""
        if "unfinished" in vars(self):
            self.unfinished.close()

    def begin(self) -> None:
        """After the first paint: offers what an earlier session left, if it left anything."""
        from pmdesk.drafts import drafts_folder

        if drafts_folder(self._desk.path).is_dir():
            self.offer()

    def offer(self) -> None:
        """Looks up what was left unfinished, and says in the status line how to go on."""

        async def look() -> None:
            await self.unfinished.look()
            self._tell_offer()

        begin(self._workspace, look, "unfinished")

    def _tell_offer(self) -> None:
        if sentence := self.unfinished.offer(self._key):
            self._workspace.status.tell(sentence)
            self._offered = sentence

    async def _look_again(self) -> None:
        """There is one fewer, it may be: what was said of it is true no longer."""
        await self.unfinished.look()
        if self._offered and self._workspace.status.sentence == self._offered:
            self._workspace.status.tell("")
            self._tell_offer()

    def go_on(self, draft: Draft) -> None:
        """Opens the dialog that a draft was typed into."""
        opens: dict[str, type[Inbox.VerdictAsked]] = {
            "keep": Inbox.KeepAsked, "park": Inbox.ParkAsked, "decline": Inbox.DeclineAsked,
        }  # fmt: skip
        if draft.kind in opens:
            requests = tuple(int(one) for one in draft.subject.split(",") if one.isdecimal())
            asked = opens[draft.kind](requests)
            begin(self._workspace, partial(self.verdict, asked, draft), "go on")
        elif draft.kind == "capture":
            self.capture(draft)
        else:
            self._workspace.customer_changes.go_on(draft)

    def left(self) -> Iterator[tuple[str, str, Callable[[], None]]]:
        """For the palette: what was left unfinished, when, and what goes on with it."""
        if "unfinished" in vars(self):
            for words, when, draft in self.unfinished.listed():
                yield words, when, partial(self.go_on, draft)

    def _key(self, id_: str) -> str:
        return key_of(id_, self._workspace.app)

    # Doing --------------------------------------------------------------------------------

    def perform(self, action: Action, dialog: Dialog[Any] | None = None) -> None:
        """The cursor goes on before it is on the disk: the next key means the next request."""
        doing = self._desk.performing(action)
        if dialog and dialog.keeping:  # also where the workspace is left before it is done
            doing.add_done_callback(partial(_kept_by_the_desk, dialog.keeping))
        requests: tuple[int, ...] = getattr(action, "requests", ())
        marks = frozenset(self._inbox.requests.marks)
        if requests:
            self._inbox.advance(requests)
        else:
            self._workspace.customer_changes.follow(doing, asked=True)
        if dialog and dialog.then:
            self._workspace.customer_changes.go_on_with(doing, dialog.then)

        async def performed() -> None:
            try:
                done = await _waited_for(doing)
            except Exception as error:
                self._inbox.put_back(requests, marks)
                if again := dialog and dialog.again(error):
                    await self._open_again(again)
                raise
            await self._say_done(action, requests, done)

        self._write(performed)

    async def _open_again(self, dialog: Dialog[Any]) -> None:
        """With what was typed into it; while another is open, it is kept for later instead:
        the next key is meant for that one."""
        from pmdesk.ui.dialogs.form import Form

        if not isinstance(self._workspace.app.screen, Form):
            self.open(dialog)
        elif dialog.keeping is not None:
            dialog.leave_for_later()
            await self.unfinished.look()

    async def _say_done(self, action: Action, requests: tuple[int, ...], done: Done) -> None:
        from pmdesk.requests.actions import Capture
        from pmdesk.ui.verdicts import named, what_was_done

        if isinstance(action, Capture):
            if self._inbox.requests.current is None:
                self._inbox.go_to(done.requests[0])  # else the person stays where they were
            requests = done.requests
        row = await self._row(requests)
        what = what_was_done(action, named(row) if row else None, done.words)
        seen = await self._workspace.customer_changes.seen_in(done)
        how = f"{self._key('undo')} takes it back"
        self._toast(what, f"{how} · {seen}" if seen else how)
        self._settled()

    def turn(self, back: bool) -> None:
        """Undo or redo."""
        turning = self._desk.undoing() if back else self._desk.redoing()
        self._workspace.customer_changes.follow(turning)
        self._write(partial(self._turned, turning, back))

    async def _turned(self, turning: Future[Done], back: bool) -> None:
        done = await _waited_for(turning)
        if next(iter(done.rows), "") == "request":  # else they lost or got back a link to it
            self._inbox.go_to(done.requests[0])
        if back:
            self._toast(f"Taken back: {done.words}", f"{self._key('redo')} does it again")
        else:
            self._toast(f"Done again: {done.words}", f"{self._key('undo')} takes it back")
        self._settled()

    # Saying -------------------------------------------------------------------------------

    @property
    def _inbox(self) -> Inbox:
        return self._workspace.inbox

    async def _states(self, requests: tuple[int, ...]) -> dict[int, State]:
        today = self._desk.clock.today()
        return await asyncio.wrap_future(self._desk.asking(queries.states, requests, today))

    async def _row(self, requests: tuple[int, ...]) -> RequestRow | None:
        """The request, if it is one."""
        if len(requests) != 1:
            return None
        row = self._inbox.requests.current_row
        if row is not None and row.id == requests[0]:
            return row
        rows = await asyncio.wrap_future(self._desk.asking(queries.page, requests))
        return rows[0] if rows else None

    def _write(self, work: Work) -> None:
        """Never exclusive: what has been asked of the desk is waited for."""
        status = self._workspace.status

        async def patiently() -> None:
            # the first change of a day waits for the backup of a large desk
            saving = self._workspace.set_timer(_PATIENCE, lambda: status.tell("Saving …"))
            try:
                async with self._in_turn:
                    await work()
            finally:
                saving.stop()

        begin(self._workspace, patiently, "writing", exclusive=False)

    def _settled(self) -> None:
        self._workspace.status.tell("")
        self._workspace.read_hint()

    def _toast(self, what: str, how: str) -> None:
        from pmdesk.ui.toasts import toast

        toast(self._workspace, what, how)


def _kept_by_the_desk(slip: Slip, doing: Future[Done]) -> None:
    if not doing.cancelled() and doing.exception() is None:
        slip.done()


async def _waited_for(doing: Future[Done]) -> Done:
    """What it came to. Leaving the workspace doesn't call off what was asked of the desk."""
    return await asyncio.shield(asyncio.wrap_future(doing))
