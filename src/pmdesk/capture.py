"""`pmdesk add`: writes one request into the drop box beside the desk, and no more.

It does not open the desk, so it never waits for a lock and works while the desk is damaged
or being migrated. Only the standard library is imported, and little of it: a capture takes
about the time that Python takes to start.

The drop box (`config.drop_box`) is a folder that works like a Maildir: a file is written
in `tmp/`, synced, and renamed into `new/`, so whatever is in `new/` under a name of this
form is whole: `<UTC microseconds>.<process>.<random>.json` or `.eml`. Names sort by time.

A `.eml` file is a mail, byte for byte as it came. A `.json` file is an object in UTF-8 with
these names, all present, `null` for what was not said:

    pmdesk            1: the version of this form
    text              as typed, made safe by `text.clean`
    title             its first line without the tokens that were understood (never empty)
    body              the other lines, likewise; may be empty
    if_unknown        {"title", "body"} with the account's token left in: to be used
                      where no account has that name; null where no account was written
    account           as written; the desk looks it up
    topic             a label
    from              one of `tokens.FUNCTIONS`
    due               an ISO date, already resolved
    estimate          minutes
    captured_at       UTC, "2025-06-13T07:30:00Z"
    zone              the name of the zone in which it was typed
"""

import os
import sys
import time
from datetime import UTC, date, datetime

from pmdesk import config
from pmdesk.errors import PmdeskError, RefusedError
from pmdesk.text import clean, clean_line, shorten
from pmdesk.tokens import Captured, echo, read_tokens

try:  # what json itself writes texts with; the whole of json is a third of a capture's time
    from _json import encode_basestring
except ImportError:  # it is not there in every Python
    from json.encoder import encode_basestring

LONGEST_TEXT = 2 * 1024 * 1024  # bytes; its file holds it three times over
LARGEST_MAIL = 32 * 1024 * 1024  # bytes; what is larger the desk sets aside

USAGE = """\
Usage: pmdesk add [OPTION…] TEXT…
       pmdesk add [OPTION…] -            reads the text on standard input
       pmdesk add [OPTION…] --mail -     reads a mail on standard input

Captures a request; its first line is the title. Anywhere in the text:
  @account   @two_words   '@"Two Words"'
  topic:label   from:sales   by:fri   est:30m
  and on standard input also #label and ~30m

Options:
  --desk FILE    the desk (else PMDESK_DESK, else the default one)
  --today DATE   the day it is (else PMDESK_TODAY, else the clock's)
  --json         prints what was captured as JSON
  --             what follows is text
"""


