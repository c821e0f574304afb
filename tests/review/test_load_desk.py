"""A desk is filled from our own JSON so that everything can be done in it afterwards."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pmdesk import config
from pmdesk.desk import Desk
from pmdesk.errors import RefusedError
from pmdesk.exchange.readers.desk_json import read_desk
from pmdesk.exchange.writers.desk_json import write_desk
from pmdesk.requests.actions import Capture, RequestDraft
from pmdesk.store.bulk import columns

Load = Callable[[], None]
Content = dict[str, Any]


@pytest.fixture
def demo_text() -> str:
    return (config.resources("fixtures/demo") / "harbourlight.json").read_text("utf-8")


@pytest.fixture
def content(demo_text: str) -> Content:
    content = json.loads(demo_text)
    assert isinstance(content, dict)
    return content


@pytest.fixture
def load(desk: Desk, content: Content, tmp_path: Path) -> Load:
    def load() -> None:
        path = tmp_path / "other.json"
        path.write_text(json.dumps(content), "utf-8")
        desk.load(dict(read_desk(path, desk.ask(columns)).tables), path.name)

    return load


def counters(desk: Desk) -> dict[str, int]:
    return desk.ask(lambda db: dict(db.execute("SELECT letter, last FROM counter").fetchall()))


def test_the_demo_comes_out_byte_for_byte(desk: Desk, load: Load, demo_text: str) -> None:
    load()
    assert "".join(write_desk(desk.dump())) == demo_text


@pytest.mark.parametrize("given", [[], [{"letter": "#", "last": 3}, {"letter": "N", "last": 0}]])
def test_a_counter_that_is_missing_or_low_is_raised(
    desk: Desk, load: Load, content: Content, given: list[object]
) -> None:
    content["tables"]["counter"] = given
    load()
    assert counters(desk) == {
        "#": 25, "G": 4, "I": 2, "N": 5, "O": 3, "R": 9, "S": 2, "T": 3,
    }  # fmt: skip
    assert desk.perform(Capture(RequestDraft("capture", None, "one more"))).words == "Capture #26"


def test_numbers_given_and_not_in_use_stay_given(desk: Desk, load: Load, content: Content) -> None:
    content["tables"]["counter"] = [{"letter": "#", "last": 40}, {"letter": "R", "last": 12}]
    load()
    assert (counters(desk)["#"], counters(desk)["R"]) == (40, 12)


@pytest.mark.parametrize(
    ("column", "value"), [("contracted_minutes", 99_999), ("old_function", "nobody"), ("name", "")]
)
def test_a_description_that_cannot_be_is_one_sentence(
    desk: Desk, load: Load, content: Content, column: str, value: object
) -> None:
    content["tables"]["desk"][0][column] = value
    with pytest.raises(RefusedError, match=f"“{column}”"):
        load()
    assert counters(desk) == {}


def test_a_row_without_its_parent_is_refused(desk: Desk, load: Load, content: Content) -> None:
    content["tables"]["market"].pop()
    with pytest.raises(RefusedError, match=r"other\.json is not whole"):
        load()


def test_an_origin_that_is_no_utf_8_can_be_told(desk: Desk, content: Content) -> None:
    assert desk.load(content["tables"], "z\udcff.json").words == "Load z�.json"
    assert desk.steps()[0].words == "Load z�.json"
