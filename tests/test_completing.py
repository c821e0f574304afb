"""What a token that is being typed could become, and what the desk knows of it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.completing import Begun, Names, begun_at, token_of
from pmdesk.fuzzy import Pickable, Pickables
from pmdesk.tokens import read_tokens

TODAY = date(2025, 6, 13)
NAMES = Names(
    Pickables((Pickable(1, "Polar Foods", "cold", ("polr",)), Pickable(2, "Port of Zeta"))),
    Pickables((Pickable("label", "label"), Pickable("cold chain", "cold chain"))),
)


@pytest.mark.parametrize(
    ("line", "kind", "value"),
    [
        ("Label @po", "account", "po"),
        ("@", "account", ""),
        ("@polar_fo", "account", "polar fo"),
        ('x @"Port of', "account", "Port of"),
        ("#la", "topic", "la"),
        ("x Topic:la", "topic", "la"),
        ("x topic:“cold ch", "topic", "cold ch"),
        ("from:sa", "from", "sa"),
    ],
)
def test_a_token_at_the_cursor_is_seen(line: str, kind: str, value: str) -> None:
    begun = begun_at(line, len(line))
    assert begun is not None
    assert (begun.kind, begun.value, begun.end) == (kind, value, len(line))


@pytest.mark.parametrize(
    "line", ["", "Label", "a@b", "@po ", '@"Port of" x', "by:fri", "~30m", "x @po and"]
)
def test_other_words_are_none(line: str) -> None:
    assert begun_at(line, len(line)) is None


def test_in_the_middle_of_a_word_there_is_none() -> None:
    assert begun_at("@polar", 3) is None
    assert begun_at("@po lar", 3) is not None


@given(st.text(max_size=20), st.sampled_from(["@", "#", "topic:", "from:"]))
def test_a_completion_is_read_back_as_what_was_chosen(name: str, head: str) -> None:
    kinds = {"@": "account", "#": "topic", "topic:": "topic", "from:": "from"}
    token = token_of(Begun(kinds[head], head, "", 0, 0), name)
    if token:
        read = read_tokens(f"label {token} for lots", TODAY, loose=True)
        said = {"account": read.account, "topic": read.topic, "from": read.from_function}
        assert said[kinds[head]] == name
        assert read.title == "label for lots"


@pytest.mark.parametrize(
    ("name", "token"),
    [("Polar", "@Polar"), ("Polar Foods", "@Polar_Foods"), ("A/B (x)", '@"A/B (x)"'),
     ('the "one"', "@“the \"one\"”"), ("x" * 81, "")],
)  # fmt: skip
def test_how_a_name_is_written(name: str, token: str) -> None:
    assert token_of(Begun("account", "@", "", 0, 0), name) == token


def test_completions_end_where_there_is_nothing_more_to_say() -> None:
    def names(line: str) -> list[str]:
        begun = begun_at(line, len(line))
        assert begun is not None
        return [one.name for one in NAMES.completions(begun)]

    assert names("@po") == ["Polar Foods", "Port of Zeta"]
    assert names("@polar_foods") == []
    assert names("from:cus")[0] == "customers"
    assert names("from:customers") == []
    assert len(names("from:")) == 9


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x @polar_foods #label", ["account Polar Foods", "topic label"]),
        ("x @POLR", ["account Polar Foods"]),
        ("x @polar", ["no account “polar”: stays in the text"]),
        ("x #labels by:fri", ["new topic labels", "due Fri 20 Jun"]),
        ("x", []),
    ],
)
def test_what_the_desk_knows_is_said(text: str, said: list[str]) -> None:
    heard = NAMES.said(read_tokens(text, TODAY, loose=True), TODAY)
    assert [one.split(" (")[0] for one in heard] == said


def test_where_not_all_are_known_nothing_is_denied() -> None:
    captured = read_tokens("x @nobody #new", TODAY, loose=True)
    partly = Names(Pickables((), left_out=1), Pickables((), left_out=1))
    for names in (Names(), partly):
        assert names.said(captured, TODAY) == ["account nobody", "topic new"]


def test_what_is_being_typed_is_not_yet_wrong() -> None:
    for line, said in (("x @pol", "no account “pol” yet"), ("x from:cu", "no function “cu” yet")):
        captured = read_tokens(line, TODAY, loose=True)
        assert NAMES.said(captured, TODAY, begun_at(line, len(line))) == [said]
