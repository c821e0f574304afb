"""Mail files to requests, as a person imports them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pmdesk.exchange.readers import mail
from pmdesk.exchange.reading import Draft, Failed, Progress, Skipped

from .mailmaking import FIXTURES, accounted, all_of, made, requests


def recognised(path: Path) -> bool:
    return mail.recognises(path, path.read_bytes()[:65536] if path.is_file() else b"")


@pytest.mark.parametrize("name", ["quay.mbox", "html_only.eml", "maildir", "apple.emlx", "."])
def test_mail_is_recognised(name: str) -> None:
    assert recognised(FIXTURES / name)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "id,subject,from\n1,a,b\n",
        '[{"title": "a", "from": "b"}]',
        "BEGIN:VCALENDAR\nVERSION:2.0\nSUMMARY:x\n",
        "From the quay\nwe see ships\n",
        "Subject: one field is no mail\n",
        "title: a\nstate: b\n",
    ],
)
def test_other_files_are_not_mail(text: str, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text(text, encoding="utf-8")
    assert not recognised(path)


def test_an_empty_folder_is_not_mail(tmp_path: Path) -> None:
    assert not recognised(tmp_path)


def test_an_mbox_becomes_threads_and_every_message_is_accounted_for() -> None:
    items = all_of(FIXTURES / "quay.mbox")
    assert accounted(items) == 7
    assert [one.title for one in requests(items)] == [
        "Berth times are wrong after a tide change",
        "Export of crane hours",
        "Tug positions",
    ]
    assert [(one.where, one.reason) for one in items if isinstance(one, Skipped)] == [
        ("quay.mbox, message 3", "a mail server's report (a bounce), no request"),
        ("quay.mbox, message 5", "the same message stands above"),
        ("quay.mbox, message 6", "a newsletter, no request"),
    ]


def test_a_request_says_who_asked_what_and_when() -> None:
    berths = requests(all_of(FIXTURES / "quay.mbox"))[0]
    assert (berths.requester, berths.address) == ("Ada Byrne · Quayside", "ada@quayside.example")
    assert berths.arrived_at == datetime(2025, 6, 9, 7, 30, tzinfo=UTC)
    assert (berths.zone, berths.date_note) == ("+02:00", None)
    assert berths.body.endswith("From what we see it is only pier 4.")
    assert berths.messages[0].body.endswith("Quayside Ports")
    assert berths.references == ("berth-1@quayside.example", "berth-2@harbourlight.example")
    assert "> since Friday" in berths.messages[1].body


def test_from_at_the_start_of_a_line_is_text() -> None:
    cranes = requests(all_of(FIXTURES / "quay.mbox"))[1]
    assert cranes.body.endswith("From the crew of 2019 at 10:30 in 2019\nwe know that it was"
                                " possible once.")  # fmt: skip
    assert "From Monday on" in cranes.body


def test_an_unreadable_date_is_told() -> None:
    tugs = requests(all_of(FIXTURES / "quay.mbox"))[2]
    assert tugs.arrived_at == datetime(2025, 6, 10, 9, 15, tzinfo=UTC)
    assert tugs.date_note == (
        "The mail has no readable date; the time is from its From_ line."
    )  # fmt: skip


def test_html_only_mail_is_text_and_attachments_are_names() -> None:
    (tugs,) = requests(all_of(FIXTURES / "html_only.eml"))
    assert tugs.title == "Liegeplätze für Schlepper"
    assert tugs.requester == "Byrne, Ada"
    assert "Tugs need berths for € 12 a day." in tugs.body
    assert "Pier" in tugs.body
    for absent in ("steal", "color", "tracker", "<"):
        assert absent not in tugs.messages[0].body
    assert tugs.messages[0].attachments == (".berth plan.pdf",)


def test_a_maildir_and_apple_mail() -> None:
    (fog,) = requests(all_of(FIXTURES / "maildir"))
    assert [one.source_id for one in fog.messages] == [
        "fog-1@quayside.example",
        "fog-2@harbourlight.example",
    ]
    (pilot,) = requests(all_of(FIXTURES / "apple.emlx"))
    assert pilot.body == "Could the pilot roster show the relief?"


def test_a_folder_of_mail_files_is_read_at_any_depth(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "a.eml").write_bytes(made(message_id="<a@x>"))
    (tmp_path / "deep" / "b.EML").write_bytes(made(message_id="<b@x>", in_reply_to="<a@x>"))
    (tmp_path / "notes.txt").write_text("no mail")
    items = all_of(tmp_path)
    assert len(items) == 1
    assert accounted(items) == 2


def test_a_missing_path_is_told_and_never_created(tmp_path: Path) -> None:
    path = tmp_path / "gone.mbox"
    assert all_of(path) == [Failed("gone.mbox", "it can't be read: No such file or directory")]
    assert not path.exists()


def test_what_is_no_mail_fails_with_a_reason(tmp_path: Path) -> None:
    path = tmp_path / "odd.eml"
    path.write_bytes(b"no header here\nat all\n")
    assert all_of(path) == [Failed("odd.eml", "it has no mail header")]
    path.write_bytes(b"")
    assert all_of(path) == [Failed("odd.eml", "it is empty")]


def test_reading_again_gives_the_same_names(tmp_path: Path) -> None:
    path = tmp_path / "a.mbox"
    nameless = b"From a@b Mon Jun  9 07:30:00 2025\n" + made("one") + b"\n"
    path.write_bytes(nameless + nameless + nameless.replace(b"one", b"two"))
    items = all_of(path)
    assert [one.reason for one in items if isinstance(one, Skipped)] == [
        "the same message stands above"
    ]
    names = [one.source_id for one in requests(items)]
    assert len(set(names)) == 2
    assert names == [one.source_id for one in requests(all_of(path))]


def test_a_growing_mbox_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    whole = (FIXTURES / "quay.mbox").read_bytes()
    path = tmp_path / "growing.mbox"
    for size in range(0, len(whole), 97):
        path.write_bytes(whole[:size])
        assert accounted(all_of(path)) <= 7


def test_the_line_ends_of_windows_change_nothing(tmp_path: Path) -> None:
    path = tmp_path / "quay.mbox"
    path.write_bytes((FIXTURES / "quay.mbox").read_bytes().replace(b"\n", b"\r\n"))
    assert all_of(path) == all_of(FIXTURES / "quay.mbox")


def test_progress_is_told_in_bytes_and_cancelling_stops() -> None:
    told: list[int] = []
    list(mail.read(FIXTURES / "quay.mbox", Progress(told=told.append)))
    assert told == sorted(told)
    assert told[-1] == (FIXTURES / "quay.mbox").stat().st_size
    assert list(mail.read(FIXTURES / "quay.mbox", Progress(cancelled=lambda: True))) == []


def test_one_mail_from_a_pipe() -> None:
    piped = b"From ada@quayside.example Mon Jun  9 07:30:00 2025\n" + made(date="")
    item = mail.read_bytes(piped, "the pipe")
    assert isinstance(item, Draft)
    assert item.request.arrived_at == datetime(2025, 6, 9, 7, 30, tzinfo=UTC)
    assert mail.read_bytes(b"", "the pipe") == Failed("the pipe", "it is empty")
