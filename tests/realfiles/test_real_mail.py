"""Real mail files, which are not part of the project: PMDESK_REALFILES names their folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pmdesk.exchange.readers import mail
from pmdesk.exchange.reading import Draft, Failed, Item, Progress, Skipped
from pmdesk.requests.actions import MessageDraft, RequestDraft

FOLDER = os.environ.get("PMDESK_REALFILES", "")
pytestmark = pytest.mark.skipif(
    not FOLDER or not Path(FOLDER, "mbox").is_dir(),
    reason="PMDESK_REALFILES names no folder with mbox/ in it",
)

MESSAGES = {
    "empty_body.mbox": (1, 1, 0),
    "httpd-users-200606-part.mbox": (12, 10, 0),
    "httpd-users-2020-07.mbox": (108, 38, 0),
    "maven_duplicates_A.mbox": (10, 10, 0),
    "maven_duplicates_B.mbox": (10, 10, 0),
    "maven_duplicates_C.mbox": (10, 10, 0),
    "mimekit_unmunged_from.mbox": (2, 2, 0),  # its third "From " is a line of a text
    "perceval_complex.mbox": (2, 2, 0),
    "perceval_iso8859.mbox": (1, 1, 0),
    "postsack_inbox.mbox": (48, 13, 33),  # 16 messages stand in it three times, one of them twice
    "sakai_mbox-short.mbox": (27, 27, 0),
    "tomcat-ancient-boundary.mbox": (1, 1, 0),
}
"""Messages, threads and skipped messages; nothing fails."""

NO_REQUESTS = {
    "bounce_multi_address.eml": "bounce",
    "real_html_newsletter_mailchimp.eml": "newsletter",
}
SAYING_NOTHING = {"thread_child.eml", "mixed_up_exchange_mangled.eml", "err_bad_date_header.eml"}
"""No text at all, only encrypted files, only a rule in HTML."""


def items_of(*names: str) -> list[Item]:
    path = Path(FOLDER, *names)
    head = path.read_bytes()[:65536] if path.is_file() else b""
    assert mail.recognises(path, head)
    return list(mail.read(path, Progress()))


def requests_of(*names: str) -> list[RequestDraft]:
    return [item.request for item in items_of(*names) if isinstance(item, Draft)]


def messages_of(*names: str) -> dict[str, MessageDraft]:
    return {one.source_id: one for request in requests_of(*names) for one in request.messages}


def test_every_file_has_its_row() -> None:
    assert {path.name for path in Path(FOLDER, "mbox").glob("*.mbox")} == set(MESSAGES)


@pytest.mark.parametrize("name", MESSAGES)
def test_every_message_is_accounted_for(name: str) -> None:
    items = items_of("mbox", name)
    drafts = [item for item in items if isinstance(item, Draft)]
    skipped = sum(1 for item in items if isinstance(item, Skipped))
    assert [item for item in items if isinstance(item, Failed)] == []
    assert (sum(item.items for item in drafts) + skipped, len(drafts), skipped) == MESSAGES[name]
    assert all(len(item.request.messages) == item.items for item in drafts)


def test_three_archives_of_one_list_hold_the_same_messages() -> None:
    first = set(messages_of("mbox", "maven_duplicates_A.mbox"))
    assert len(first) == 10
    for other in "BC":
        assert set(messages_of("mbox", f"maven_duplicates_{other}.mbox")) == first


def test_mails_without_a_date_take_it_from_their_received_line() -> None:
    requests = requests_of("mbox", "maven_duplicates_A.mbox")
    assert sum(1 for one in requests if one.date_note) == 9
    assert all(one.arrived_at and one.arrived_at.year == 2017 for one in requests)


def test_a_support_lists_threads() -> None:
    requests = requests_of("mbox", "httpd-users-2020-07.mbox")
    assert max(len(one.messages) for one in requests) == 13
    assert all(one.body.strip() and one.address and not one.date_note for one in requests)
    assert not any("To unsubscribe, e-mail" in one.body for one in requests)
    assert not any(one.title.lower().startswith(("re:", "fwd:")) for one in requests)


def test_every_single_mail_is_accounted_for() -> None:
    names = sorted(path.name for path in Path(FOLDER, "eml").iterdir())
    for name in names:
        (item,) = items_of("eml", name)
        if name in NO_REQUESTS:
            assert isinstance(item, Skipped), name
            assert NO_REQUESTS[name] in item.reason
        else:
            assert isinstance(item, Draft), name
            is_empty = not item.request.messages[0].body.strip()
            assert is_empty == (name in SAYING_NOTHING), name
    together = items_of("eml")
    count = sum(item.items if isinstance(item, Draft) else 1 for item in together)
    assert count == len(names) >= 27


def test_the_line_ends_of_the_wire_change_nothing(tmp_path: Path) -> None:
    for path in sorted(Path(FOLDER, "eml").glob("*.eml")):
        lines = path.read_bytes().replace(b"\r\n", b"\n")
        for data in (lines, lines.replace(b"\n", b"\r\n")):
            (tmp_path / path.name).write_bytes(data)
            (item,) = mail.read(tmp_path / path.name, Progress())
            assert item == items_of("eml", path.name)[0], path.name


def body_of(name: str) -> str:
    (request,) = requests_of("eml", name)
    return request.body


def test_replies_of_many_clients_lose_their_quotes() -> None:
    for client in ("android", "gmail", "iphone", "outlook", "thunderbird"):
        assert body_of(f"reply_{client}.eml").splitlines()[0].startswith("Hello")
        assert len(body_of(f"reply_{client}.eml").splitlines()) == 1, client


def test_old_charsets_and_encodings() -> None:
    (japanese,) = requests_of("eml", "charset_japanese_iso2022.eml")
    assert (japanese.title, japanese.body) == ("まみむめも", "すみません。")
    (comma,) = requests_of("eml", "from_comma_in_name.eml")
    assert comma.requester == "LastßlName, FirstName"
    (named,) = requests_of("eml", "attachment_nonascii_filename.eml")
    assert named.messages[0].attachments == ("ciële.txt",)
    (uu,) = requests_of("eml", "err_uuencode.eml")
    assert uu.messages[0].attachments == ("PGP_Cmts_on_12-14-01_Pkg.doc",)


def test_threads_across_files_and_cycles() -> None:
    titles = {one.title: len(one.messages) for one in requests_of("eml")}
    assert titles["root message"] == 2
    assert titles["referencing in-reply-to-loop-21"] == 2
