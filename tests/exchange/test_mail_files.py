"""Files taken apart into raw messages."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.exchange.readers.mail_files import (
    Raw,
    Unreadable,
    is_separator,
    raw_messages,
    split_mbox,
    unwrap_emlx,
)

DATED = b"From ada@quayside.example Mon Jun  9 07:30:00 2025\n"


def split(data: bytes) -> list[bytes]:
    return [raw.data for raw in split_mbox(BytesIO(data), "m")]


@pytest.mark.parametrize(
    "line",
    [
        b"From ada@quayside.example Mon Jun  9 07:30:00 2025\n",
        b"From ada@quayside.example  Mon Jun  9 07:30 2025\r\n",
        b"From users-return-1-a=b.example@c.example Mon Jun 09 07:30:00 2025\n",
        b"From luc\xed at quayside.example  Mon Nov  7 18:44:27 2016\n",
        b"From - Mon Jun  9 07:30:00 2025\n",
        b"From ada Mon Jun  9 07:30:00 MET DST 2025\n",
        b"From ada Mon Jun  9 07:30:00 2025 +0200\n",
        b"From -\n",
        b"From ada@quayside.example\n",
        b"From ada@quayside.example 2025-06-09 07:30:00 in 2025\n",
    ],
)
def test_separators(line: bytes) -> None:
    assert is_separator(line, b"From: Ada\n", True)


@pytest.mark.parametrize(
    ("line", "following"),
    [
        (b"From Russia with love\n", b"\n"),
        (b"From Russia with love\n", b"Year: 1963\n"),
        (b"From the crew of 2019\n", b"Subject: a list\n"),
        (b"From ten at 10:30 in 2019\n", b"we left.\n"),
        (DATED, b"is a line of an mbox.\n"),
        (b"From -\n", b"- a dash\n"),
    ],
)
def test_text_that_begins_with_from(line: bytes, following: bytes) -> None:
    assert not is_separator(line, following, True)


def test_a_separator_without_an_empty_line_before_needs_a_date_and_a_usual_field() -> None:
    assert is_separator(DATED, b"Received: from a\n", False)
    assert not is_separator(DATED, b"Odd: field\n", False)
    assert not is_separator(b"From -\n", b"From: a\n", False)


def test_byte_order_mark_and_blank_lines_at_the_start() -> None:
    raws = list(split_mbox(BytesIO(b"\xef\xbb\xbf  \n\n" + DATED + b"From: a\n\nx\n"), "m"))
    assert [(raw.where, raw.from_line) for raw in raws] == [("m, message 1", DATED.strip())]


def test_what_stands_before_the_first_separator_is_not_lost() -> None:
    assert split(b"Subject: a\n\nx\n\n" + DATED + b"From: b\n\ny\n") == [
        b"Subject: a\n\nx\n\n",
        b"From: b\n\ny\n",
    ]


def test_escaped_from_lines_lose_one_sign() -> None:
    assert split(DATED + b"From: a\n\n>From a\n>>From b\n> From c\n") == [
        b"From: a\n\nFrom a\n>From b\n> From c\n"
    ]


def test_a_long_line_is_no_separator_and_long_messages_are_cut(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("pmdesk.exchange.readers.mail_files.RAW_LIMIT", 100_000)
    raws = split(DATED + b"From: a\n\n" + b"x" * 300_000 + b"\n\n" + DATED + b"From: b\n\ny\n")
    assert [len(raw) for raw in raws] == [100_000, 11]


def test_apple_mail_with_a_wrong_count() -> None:
    plist = b'<?xml version="1.0"?><plist/>'
    assert unwrap_emlx(b"4   \nabcd" + plist) == b"abcd"
    assert unwrap_emlx(b"9999\nabcd" + plist) == b"abcd"


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.eml")
    (tmp_path / "real.eml").write_bytes(b"From: a\n\nx")
    found = list(raw_messages(tmp_path, lambda: False))
    assert found == [
        Unreadable("pipe.eml", "it is not an ordinary file", 0),
        Raw(b"From: a\n\nx", "real.eml", 10),
    ]


def test_temporary_files_of_a_maildir_are_left_alone(tmp_path: Path) -> None:
    for name in ("cur", "new", "tmp"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "one.eml").write_bytes(b"From: a\n\nx")
    found = [raw.where for raw in raw_messages(tmp_path, lambda: False)]
    assert found == ["cur/one.eml", "new/one.eml"]


BODIES = st.lists(
    st.sampled_from(["Hello", "", "From Russia with love", "x: y", "From", ">x", "Subject: a"])
    | st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\n\r"), max_size=30),
    max_size=6,
)


def escaped(line: str) -> str:
    return f">{line}" if line.lstrip(">").startswith("From ") else line


@given(st.lists(BODIES, min_size=1, max_size=5))
def test_what_was_written_as_mboxrd_is_read_back(bodies: list[list[str]]) -> None:
    mails = ["\n".join(["From: a@b.example", "", *body]) + "\n" for body in bodies]
    box = "".join(
        DATED.decode() + "\n".join(escaped(line) for line in mail.split("\n")) + "\n"
        for mail in mails
    )
    assert split(box.encode()) == [f"{mail}\n".encode() for mail in mails]


@given(st.binary(max_size=300), st.integers(0, 5))
def test_no_bytes_are_lost_or_doubled(noise: bytes, number: int) -> None:
    noise = noise.replace(b">", b"<").lstrip(b"\xef")
    raws = list(split_mbox(BytesIO((DATED + b"From: a\n\n") * number + noise), "m"))
    kept = b"".join((raw.from_line + b"\n" if raw.from_line else b"") + raw.data for raw in raws)
    if kept or noise.strip():
        assert kept == (DATED + b"From: a\n\n") * number + noise