class _Wanted:
    """The command line, read."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.options: dict[str, str] = {}
        self.flags: set[str] = set()
        self.from_stdin = False


def main(argv: list[str]) -> int:
    """Runs `pmdesk add` with the words after `pmdesk`. Returns the exit status."""
    try:
        wanted = _read_arguments(argv)
        if "--help" in wanted.flags:
            _print(USAGE)
        elif "--mail" in wanted.flags:
            _capture_mail(wanted)
        else:
            _capture_text(wanted)
    except PmdeskError as problem:
        print(f"pmdesk: {problem}", file=sys.stderr)
        return 2 if isinstance(problem, RefusedError) else 1
    return 0


def _read_arguments(argv: list[str]) -> _Wanted:
    wanted = _Wanted()
    command_seen = False
    rest = iter(argv)
    for word in rest:
        name, equals, value = word.partition("=")
        if word == "--":
            wanted.words += rest
        elif name in ("--desk", "--today"):
            wanted.options[name] = value if equals else next(rest, "")
            if not wanted.options[name]:
                raise RefusedError(f"{name} needs a value after it.")
        elif word in ("--mail", "--json", "--help", "-h"):
            wanted.flags.add("--help" if word == "-h" else word)
        elif word.startswith("--"):
            shown = shorten(clean_line(name), 72)
            raise RefusedError(f"{shown} is no option of pmdesk add; write -- before such a text.")
        elif word == "add" and not command_seen:
            command_seen = True
        else:
            wanted.words.append(word)
            wanted.from_stdin = wanted.words == ["-"]
    if "--mail" in wanted.flags and not wanted.from_stdin and "--help" not in wanted.flags:
        raise RefusedError("A mail is read on standard input: write pmdesk add --mail - alone.")
    return wanted


def _capture_text(wanted: _Wanted) -> None:
    if wanted.from_stdin:
        text = _stdin(LONGEST_TEXT).decode("utf-8", "replace").removeprefix("\ufeff")
    else:
        text = " ".join(wanted.words)
    now, today, zone = _moment(wanted.options.get("--today"))
    captured = read_tokens(text, today, loose=wanted.from_stdin)
    if not captured.title:
        raise RefusedError("There is nothing to capture; write pmdesk add and a text.")
    record = _record(text, captured, now, zone)
    desk, file = _drop(wanted, as_json(record).encode() + b"\n", "json")
    if "--json" in wanted.flags:
        _print(as_json({**record, "file": file}) + "\n")
    else:
        said = [f"Captured “{shorten(captured.title, 72)}”", *echo(captured, today)]
        _print(" · ".join([*said, *_waiting(desk)]) + "\n")


def _capture_mail(wanted: _Wanted) -> None:
    mail = _stdin(LARGEST_MAIL)
    if not mail.strip():
        raise RefusedError("There is no mail on standard input.")
    desk, file = _drop(wanted, mail, "eml")
    if "--json" in wanted.flags:
        _print(as_json({"file": file}) + "\n")
    else:
        _print(" · ".join([f"Captured a mail of {len(mail):,} bytes", *_waiting(desk)]) + "\n")


def _record(text: str, captured: Captured, now: datetime, zone: str) -> dict[str, object]:
    """What the file says; see the module."""
    if_unknown = {"title": captured.title_if_unknown, "body": captured.body_if_unknown}
    return {
        "pmdesk": 1,
        "text": clean(text),
        "title": captured.title,
        "body": captured.body,
        "if_unknown": if_unknown if captured.account is not None else None,
        "account": captured.account,
        "topic": captured.topic,
        "from": captured.from_function,
        "due": captured.due.isoformat() if captured.due else None,
        "estimate": captured.estimate_minutes,
        "captured_at": _utc(now),
        "zone": zone,
    }


def _utc(moment: datetime) -> str:
    """ "2025-06-13T07:30:00Z"; `strftime` would write the year 2 with one digit."""
    return moment.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def as_json(value: object) -> str:
    """JSON of None, whole numbers, texts and dicts of them, which is all a record holds."""
    match value:
        case None:
            return "null"
        case int():
            return str(value)
        case dict():
            pairs = (f"{encode_basestring(name)}: {as_json(held)}" for name, held in value.items())
            return "{" + ", ".join(pairs) + "}"
    return encode_basestring(str(value))


def _stdin(largest: int) -> bytes:
    try:
        found = sys.stdin.buffer.read(largest + 1) if sys.stdin else b""
    except OSError as problem:
        raise PmdeskError(f"Standard input can't be read ({problem.strerror}).") from None
    if len(found) > largest:
        raise RefusedError(
            f"That is more than {largest >> 20} MB; capture a shorter text, "
            "or bring in mails with pmdesk import."
        )
    return found


def _moment(today_option: str | None) -> tuple[datetime, date, str]:
    """Now in UTC, today, and the zone's name; without `zoneinfo` where the C library knows."""
    setting = _zone_setting()
    name, origin = config.system_zone()
    zone_file = os.path.join(config.ZONE_FOLDER, name)
    c_library_knows = os.path.exists(zone_file) if origin == "TZ" else "TZ" not in os.environ
    fixed = today_option or os.environ.get("PMDESK_TODAY")
    if c_library_knows and not fixed and setting in (None, name):
        now = time.time()
        return datetime.fromtimestamp(now, UTC), date.fromtimestamp(now), name
    clock = config.Clock.system(setting, today_option)
    return clock.now(), clock.today(), clock.zone.key


def _zone_setting() -> str | None:
    """The zone of the settings. A mistake in them is told by the desk and stops no capture."""
    try:
        with open(config.settings_file(), "rb") as file:
            content = file.read()
    except OSError:
        return None
    if b"zone" not in content:
        return None
    import tomllib

    try:
        zone = tomllib.loads(content.decode()).get("zone")
        return config.zone_info(zone).key if isinstance(zone, str) else None
    except (ValueError, RecursionError, RefusedError):
        return None


def _drop(wanted: _Wanted, data: bytes, suffix: str) -> tuple[str, str]:
    """Puts a file into the drop box. Returns the desk and the file, both as paths."""
    desk = config.desk_path(wanted.options.get("--desk"))
    if os.path.isdir(desk):
        raise RefusedError(f"{clean_line(desk)} is a folder, not a desk.")
    box = config.drop_box(desk)
    name = f"{time.time_ns() // 1000}.{os.getpid()}.{os.urandom(4).hex()}.{suffix}"
    file = os.path.join(box, "new", name)
    try:
        config.private_folder(os.path.join(box, "new"))
        way = config.private_folder(os.path.join(box, "tmp"))
        config.write_private(file, data, by_way_of=way)
    except OSError as problem:
        reason = problem.strerror or "unknown error"
        raise PmdeskError(
            f"Nothing was captured: {clean_line(box)} can't be written ({reason})."
        ) from None
    return desk, file


def _waiting(desk: str) -> list[str]:
    """A word of caution where the desk that was named is not there (yet)."""
    if desk == os.path.realpath(config.default_desk()) or os.path.exists(desk):
        return []
    return [f"waits for a desk at {clean_line(desk)}"]


def _print(text: str) -> None:
    """To standard output, in whatever encoding it has. What is captured stays captured."""
    if not sys.stdout:
        return
    try:
        sys.stdout.buffer.write(text.encode(sys.stdout.encoding, "replace"))
        sys.stdout.flush()
    except OSError:  # nobody listens; what is left in the buffer must not trouble Python's exit
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
