"""A form: its fields and choices, what stands in them, and which of them has the keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from textual.screen import ModalScreen

from pmdesk.ui.widgets.choices import Choices
from pmdesk.ui.widgets.field import Field

T = TypeVar("T")


class Form(ModalScreen[T | None]):
    """A screen of fields and choices, each with a name of its own."""

    def __init__(self) -> None:
        super().__init__()
        self._empty: dict[str, str] = {}
        """What stood in it before anything was typed."""
        self._written_in: Field | None = None
        """The field that has or had the keys."""

    def typed_values(self) -> dict[str, str]:
        """Everything typed and chosen, by the names of the fields."""
        values = {one.name: one.typed for one in self.query(Field) if one.name}
        chosen = {one.name: one.key_chosen for one in self.query(Choices) if one.name}
        return {**values, **chosen}

    def to_keep(self) -> dict[str, str]:
        """What of it is worth keeping, to be refilled."""
        return self.typed_values()

    def refill(self, values: Mapping[str, str]) -> None:
        """Puts everything where it was typed and chosen; what it doesn't know it leaves out."""
        for choices in self.query(Choices):
            if choices.name and choices.name in values:
                choices.choose(values[choices.name])
        for field in self.query(Field):
            if field.name and field.name in values and field.typed != values[field.name]:
                field.fill(values[field.name])
        self.refilled()

    def refilled(self) -> None:
        """Hook: fields that show by what was chosen."""

    def written(self) -> bool:
        """Whether there is a text that would be lost; a choice alone is soon made again."""
        return any(
            one.typed.strip() and one.typed != self._empty.get(one.name or "")
            for one in self.query(Field)
        )

    @property
    def field_here(self) -> str:
        """The name of the field that has the keys; "" over the choices."""
        here = self.focused
        fields = (one for one in here.ancestors if isinstance(one, Field)) if here else ()
        return next((one.name or "" for one in fields), "")

    def focus_written(self) -> None:
        """Goes on where something was written, so that no letter chooses by accident."""
        fields = [*self.query(Field)]
        if self._written_in is not None:
            fields.insert(0, self._written_in)
        for field in fields:
            if field.display and field.typed.strip():
                field.take_focus()
                return
