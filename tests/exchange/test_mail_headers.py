"""Header fields: names, words, people, dates."""

from __future__ import annotations

import string
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.exchange.readers.mail_fields import Person, moment, sender
from pmdesk.exchange.readers.mail_headers import (
    decoded,
    identifiers,
    in_charset,
    own_identifier,
    parameters,
    read_headers,
)
from pmdesk.text import clean_line

from .mailmaking import made, request


def field(raw: bytes, name: str) -> str:
    return read_headers(raw)[0].get(name)


def person(value: str) -> Person:
    return sender(read_headers(f"From: {value}\n\n".encode())[0])


def test_folded_fields_are_one_line_and_the_body_follows() -> None:
    raw = b"Subject: one\r\n two\r\nFrom: a\r\n\r\nbody"
    headers, start = read_headers(raw)
    assert (headers.get("subject"), headers.get("from"), raw[start:]) == ("one two", "a", b"body")


@pytest.mark.parametrize(
    "raw",
    [
        b"Subject: one\nbroken without indent\nDate: x\n\nbody",
        b"Subject: one\n \nDate: x\n\nbody",
        b"From a@b Mon\n>From c@d Tue\nSubject: one\nDate: x\n\nbody",
    ],
)
def test_headers_that_senders_broke_are_still_read_to_their_end(raw: bytes) -> None:
    headers, start = read_headers(raw)
    assert headers.get("subject").startswith("one")
    assert headers.get("date") == "x"
    assert raw[start:] == b"body"


def test_a_text_without_an_empty_line_before_it_is_the_body() -> None:
    raw = b"Subject: one\nHello,\nhow are you?\n"
    assert raw[read_headers(raw)[1] :] == b"Hello,\nhow are you?\n"


def test_raw_eight_bit_fields() -> None:
    assert field("Subject: Größe".encode(), "subject") == "Größe"
    assert field("Subject: Größe".encode("cp1252"), "subject") == "Größe"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("=?utf-8?q?Gr=C3=B6=C3=9Fe?=", "Größe"),
        ("=?utf-8?B?R3LD?= =?utf-8?B?tsOfZQ==?=", "Größe"),
        ("=?iso-8859-1?Q?Gr=F6?= =?utf-8?Q?=C3=9Fe?=", "Größe"),
        ("a =?utf-8?q?b?= c", "a b c"),
        ("=?utf-8?q?a?==?utf-8?q?b?=", "ab"),
        ("=?gb2312?B?1tDOxA==?=", "中文"),
        ("=?ks_c_5601-1987?B?x9GxuQ==?=", "한국"),
        ("=?iso-2022-jp?B?GyRCJF4bKEI=?=", "ま"),
        ("=?utf-8?b?!?=", ""),
        ("=?x-evil?q?a?=", "=?x-evil?q?a?="),
        ("=?utf-8?q?a=0d=0aBcc:x=1b]0;t=07?=", "a Bcc:x␛]0;t␇"),
    ],
)
def test_encoded_words(value: str, text: str) -> None:
    assert decoded(value) == text


@given(st.text() | st.from_regex(r"(=\?[a-z0-9-]{1,12}\?[bq]\?[ -~]{0,20}\?= ?){1,4}"))
def test_decoding_never_fails_and_gives_one_clean_line(value: str) -> None:
    text = decoded(value)
    assert text == clean_line(text)


@given(st.binary(max_size=200), st.sampled_from(["utf-8", "gb2312", "iso-2022-jp", "no", "idna"]))
def test_any_bytes_are_text_in_any_charset(data: bytes, charset: str) -> None:
    assert isinstance(in_charset(data, charset), str)


@given(st.binary(max_size=300))
def test_any_bytes_have_a_header(data: bytes) -> None:
    headers, start = read_headers(data)
    assert 0 <= start <= len(data)
    sender(headers)
    moment(headers, data)


@pytest.mark.parametrize(
    ("value", "name", "address"),
    [
        ("Ada <a@b.example>", "Ada", "a@b.example"),
        ('"Byrne, Ada" <a@b.example>', "Byrne, Ada", "a@b.example"),
        ("Byrne, Ada <a@b.example>", "Byrne, Ada", "a@b.example"),
        ("=?utf-8?q?Byrne=2C_Ada?= <a@b.example>", "Byrne, Ada", "a@b.example"),
        ("a@b.example (Ada)", "Ada", "a@b.example"),
        ("a@b.example", "a@b.example", "a@b.example"),
        ("<a@b.example>", "a@b.example", "a@b.example"),
        ("Ada <a@b.example>, Bo <b@c.example>", "Ada", "a@b.example"),
        ("a@b.example, b@c.example", "a@b.example", "a@b.example"),
        (r'"Ada \"Quay\" Byrne" <a@b.example>', 'Ada "Quay" Byrne', "a@b.example"),
        ("ada at b.example (Ada)", "ada at b.example", ""),
        ("undisclosed-recipients:;", "undisclosed-recipients", ""),
        ("", "", ""),
    ],
)
def test_people(value: str, name: str, address: str) -> None:
    assert person(value) == Person(name, address)


