"""A fault of the program in one action is a sentence and a line of the log; the rest works on."""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

from pmdesk.desk import Desk
from pmdesk.ui.app import PmdeskApp
from pmdesk.ui.dialogs.keep import KeepDialog
from pmdesk.ui.panes.inbox import Inbox

from .sitting import Session

if TYPE_CHECKING:
    from tests.ui.conftest import Until


def log_of(desk: Desk) -> str:
    return Path(desk.path.parent, "pmdesk.log").read_text("utf-8")


def faulty(*_anything: object, **_words: object) -> NoReturn:
    raise ZeroDivisionError("CANARY, a customer's text")


async def test_a_fault_in_a_key_leaves_all_other_keys(
    demo: Desk, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Inbox, "action_view", faulty)
    async with PmdeskApp(demo).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("right_square_bracket")
        said = "That failed by a fault of pmdesk (ZeroDivisionError)"
        await until(pilot, lambda: user.workspace.status.sentence.startswith(said))
        assert user.workspace.status.warning
        log = log_of(demo)
        assert "ZeroDivisionError" in log
        assert "CANARY" not in log + user.workspace.status.sentence
        await user.press("right_square_bracket")
        await until(pilot, lambda: user.workspace.status.sentence.startswith(said))
        assert log_of(demo) == log, "one place is kept once"
        await user.press("d")
        await user.dialog(KeepDialog)
        await user.press("p")
        await user.lists(24)


async def test_a_fault_before_a_dialog_or_while_writing_is_lived_through(
    demo: Desk, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        with monkeypatch.context() as patch:
            patch.setattr("pmdesk.ui.verdicts.dialog_for", faulty)
            await user.press("d")
            await until(pilot, lambda: "(ZeroDivisionError)" in user.workspace.status.sentence)
        failed: Future[None] = Future()
        failed.set_exception(KeyError("CANARY"))
        with monkeypatch.context() as patch:
            patch.setattr(demo, "performing", lambda _action: failed)
            user.blurt("d", "p")
            await until(pilot, lambda: "(KeyError)" in user.workspace.status.sentence)
        await until(pilot, lambda: user.number == 25)
        user.blurt("d", "p")
        await user.lists(24)


async def test_a_fault_in_the_background_is_told_once_and_the_beat_goes_on(
    demo: Desk, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        beats: list[Future[None]] = []

        def beating() -> Future[None]:
            beats.append(Future())
            beats[-1].set_exception(ZeroDivisionError("CANARY"))
            return beats[-1]

        with monkeypatch.context() as patch:
            patch.setattr(demo, "beating", beating)
            for _ in range(3):
                before = len(beats)
                user.app._beat()
                await until(pilot, partial(lambda before: len(beats) > before, before))
                await until(pilot, lambda: not user.app._beating)
        await until(pilot, lambda: "(ZeroDivisionError)" in user.workspace.status.sentence)
        assert log_of(demo).count("ZeroDivisionError") == 1
        await user.press("j")
        assert user.workspace.status.sentence == "", "over with the next key"
