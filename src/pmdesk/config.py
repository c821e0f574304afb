"""Where things lie, what time it is, and how private files are written.

`pmdesk add` imports this module, so it imports nothing that costs time: `zoneinfo`,
`pathlib` and `tomllib` are imported where they are used, and paths are plain strings.
"""
# ruff: noqa: PTH100, PTH102, PTH105, PTH108, PTH110, PTH111, PTH112, PTH117, PTH118, PTH120, PTH123

import os
import sys
from datetime import UTC, date, datetime

from pmdesk.errors import PmdeskError, RefusedError

TYPE_CHECKING = False  # typing alone would double the time of `pmdesk add`
if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from zoneinfo import ZoneInfo

ZONE_FOLDER = "/usr/share/zoneinfo"

# Places ----------------------------------------------------------------------------------


def data_folder() -> str:
    """The folder of the desks: `$XDG_DATA_HOME/pmdesk`; it may not exist yet."""
    return _xdg("XDG_DATA_HOME", "~/.local/share")


def config_folder() -> str:
    """The folder of the settings: `$XDG_CONFIG_HOME/pmdesk`; it may not exist."""
    return _xdg("XDG_CONFIG_HOME", "~/.config")


def settings_file() -> str:
    return os.path.join(config_folder(), "settings.toml")


def default_desk() -> str:
    return os.path.join(data_folder(), "desk.db")


def desk_path(option: str | None = None) -> str:
    """The desk that is meant: `--desk`, else `PMDESK_DESK`, else the default one.

    Absolute and without symbolic links, so that every process finds the same drop box
    and the same lock beside it.
    """
    chosen = option or os.environ.get("PMDESK_DESK") or default_desk()
    try:
        return os.path.realpath(os.path.expanduser(chosen))
    except ValueError:
        raise RefusedError("The path of the desk holds a NUL character.") from None


def drop_box(desk: "str | os.PathLike[str]") -> str:
    """The folder beside the desk that captures go into: `new/`, and `tmp/` and `aside/`.

    A capture is written in `tmp/` and renamed into `new/`; what the desk can't read it
    moves to `aside/`.
    """
    return os.fspath(desk) + ".drop"


def resources(name: str) -> "Path":
    """The folder `styles` or `fixtures/demo`: in the package of a wheel, else in the checkout."""
    from pathlib import Path

    package = Path(__file__).resolve().parent
    for place in (package / name, package.parent.parent / name):
        if place.exists():
            return place
    raise PmdeskError(f"pmdesk is not installed completely: {name} is missing; install it again.")


def _xdg(variable: str, otherwise: str) -> str:
    base = os.environ.get(variable, "")
    if not os.path.isabs(base):  # the XDG specification: a relative path is to be ignored
        base = os.path.expanduser(otherwise)
        if not os.path.isabs(base):
            raise PmdeskError(
                f"Your home folder is not known: set HOME, or {variable} to a folder of yours."
            )
    return os.path.join(base, "pmdesk")


# Time ------------------------------------------------------------------------------------


def system_zone() -> tuple[str, str]:
    """The name of the system's zone and where it was found ("TZ", "/etc/localtime", …).

    The name looks like a zone's, but only `Clock.system` finds out whether it is one.
    """
    variable = os.environ.get("TZ", "?").removeprefix(":")
    found = _zone_name(variable or "UTC")  # as the C library reads an empty one
    if found and os.path.exists(os.path.join(ZONE_FOLDER, found)):
        return found, "TZ"
    link = os.path.realpath("/etc/localtime")
    if "zoneinfo/" in link:
        return link.rpartition("zoneinfo/")[2], "/etc/localtime"
    try:
        with open("/etc/timezone", encoding="utf-8") as file:
            named = _zone_name(file.readline(100).strip())
    except (OSError, ValueError):
        named = ""
    if named:
        return named, "/etc/timezone"
    return (found, "TZ") if found else ("UTC", "default")


def _zone_name(text: str) -> str:
    """The zone's name in "Europe/Berlin" or ".../zoneinfo/Europe/Berlin", else ""."""
    name = text.rpartition("zoneinfo/")[2]
    plain = name.replace("/", "").replace("_", "").replace("-", "").replace("+", "")
    return name if plain.isalnum() and plain.isascii() and not name.startswith("/") else ""


