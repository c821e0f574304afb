"""Places, the clock, and files that nobody else may read."""

import os
import stat
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk import config
from pmdesk.config import Clock
from pmdesk.errors import PmdeskError, RefusedError


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "PMDESK_DESK", "PMDESK_TODAY", "TZ"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))


def test_places_without_variables(tmp_path: Path) -> None:
    assert config.default_desk() == str(tmp_path / ".local/share/pmdesk/desk.db")
    assert config.settings_file() == str(tmp_path / ".config/pmdesk/settings.toml")
    assert config.desk_path() == config.default_desk()
    assert config.drop_box(config.desk_path()) == config.default_desk() + ".drop"
    assert config.drop_box(Path("desk.db")) == "desk.db.drop"


def test_places_by_variables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", "relative/is/ignored")
    assert config.data_folder() == str(tmp_path / "data" / "pmdesk")
    assert config.config_folder() == str(tmp_path / ".config" / "pmdesk")


def test_the_desk_is_named_by_option_then_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PMDESK_DESK", "~/mine.db")
    assert config.desk_path() == str(tmp_path / "mine.db")
    (tmp_path / "link.db").symlink_to("real.db")
    assert config.desk_path(str(tmp_path / "link.db")) == str(tmp_path / "real.db")
    monkeypatch.chdir(tmp_path)
    assert config.desk_path("x.db") == str(tmp_path / "x.db")
    with pytest.raises(RefusedError, match="NUL"):
        config.desk_path("a\0b")


def test_resources_are_found_and_missed() -> None:
    assert config.resources("styles").is_dir()
    assert config.resources("fixtures/demo").is_dir()
    with pytest.raises(PmdeskError, match="nothing-like-it is missing"):
        config.resources("nothing-like-it")


def test_the_system_zone_by_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    for value in ("Europe/Berlin", ":Europe/Berlin", "/usr/share/zoneinfo/Europe/Berlin"):
        monkeypatch.setenv("TZ", value)
        assert config.system_zone() == ("Europe/Berlin", "TZ")
        assert Clock.system().zone.key == "Europe/Berlin"
    monkeypatch.setenv("TZ", "")
    assert config.system_zone() == ("UTC", "TZ")


@pytest.mark.parametrize("value", ["CET-1CEST", "../../etc/passwd", "<+03>-3", "Nowhere/Land", "/"])
def test_a_variable_that_names_no_zone_does_not_stop_the_clock(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = Clock.system().zone
    monkeypatch.setenv("TZ", value)
    assert Clock.system().zone == usual


def test_the_zone_of_the_settings_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    assert Clock.system("Asia/Tokyo").zone == ZoneInfo("Asia/Tokyo")


@pytest.mark.parametrize(
    "name", ["Nowhere", "Europe", "/etc/passwd", "../x", "\x1b[2J", "a\0", " "]
)
def test_a_bad_zone_is_refused_in_a_sentence(name: str) -> None:
    with pytest.raises(RefusedError, match="is no time zone; write a name like") as refused:
        Clock.system(name)
    assert str(refused.value).isprintable()


def test_the_clock_tells_the_day_of_its_zone() -> None:
    before = datetime.now(UTC)
    east, west = Clock.system("Pacific/Kiritimati"), Clock.system("Pacific/Pago_Pago")
    assert before <= east.now() <= datetime.now(UTC)
    assert east.now().tzinfo is UTC
    assert east.today() > west.today()


def test_a_fixed_day_keeps_the_time_of_day() -> None:
    clock = Clock.system("Europe/Berlin", "2025-06-13")
    assert clock.today() == date(2025, 6, 13)
    expected = datetime.now(clock.zone)
    wall = clock.now().astimezone(clock.zone)
    assert wall.date() == clock.today()
    apart = wall.replace(tzinfo=None) - expected.replace(tzinfo=None)
    assert (apart + timedelta(minutes=1)) % timedelta(days=1) < timedelta(minutes=2)


def test_today_is_read_like_every_date(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = Clock.system("UTC").today()
    monkeypatch.setenv("PMDESK_TODAY", "tomorrow")
    assert Clock.system("UTC").today() - usual >= timedelta(days=1)
    assert Clock.system("UTC", "2025-W24-5").today() == date(2025, 6, 13)
    with pytest.raises(RefusedError, match="“nonsense” is no date"):
        Clock.system("UTC", "nonsense")
    with pytest.raises(RefusedError, match="year 9999"):
        Clock.system("UTC", "9999-12-31")


@given(st.dates(date(2, 1, 1), date(9998, 12, 31)), st.sampled_from(sorted(available_timezones())))
def test_a_fixed_day_is_the_same_day_in_every_zone(day: date, zone: str) -> None:
    clock = Clock(ZoneInfo(zone), day)
    assert abs(clock.now() - datetime(day.year, day.month, day.day, tzinfo=UTC)) < timedelta(2)


def test_private_folders_are_made_whatever_the_umask(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir(mode=0o755)
    before = os.umask(0)
    try:
        made = config.private_folder(tmp_path / "there" / "a" / "b")
    finally:
        os.umask(before)
    assert config.private_folder(made) == made
    modes = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("there/a", "there/a/b")]
    assert modes == [0o700, 0o700]
    assert stat.S_IMODE((tmp_path / "there").stat().st_mode) == 0o755


def test_a_file_in_the_way_of_a_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FileExistsError):
        config.private_folder(tmp_path / "file")
    with pytest.raises(FileExistsError):
        config.private_folder(tmp_path / "file" / "below")


def test_private_files_are_written_whole(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        for data in (b"old", b"new" * 100_000, b""):
            config.write_private(tmp_path / "file", data)
            assert (tmp_path / "file").read_bytes() == data
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("kept")
    (tmp_path / "link").symlink_to("precious")
    config.write_private(tmp_path / "link", b"new")
    assert (tmp_path / "precious").read_text() == "kept"
    assert (tmp_path / "link").read_bytes() == b"new"


def test_what_cannot_be_put_in_place_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "target").mkdir()
    (tmp_path / "way").mkdir()
    with pytest.raises(IsADirectoryError):
        config.write_private(tmp_path / "target", b"x", by_way_of=tmp_path / "way")
    with pytest.raises(FileNotFoundError):
        config.write_private(tmp_path / "missing" / "file", b"x", by_way_of=tmp_path / "way")
    assert list((tmp_path / "way").iterdir()) == []


def test_the_longest_name_can_be_written(tmp_path: Path) -> None:
    config.write_private(tmp_path / ("x" * 255), b"x")
    assert [len(path.name) for path in tmp_path.iterdir()] == [255]
