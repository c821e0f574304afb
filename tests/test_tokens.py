"""Tokens as a product manager types them in a hurry."""

import time
from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.customers.kinds import Function
from pmdesk.text import clean
from pmdesk.tokens import FUNCTIONS, MOST, Captured, echo, read_tokens

FRIDAY = date(2025, 6, 13)


def said(text: str, loose: bool = False) -> tuple[str, list[str]]:
    """The title and the echo."""
    captured = read_tokens(text, FRIDAY, loose)
    return captured.title, echo(captured, FRIDAY)


def test_the_functions_are_those_of_the_inbox() -> None:
    assert get_args(Function) == FUNCTIONS


def test_every_token_is_taken_out_of_the_text() -> None:
    captured = read_tokens(
        "Export shifts @polar topic:export from:sales by:27.11. est:1h30 as CSV\nThey asked twice",
        FRIDAY,
    )
    assert captured.title == "Export shifts as CSV"
    assert captured.body == "They asked twice"
    assert (captured.account, captured.topic, captured.from_function) == (
        "polar",
        "export",
        "sales",
    )
    assert (captured.due, captured.estimate_minutes) == (date(2025, 11, 27), 90)
    assert captured.title_if_unknown == "Export shifts @polar as CSV"
    assert captured.body_if_unknown == captured.body
    assert captured.problems == ()
    assert echo(captured, FRIDAY) == [
        "account polar",
        "topic export",
        "from sales",
        "due Thu 27 Nov",
        "estimate ~1h 30m",
    ]


@pytest.mark.parametrize(
    ("text", "title", "account"),
    [
        ("@polar wants an export", "wants an export", "polar"),
        ('ask @"Polar Clinics" about it', "ask about it", "Polar Clinics"),
        ("ask @“Polar Clinics” about it", "ask about it", "Polar Clinics"),
        ("ask @polar_clinics about it", "ask about it", "polar clinics"),
        ('ask @"polar_clinics"', "ask", "polar_clinics"),
        ("export for @polar, please", "export for, please", "polar"),
        ("is it ready for @Polar?", "is it ready for?", "Polar"),
        ("export for @polar. Soon", "export for. Soon", "polar"),
        ("@polar: export", "export", "polar"),
        ("@Größe wants more", "wants more", "Größe"),
        ("@1&1 and @3M", "and @3M", "1&1"),
        ("@polar.example asks", "asks", "polar.example"),
    ],
)
def test_accounts(text: str, title: str, account: str) -> None:
    captured = read_tokens(text, FRIDAY)
    assert (captured.title, captured.account) == (title, account)


