"""What a captured text says about itself: `@account topic:label from:sales by:fri est:30m`.

A token stands anywhere in the text, at the start of a word, and is taken out of it:

    @polar @two_words @"Two Words"   the account; an underscore is a blank
    topic:label  topic:"two words"   the topic; also #label where no shell reads it
    from:sales                       who asks, one of FUNCTIONS
    by:fri  by:"27 nov"              the day it is due, read as in `dates`
    est:30m                          the estimate; also ~30m where no shell reads it

Of two tokens of one kind the first counts. What can't be read stays in the text and is
told in `problems`. Mail addresses, times and web addresses are no tokens. `pmdesk add`
imports this module, so it has neither dataclasses nor `re`.
"""

from datetime import date

from pmdesk.dates import read_date, read_minutes, say_date, say_minutes
from pmdesk.errors import RefusedError
from pmdesk.text import clean, clean_line, shorten

FUNCTIONS = (
    "customers", "sales", "support", "marketing", "development",
    "design", "executives", "operations", "partners",
)  # fmt: skip
LONGEST = 80  # letters of a value: more is a sentence, not a name
MOST = 50  # tokens looked at: what comes after them is text, so that a hostile one costs no time

_KINDS = {"topic": "topic", "from": "from", "by": "due", "est": "estimate"}
_PROBLEMS = {
    "account": "it names no account",
    "topic": "it names no topic",
    "from": f"it is none of {', '.join(FUNCTIONS)}",
    "due": "it is no date",
    "estimate": "it is no time span",
}
_QUOTES = {'"': '"', "“": "”", "„": "“"}


class Captured:
    """A text as understood. All texts are clean; what was not said is None."""

    title: str = ""
    """The first line that says something; empty only for an empty text."""
    body: str = ""
    """The lines after it."""
    title_if_unknown: str = ""
    """The title with the account's token left in, for when there is no such account."""
    body_if_unknown: str = ""
    account: str | None = None
    """As written; whether there is such an account only the desk knows."""
    topic: str | None = None
    from_function: str | None = None
    """One of FUNCTIONS."""
    due: date | None = None
    estimate_minutes: int | None = None
    problems: tuple[str, ...] = ()
    """Why a token stayed in the text, each a sentence without its full stop."""


class _Token:
    """What looks like a token: `line[start:end]`. Its value has no quotes; "" is unreadable."""

    __slots__ = ("end", "kind", "quoted", "start", "value")

    def __init__(self, kind: str, value: str, quoted: bool, start: int, end: int) -> None:
        self.kind = kind
        self.value = value
        self.quoted = quoted
        self.start = start
        self.end = end


def read_tokens(text: str, today: date, loose: bool = False) -> Captured:
    """Reads the tokens of any text; never refuses. `loose` allows `#label` and `~30m` too."""
    captured = Captured()
    lines = clean(text).split("\n")
    taken: list[list[_Token]] = []
    seen: set[str] = set()
    problems: list[str] = []
    looked_at = 0
    for line in lines:
        taken.append([])
        for token in _tokens(line, loose, MOST - looked_at):
            looked_at += 1
            if token.kind not in seen and _take(token, today, captured):
                seen.add(token.kind)
                taken[-1].append(token)
            else:
                why = "there is one before it" if token.kind in seen else _PROBLEMS[token.kind]
                written = shorten(line[token.start : token.end], 40)
                problems.append(f"“{written}” stays in the text: {why}")
    captured.problems = tuple(problems)
    captured.title, captured.body = _title_and_body(lines, taken)
    captured.title_if_unknown, captured.body_if_unknown = captured.title, captured.body
    if captured.account is not None and captured.title != clean_line("\n".join(lines)):
        others = [[token for token in some if token.kind != "account"] for some in taken]
        captured.title_if_unknown, captured.body_if_unknown = _title_and_body(lines, others)
    return captured


def echo(captured: Captured, today: date) -> list[str]:
    """What was understood, for showing: "account Polar", "due Fri 27 Nov"; then the problems."""
    said: list[str] = []
    if captured.account is not None:
        said.append(f"account {captured.account}")
    if captured.topic is not None:
        said.append(f"topic {captured.topic}")
    if captured.from_function is not None:
        said.append(f"from {captured.from_function}")
    if captured.due is not None:
        said.append(f"due {say_date(captured.due, today)}")
    if captured.estimate_minutes is not None:
        said.append(f"estimate ~{say_minutes(captured.estimate_minutes)}")
    said += captured.problems[:3]
    if len(captured.problems) > 3:
        said.append(f"{len(captured.problems) - 3} more stay in the text")
    return said


