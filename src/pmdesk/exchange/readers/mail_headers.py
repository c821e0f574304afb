"""The header of a mail, read field by field with limits; never raises for content.

The parsers of the standard library take seconds and gigabytes for some headers (the modern
policy) or recurse (addresses), so the few fields that are needed are read here.
"""

from __future__ import annotations

import re
from binascii import Error as BadEncoding
from binascii import a2b_base64, a2b_qp
from codecs import lookup
from functools import lru_cache
from urllib.parse import unquote_to_bytes

from pmdesk.text import clean_line

FIELD_LIMIT = 4 * 1024
_LONG_FIELDS = {"references": 16 * 1024}
_BLOCK_LIMIT = 2 * 1024 * 1024
"""Bytes scanned for fields; only the needed ones are kept, each up to its limit."""

# fmt: off
_NEEDED = frozenset((
    "from", "sender", "reply-to", "subject", "date", "received", "message-id", "in-reply-to",
    "references", "return-path", "content-type", "content-transfer-encoding",
    "content-disposition", "auto-submitted", "precedence", "list-id", "list-post",
    "list-unsubscribe",
    "x-autoreply", "x-autorespond", "x-mailer", "x-mc-user", "x-campaign", "x-campaignid",
    "x-roving-id", "x-failed-recipients",
))
# fmt: on
_REPEATED = frozenset(["received"])
_NAME = re.compile(rb"([!-9;-~]{1,76})[ \t]*:")
_USUAL = re.compile(
    rb"(?:from|to|cc|date|subject|received|message-id|mime-version|content-[a-z-]{1,30}"
    rb"|reply-to|sender|x-[a-z0-9-]{1,60})[ \t]*:",
    re.I,
)
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_BLANK = re.compile(rb"\n\r?\n")
_PARAMETER = re.compile(r';\s*([^\s=;"]{1,60})\s*=\s*("(?:[^"\\]|\\.)*"|[^;]*)')
_IDENTIFIER = re.compile(r"<([^<>]{1,2000})>")
_BETTER = {
    "iso8859-1": "cp1252", "latin-1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030",
    "shift_jis": "cp932", "euc_kr": "cp949", "iso2022_jp": "iso2022_jp_ext",
}  # fmt: skip
"""What senders mean by a charset's name; each is a superset."""
_NOT_FOR_TEXT = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "ascii"}


class Headers:
    """The needed fields of one header: unfolded, not yet decoded from encoded words."""

    def __init__(self) -> None:
        self._values: dict[str, list[str]] = {}
        self.count = 0
        """Of all fields, the ones not kept included."""

    def keep(self, name: str, value: bytes) -> None:
        if name not in _NEEDED:
            return
        values = self._values.setdefault(name, [])
        if not values or (name in _REPEATED and len(values) < 10):
            values.append(in_charset(value, "").strip())

    def get(self, name: str) -> str:
        """The first field of the name; "" where there is none."""
        return self.all(name)[0] if name in self._values else ""

    def all(self, name: str) -> list[str]:
        return self._values.get(name, [])

    def has(self, name: str) -> bool:
        return name in self._values


def read_headers(raw: bytes, start: int = 0, end: int | None = None) -> tuple[Headers, int]:
    """The header that begins at `start`, and where the body begins."""
    end = len(raw) if end is None else end
    headers = Headers()
    name, kept, room = "", b"", 0
    at = start
    while at < end and at - start <= _BLOCK_LIMIT:
        line_end = raw.find(b"\n", at, end)
        next_at = end if line_end < 0 else line_end + 1
        match = _NAME.match(raw, at, min(next_at, at + 100))
        if match:
            headers.keep(name, kept)
            headers.count += 1
            name = match[1].decode("ascii").lower()
            room = _LONG_FIELDS.get(name, FIELD_LIMIT) if name in _NEEDED else 0
            kept = raw[match.end() : min(next_at, match.end() + room)].strip()
            room -= len(kept)
        elif _ends_header(raw, at, next_at, at == start):
            break
        elif room > 0:
            piece = raw[at : min(next_at, at + room)].strip()
            kept += b" " + piece
            room -= len(piece) + 1
        at = next_at
    headers.keep(name, kept)
    if at - start > _BLOCK_LIMIT:
        blank = _BLANK.search(raw, at, end)
        return headers, blank.end() if blank else end
    return headers, at + _line_end_length(raw, at)