@pytest.mark.parametrize(
    "text",
    [
        "mail ana@polar.example about it",
        "meet @12:30",
        "meet @ 5",
        "meet @5pm or @17h or @17.30",
        "call at 12:30",
        "see https://example.com/by:fri?from:sales",
        "see http://a@b.c",
        "install @types/node",
        "a rate of 5@3",
        "by: fri, from: sales",
        "@",
        "@-polar and @_ and @@polar",
        "(@polar)",
        "standby:fri",
        "::",
        "#label and ~30m are for where no shell reads them",
    ],
)
def test_what_is_no_token_stays_without_a_word(text: str) -> None:
    assert said(text) == (text, [])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("ship by:nonsense", "“by:nonsense” stays in the text: it is no date"),
        ("ship by:31.6.", "“by:31.6.” stays in the text: it is no date"),
        ("took est:long", "“est:long” stays in the text: it is no time span"),
        ("took est:0", "“est:0” stays in the text: it is no time span"),
        ("took est:9999h", "“est:9999h” stays in the text: it is no time span"),
        ("note from:bob", f"“from:bob” stays in the text: it is none of {', '.join(FUNCTIONS)}"),
        ('ask @"Polar about it', "“@\"Polar” stays in the text: it names no account"),
        ('ask @"" about it', "“@\"\"” stays in the text: it names no account"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_stays_and_is_told(text: str, problem: str) -> None:
    title, told = said(text)
    assert title == text
    assert told == [problem]


def test_the_first_of_two_counts_and_the_second_stays() -> None:
    assert said("@polar and @northmoor by:fri by:mon") == (
        "and @northmoor by:mon",
        [
            "account polar",
            "due Fri 20 Jun",
            "“@northmoor” stays in the text: there is one before it",
            "“by:mon” stays in the text: there is one before it",
        ],
    )
    assert said("by:nonsense then by:fri")[1][0] == "due Fri 20 Jun"


def test_values_in_quotes_and_capital_keys() -> None:
    assert said('Plan By:"27 nov" EST:"1h 30m" topic:"single sign-on" From:Sales now') == (
        "Plan now",
        ["topic single sign-on", "from sales", "due Thu 27 Nov", "estimate ~1h 30m"],
    )


def test_a_label_and_a_tilde_count_only_where_no_shell_reads_them() -> None:
    text = "Faster list #performance ~30m for ~5 people, see #12 and ~/notes"
    assert said(text)[1] == []
    assert said(text, loose=True) == (
        "Faster list for ~5 people, see #12 and ~/notes",
        ["topic performance", "estimate ~30m"],
    )


def test_title_and_body_keep_their_lines() -> None:
    captured = read_tokens(
        "\n  Export  of\tshifts \n\n  - one  @polar\n  - two\n\n@second by:fri\n\n", FRIDAY
    )
    assert captured.title == "Export of shifts"
    assert captured.body == "  - one\n  - two\n\n@second"
    assert captured.body_if_unknown == "  - one  @polar\n  - two\n\n@second"


def test_a_first_line_of_tokens_is_no_title() -> None:
    captured = read_tokens("@polar by:fri\nExport of shifts\nsoon", FRIDAY)
    assert (captured.title, captured.body) == ("Export of shifts", "soon")
    assert (captured.title_if_unknown, captured.body_if_unknown) == (
        "@polar",
        "Export of shifts\nsoon",
    )


def test_nothing_but_tokens_is_its_own_title() -> None:
    captured = read_tokens("@polar by:fri", FRIDAY)
    assert (captured.title, captured.account) == ("@polar by:fri", "polar")
    assert read_tokens(" \n\t\u200b", FRIDAY).title == ""


def test_many_problems_are_told_briefly() -> None:
    told = said(" ".join(f"by:nonsense{number}" for number in range(9)))[1]
    assert len(told) == 4
    assert told[-1] == "6 more stay in the text"


@pytest.mark.parametrize("hostile", ["by:x ", '@" ', "@a ", "@a\n", 'est:"1h" ', "a@b.c "])
def test_the_time_grows_as_the_text_does(hostile: str) -> None:
    """Eight times the text takes about eight times as long; where it was quadratic, 64 times."""

    def seconds(size: int) -> float:
        begun = time.process_time()
        captured = read_tokens(hostile * (size // len(hostile)), FRIDAY, loose=True)
        assert len(captured.problems) <= MOST
        return time.process_time() - begun

    small = max(seconds(250_000), seconds(250_000), 0.01)
    assert seconds(2_000_000) < 24 * small


def test_after_so_many_tokens_the_rest_is_text() -> None:
    captured = read_tokens("by:x " * MOST + "@polar", FRIDAY)
    assert len(captured.problems) == MOST
    assert (captured.account, captured.title[-6:]) == (None, "@polar")
    assert read_tokens("by:x " * (MOST - 1) + "@polar", FRIDAY).account == "polar"


def test_a_name_of_a_page_is_none() -> None:
    for text in ("@" + "a" * 81, "topic:" + "b" * 81):
        captured = read_tokens(f"ask {text}", FRIDAY)
        assert (captured.title, captured.account, captured.topic) == (f"ask {text}", None, None)


pieces = st.sampled_from(
    ["@polar", '@"Two Words"', '@"', "“", "by:fri", "by:x", "est:30m", "topic:a", "from:sales",
     "#label", "~2h", ",", ".", " ", "  ", "\t", "\n", "Export", "a@b.c", "12:30", "\x1b[2J",
     "\udc80"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=80), st.lists(pieces, max_size=12).map("".join)), st.booleans())
def test_no_letter_of_the_text_is_lost(text: str, loose: bool) -> None:
    captured = read_tokens(text, FRIDAY, loose)
    assert clean(captured.title) == captured.title == captured.title.strip()
    assert "\n" not in captured.title
    assert bool(captured.title) or not captured.body
    assert _letters(captured.title_if_unknown + captured.body_if_unknown) >= _letters(
        captured.title + captured.body
    )
    if captured.account is None and not _values(captured):
        assert _letters(captured.title + captured.body) == _letters(clean(text))


@given(st.text(max_size=80), st.booleans())
def test_what_is_left_is_as_clean_as_what_is_said(text: str, loose: bool) -> None:
    captured = read_tokens(f"x {text} @{text} topic:{text} by:{text}", FRIDAY, loose)
    for part in (captured.title, *echo(captured, FRIDAY)):
        assert "\n" not in part
        assert clean(part) == part


def _letters(text: str) -> int:
    return sum(sign.isalnum() for sign in text)


def _values(captured: Captured) -> bool:
    values = (captured.topic, captured.from_function, captured.due, captured.estimate_minutes)
    return any(value is not None for value in values)


def test_a_text_of_nothing_but_tokens_still_names_its_account() -> None:
    captured = read_tokens("@polar by:fri", FRIDAY)
    assert captured.title == captured.title_if_unknown == "@polar by:fri"
    assert captured.account == "polar"
