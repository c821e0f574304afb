"""Many files read as one: sums, reasons, progress, cancelling."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pmdesk.exchange.importing import CancelledError, read_all, size_of
from pmdesk.exchange.reading import Progress

MAIL = b"""From: Ana <ana@polar.example>
Subject: %d
Date: Thu, 12 Jun 2025 09:12:00 +0200
Message-ID: <m%d@polar.example>

Text %d.
"""


def mail(folder: Path, number: int) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{number}.eml"
    path.write_bytes(MAIL % (number, number, number))
    return path


def test_all_items_of_all_files_are_accounted_for(tmp_path: Path) -> None:
    mails = [mail(tmp_path / "mails", number) for number in range(3)]
    (tmp_path / "mails" / "empty.eml").touch()
    (tmp_path / "mails" / ".hidden.eml").write_bytes(b"hidden")
    read = read_all([tmp_path / "mails", mails[0]])
    assert [draft.title for draft in read.drafts] == ["0", "1", "2", "0"]
    assert [failure.where for failure in read.failed] == ["empty.eml"]
    assert read.total == read.items + 1 == 5
    assert read.formats == ["mail"]


def test_a_folder_with_nothing_in_it_is_told(tmp_path: Path) -> None:
    read = read_all([tmp_path])
    assert len(read.failed) == read.total == 1


def test_a_mixed_folder_is_read_whole(tmp_path: Path) -> None:
    mail(tmp_path / "june", 1)
    reply = mail(tmp_path, 2)
    later = reply.read_bytes().replace(b"09:12", b"10:12")
    reply.write_bytes(b"References: <m1@polar.example>\n" + later)
    (tmp_path / "all.mbox").write_bytes(b"From a@b Thu Jun 12 09:12:00 2025\n" + MAIL % (3, 3, 3))
    (tmp_path / "notes.txt").write_bytes(b"\x00 nothing known")
    read = read_all([tmp_path])
    assert sorted(draft.title for draft in read.drafts) == ["1", "3"]
    assert [failure.where for failure in read.failed] == ["notes.txt"]
    assert read.total == 4


def test_what_lies_about_in_a_maildir_is_its_own(tmp_path: Path) -> None:
    for folder in ("cur", "new", "tmp"):
        mail(tmp_path / folder, 1).rename(tmp_path / folder / f"{folder}.host")
    (tmp_path / "dovecot-uidlist").write_bytes(b"3 V1")
    read = read_all([tmp_path])
    assert read.total == 2
    assert read.failed == []


def test_a_pipe_cannot_hold_the_import(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert len(read_all([tmp_path / "pipe"]).failed) == 1


def test_a_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    read = read_all([tmp_path / "gone.eml"])
    assert [failure.where for failure in read.failed] == ["gone.eml"]


def test_progress_is_told_in_bytes_of_the_whole_and_never_backwards(tmp_path: Path) -> None:
    paths = [mail(tmp_path, number) for number in range(4)]
    told: list[int] = []
    read_all(paths, Progress(told=told.append))
    assert told == sorted(told)
    assert told[-1] == sum(size_of(path) for path in paths) == size_of(tmp_path)


def test_reading_stops_where_the_person_cancels(tmp_path: Path) -> None:
    paths = [mail(tmp_path, number) for number in range(4)]
    told: list[int] = []
    progress = Progress(told=told.append, cancelled=lambda: bool(told))
    with pytest.raises(CancelledError):
        read_all(paths, progress)
    assert told[-1] <= size_of(paths[0])
