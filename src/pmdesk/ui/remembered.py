"""What the screen remembers of how it was arranged. Nothing hangs on it: a file that can't be
read or written costs the arrangement and no more."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from pmdesk import config
from pmdesk.ui.room import USUAL, Shares


class Remembered:
    """One small file in the folder of the default desk, for all desks."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file or Path(config.data_folder(), "screen.json")
        self._kept = self._read()
        self._new: dict[str, object] = {}

    @property
    def shares(self) -> Shares:
        """The widths of the panes against one another."""
        match self._kept.get("shares"):
            case [float() | int() as a, float() | int() as b, float() | int() as c]:
                if all(0.05 <= one <= 20 for one in (a, b, c)):  # no NaN either
                    return (float(a), float(b), float(c))
        return USUAL

    @property
    def theme(self) -> str | None:
        """The one chosen last."""
        theme = self._kept.get("theme")
        return theme if isinstance(theme, str) else None

    def keep(self, **values: object) -> None:
        """From now on it is so; `write` puts it into the file."""
        self._new |= values
        self._kept = {**self._kept, **values}

    def write(self) -> None:
        """When the workspace is left: what changed, beside what others may have written."""
        if not self._new:
            return
        self._kept = {**self._read(), **self._new}
        with suppress(OSError):
            config.private_folder(self._file.parent)
            config.write_private(self._file, json.dumps(self._kept, indent=1).encode())

    def _read(self) -> Mapping[str, object]:
        try:
            found = json.loads(self._file.read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}
