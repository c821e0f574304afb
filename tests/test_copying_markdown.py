"""Markdown that shows somebody's words as they were written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.copying import escaped, fenced, markdown_table, plain_table


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Sync fails at 100 %", "Sync fails at 100 %"),
        ("snake_case and a-b stay", "snake_case and a-b stay"),
        ("_not_ *this*", r"\_not\_ \*this\*"),
        ("[click](http://x.example) <b>", r"\[click\](http://x.example) \<b>"),
        ("`rm -rf` \\ ~~no~~", r"\`rm -rf\` \\ \~~no\~~"),
        ("AT&T, &amp; and &#60;", r"AT&T, \&amp; and \&#60;"),
    ],
)
def test_what_would_act_in_a_line_is_escaped(words: str, shown: str) -> None:
    assert escaped(words) == shown


@given(st.text())
def test_nothing_of_the_words_is_lost(words: str) -> None:
    out, rest = "", iter(escaped(words))
    for sign in rest:
        out += next(rest) if sign == "\\" else sign
    assert out == words


@given(st.text(alphabet="`a\n~#", max_size=40))
def test_no_text_gets_out_of_its_fence(text: str) -> None:
    first, *lines, last = fenced(text).split("\n")
    fence = first.removesuffix("text")
    assert set(fence) == {"`"}
    assert last == fence
    assert "\n".join(lines) == text.rstrip()
    assert all(fence not in line for line in lines)


def test_tables() -> None:
    headings, rows = ("Day", "Hours"), [("Mon", "7.5"), ("2025-W24", "34.0")]
    assert markdown_table(headings, rows).splitlines() == [
        "| Day | Hours |",
        "| --- | ---: |",
        "| Mon | 7.5 |",
        "| 2025-W24 | 34.0 |",
    ]
    assert plain_table(headings, rows).splitlines() == [
        "Day       Hours",
        "Mon         7.5",
        "2025-W24   34.0",
    ]
