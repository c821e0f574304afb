"""What was left unfinished: kept on every way out, offered again, gone on with."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.screen import Screen

from pmdesk.desk import Desk
from pmdesk.drafts import Draft
from pmdesk.text import clean_line, shorten
from pmdesk.ui.keeping import Keeper, Slip, when

if TYPE_CHECKING:
    from pmdesk.ui.dialogs.dialog import Dialog

FILTER = "filter"
"""The kind of what was typed into a filter: proposed again, but nothing to be finished."""

_WHAT = {
    "capture": "a capture",
    "keep": "the reason to keep",
    "park": "the reason to park",
    "decline": "the reply to",
    "evidence": "what was heard",
    "edit evidence": "what was heard",
    "answers": "the answers of an interview",
    "outline": "an outline",
    "put off": "why to put off",
    "market": "a market",
    "account": "an account",
    "node": "a node",
    "product": "a product",
    "requirement": "a requirement",
    "solution": "a solution",
    "measure": "a measure",
    "reading": "a reading",
    "vision": "the vision",
}


class Unfinished:
    """The unfinished texts of a workspace."""

    def __init__(self, desk: Desk) -> None:
        self.keeper = Keeper(desk.path, desk.clock)
        self.drafts: tuple[Draft, ...] = ()
        """What can be gone on with, as last looked up; the newest first."""
        self._filters: dict[str, Slip] = {}

    def keep(self, dialog: Dialog[Any], draft: Draft | None = None) -> None:
        """From now on what is typed into the dialog is kept; call it before it is opened. It
        goes on with `draft`, else with the newest of its kind on its subject."""
        if dialog.kind and dialog.keeping is None:
            about = clean_line(dialog.about)
            dialog.keeping = Slip(self.keeper, dialog.kind, dialog.subject, about, draft)

    def keep_all(self, app: App[Any]) -> None:
        """Puts everything typed on the disk, before anything is taken down; never raises."""
        for slip in (*_slips(app), *self._filters.values()):
            with suppress(Exception):  # the program may be ending by a fault of these very fields
                slip.keep_now()
        with suppress(Exception):
            self.keeper.flush()

    async def look(self) -> None:
        """Looks up what can be gone on with."""
        found = await asyncio.wrap_future(self.keeper.offered())
        self.drafts = tuple(one for one in found if one.kind != FILTER)
        for draft in found:
            if draft.kind == FILTER:
                self._take_over(draft)

    def newest(self, kind: str) -> Draft | None:
        """As last looked up."""
        return next((one for one in self.drafts if one.kind == kind), None)

    def offer(self, key: Callable[[str], str]) -> str:
        """The sentence that offers them, after what can't be offered and is said once; "" where
        nothing is unfinished. `key` says which key has the binding of an id."""
        left, self.keeper.left = self.keeper.left, []
        return " ".join([*left, *self._offer(key)])

    def _offer(self, key: Callable[[str], str]) -> Iterator[str]:
        if not self.drafts:
            return
        newest = self.drafts[0]
        if newest.kind == "capture":
            how = f"{key('capture')} offers it"
        else:
            how = f"{key('palette')} and “Go on” opens it"
        what = f"{said(newest)}, {when(newest, self.keeper.clock)}"
        if others := len(self.drafts) - 1:
            what += f", and {others} more"
            how = f"{key('palette')} and “Go on” lists them"
        yield f"Unfinished: {what}; {how}."

    # Filters ----------------------------------------------------------------------------------

    def filtered(self, where: str, text: str) -> None:
        """This was typed into the filter of a pane; an empty one is not kept."""
        if text.strip():
            if where not in self._filters:
                self._filters[where] = Slip(self.keeper, FILTER, where, "")
            self._filters[where].changed(lambda: {"text": text})

    def last_filter(self, where: str) -> str:
        """What was typed last into the filter of a pane, in this session or one before."""
        slip = self._filters.get(where)
        if slip is None:
            return ""
        slip.keep_now()
        return slip.values.get("text", "")

    def _take_over(self, draft: Draft) -> None:
        if draft.subject not in self._filters:
            slip = self._filters[draft.subject] = Slip(self.keeper, FILTER, draft.subject, "")
            slip.adopt(draft)
        else:  # of an older session
            self.keeper.put(draft.name, None)

    def listed(self) -> Iterator[tuple[str, str, Draft]]:
        """For the palette: what each is, and when it was left."""
        for draft in self.drafts:
            yield f"Go on: {said(draft)}", when(draft, self.keeper.clock), draft

    def close(self) -> None:
        self.keeper.close()


def said(draft: Draft) -> str:
    """ "a capture “Label for freezer…”", "the reply to #12 “Label format”"."""
    what = _WHAT.get(draft.kind, f"a text for “{clean_line(draft.kind)}”")
    if draft.subject.startswith("edit "):
        what = "the edit of"
    elif draft.kind == "edit evidence":
        what = "the edit of what was heard on"
    if draft.about:
        return f"{what} {shorten(clean_line(draft.about), 60)}"
    return f"{what} “{shorten(clean_line(draft.text()[:200]), 32)}”"


def _slips(app: App[Any]) -> Iterator[Slip]:
    stack: list[Screen[Any]] = []
    with suppress(Exception):  # there may be no screen any more
        stack = app.screen_stack
    for screen in stack:
        keeping = getattr(screen, "keeping", None)
        if isinstance(keeping, Slip):
            yield keeping
