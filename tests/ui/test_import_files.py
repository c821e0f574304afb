"""Imports and backups in the workspace: from the dialog to the desk, and stopped on the way."""

from __future__ import annotations

import json
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.ui.sitting import Session
from textual import events

from pmdesk import importing
from pmdesk.desk import Desk
from pmdesk.exchange.importing import Read, read_all
from pmdesk.exchange.reading import Failed, Progress, Skipped
from pmdesk.requests.queries import view_counts
from pmdesk.store.migrations import newest
from pmdesk.ui.app import PmdeskApp
from pmdesk.ui.dialogs.import_files import ImportDialog
from pmdesk.ui.finding import Finding
from pmdesk.ui.importing import came_to

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.ui.conftest import ScreenText, Until

MAIL = """From ann@polar.example Fri Jun 13 09:00:00 2025
From: Ann <ann@polar.example>
Subject: Labels {}
Message-ID: <{}@polar.example>
Date: Fri, 13 Jun 2025 09:00:00 +0000

They fall off.

"""


@pytest.fixture
def mbox(tmp_path: Path) -> Path:
    path = tmp_path / "the mails" / "inbox.mbox"
    path.parent.mkdir()
    path.write_text("".join(MAIL.format(number, number) for number in range(3)), "utf-8")
    return path


def total(desk: Desk) -> int:
    return desk.ask(view_counts, date(2025, 6, 13)).by_view["all"]


@asynccontextmanager
async def sitting(desk: Desk, until: Until) -> AsyncIterator[Session]:
    async with PmdeskApp(desk).run_test(size=(120, 30), notifications=True) as pilot:
        yield await Session(pilot, until).ready()


async def paste(session: Session, text: str) -> None:
    await session.press("i")
    await session.dialog(ImportDialog)
    session.app.post_message(events.Paste(text))
    await session.pilot.pause()


async def test_a_dropped_file_is_recognised_imported_and_taken_back(
    desk: Desk, mbox: Path, until: Until, screen_text: ScreenText
) -> None:
    async with sitting(desk, until) as session:
        await paste(session, f"'{mbox}'\n")
        await until(session.pilot, lambda: "inbox.mbox  mail, 5" in screen_text(session.app))
        await session.press("enter")
        await session.says("inbox.mbox: 3 requests  u takes it back")
        assert total(desk) == 3
        await until(session.pilot, lambda: session.rows and session.number == 3)
        await paste(session, f"'{mbox}'")
        await session.press("ctrl+s")
        await session.says("inbox.mbox: nothing new: all 3 are here already")
        await session.press("i")
        await session.dialog(ImportDialog)
        await until(session.pilot, lambda: "skipped 3: already here" in screen_text(session.app))
        await session.press("escape", "u")
        await session.says("Taken back: Import inbox.mbox")
        assert total(desk) == 0


async def test_tab_completes_and_what_is_not_there_is_said_beside_the_field(
    desk: Desk, mbox: Path, until: Until, monkeypatch: pytest.MonkeyPatch, screen_text: ScreenText
) -> None:
    monkeypatch.chdir(mbox.parent)
    (mbox.parent / "inbox.old").write_bytes(b"\0")
    async with sitting(desk, until) as session:
        await session.press("i")
        await session.dialog(ImportDialog)
        await session.press("i", "tab")
        await until(session.pilot, lambda: "inbox.mbox  inbox.old" in screen_text(session.app))
        await session.press("x", "enter")
        missing = "There is nothing at inbox.x; nothing was read."
        await until(session.pilot, lambda: missing in screen_text(session.app))
        await session.press("backspace", "o", "tab", "enter")
        await session.says("inbox.old: 1 failed\nfailed: “inbox.old” is no file")


async def test_a_whole_desk_goes_into_an_empty_one_only(
    demo: Desk, desk: Desk, tmp_path: Path, until: Until
) -> None:
    from pmdesk.exchange.writers.desk_json import write_desk

    file = tmp_path / "harbourlight.json"
    file.write_text("".join(write_desk(demo.dump(), newest())), "utf-8")
    async with sitting(desk, until) as session:
        await paste(session, str(file))
        await session.press("enter")
        await session.says("harbourlight.json: the whole desk, ")
        assert total(desk) == 25
        session.app.clear_notifications()
        await paste(session, str(file))
        await session.press("enter")
        await until(
            session.pilot, lambda: "only into an empty one" in session.workspace.status.sentence
        )


# Stopping -----------------------------------------------------------------------------------


