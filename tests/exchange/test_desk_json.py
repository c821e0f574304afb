"""Our own JSON: what is written can be read, and nothing else can."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmdesk.errors import RefusedError
from pmdesk.exchange.desk_data import TABLES
from pmdesk.exchange.readers import desk_json
from pmdesk.exchange.readers.desk_json import read_desk, recognises
from pmdesk.exchange.reading import Progress
from pmdesk.exchange.writers.desk_json import write_desk
from pmdesk.text import clean

COLUMNS: dict[str, dict[str, type]] = {
    "market": {"id": int, "name": str, "position": int},
    "reading": {"id": int, "value": float, "note": str},
}

Row = dict[str, str | int | float | None]

texts = st.text().map(clean)
whole = st.integers(-(2**53), 2**53)
floats = st.floats(allow_nan=False, allow_infinity=False)


def rows_of(**columns: st.SearchStrategy[str | int | float]) -> st.SearchStrategy[list[Row]]:
    rows = st.lists(st.tuples(*(st.none() | column for column in columns.values())), max_size=5)
    numbers = st.sets(st.integers(1, 2**53), min_size=5, max_size=5).map(sorted)
    return st.builds(
        lambda ids, values: [
            {"id": number, **dict(zip(columns, row, strict=True))}
            for number, row in zip(ids, values, strict=False)
        ],
        numbers,
        rows,
    )


desks = st.fixed_dictionaries(
    {
        "desk": st.just([{"id": 1}]),
        "market": rows_of(name=texts, position=whole),
        "reading": rows_of(value=floats, note=texts),
    }
)


def written(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text)
    return path


def refusal(path: Path, text: str | bytes) -> str:
    with pytest.raises(RefusedError) as refused:
        read_desk(written(path, text), COLUMNS)
    words = str(refused.value)
    assert words.endswith(".")
    assert "\n" not in words
    assert len(words) < 250
    return words


def desk_with(tables: str) -> str:
    return f'{{"format": "pmdesk", "version": 1, "schema": 1, "tables": {tables}}}'


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(desk=desks)
def test_what_is_written_is_read_and_written_the_same(
    desk: dict[str, list[Row]], tmp_path: Path
) -> None:
    text = "".join(write_desk(desk))
    # Tables that the file has and this schema has not would be refused; they are empty here.
    columns = {table: COLUMNS.get(table, {"id": int}) for table in TABLES}
    draft = read_desk(written(tmp_path / "desk.json", text), columns)
    assert {table: draft.tables[table] for table in desk} == desk
    assert "".join(write_desk(draft.tables)) == text


def test_the_tables_are_those_of_the_schema_with_parents_first(
    schema: dict[str, dict[str, type]], db: sqlite3.Connection
) -> None:
    assert set(TABLES) == set(schema)
    for place, table in enumerate(TABLES):
        parents = {row[2] for row in db.execute(f"PRAGMA foreign_key_list({table})")} - {table}
        assert parents <= set(TABLES[:place])


def test_one_row_stands_on_one_line_without_its_nulls() -> None:
    rows: list[Row] = [{"id": 1, "name": "Spitäler – “H”", "position": 2}, {"id": 2, "name": None}]
    lines = "".join(write_desk({"market": rows}, schema=3)).splitlines()
    assert lines[1:4] == ['  "format": "pmdesk",', '  "version": 1,', '  "schema": 3,']
    start = lines.index('    "market": [')
    assert lines[start + 1 : start + 4] == [
        '      {"id": 1, "name": "Spitäler – “H”", "position": 2},',
        '      {"id": 2}',
        "    ],",
    ]


def test_the_text_is_given_piece_by_piece() -> None:
    asked: list[int] = []

    def rows() -> Iterator[Row]:
        for number in (1, 2, 3):
            asked.append(number)
            yield {"id": number}

    pieces = write_desk({"market": rows()})
    while '"id": 1' not in next(pieces):
        pass
    assert asked == [1]


def test_a_table_that_is_not_exported_is_not_written() -> None:
    with pytest.raises(RefusedError, match="step"):
        list(write_desk({"step": []}))


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_a_number_that_json_does_not_have_is_not_written(number: float) -> None:
    with pytest.raises(RefusedError, match=r"reading.*id 7"):
        list(write_desk({"reading": [{"id": 7, "value": number}]}))


def test_rows_come_in_the_order_of_their_ids_with_every_column(tmp_path: Path) -> None:
    text = desk_with('{"market": [{"position": 5, "id": 2}, {"id": 1, "name": null}]}')
    draft = read_desk(written(tmp_path / "d.json", text), COLUMNS)
    assert draft.tables == {
        "market": [
            {"id": 1, "name": None, "position": None},
            {"id": 2, "name": None, "position": 5},
        ],
        "reading": [],
    }
    assert list(draft.tables["market"][1]) == ["id", "name", "position"]


def test_a_table_may_have_a_key_of_letters(tmp_path: Path) -> None:
    columns = {"counter": {"letter": str, "last": int}}
    rows = '{"letter": "T", "last": 3}, {"letter": "#", "last": 1}'
    path = written(tmp_path / "d.json", desk_with(f'{{"counter": [{rows}]}}'))
    assert [row["letter"] for row in read_desk(path, columns).tables["counter"]] == ["#", "T"]
    written(path, desk_with(f'{{"counter": [{rows}, {rows}]}}'))
    with pytest.raises(RefusedError, match="letter T twice"):
        read_desk(path, columns)


def test_a_whole_number_is_good_where_a_number_belongs(tmp_path: Path) -> None:
    text = desk_with('{"reading": [{"id": 1, "value": 3}]}')
    value = read_desk(written(tmp_path / "d.json", text), COLUMNS).tables["reading"][0]["value"]
    assert (value, type(value)) == (3.0, float)


def test_texts_are_made_safe(tmp_path: Path) -> None:
    text = desk_with(r'{"market": [{"id": 1, "name": "a\ud800b\u001b]0;x\u0007\u202ec"}]}')
    rows = read_desk(written(tmp_path / "d.json", text), COLUMNS).tables["market"]
    assert rows[0]["name"] == "a�b␛]0;x␇�c"


@pytest.mark.parametrize(
    ("tables", "expected"),
    [
        ('{"mark\\u001bet": []}', "unknown table “mark␛et”"),
        ('{"market": {}}', "table “market” is no list"),
        ('{"market": [3]}', "table “market”, row 1 is no object"),
        ('{"market": [{"id": 1}, {"id": 2, "colour": 3}]}', "row 2 has an unknown column “colour”"),
        ('{"market": [{"name": "H"}]}', "row 1 has no id"),
        ('{"market": [{"id": 1}, {"id": 1}]}', "has the id 1 twice"),
        ('{"market": [{"id": "1"}]}', "“id” must be a whole number"),
        ('{"market": [{"id": true}]}', "“id” must be a whole number"),
        ('{"market": [{"id": 1.0}]}', "“id” must be a whole number"),
        ('{"market": [{"id": 1, "name": 4}]}', "“name” must be a text"),
        ('{"market": [{"id": 1, "name": ["H"]}]}', "“name” must be a text"),
        ('{"reading": [{"id": 1, "value": "4"}]}', "“value” must be a number"),
        ('{"reading": [{"id": 1, "value": false}]}', "“value” must be a number"),
        ('{"reading": [{"id": 1, "value": NaN}]}', "NaN is no number"),
        ('{"reading": [{"id": 1, "value": -Infinity}]}', "-Infinity is no number"),
        ('{"reading": [{"id": 1, "value": 1e999}]}', "1e999 is no number"),
        ('{"market": [{"id": 9223372036854775808}]}', "does not fit in 64 bits"),
        ('{"market": [{"id": ' + "7" * 5_000 + "}]}", "does not fit in 64 bits"),
        ('{"market": [{"id": 1, "id": 2}]}', "“id” stands twice"),
        ('{"market": ' + "[" * 200_000, "nested too deeply"),
        ('{"market": [', "not valid JSON"),
        ("null", "“tables” are missing"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(tables: str, expected: str, tmp_path: Path) -> None:
    assert expected in refusal(tmp_path / "bad desk.json", desk_with(tables))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "not a desk"),
        ("[]", "not a desk"),
        ('{"format": "other"}', "not a desk"),
        ("SQLite format 3\0", "not a desk"),
        (
            '{"format": "pmdesk", "version": 2, "schema": 1, "tables": {}}',
            "newer pmdesk (version 2",
        ),
        ('{"format": "pmdesk", "version": 1, "schema": 2, "tables": {}}', "newer pmdesk (schema 2"),
        ('{"format": "pmdesk", "version": "1", "schema": 1, "tables": {}}', "“version” is missing"),
        ('{"format": "pmdesk", "version": 1, "tables": {}}', "“schema” is missing"),
        ('{"format": "pmdesk", "version": true, "schema": 1, "tables": {}}', "“version”"),
        ('{"format": "pmdesk", "version": 1, "schema": 1}', "“tables” are missing"),
        (
            '{"format": "pmdesk", "version": 1, "schema": 1, "tables": {}, "x": 1}',
            "unknown part “x”",
        ),
        (b'{"format": "pmdesk", "name": "\xff"}', "not UTF-8"),
    ],
)
def test_a_file_that_is_no_desk_is_refused(
    text: str | bytes, expected: str, tmp_path: Path
) -> None:
    assert expected in refusal(tmp_path / "x.json", text)


def test_a_missing_file_a_folder_and_a_huge_file_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in (tmp_path / "missing.json", tmp_path):
        with pytest.raises(RefusedError, match="is not a file"):
            read_desk(path, COLUMNS)
    monkeypatch.setattr(desk_json, "LARGEST", 10)
    assert "larger than" in refusal(tmp_path / "big.json", desk_with("{}"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 200), junk=st.binary(max_size=6))
def test_a_damaged_file_is_read_or_refused_but_never_crashes(
    place: int, junk: bytes, tmp_path: Path
) -> None:
    good = desk_with('{"market": [{"id": 1, "name": "H"}], "reading": [{"id": 1}]}').encode()
    path = written(tmp_path / "d.json", good[:place] + junk + good[place + len(junk) :])
    with suppress(RefusedError):
        assert set(read_desk(path, COLUMNS).tables) == set(COLUMNS)


def test_the_demo_is_written_again_byte_for_byte(
    demo: Path, schema: dict[str, dict[str, type]]
) -> None:
    told: list[int] = []
    draft = read_desk(demo, schema, progress=Progress(told.append))
    assert "".join(write_desk(draft.tables, draft.schema)).encode() == demo.read_bytes()
    assert told == [demo.stat().st_size]


def test_a_desk_is_recognised_by_its_beginning(demo: Path) -> None:
    assert recognises(demo, demo.read_bytes()[:100])
    assert recognises(demo, b"\xef\xbb\xbf" + demo.read_bytes()[:100])
    assert not recognises(demo, json.dumps([{"format": "pmdesk"}]).encode())
    assert not recognises(demo, b"")
