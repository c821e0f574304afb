"""Untrusted text made safe, once, where it enters: import, command line, paste, editor.

After `clean` a text holds no control character but the line feed and the tab, so it can
neither steer a terminal nor hide its direction, and it can be stored as UTF-8.
"""

from unicodedata import category, normalize

_PICTURES = {code: chr(0x2400 + code) for code in range(0x20) if code not in (0x09, 0x0A)}
_PICTURES[0x7F] = "␡"
_REPLACED = (
    *range(0x80, 0xA0),  # C1
    0x061C,
    *range(0x200E, 0x2010),  # direction marks
    0x2028,
    0x2029,
    *range(0x202A, 0x202F),  # direction overrides
    *range(0x2066, 0x206A),  # direction isolates
    0xFEFF,
    *range(0xD800, 0xE000),  # lone surrogates can't be stored
)
_TABLE: dict[int, str] = {**_PICTURES, **dict.fromkeys(_REPLACED, "�")}

_ZERO_WIDTH = dict.fromkeys((0x200B, 0x2060, 0x180E, 0x00AD))
_BLANK = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp", "Mn", "Me"})
_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def clean(text: str) -> str:
    """The text as it may be stored and shown: LF line ends, NFC, no control characters."""
    if text.isascii() and text.isprintable():
        return text
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return normalize("NFC", unified.translate(_TABLE))


def clean_line(text: str) -> str:
    """`clean` for a single line: white space folded to one blank, ends trimmed.

    Zero-width characters go, so that two titles that look the same are the same.
    """
    return " ".join(clean(text).translate(_ZERO_WIDTH).split())


def is_blank(text: str) -> bool:
    """Whether nothing of it can be seen: white space, joiners, marks without a letter."""
    return all(sign in _BLANK_LETTERS or category(sign) in _BLANK for sign in text)


def shorten(line: str, width: int = 48) -> str:
    """The line if it has at most `width` characters, else its beginning and “…”."""
    return line if len(line) <= width else line[: width - 1].rstrip() + "…"