# Finding tokens ------------------------------------------------------------------------------


def _tokens(line: str, loose: bool, most: int) -> list[_Token]:
    """What looks like a token in a line, in order, so many of them at most."""
    if not most or not any(sign in line for sign in ("@:#~" if loose else "@:")):
        return []
    found: list[_Token] = []
    at = 0
    for word in line.split():
        start = line.index(word, at)
        if found and start < found[-1].end:  # inside the quotes of the token before
            at = start + len(word)
            continue
        at = start + len(word)
        token = _token_at(line, start, word, loose)
        if token:
            found.append(token)
        if len(found) == most:
            break
    return found


def _token_at(line: str, start: int, word: str, loose: bool) -> _Token | None:
    """The token that begins with this word; in quotes it may go beyond it."""
    if word[0] == "@":
        kind, head = "account", 1
    elif loose and word[0] in "#~":
        kind, head = ("topic" if word[0] == "#" else "estimate"), 1
    else:
        name, colon, _ = word.partition(":")
        kind, head = _KINDS.get(name.lower(), "") if colon else "", len(name) + 1
    if not kind or len(word) == head:
        return None
    if word[head] in _QUOTES:
        opening = start + head
        closing = line.find(_QUOTES[word[head]], opening + 1, opening + LONGEST + 2)
        if closing < 0:
            return _Token(kind, "", True, start, start + len(word))
        return _Token(kind, line[opening + 1 : closing], True, start, closing + 1)
    whole = word.rstrip(",;:!?)" if kind in ("due", "estimate") else ",;:!?).")
    if not _may_be(word[0], whole[head:]):
        return None
    return _Token(kind, whole[head:], False, start, start + len(whole))


def _may_be(sign: str, value: str) -> bool:
    """Whether a value without quotes can be meant as one: no time, no path, no number."""
    if not value or len(value) > LONGEST:
        return False
    if sign == "@":
        time = value.lower().removesuffix("am").removesuffix("pm").removesuffix("h")
        named = value[0].isalnum() and all(sign.isalnum() or sign in "_-.&'’+" for sign in value)
        return named and not time.replace(".", "").isdecimal()
    if sign == "#":
        return value[0].isalpha() and all(sign.isalnum() or sign in "_-./" for sign in value)
    if sign == "~":  # "~5 people" says nothing about minutes
        return value[0].isdecimal() and any(sign.isalpha() for sign in value)
    return True


# What a token says ---------------------------------------------------------------------------


def _take(token: _Token, today: date, captured: Captured) -> bool:
    """Whether the token could be read; it is in `captured` then."""
    name = clean_line(token.value if token.quoted else token.value.replace("_", " "))
    match token.kind:
        case "account":
            captured.account = name or None
            return bool(name)
        case "topic":
            captured.topic = clean_line(token.value) or None
            return captured.topic is not None
        case "from":
            captured.from_function = name.lower() if name.lower() in FUNCTIONS else None
            return captured.from_function is not None
    for written in (token.value, token.value.rstrip(".")):  # a date's dot, or a sentence's
        try:
            if token.kind == "due":
                captured.due = read_date(written, today)
            else:
                captured.estimate_minutes = read_minutes(written) or None
        except RefusedError:
            continue
        return token.kind == "due" or captured.estimate_minutes is not None
    return False


# The text without its tokens -----------------------------------------------------------------


def _title_and_body(lines: list[str], taken: list[list[_Token]]) -> tuple[str, str]:
    left = [
        rest
        for line, tokens in zip(lines, taken, strict=True)
        if (rest := _without(line, tokens)) or not tokens
    ]
    title = next((place for place, line in enumerate(left) if _says(line)), None)
    if title is None:  # nothing but tokens: better a title of tokens than none
        return clean_line("\n".join(lines)), ""
    body = left[title + 1 :]
    first = next((place for place, line in enumerate(body) if _says(line)), len(body))
    while body and not _says(body[-1]):
        body.pop()
    return clean_line(left[title]), "\n".join(body[first:]).rstrip()


def _says(line: str) -> bool:
    """Whether there is anything to be seen in the line."""
    return bool(line.strip() and clean_line(line))


def _without(line: str, tokens: list[_Token]) -> str:
    """The line without the tokens, and without the blanks and commas that only they needed."""
    for token in reversed(tokens):
        before, after = line[: token.start], line[token.end :]
        if not before.strip():
            after = after.lstrip(",;:!?).").lstrip(" \t")
        elif not after[:1].strip():
            after = after.lstrip(" \t")
        else:
            before = before.rstrip(" \t")
        line = before + after
    return line.rstrip() if tokens else line
