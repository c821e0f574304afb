"""Dates, weeks and spans as people write them; one grammar for the whole program.

What a date may be, upper or lower case, seen from a day called today:

    today tomorrow yesterday
    fri, friday            the coming Friday, never today itself
    next fri, last fri     the Friday of next week; the latest Friday before today
    3d +3d 2w +1m 1y -2d   so many days, weeks, months, years from today
    eow eom eoq eoy        the coming Friday or today; the last day of month, quarter, year
    q1 q2 q3 q4            the last day of that quarter, the coming one
    27 nov, nov 27, 27.11. the coming one or today; with a year after it, that one
    2026-11-27, 2025-W24-5 an ISO date; 2025-W24 is the Monday of that week

Whatever reads a date shows it again with `say_date`, so that a misunderstanding is seen.
`pmdesk add` imports this module, so `re` and `calendar` are not used.
"""

from datetime import date, timedelta

from pmdesk.errors import RefusedError

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july",
    "august", "september", "october", "november", "december",
)  # fmt: skip
_NEAR = {"today": 0, "tomorrow": 1, "yesterday": -1}
LONGEST_SPAN = 60_000  # minutes: more is a slip of the finger


def read_date(text: str, today: date) -> date:
    """The day that `text` means, seen from `today`. RefusedError if it means none."""
    words = text.lower().split()
    try:
        found = _read_words(words, today) if len(text) <= 40 else None
    except (ValueError, OverflowError):  # the 31st of June, the year 10000
        found = None
    if found is None:
        raise RefusedError(
            f"{_quoted(text)} is no date; write today, fri, next fri, +3d, 2w, eow, eom, q1, "
            "27 nov, 2026-11-27 or 2026-W48."
        )
    return found


def say_date(day: date, today: date) -> str:
    """ "Fri 27 Nov", and the year where it is not this one: "Fri 27 Nov 2026"."""
    said = f"{DAYS[day.weekday()][:3].title()} {day.day} {MONTHS[day.month - 1][:3].title()}"
    return said if day.year == today.year else f"{said} {day.year}"


def _read_words(words: list[str], today: date) -> date | None:
    match words:
        case [word]:
            return _read_word(word, today)
        case ["next" | "last" as which, name] if (day := _index(name, DAYS)) is not None:
            monday = today - timedelta(days=today.weekday())
            if which == "next":
                return monday + timedelta(days=7 + day)
            return today - timedelta(days=(today.weekday() - day - 1) % 7 + 1)
        case ["next" | "last" as which, "week"]:
            return today + timedelta(days=7 if which == "next" else -7)
        case [_, _] | [_, _, _]:
            return _read_month_name(words, today)
    return None


def _read_word(word: str, today: date) -> date | None:
    if word in _NEAR:
        return today + timedelta(days=_NEAR[word])
    day = _index(word, DAYS)
    if day is not None:
        return today + timedelta(days=(day - today.weekday() - 1) % 7 + 1)
    return (
        _read_end(word, today)
        or _read_step(word, today)
        or _read_iso(word)
        or _read_dotted(word, today)
        or _read_month_name(_split_digits(word), today)
    )


