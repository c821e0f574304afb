"""Mails made to cost time, memory or the program: each is read in bounds, or says why not."""

from __future__ import annotations

import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.exchange.readers import mail
from pmdesk.exchange.readers.mail_files import Raw
from pmdesk.exchange.readers.mail_message import read_message
from pmdesk.exchange.reading import Draft, Failed

from .mailmaking import FIXTURES, accounted, all_of, made, request

HEAD = b"From: a@b.example\nDate: Mon, 9 Jun 2025 09:30:00 +0000\nMessage-ID: <1@b>\n"
MIXED = HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n"


def nested(depth: int) -> bytes:
    opened = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(depth)
    )
    closed = b"".join(b"--b%d--\n" % n for n in reversed(range(depth)))
    return HEAD + opened + b"Content-Type: text/plain\n\nhi\n" + closed


def html(text: bytes) -> bytes:
    return HEAD + b"Content-Type: text/html\n\n" + text


HOSTILE = {
    "unknown charset": HEAD + b"Subject: =?x-evil?q?a?=\n\nx",
    "2 MB subject": HEAD + b"Subject: " + b"a" * 2_000_000 + b"\n\nx",
    "50,000 encoded words": HEAD + b"Subject: " + b"=?utf-8?q?a?= " * 50_000 + b"\n\nx",
    "20,000 recipients": HEAD + b"To: " + b"a <b@c.example>,\n " * 20_000 + b"\n\nx",
    "20,000 senders": b"From: " + b"a <b@c.example>,\n " * 20_000 + b"\n\nx",
    "50,000 parameters": HEAD + b"Content-Type: text/plain" + b"; a=b" * 50_000 + b"\n\nx",
    "5,000 brackets": b"From: " + b"(" * 5000 + b"\nSubject: x\n\nx",
    "depth 3,000": nested(3000),
    "mail in mail 3,000": HEAD + b"Content-Type: message/rfc822\n\n" * 3000 + b"x",
    "a million parts": MIXED + b"--b\n\nx\n" * 10**6,
    "no parts": MIXED + b"--bx\n" * 10**6,
    "fields": b"a: b\n" * 1_000_000,
    "blanks": HEAD + b"Subject:" + b" " * 3_000_000 + b"x\n\nx",
    "punycode": HEAD + b"Content-Type: text/plain; charset=punycode\n\na-" + b"9" * 10**6,
    "references": HEAD + b"References: " + b"<a@b> " * 500_000 + b"\n\nx",
    "brackets in html": html(b"<" * 1_000_000),
    "comments": html(b"<!--" * 250_000),
    "scripts": html(b"<script>" * 120_000),
    "tables": html(b"<table><tr>" * 20_000),
    "cells": html(b"<table><tr>" + b"<td>x" * 30_000),
    "lists": html(b"<ul><li>x" * 20_000),
    "styles": html(b"<p style='" * 20_000),
    "zip": HEAD + b"Content-Type: application/zip; name=a.zip\n"
    b"Content-Transfer-Encoding: base64\n\n" + b"UEsDBBQAAAAI" * 20_000,
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_mail_costs_little(name: str) -> None:
    def seconds() -> float:
        before = time.process_time()
        assert isinstance(mail.read_bytes(HOSTILE[name], name), Draft)
        return time.process_time() - before

    assert seconds() < 2 or seconds() < 2  # a busy machine may spoil one


def test_what_is_left_out_is_told() -> None:
    assert "nested too deeply" in request(HOSTILE["depth 3,000"]).body
    assert "too many" in request(HOSTILE["a million parts"]).body


def test_names_from_outside_are_safe() -> None:
    found = request(
        made(
            "--b\nContent-Type: a/b\nContent-Disposition: attachment; filename=../../.bashrc\n\nx",
            content_type="multipart/mixed; boundary=b",
            subject="=?utf-8?q?a=0d=0aBcc:x=1b]0;t=07?=",
        )
    )
    assert found.messages[0].attachments == (".bashrc",)
    assert found.title == "a Bcc:x␛]0;t␇"


@pytest.mark.parametrize("encoding", ["", "base64", "quoted-printable"])
def test_one_line_of_60_megabytes(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "long.mbox"
    head = b"From a@b Mon Jun  9 07:30:00 2025\nSubject: long\n"
    field = b"Content-Transfer-Encoding: " + encoding.encode() + b"\n\n"
    path.write_bytes(head + field + b"QUJD" * 15_000_000)
    tracemalloc.start()
    before = time.process_time()
    (item,) = all_of(path)
    seconds, peak = time.process_time() - before, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(item, Draft)
    assert item.request.title == "long"
    assert "left out" in item.request.body
    assert seconds < 2
    assert peak < 100 << 20


def test_fifty_thousand_separators(tmp_path: Path) -> None:
    path = tmp_path / "separators.mbox"
    path.write_bytes(b"From a@b Mon Jun  9 07:30:00 2025\n\n" * 50_000)
    items = all_of(path)
    assert accounted(items) == 50_000
    assert all(isinstance(item, Failed) for item in items)


SAMPLES = [path.read_bytes() for path in sorted(FIXTURES.rglob("*")) if path.is_file()]


@given(
    st.sampled_from(SAMPLES),
    st.lists(
        st.tuples(st.integers(0, 4000), st.integers(0, 60), st.binary(max_size=8)), max_size=8
    ),
)
def test_no_damage_to_a_mail_breaks_the_reader(
    data: bytes, damages: list[tuple[int, int, bytes]]
) -> None:
    for start, length, put in damages:
        data = data[:start] + put + data[start + length :]
    # not through `read`, whose net would hide what breaks
    assert read_message(Raw(data, "here", len(data))) is not None
