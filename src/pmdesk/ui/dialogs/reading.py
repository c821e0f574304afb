"""A reading of a measure; how far that is on the way is said while it is typed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.widget import Widget

from pmdesk.customers.evidence_actions import AddReading, EditReading
from pmdesk.customers.measuring import progress
from pmdesk.customers.numbers import read_number, say_number
from pmdesk.customers.things import Measure, Reading
from pmdesk.errors import RefusedError
from pmdesk.fuzzy import Pickable
from pmdesk.ui.dialogs import picks
from pmdesk.ui.dialogs.dialog import FieldError
from pmdesk.ui.dialogs.thing_form import ThingForm, filled
from pmdesk.ui.widgets.day_field import DayField
from pmdesk.ui.widgets.field import Field, LineField

if TYPE_CHECKING:
    from datetime import date

    from pmdesk.customers.hierarchy import Hierarchy
    from pmdesk.desk import Action


class ReadingForm(ThingForm):
    kind: ClassVar[str] = "reading"
    long: ClassVar[str] = "note"

    def __init__(
        self,
        hierarchy: Hierarchy,
        today: date,
        measures: tuple[Measure, ...],
        about: str = "",
        reading: Reading | None = None,
    ) -> None:
        """Of one of these measures, the likeliest first; `reading` is one of the first's to
        edit. `about` says whose measures they are."""
        title = "Edit the reading" if reading else "Add a reading"
        super().__init__(hierarchy, today, title, measures[0].name if len(measures) == 1 else about)
        self.measures = measures
        self.reading = reading
        self.editing = reading is not None

    def body(self) -> Iterator[Widget]:
        one = self.reading
        if len(self.measures) > 1:
            entries = [Pickable(each.id, each.name, _way(each)) for each in self.measures]
            yield picks.pick_field("measure", "measure", entries, self.measures[0].id)
        way = _way(self.measures[0]) if len(self.measures) == 1 else ""
        value = LineField("value", "value", way, self._echo)
        yield filled(value, say_number(one.value) if one else "")
        day = DayField("day", "read on", self.today, one.taken_on if one else self.today)
        yield filled(day, one.taken_on.isoformat() if one else "")
        yield self.line("note", "note", (one.note or "") if one else "", "if there is one")

    @on(Field.Changed)
    def _says_again(self, event: Field.Changed) -> None:
        """What the value comes to changes with the measure and the day."""
        if event.field.name in ("measure", "day"):
            value = self.query_one("#field-value", LineField)
            value.tell(value._said(value.typed))

    def _measure(self) -> Measure:
        if len(self.measures) == 1 or not self.is_mounted:
            return self.measures[0]
        id_ = self.picked("measure", "Choose what was measured.")
        return next(one for one in self.measures if one.id == id_)

    def _number(self, text: str) -> float:
        return read_number(text, self._measure().unit or "")

    def _echo(self, text: str) -> str:
        """ "12.5 %  → 30 % of the way"."""
        measure, value = self._measure(), self._number(text)
        said = " ".join(filter(None, (say_number(value), measure.unit)))
        try:
            day = self.query_one("#field-day", DayField).day if self.is_mounted else None
        except RefusedError:
            day = None
        own = self.reading.id if self.reading else 0
        new = Reading(own, measure.id, day or self.today, value, None)
        readings = [each for each in measure.readings if each.id != own]
        ordered = sorted((*readings, new), key=lambda each: each.taken_on)
        way = progress(measure._replace(readings=tuple(ordered)))
        if ordered[-1] is not new:
            return f"{said} · there is a later reading"
        return said if way is None else f"{said} → {way:.0%} of the way".replace("%", " %")

    def result(self) -> Action:
        measure = self._measure()
        value = self.value("value", self._number)
        if value is None:
            raise FieldError("value", "Write the value that was read, or esc.")
        field = self.query_one("#field-day", DayField)
        day = self.value("day", lambda _text: field.day) or field.default
        assert day is not None
        note = self.words("note")
        if self.reading:
            return EditReading(self.reading.id, day, value, note)
        return AddReading(measure.id, day, value, note)


def _way(measure: Measure) -> str:
    """ "14 → 9 %", as far as it is known."""
    ends = [
        say_number(one) if one is not None else "?" for one in (measure.baseline, measure.target)
    ]
    return " ".join(filter(None, (" → ".join(ends), measure.unit)))