class Clock:
    """Tells the time in one zone. With `fixed`, the day is always that day.

    The time of day goes on under a fixed day, so that what is written first sorts first.
    """

    __slots__ = ("fixed", "zone")

    def __init__(self, zone: "ZoneInfo", fixed: date | None = None) -> None:
        self.zone = zone
        self.fixed = fixed

    @classmethod
    def system(cls, zone_name: str | None = None, today: str | None = None) -> "Clock":
        """The clock of this process: zone of the settings or the system, day of the option.

        `today` is what `--today` was given; without it `PMDESK_TODAY` counts. It is read
        like every date. RefusedError where the zone or the date can't be read.
        """
        clock = cls(zone_info(zone_name) if zone_name else _system_zone_info())
        wanted = today or os.environ.get("PMDESK_TODAY")
        if wanted:
            from pmdesk.dates import read_date

            clock.fixed = read_date(wanted, clock.today())
            if not 2 <= clock.fixed.year <= 9998:
                raise RefusedError(
                    f"Today can't be in the year {clock.fixed.year}: "
                    "give --today a date between the years 2 and 9998."
                )
        return clock

    def now(self) -> datetime:
        """This moment, aware, in UTC."""
        if self.fixed is None:
            return datetime.now(UTC)
        wall = datetime.now(self.zone)
        return datetime.combine(self.fixed, wall.timetz()).astimezone(UTC)

    def today(self) -> date:
        """The day it is in the zone."""
        return self.fixed or datetime.now(self.zone).date()


def zone_info(name: str) -> "ZoneInfo":
    """The zone of that name. RefusedError if there is none."""
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown, malformed, a folder of zones
        raise RefusedError(
            f"{name!a} is no time zone; write a name like Europe/Berlin or UTC."
        ) from None


def _system_zone_info() -> "ZoneInfo":
    try:
        return zone_info(system_zone()[0])
    except RefusedError:  # the system's fault, not the person's: `pmdesk config` shows it
        return zone_info("UTC")


# Private files ---------------------------------------------------------------------------


def private_folder(path: "str | os.PathLike[str]") -> str:
    """Makes the folder and those above it that are missing, each 0700. Returns its path.

    OSError where that can't be done. Folders that exist keep their modes.
    """
    folder = os.fspath(path)
    if not os.path.isdir(folder):
        above = os.path.dirname(os.path.abspath(folder))
        if above != folder:
            private_folder(above)
        try:
            os.mkdir(folder, 0o700)
        except FileExistsError:
            if not os.path.isdir(folder):
                raise
    return folder


def write_private(
    path: "str | os.PathLike[str]",
    data: "bytes | Iterable[bytes]",
    by_way_of: "str | os.PathLike[str] | None" = None,
) -> None:
    """Writes a file of mode 0600, whole or not at all, and returns once it is on the disk.

    It is written under a temporary name in `by_way_of` (the file's own folder unless
    given, on the same disk) and renamed. OSError, and whatever `data` raises while it is
    iterated over, leaves nothing behind.
    """
    target = os.fspath(path)
    folder = os.path.dirname(target) or os.curdir
    way = os.fspath(by_way_of) if by_way_of is not None else folder
    partial = os.path.join(way, f".{os.getpid()}.{os.urandom(8).hex()}.partial")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(partial, flags, 0o600)
    try:
        try:
            for chunk in (data,) if isinstance(data, bytes) else data:
                rest = memoryview(chunk)
                while rest:
                    rest = rest[os.write(descriptor, rest) :]
            _sync(descriptor)
        finally:
            os.close(descriptor)
        os.replace(partial, target)
    except BaseException:
        os.unlink(partial)
        raise
    _sync_folder(folder)


def _sync(descriptor: int) -> None:
    if sys.platform == "darwin":  # where fsync does not reach the disk itself
        import fcntl

        try:
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
        except OSError:  # a disk that doesn't know it, as network disks
            os.fsync(descriptor)
    else:
        os.fsync(descriptor)


def _sync_folder(folder: str) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
