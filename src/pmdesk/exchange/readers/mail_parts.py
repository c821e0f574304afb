"""The parts of a mail found in its bytes: a walk with limits on depth and number.

Parts are places in the bytes, so nothing is copied or decoded that is not shown.
"""

from __future__ import annotations

import re
from binascii import Error as BadEncoding
from binascii import a2b_base64, a2b_qp, a2b_uu
from collections.abc import Iterator
from dataclasses import dataclass, field

from pmdesk.exchange.readers.mail_headers import (
    Headers,
    decoded,
    in_charset,
    parameters,
    read_headers,
)
from pmdesk.text import clean_line

MAX_DEPTH = 12
MAX_PARTS = 400
MAX_TRIES = 20_000
"""How often a boundary is looked for; most finds are none in a mail made to cost time."""
TEXT_LIMIT = 1024 * 1024
"""Bytes of one part that are decoded to text."""
MAX_ATTACHMENTS = 100

_BOUNDARY_LINE = re.compile(rb"^--(\S{1,200})[ \t]*\r?\nContent-", re.M | re.I)
_META_CHARSET = re.compile(rb"<meta\b[^<>]{0,200}charset=[\"']?([A-Za-z0-9_-]{1,40})", re.I)
_TYPE = re.compile(r"\s*([a-z0-9.+_-]{1,60}/[a-z0-9.+_-]{1,100})", re.I)


@dataclass(slots=True)
class Part:
    """A part of a mail: a leaf, or a multipart with its children."""

    headers: Headers
    kind: str
    """The content type, lower-case; what the bytes look like where the header is wrong."""
    start: int
    end: int
    parameters: dict[str, str] = field(default_factory=dict)
    children: list[Part] = field(default_factory=list)
    too_deep: bool = False
    is_message: bool = False
    """The only child of a message/rfc822 part: its header is shown too."""


class Parts:
    """The tree of parts of one message."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.left_out = False
        """Whether there were more parts than are looked at."""
        self._count = 0
        self.root = self._part(0, len(raw), 0)

    def _part(self, start: int, end: int, depth: int, default: str = "text/plain") -> Part:
        self._count += 1
        headers, body = read_headers(self.raw, start, end)
        kind = content_type(headers) or default
        part = Part(headers, kind, body, end, parameters(headers.get("content-type")))
        is_branch = part.kind.startswith("multipart/") or part.kind == "message/rfc822"
        if is_branch and depth >= MAX_DEPTH:
            self.left_out = part.too_deep = True
            return part
        if part.kind == "message/rfc822":
            child = self._part(body, end, depth + 1)
            child.is_message = True
            part.children.append(child)
        elif part.kind.startswith("multipart/"):
            self._divide(part, depth)
        return part

    def _divide(self, part: Part, depth: int) -> None:
        inner = "message/rfc822" if part.kind == "multipart/digest" else "text/plain"
        given = part.parameters.get("boundary", "").rstrip().encode("utf-8", "replace")
        for boundary in (given, self._written_boundary(part)):
            if boundary and not part.children:
                for place in self._between(boundary, part.start, part.end):
                    part.children.append(self._part(*place, depth + 1, inner))
        if not part.children:
            part.kind = self._looks_like(part)

    def _written_boundary(self, part: Part) -> bytes:
        """The boundary that stands in the bytes, where the header names another or none."""
        match = _BOUNDARY_LINE.search(self.raw, part.start, min(part.end, part.start + 4000))
        return match[1] if match else b""

    def _between(self, boundary: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
        mark = b"--" + boundary
        begin: int | None = None
        at = start
        for _ in range(MAX_TRIES):
            found = self.raw.find(mark, at, end)
            if found < 0:
                break
            at = found + len(mark)
            line_end = self.raw.find(b"\n", at, end)
            next_line = end if line_end < 0 else line_end + 1
            rest = self.raw[at : min(next_line, at + 80)].strip()
            if (found > start and self.raw[found - 1] not in b"\n") or rest not in (b"", b"--"):
                continue
            if begin is not None:
                yield begin, max(begin, found - 1)
            if rest == b"--" or self._count >= MAX_PARTS:
                self.left_out = self.left_out or rest != b"--"
                return
            begin = at = next_line
        if begin is not None:
            yield begin, end

    def _looks_like(self, part: Part) -> str:
        """The type of a multipart that has no parts: the text in it, as some spam is written."""
        head = self.raw[part.start : min(part.end, part.start + 2000)].lower()
        return "text/html" if re.search(rb"<(?:html|body|div|table|p)\b", head) else "text/plain"

    def text(self, part: Part) -> tuple[str, bool]:
        """The text of a leaf, and whether it was cut."""
        encoding = part.headers.get("content-transfer-encoding").lower()
        # base64 and quoted-printable are longer than what they say
        room = TEXT_LIMIT if encoding in ("", "7bit", "8bit", "binary") else 2 * TEXT_LIMIT
        data = transfer_decoded(self.raw[part.start : min(part.end, part.start + room)], encoding)
        cut = part.end - part.start > room or len(data) > TEXT_LIMIT
        charset = part.parameters.get("charset", "")
        if not charset and part.kind == "text/html":
            match = _META_CHARSET.search(data, 0, 4000)
            charset = match[1].decode("ascii") if match else ""
        return in_charset(data[:TEXT_LIMIT], charset), cut


def content_type(headers: Headers) -> str:
    """The type that a header names, lower-case; "" where it names none."""
    match = _TYPE.match(headers.get("content-type"))
    return match[1].lower() if match else ""


def transfer_decoded(data: bytes, encoding: str) -> bytes:
    """The bytes behind a transfer encoding; as they stand where they are not in it."""
    encoding = encoding.split(";")[0].strip()
    if encoding == "quoted-printable":
        return a2b_qp(data)
    if encoding == "base64":
        solid = re.sub(rb"\s+", b"", data)
        letters = len(re.sub(rb"[^A-Za-z0-9+/=]+", b"", solid))
        if letters < 0.95 * len(solid):
            return data
        try:
            return a2b_base64(solid + b"===")
        except BadEncoding:
            # one letter too many, as where a line was lost
            whole = re.sub(rb"[^A-Za-z0-9+/]", b"", solid)
            return a2b_base64(whole[: len(whole) // 4 * 4])
    if encoding in ("x-uuencode", "uuencode", "uue", "x-uue"):
        return _uu_decoded(data)
    return data


def _uu_decoded(data: bytes) -> bytes:
    lines = data.splitlines()
    begin = next((n for n, line in enumerate(lines) if re.match(rb"begin [0-7]{3}", line)), None)
    if begin is None:
        return data
    out: list[bytes] = []
    for line in lines[begin + 1 :]:
        if line.strip() == b"end":
            break
        try:
            out.append(a2b_uu(line))
        except BadEncoding:
            length = (((line[0] - 32) & 63) * 4 + 5) // 3 if line else 0
            try:
                out.append(a2b_uu(line[:length]))
            except BadEncoding:
                continue
    return b"".join(out)


def file_name(part: Part) -> str:
    """The name of an attached file without any folder; "" where it has none."""
    given = parameters(part.headers.get("content-disposition")).get("filename", "")
    name = decoded(given or part.parameters.get("name", ""))
    base = clean_line(re.split(r"[/\\]", name)[-1])[-120:]
    return "" if not base.strip(". ") else base


def is_attached(part: Part) -> bool:
    """Whether a leaf is a file rather than text of the mail."""
    if part.headers.get("content-disposition").lower().startswith("attachment"):
        return True
    if part.kind == "text/html":
        return bool(file_name(part))
    return part.kind not in ("text/plain", "message/delivery-status")
