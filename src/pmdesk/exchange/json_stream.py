"""JSON of any length from outside, value by value, by the standard library's own decoder.

A streaming parser was measured first: its C part fails with a SystemError on a number of 5,000
digits, and gives up a whole array at the first NaN, which other programs do write.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader, TextIOWrapper
from pathlib import Path

from pmdesk.exchange.reading import Progress

LARGEST = 4 * 1024 * 1024
"""Characters of one value; decoded, a hostile one takes some 25 times as many bytes."""

_PIECE = 16 * 1024
_BETWEEN = " \t\r\n,"
_CUT = 16
"""A value that merely goes on in the next piece fails this close to the end of the text."""
_LONGEST = len(str(-(2**63)))


def whole_number(digits: str) -> int | None:
    """The number if 64 bits hold it. Python itself refuses to convert thousands of digits."""
    number = int(digits) if len(digits) <= _LONGEST else None
    return number if number is not None and -(2**63) <= number < 2**63 else None


_DECODER = json.JSONDecoder(parse_int=whole_number, parse_constant=lambda _not_a_number: None)


@dataclass(frozen=True, slots=True)
class Broken:
    """In place of a value that can't be read."""

    reason: str
    final: bool = False
    """Whether nothing after it could be read."""


def json_values(path: Path, progress: Progress) -> Iterator[object]:
    """The elements of arrays and all other values at the top level of the file, in order.

    So an array, several of them, one object, and an object per line are all read. Numbers that
    JSON or 64 bits can't hold are None. Raises OSError, and nothing for content.
    """
    with path.open("rb") as binary:
        encoding = _encoding(binary.read(4))
        binary.seek(0)
        yield from _values(_Text(binary, encoding, progress))


def first_value(head: bytes) -> object:
    """The first value of a file by its beginning; None where it is longer than that."""
    text = head.decode(_encoding(head), errors="replace").lstrip()
    try:
        return _DECODER.raw_decode(text.lstrip("[" + _BETWEEN))[0]
    except (ValueError, RecursionError):
        return None


def _encoding(head: bytes) -> str:
    # Windows shells write UTF-16 when output is sent to a file.
    return "utf-16" if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"


def _values(text: _Text) -> Iterator[object]:
    inside = False
    while sign := text.sign():
        if sign == ("]" if inside else "["):
            inside = not inside
            text.at += 1
            continue
        value = text.value()
        if isinstance(value, Broken) and (inside or not text.to_line_of_object()):
            yield Broken(value.reason, final=True)
            return
        yield value
    if inside:
        yield Broken("the file ends early", final=True)


class _Text:
    """The text from where reading stands; no more of it is held than the value at hand needs."""

    def __init__(self, binary: BufferedReader, encoding: str, progress: Progress) -> None:
        self._binary = binary
        self._file = TextIOWrapper(binary, encoding, errors="replace", newline="\n")
        self._progress = progress
        self._ended = False
        self._held = ""
        self.at = 0

    def sign(self) -> str:
        """The next character that is not between values; empty at the end."""
        while True:
            while self.at < len(self._held):
                if (sign := self._held[self.at]) not in _BETWEEN:
                    return sign
                self.at += 1
            if not self._more():
                return ""

    def value(self) -> object:
        """The value that begins here, or why there is none."""
        while True:
            try:
                value, end = _DECODER.raw_decode(self._held, self.at)
            except json.JSONDecodeError as error:
                reason = f"not valid JSON ({error.msg})"
                if not self._is_cut(error, _CUT):
                    return Broken(reason)
                if self._ended:
                    return Broken("the file ends early" if self._is_cut(error, 0) else reason)
            except RecursionError:
                return Broken("nested too deeply")
            else:
                # A bare number may go on in the next piece.
                if self._ended or end < len(self._held) or isinstance(value, dict | list | str):
                    self.at = end
                    return value
            if len(self._held) - self.at >= LARGEST:
                return Broken(f"longer than {LARGEST // 1024**2} MiB")
            self._more()

    def to_line_of_object(self) -> bool:
        """Go on to the next line that begins with an object; False where there is none."""
        while (line := self._held.find("\n{", self.at)) < 0:
            self.at = max(self.at, len(self._held) - 1)
            if not self._more():
                return False
        self.at = line + 1
        return True

    def _is_cut(self, error: json.JSONDecodeError, short: int) -> bool:
        """Whether the value went wrong by having no end, or within `short` characters of it."""
        at_end = error.pos >= len(self._held.rstrip()) - short
        return at_end or error.msg.startswith("Unterminated string")

    def _more(self) -> bool:
        # As much again as is pending, so that a long value is decoded a few times only.
        pending = len(self._held) - self.at
        piece = self._file.read(max(_PIECE, min(pending, LARGEST - pending)))
        self._held = self._held[self.at :] + piece
        self.at = 0
        self._ended = not piece
        self._progress.told(self._binary.tell())
        return bool(piece)
