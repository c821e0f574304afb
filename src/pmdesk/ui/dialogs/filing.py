"""The answers of a filled interview guide, pasted or written in the person's own editor."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from pmdesk.customers.evidence_actions import AddEvidence
from pmdesk.customers.guides.answers import Filing, file_answers, said
from pmdesk.customers.guides.interview import interview_guide
from pmdesk.customers.guides.pages import day_words
from pmdesk.customers.guides.questions import ANSWER
from pmdesk.customers.hearing import account_and_layer
from pmdesk.text import clean_line, shorten
from pmdesk.ui.dialogs.dialog import Dialog
from pmdesk.ui.widgets.field import Field
from pmdesk.ui.widgets.text_field import TextField
from pmdesk.ui.work import begin

if TYPE_CHECKING:
    from datetime import date

    from pmdesk.customers.hierarchy import Hierarchy

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
        yield TextField("answers", "the filled guide: paste it, or fill it", text=self.guide)
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
            begin(self.app.screen_stack[0], lambda: _to_clipboard(self.app, text), "unplaced")
        return action


async def _to_clipboard(app: Any, text: str) -> None:
    copied = await app.system_clipboard.write(text)
    app.notify(
        f"What has no place: {copied.sentence} c captures it.", markup=False, timeout=10,
        severity="warning",
    )  # fmt: skip


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
