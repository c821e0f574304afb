"""`E`: the words of a thing in the person's own editor; what comes back is confirmed at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmdesk.errors import RefusedError
from pmdesk.ui.dialogs.forms import form_to_edit
from pmdesk.ui.dialogs.thing_form import ThingForm

if TYPE_CHECKING:
    from datetime import date

    from pmdesk.customers.hierarchy import Hierarchy
    from pmdesk.desk import Action
    from pmdesk.ui.dialogs.dialog import Dialog

_LONG = ("node", "requirement", "solution", "product", "vision", "edit evidence")
"""The forms that have a field of many lines."""


def form_in_editor(hierarchy: Hierarchy, key: str, today: date) -> Dialog[Action]:
    """The form that edits a thing, which opens the editor on its statement, vision, value
    statement or quote. So all that keeps a text from being lost is that of the form.
    RefusedError where it has no such text."""
    form = form_to_edit(hierarchy, key, today)
    if not isinstance(form, ThingForm) or form.kind not in _LONG:
        raise RefusedError(f"There is no long text to be edited in {key}: e edits it here.")
    form.in_editor = True
    return form
