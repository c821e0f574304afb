"""A measure: of a goal, theirs; of a product, our key result."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual.widget import Widget

from pmdesk.customers.evidence_actions import AddMeasure, EditMeasure
from pmdesk.customers.numbers import read_number
from pmdesk.customers.things import Node
from pmdesk.ui.dialogs.thing_form import ThingForm

if TYPE_CHECKING:
    from datetime import date

    from pmdesk.customers.hierarchy import Hierarchy
    from pmdesk.customers.things import Measure, Product
    from pmdesk.desk import Action


class MeasureForm(ThingForm):
    kind: ClassVar[str] = "measure"

    def __init__(
        self,
        hierarchy: Hierarchy,
        today: date,
        of: Node | Product | None = None,
        measure: Measure | None = None,
    ) -> None:
        """Of a goal or a product; or one to edit."""
        about = measure.name if measure else ""
        if of is not None:
            about = f"of {of.code} {of.statement}" if isinstance(of, Node) else f"of {of.name}"
        super().__init__(
            hierarchy, today, "Edit the measure" if measure else "Add a measure", about
        )
        self.of = of
        self.measure = measure
        self.editing = measure is not None

    def body(self) -> Iterator[Widget]:
        one = self.measure
        yield self.line(
            "name", "what is measured", one.name if one else "", "such as agency staffing"
        )
        yield self.line("unit", "unit", (one.unit or "") if one else "", "such as % of payroll")
        yield self.number("baseline", "where it stood at first", one.baseline if one else None,
                          self._number, placeholder="such as 14; empty: unknown")  # fmt: skip
        yield self.number("target", "where it is to come", one.target if one else None,
                          self._number, placeholder="such as 9; empty: unknown")  # fmt: skip

    def _number(self, text: str) -> float:
        """With its unit behind it, or without."""
        before = (self.measure.unit if self.measure else None) or ""
        return read_number(text, self.words("unit") if self.is_mounted else before)

    def result(self) -> Action:
        name = self.words("name", "Write what is measured, or esc.")
        unit = self.words("unit")
        baseline = self.value("baseline", self._number)
        target = self.value("target", self._number)
        if self.measure:
            return EditMeasure(self.measure.id, name, unit, baseline, target)
        assert self.of is not None
        return AddMeasure(self.of.key, name, unit, baseline, target)
