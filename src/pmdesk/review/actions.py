"""What may be asked of the review, and of the desk as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pmdesk.text import clean_line


@dataclass(frozen=True, slots=True)
class LoadDesk:
    """Fill an empty desk with all rows of another, as our own JSON holds them."""

    tables: Mapping[str, Sequence[Mapping[str, str | int | float | None]]]
    origin: str

    def words(self) -> str:
        return f"Load {clean_line(self.origin)}"
