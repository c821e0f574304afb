"""Imports and backups asked for in the workspace: run beside the keys, and told truly."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pmdesk import importing
from pmdesk.exchange.importing import size_of
from pmdesk.exchange.reading import Progress
from pmdesk.importing import Outcome
from pmdesk.paths import from_home
from pmdesk.phrases import several
from pmdesk.requests.actions import ImportRequests
from pmdesk.text import clean_line
from pmdesk.ui.key_names import key_of
from pmdesk.ui.toasts import toast
from pmdesk.ui.widgets.cells import elide
from pmdesk.ui.work import begin

if TYPE_CHECKING:
    from pmdesk.desk import Desk
    from pmdesk.exchange.importing import Read
    from pmdesk.store.writing import Done
    from pmdesk.ui.long_work import Job, LongWork
    from pmdesk.ui.workspace import Workspace

_REASONS = 3
"""Of what failed, so many are told in the toast; the dialog lists more."""
_LISTED = 200
_NAME = 40
WHOLE_DESK = "pmdesk desk"


class Importing:
    """What `i` and “Back up the desk” come to."""

    def __init__(self, workspace: Workspace, work: LongWork) -> None:
        self._workspace = workspace
        self._desk: Desk = workspace.desk
        self._work = work
        self.last: tuple[str, ...] = ()
        """What the import before came to, in lines."""

    def ask(self) -> None:
        """Opens the dialog."""
        from pmdesk.ui.dialogs.import_files import ImportDialog

        def given(paths: tuple[Path, ...] | None) -> None:
            if paths:  # else it was left
                begin(self._workspace, partial(self.run, paths), "import", exclusive=False)

        self._workspace.app.push_screen(ImportDialog(self.last), given)

    async def run(self, paths: tuple[Path, ...]) -> None:
        """Reads the files, and then puts all of it into the desk in one step."""
        name = clean_line(importing.origin(paths))
        outcome = await self._work.do(
            f"Importing {elide(name, _NAME)}", partial(self._import, paths)
        )
        self.last = (f"{name}:", *outcome.lines(_LISTED))
        self._tell(name, outcome)

    async def _import(self, paths: tuple[Path, ...], job: Job) -> Outcome:
        if await job.in_thread(partial(importing.is_whole_desk, paths)):
            return await self._import_desk(paths, job)
        if await job.in_thread(partial(importing.is_outline, paths)):
            return await self._import_outline(paths[0], job)
        read = await job.in_thread(partial(_read, paths, job))
        made: dict[str, int] = {}
        if read.drafts:
            job.save()
            action = ImportRequests(tuple(read.drafts), importing.origin(paths))
            done = await _finished(asyncio.wrap_future(self._desk.performing(action)))
            made = done.counts
        return Outcome.of(read, made)

    async def _import_outline(self, path: Path, job: Job) -> Outcome:
        from pmdesk.customers.loading import whole

        hierarchy = await asyncio.wrap_future(self._desk.asking(whole))
        today = self._desk.clock.today()
        plan = await job.in_thread(partial(importing.plan_of_outline, path, hierarchy, today))
        if plan.additions and not plan.blocked:
            job.save()
            action = plan.action(origin=importing.origin((path,)))
            await _finished(asyncio.wrap_future(self._desk.performing(action)))
        return importing.outcome_of_outline(path, plan)

    async def _import_desk(self, paths: tuple[Path, ...], job: Job) -> Outcome:
        read = partial(importing.read_whole_desk, paths[0], self._desk)
        tables = await job.in_thread(read)
        job.save()
        load = partial(self._desk.load, tables, importing.origin(paths))
        done = await _finished(job.in_thread(load))
        return importing.outcome_of_desk(done.counts["created"])

    def _tell(self, name: str, outcome: Outcome) -> None:
        app, counts = self._workspace.app, outcome.counts
        lines = [f"{name}: {came_to(outcome)}"]
        how = ""
        failed = bool(outcome.read.failed)
        if failed:
            told = outcome.lines(_REASONS, all_are=f"; {key_of('import', app)} shows them")
            lines += [line for line in told if line.startswith(("failed", "…"))]
        if counts["created"] or counts["updated"]:
            whole = outcome.read.formats == [WHOLE_DESK]
            how = "" if whole else f"{key_of('undo', app)} takes it back"
        self._toast("\n".join(lines), how, failed)
        self._workspace.read_hint()

    async def back_up(self) -> None:
        """A checked copy beside the desk, and where it is."""

        async def copy(job: Job) -> Path:
            job.stoppable = False
            return await asyncio.to_thread(self._desk.backup)  # which leaving waits for

        path = await self._work.do("Backing up the desk", copy)
        self._toast(f"Backed up: {from_home(path)}", "", False)

    def _toast(self, what: str, how: str, warning: bool) -> None:
        toast(self._workspace, what, how, 12 if warning else 6, warning)


def came_to(outcome: Outcome) -> str:
    """ "10 requests from 12 messages, 3 here already"."""
    read, counts = outcome.read, outcome.counts
    if read.formats == [WHOLE_DESK]:
        return f"the whole desk, {counts['created']:,} rows"
    known = counts["skipped"] - len(read.skipped)
    if known and known == sum(counts.values()):
        here = f"all {known:,} are" if known > 1 else "it is"
        return f"nothing new: {here} here already"
    parts = []
    if counts["created"]:
        noun = "thing" if read.formats == ["outline"] else "request"
        parts.append(several(counts["created"], noun))
        if counts["updated"]:  # further messages of a thread
            noun = "message" if read.formats == ["mail"] else "item"
            parts[0] += f" from {several(counts['created'] + counts['updated'], noun)}"
    elif counts["updated"]:
        parts.append(f"{counts['updated']:,} updated")
    for number, words in (
        (known, "here already"), (len(read.skipped), "skipped"), (counts["failed"], "failed"),
    ):  # fmt: skip
        if number:
            parts.append(f"{number:,} {words}")
    return ", ".join(parts) or "nothing in it"


def _read(paths: tuple[Path, ...], job: Job) -> Read:
    job.total = sum(size_of(path) for path in paths)
    return importing.read_files(paths, Progress(job.told, job.stopped))


async def _finished(doing: Awaitable[Done]) -> Done:
    """Leaving the workspace doesn't call off what was asked of the desk."""
    return await asyncio.shield(doing)
