"""Paths that a person gives: looked at, and read from a line of them."""

from __future__ import annotations

import os
import shlex
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

from pmdesk.errors import RefusedError

_MOST_TYPED = 2_000
"""Characters of a line beyond which nobody has typed it."""


def exists(path: Path) -> bool:
    """Whether there is anything. Raises RefusedError where the system doesn't let us look."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its path is not valid"
        raise RefusedError(f"{path} can't be looked at: {reason}.") from None
    return True


def from_home(path: Path) -> str:
    """The path as it is written for people: "~/mail/inbox.mbox"."""
    with suppress(ValueError, RuntimeError):  # elsewhere; no home
        return f"~/{path.relative_to(Path.home())}"
    return str(path)


def read_paths(text: str) -> tuple[Path, ...]:
    """The paths in a line as it is typed, pasted or dropped onto a terminal: quoted or not,
    with escapes, as file:// addresses, from “~”; relative ones from the folder one stands in.

    A line that is itself a path is one path, whatever blanks it has.
    """
    text = text.strip()
    if not text:
        return ()
    whole = _path(text)
    if _is_there(whole):
        return (whole,)
    try:
        words = shlex.split(text)
    except ValueError:  # a quote that is not closed: somebody is still typing
        words = [text]
    return tuple(_path(word) for word in words if word)


def completed(text: str) -> tuple[str, tuple[str, ...]]:
    """The line with its last path completed as far as only one thing can be meant, and the
    names that it may still become; none where there is one or nothing.
    """
    if len(text) > _MOST_TYPED:
        return text, ()
    before, last = _last_word(text)
    if last == "~":
        return f"{text}/", ()
    stem, slash, begun = last.rpartition("/")
    folder = _path(stem + slash)
    names = _names(folder, begun)
    if not names:
        return text, ()
    common = os.path.commonprefix(names)  # noqa: RUF071  # of names, not of paths
    if len(names) == 1 and (folder / common).is_dir():
        common += "/"
    more = tuple(names) if len(names) > 1 else ()
    if len(common) <= len(begun):
        return text, more
    return before + _quoted(stem + slash + common), more


def _is_there(path: Path) -> bool:
    try:
        return exists(path)
    except RefusedError:
        return False


def _path(word: str) -> Path:
    if word.startswith("file://"):
        word = unquote(urlsplit(word).path)
    try:
        return Path(word).expanduser()
    except (RuntimeError, ValueError):  # a user nobody knows; signs that no path has
        return Path(word)


def _last_word(text: str) -> tuple[str, str]:
    """What stands before the last path, and that path without its quotes and escapes."""
    for start in range(len(text) + 1):
        if start and not text[start - 1].isspace():
            continue
        try:
            words = shlex.split(text[start:])
        except ValueError:
            continue
        if len(words) <= 1 and not (words and text[-1:].isspace() and text[-2:-1] != "\\"):
            return text[:start], words[0] if words else ""
    return text, ""


def _names(folder: Path, begun: str) -> list[str]:
    """What in the folder begins so; hidden things only where their point is typed."""
    try:
        names = sorted(entry.name for entry in os.scandir(folder))
    except OSError:
        return []
    hidden = begun.startswith(".")
    return [
        name for name in names if name.startswith(begun) and (hidden or not name.startswith("."))
    ]


def _quoted(word: str) -> str:
    """The path with its blanks and quotes escaped, so that “~” still means home."""
    return "".join(f"\\{sign}" if sign in " \t\\'\"" else sign for sign in word)
