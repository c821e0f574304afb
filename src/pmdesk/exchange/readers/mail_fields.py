"""Who sent a mail and when, from its header fields; never raises for content."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_tz

from pmdesk.exchange.readers.mail_headers import Headers, decoded
from pmdesk.text import clean_line

_ADDRESS_LIMIT = 320
_NAME_LIMIT = 200
_YEARS = range(1971, 2200)
"""Outside of these a date is an accident of the sender's clock."""

_ANCIENT = re.compile(r"(?<![-+\d:])0\d{3}(?![\d:])")
"""The years 1 to 999, which `email` takes for two digits of this century."""

_ZONE_MINUTES = {
    "BST": 60, "CET": 60, "MET": 60, "WEST": 60, "CEST": 120, "MEST": 120, "EET": 120,
    "EEST": 180, "MSK": 180, "JST": 540, "KST": 540, "AEST": 600, "AEDT": 660, "HST": -600,
    "AKST": -540, "AKDT": -480, "NZST": 720, "NZDT": 780,
}  # fmt: skip
"""Zones in use that `email` doesn't know; it would read them as UTC without a word."""


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    """As shown; the address where there is no name."""
    address: str


@dataclass(frozen=True, slots=True)
class Moment:
    """When a mail was sent. `note` says why it is not from the Date field."""

    at: datetime | None
    zone: str = "UTC"
    note: str | None = None


def sender(headers: Headers) -> Person:
    """From the From field, else Sender, else Reply-To."""
    best = Person("", "")
    for field in ("from", "sender", "reply-to"):
        person = _first_person(headers.get(field))
        if not best.name or (person.address and not best.address):
            name = best.name or person.name
            best = Person(name, person.address)
        if best.address:
            break
    return best


class _Scan:
    """The first address of a field, read once from left to right."""

    def __init__(self) -> None:
        self.phrase: list[str] = []
        self.comment: list[str] = []
        self.angle: list[str] | None = None
        self.depth = 0
        self.in_quotes = self.in_angle = False

    def take(self, sign: str) -> None:
        if self.in_quotes:
            self.in_quotes = sign != '"'
            if self.in_quotes:
                self.phrase.append(sign)
        elif self.depth:
            self.depth += {"(": 1, ")": -1}.get(sign, 0)
            if self.depth:
                self.comment.append(sign)
        elif self.in_angle:
            self.in_angle = sign != ">"
            if self.in_angle and self.angle is not None:
                self.angle.append(sign)
        elif sign == '"':
            self.in_quotes = True
        elif sign == "(":
            self.depth = 1
        elif sign == "<" and self.angle is None:
            self.in_angle, self.angle = True, []
        else:
            self.phrase.append(sign)

    def ends_at(self, sign: str) -> bool:
        """A comma ends the first address, but not "Last, First <…>"."""
        free = not (self.in_quotes or self.depth or self.in_angle)
        return free and sign in ",;" and (self.angle is not None or "@" in self.phrase)


def _first_person(value: str) -> Person:
    scan = _Scan()
    signs = iter(value)
    for sign in signs:
        if scan.ends_at(sign):
            break
        if sign == "\\":
            (scan.comment if scan.depth else scan.phrase).append(next(signs, ""))
        else:
            scan.take(sign)
    phrase, comment = decoded("".join(scan.phrase)), decoded("".join(scan.comment))
    address = clean_line("".join(scan.angle or ())).replace(" ", "")
    if "@" not in address and "@" in phrase and " " not in phrase:
        phrase, address = "", phrase
    if "@" not in address:
        address = ""
    name = phrase.strip("':; ") or comment or address
    return Person(name[:_NAME_LIMIT], address.strip("<>,;")[:_ADDRESS_LIMIT])


def moment(headers: Headers, from_line: bytes) -> Moment:
    """From the Date field, else the newest Received field, else the From_ line of an mbox."""
    written = headers.get("date")
    found = _read(written)
    if found:
        return found
    missing = "no readable date" if not _parsed(written) else "a date that can't be right"
    for received in headers.all("received"):
        if found := _read(received.rpartition(";")[2]):
            note = f"The mail has {missing}; the time is from its Received line."
            return Moment(found.at, found.zone, note)
    if found := _of_from_line(from_line):
        return Moment(
            found.at, found.zone, f"The mail has {missing}; the time is from its From_ line."
        )
    return Moment(None, note=f"The mail has {missing}.")


def _of_from_line(line: bytes) -> Moment | None:
    match = re.search(rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b.{8,60}$", line[-80:])
    return _read(match[0].decode("latin-1")) if match else None


_Parsed = tuple[int, int, int, int, int, int, int, int, int, int | None]


def _parsed(text: str) -> _Parsed | None:
    if not text or len(text) > 200:
        return None
    try:
        # a comment in it says the zone's name again
        return parsedate_tz(re.sub(r"\([^()]*\)?", " ", text))
    except (ValueError, IndexError, OverflowError, TypeError):
        return None


def _read(text: str) -> Moment | None:
    parts = _parsed(text)
    if not parts or parts[0] not in _YEARS or _ANCIENT.search(text):
        return None
    seconds = parts[9]
    if not seconds:
        words = re.findall(r"[A-Z]{3,4}", text)
        seconds = _ZONE_MINUTES.get(words[-1], 0) * 60 if words else 0
    if abs(seconds) > 18 * 3600:
        return None
    try:
        local = datetime(*parts[:5], min(parts[5], 59), tzinfo=UTC)
        at = local - timedelta(seconds=seconds)
    except (ValueError, OverflowError):
        return None
    sign, minutes = "-" if seconds < 0 else "+", abs(seconds) // 60
    zone = f"{sign}{minutes // 60:02}:{minutes % 60:02}" if minutes else "UTC"
    return Moment(at, zone)
