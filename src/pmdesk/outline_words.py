"""The words of an outline's line: somebody's text in Markdown, and the details at its end.

    Coverage board across sites (Rota, 6w, committed)

Details stand in the last parenthesis of a line, between commas. A backslash takes from a sign
what it would mean: `\\)` at the end is a parenthesis that belongs to the words. `<br>` is a new
line. Standard library only.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from datetime import date

from pmdesk.copying import escaped
from pmdesk.text import clean, clean_line

_MEANT = re.compile(r"\\([!-/:-@\[-`{-~])|<br\s*/?>", re.IGNORECASE)
_AMONG_DETAILS = re.compile(r"[,()]")
_NO_NAME = re.compile(
    r"candidate|committed|shipped(?:\s.*)?|dropped|active|reached|short|long"
    r"|executive|manager|user|[emu]|S[1-9][0-9]*|(?:solution|s|product|p):.*"
    r"|[+-]?[0-9]+(?:[.,][0-9]+)?\s*(?:w|wks?|weeks?)",
    re.IGNORECASE | re.DOTALL,
)
_PRODUCT = re.compile(r"(?:product|p):\s*(.+)", re.IGNORECASE | re.DOTALL)
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?(?:[eE][+-]?[0-9]+)?")


# Written ------------------------------------------------------------------------------------


def line(text: str, details: Iterable[str] = ()) -> str:
    """A text as it stands in a line, with its details, which are written already."""
    words = text_written(text)
    if said := ", ".join(details):
        return f"{words} ({said})".lstrip()
    return f"{words[:-1]}\\)" if words.endswith(")") else words


def text_written(text: str) -> str:
    """A text as it stands in a line, where no details follow."""
    return escaped(clean(text).strip()).replace("\n", "<br>")


def detail(text: str) -> str:
    """One of the details: a name with commas or parentheses in it stays one."""
    return _AMONG_DETAILS.sub(r"\\\g<0>", text_written(text))


def number(value: float) -> str:
    """The shortest form that is exactly this number."""
    return repr(float(value)).removesuffix(".0")


def is_no_name(piece: str) -> bool:
    """Whether one of the details of a requirement means something else than its product."""
    return bool(_NO_NAME.fullmatch(piece))


# Read ---------------------------------------------------------------------------------------


def meant(text: str) -> str:
    """What was written, without its backslashes."""
    return _MEANT.sub(lambda found: found[1] or "\n", text).strip()


def parted(text: str) -> tuple[str, str | None]:
    """A line's words and what stands in its last parenthesis; None where it ends in none."""
    text = text.rstrip()
    if not text.endswith(")") or _is_escaped(text, len(text) - 1):
        return text, None
    depth = 0
    for place in range(len(text) - 1, -1, -1):
        if text[place] in "()" and not _is_escaped(text, place):
            depth += 1 if text[place] == ")" else -1
            if not depth:
                stands_alone = place == 0 or text[place - 1].isspace()
                inside = text[place + 1 : -1].strip()
                return (text[:place].rstrip(), inside) if stands_alone else (text, None)
    return text, None


def pieces(details: str) -> list[str]:
    """What stands between the commas, as it was written; without what is empty."""
    found, begun = [], 0
    for place, sign in enumerate(details):
        if sign == "," and not _is_escaped(details, place):
            found.append(details[begun:place])
            begun = place + 1
    return [piece.strip() for piece in (*found, details[begun:]) if piece.strip()]


def folded(name: str) -> str:
    """A name that was written, as names are compared."""
    return clean_line(meant(name)).casefold()


def product_among(details: list[str], known: Container[str]) -> tuple[str, list[str]]:
    """The one of a requirement's details that names its product, and the others; `known` are
    folded names. One that nobody knows stands first and means nothing else."""
    for place, piece in enumerate(details):
        rest = details[:place] + details[place + 1 :]
        if found := _PRODUCT.fullmatch(piece):
            return found[1], rest
        if folded(piece) in known or (place == 0 and not is_no_name(piece)):
            return piece, rest
    return "", details


def read_number(text: str) -> tuple[float, str] | None:
    """The number that a text begins with, and what follows it; None where it is none, or a
    longer one than a person means."""
    found = _NUMBER.match(text)
    if found is None:
        return None
    value = float(found.group().replace(",", "."))
    return (value, text[found.end() :].strip()) if abs(value) < 1e15 else None


def read_day(text: str) -> date | None:
    """ "2025-05-12"; None for anything else."""
    try:
        return (
            date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
        )
    except ValueError:
        return None


def _is_escaped(text: str, place: int) -> bool:
    before = place
    while before and text[before - 1] == "\\":
        before -= 1
    return (place - before) % 2 == 1
