"""A desk from outside that would fail later is refused before, with table, row and column."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pmdesk.errors import RefusedError
from pmdesk.exchange.desk_checks import BadDeskError, check_desk
from pmdesk.exchange.readers.desk_json import read_desk

Schema = dict[str, dict[str, type]]
Content = dict[str, Any]


@pytest.fixture
def content(demo: Path) -> Content:
    """The demo, to be spoilt."""
    content = json.loads(demo.read_text("utf-8"))
    assert isinstance(content, dict)
    return content


def row(content: Content, table: str, row_id: int) -> dict[str, Any]:
    found: dict[str, Any] = next(r for r in content["tables"][table] if r["id"] == row_id)
    return found


def read(content: Content, schema: Schema, folder: Path) -> Content:
    path = folder / "spoilt.json"
    path.write_text(json.dumps(content), "utf-8")
    return {"tables": read_desk(path, schema).tables}


def refusal(content: Content, schema: Schema, folder: Path) -> str:
    with pytest.raises(RefusedError) as refused:
        read(content, schema, folder)
    words = str(refused.value)
    assert words.startswith("“spoilt.json”: ")
    assert words.endswith("; nothing was read.")
    assert len(words) < 250
    return words


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("request", "arrived_at", "2025-99-99T99Z"),
        ("request", "arrived_at", "2025-06-13T07:30Z"),
        ("request", "arrived_at", "2025-06-13T07:30:00.5Z"),
        ("request", "arrived_at", "2025-06-13T07:30:00+00:00"),
        ("request", "arrived_at", "2025-W24-5T07:30:00Z"),
        ("request", "decided_at", "0001-01-01T00:00:00Z"),
        ("message", "sent_at", "9999-12-31T23:59:59Z"),
        ("request", "due", "0000-01-01"),
        ("request", "due", "20250613"),
        ("entry", "day", "2025-02-30"),
        ("entry", "week", "2025-W99"),
        ("entry", "week", "2025-W53"),
        ("entry", "week", "2025-W00"),
        ("target", "from_week", "٢٠٢٥-W24"),
        ("desk", "zone", "Nowhere"),
        ("request", "zone", "Europe"),
        ("message", "zone", "../../etc/passwd"),
        ("request", "zone", "+99:99"),
        ("node", "code", "G0"),
        ("node", "code", "X1"),
        ("requirement", "code", "R99999999999999999999"),
        ("desk", "name", " \u200b"),
        ("desk", "name", None),
        ("desk", "settings", None),
        ("desk", "settings", "[]"),
        ("desk", "settings", '{"a": NaN}'),
        ("desk", "settings", "[" * 100_000),
        ("message", "attachments", "5"),
        ("message", "attachments", '["a", 5]'),
        ("message", "attachments", "{"),
        ("request", "number", 0),
    ],
)
def test_a_value_that_cannot_be_is_refused(
    content: Content, schema: Schema, tmp_path: Path, table: str, column: str, value: object
) -> None:
    row(content, table, 1)[column] = value
    words = refusal(content, schema, tmp_path)
    assert f"table “{table}”, id 1: “{column}” " in words


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("request", "zone", "+05:30"),
        ("message", "zone", "-18:00"),
        ("message", "zone", None),
        ("message", "attachments", '["a.pdf"]'),
        ("message", "attachments", "[]"),
        ("entry", "week", "2026-W53"),
        ("desk", "settings", '{"x": {"y": [1, null]}}'),
        ("request", "due", "9999-12-31"),
        ("request", "arrived_at", "0002-01-01T00:00:00Z"),
    ],
)
def test_a_value_that_can_be_stays(
    content: Content, schema: Schema, tmp_path: Path, table: str, column: str, value: object
) -> None:
    row(content, table, 1)[column] = value
    assert row(read(content, schema, tmp_path), table, 1)[column] == value


def test_texts_inside_of_json_are_made_safe(
    content: Content, schema: Schema, tmp_path: Path
) -> None:
    row(content, "message", 1)["attachments"] = r'["a\u001b]0;x\u0007.pdf"]'
    row(content, "desk", 1)["settings"] = r'{"\ud800": ["\u202e"]}'
    found = read(content, schema, tmp_path)
    assert json.loads(row(found, "message", 1)["attachments"]) == ["a␛]0;x␇.pdf"]
    assert json.loads(row(found, "desk", 1)["settings"]) == {"�": ["�"]}


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, "has the id 0; ids begin at 1"),
        (-5, "has the id -5"),
        (2**53 + 1, "“id” is larger than a desk can hold"),
        (2**63 - 1, "“id” is larger than a desk can hold"),
    ],
)
def test_an_id_that_cannot_be_counted_on_is_refused(
    content: Content, schema: Schema, tmp_path: Path, number: int, expected: str
) -> None:
    row(content, "market", 2)["id"] = number
    assert expected in refusal(content, schema, tmp_path)


def test_there_is_exactly_one_description(content: Content, schema: Schema, tmp_path: Path) -> None:
    described = content["tables"]["desk"]
    content["tables"]["desk"] = []
    assert "“desk” must have one row" in refusal(content, schema, tmp_path)
    content["tables"]["desk"] = [*described, {**described[0], "id": 2}]
    assert "it has 2" in refusal(content, schema, tmp_path)
    del content["tables"]["desk"]
    assert "it has 0" in refusal(content, schema, tmp_path)


def test_a_tree_that_bites_its_tail_is_refused(
    content: Content, schema: Schema, tmp_path: Path
) -> None:
    nodes = content["tables"]["node"]
    obstacle, initiative = (next(n for n in nodes if n["kind"] == k) for k in
                            ("obstacle", "initiative"))  # fmt: skip
    obstacle["parent_id"] = initiative["id"]
    words = refusal(content, schema, tmp_path)
    assert f"table “node”, id {obstacle['id']}: “parent_id”" in words
    assert "“initiative”, which can't stand above “obstacle”" in words


def test_a_level_may_be_left_out_but_not_stand_twice(
    content: Content, schema: Schema, tmp_path: Path
) -> None:
    nodes = content["tables"]["node"]
    goal, need = (next(n for n in nodes if n["kind"] == k) for k in ("goal", "need"))
    need["parent_id"] = goal["id"]
    read(content, schema, tmp_path)
    tactics = [n for n in nodes if n["kind"] == "tactic"]
    tactics[0]["parent_id"] = tactics[1]["id"]
    assert f"id {tactics[0]['id']}: “parent_id”" in refusal(content, schema, tmp_path)


def test_requests_merged_in_a_ring_are_refused(
    content: Content, schema: Schema, tmp_path: Path
) -> None:
    for one, into in ((2, 3), (3, 4), (4, 3)):
        row(content, "request", one).update(state="merged", merged_into_id=into)
    words = refusal(content, schema, tmp_path)
    assert "table “request”, id 3: “merged_into_id”" in words or "id 4: “merged" in words


def test_many_rows_are_checked_in_seconds() -> None:
    start = datetime(2025, 1, 1, tzinfo=UTC)
    rows: list[dict[str, str | int | float | None]] = [
        {
            "id": number,
            "number": number,
            "arrived_at": (start + timedelta(seconds=number)).isoformat().replace("+00:00", "Z"),
            "arrived_on": "2025-01-01",
            "zone": "Europe/London",
            "merged_into_id": number - 1 or None,
        }
        for number in range(1, 100_001)
    ]
    begun = time.process_time()
    check_desk({"request": rows})
    assert time.process_time() - begun < 5
    rows[0]["merged_into_id"] = 100_000
    with pytest.raises(BadDeskError, match="leads back"):
        check_desk({"request": rows})
