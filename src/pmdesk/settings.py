"""The settings file: read once, checked, and able to say where each value comes from."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from pmdesk import config
from pmdesk.errors import RefusedError
from pmdesk.text import clean_line

NAMES = ("zone", "theme", "review_day", "keymap")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Settings:
    """What `settings.toml` says; what it does not say has the value given here.

    zone = "Europe/Berlin"
    theme = "textual-light"
    review_day = "friday"
    [keymap]
    "inbox.delegate" = "a"          # or ["a", "@"]
    """

    zone: str | None = None
    """None: the system's zone."""
    theme: str | None = None
    """None: the screen's own choice. Whether there is such a theme only the screen knows."""
    review_day: str | None = None
    """The weekday of the weekly review; None: a Friday."""
    keymap: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Id of a binding → keys, parted by commas. The screen checks ids and clashes."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A line of `pmdesk config`: a value in words and where it comes from."""

    name: str
    value: str
    origin: str
    """"default", the name of an option or of a variable, or the path of a file."""


def read_settings(path: str | Path | None = None) -> Settings:
    """The settings of the file, or all defaults where there is none.

    RefusedError, one sentence naming file and setting, where it can't be read or says
    something that pmdesk does not know.
    """
    file = Path(path or config.settings_file())
    content = _parse(file)
    unknown = next((name for name in content if name not in NAMES), None)
    if unknown is not None:
        raise _refused(file, unknown, f"is no setting; there are {', '.join(NAMES)}")
    zone = _text(file, content, "zone")
    if zone is not None:
        try:
            config.zone_info(zone)
        except RefusedError:
            problem = f"{zone!a} is no time zone; write a name like Europe/Berlin or UTC"
            raise _refused(file, "zone", problem) from None
    review_day = (_text(file, content, "review_day") or "").lower() or None
    if review_day not in (None, *WEEKDAYS):
        raise _refused(file, "review_day", f"must be a weekday, one of {', '.join(WEEKDAYS)}")
    keymap = MappingProxyType(_keymap(file, content))
    return Settings(zone, _text(file, content, "theme"), review_day, keymap)


def explain(
    settings: Settings, desk_option: str | None = None, today_option: str | None = None
) -> tuple[Setting, ...]:
    """Every setting in words, with its origin, for `pmdesk config`."""
    file = config.settings_file()
    zone, zone_origin = (settings.zone, file) if settings.zone else config.system_zone()
    desk_origin = _origin(desk_option, "--desk", "PMDESK_DESK")
    today_origin = _origin(today_option, "--today", "PMDESK_TODAY")
    review_day = settings.review_day
    today = today_option or os.environ.get("PMDESK_TODAY") or "the system's"
    return (
        Setting("desk", clean_line(config.desk_path(desk_option)), desk_origin),
        Setting("today", clean_line(today), today_origin),
        Setting("zone", zone or "", zone_origin),
        Setting("theme", settings.theme or "", file if settings.theme else "default"),
        Setting("review_day", review_day or "friday", file if review_day else "default"),
        *(Setting(f"keymap.{name}", keys, file) for name, keys in settings.keymap.items()),
    )


def _origin(option: str | None, name: str, variable: str) -> str:
    if option:
        return name
    return variable if os.environ.get(variable) else "default"


def _parse(file: Path) -> dict[str, object]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return {}
    except UnicodeDecodeError as problem:
        raise _unreadable(file, clean_line(str(problem))) from None
    except OSError as problem:
        raise RefusedError(
            f"The settings {file} can't be read: {problem.strerror}; check its permissions."
        ) from None
    import tomllib  # the first screen waits for it only where there are settings

    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        raise _unreadable(file, clean_line(str(problem)) or "too deep") from None


def _unreadable(file: Path, reason: str) -> RefusedError:
    return RefusedError(
        f"The settings {file} can't be read ({reason}); correct that or remove the file."
    )


def _text(file: Path, content: Mapping[str, object], name: str) -> str | None:
    if name not in content:
        return None
    value = content[name]
    if not isinstance(value, str) or not clean_line(value):
        raise _refused(file, name, f'must be a text in quotes, like {name} = "…"')
    return clean_line(value)


def _keymap(file: Path, content: Mapping[str, object]) -> dict[str, str]:
    table = content.get("keymap", {})
    if not isinstance(table, dict):
        raise _refused(file, "keymap", 'must be a table: [keymap], then lines like "id" = "keys"')
    return _flat_keymap(file, table, "")


def _flat_keymap(file: Path, table: dict[str, object], above: str) -> dict[str, str]:
    """An id with dots may be written without quotes; TOML then makes tables of it."""
    found: dict[str, str] = {}
    for name, value in table.items():
        whole = above + clean_line(name)
        keys = value if isinstance(value, list) else [value]
        if isinstance(value, dict):
            found |= _flat_keymap(file, value, whole + ".")
        elif keys and all(isinstance(key, str) and clean_line(key) for key in keys):
            found[whole] = ",".join(clean_line(str(key)) for key in keys)
        else:
            raise _refused(file, f"keymap.{whole}", 'must be keys, like "d" or ["d", "x"]')
    return found


def _refused(file: Path, name: str, problem: str) -> RefusedError:
    return RefusedError(f"In the settings {file}, {clean_line(name)} {problem}.")