def test_who_sent_it_where_the_from_field_has_no_address() -> None:
    raw = b"From: Ada\nReply-To: Desk <a@b.example>\n\n"
    assert sender(read_headers(raw)[0]) == Person("Ada", "a@b.example")
    assert sender(read_headers(b"Sender: s@b.example\n\n")[0]).address == "s@b.example"


def test_identifiers() -> None:
    assert identifiers("<a@b> (x) <c@d>\t<a@b>") == ("a@b", "c@d")
    assert identifiers("ada@quayside.example") == ()
    assert own_identifier("a@b") == "a@b"
    assert own_identifier("<a @b>") == "a@b"


def test_parameters() -> None:
    assert parameters('text/plain; charset="utf-8"; Name=a b') == {
        "charset": "utf-8",
        "name": "a b",
    }
    assert parameters("x; filename*=UTF-8''Gr%C3%B6%C3%9Fe.txt") == {"filename": "Größe.txt"}
    pieces = "x; filename*1*=%9Fe.txt; filename*0*=UTF-8''Gr%C3%B6%C3"
    assert parameters(pieces) == {"filename": "Größe.txt"}


@pytest.mark.parametrize(
    ("written", "at", "zone"),
    [
        ("Mon, 9 Jun 2025 09:30:00 +0200", "2025-06-09 07:30", "+02:00"),
        ("9 Jun 2025 09:30 -0530", "2025-06-09 15:00", "-05:30"),
        ("Mon, 9 Jun 2025 09:30:60 GMT (summer)", "2025-06-09 09:30", "UTC"),
        ("Mon, 9 Jun 2025 09:30:00 CEST", "2025-06-09 07:30", "+02:00"),
        ("Mon, 9 Jun 2025 09:30:00 EST", "2025-06-09 14:30", "-05:00"),
        ("Mon Jun  9 09:30:00 2025", "2025-06-09 09:30", "UTC"),
        ("Mon, 9 Jun 25 09:30:00 -0000", "2025-06-09 09:30", "UTC"),
    ],
)
def test_dates(written: str, at: str, zone: str) -> None:
    found = request(made(date=written))
    assert found.arrived_at is not None
    assert found.arrived_at.tzinfo is UTC
    assert f"{found.arrived_at:%Y-%m-%d %H:%M}" == at
    assert (found.zone, found.date_note) == (zone, None)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "99 Foo",
        "Mon, 31 Feb 2025 09:30:00 +0000",
        "Mon, 9 Jun 2025 09:30:00 +9999",
        "Mon, 9 Jun 2025 25:61:00 +0000",
        "1" * 5000,
        "(" * 4000,
        "Mon, 9 Jun " + "9" * 300 + " 09:30:00",
    ],
)
def test_an_unreadable_date_gives_way_to_the_newest_received_line(written: str) -> None:
    received = "from a by b (qmail; x);\n Mon, 9 Jun 2025 09:31:00 +0200"
    found = request(made(date=written, received=received))
    assert found.arrived_at == datetime(2025, 6, 9, 7, 31, tzinfo=UTC)
    assert (found.zone, found.messages[0].sent_at) == ("+02:00", found.arrived_at)
    assert found.date_note is not None
    assert found.date_note.endswith("; the time is from its Received line.")
    assert request(made(date=written)).arrived_at is None


@pytest.mark.parametrize("year", ["0001", "1969", "9999"])
def test_a_year_that_cant_be_right_is_told(year: str) -> None:
    found = request(made(date=f"Mon, 1 Jan {year} 00:00:00 +1200"))
    assert found.arrived_at is None
    assert found.date_note == "The mail has a date that can't be right."


@given(
    st.text(string.printable, max_size=60) | st.from_regex(r"\d{1,2} Jan \d{1,5} \d\d:\d\d \+\d{4}")
)
def test_no_date_breaks_the_reader(written: str) -> None:
    found = request(made(date="x" + written.replace("\n", " ").replace("\r", " ")))
    assert found.arrived_at is None or found.arrived_at.tzinfo is UTC
