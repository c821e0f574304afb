"""Long work: what its line says, how it is stopped, and that it never holds anything up."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from pmdesk.errors import RefusedError
from pmdesk.ui import long_work
from pmdesk.ui.long_work import Job


def job(done: int = 0, total: int = 0, since: float = 0.0) -> Job:
    job = Job("Importing httpd.mbox", "^x")
    job.done, job.total = done, total
    job._began = time.monotonic() - since
    return job


@pytest.mark.parametrize(
    ("so_far", "width", "words"),
    [
        ((0, 0, 0), 60, "Importing httpd.mbox  0 s · ^x stops it"),
        ((0, 100, 0), 80, "Importing httpd.mbox  ░░░░░░░░░░░░░░░░   0 % · ^x stops it"),
        (
            (40, 100, 8),
            80,
            "Importing httpd.mbox  ▓▓▓▓▓▓░░░░░░░░░░  40 % · about 12 s left · ^x stops it",
        ),
        ((40, 100, 8), 60, "Importing httpd.mbox  ▓▓▓▓▓▓░░░░░░░░░░  40 % · ^x stops it"),
        ((40, 100, 8), 34, "Importing…  ▓▓▓▓▓▓░░░░░░░░░░  40 %"),
        ((40, 100, 8), 12, "Importing h…"),
        ((300, 100, 0), 80, "Importing httpd.mbox  ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓ 100 % · ^x stops it"),
    ],
)
def test_the_line_says_what_there_is_room_for(
    so_far: tuple[int, int, float], width: int, words: str
) -> None:
    said = job(*so_far).words(width)
    assert cell_len(said) <= width
    assert said == words


@given(
    st.integers(0, 10**9), st.integers(0, 10**9), st.integers(1, 200), st.integers(0, 3),
    st.floats(0, 10**6),
)  # fmt: skip
def test_it_fits_every_width(done: int, total: int, width: int, waiting: int, ago: float) -> None:
    assert cell_len(job(done, total, ago).words(width, waiting)) <= width


async def test_what_the_thread_gives_and_what_it_raises_comes_back() -> None:
    assert await job().in_thread(lambda: 42) == 42

    def fail() -> None:
        raise RefusedError("The disk is full.")

    with pytest.raises(RefusedError, match="disk is full"):
        await job().in_thread(fail)


async def test_who_stops_it_does_not_wait_for_its_thread() -> None:
    one, begun, go_on = job(), threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        go_on.wait(10)

    waiting = asyncio.create_task(one.in_thread(work))
    while not begun.is_set():
        await asyncio.sleep(0)
    one.stop()
    with pytest.raises(RefusedError, match=r"^Stopped: Importing httpd\.mbox\. Nothing"):
        await waiting
    assert one.stopped()
    go_on.set()


class Time:
    """A clock that goes on when it is slept."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 6))
        self.now += seconds


def test_a_key_gets_its_turn_but_never_more_than_half(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_work, "time", clock := Time())
    one = Job("Importing httpd.mbox")
    clock.now += 0.05  # it has worked for so long
    one.told(1)
    assert clock.slept == []  # no key came
    one.keys_until = clock.now + 0.08
    one.told(2)
    one.told(3)
    assert clock.slept == [0.05]


_LEAVES = """
import asyncio, threading, time
from pmdesk.ui.long_work import Job
async def leave():
    job = Job("x")
    task = asyncio.create_task(job.in_thread(lambda: time.sleep(60)))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    task.cancel()
asyncio.run(leave())
"""


def test_a_thread_that_hangs_does_not_hold_up_the_end_of_the_program() -> None:
    subprocess.run([sys.executable, "-c", _LEAVES], timeout=30, check=True)


def test_while_it_is_saved_nothing_is_promised() -> None:
    one = job(100, 100, 30)
    one.save()
    assert one.words(80) == "Importing httpd.mbox  saving · 30 s"


def test_what_is_as_good_as_read_has_no_time_left() -> None:
    assert (
        job(100, 100, 30).words(80) == "Importing httpd.mbox  ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓ 100 % · ^x stops it"
    )


def test_where_a_field_has_the_keys_no_key_stops_it() -> None:
    assert job(0, 0, 0).words(80, keys=False) == "Importing httpd.mbox  0 s"
