"""The dialogs that keep the hierarchy: keys in, exactly one action out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from textual import events
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen

from pmdesk.customers.actions import (
    AccountDraft,
    AddAccount,
    AddMarket,
    AddNode,
    Close,
    EditAccount,
    EditNode,
    Move,
    NodeDraft,
)
from pmdesk.customers.evidence_actions import AddMeasure, AddReading, EditReading
from pmdesk.customers.hierarchy import Hierarchy
from pmdesk.customers.loading import whole
from pmdesk.customers.meanwhile import ChangedMeanwhileError
from pmdesk.customers.product_actions import (
    AddProduct,
    AddRequirement,
    AddSolution,
    EditProduct,
    EditRequirement,
    EditSolution,
    RequirementDraft,
    ReviseVision,
)
from pmdesk.errors import RefusedError
from pmdesk.store.reading import reading
from pmdesk.ui.dialogs import closing, moving
from pmdesk.ui.dialogs.dialog import Dialog
from pmdesk.ui.dialogs.forms import form_again, form_to_add, form_to_edit
from pmdesk.ui.dialogs.kind import KindDialog, kinds_offered
from pmdesk.ui.dialogs.measure import MeasureForm
from pmdesk.ui.dialogs.product import ProductForm
from pmdesk.ui.dialogs.reading import ReadingForm
from pmdesk.ui.dialogs.statement import form_in_editor
from pmdesk.ui.editor import Edited

from .styled import Styled

if TYPE_CHECKING:
    from tests.ui.conftest import ScreenText, Until

TODAY = date(2025, 6, 13)
Opened = Callable[[Hierarchy], Dialog[Any]]


@pytest.fixture(scope="module")
def demo(demo_file: Path) -> Hierarchy:
    with reading(demo_file) as db:
        return whole(db)


@pytest.fixture
async def pilot() -> Any:
    async with Styled().run_test(size=(80, 24)) as pilot:
        yield pilot


async def given(pilot: Pilot[None], dialog: Screen[Any], *keys: str) -> list[Any]:
    """What a dialog gives after these keys, and none while it is open. "=text" is pasted: a
    key takes forty times as long as its work."""
    out: list[Any] = []
    await pilot.app.push_screen(dialog, out.append)
    await pilot.pause()
    for key in keys:
        if key.startswith("="):
            pilot.app.post_message(events.Paste(key[1:]))
            await pilot.pause()
        else:
            await pilot.press(key)
    return out


def adding(kind: Any, under: str = "") -> Opened:
    return lambda hierarchy: form_to_add(hierarchy, kind, under, TODAY)


def editing(key: str) -> Opened:
    return lambda hierarchy: form_to_edit(hierarchy, key, TODAY)


def closing_of(*keys: str) -> Opened:
    return lambda hierarchy: closing.dialog_for(hierarchy, keys, TODAY)


def moving_of(*keys: str) -> Opened:
    return lambda hierarchy: moving.dialog_for(hierarchy, keys)


R1 = RequirementDraft(
    "Coverage board across sites", 1, need=5, solution=1, status="committed", effort_weeks=6
)
NORTHMOOR = AccountDraft(
    "Northmoor", 1, "customer", 30, ("Northmoor Hospitals", "NMH"), ("northmoor.example",)
)

KEYS: list[tuple[Opened, list[str], object]] = [
    (adding("market"), ["=Ports", "enter"], AddMarket("Ports")),
    (adding("goal", "market 1"), ["=Cut it", "enter", "enter"],
     AddNode(NodeDraft("goal", "Cut it", market=1, weight=2))),
    (adding("need", "T1"), ["=Know", "enter", "m", "right", "enter"],
     AddNode(NodeDraft("need", "Know", parent=4, layer="user"))),
    (adding("account", "market 2"),
     ["=Zeta", "enter", "p", "enter", "=12,5 %", "enter", "=ZT, Zeta AG, ZT", "enter",
      "=info@Zeta.example", "enter"],
     AddAccount(AccountDraft("Zeta", 2, "prospect", 12.5, ("ZT", "Zeta AG"), ("zeta.example",)))),
    (adding("product"), ["=Till", "enter", "=For all", "ctrl+s"],
     AddProduct("Till", "For all", TODAY)),
    (adding("requirement", "N2"),
     ["=Do it", "enter", "=sto", "enter", "enter", "enter", "s", "enter", "=yesterday", "enter",
      "=3d", "enter", "l", "enter"],
     AddRequirement(RequirementDraft("Do it", 2, need=6, status="shipped", effort_weeks=0.6,
                                     horizon="long", shipped_on=date(2025, 6, 12)))),
    (adding("requirement", "S1"), ["=Do it", "enter", "=rota", "enter", "=N1", "ctrl+s"],
     AddRequirement(RequirementDraft("Do it", 1, need=5, solution=1))),
    (adding("solution", "N1"), ["=All", "enter", "=They win", "enter"],
     AddSolution(1, "All", "They win")),
    (adding("measure", "product 1"),
     ["=use", "enter", "=users", "enter", "=-2", "enter", "=1,000 users", "enter"],
     AddMeasure("product 1", "use", "users", -2, 1000)),
    (adding("reading", "G1"), ["=12.5 %", "enter", "=last fri", "enter", "=audited", "enter"],
     AddReading(1, date(2025, 6, 6), 12.5, "audited")),
    (editing("G1"), ["tab", "1", "ctrl+s"],
     EditNode(1, "Cut agency staffing from 14% to 9% of payroll this year", weight=1)),
    (editing("R1"), ["tab", "tab", "tab", "ctrl+u", "tab", "d", "ctrl+s"],
     EditRequirement(1, replace(R1, solution=None, status="dropped"))),
    (editing("account 1"), ["tab", "tab", "l", "ctrl+s"],
     EditAccount(1, replace(NORTHMOOR, status="lost"))),
    (editing("S1"), ["=!", "enter", "enter", "ctrl+u", "=G2", "enter"],
     EditSolution(1, 7, "Own staff first!",
                  "Hospitals fill shifts with their own people and pay less for agency cover")),
    (editing("product 1"), ["tab", "=!", "enter", "=1 jun", "enter"],
     EditProduct(1, "Rota", "Every shift is filled by somebody who already works there, and the "
                 "ward knows it before the shift begins.!", date(2025, 6, 1))),
    (editing("portfolio"), ["= At last.", "ctrl+s"],
     ReviseVision("Hospitals and distributors run their scarce people and stock as one pool, "
                  "across sites. At last.", TODAY)),
    (editing("reading 1"), ["=5", "ctrl+s"], EditReading(1, date(2025, 4, 1), 12.55)),
    (closing_of("G1"), ["r"], Close(("G1",), "reached")),
    (closing_of("R1"), ["s", "enter"], Close(("R1",), "shipped", TODAY)),
    (moving_of("N5"), ["=t1", "enter"], Move(("N5",), "T1")),
    (moving_of("N1"), ["=adrift", "enter"], Move(("N1",), None)),
]  # fmt: skip


async def test_keys_give_the_action(demo: Hierarchy, pilot: Pilot[None]) -> None:
    for opened, keys, action in KEYS:  # in one app, for that takes longer than a dialog
        assert await given(pilot, opened(demo), *keys) == [action]


async def test_what_was_not_changed_is_not_done(demo: Hierarchy, pilot: Pilot[None]) -> None:
    for key in ("G1", "R3", "product 1", "measure 1"):
        assert await given(pilot, form_to_edit(demo, key, TODAY), "ctrl+s") == [None]


WRONG = [
    (adding("goal", "market 1"), ["enter", "enter"], "Write what their executives must reach"),
    (adding("need", "T1"), ["=Know", "enter", "enter"], "Whose need is it?"),
    (adding("requirement", "N1"), ["=Do", "enter", "=rota", "enter", "=?", "ctrl+s"],
     "This names none"),
    (adding("account", "market 1"), ["=Z", *["enter"] * 4, "=zeta", "ctrl+s"], "is no domain"),
    (adding("reading", "G1"), ["=12", "enter", "=tomorrow", "ctrl+s"], "is ahead"),
    (adding("reading", "G1"), ["=12.5"], "→ 30 % of the way"),
    (adding("need", "T1"), ["=See the Stock dashboards"], "It names “Stock”, “dashboards”"),
    (adding("solution", "G1"), ["=X", "enter", "=" + "so " * 26], "26 of 25 words"),
    (moving_of("N1"), ["=T1", "enter"], "There it is already"),
    (moving_of("N5"), ["=T1"], "gains line of sight to G1: N5, R7 · no sight is lost"),
    (moving_of("N1", "N2"), ["=g3"], "serves G3 instead of G1: N1, R1, R2, N2, R3"),
    (closing_of("G2"), [], "these lose their line of sight: O2, T2, N3, R4"),
]  # fmt: skip


async def test_what_is_said_before_it_is_done(
    demo: Hierarchy, pilot: Pilot[None], until: Until, screen_text: ScreenText
) -> None:
    for opened, keys, said in WRONG:
        assert await given(pilot, opened(demo), *keys) == []
        says = partial(_says, pilot.app, screen_text, said)
        await until(pilot, says)
        await pilot.app.pop_screen()


def _says(app: App[None], screen_text: ScreenText, said: str) -> bool:
    return said in " ".join(screen_text(app).split())


# What is refused before anything opens --------------------------------------------------------

EMPTY = Hierarchy()


@pytest.mark.parametrize(
    "opened",
    [adding("goal"), adding("account"), adding("solution"),
     adding("obstacle"), adding("measure", "market 1"), adding("reading", "market 1"),
     editing("G9"), closing_of("S1"), moving_of("S1")],
)  # fmt: skip
def test_what_can_not_stand_alone_is_refused(opened: Opened) -> None:
    with pytest.raises(RefusedError):
        opened(EMPTY)


def test_what_is_wanted_first_is_asked_first(demo: Hierarchy) -> None:
    assert isinstance(form_to_add(demo, "reading", "G4", TODAY), MeasureForm)
    assert isinstance(form_to_add(demo, "reading", "N1", TODAY), ReadingForm)
    assert isinstance(form_to_add(EMPTY, "requirement", "", TODAY), ProductForm)


def test_only_what_may_stand_below_is_offered(demo: Hierarchy) -> None:
    assert kinds_offered(demo, "") == ("market", "product", "need")
    assert kinds_offered(demo, "market 1") == ("goal", "account", "market", "need")
    assert kinds_offered(demo, "T1") == ("need",)
    assert kinds_offered(demo, "product 1") == ("requirement", "measure", "product")
    assert kinds_offered(demo, "account 1 manager") == ("account",)
    assert kinds_offered(demo, "S1") == ("requirement", "solution")
    for key in ("R1", "evidence 1", "reading 1"):
        with pytest.raises(RefusedError, match="stands nothing"):
            kinds_offered(demo, key)


def test_every_kind_offered_has_a_form_that_is_found_again(demo: Hierarchy) -> None:
    keys = (
        "",
        "market 1",
        "G1",
        "O1",
        "I1",
        "T1",
        "N1",
        "product 1",
        "S1",
        "portfolio",
        "account 1",
    )
    for key in keys:
        for kind in kinds_offered(demo, key):
            form = form_to_add(demo, kind, key, TODAY)
            again = form_again(demo, form.subject, TODAY)
            assert (type(form), form.subject) == (type(again), again.subject)
    with pytest.raises(RefusedError, match="N9 is gone"):
        form_again(demo, "add requirement N9", TODAY)


async def test_an_edit_says_what_it_was_opened_on(demo: Hierarchy, pilot: Pilot[None]) -> None:
    [edit] = await given(pilot, form_to_edit(demo, "R1", TODAY), "=, all sites", "ctrl+s")
    assert edit.was == EditRequirement(1, R1)


async def test_only_what_was_changed_of_a_thing_is_kept_unfinished(
    demo: Hierarchy, pilot: Pilot[None]
) -> None:
    form = form_to_edit(demo, "R1", TODAY)
    await given(pilot, form, "=, all sites", "tab", "tab", "tab", "tab", "s")
    assert form.to_keep() == {
        "statement": "Coverage board across sites, all sites", "status": "shipped",
    }  # fmt: skip


async def test_an_unknown_day_of_shipping_stays_unknown(
    demo: Hierarchy, pilot: Pilot[None]
) -> None:
    shipped = tuple(
        one._replace(status="shipped") if one.code == "R1" else one for one in demo.requirements
    )
    form = form_to_edit(replace(demo, requirements=shipped), "R1", TODAY)
    [edit] = await given(pilot, form, "=, all sites", "ctrl+s")
    assert edit.requirement.shipped_on is None


async def test_a_product_with_a_day_of_revision_alone_can_be_renamed(
    demo: Hierarchy, pilot: Pilot[None]
) -> None:
    dated = tuple(one._replace(vision=None, vision_revised=TODAY) for one in demo.products)
    form = form_to_edit(replace(demo, products=dated), "product 1", TODAY)
    assert await given(pilot, form, "=-2", "ctrl+s") == [EditProduct(1, "Rota-2", "", TODAY)]


# A letter, a refusal, an editor ---------------------------------------------------------------


async def test_a_letter_gives_the_kind(demo: Hierarchy, pilot: Pilot[None]) -> None:
    assert await given(pilot, KindDialog(demo, "G1"), "n") == ["need"]
    assert await given(pilot, KindDialog(demo, "market 1"), "enter") == ["goal"]


async def test_one_more_stands_beside_what_is_selected(
    demo: Hierarchy, pilot: Pilot[None], screen_text: ScreenText
) -> None:
    await given(pilot, KindDialog(demo, "account 1"))
    text = screen_text(pilot.app)
    assert "beside Northmoor" in text
    assert "another account" in text
    [account] = await given(
        pilot, form_to_add(demo, "account", "account 1", TODAY), "=Bay", "ctrl+s"
    )
    assert account == AddAccount(AccountDraft("Bay", 1))
    [more] = await given(pilot, form_to_add(demo, "solution", "S1", TODAY), "=Two", "ctrl+s")
    assert more == AddSolution(demo.solutions[0].goal_id, "Two")


async def test_what_the_desk_refuses_comes_back_as_it_was_typed(
    demo: Hierarchy, pilot: Pilot[None], screen_text: ScreenText
) -> None:
    keys = ["=Do it", "enter", "=sto", "enter", "tab", "tab", "s", "enter", "=fri", "ctrl+s"]
    form = form_to_add(demo, "requirement", "N2", TODAY)
    [action] = await given(pilot, form, *keys)
    again = form.again(RefusedError("The disk is full."))
    assert again is not None
    assert await given(pilot, again) == []
    text = screen_text(pilot.app)
    assert "The disk is full." in text
    assert "● shipped" in text
    await pilot.press("ctrl+s")
    await pilot.pause()
    assert again.typed_values() == form.typed_values()
    assert isinstance(action, AddRequirement)


async def test_confirmed_again_it_has_seen_what_was_changed_meanwhile(
    demo: Hierarchy, pilot: Pilot[None]
) -> None:
    form = form_to_edit(demo, "R1", TODAY)
    [edit] = await given(pilot, form, "=, all sites", "ctrl+s")
    seen = replace(R1, statement="Board")
    again = form.again(ChangedMeanwhileError("R1 was changed.", seen))
    assert again is not None
    assert again.problem == "R1 was changed."
    [anew] = await given(pilot, again, "ctrl+s")
    assert anew == edit
    assert anew.was.requirement == seen


async def test_the_editor_gives_the_statement_at_once(
    demo: Hierarchy, pilot: Pilot[None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def edit(text: str, *_: object, take: Callable[[str], bool], **__: object) -> Edited:
        take(f"{text},\nat last\n")
        return Edited(text)

    monkeypatch.setattr("pmdesk.ui.widgets.text_field.edit", edit)
    edited = await given(pilot, form_in_editor(demo, "G4", TODAY))
    assert edited == [EditNode(16, "Keep both supermarket contracts at renewal, at last", weight=2)]
    with pytest.raises(RefusedError, match="no long text"):
        form_in_editor(demo, "market 1", TODAY)


async def test_an_editor_that_failed_leaves_the_form_open(
    demo: Hierarchy, pilot: Pilot[None], screen_text: ScreenText, monkeypatch: pytest.MonkeyPatch
) -> None:
    def edit(*_: object, **__: object) -> Edited:
        return Edited(None, "The editor ended with status 1: the text is as it was.")

    monkeypatch.setattr("pmdesk.ui.widgets.text_field.edit", edit)
    assert await given(pilot, form_in_editor(demo, "G4", TODAY)) == []
    assert "The editor ended with status 1" in screen_text(pilot.app)
