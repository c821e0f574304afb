"""A text in the person's own editor. Whatever becomes of the editor, no text is lost."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from pmdesk.editor_files import MOST as MOST
from pmdesk.editor_files import EditorFolder, Note, as_text, too_long, written
from pmdesk.errors import RefusedError
from pmdesk.text import clean

_USUAL = ("nano", "vi")


@dataclass(frozen=True, slots=True)
class Edited:
    """What came back."""

    text: str | None
    """None where the text stays as it was."""
    problem: str = ""
    """What went wrong, and where what the editor wrote is kept; one sentence."""
    keeps_file: bool = False
    """The editor's file has what is nowhere else."""


def edit(
    text: str,
    folder: Path | None,
    suspending: Callable[[], AbstractContextManager[None]],
    note: Note | None = None,
    take: Callable[[str], bool] = lambda _text: True,
) -> Edited:
    """Blocks until the editor ends. Its file is in a folder of its own within `folder`, or
    where temporary files are; beside it the `note`, for whoever finds it if this program ends.

    `suspending` gives the terminal away and takes it back; `take` is given what was written
    and says whether it is safe. RefusedError says that there is no editor, or no place for
    the file.
    """
    command = _command()
    home = EditorFolder(folder, note)
    opened = False
    try:
        home.put(text)
        with suspending():
            opened = True
            # no “--” before it: scripts around editors take the file from "$1"
            status, ending = _run([*command, str(home.text.absolute())], home.lock)
        return _settled(home, _come_back(home.text, text, status), ending, take)
    finally:
        if not opened:
            home.throw_away()
        home.let_go()


def _settled(
    home: EditorFolder, edited: Edited, ending: bool, take: Callable[[str], bool]
) -> Edited:
    """With `ending` nobody reads any more what is said here: the next start takes it in."""
    safe = edited.text is None or take(edited.text)
    if ending or not safe:
        return edited
    if edited.keeps_file:
        home.is_named()
        return edited
    more = home.clear()
    return Edited(edited.text, " ".join(one for one in (edited.problem, more) if one))


def _command() -> list[str]:
    for variable in ("VISUAL", "EDITOR"):
        line = os.environ.get(variable, "").strip()
        if not line:
            continue
        try:
            command = shlex.split(line)
        except ValueError:
            raise RefusedError(f"${variable} has a quote that doesn't end: {line}") from None
        if command and shutil.which(command[0]):
            return command
        raise RefusedError(f"There is no editor “{clean(line)}”, which ${variable} names.")
    for name in _USUAL:
        if shutil.which(name):
            return [name]
    raise RefusedError("No editor was found: set $EDITOR to the one you like.")


# Running it ----------------------------------------------------------------------------------


def _run(command: list[str], lock: int) -> tuple[int | None, bool]:
    """The editor's status, negative for a signal and None if it could not be started; and
    whether this program is to end."""
    running: list[subprocess.Popen[bytes]] = []
    with _minding_signals(running) as heard:
        try:
            running.append(subprocess.Popen(command, pass_fds=(lock,)))  # its terminal is ours
        except OSError:
            return None, bool(heard)
        return running[0].wait(), bool(heard)


@contextmanager
def _minding_signals(running: list[subprocess.Popen[bytes]]) -> Iterator[list[int]]:
    """`ctrl+c` belongs to the editor. What ends this program ends the editor first, and is
    heard again as soon as the text is back."""
    heard: list[int] = []

    def end(number: int, _frame: FrameType | None) -> None:
        heard.append(number)
        for process in running:
            process.terminate()

    def leave_to_editor(_number: int, _frame: FrameType | None) -> None:
        pass  # not SIG_IGN, which the editor and its own programs would inherit

    handlers = {
        signal.SIGINT: leave_to_editor,
        signal.SIGQUIT: leave_to_editor,
        signal.SIGTERM: end,
        signal.SIGHUP: end,
    }
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    waking = signal.set_wakeup_fd(-1)  # the loop would hear ctrl+c too
    try:
        yield heard
    finally:
        signal.set_wakeup_fd(waking)
        for number, handler in before.items():
            signal.signal(number, handler if handler is not None else signal.SIG_DFL)
        for again in heard:
            signal.raise_signal(again)


# What it left behind -------------------------------------------------------------------------


def _come_back(file: Path, before: str, status: int | None) -> Edited:
    if status is None:
        return Edited(None, "The editor could not be started: the text is as it was.")
    try:
        data = written(file)
    except OSError:
        return Edited(None, "The editor left no file: the text is as it was.")
    wrote = as_text(data, before)
    if wrote == clean(before) or (status and not data):
        return Edited(None, _ended(status) and f"{_ended(status)}: the text is as it was.")
    aside = f"what it wrote is kept in {file}"
    if status:
        return Edited(None, f"{_ended(status)}: the text is as it was; {aside}.", True)
    if wrote is None:
        return Edited(None, f"The editor wrote no UTF-8: the text is as it was; {aside}.", True)
    if too_long(data, wrote):
        return Edited(wrote[:MOST], f"The text is cut after {MOST:,} characters; {aside}.", True)
    return Edited(wrote)


def _ended(status: int) -> str:
    if status < 0:
        return f"The editor was ended by signal {-status}"
    return f"The editor ended with status {status}" if status else ""
