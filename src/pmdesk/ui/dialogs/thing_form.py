"""What the forms of the hierarchy share: they add a thing or edit one, as they were opened."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import events, on

from pmdesk.customers.numbers import say_number
from pmdesk.desk import Action
from pmdesk.errors import RefusedError
from pmdesk.fuzzy import Pickable
from pmdesk.text import clean, clean_line
from pmdesk.ui.dialogs.dialog import Dialog, FieldError
from pmdesk.ui.widgets.choice_field import ChoiceField
from pmdesk.ui.widgets.field import Field, LineField
from pmdesk.ui.widgets.pick_field import PickField
from pmdesk.ui.widgets.statement_field import StatementField

if TYPE_CHECKING:
    from datetime import date

    from pmdesk.customers.hierarchy import Hierarchy

LONG_FORM = [(0, "-tiny"), (8, "-low"), (20, "-middle"), (34, "-high")]
"""Breakpoints of a form of so many fields that they show in 24 lines only without gaps."""
F = TypeVar("F", bound=Field)
V = TypeVar("V")


class ThingForm(Dialog[Action]):
    """A subclass has `body()` with what is known filled in, and `result()`. Editing, it gives
    None where nothing was changed."""

    long: ClassVar[str] = "statement"
    """The field that a person may want to write in their own editor."""

    def __init__(self, hierarchy: Hierarchy, today: date, title: str, about: str = "") -> None:
        super().__init__(title, about)
        self.hierarchy = hierarchy
        self.today = today
        self.editing = False
        """Whether it changes a thing that is there."""
        self.in_editor = False
        """Whether it opens the person's own editor at once, and confirms what comes back."""
        self.takes_up = True
        self._was: Action | None = None
        """What it would give, had nothing been changed."""

    @on(events.Mount)
    def _opened(self) -> None:
        if self.editing and self._was is None:
            with suppress(RefusedError):
                self._was = self.result()

    # Filling in -----------------------------------------------------------------------------

    def line(self, name: str, label: str, text: str = "", placeholder: str = "") -> LineField:
        """A field of one line with a text in it."""
        return filled(LineField(name, label, placeholder), text)

    def number(
        self,
        name: str,
        label: str,
        value: float | None,
        reads: Callable[[str], float],
        says: Callable[[float], str] = say_number,
        placeholder: str = "",
    ) -> LineField:
        """A field for a number; what it is read as is echoed."""
        field = LineField(name, label, placeholder, lambda text: says(reads(text)))
        return filled(field, say_number(value) if value is not None else "")

    # Reading what was typed -----------------------------------------------------------------

    def typed(self, name: str) -> str:
        """What stands in a field, as typed."""
        return self.query_one(f"#field-{name}", Field).typed

    def words(self, name: str, missing: str = "") -> str:
        """A field's text in one line. FieldError with `missing` where there is none."""
        words = clean_line(self.typed(name))
        if missing and not words:
            raise FieldError(name, missing)
        return words

    def text(self, name: str) -> str:
        """A field's text with the lines it has."""
        return clean(self.typed(name)).strip()

    def value(self, name: str, read: Callable[[str], V]) -> V | None:
        """A field's text as it is read; None where there is none."""
        if not self.typed(name).strip():
            return None
        try:
            return read(self.typed(name))
        except RefusedError as error:
            raise FieldError(name, str(error)) from None

    def picked(self, name: str, missing: str = "") -> int | None:
        """The id of what was picked; None for an empty field, where it may be."""
        field = self.query_one(f"#field-{name}", PickField)
        picked = field.picked
        if isinstance(picked, Pickable) and isinstance(picked.id, int):
            return picked.id
        if field.typed.strip():
            raise FieldError(name, "This names none, or several: choose one of those below.")
        if missing:
            raise FieldError(name, missing)
        return None

    # Leaving and confirming -----------------------------------------------------------------

    def written(self) -> bool:
        """A choice alone is soon made again."""
        return any(
            one.typed.strip() and one.typed != self._empty.get(one.name or "")
            for one in self.query(Field)
            if not isinstance(one, ChoiceField)
        )

    def to_keep(self) -> dict[str, str]:
        """Of a thing that is there only what was changed: the rest may be changed elsewhere
        before it is gone on with."""
        typed = self.typed_values()
        if not self.editing:
            return typed
        return {name: text for name, text in typed.items() if text != self._empty.get(name)}

    def again(self, refusal: Exception) -> Dialog[Action] | None:
        """Confirmed again, it puts what was typed over what was changed meanwhile."""
        from pmdesk.customers.meanwhile import ChangedMeanwhileError, seeing

        again = super().again(refusal)
        if isinstance(again, ThingForm):
            again._was = self._was
            if isinstance(refusal, ChangedMeanwhileError):
                again._was = seeing(self._was, refusal.seen)
        return again

    def give(self, result: Action) -> None:
        changed: Any = result
        super().give(replace(changed, was=self._was) if hasattr(changed, "was") else result)

    def action_confirm(self) -> None:
        if self.editing and self.typed_values() == self._empty:
            if self.keeping is not None:
                self.keeping.throw_away()
            self.dismiss(None)  # it is as it was
        else:
            super().action_confirm()

    # The person's own editor ----------------------------------------------------------------

    @on(events.Mount)
    def _to_editor(self) -> None:
        if self.in_editor:
            self.call_later(self._edit_outside)  # after a draft is taken up

    def _edit_outside(self) -> None:
        self.query_one(f"#field-{self.long}", StatementField).edit_outside()

    @on(StatementField.Returned)
    def _returned(self, event: StatementField.Returned) -> None:
        event.stop()
        if not event.problem:
            self.action_confirm()

    # Keys -----------------------------------------------------------------------------------

    def hints_here(self) -> str:
        field = next((one for one in self.query(Field) if one.name == self.field_here), None)
        shown = [one for one in self.query(Field) if one.display]
        last = field is None or not shown or field is shown[-1]
        does = "keeps it" if self.editing else "adds it"
        enter = f"enter {does}" if last else "enter goes on"
        parts = [enter] if last else [enter, f"{{dialog.confirm}} {does}"]
        match field:
            case ChoiceField():
                parts.insert(0, "a letter or ← → chooses")
            case PickField():
                parts.insert(0, "{pick.up} {pick.down} choose")
            case StatementField():
                parts.append("{text.editor} your editor")
        return " · ".join([*parts, "esc leaves it"])


def filled(field: F, text: str) -> F:
    """The field with a text in it before it is shown, and what the text comes to."""
    field.fill(text)
    if isinstance(field, LineField):
        field.tell(field._said(text))
    return field
