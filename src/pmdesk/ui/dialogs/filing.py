"""The answers of a filled interview guide, pasted or written in the person's own editor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from pmdesk.customers.evidence_actions import AddEvidence
from pmdesk.customers.guides.answers import Filing, file_answers, read_answers, said
from pmdesk.customers.guides.interview import interview_guide
from pmdesk.customers.guides.pages import day_words
from pmdesk.customers.guides.questions import ACCOUNT, ANSWER, TITLE
from pmdesk.customers.hearing import account_and_layer
from pmdesk.paths import from_home
from pmdesk.phrases import several
from pmdesk.text import clean_line, shorten
from pmdesk.ui.dialogs.dialog import Dialog
from pmdesk.ui.editor import MOST
from pmdesk.ui.widgets.field import Field
from pmdesk.ui.widgets.text_field import TextField, TextLines
from pmdesk.ui.work import begin

if TYPE_CHECKING:
    from datetime import date

    from pmdesk.customers.hierarchy import Hierarchy
    from pmdesk.ui.system_clipboard import Copied

_LISTED = 5
_HINTS = "{dialog.confirm} files them · {text.editor} your editor · esc leaves it"


class FilingDialog(Dialog[AddEvidence]):
    """Shows what is filed where while it is typed. What has no place goes to the clipboard,
    where a capture finds it."""

    kind: ClassVar[str] = "answers"
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (8, "-low"), (20, "-middle"), (36, "-high")]  # noqa: RUF012

    def __init__(self, hierarchy: Hierarchy, keys: tuple[str, ...], today: date) -> None:
        """Begins with the empty guide of "account 3 executive", to be filled in the editor."""
        super().__init__("File the answers of an interview", hints=_HINTS)
        self.hierarchy = hierarchy
        self.today = today
        self.subject = ",".join(keys)
        self.guide = ""
        named = account_and_layer(hierarchy, keys[0]) if keys else None
        if named is not None and (layer := named[1]) is not None:
            self.about = f"{named[0].name}, {layer}"
            self.guide = interview_guide(hierarchy, named[0], layer, today).markdown()

    def body(self) -> Iterator[Widget]:
        yield _GuideField("answers", "the filled guide: paste it, or fill it", text=self.guide)
        yield Static(self._preview(self.guide), id="preview", markup=False)

    @on(events.Mount)
    def _to_the_text(self) -> None:
        field = self.query_one(TextField)
        field.take_focus()
        first = self.guide.partition(f"\n{ANSWER}\n")[0].count("\n") + 2
        if self.guide:
            field.lines.move_cursor((first, 0))
            field.lines.scroll_cursor_visible(animate=False)

    def on_resize(self, event: events.Resize) -> None:
        """The text has half of the screen: a guide is a page."""
        self.query_one(TextField).lines.styles.height = max(2, event.size.height // 2 - 4)
        super().on_resize(event)

    @on(Field.Changed)
    def _shown_again(self) -> None:
        self.query_one("#preview", Static).update(self._preview(self._typed_text))
        self._frame.fit()

    @property
    def _typed_text(self) -> str:
        return self.query_one(TextField).typed

    @property
    def filing(self) -> Filing:
        """What the text comes to now."""
        return file_answers(self.hierarchy, self._typed_text, self.today)

    # What it comes to -------------------------------------------------------------------------

    def _preview(self, text: str) -> Content:
        if not text.strip():
            return Content.styled("Nothing to file yet.", "$muted")
        filing = file_answers(self.hierarchy, text, self.today)
        lines = [_head(filing), *_listed(map(_filed, filing.filed), "answers")]
        problems = (Content.styled(f"! {said(one)}", "$warning") for one in filing.problems)
        lines += _listed(problems, "problems")
        if filing.again:
            lines.append(Content.styled(f"{len(filing.again)} filed before", "$muted"))
        if filing.unplaced:
            count = len(filing.unplaced)
            what = f"{count} without a place, for the clipboard:"
            lines.append(Content.styled(what, "$muted"))
            lines += _listed(
                (
                    Content.styled(f"· {shorten(clean_line(said(one)), 64)}", "$muted")
                    for one in filing.unplaced
                ),
                "lines",
            )
        return Content("\n").join(lines)

    def result(self) -> AddEvidence:
        filing = self.filing
        action = filing.action()
        if text := filing.unplaced_text():
            count = len(filing.unplaced)
            home = self.app.screen_stack[0]
            begin(home, lambda: _to_clipboard(self.app, text, count), "unplaced")
        return action


class _GuideLines(TextLines):
    """A whole guide that is pasted takes the place of the empty one: with two heads in one text
    nobody would know whose answers they are."""

    def __init__(self, text: str, placeholder: str) -> None:
        super().__init__(text, placeholder)
        self._empty = text.strip()

    def on_paste(self, event: events.Paste) -> None:
        now = self.text.strip()
        if not now or not _has_head(event.text):
            return
        if now in (self._empty, self.selected_text.strip()):
            self.select_all()  # the paste replaces it, and `ctrl+z` brings it back
            return
        event.prevent_default()
        sentence = "This is a guide with a head of its own: file what stands here first."
        self.post_message(self.Said(self, sentence))


class _GuideField(TextField):
    def make_lines(self, text: str, placeholder: str) -> TextLines:
        return _GuideLines(text, placeholder)


def _has_head(text: str) -> bool:
    """Whether a text says itself whom it is of."""
    return bool(re.match(rf"\W*{TITLE}:", text)) or ACCOUNT in read_answers(text[:MOST]).head


async def _to_clipboard(app: Any, text: str, count: int) -> None:
    copied = await app.system_clipboard.write(text)
    app.notify(_no_place(count, copied), markup=False, timeout=10, severity="warning")


def _no_place(count: int, copied: Copied) -> str:
    """ "2 answers have no place yet: they are on the clipboard, c captures them." """
    one = count == 1
    they, them, are = ("it", "it", "is") if one else ("they", "them", "are")
    begun = f"{several(count, 'answer')} {'has' if one else 'have'} no place yet:"
    if copied.way == "clipboard":
        return f"{begun} {they} {are} on the clipboard, c captures {them}."
    kept = f" and {are} kept in {from_home(copied.file)}" if copied.file else ""
    if copied.way == "terminal":
        sent = f"{they} {'was' if one else 'were'} sent to the terminal's clipboard"
        return f"{begun} {sent}{kept}; c captures {them}."
    if copied.file:
        return f"{begun} {they} {are} kept in {from_home(copied.file)}; paste {them} after c."
    return f"{begun} {they} could be kept nowhere; u takes the filing back."


def dialog_for(hierarchy: Hierarchy, keys: tuple[str, ...], today: date) -> FilingDialog:
    """For the guide of "account 3 executive", or for any that is pasted."""
    return FilingDialog(hierarchy, keys, today)


def _head(filing: Filing) -> Content:
    """ "3 answers · Northmoor, executive · 12 May 2025"."""
    count = len(filing.filed)
    parts = [f"{count or 'no'} answer{'' if count == 1 else 's'}"]
    if filing.account and filing.layer:
        parts.append(f"{filing.account.name}, {filing.layer}")
    if filing.heard_on:
        parts.append(day_words(filing.heard_on))
    return Content.styled(" · ".join(filter(None, (*parts, filing.person))), "bold $foreground")


def _filed(one: Any) -> Content:
    answer = one.answer
    mark = f"  !{answer.importance}" if answer.importance is not None else ""
    who = f"  {answer.person}" if answer.person else ""
    words = f"“{shorten(clean_line(answer.words), 52)}”" if answer.words else ""
    return Content.assemble((f"{one.node.code:<4} ", "$accent"), words, mark, (who, "$muted"))


def _listed(lines: Any, what: str) -> list[Content]:
    every = list(lines)
    shown = every[:_LISTED]
    if more := len(every) - len(shown):
        shown.append(Content.styled(f"and {more} more {what}", "$muted"))
    return shown
