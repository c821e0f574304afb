"""`pmdesk add` and the zone: the day it is where the person is, at no cost in the usual case."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

Captured = Callable[..., dict[str, str]]


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    """Where the settings may be written."""
    file = tmp_path / "config" / "pmdesk" / "settings.toml"
    file.parent.mkdir(parents=True)
    return file


@pytest.fixture
def captured(tmp_path: Path) -> Captured:
    """Captures something due today; gives what was captured."""

    def run(**env: str) -> dict[str, str]:
        folders = {"XDG_DATA_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "config")}
        told = json.loads(
            subprocess.check_output(
                [sys.executable, "-m", "pmdesk", "add", "--json", "x", "by:today"],
                env=os.environ | folders | {"TZ": "Europe/Berlin"} | env,
            )
        )
        assert isinstance(told, dict)
        return told

    return run


def test_the_day_is_that_of_the_zone(captured: Captured, settings: Path) -> None:
    days = {}
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):  # 25 hours apart: never one day
        by_variable = captured(TZ=zone)
        settings.write_text(f'zone = "{zone}"')
        by_setting = captured()
        settings.unlink()
        assert by_setting["zone"] == by_variable["zone"] == zone
        assert by_setting["due"] == by_variable["due"]
        days[zone] = date.fromisoformat(by_setting["due"])
    assert days["Pacific/Kiritimati"] > days["Pacific/Pago_Pago"]


@pytest.mark.parametrize("zone", ["CET-1CEST", "Nowhere/Land", "", ":UTC"])
def test_a_strange_variable_stops_no_capture(captured: Captured, zone: str) -> None:
    told = captured(TZ=zone)
    here = ZoneInfo(told["zone"])
    assert told["due"] in {
        (datetime.now(here) - timedelta(minutes=minutes)).date().isoformat() for minutes in (0, 1)
    }


@pytest.mark.parametrize("content", ["zone = 3", 'zone = "Nowhere"', "zone = [", "\udcff zone"])
def test_bad_settings_stop_no_capture(captured: Captured, settings: Path, content: str) -> None:
    settings.write_bytes(content.encode("utf-8", "surrogateescape"))
    assert captured()["zone"] == "Europe/Berlin"
