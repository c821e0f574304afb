"""What all charts share on a screen of text: spans with a role, widths in cells, figures."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable
from typing import Literal

Role = Literal[
    "plain", "strong", "quiet", "accent", "good", "warning", "strategic", "tactical", "overhead",
    "cut",
]  # fmt: skip
"""What a colour means; a chart can be read without any. “cut” is a line through a column."""

Span = tuple[str, Role]
Line = tuple[Span, ...]

UNKNOWN = "–"
EIGHTHS = " ▁▂▃▄▅▆▇█"

_MOST = 1e15
"""What is larger is no measure of anything here, and adding such floats would give infinity."""


def known(value: float | None) -> float | None:
    """The number; None for what is none: NaN, infinity, beyond all measure."""
    if value is None or not math.isfinite(value) or abs(value) > _MOST:
        return None
    return value + 0.0  # no minus before zero


def figure(value: float | None, decimals: int = 1, unit: str = "") -> str:
    """ "13.0", "38 %"; "–" for the unknown."""
    number = known(value)
    if number is None:
        return UNKNOWN
    if abs(number) >= 1e7:
        said = f"{number:.3g}"
    else:
        said = f"{round(number, decimals) + 0.0:.{decimals}f}"
    return f"{said} {unit}" if unit else said


def percent(share: float | None) -> str:
    """ "38.2 %"; without the decimal where it is whole: "35 %"."""
    number = known(share)
    if number is None:
        return UNKNOWN
    value = round(number * 100, 1)
    return figure(value, 0 if value == int(value) else 1, "%")


def one_line(text: str) -> str:
    """The text with a blank in place of each control character and line end."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        " " if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") else sign for sign in text
    )


def cells(text: str) -> int:
    """How many cells of a terminal the text takes."""
    return len(text) if text.isascii() else sum(_widths(text))


def _widths(text: str) -> Iterable[int]:
    before = 0
    for sign in text:
        if sign == "\ufe0f":  # makes a sign a picture
            yield 1 if before == 1 else 0
            before = 2
            continue
        if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
            yield 0
            continue
        before = 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        yield before


def cut(text: str, width: int) -> str:
    """The text in at most `width` cells, its loss shown by “…”."""
    text = one_line(text)
    if cells(text) <= width:
        return text
    if width < 1:
        return ""
    kept, taken = "", 0
    for sign, wide in zip(text, _widths(text), strict=True):
        if taken + wide > width - 1:
            break
        kept += sign
        taken += wide
    return kept + "…"


def pad(text: str, width: int, right: bool = False) -> str:
    """The text in exactly `width` cells."""
    fitting = cut(text, width)
    blank = " " * (width - cells(fitting))
    return blank + fitting if right else fitting + blank


def line(spans: Iterable[Span], width: int) -> Line:
    """The spans as one line of at most `width` cells; neighbours of one role are joined."""
    joined: list[Span] = []
    for text, role in spans:
        text = cut(text, width)
        width -= cells(text)
        if joined and joined[-1][1] == role:
            joined[-1] = (joined[-1][0] + text, role)
        elif text:
            joined.append((text, role))
    return tuple(joined)


def wrapped(parts: Iterable[tuple[Span, ...]], width: int, between: str = "   ") -> list[Line]:
    """The parts side by side, in as many lines as they need; no part is torn unless too wide."""
    lines: list[Line] = []
    row: list[Span] = []
    taken = 0
    for part in parts:
        wide = sum(cells(text) for text, _ in part)
        if row and taken + len(between) + wide > width:
            lines.append(line(row, width))
            row, taken = [], 0
        if row:
            row.append((between, "plain"))
            taken += len(between)
        row.extend(part)
        taken += wide
    return [*lines, line(row, width)] if row else lines


def plain(lines: Iterable[Line]) -> str:
    """The lines without their roles."""
    return "\n".join("".join(text for text, _ in spans).rstrip() for spans in lines)
