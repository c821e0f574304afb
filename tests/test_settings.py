"""The settings file, right and wrong."""

from pathlib import Path

import pytest

from pmdesk.errors import RefusedError
from pmdesk.settings import Setting, Settings, explain, read_settings


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("XDG_DATA_HOME", "PMDESK_DESK", "PMDESK_TODAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("TZ", "Europe/Berlin")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "pmdesk").mkdir()
    return tmp_path / "pmdesk" / "settings.toml"


def test_without_a_file_everything_is_default(file: Path, tmp_path: Path) -> None:
    assert read_settings() == Settings()
    assert explain(read_settings()) == (
        Setting("desk", f"{tmp_path}/.local/share/pmdesk/desk.db", "default"),
        Setting("today", "the system's", "default"),
        Setting("zone", "Europe/Berlin", "TZ"),
        Setting("theme", "", "default"),
        Setting("review_day", "friday", "default"),
    )


def test_what_the_file_says(file: Path) -> None:
    file.write_text(
        'zone = "Asia/Tokyo"\ntheme = "textual-light"\nreview_day = "Thursday"\n'
        '[keymap]\n"inbox.delegate" = ["a", "@"]\ninbox.park = "s"\n'
    )
    settings = read_settings()
    assert (settings.zone, settings.theme) == ("Asia/Tokyo", "textual-light")
    assert settings.review_day == "thursday"
    assert dict(settings.keymap) == {"inbox.delegate": "a,@", "inbox.park": "s"}
    assert read_settings(file) == settings


def test_each_value_says_where_it_comes_from(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text('zone = "Asia/Tokyo"\nkeymap = {"inbox.park" = "s"}\n')
    monkeypatch.setenv("PMDESK_DESK", "/by/variable.db")
    monkeypatch.setenv("PMDESK_TODAY", "2025-06-13")
    assert explain(read_settings(), today_option="fri") == (
        Setting("desk", "/by/variable.db", "PMDESK_DESK"),
        Setting("today", "fri", "--today"),
        Setting("zone", "Asia/Tokyo", str(file)),
        Setting("theme", "", "default"),
        Setting("review_day", "friday", "default"),
        Setting("keymap.inbox.park", "s", str(file)),
    )
    lines = {line.name: line for line in explain(read_settings(), "/by/option.db")}
    assert lines["desk"] == Setting("desk", "/by/option.db", "--desk")
    assert lines["today"] == Setting("today", "2025-06-13", "PMDESK_TODAY")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b'colour = "red"', "colour is no setting; there are zone, theme, review_day, keymap"),
        (b'"\\u001b[2J" = 1', "␛[2J is no setting"),
        (b"zone = 3", 'zone must be a text in quotes, like zone = "…"'),
        (b'theme = " "', "theme must be a text in quotes"),
        (b'review_day = "someday"', "review_day must be a weekday, one of monday, tuesday"),
        (b'zone = "Nowhere"', "zone 'Nowhere' is no time zone; write a name like"),
        (b'zone = "Europe"', "zone 'Europe' is no time zone"),
        (b'keymap = "d"', "keymap must be a table"),
        (b'keymap = {"a.b" = 3}', 'keymap.a.b must be keys, like "d" or'),
        (b'keymap = {"a.b" = []}', "keymap.a.b must be keys"),
        (b'keymap = {"a.b" = [["d"]]}', "keymap.a.b must be keys"),
        (b"zone = [", "can't be read (Invalid value"),
        (b"zone = 1\nzone = 2", "can't be read (Cannot overwrite"),
        (b'zone = "\xff"', "can't be read ('utf-8' codec"),
        (b"zone = " + b"[" * 100_000, "can't be read"),
    ],
)
def test_a_mistake_is_told_with_file_and_name(file: Path, content: bytes, problem: str) -> None:
    file.write_bytes(content)
    with pytest.raises(RefusedError) as refused:
        read_settings()
    sentence = str(refused.value)
    assert str(file) in sentence
    assert problem in sentence
    assert sentence.isprintable()
    assert sentence.endswith(".")


def test_a_folder_in_place_of_the_file_is_told(file: Path) -> None:
    file.mkdir()
    with pytest.raises(RefusedError, match="can't be read: Is a directory"):
        read_settings()
