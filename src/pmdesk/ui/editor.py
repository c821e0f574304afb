"""A text in the person's own editor. Whatever becomes of the editor, no text is lost."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import stat
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from pmdesk.errors import RefusedError
from pmdesk.text import clean

MOST = 100_000
"""Characters of a text written by hand; a field of more answers too slowly."""

_USUAL = ("nano", "vi")
_MOST_BYTES = 4 * MOST


@dataclass(frozen=True, slots=True)
class Edited:
    """What came back."""

    text: str | None
    """None where the text stays as it was."""
    problem: str = ""
    """What went wrong, and where what the editor wrote is kept; one sentence."""


def edit(
    text: str, folder: Path | None, suspending: Callable[[], AbstractContextManager[None]]
) -> Edited:
    """Blocks until the editor ends. The file is in `folder`, or where temporary files are.

    `suspending` gives the terminal away and takes it back. RefusedError says that there is
    no editor, or no place for the file.
    """
    command = _command()
    home = _own_folder(folder)
    file = home / "text.md"
    worth_keeping = False
    try:
        _write(file, text)
        with suspending():
            worth_keeping = True
            status = _run([*command, "--", str(file)])
        edited = _come_back(file, text, status)
        worth_keeping = bool(edited.problem)
        return edited
    finally:
        if worth_keeping:
            with suppress(OSError):
                home.rmdir()  # only where nothing is left in it
        else:
            shutil.rmtree(home, ignore_errors=True)


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


def _own_folder(folder: Path | None) -> Path:
    """A new folder that nobody else can read."""
    for place in (folder, None):
        if place is not None and not place.is_dir():
            continue
        with suppress(OSError):
            return Path(tempfile.mkdtemp(prefix="editor-", dir=place))  # 0700 by itself
    raise RefusedError("The text can't be given to an editor: no folder for it can be made.")


def _write(file: Path, text: str) -> None:
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
            out.write(clean(text))
            if text and not text.endswith("\n"):
                out.write("\n")
    except OSError as error:
        file.unlink(missing_ok=True)
        raise RefusedError(f"The text can't be given to an editor: {error.strerror}.") from None


# Running it ----------------------------------------------------------------------------------


def _run(command: list[str]) -> int | None:
    """The editor's status; negative for a signal, None if it could not be started."""
    running: list[subprocess.Popen[bytes]] = []
    with _minding_signals(running):
        try:
            running.append(subprocess.Popen(command))  # its terminal is ours
        except OSError:
            return None
        return running[0].wait()


@contextmanager
def _minding_signals(running: list[subprocess.Popen[bytes]]) -> Iterator[None]:
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
        yield
    finally:
        signal.set_wakeup_fd(waking)
        for number, handler in before.items():
            signal.signal(number, handler if handler is not None else signal.SIG_DFL)
        for again in heard:
            signal.raise_signal(again)


# What it left behind -------------------------------------------------------------------------


def _come_back(file: Path, before: str, status: int | None) -> Edited:
    if status is None:
        file.unlink(missing_ok=True)
        return Edited(None, "The editor could not be started: the text is as it was.")
    try:
        written = _read(file)
    except OSError:
        return Edited(None, "The editor left no file: the text is as it was.")
    wrote = None
    with suppress(UnicodeDecodeError):
        wrote = clean(written.decode("utf-8")).removesuffix("\n")
        if before.endswith("\n") and wrote:
            wrote += "\n"
    if wrote == clean(before) or (status and not written):
        file.unlink(missing_ok=True)
        return Edited(None, _ended(status) and f"{_ended(status)}: the text is as it was.")
    aside = f"what it wrote is kept in {file}"
    if status:
        return Edited(None, f"{_ended(status)}: the text is as it was; {aside}.")
    if wrote is None:
        return Edited(None, f"The editor wrote no UTF-8: the text is as it was; {aside}.")
    if len(written) >= _MOST_BYTES or len(wrote) > MOST:
        return Edited(wrote[:MOST], f"The text is cut after {MOST:,} characters; {aside}.")
    return Edited(wrote)


def _ended(status: int) -> str:
    if status < 0:
        return f"The editor was ended by signal {-status}"
    return f"The editor ended with status {status}" if status else ""


def _read(file: Path) -> bytes:
    """By its path, since editors save by renaming; a plain file only."""
    handle = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(handle, "rb") as stream:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError
        os.fchmod(handle, 0o600)  # a new file by the editor has the mode it likes
        return stream.read(_MOST_BYTES)
