"""The guides as pages: what they show, what they ask for, and the answers filed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.customers import growing
from textual import events
from textual.widgets import TextArea

from pmdesk.customers.evidence_actions import AddEvidence
from pmdesk.customers.hierarchy import Hierarchy
from pmdesk.errors import RefusedError
from pmdesk.ui.dialogs import filing, interview, referee, value_statement
from pmdesk.ui.dialogs.guide_page import GuidePage
from pmdesk.ui.system_clipboard import Copied, Way

from .styled import Styled

if TYPE_CHECKING:
    from tests.ui.clipboard import FakeClipboard
    from tests.ui.conftest import ScreenText, Until
    from textual.screen import Screen

DAY = date(2025, 6, 13)


@pytest.fixture(scope="module")
def harbourlight(demo_file: Path) -> Hierarchy:
    return growing.harbourlight(demo_file)


class Reading(Styled):
    """A person at one page or dialog."""

    def __init__(self, opened: Screen[Any]) -> None:
        super().__init__()
        self.opened = opened
        self.asked: list[tuple[str, tuple[str, ...]]] = []
        self.given: object = "nothing yet"
        if isinstance(opened, GuidePage):
            opened.answer = lambda what, keys: self.asked.append((what, keys))

    def on_mount(self) -> None:
        self.push_screen(self.opened, lambda given: setattr(self, "given", given))


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_a_value_statement_shows_blanks_and_faults(
    harbourlight: Hierarchy, until: Until, screen_text: ScreenText, size: tuple[int, int]
) -> None:
    page = value_statement.dialog_for(harbourlight, ("S2",), DAY)
    app = Reading(page)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: "! It names “dashboard”, “AI”, “alerts”" in screen_text(app))
        assert max(map(len, screen_text(app).splitlines())) <= size[0]
        await pilot.press("e")
        assert app.asked == [("edit", ("S2",))]
        (copyable,) = await page.copyables()
        assert copyable.text.startswith("# Value: Chilled loads saved on the road\n")
        await pilot.press("G")
        await until(pilot, lambda: "✗ a value statement of 25 words" in screen_text(app))


async def test_whom_to_talk_to_is_chosen_by_who_was_not_heard(
    harbourlight: Hierarchy, until: Until, screen_text: ScreenText
) -> None:
    page = interview.dialog_for(harbourlight, ("G1",), DAY)
    app = Reading(page)
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: "never heard" in screen_text(app))
        assert "Polar" not in screen_text(app), "another market"
        assert page.why_not("copy")
        await pilot.press("j", "j", "j", "enter")
        await until(pilot, lambda: "Brannoc, executives" in screen_text(app))
        await until(pilot, lambda: "? Is this still a result you" in screen_text(app))
        await pilot.press("right_square_bracket")
        await until(pilot, lambda: "Brannoc, managers" in screen_text(app))
        await until(pilot, lambda: page.guide is not None)
        assert (await page.copyables())[0].text.startswith("# Interview: Brannoc, managers\n")
        await pilot.press("f", "n")
        question = next(p for p, row in page.lines._rows.items() if row.line.key == "N1")
        page.lines.move_to(question)
        await pilot.press("n")
        voice = "account 2 manager"
        assert app.asked == [
            ("file answers", (voice,)), ("note", (voice,)), ("note", ("N1", voice)),
        ]  # fmt: skip
        await pilot.press("escape")
        await until(pilot, lambda: "never heard" in screen_text(app))
        await pilot.press("escape")
        await until(pilot, lambda: app.given is None)


async def test_an_account_that_goes_away_is_told(
    harbourlight: Hierarchy, until: Until, screen_text: ScreenText
) -> None:
    page = interview.dialog_for(harbourlight, ("account 4 user",), DAY)
    app = Reading(page)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: page.guide is not None)
        page.tell(Hierarchy())
        await until(pilot, lambda: "Greengate is no longer in the desk." in screen_text(app))


async def test_the_brief_goes_to_what_it_names(harbourlight: Hierarchy, until: Until) -> None:
    page = referee.dialog_for(harbourlight, (), DAY)
    app = Reading(page)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: page.guides)
        places = [place for place, row in page.lines._rows.items() if row.line.key == "R2"]
        page.lines.move_to(places[0])
        await pilot.press("enter")
        await until(pilot, lambda: app.given == "R2")


async def test_answers_are_shown_where_they_go_and_the_rest_is_not_lost(
    harbourlight: Hierarchy, until: Until, screen_text: ScreenText, clipboard: FakeClipboard
) -> None:
    dialog = filing.dialog_for(harbourlight, ("account 4 executive",), DAY)
    app = Reading(dialog)
    app.system_clipboard = clipboard  # type: ignore[attr-defined]
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await until(pilot, lambda: app.screen is dialog and dialog.field_here == "answers")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "! There is no answer to a question" in screen_text(app))
        lines = app.screen.query_one(TextArea)
        lines.insert("Under five !3")  # where the cursor stands: below the first “Answer:”
        await until(pilot, lambda: "G3   “Under five”  !3" in screen_text(app))
        lines.text = lines.text.rstrip() + "\nTalk to the drivers"
        await until(pilot, lambda: "1 without a place" in screen_text(app))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.given != "nothing yet")
        await until(pilot, lambda: clipboard.texts)
    assert isinstance(app.given, AddEvidence)
    (note,) = app.given.notes
    assert (note.nodes, note.account, note.quote, note.importance) == ((11,), 4, "Under five", 3)
    assert clipboard.texts == ["From Greengate: Talk to the drivers"]


async def test_a_whole_guide_that_is_pasted_replaces_the_empty_one(
    harbourlight: Hierarchy, until: Until, screen_text: ScreenText
) -> None:
    dialog = filing.dialog_for(harbourlight, ("account 4 executive",), DAY)
    app = Reading(dialog)
    empty = dialog.guide
    filled = empty.replace("Heard on:", "Heard on: 2025-06-02")
    filled = filled.replace("\nAnswer:\n", "\nAnswer:\nUnder five\n", 1)
    async with app.run_test(size=(100, 40)) as pilot:
        await until(pilot, lambda: app.screen is dialog and dialog.field_here == "answers")
        lines = app.screen.query_one(TextArea)
        app.post_message(events.Paste(filled))
        await until(pilot, lambda: "1 answer · Greengate, executive · 2 Jun" in screen_text(app))
        assert lines.text == filled
        app.post_message(events.Paste(empty))
        await until(pilot, lambda: "file what stands here first" in screen_text(app))
        assert lines.text == filled
        lines.select_all()
        app.post_message(events.Paste("Account: Polar\nLayer: user\n[G3] x\nAnswer: yes"))
        await until(pilot, lambda: "1 answer · Polar, user" in screen_text(app))
        app.post_message(events.Paste(", and now"))
        await until(pilot, lambda: lines.text.endswith("yes, and now"))


@pytest.mark.parametrize(
    ("count", "way", "file", "sentence"),
    [
        (2, "clipboard", None, "2 answers have no place yet: they are on the clipboard, c"),
        (1, "terminal", "/x/last-copy.md", "1 answer has no place yet: it was sent to the termi"),
        (2, "none", "/x/last-copy.md", "2 answers have no place yet: they are kept in /x/last-c"),
        (2, "none", None, "2 answers have no place yet: they could be kept nowhere; u takes"),
    ],
)
def test_where_that_is_which_has_no_place(
    count: int, way: Way, file: str | None, sentence: str
) -> None:
    copied = Copied(9, way, Path(file) if file else None)
    assert filing._no_place(count, copied).startswith(sentence)


def test_pages_without_anything_to_show_are_refused(harbourlight: Hierarchy) -> None:
    for opened in (
        lambda: value_statement.dialog_for(harbourlight, ("N5",), DAY),
        lambda: value_statement.dialog_for(harbourlight, (), DAY),
        lambda: interview.dialog_for(Hierarchy(), ("market 1",), DAY),
    ):
        with pytest.raises(RefusedError):
            opened()
