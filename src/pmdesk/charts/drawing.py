"""Vector pictures of charts: SVG that stands alone, without script, network or foreign fonts."""

from __future__ import annotations

import re
from typing import Literal
from xml.sax.saxutils import escape, quoteattr
from zlib import crc32

from pmdesk.charts.text import Role, cut, one_line

_FONTS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"

# The colours of the screen's two themes, so that a picture looks like what it was made from.
LIGHT: dict[str, str] = {
    "paper": "#ffffff", "line": "#cfcabf", "plain": "#262a30", "strong": "#14181d",
    "cut": "#ffffff",
    "quiet": "#5c636d", "accent": "#8a5d10", "good": "#2f6f40", "warning": "#96560a",
    "strategic": "#6d4b9c", "tactical": "#9a87b8", "overhead": "#8b9098",
}  # fmt: skip
DARK: dict[str, str] = {
    "paper": "#14171b", "line": "#323944", "plain": "#cfd4db", "strong": "#e6e9ee",
    "cut": "#14171b",
    "quiet": "#98a1ae", "accent": "#d9b571", "good": "#93bd9a", "warning": "#dfa163",
    "strategic": "#b7a0dc", "tactical": "#85799f", "overhead": "#6f7987",
}  # fmt: skip

# One for each place in a stack, so that it can be told apart in black and white:
# full, slanted lines, dots, upright lines.
_HATCHES = (
    None,
    '<path d="M-2,2 l4,-4 M0,8 l8,-8 M6,10 l4,-4" stroke-width="2.5"/>',
    '<circle cx="2" cy="2" r="1.2"/><circle cx="6" cy="6" r="1.2"/>',
    '<path d="M2,0 v8 M6,0 v8" stroke-width="1"/>',
)

_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Drawing:
    """An SVG in the making. What is the same in is the same out, to the byte."""

    def __init__(
        self, width: int, height: float, title: str, words: str, dark: bool, headed: bool = True
    ) -> None:
        self.width = width
        self.height = height
        self._title = title
        self._words = words
        self._colours = DARK if dark else LIGHT
        self._patterns: dict[tuple[Role, int], str] = {}
        self._marks = [
            f'<rect width="{width}" height="{_number(height)}" fill="{self._colours["paper"]}"/>'
        ]
        if headed:
            self.text(16, 26, title, "strong", size=15, room=max(1, width // 9))

    def rect(
        self, x: float, y: float, wide: float, high: float, role: Role, place: int = 0
    ) -> None:
        """A filled area; `place` in a stack chooses its pattern."""
        if wide <= 0 or high <= 0:
            return
        box = f'x="{_number(x)}" y="{_number(y)}" width="{_number(wide)}" height="{_number(high)}"'
        edge = f'stroke="{self._colours[role]}" stroke-width="1"'
        self._marks.append(f'<rect {box} fill="{self._fill(role, place)}" {edge}/>')

    def shade(self, x: float, y: float, wide: float, high: float, role: Role, share: float) -> None:
        """An area with a frame, the darker the larger the share."""
        box = f'x="{_number(x)}" y="{_number(y)}" width="{_number(wide)}" height="{_number(high)}"'
        colour = self._colours[role]
        self._marks.append(
            f'<rect {box} fill="{colour}" fill-opacity="{_number(share * 0.6)}" '
            f'stroke="{self._colours["line"]}" stroke-width="1"/>'
        )

    def line(
        self, x1: float, y1: float, x2: float, y2: float, role: Role | Literal["line", "paper"],
        dash: str = "", wide: float = 1,
    ) -> None:  # fmt: skip
        ends = f'x1="{_number(x1)}" y1="{_number(y1)}" x2="{_number(x2)}" y2="{_number(y2)}"'
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        stroke = f'stroke="{self._colours[role]}" stroke-width="{_number(wide)}"'
        self._marks.append(f"<line {ends} {stroke}{dashed}/>")

    def mark(self, x: float, y1: float, y2: float) -> None:
        """An upright line that shows on a filled area too, also in black and white."""
        self.line(x, y1, x, y2, "paper", wide=5)
        self.line(x, y1, x, y2, "accent", wide=2)

    def text(
        self, x: float, y: float, words: str, role: Role,
        anchor: Literal["start", "middle", "end"] = "start", room: int = 40, size: int = 13,
    ) -> None:  # fmt: skip
        """Words that begin, have their middle or end at x; cut to `room` letters."""
        weight = ' font-weight="600"' if role == "strong" else ""
        place = f'x="{_number(x)}" y="{_number(y)}" font-size="{size}" text-anchor="{anchor}"'
        fill = f'fill="{self._colours[role]}"'
        self._marks.append(f"<text {place} {fill}{weight}>{safe(cut(words, room))}</text>")

    def _fill(self, role: Role, place: int) -> str:
        hatch = _HATCHES[place % len(_HATCHES)]
        if hatch is None:
            return self._colours[role]
        self._patterns[role, place % len(_HATCHES)] = hatch
        return f"url(#@{role}-{place % len(_HATCHES)})"

    def close(self) -> str:
        """The whole file."""
        body = "\n".join((*self._definitions(), *self._marks))
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} '
            f'{_number(self.height)}" width="{self.width}" height="{_number(self.height)}" '
            f'role="img" aria-labelledby="@t @d" font-family={quoteattr(_FONTS)}>'
        )
        told = (
            f'<title id="@t">{safe(self._title)}</title>\n<desc id="@d">{safe(self._words)}</desc>'
        )
        # Several pictures in one page must not share names.
        own = f"c{crc32((told + body).encode('utf-8')):08x}-"
        named = re.sub(r'(id="|labelledby="|url\(#)@', rf"\g<1>{own}", f"{head}\n{told}\n{body}")
        return named.replace(" @d", f" {own}d", 1) + "\n</svg>\n"

    def _definitions(self) -> list[str]:
        if not self._patterns:
            return []
        made = [
            f'<pattern id="@{role}-{place}" width="8" height="8" patternUnits="userSpaceOnUse" '
            f'fill="{self._colours[role]}" stroke="{self._colours[role]}">{hatch}</pattern>'
            for (role, place), hatch in sorted(self._patterns.items())
        ]
        return ["<defs>", *made, "</defs>"]


def safe(words: str) -> str:
    """The words as XML text: nothing of them is markup, nothing is no character of XML."""
    return escape(_NOT_XML.sub("�", one_line(words)))


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"
