"""The first message of a thread without quoted replies and signature, for the eye.

The original is always kept beside it, and where in doubt a line stays: what looks like a quote
or a signature is cut only in forms that clients write. The patterns of the library are run on
a few short lines each, never on a whole text: some take quadratic time on hostile ones.
"""

from __future__ import annotations

import re
from functools import lru_cache

_LINES_LIMIT = 3000
_WINDOW_LINE = 200
_WINDOWS_LIMIT = 60
_INTRODUCTION = 300
_SIGNED_LINES = 12
"""A signature that is longer may be content, so it stays."""

_LANGUAGES = ("en", "de", "cs", "da", "es", "fr", "it", "ja", "ko", "nl", "pl", "sv", "zh")
_HEADER_LINE = re.compile(r"[>*\s]{0,8}[^\W\d][^:：]{0,24}[:：]")
_BANNER = re.compile(
    r"\s*[-_*]{2,}\s*(?:original message|original-nachricht|ursprüngliche nachricht|message "
    r"d['’]origine|mensaje original|messaggio originale|oprindelig meddelelse|mensagem original)"
    r"\s*[-_*]{2,}\s*$",
    re.I,
)
_WHEN = re.compile(r"\b\d{1,2}[:.]\d\d\b|\b\d{4}\b")
_LIST_FOOTER = re.compile(r"unsubscribe|mailing list|abbestellen|désinscri", re.I)


@lru_cache(maxsize=1)
def _wrote() -> re.Pattern[str]:
    from mailparser_reply.constants import MAIL_LANGUAGES

    found = [MAIL_LANGUAGES[one]["wrote_header"] for one in _LANGUAGES if one in MAIL_LANGUAGES]
    return re.compile("|".join(found), re.I | re.M)


@lru_cache(maxsize=1)
def _forwarded_fields() -> re.Pattern[str]:
    from mailparser_reply.constants import MAIL_LANGUAGES

    found = [MAIL_LANGUAGES[one]["from_header"] for one in _LANGUAGES if one in MAIL_LANGUAGES]
    return re.compile("|".join(found), re.I | re.M)


@lru_cache(maxsize=1)
def _farewell() -> re.Pattern[str]:
    """A line that is nothing but a farewell, or "Sent from my …"."""
    from mailparser_reply.constants import MAIL_LANGUAGES

    words: list[str] = []
    sent: list[str] = []
    for one in _LANGUAGES:
        known = MAIL_LANGUAGES.get(one, {})
        # "/\w+" of the Swedish list would take paths for signatures
        words += [word.rstrip(",") for word in known.get("signatures", []) if "\\w" not in word]
        sent += [known["sent_from"]] if known.get("sent_from") else []
    return re.compile(rf"(?:(?:{'|'.join(words)})\s?[,.!]?|(?:{'|'.join(sent)})\b.{{0,60}})$", re.I)


def trimmed(text: str, is_forward: bool = False) -> str:
    """The text without quotes and signature; all of it where nothing would be left.

    A forwarded mail is the request itself, so with `is_forward` only the signature of a
    plain end goes.
    """
    lines = text.split("\n")
    if len(lines) > _LINES_LIMIT:
        return text
    if not is_forward:
        lines = _without_quotes(lines)
    lines = _without_footer(lines)
    lines = _without_signature(lines)
    return "\n".join(lines).strip("\n") or text


def _without_quotes(lines: list[str]) -> list[str]:
    cut = _cut(lines)
    if cut is None:
        cut = _quote_at_end(lines)
    if cut is None:
        return lines
    start, after, is_quoted = cut
    rest = [line for line in lines[after:] if not line.startswith(">")] if is_quoted else []
    kept = lines[:start] + rest
    return kept if any(line.strip() for line in kept) else lines


def _cut(lines: list[str]) -> tuple[int, int, bool] | None:
    """Where the first quoted mail begins, where its introduction ends, and whether ">" marks it."""
    windows = 0
    for number, line in enumerate(lines):
        if _BANNER.match(line[:_WINDOW_LINE]):
            return number, number + 1, False
        if not line.strip() or windows >= _WINDOWS_LIMIT:
            continue
        if line.rstrip().endswith((":", "：")):
            windows += 1
            if (start := _introduction(lines, number)) is not None:
                following = next((one for one in lines[number + 1 :] if one.strip()), "")
                return start, number + 1, following.startswith(">")
        if _HEADER_LINE.match(line) and _is_field_block(lines, number):
            windows += 1
            if _forwarded_fields().match(_window(lines[number : number + 8])):
                return number, number + 1, False
    return None


def _quote_at_end(lines: list[str]) -> tuple[int, int, bool] | None:
    """Two or more quoted lines with nothing behind them."""
    start = len(lines)
    while start and (not lines[start - 1].strip() or lines[start - 1].startswith(">")):
        start -= 1
    quoted = sum(1 for line in lines[start:] if line.startswith(">"))
    return (start, start, True) if quoted >= 2 else None


def _introduction(lines: list[str], last: int) -> int | None:
    """The first line of "On …, … wrote:" that ends in line `last`; mailers wrap it."""
    for first in range(last, max(-1, last - 3), -1):
        if not lines[first].strip():
            break
        window = " ".join(one.strip() for one in lines[first : last + 1])
        if len(window) < _INTRODUCTION and _wrote().fullmatch(window):
            return first
    # in any language: a time or an address before what is quoted
    following = next((one for one in lines[last + 1 : last + 4] if one.strip()), "")
    if following.startswith(">") and not lines[last].startswith(">"):
        for first in (last, last - 1):
            if first >= 0 and _WHEN.search(lines[first][:_WINDOW_LINE]):
                return first
    return None


def _is_field_block(lines: list[str], first: int) -> bool:
    """Whether three of the next lines look like "From: … Sent: … Subject: …"."""
    if first and lines[first - 1].strip() and not re.match(r"\s*[-_]{5,}\s*$", lines[first - 1]):
        return False
    block = lines[first : first + 4]
    return sum(1 for line in block if _HEADER_LINE.match(line)) >= 3


def _window(lines: list[str]) -> str:
    return "\n".join(re.sub(r"\s{2,}", " ", line[:_WINDOW_LINE]).strip() for line in lines)


def _without_footer(lines: list[str]) -> list[str]:
    """Without what a list's server put below: a rule, then how to unsubscribe."""
    for number in range(max(1, len(lines) - 10), len(lines)):
        if re.match(r"[-_=]{10,}\s*$", lines[number]):
            below = "\n".join(line[:_WINDOW_LINE] for line in lines[number + 1 :])
            if _LIST_FOOTER.search(below):
                return lines[:number] if any(line.strip() for line in lines[:number]) else lines
    return lines


def _without_signature(lines: list[str]) -> list[str]:
    written = len(lines)
    while written and not lines[written - 1].strip():
        written -= 1
    for number in range(max(1, written - _SIGNED_LINES), written):
        line = lines[number].strip()
        if line == "--" or (0 < len(line) <= 80 and _farewell().match(line)):
            kept = lines[:number]
            return kept if any(one.strip() for one in kept) else lines
    return lines
