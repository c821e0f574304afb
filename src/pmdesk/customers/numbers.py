"""Numbers and days as people write them into the forms of the hierarchy."""

from __future__ import annotations

import re
from datetime import date, timedelta

from pmdesk.dates import read_date, say_date
from pmdesk.errors import RefusedError
from pmdesk.text import clean_line, shorten

_PLAIN = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)
_MINUS = str.maketrans({"−": "-", "–": "-"})
_WEEKS = {"": 1.0, "w": 1.0, "week": 1.0, "weeks": 1.0, "d": 0.2, "day": 0.2, "days": 0.2}
_LONGEST = 40


def read_number(text: str, unit: str = "") -> float:
    """ "9", "-3.5", "3,5", "12,000", "14 %", or with its own unit. RefusedError if it is none."""
    written = clean_line(text).translate(_MINUS)
    if unit and written.casefold().endswith(unit.casefold()):
        written = written[: -len(unit)]
    number = _number(written.rstrip("% "))
    if number is None:
        raise RefusedError(f"{_quoted(text)} is no number; write it like 9, 3.5 or 12,000.")
    return number


def read_share(text: str) -> float:
    """Percent, 0 to 100. RefusedError if it is none."""
    share = read_number(text)
    if not 0 <= share <= 100:
        raise RefusedError(f"{say_number(share)} % is no share: write 0 to 100.")
    return share


def read_weeks(text: str) -> float:
    """Weeks of work: "3", "0.5w", "2 weeks", "3d" (of five to the week). RefusedError if none."""
    written = clean_line(text).casefold()
    number = written.rstrip("abcdefghijklmnopqrstuvwxyz ")
    unit = _WEEKS.get(written[len(number) :].strip())
    count = _number(number)
    if count is None or unit is None:
        raise RefusedError(f"{_quoted(text)} is no effort; write weeks, like 3, 0.5w or 3d.")
    if count <= 0:
        raise RefusedError("An effort is more than nothing; leave it empty where it is unknown.")
    return round(count * unit, 6)


def say_number(number: float) -> str:
    """ "12,000", "3.5"; `read_number` reads it again."""
    said = f"{number:,.6f}".rstrip("0").rstrip(".")
    return "0" if said == "-0" else said


def say_weeks(weeks: float) -> str:
    """ "1 week", "0.6 weeks"."""
    return f"{say_number(weeks)} {'week' if weeks == 1 else 'weeks'}"


def read_past_day(text: str, today: date) -> date:
    """A day that is over, or today: what could be behind or ahead is behind, so that "fri" is
    the latest Friday and "27 nov" the latest of them. RefusedError if it is none."""
    day = read_date(text, today)
    if day <= today:
        return day
    line = clean_line(text)
    for written in (f"last {line}", *(f"{line} {today.year - by}" for by in range(9)),
                    *(f"{line}{today.year - by}" for by in range(9))):  # fmt: skip
        try:
            behind = read_date(written, today)
        except RefusedError:
            continue
        if today - timedelta(days=3700) < behind <= today:
            return behind
    raise RefusedError(f"{say_date(day, today)} is ahead: write a day that has been.")


def _number(text: str) -> float | None:
    """None where it is no number, or a longer one than a person means."""
    written = "".join(text.split()).replace("'", "").replace("’", "")
    sign = written[:1] if written[:1] in "+-" else ""
    digits = written[len(sign) :]
    if _GROUPED.fullmatch(digits):
        digits = digits.replace(",", "")
    elif digits.count(",") == 1 and "." not in digits:
        digits = digits.replace(",", ".")
    if len(digits) > _LONGEST or not _PLAIN.fullmatch(sign + digits):
        return None
    number = float(sign + digits)
    return number if abs(number) < 1e15 else None


def _quoted(text: str) -> str:
    return f"“{shorten(clean_line(text), 40)}”"
