"""What a mail says: parts, encodings, charsets, HTML, attachments, kinds."""

from __future__ import annotations

import binascii
from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.exchange.readers import mail
from pmdesk.exchange.readers.mail_html import html_to_text, stripped
from pmdesk.exchange.readers.mail_parts import transfer_decoded
from pmdesk.exchange.reading import Skipped

from .mailmaking import made, request


def body(raw: bytes) -> str:
    return request(raw).messages[0].body


def in_bytes(data: bytes, **fields: str) -> bytes:
    return made("BODY", **fields).replace(b"BODY", data)


def multipart(*parts: str, kind: str = "mixed", boundary: str = "=-b") -> bytes:
    text = "".join(f"--{boundary}\n{part}\n" for part in parts) + f"--{boundary}--\nafter"
    return made("before\n" + text, content_type=f'multipart/{kind}; boundary="{boundary}"')


PLAIN = "Content-Type: text/plain\n\nplain text"
HTML = "Content-Type: text/html\n\n<p>rich text"


def test_plain_text_is_preferred_unless_it_is_empty() -> None:
    assert body(multipart(PLAIN, HTML, kind="alternative")) == "plain text"
    assert body(multipart(HTML, PLAIN, kind="alternative")) == "plain text"
    assert body(multipart("\n \n", HTML, kind="alternative")) == "rich text"


def test_inline_texts_stand_one_below_the_other() -> None:
    assert body(multipart(PLAIN, HTML, "\nfooter")) == "plain text\n\nrich text\n\nfooter"


def test_nested_alternatives_and_files() -> None:
    inner = f"Content-Type: multipart/alternative; boundary=i\n\n--i\n{PLAIN}\n--i\n{HTML}\n--i--"
    files = [
        "Content-Type: text/plain; name=log.txt\nContent-Disposition: attachment\n\nlog",
        "Content-Type: image/png; name*=utf-8''..%2Fplan%20%C3%A4.png\n\nx",
        'Content-Type: x/y\nContent-Disposition: attachment; filename="C:\\a\\..\\b.exe"\n\nx',
        'Content-Type: x/y\nContent-Disposition: attachment; filename=".."\n\nx',
        "Content-Type: application/pgp-signature; name=signature.asc\n\nx",
        "Content-Type: text/calendar\n\nBEGIN:VCALENDAR",
    ]
    found = request(multipart(inner, *files)).messages[0]
    assert found.body == "plain text"
    assert found.attachments == ("log.txt", "plan ä.png", "b.exe", "(x/y)", "(text/calendar)")


def test_a_mail_in_a_mail_is_shown_with_its_heading() -> None:
    inner = (
        "Content-Type: message/rfc822\n\nFrom: Bo <b@fleet.example>\nSubject: Crane\n\nIt stops."
    )
    assert body(multipart(PLAIN, inner)) == (
        "plain text\n\nFrom: Bo <b@fleet.example>\nSubject: Crane\n\nIt stops."
    )  # fmt: skip


def test_boundaries_that_are_wrong() -> None:
    written = f"--other\n{PLAIN}\n--other--"
    assert body(made(written, content_type='multipart/mixed; boundary="x"')) == "plain text"
    assert body(made(written, content_type="multipart/mixed")) == "plain text"
    assert body(made("just text", content_type="multipart/mixed; boundary=x")) == "just text"
    assert body(made("<html><p>a", content_type="multipart/mixed; boundary=x")) == "a"
    prefix = "--ab\nContent-Type: text/plain\n\none\n--abc\ntwo\n--ab--"
    assert body(made(prefix, content_type="multipart/mixed; boundary=ab")) == "one\n--abc\ntwo"


@pytest.mark.parametrize(
    ("charset", "codec", "text"),
    [
        ("iso-2022-jp", "iso2022_jp", "すみません"),
        ("Shift_JIS", "cp932", "すみません①"),
        ("GB2312", "gb18030", "中文朱镕基"),
        ("ks_c_5601-1987", "cp949", "한국어 똠"),
        ("us-ascii", "utf-8", "Größe"),
        ("us-ascii", "cp1252", "Größe “x”"),
        ("x-unknown", "utf-8", "Größe"),
        ("x-unknown", "cp1252", "Größe"),
        ("../../etc/passwd", "utf-8", "Größe"),
        ("zip", "utf-8", "Größe"),
        ("iso-8859-1", "cp1252", "10 €"),
    ],
)
def test_charsets(charset: str, codec: str, text: str) -> None:
    raw = in_bytes(text.encode(codec), content_type=f"text/plain; charset={charset}")
    assert body(raw) == text


def test_html_says_its_charset_itself() -> None:
    page = '<meta http-equiv=a content="text/html; charset=koi8-r"><p>Причал'
    assert body(in_bytes(page.encode("koi8-r"), content_type="text/html")) == "Причал"


def test_transfer_encodings() -> None:
    assert transfer_decoded(b"a=20b=\nc", "quoted-printable") == b"a bc"
    assert transfer_decoded(b64encode(b"abc\n") + b"\n", "base64") == b"abc\n"
    uu = b"begin 644 a\n" + binascii.b2a_uu(b"abc") + b"`\nend\n"
    assert transfer_decoded(uu, "x-uuencode") == b"abc"
    assert transfer_decoded(b"no uu", "x-uuencode") == b"no uu"


