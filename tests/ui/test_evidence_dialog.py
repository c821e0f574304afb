"""Noting what was heard: few keys, several notes of one conversation, nothing lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.customers import growing
from textual.pilot import Pilot
from textual.widgets import TextArea

from pmdesk.customers.evidence_actions import AddEvidence, EditEvidence, EvidenceDraft
from pmdesk.customers.hearing import beginning
from pmdesk.customers.hierarchy import Hierarchy
from pmdesk.customers.things import Evidence
from pmdesk.errors import RefusedError
from pmdesk.ui.dialogs.evidence import EvidenceDialog, dialog_for, form_to_edit
from pmdesk.ui.dialogs.note_form import NoteForm
from pmdesk.ui.widgets.field import Field

from .styled import Styled

if TYPE_CHECKING:
    from tests.ui.conftest import ScreenText, Until

DAY = date(2025, 6, 13)
CONVERSATION = ("tab", "tab", *"brann", "enter", "e")
"""From what was said to the account and the layer."""


@pytest.fixture(scope="module")
def harbourlight(demo_file: Path) -> Hierarchy:
    return growing.harbourlight(demo_file)


class Noting(Styled):
    """A person at one form."""

    def __init__(self, form: NoteForm) -> None:
        super().__init__()
        self.form = form
        self.given: object = "nothing yet"

    def on_mount(self) -> None:
        self.push_screen(self.form, lambda given: setattr(self, "given", given))

    def typed(self, name: str) -> str:
        return self.form.query_one(f"#field-{name}", Field).typed

    def say(self, words: str) -> None:
        """As if typed, in less time."""
        self.form.query_one(TextArea).insert(words)

    async def at(self, pilot: Pilot[None], until: Until, name: str) -> None:
        """Waits until a field has the keys and the nodes can be picked."""
        await until(pilot, lambda: self.screen is self.form and self.form.field_here == name)
        await until(pilot, lambda: self.form.query_one("#field-about PickLine") is not None)
        await self.workers.wait_for_complete()


def today_by(hierarchy: Hierarchy, person: str) -> Hierarchy:
    """As if Greengate's manager had been noted last, today."""
    last = Evidence(99, 15, 4, None, "manager", person, "Yes", DAY, None)
    return replace(hierarchy, evidence=(*hierarchy.evidence, last))


async def test_a_note_in_the_conversation_of_the_last_one_is_two_keys(
    harbourlight: Hierarchy, until: Until
) -> None:
    app = Noting(dialog_for(today_by(harbourlight, "Sue Whitcombe"), ("N4",), DAY))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.at(pilot, until, "quote")
        await pilot.press(*"Half", "ctrl+s")
        await until(pilot, lambda: app.given != "nothing yet")
    note = EvidenceDraft((15,), 4, "manager", DAY, "Sue Whitcombe", "Half", None)
    assert app.given == AddEvidence((note,))


async def test_everything_can_be_said_by_keys(
    harbourlight: Hierarchy, until: Until, screen_text: ScreenText
) -> None:
    app = Noting(dialog_for(today_by(harbourlight, "Sue"), ("N1", "N2"), DAY))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.at(pilot, until, "quote")
        app.say("I ring them all")
        await pilot.press("tab", "2", "tab")
        await until(pilot, lambda: app.form.field_here == "account")
        await pilot.press(*"nor", "enter", "m", "tab", "down")
        await until(pilot, lambda: app.typed("who") == "Maureen Tate, site duty manager")
        await pilot.press("tab", *"mon")
        await until(pilot, lambda: "Mon 9 Jun" in screen_text(app))
        await pilot.press("tab", *"T1", "enter")
        await until(pilot, lambda: "T1" in screen_text(app) and app.typed("about") == "")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.given != "nothing yet")
    assert app.given == AddEvidence(
        (
            EvidenceDraft(
                (5, 6, 4), 1, "manager", date(2025, 6, 9), "Maureen Tate, site duty manager",
                "I ring them all", 2,
            ),
        )
    )  # fmt: skip


async def test_notes_one_after_another_are_one_step(
    harbourlight: Hierarchy, until: Until, screen_text: ScreenText
) -> None:
    app = Noting(dialog_for(harbourlight, ("account 1 executive",), DAY))
    async with app.run_test(size=(120, 40)) as pilot:
        await app.at(pilot, until, "about")
        await pilot.press(*"G1", "enter")
        app.say("Ten now")
        await pilot.press("tab", "3", "ctrl+n")
        await until(pilot, lambda: "✓ G1  “Ten now”  !3" in screen_text(app))
        await app.at(pilot, until, "about")
        assert (app.typed("quote"), app.typed("importance")) == ("", "")
        await pilot.press(*"O1", "enter")
        app.say("It is the bank holidays")
        await pilot.press("ctrl+n")
        await until(pilot, lambda: "✓ O1" in screen_text(app))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.given != "nothing yet")
    assert isinstance(app.given, AddEvidence)
    said = [(one.nodes, one.layer, one.quote, one.importance) for one in app.given.notes]
    assert said == [
        ((1,), "executive", "Ten now", 3),
        ((2,), "executive", "It is the bank holidays", None),
    ]