def _ends_header(raw: bytes, at: int, next_at: int, is_first: bool) -> bool:
    """Whether a line that begins no field is the end of the header, or of its fields' text.

    Some senders break a field without indenting, or into a line of blanks: such a line is
    followed by a field.
    """
    if _line_end_length(raw, at):
        return True
    is_blank = next_at - at <= 80 and not raw[at:next_at].strip()
    if raw[at] in b" \t" and not is_blank and not is_first:
        return False
    if raw.startswith((b"From ", b">From "), at):
        return False
    return _USUAL.match(raw, next_at, next_at + 100) is None


def _line_end_length(raw: bytes, at: int) -> int:
    """2 or 1 where an empty line stands, else 0."""
    return 2 if raw.startswith(b"\r\n", at) else int(raw.startswith(b"\n", at))


@lru_cache(maxsize=256)
def codec(charset: str) -> str | None:
    """The Python codec that reads what senders call `charset`; None where there is none."""
    wanted = charset.strip().strip("\"'").split("*")[0]
    if not re.fullmatch(r"[A-Za-z0-9_.:+-]{1,40}", wanted):
        return None
    try:
        found = lookup(wanted)
    except (LookupError, ValueError, ImportError):
        return None
    if not getattr(found, "_is_text_encoding", True) or found.name in _NOT_FOR_TEXT:
        return None
    return _BETTER.get(found.name, found.name)


def in_charset(data: bytes, charset: str) -> str:
    """The bytes as text: in the charset, else UTF-8, else as Windows would read them."""
    named = codec(charset)
    for name in (named, None if named and data.isascii() else "utf-8"):
        try:
            if name:
                return data.decode(name)
        except (UnicodeError, LookupError, ValueError):
            continue
    try:
        return data.decode(named or "cp1252", "replace" if named else "strict")
    except (UnicodeError, LookupError, ValueError):
        return data.decode("latin-1")


def decoded(value: str) -> str:
    """A field with its encoded words decoded; a word that can't be is left as it stands."""
    if "=?" not in value:
        return clean_line(value)
    out: list[str] = []
    waiting, charset = b"", ""  # words of one charset that touch may share a character
    at = 0
    for match in _WORD.finditer(value):
        between = value[at : match.start()]
        data = _word_bytes(match[2], match[3])
        at = match.end()
        known = data is not None and codec(match[1]) is not None
        touching = not between.strip() and bool(waiting)
        if not (touching and known and match[1].lower() == charset):
            out.append(in_charset(waiting, charset))
            waiting = b""
            out.append("" if touching and known else between)
        if data is None or not known:
            out.append(match[0])
        else:
            waiting, charset = waiting + data, match[1].lower()
    out.append(in_charset(waiting, charset))
    return clean_line("".join(out) + value[at:])


def _word_bytes(encoding: str, text: str) -> bytes | None:
    raw = text.encode("utf-8", "replace")
    if encoding in "qQ":
        return a2b_qp(raw, header=True)
    try:
        return a2b_base64(raw + b"===")
    except BadEncoding:
        return None


def identifiers(value: str) -> tuple[str, ...]:
    """The message ids in a field, without brackets, in order.

    What stands without brackets is none: some mailers put a person's address there, which
    would join everything that was answered to that person.
    """
    found = (clean_line(one).replace(" ", "") for one in _IDENTIFIER.findall(value))
    return tuple(dict.fromkeys(one for one in found if one))


def own_identifier(value: str) -> str:
    """The id in a Message-ID field, with or without brackets; "" where there is none."""
    bracketed = identifiers(value)
    return bracketed[0] if bracketed else clean_line(value).replace(" ", "").strip("<>")


def parameters(value: str) -> dict[str, str]:
    """The parameters of a Content- field by lower-case name, RFC 2231 pieces joined."""
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[bool, str]]] = {}
    for match in _PARAMETER.finditer(value):
        name, text = match[1].lower(), match[2].strip()
        if text.startswith('"'):
            text = re.sub(r'\\(["\\])', r"\1", text[1:-1])
        base, star, rest = name.partition("*")
        if not star:
            plain.setdefault(name, text)
            continue
        number = rest.rstrip("*")
        if number == "" or (number.isascii() and number.isdigit() and len(number) < 4):
            pieces.setdefault(base, {})[int(number or 0)] = (name.endswith("*"), text)
    for base, found in pieces.items():
        plain[base] = _joined(found)
    return plain


def _joined(pieces: dict[int, tuple[bool, str]]) -> str:
    data, charset = b"", "utf-8"
    for place, (number, (is_coded, text)) in enumerate(sorted(pieces.items())):
        if is_coded and place == 0 and number == 0 and text.count("'") >= 2:
            charset, _, text = text.split("'", 2)
        data += unquote_to_bytes(text) if is_coded else text.encode("utf-8", "replace")
    return in_charset(data, charset or "utf-8")
