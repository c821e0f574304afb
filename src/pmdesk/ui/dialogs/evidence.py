"""`n`: what was heard, on one or several nodes; after a conversation one note after another."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.content import Content

from pmdesk.customers.evidence_actions import AddEvidence, EditEvidence, EvidenceDraft
from pmdesk.customers.hearing import Beginning, beginning
from pmdesk.customers.things import Evidence
from pmdesk.errors import RefusedError
from pmdesk.text import clean_line, shorten
from pmdesk.ui.dialogs.dialog import FieldError
from pmdesk.ui.dialogs.note_form import LISTED, NoteForm
from pmdesk.ui.key_names import with_keys
from pmdesk.ui.widgets.field import Field
from pmdesk.ui.widgets.text_field import TextField

if TYPE_CHECKING:
    from pmdesk.customers.hierarchy import Hierarchy
    from pmdesk.desk import Action


class EvidenceDialog(NoteForm):
    """Gives one AddEvidence for all that was noted of a conversation."""

    BINDING_GROUP_TITLE = "Evidence"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+n", "next_note", "Next note", id="evidence.next",
                tooltip="Files this note and begins the next of the same conversation"),
    ]  # fmt: skip
    kind: ClassVar[str] = "evidence"

    def __init__(self, hierarchy: Hierarchy, keys: tuple[str, ...], today: date) -> None:
        start = beginning(hierarchy, keys, today)
        super().__init__(hierarchy, today, "Note what was heard", start, None)
        self.subject = ",".join(keys)
        self.about = " ".join(one.code for one in start.nodes) or (
            start.account.name if start.account else ""
        )
        self.filed: list[EvidenceDraft] = []
        """Notes of this conversation before the one that is typed."""

    @on(events.Mount)
    def _to_what_was_said(self) -> None:
        if self.nodes:
            self.query_one("#field-quote", Field).take_focus()

    def _heard_so_far(self) -> Content:
        more = len(self.filed) - LISTED
        lines = [Content.styled(f"{more} before these", "$muted")] if more > 0 else []
        for note in self.filed[-LISTED:]:
            codes = " ".join(self.hierarchy.node[id_].code for id_ in note.nodes)
            said = f"  “{shorten(clean_line(note.quote), 48)}”" if note.quote else ""
            mark = f"  !{note.importance}" if note.importance is not None else ""
            lines.append(Content.assemble(("✓ ", "$success"), (codes, "$accent"), said, mark))
        return Content("\n").join(lines)

    def _speaks_of(self) -> Content:
        if self.nodes or not self.filed:
            return super()._speaks_of()
        files = with_keys("{dialog.confirm} files what was noted", self.app)
        return Content.styled(f"The next note: choose what it speaks of, or {files}.", "$muted")

    def hints_here(self) -> str:
        if self.field_here == "quote":
            return (
                "{dialog.confirm} files it · {evidence.next} files it and begins the next · "
                "{text.editor} your editor · esc leaves it"
            )
        return super().hints_here().replace("adds it", "files it")

    def action_next_note(self) -> None:
        """Files the note; account, layer, person and day stay."""
        self.complain("")
        try:
            self.filed.append(self.draft())
        except FieldError as error:
            self._complain_of(error)
            return
        self.nodes = []
        self.query_one("#field-quote", Field).fill("")
        self.query_one("#field-importance", Field).fill("")
        self._show()
        self._typed()
        self.query_one("#field-about", Field).take_focus()

    def result(self) -> Action:
        if self.filed and not self.nodes and not self.text("quote") and not self.typed("about"):
            return AddEvidence(tuple(self.filed))
        return AddEvidence((*self.filed, self.draft()))

    def written(self) -> bool:
        return bool(self.filed) or super().written()

    def typed_values(self) -> dict[str, str]:
        filed = [asdict(one) | {"heard_on": one.heard_on.isoformat()} for one in self.filed]
        return super().typed_values() | {"filed": json.dumps(filed) if filed else ""}

    def refill(self, values: Mapping[str, str]) -> None:
        self.filed = [
            EvidenceDraft(**one | {"nodes": nodes, "heard_on": date.fromisoformat(one["heard_on"])})
            for one in json.loads(values.get("filed") or "[]")
            if (nodes := tuple(id_ for id_ in one["nodes"] if id_ in self.hierarchy.node))
        ]
        super().refill(values)


class EditEvidenceForm(NoteForm):
    """Gives EditEvidence; what it speaks of may be changed too."""

    kind: ClassVar[str] = "edit evidence"

    def __init__(self, hierarchy: Hierarchy, note: Evidence, today: date) -> None:
        start = Beginning(
            (hierarchy.node[note.node_id],), hierarchy.account[note.account_id], note.layer,
            clean_line(note.person or ""),
        )  # fmt: skip
        super().__init__(hierarchy, today, "Edit what was heard", start, note)
        self.editing = True
        self.subject = note.key
        self.about = start.nodes[0].code
        self.original = note

    @on(events.Mount)
    def _to_what_was_said(self) -> None:
        self.query_one("#field-quote", Field).take_focus()

    def _edit_outside(self) -> None:
        """What comes back from the editor is confirmed, unless something is to be said of it."""
        field = self.query_one("#field-quote", TextField)
        before = field.typed
        field.take_focus()
        field.lines.action_editor()  # returns when the editor has ended

        def confirm() -> None:
            if field.typed != before and not field._problem.sentence:
                self.action_confirm()

        self.call_after_refresh(confirm)

    def result(self) -> Action:
        return EditEvidence(self.original.id, self.draft())


def dialog_for(hierarchy: Hierarchy, keys: tuple[str, ...], today: date) -> EvidenceDialog:
    """To note what was heard on these things, or by an account ("account 3", "account 3 user").

    RefusedError where nobody can be heard on them.
    """
    if not hierarchy.accounts:
        raise RefusedError("There is no account yet whom you could have heard: a adds one.")
    return EvidenceDialog(hierarchy, keys, today)


def form_to_edit(hierarchy: Hierarchy, key: str, today: date) -> EditEvidenceForm:
    """To edit what was heard. RefusedError where it is gone."""
    note = hierarchy.thing(key)
    if not isinstance(note, Evidence):
        raise RefusedError(f"“{key}” is no longer in the desk.")
    return EditEvidenceForm(hierarchy, note, today)
