"""Where a text lies while it is open in an editor, and what an editor left that ended badly.

Each has a folder of its own, `editor-…` among the drafts of the desk, with a note beside the
text that says which draft it is of. The folder is locked for as long as pmdesk or the editor
lives; one that nobody holds any more is taken in by the next pmdesk. A folder without a note
has been named to the person, and is theirs.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from pmdesk import config
from pmdesk.drafts import Draft, Drafts, as_json, draft_of, is_name
from pmdesk.errors import RefusedError
from pmdesk.text import clean, clean_line

MOST = 100_000
"""Characters of a text written by hand; a field of more answers too slowly."""
MOST_BYTES = 4 * MOST
_PREFIX, _TEXT, _NOTE = "editor-", "text.md", "draft.json"


@dataclass(frozen=True, slots=True)
class Note:
    """What a text is written for."""

    draft: Draft
    """With what all fields hold as the editor opens."""
    field: str
    """The one that the text is of."""


class EditorFolder:
    """The folder of one text; 0700."""

    def __init__(self, within: Path | None, note: Note | None) -> None:
        """`within` the folder of the drafts, or where temporary files are. RefusedError."""
        self.lock: int
        """To be inherited by the editor, so that the folder is held until both have ended."""
        for place, said in ((within, note), (None, None)):
            with suppress(OSError):
                self.path = _new_folder(place, said)
                self.lock = _lock(self.path)
                return
        raise RefusedError("The text can't be given to an editor: no folder for it can be made.")

    @property
    def text(self) -> Path:
        return self.path / _TEXT

    def put(self, text: str) -> None:
        """Writes what the editor is to open. RefusedError."""
        try:
            handle = os.open(self.text, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
                out.write(clean(text))
                if text and not text.endswith("\n"):
                    out.write("\n")
        except OSError as error:
            raise RefusedError(f"The text can't be given to an editor: {error.strerror}.") from None

    def throw_away(self) -> None:
        """No editor has seen it."""
        shutil.rmtree(self.path, ignore_errors=True)

    def clear(self) -> str:
        """The text is safe elsewhere. Returns where the editor left more, in a sentence."""
        return _cleared(self.path)

    def is_named(self) -> None:
        """The person knows of it: it is theirs."""
        _forget(self.path)

    def let_go(self) -> None:
        """From now on anybody may take it in."""
        os.close(self.lock)


def written(file: Path) -> bytes:
    """By its path, since editors save by renaming; a plain file only. OSError."""
    handle = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(handle, "rb") as stream:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError
        os.fchmod(handle, 0o600)  # a new file by the editor has the mode it likes
        return stream.read(MOST_BYTES)


def as_text(data: bytes, before: str) -> str | None:
    """What an editor made of the text; None where it is no UTF-8."""
    try:
        text = clean(data.decode("utf-8")).removesuffix("\n")
    except UnicodeDecodeError:
        return None
    return text + "\n" if before.endswith("\n") and text else text


def too_long(data: bytes, text: str) -> bool:
    """Whether a field can't hold all of it."""
    return len(data) >= MOST_BYTES or len(text) > MOST


# What was left -------------------------------------------------------------------------------


def left_in(drafts: Path) -> Iterator[Path]:
    """The folders that no editor holds any more; their texts may be needed."""
    with suppress(OSError):
        for folder in sorted(drafts.glob(f"{_PREFIX}*")):
            with suppress(OSError):
                os.close(_lock(folder))
                yield folder


def take_in(drafts: Drafts) -> list[str]:
    """Makes drafts of what editors saved whose pmdesk had ended before them. Returns what
    can't be taken in and where it is, in sentences; each is said only once."""
    said: list[str] = []
    with suppress(OSError):
        for folder in sorted(drafts.folder.glob(f"{_PREFIX}*")):
            with suppress(OSError):  # held by a living editor, or gone; or a full disk
                lock = _lock(folder)
                try:
                    said.append(_taken_in(drafts, folder))
                finally:
                    os.close(lock)
    return [one for one in said if one]


def _taken_in(drafts: Drafts, folder: Path) -> str:
    if not (folder / _NOTE).exists():
        with suppress(OSError):
            folder.rmdir()  # only where nothing is left in it
        return ""
    why = _made_a_draft(drafts, folder)
    if not why:
        return _cleared(folder)
    _forget(folder)
    return f"A text from your editor can't be taken in ({why}): it is kept in {folder / _TEXT}."


def _made_a_draft(drafts: Drafts, folder: Path) -> str:
    """Why it could not be; "" where nothing was written that the draft doesn't hold."""
    file = folder / _TEXT
    try:
        data = written(file)
        at = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    except FileNotFoundError:
        return ""
    except OSError:
        return "it is no plain file"
    note = _note(folder)
    if note is None:
        return "it is not known what it was written for"
    before = note.draft.values.get(note.field, "")
    text = as_text(data, before)
    if text is None:
        return "it is no UTF-8"
    if too_long(data, text):
        return f"it has more than {MOST:,} characters"
    if data and text != clean(before):
        values = {**note.draft.values, note.field: text}
        newer = replace(note.draft, name=drafts.new_name(), values=values, written_at=at)
        drafts.write(newer)
        if note.draft.name:
            drafts.remove(note.draft.name)  # the older value
    return ""


def _cleared(folder: Path) -> str:
    """Deletes what is safe elsewhere; where the editor left more than that, nothing."""
    names = sorted(one.name for one in folder.iterdir())
    backups = [one for one in names if one.endswith("~")]  # of what it was given
    more = [one for one in names if one not in (_TEXT, _NOTE, *backups)]
    if not more:
        shutil.rmtree(folder)
        return ""
    _forget(folder)
    return f"The editor may have kept more than it saved, see {folder / clean_line(more[0])}."


# The note ------------------------------------------------------------------------------------


def _new_folder(within: Path | None, note: Note | None) -> Path:
    if within is not None:
        config.private_folder(within)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=within))  # 0700 by itself
    if note is not None:
        said = {**as_json(note.draft), "name": note.draft.name, "field": note.field}
        try:
            data = json.dumps(said, ensure_ascii=False).encode("utf-8", "replace")
            config.write_private(folder / _NOTE, data)
        except OSError:
            folder.rmdir()
            raise
    return folder


def _lock(folder: Path) -> int:
    """OSError where another holds it, or it is no folder."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise
    except OSError:
        pass  # a disk without locks: it is then taken in too early
    return handle


def _note(folder: Path) -> Note | None:
    try:
        said: Mapping[str, object] = json.loads((folder / _NOTE).read_bytes())
        name, field = said["name"], said["field"]
        draft = draft_of(str(name) if is_name(str(name)) else "", said)
    except (OSError, ValueError, TypeError, AttributeError, LookupError, RecursionError):
        return None
    return Note(draft, clean(str(field)))


def _forget(folder: Path) -> None:
    with suppress(OSError):
        (folder / _NOTE).unlink(missing_ok=True)