def test_bad_base64_is_read_as_far_as_it_goes_and_what_is_none_stays() -> None:
    assert transfer_decoded(b"SGVsbG8", "base64") == b"Hello"
    assert transfer_decoded(b"SGVsbG8gd29ybGQhA", "base64").startswith(b"Hello world")
    assert transfer_decoded(b"QUJDRA==E", "base64").startswith(b"ABCD")
    assert transfer_decoded(b"Hello, this is (no) base64!", "base64").startswith(b"Hello,")


@given(st.binary(max_size=200), st.sampled_from(["base64", "quoted-printable", "x-uuencode", "x"]))
def test_no_bytes_break_a_decoder(data: bytes, encoding: str) -> None:
    assert isinstance(transfer_decoded(data, encoding), bytes)


@given(st.binary(max_size=100))
def test_base64_round_trip(data: bytes) -> None:
    assert transfer_decoded(binascii.b2a_base64(data), "base64") == data


@given(st.lists(st.sampled_from(
    ["--b\n", "--b--\n", "\n", "Content-Type: multipart/mixed; boundary=b\n", "text\n",
     "Content-Type: message/rfc822\n", "Content-Type: text/html\n", "<p>", "--c\n", "From: a\n"]
), max_size=30))  # fmt: skip
def test_no_structure_breaks_the_reader(lines: list[str]) -> None:
    assert isinstance(
        body(made("".join(lines), content_type="multipart/mixed; boundary=b")), str
    )  # fmt: skip


def test_control_characters_never_come_through() -> None:
    text = body(made("a\x1b]52;c;x\x07\u202eb\x9b", content_type="text/plain; charset=utf-8"))
    assert text == "a␛]52;c;x␇�b�"


def test_a_long_text_is_cut_and_says_so() -> None:
    text = body(made("x" * (2 << 20)))
    assert text.endswith("[The rest of this text is left out: it is longer than 1 MiB.]")
    assert len(text) < (1 << 20) + 100


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a</p><p>b</p>", "a\nb"),
        ("a &lt; b &amp; c", "a < b & c"),
        ("a < b", "a < b"),
        ("a<br>b<!-- <p>x -->c", "a\nbc"),
        ("<script>x</SCRIPT >a<style>y</style>b<title>z</title>", "ab"),
        ("<script>never closed", "never closed"),
        ("<td>a</td><td>b</td>", "a  b"),
        ("a<p", "a"),
        ("İ<script>x</script>y", "İy"),
    ],
)
def test_stripping(html: str, text: str) -> None:
    assert " ".join(stripped(html).split()) == " ".join(text.split())


@given(st.text(alphabet="<>/!-abpscrit &;'\"=\n", max_size=80))
def test_no_html_breaks_the_reader(html: str) -> None:
    assert isinstance(html_to_text(html), str)


def test_html_that_would_blow_up_is_stripped() -> None:
    deep = "<div>" * 3000 + "deep"
    wide = "<table><tr><td>" + "x" * 50_000 + "</td></tr>" + "<tr><td>y</td></tr>" * 3000
    assert html_to_text(deep) == "deep"
    assert len(html_to_text(wide)) < 100_000
    assert html_to_text("<p style='padding-left:90000em'>a") == "a"
    assert html_to_text("<p>shown<span style='display: none'>hidden") == "shown"


BULK = {"list_unsubscribe": "<https://a.example>", "precedence": "bulk"}


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"content_type": "multipart/report; report-type=delivery-status"}, "a bounce"),
        ({"content_type": "multipart/report; report-type=disposition-notification"}, "receipt"),
        ({"from": "Mail Delivery <MAILER-DAEMON@a.example>"}, "a bounce"),
        ({"auto_submitted": "auto-replied"}, "automatic reply"),
        ({"auto_submitted": "auto-replied (vacation)"}, "automatic reply"),
        ({"auto_submitted": "auto-generated", "return_path": "<>"}, "automatic reply"),
        ({"auto_submitted": "auto-generated", "subject": "Automatic reply: x"}, "automatic"),
        (BULK, "a newsletter"),
        ({**BULK, "list_post": "NO"}, "a newsletter"),
        ({"list_unsubscribe": "<x>", "x_mailer": "MailChimp Mailer - **x**"}, "a newsletter"),
    ],
)
def test_what_is_no_request(fields: dict[str, str], reason: str) -> None:
    item = mail.read_bytes(made(**fields), "here")
    assert isinstance(item, Skipped)
    assert reason in item.reason


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"auto_submitted": "no"},
        {"auto_submitted": "auto-generated"},
        {"precedence": "bulk"},
        {"list_unsubscribe": "<mailto:leave@a.example>"},
        {**BULK, "list_post": "<mailto:list@a.example>"},
        {**BULK, "in_reply_to": "<a@b>"},
        {"return_path": "<>"},
        {"from": "Post Master <postmaster@quayside.example>"},
        {"subject": "Automatic reply: can the product send one?"},
    ],
)
def test_a_persons_mail_is_never_skipped(fields: dict[str, str]) -> None:
    assert request(made(**fields)).body == "Hello"