def _read_end(word: str, today: date) -> date | None:
    """eow, eom, eoq, eoy and q1 to q4."""
    match word:
        case "eow":
            return today + timedelta(days=(4 - today.weekday()) % 7)
        case "eom":
            return _month_end(today.year, today.month)
        case "eoq":
            return _month_end(today.year, (today.month + 2) // 3 * 3)
        case "eoy":
            return date(today.year, 12, 31)
        case "q1" | "q2" | "q3" | "q4":
            end = _month_end(today.year, int(word[1]) * 3)
            return end if end >= today else _month_end(today.year + 1, int(word[1]) * 3)
    return None


def _read_step(word: str, today: date) -> date | None:
    """3d, +3d, -2w, 1m, 1y."""
    sign = -1 if word[0] == "-" else 1
    number, unit = word.removeprefix("+" if sign == 1 else "-")[:-1], word[-1]
    if not _is_number(number):
        return None
    count = sign * int(number)
    match unit:
        case "d" | "w":
            return today + timedelta(days=count * (7 if unit == "w" else 1))
        case "m" | "y":
            return _months_on(today, count * (12 if unit == "y" else 1))
    return None


def _read_iso(word: str) -> date | None:
    """2026-11-27, 2025-w24, 2025-w24-5."""
    match word.split("-"):
        case [year, week] if _is_number(year, 4) and week[0:1] == "w" and _is_number(week[1:], 2):
            return date.fromisocalendar(int(year), int(week[1:]), 1)
        case [year, month, day] if _is_number(year, 4) and _is_number(day):
            if month[0:1] == "w" and _is_number(month[1:], 2):
                return date.fromisocalendar(int(year), int(month[1:]), int(day))
            if _is_number(month, 2) and len(day) == 2:
                return date(int(year), int(month), int(day))
    return None


def _read_dotted(word: str, today: date) -> date | None:
    """27.11. and 27.11.2026."""
    match word.split("."):
        case [day, month, year] if _is_number(day) and _is_number(month):
            if year and not _is_number(year, 4):
                return None
            return _day_of(int(day), int(month), year, today)
    return None


def _read_month_name(words: list[str], today: date) -> date | None:
    """27 nov, nov 27, each with or without a year after it."""
    if not 2 <= len(words) <= 3:
        return None
    first, second, year = words[0].strip("-."), words[1].strip("-.,"), "".join(words[2:])
    day, name = (first, second) if first[:1].isdecimal() else (second, first)
    month = _index(name, MONTHS)
    if month is None or not _is_number(day) or (year and not _is_number(year, 4)):
        return None
    return _day_of(int(day), month + 1, year, today)


def _day_of(day: int, month: int, year: str, today: date) -> date:
    """That day of the year written, else the first one from today on."""
    if year:
        return date(int(year), month, day)
    for candidate in range(today.year, today.year + 9):  # 29 Feb comes within eight years
        try:
            found = date(candidate, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    raise ValueError(day)


def _months_on(day: date, months: int) -> date:
    """So many months later, on the month's last day where it has fewer days."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = _month_end(year, month + 1)
    return last.replace(day=min(day.day, last.day))


def _month_end(year: int, month: int) -> date:
    if month == 12:
        return date(year, 12, 31)
    return date(year, month + 1, 1) - timedelta(days=1)


def week_of(day: date) -> str:
    """The ISO week that holds the day: "2025-W24"."""
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def first_day(week: str) -> date:
    """The Monday of an ISO week. RefusedError if there is no such week."""
    try:
        found = _read_iso(week.strip().lower()) if week.count("-") == 1 else None
    except ValueError:  # a 53rd week in a year of 52
        found = None
    if found is None:
        raise RefusedError(f"{_quoted(week)} is no week; write it like 2025-W24.")
    return found


def read_week(text: str, today: date) -> tuple[str, str]:
    """The first and the last week meant, the same for one week. RefusedError if none is.

    "2025-W24", "this", "last", "next", or two of them: "2025-W23..2025-W24".
    """
    left, dots, right = text.strip().lower().partition("..")
    first = _read_one_week(left, today)
    last = _read_one_week(right, today) if dots else first
    if first_day(first) > first_day(last):
        raise RefusedError(f"{first}..{last} runs backwards; write the earlier week first.")
    return first, last


def _read_one_week(text: str, today: date) -> str:
    shift = {"this": 0, "last": -7, "next": 7}.get(text.strip())
    try:
        return week_of(first_day(text) if shift is None else today + timedelta(days=shift))
    except (RefusedError, OverflowError):
        raise RefusedError(
            f"{_quoted(text)} is no week; write this, last, 2025-W24 or 2025-W23..2025-W24."
        ) from None


_UNITS = {
    "h": 60, "hr": 60, "hrs": 60, "hour": 60, "hours": 60,
    "m": 1, "min": 1, "mins": 1, "minute": 1, "minutes": 1,
}  # fmt: skip


def read_minutes(text: str) -> int:
    """Minutes, 0 to 60,000, in "30m", "1h30", "1h 30m", "1.5h", "1:30" or "90" (minutes).

    RefusedError where it is no span or a longer one.
    """
    minutes = _read_span(text) if len(text) <= 40 else None
    if minutes is None:
        raise RefusedError(f"{_quoted(text)} is no time span; write 30m, 1h30, 1.5h or 90.")
    if minutes > LONGEST_SPAN:
        raise RefusedError(f"{_quoted(text)} is more than 1,000 hours; write a shorter span.")
    return minutes


def say_minutes(minutes: int) -> str:
    """ "45m", "2h", "1h 30m"; `read_minutes` reads it again."""
    hours, rest = divmod(abs(minutes), 60)
    said = " ".join(part for part in (f"{hours}h" * (hours > 0), f"{rest}m" * (rest > 0)) if part)
    return ("-" if minutes < 0 else "") + (said or "0m")


def _read_span(text: str) -> int | None:
    hours, colon, rest = text.strip().partition(":")
    if colon:
        minutes_fit = _is_number(hours) and _is_number(rest, 2) and int(rest) < 60
        return int(hours) * 60 + int(rest) if minutes_fit else None
    parts = _split_digits("".join(text.lower().split()).replace(",", "."))
    match parts:
        case [number] if _is_number(number):
            return int(number)
        case [number, unit] if unit in _UNITS:
            return _times(number, _UNITS[unit])
        case [hours, unit, number] | [hours, unit, number, "m" | "min" | "mins"]:
            if _UNITS.get(unit) == 60 and _is_number(hours) and _is_number(number):
                return int(hours) * 60 + int(number)
    return None


def _times(number: str, unit: int) -> int | None:
    """ "1.5" times the unit, rounded to a whole minute, half upwards."""
    whole, point, part = number.partition(".")
    if not _is_number(whole) or (point and not _is_number(part)):
        return None
    scale = int("1" + "0" * len(part))
    return (int(whole + part) * unit * 2 + scale) // (2 * scale)


def _index(word: str, names: tuple[str, ...]) -> int | None:
    """The place of the name that begins with the word; three letters are enough."""
    if len(word) < 3:
        return None
    return next((place for place, name in enumerate(names) if name.startswith(word)), None)


def _is_number(text: str, digits: int = 0) -> bool:
    """ASCII digits, as many as asked."""
    return text.isascii() and text.isdecimal() and (not digits or len(text) == digits)


def _split_digits(word: str) -> list[str]:
    """ "27nov" → 27, nov; "1.5h30" → 1.5, h, 30."""
    parts: list[str] = []
    was_digit = None
    for sign in word:
        is_digit = sign.isdecimal() or sign == "."
        if is_digit is was_digit:
            parts[-1] += sign
        else:
            parts.append(sign)
        was_digit = is_digit
    return parts


def _quoted(text: str) -> str:
    from pmdesk.text import clean_line

    line = clean_line(text)
    return f"“{line if len(line) <= 40 else line[:39] + '…'}”"
