"""JSON from outside, value by value: the same however it is cut into pieces."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmdesk.exchange import json_stream
from pmdesk.exchange.json_stream import Broken, first_value, json_values
from pmdesk.exchange.reading import Progress

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
leaves = st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | texts
objects = st.dictionaries(texts, st.recursive(leaves, st.lists, max_leaves=6), max_size=4)
shared_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_stream, "_PIECE", 5)


def values(path: Path, data: str | bytes, encoding: str = "utf-8") -> list[object]:
    path.write_bytes(data if isinstance(data, bytes) else data.encode(encoding))
    return list(json_values(path, Progress()))


def broken(found: list[object]) -> Iterator[Broken]:
    return (value for value in found if isinstance(value, Broken))


@shared_folder
@given(
    given_values=st.lists(objects | leaves, max_size=5),
    indent=st.sampled_from([None, 1, 9]),
    ascii_only=st.booleans(),
)
def test_an_array_gives_its_elements(
    given_values: list[object], indent: int | None, ascii_only: bool, tmp_path: Path
) -> None:
    text = json.dumps(given_values, indent=indent, ensure_ascii=ascii_only)
    assert values(tmp_path / "a.json", text) == given_values


@shared_folder
@given(
    given_values=st.lists(objects, max_size=5),
    end=st.sampled_from(["\n", "\r\n", "\n\n", ""]),
)
def test_a_line_each_gives_the_lines(given_values: list[object], end: str, tmp_path: Path) -> None:
    text = "".join(json.dumps(value, ensure_ascii=False) + end for value in given_values)
    assert values(tmp_path / "a.jsonl", text) == given_values


@shared_folder
@given(given_values=st.lists(objects, min_size=1, max_size=4), data=st.data())
def test_what_was_read_before_the_end_is_kept(
    given_values: list[object], data: st.DataObject, tmp_path: Path
) -> None:
    text = json.dumps(given_values)
    cut = data.draw(st.integers(1, len(text) - 1))
    found = values(tmp_path / "a.json", text[:cut])
    last = found.pop()
    assert isinstance(last, Broken)
    assert last.final
    assert found == given_values[: len(found)]


@shared_folder
@given(before=st.lists(objects, max_size=3), after=st.lists(objects, max_size=3))
def test_one_bad_line_costs_one_line(
    before: list[object], after: list[object], tmp_path: Path
) -> None:
    lines = [json.dumps(value) for value in before]
    lines += ['{"a": "b, }', *(json.dumps(value) for value in after)]
    found = values(tmp_path / "a.jsonl", "\n".join(lines))
    assert [value for value in found if not isinstance(value, Broken)] == before + after
    assert len(list(broken(found))) == 1


@shared_folder
@given(data=st.binary(max_size=80) | st.text('[]{},:"\\ \n1eua', max_size=40).map(str.encode))
def test_nothing_makes_it_crash(data: bytes, tmp_path: Path) -> None:
    found = values(tmp_path / "a.json", data)
    assert all(not bad.final for bad in list(broken(found))[:-1])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_what_windows_shells_write_is_read(encoding: str, tmp_path: Path) -> None:
    given_values = [{"title": "Spitäler – 夜勤 😀"}, {"title": "b"}]
    text = json.dumps(given_values, ensure_ascii=False)
    assert values(tmp_path / "a.json", text, encoding) == given_values
    assert first_value(text.encode(encoding)) == given_values[0]


def test_several_arrays_are_read_on(tmp_path: Path) -> None:
    assert values(tmp_path / "a.json", "[1, 2][3]\n[]\n4 ") == [1, 2, 3, 4]


def test_numbers_that_cannot_be_kept_are_none(tmp_path: Path) -> None:
    text = '[{"a": NaN, "b": -Infinity, "c": ' + "7" * 5_000 + "}, 1]"
    assert values(tmp_path / "a.json", text) == [{"a": None, "b": None, "c": None}, 1]


def test_of_two_keys_the_last_holds(tmp_path: Path) -> None:
    assert values(tmp_path / "a.json", '[{"a": 1, "a": 2}]') == [{"a": 2}]


@pytest.mark.parametrize("bomb", ["[" * 200_000, '{"a":' * 200_000, '[{"a":' + "[" * 200_000])
def test_a_depth_bomb_is_one_broken_value(
    bomb: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_stream, "_PIECE", 64 * 1024)
    assert values(tmp_path / "a.json", bomb) == [Broken("nested too deeply", final=True)]


def test_a_bomb_on_one_line_spares_the_next(tmp_path: Path) -> None:
    bomb, after = values(tmp_path / "a.jsonl", '{"a":' + "[" * 5_000 + '\n{"b": 1}')
    assert isinstance(bomb, Broken)  # how deep is too deep depends on the Python
    assert after == {"b": 1}


def test_a_value_that_never_ends_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_stream, "LARGEST", 1000)
    long_line = '{"a": "' + "x" * 5_000 + '"}\n{"b": 1}'
    first, second = values(tmp_path / "a.jsonl", long_line)
    assert isinstance(first, Broken)
    assert "longer than" in first.reason
    assert second == {"b": 1}


def test_progress_is_told_in_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{"a": "ä" * 50}] * 20, ensure_ascii=False), "utf-8")
    told: list[int] = []
    assert len(list(json_values(path, Progress(told.append)))) == 20
    assert told == sorted(told)
    assert told[-1] == path.stat().st_size


def test_the_first_value_of_a_long_file_is_not_known() -> None:
    assert first_value(b'[{"a": "bcd') is None
    assert first_value(b" [ [ {}, 1]") == {}
    assert first_value(b"") is None
