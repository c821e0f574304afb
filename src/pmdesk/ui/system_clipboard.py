"""The clipboard of the system: what is copied goes there, to the terminal and into a file."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from textual.app import App

from pmdesk import config
from pmdesk.paths import from_home

_PATIENCE = 2.0
"""Seconds after which a clipboard that does not answer is given up."""
_MOST_TO_TERMINAL = 64 * 1024
"""Bytes: terminals drop longer texts, or choke on them."""
_MOST_READ = 256 * 1024
_FILE = "last-copy.md"
_DEAF = frozenset({"dumb", "linux"})
"""Values of TERM of terminals that have no clipboard."""

# pyperclip runs in a process of its own: there its programs can be stopped when they hang, what
# they print doesn't reach the screen, and what it took for success is read back.
_COPY = """import sys, pyperclip
text = sys.stdin.buffer.read().decode()
pyperclip.copy(text)
sys.exit(pyperclip.paste() != text)
"""
_PASTE = """import sys, pyperclip
sys.stdout.buffer.write((pyperclip.paste() or "").encode("utf-8", "replace")[:int(sys.argv[1])])
"""

Way = Literal["clipboard", "terminal", "none"]


@dataclass(frozen=True, slots=True)
class Copied:
    """What became of a text that was copied."""

    characters: int
    way: Way
    """The system's clipboard has it; the terminal was asked; neither was possible."""
    file: Path | None
    """Where it is kept in any case; None where that failed."""

    @property
    def sentence(self) -> str:
        said = f"{self.characters:,} character{'' if self.characters == 1 else 's'}"
        file = from_home(self.file) if self.file else ""
        match self.way:
            case "clipboard":
                return f"Copied {said}; also in {file}" if file else f"Copied {said}."
            case "terminal":
                sent = f"Sent {said} to the terminal, which may have taken them"
                return f"{sent}; in any case in {file}" if file else f"{sent}."
        if file:
            return f"No clipboard here: {said} in {file}"
        return "Nothing was copied: there is no clipboard here, and the file can't be written."


class SystemClipboard:
    """Neither of its methods raises, prints, or holds up a key."""

    def __init__(self, app: App[Any], folder: str | Path) -> None:
        """`folder` is where `last-copy.md` goes; it is made when needed."""
        self._app = app
        self._file = Path(folder, _FILE)

    async def read(self) -> str:
        """The text on the clipboard; empty where there is none, over SSH too."""
        if not _is_local():
            return ""
        given = await _run(_PASTE, str(_MOST_READ), output=asyncio.subprocess.PIPE)
        return "" if given is None else given.decode("utf-8", "ignore")

    async def write(self, text: str) -> Copied:
        """Puts a text wherever it can be put."""
        data = text.encode("utf-8", "replace")
        text = data.decode()
        way: Way = "none"
        if len(data) <= _MOST_TO_TERMINAL and os.environ.get("TERM") not in _DEAF:
            way = "terminal"
            self._app.copy_to_clipboard(text)
        keeping = asyncio.to_thread(_keep, self._file, data)
        taken, file = await asyncio.gather(self._give(data), keeping)
        return Copied(len(text), "clipboard" if taken else way, file)

    async def _give(self, data: bytes) -> bool:
        return _is_local() and await _run(_COPY, given=data) is not None


def _is_local() -> bool:
    """Whether the system's clipboard is that of the person's screen."""
    return not (os.environ.get("SSH_CONNECTION") or os.environ.get("SSH_TTY"))


async def _run(
    program: str,
    *arguments: str,
    given: bytes = b"",
    output: int = asyncio.subprocess.DEVNULL,  # what serves the clipboard keeps it open
) -> bytes | None:
    """What the program wrote; None where it failed or took too long."""
    try:
        # -P: nothing in the folder one happens to stand in is taken for pyperclip
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-P", "-c", program, *arguments,
            stdin=asyncio.subprocess.PIPE, stdout=output,
            stderr=asyncio.subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
    except (OSError, ValueError):
        return None
    try:
        async with asyncio.timeout(_PATIENCE):
            written, _ = await process.communicate(given)
    except TimeoutError:
        return None
    finally:
        if process.returncode is None:  # it hangs, or the workspace is being left
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()
    return (written or b"") if process.returncode == 0 else None


def _keep(file: Path, data: bytes) -> Path | None:
    try:
        config.private_folder(file.parent)
        config.write_private(file, data)
    except OSError:
        return None
    return file