async def test_what_is_missing_is_said_where_it_is(
    harbourlight: Hierarchy, until: Until, screen_text: ScreenText
) -> None:
    bare = replace(harbourlight, evidence=())
    app = Noting(dialog_for(bare, (), DAY))
    async with app.run_test(size=(80, 30)) as pilot:
        await app.at(pilot, until, "about")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "! Choose what it speaks of" in screen_text(app))
        await pilot.press(*"G2", "ctrl+s")
        await until(pilot, lambda: "! Choose whom you heard" in screen_text(app))
        await pilot.press(*"Bran", "enter", "ctrl+s")
        await until(pilot, lambda: "! Say whose voice it is" in screen_text(app))
        await pilot.press("e", "tab", "tab", *"+3d", "ctrl+s")
        await until(pilot, lambda: "is ahead" in screen_text(app))
        assert app.given == "nothing yet"


async def test_what_names_nothing_is_told_beside_it(
    harbourlight: Hierarchy, until: Until, screen_text: ScreenText
) -> None:
    app = Noting(dialog_for(today_by(harbourlight, "Sue"), ("N4",), DAY))
    async with app.run_test(size=(80, 30)) as pilot:
        await app.at(pilot, until, "quote")
        await pilot.press("ctrl+n")
        await until(pilot, lambda: "The next note: choose what it speaks of" in screen_text(app))
        assert "it speaks of" in screen_text(app)
        await pilot.press(*"N4", "enter", "shift+tab", *"qqx")
        about = app.form.query_one("#field-about", Field)
        about.fill("qqx")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: about._problem.sentence.startswith("This names none"))
        about.fill("")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.given != "nothing yet")
    assert isinstance(app.given, AddEvidence)
    assert [one.nodes for one in app.given.notes] == [(15,), (15,)]


async def test_a_conversation_half_noted_is_kept_whole(
    harbourlight: Hierarchy, until: Until, screen_text: ScreenText
) -> None:
    first = Noting(dialog_for(harbourlight, ("G1",), DAY))
    async with first.run_test(size=(80, 30)) as pilot:
        await first.at(pilot, until, "quote")
        first.say("Ten now")
        await pilot.press(*CONVERSATION, "ctrl+n", *"G2", "enter")
        first.say("Never again")
        await pilot.pause()
        await pilot.press("escape")
        await until(pilot, lambda: first.form.asking)
        kept = first.form.typed_values()
    app = Noting(dialog_for(harbourlight, ("G1",), DAY))
    app.form._values = kept
    async with app.run_test(size=(80, 30)) as pilot:
        await until(pilot, lambda: "✓ G1  “Ten now”" in screen_text(app))
        await until(pilot, lambda: "Never again" in app.form.query_one(TextArea).text)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.given != "nothing yet")
    assert isinstance(app.given, AddEvidence)
    assert [(one.nodes, one.quote) for one in app.given.notes] == [
        ((1,), "Ten now"), ((7,), "Never again"),
    ]  # fmt: skip


async def test_a_note_is_edited(harbourlight: Hierarchy, until: Until) -> None:
    app = Noting(form_to_edit(harbourlight, "evidence 4", DAY))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.at(pilot, until, "quote")
        app.say("Really? ")
        await pilot.press("tab", "3", "ctrl+s")
        await until(pilot, lambda: app.given != "nothing yet")
    assert isinstance(app.given, EditEvidence)
    before = harbourlight.evidence_on[6][0]
    assert app.given.id == 4
    assert app.given.note == EvidenceDraft(
        (6,), 1, "user", before.heard_on, before.person or "", f"Really? {before.quote}", 3
    )


@pytest.mark.parametrize(
    ("key", "codes", "account"),
    [
        ("N4", "N4", ""),
        ("R2", "N1", ""),
        ("S2", "G3", ""),
        ("measure 2", "G2", ""),
        ("evidence 8", "N4", "Greengate"),
        ("account 4 user", "", "Greengate"),
        ("account 2", "", "Brannoc"),
        ("market 1", "", ""),
    ],
)
def test_what_a_note_begins_with(
    harbourlight: Hierarchy, key: str, codes: str, account: str
) -> None:
    dialog = dialog_for(harbourlight, (key,), DAY)
    assert isinstance(dialog, EvidenceDialog)
    assert " ".join(one.code for one in dialog.nodes) == codes
    assert (dialog.start.account.name if dialog.start.account else "") == account


def test_only_who_was_heard_today_is_meant_again(harbourlight: Hierarchy) -> None:
    heard = today_by(harbourlight, "Sue Whitcombe")
    start = beginning(heard, ("account 4",), DAY)
    assert (start.layer, start.person) == ("manager", "Sue Whitcombe")
    start = beginning(heard, ("account 4",), DAY + timedelta(days=1))
    assert (start.layer, start.person) == (None, "")


def test_what_nobody_can_be_heard_on_is_refused(harbourlight: Hierarchy) -> None:
    for key in ("product 1", "R9", "reading 1"):
        with pytest.raises(RefusedError):
            dialog_for(harbourlight, (key,), DAY)
    with pytest.raises(RefusedError):
        dialog_for(Hierarchy(), (), DAY)
    with pytest.raises(RefusedError):
        form_to_edit(harbourlight, "evidence 99", DAY)