class Slow:
    """A reader that stands in the middle of its file until it is let go, or stopped."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.go_on = threading.Event()
        self.ended = threading.Event()

    def read(self, paths: Sequence[Path], progress: Progress) -> Read:
        try:
            progress.told(250)
            self.begun.set()
            while not self.go_on.wait(0.005):
                if progress.cancelled():
                    break
            return read_all(paths, progress)
        finally:
            self.ended.set()


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    slow = Slow()
    monkeypatch.setattr(importing, "read_all", slow.read)
    yield slow
    slow.go_on.set()


async def test_while_it_runs_keys_are_heard_and_the_line_says_how_far_it_is(
    demo: Desk, mbox: Path, until: Until, slow: Slow, screen_text: ScreenText
) -> None:
    async with sitting(demo, until) as session:
        await paste(session, str(mbox))
        await session.press("enter")
        await until(session.pilot, lambda: "%" in screen_text(session.app).split("\n")[-3])
        line = screen_text(session.app).split("\n")[-3]
        assert line.startswith(" Importing inbox.mbox  ▓▓")
        assert "ctrl+x stops it" in line
        await session.press("j")
        assert session.number == 24
        await session.press("slash")
        await until(session.pilot, lambda: "stops it" not in screen_text(session.app))
        await session.press("escape")
        await until(session.pilot, lambda: "stops it" in screen_text(session.app))
        await session.press("q")
        status = session.workspace.status
        await until(session.pilot, lambda: "is not done: the same key" in status.sentence)
        slow.go_on.set()
        await session.says("inbox.mbox: 3 requests")
        await until(session.pilot, lambda: not session.workspace.query("WorkLine"))
        assert total(demo) == 28
        assert "is not done" not in status.sentence


async def test_a_stopped_import_leaves_the_desk_as_it_was(
    demo: Desk, mbox: Path, until: Until, slow: Slow
) -> None:
    before = demo.dump()
    async with sitting(demo, until) as session:
        await session.press("ctrl+x")
        status = session.workspace.status
        assert status.sentence == "Nothing is running that could be stopped."
        await paste(session, str(mbox))
        await session.press("enter")
        await until(session.pilot, slow.begun.is_set)
        await session.press("ctrl+x")
        await until(session.pilot, lambda: status.sentence.startswith("Stopped: Importing inbox"))
        await until(session.pilot, slow.ended.is_set)
        await until(session.pilot, lambda: not session.workspace.query("WorkLine"))
        assert demo.dump() == before
        assert len(demo.steps()) == 1  # the demo itself


async def test_leaving_while_it_runs_is_asked_once_and_changes_nothing(
    demo: Desk, mbox: Path, until: Until, slow: Slow
) -> None:
    before = demo.dump()
    async with sitting(demo, until) as session:
        await paste(session, str(mbox))
        await session.press("enter")
        await until(session.pilot, slow.begun.is_set)
        await session.press("q")
        sentence = "Importing inbox.mbox is not done: the same key again stops it and leaves."
        assert session.workspace.status.sentence == sentence
        await session.press("q")
        await until(session.pilot, lambda: not session.app.is_running)
    assert slow.ended.wait(5)
    assert session.app.return_code == 0
    assert demo.dump() == before


async def test_a_second_import_waits_for_the_first(
    desk: Desk, mbox: Path, until: Until, slow: Slow
) -> None:
    other = mbox.with_name("other.mbox")
    other.write_text(MAIL.format("x", "x"), "utf-8")
    async with sitting(desk, until) as session:
        for path in (mbox, other):
            await paste(session, str(path))
            await session.press("enter")
        await until(session.pilot, lambda: session.workspace.work.waiting == 1)
        slow.go_on.set()
        await until(session.pilot, lambda: total(desk) == 4)
        words = [step.words for step in desk.steps()]
        assert [one.split(":")[0] for one in words[:2]] == [
            "Import other.mbox",
            "Import inbox.mbox",
        ]


async def test_what_failed_is_told_with_its_reasons_and_can_be_read_again(
    desk: Desk, tmp_path: Path, until: Until, screen_text: ScreenText
) -> None:
    names = [f"{number}.bin" for number in range(5)]
    for name in names:
        (tmp_path / name).write_bytes(b"\0")
    async with sitting(desk, until) as session:
        await paste(session, " ".join(str(tmp_path / name) for name in names))
        await session.press("enter")
        await session.says("0.bin and 4 more: 5 failed\nfailed: “0.bin” is no file")
        assert session.toast.endswith("… and 2 more that failed; i shows them")
        await session.press("i")
        await session.dialog(ImportDialog)
        await until(session.pilot, lambda: "“0.bin” is no file" in screen_text(session.app))
        await session.press("pagedown")
        await until(session.pilot, lambda: "read 5 = 0 created" in screen_text(session.app))


async def test_a_backup_says_where_it_is(demo: Desk, until: Until) -> None:
    async with sitting(demo, until) as session:
        command = next(
            one for one in Finding(session.workspace).commands() if one.words.startswith("Back up")
        )
        command.run()
        await session.says("Backed up: ")
        backup = next(Path(f"{demo.path}.backups").glob("*-by-hand.db"))
        assert backup.name in session.toast.replace("\n", "")


@pytest.mark.parametrize(
    ("made", "skipped", "failed", "kind", "words"),
    [
        ({"created": 10, "updated": 2}, 0, 0, "mail", "10 requests from 12 messages"),
        ({"created": 1}, 1, 0, "mail", "1 request, 1 skipped"),
        ({"created": 1, "skipped": 1_500}, 0, 2, "mail", "1 request, 1,500 here already, 2 failed"),
        ({"created": 2, "updated": 1}, 0, 0, "GitHub issues", "2 requests from 3 items"),
        ({"updated": 3, "skipped": 4}, 0, 0, "mail", "3 updated, 4 here already"),
        ({"skipped": 15_000}, 0, 0, "mail", "nothing new: all 15,000 are here already"),
        ({"skipped": 1}, 0, 0, "mail", "nothing new: it is here already"),
        ({}, 0, 0, "mail", "nothing in it"),
    ],
)
def test_what_an_import_came_to_in_words(
    made: dict[str, int], skipped: int, failed: int, kind: str, words: str
) -> None:
    read = Read(
        formats=[kind],
        skipped=[Skipped("1", "empty")] * skipped,
        failed=[Failed("2", "broken")] * failed,
    )
    assert came_to(importing.Outcome.of(read, made)) == words


def test_the_sum_counts_every_item(mbox: Path, tmp_path: Path) -> None:
    bad = tmp_path / "notes.bin"
    bad.write_bytes(b"\0")
    read = importing.read_files([mbox, bad], Progress())
    outcome = importing.Outcome.of(read, {"created": 3})
    assert outcome.sum == "read 4 = 3 created + 0 updated + 0 skipped + 1 failed"
    assert json.loads(json.dumps(outcome.as_json(), default=str))["failed"] == 1
