"""The last net under all text on the screen: no control character reaches the terminal.

Everything stored has been through `text.clean`; this catches what came another way (a
restored file, a paste). Characters are deleted, since they have no width on the screen.
"""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_DELETED = dict.fromkeys(
    (
        *range(0x20),
        *range(0x7F, 0xA0),
        0x061C,
        *range(0x200E, 0x2010),
        *range(0x2028, 0x202F),
        *range(0x2066, 0x206A),
        0xFEFF,
        *range(0xD800, 0xE000),
    )
)


class Net(LineFilter):
    """Deletes C0, DEL, C1, direction controls and lone surrogates from every line."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [
            segment
            if segment.control or segment.text.isprintable()
            else Segment(segment.text.translate(_DELETED), segment.style)
            for segment in segments
        ]
