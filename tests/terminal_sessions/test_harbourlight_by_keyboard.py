"""Harbourlight's customers made from nothing in a real terminal, by keys alone.

PMDESK_KEYBOARD=whole makes all of it by dialogs, else its first goal with all that hangs on it.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from pmdesk import config
from pmdesk.config import Clock
from pmdesk.customers.loading import whole
from pmdesk.customers.outlines.writing import outline
from pmdesk.desk import Desk

from .harbourlight import Harbourlight, Typed, as_keys, customers, first_goal
from .keyboard import ENTER, Keyboard, ctrl

WHOLE = os.environ.get("PMDESK_KEYBOARD") == "whole"
NOTHING = "No customers yet"
BY_KEYS = 12
"""Lines of the outline that are typed; the others are pasted."""


@pytest.fixture
def wanted() -> Any:
    """The tables of the example's export."""
    text = (config.resources("fixtures/demo") / "harbourlight.json").read_text("utf-8")
    return json.loads(text)["tables"]


@pytest.fixture
def empty(desk: Desk) -> Path:
    """A desk without anything, closed."""
    desk.close()
    return desk.path


def kept(path: Path, clock: Clock) -> Any:
    """What a desk's export says of the customers."""
    desk = Desk.open(path, clock)
    try:
        return customers(desk.dump())
    finally:
        desk.close()


def test_by_dialogs(empty: Path, wanted: Any, clock: Clock) -> None:
    tables = wanted if WHOLE else first_goal(wanted)
    nothing = kept(empty, clock)
    with Keyboard(empty) as keyboard:
        begin(keyboard)
        made = list(Harbourlight(tables).by_dialogs())
        for typed in made:
            make(keyboard, typed)
        assert kept(empty, clock) == customers(tables)
        keyboard.type("u" * len(made))
        keyboard.until(NOTHING)
        assert kept(empty, clock) == nothing
        keyboard.type(ctrl("r") * len(made))
        keyboard.until(f"u takes back: {made[-1].said}")
    assert kept(empty, clock) == customers(tables)


def test_by_outline(empty: Path, demo_file: Path, wanted: Any, clock: Clock) -> None:
    demo = Desk.open(demo_file, clock)
    lines = outline(demo.ask(whole)).split("\n")
    demo.close()
    nothing = kept(empty, clock)
    with Keyboard(empty) as keyboard:
        begin(keyboard)
        keyboard.type("A")
        keyboard.until("Add a branch as an outline")
        keyboard.type(as_keys(lines[:BY_KEYS]) + ENTER + ctrl("u"))
        keyboard.paste("\n".join(lines[BY_KEYS:]))
        keyboard.type(ctrl("s"))
        keyboard.until("u takes back: Add")
        assert kept(empty, clock) == customers(wanted)
        keyboard.type("u")
        keyboard.until("Taken back:")
        keyboard.until(NOTHING)
        assert kept(empty, clock) == nothing
        keyboard.type(ctrl("r"))
        keyboard.until("Done again:")
    assert kept(empty, clock) == customers(wanted)


def begin(keyboard: Keyboard) -> None:
    """Goes to the customers' pane of an empty desk."""
    keyboard.until("Your desk is ready")
    keyboard.type("1")
    keyboard.until(NOTHING)


def make(keyboard: Keyboard, typed: Typed) -> None:
    if typed.below:
        keyboard.type(f"{ctrl('p')}{typed.below}{ENTER}")
    keyboard.type(typed.keys)
    keyboard.until(f"u takes back: {typed.said}")
