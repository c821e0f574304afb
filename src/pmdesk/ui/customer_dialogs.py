"""Which dialog, page or change answers a key of the customers; imported at the first of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pmdesk.customers.actions import Delete, Reorder
from pmdesk.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from pmdesk.customers.hierarchy import Hierarchy
    from pmdesk.customers.kinds import ThingKind
    from pmdesk.desk import Action
    from pmdesk.drafts import Draft
    from pmdesk.ui.dialogs.dialog import Dialog
    from pmdesk.ui.dialogs.page import Page

    Opened = Dialog[Any] | Page | Action

Keys = tuple[str, ...]
_ADDED: Mapping[str, ThingKind] = {
    "reading": "reading", "measure": "measure", "requirement": "requirement",
    "solution": "solution",
}  # fmt: skip
"""What has a key of its own beside `a`."""


def opened_by(what: str, hierarchy: Hierarchy, keys: Keys, today: date) -> Opened:
    """What opens, or is done at once. RefusedError says why neither can be."""
    match what:
        case "delete":
            return Delete(keys)
        case "reorder_up" | "reorder_down":
            return Reorder(keys[0], -1 if what == "reorder_up" else 1)
        case "edit" | "edit_in_editor" | "fill":
            return _form(what, hierarchy, keys, today)
        case "reading" | "measure" | "requirement" | "solution":
            from pmdesk.ui.dialogs.forms import form_to_add

            return form_to_add(hierarchy, _ADDED[what], keys[0] if keys else "", today)
        case "move":
            from pmdesk.ui.dialogs import moving

            return moving.dialog_for(hierarchy, keys)
        case "close":
            from pmdesk.ui.dialogs import closing

            return closing.dialog_for(hierarchy, keys, today)
        case "outline":
            from pmdesk.ui.dialogs import outline

            return outline.dialog_for(hierarchy, keys, today)
    return _about_the_whole(what, hierarchy, keys, today)


def _form(what: str, hierarchy: Hierarchy, keys: Keys, today: date) -> Opened:
    from pmdesk.ui.dialogs import forms, statement

    if what == "fill":
        upper, kind, lower = keys
        return forms.form_to_fill(hierarchy, upper, kind, lower, today)  # type: ignore[arg-type]
    if what == "edit_in_editor":
        return statement.form_in_editor(hierarchy, keys[0], today)
    return forms.form_to_edit(hierarchy, keys[0], today)


def _about_the_whole(what: str, hierarchy: Hierarchy, keys: Keys, today: date) -> Opened:
    match what:
        case "note":
            from pmdesk.ui.dialogs import evidence

            return evidence.dialog_for(hierarchy, keys, today)
        case "gaps":
            from pmdesk.ui.dialogs import gaps

            return gaps.dialog_for(hierarchy, keys, today)
        case "put_off":
            from pmdesk.ui.dialogs import put_off

            return put_off.dialog_for(hierarchy, keys, today)
        case "priorities":
            from pmdesk.ui.dialogs import priorities

            return priorities.dialog_for(hierarchy, keys, today)
        case "trace":
            from pmdesk.ui.dialogs import trace

            return trace.dialog_for(hierarchy, keys, today)
    return _guide(what, hierarchy, keys, today)


def _guide(what: str, hierarchy: Hierarchy, keys: Keys, today: date) -> Opened:
    match what:
        case "interview":
            from pmdesk.ui.dialogs import interview

            return interview.dialog_for(hierarchy, keys, today)
        case "file answers":
            from pmdesk.ui.dialogs import filing

            return filing.dialog_for(hierarchy, keys, today)
        case "value":
            from pmdesk.ui.dialogs import value_statement

            return value_statement.dialog_for(hierarchy, keys, today)
        case "referee":
            from pmdesk.ui.dialogs import referee

            return referee.dialog_for(hierarchy, keys, today)
    raise RefusedError(f"There is no “{what}”.")


def taken_up(draft: Draft, hierarchy: Hierarchy, today: date) -> Dialog[Any]:
    """The dialog that a draft was typed into. RefusedError where what it was about is gone."""
    from pmdesk.ui.dialogs import forms

    keys = tuple(one for one in draft.subject.split(",") if one)
    match draft.kind:
        case "evidence":
            from pmdesk.ui.dialogs import evidence

            return evidence.dialog_for(hierarchy, keys, today)
        case "edit evidence":
            return forms.form_to_edit(hierarchy, draft.subject, today)
        case "answers":
            from pmdesk.ui.dialogs import filing

            return filing.dialog_for(hierarchy, keys, today)
        case "outline":
            from pmdesk.ui.dialogs import outline

            return outline.dialog_for(hierarchy, keys, today)
        case "put off":
            from pmdesk.ui.dialogs import put_off

            rule, _, subject = draft.subject.partition(" ")
            dialog = put_off.dialog_for(hierarchy, (subject, rule), today)
            if isinstance(dialog, put_off.PutOffDialog):
                return dialog
            raise RefusedError("That gap is put off already.")
    return forms.form_again(hierarchy, draft.subject, today)
