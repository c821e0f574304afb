"""A product of ours: its name, and the vision with the day on which it was revised."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.widget import Widget

from pmdesk.customers.product_actions import AddProduct, EditProduct
from pmdesk.text import clean
from pmdesk.ui.dialogs.dialog import FieldError
from pmdesk.ui.dialogs.thing_form import ThingForm, filled
from pmdesk.ui.widgets.day_field import DayField
from pmdesk.ui.widgets.field import Field
from pmdesk.ui.widgets.statement_field import StatementField

if TYPE_CHECKING:
    from datetime import date

    from pmdesk.customers.hierarchy import Hierarchy
    from pmdesk.customers.things import Product
    from pmdesk.desk import Action

PURPOSE = "whom it is for, what becomes of them, in the long run"


class VisionForm(ThingForm):
    """A form with a vision: written anew it was revised today, unless another day is said."""

    long: ClassVar[str] = "vision"
    vision = ""
    """As it was."""
    revised: date | None = None

    def vision_fields(self, label: str) -> Iterator[Widget]:
        yield StatementField("vision", label, PURPOSE, self.vision)
        revised = self.revised.isoformat() if self.revised else ""
        placeholder = "today, once a vision is written"
        yield filled(DayField("revised", "revised on", self.today, None, placeholder), revised)

    @on(Field.Changed)
    def _rewritten(self, event: Field.Changed) -> None:
        """The day follows the text until it is written itself."""
        day = self.query_one("#field-revised", DayField)
        before = self.revised.isoformat() if self.revised else ""
        if event.field.name == "vision" and day.typed in (before, ""):
            same = self.text("vision") == clean(self.vision).strip()
            day.default = self.revised if same else self.today if self.text("vision") else None
            day.fill(before if same else "")
            day.tell(day._said(day.typed))

    def vision_of(self) -> tuple[str, date | None]:
        """The vision as typed, and its day."""
        vision = self.text("vision")
        field = self.query_one("#field-revised", DayField)
        day = self.value("revised", lambda _text: field.day) or field.default
        if day is not None and not vision and (self.vision or day != self.revised):
            raise FieldError("vision", "Write the vision that was revised, or empty its day.")
        return vision, day


class ProductForm(VisionForm):
    kind: ClassVar[str] = "product"

    def __init__(self, hierarchy: Hierarchy, today: date, product: Product | None = None) -> None:
        about = product.name if product else ""
        title = "Edit the product" if product else "Add a product"
        super().__init__(hierarchy, today, title, about)
        self.product = product
        self.editing = product is not None
        self.vision = (product.vision or "") if product else ""
        self.revised = product.vision_revised if product else None

    def body(self) -> Iterator[Widget]:
        yield self.line("name", "name", self.product.name if self.product else "", "such as Rota")
        yield from self.vision_fields("its vision, if there is one")

    def result(self) -> Action:
        name = self.words("name", "Write what the product is called, or esc.")
        vision, revised = self.vision_of()
        if self.product:
            return EditProduct(self.product.id, name, vision, revised)
        return AddProduct(name, vision, revised)
