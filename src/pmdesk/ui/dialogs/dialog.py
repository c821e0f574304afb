"""What all dialogs share: one frame of title, fields, problem and hints.

`enter` goes from field to field and confirms in the last, `ctrl+s` confirms everywhere.
`esc` leaves at once where nothing was written, and else asks what becomes of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Generic, TypeVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from pmdesk.errors import RefusedError
from pmdesk.ui.dialogs.form import Form
from pmdesk.ui.dialogs.frame import Frame
from pmdesk.ui.keeping import Slip
from pmdesk.ui.messages import Said
from pmdesk.ui.toasts import clear_toasts
from pmdesk.ui.widgets.choices import Choices
from pmdesk.ui.widgets.field import Field
from pmdesk.ui.work import living_on

T = TypeVar("T")
Self_ = TypeVar("Self_", bound="Dialog[Any]")

_LEAVE = (
    "Leave it?  esc again keeps it for later · {dialog.throw} throws it away · typing goes on",
    "esc again keeps it · {dialog.throw} throws it away",
    "esc keep · {dialog.throw} drop",
)
_LEAVE_UNKEPT = (
    "Leave it?  esc again throws away what you typed · typing goes on",
    "esc again throws it away",
)


class FieldError(RefusedError):
    """What is wrong with one field; the sentence lands beside it."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class Dialog(Form[T], Generic[T]):
    """Gives what was decided, or None after `esc`.

    A subclass says its `body()` and the `result()` of what was typed; and where it is to be
    kept while it is unfinished, its `kind` and `subject`.
    """

    BINDING_GROUP_TITLE = "Dialog"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave it", id="dialog.leave", priority=True),
        Binding("ctrl+s", "confirm", "Do it", id="dialog.confirm", priority=True),
        Binding("ctrl+x", "throw_away", "Throw it away", id="dialog.throw", priority=True,
                show=False),
        Binding("tab", "app.focus_next", "Next field", id="dialog.next", show=False),
        Binding("shift+tab", "app.focus_previous", "Previous field", id="dialog.previous",
                show=False),
    ]  # fmt: skip

    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (8, "-low"), (20, "-high")]  # noqa: RUF012 (Screen's own)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-wide")]  # noqa: RUF012

    kind: ClassVar[str] = ""
    """What its drafts are called; "" where nothing of it is kept."""

    def __new__(cls: type[Self_], *args: Any, **kwargs: Any) -> Self_:
        dialog = super().__new__(cls)
        dialog._made_of = (args, kwargs)
        return dialog

    def __init__(self, title: str, about: str = "", hints: str = "esc leaves it") -> None:
        super().__init__()
        self._made_of: tuple[tuple[Any, ...], dict[str, Any]]
        self.problem = ""
        """What stands in the way, from the beginning."""
        self.heading = title
        self.about = about
        """What it is about, in one line: the title of the request."""
        self.hints = hints
        self.subject = ""
        """Which one of its kind it is: the requests it decides on."""
        self.then: tuple[str, ...] = ()
        """What is asked for as soon as it is done, and on what: this came first."""
        self.keeping: Slip | None = None
        """Set by whoever opens it."""
        self._trouble = ""
        """Why what is typed can't be kept, as last said."""
        self._frame: Frame
        self.asking = False
        """Whether it asks what becomes of what was written."""
        self.left_for_later = False
        self.takes_up = True
        """Whether it begins with what was left unfinished."""
        self._values: dict[str, str] = {}
        self._as_left: dict[str, str] | None = None

    def compose(self) -> Iterator[Widget]:
        self._frame = Frame(self.heading, self.about, self.problem, self.hints_here(), self.body())
        yield self._frame

    def body(self) -> Iterator[Widget]:
        """The widgets between title and hints."""
        raise NotImplementedError

    def result(self) -> T:
        """What was decided. FieldError or RefusedError says why it can't be yet."""
        raise NotImplementedError

    # What was typed -------------------------------------------------------------------------

    def again(self, refusal: Exception) -> Dialog[T] | None:
        """A dialog with what was typed into this one, after a refusal; None where there is
        nothing that would be lost."""
        if not self._values:
            return None
        args, kwargs = self._made_of
        again = type(self)(*args, **kwargs)
        again._values = self._values
        again.problem = str(refusal)
        again.keeping, again.then = self.keeping, self.then
        return again

    @on(events.Mount)
    async def _begin(self) -> None:
        clear_toasts(self.app)
        self._empty = self.typed_values()
        if self._values:
            self.refill(self._values)
            self.focus_written()
        elif self.keeping is not None and self.takes_up:
            with living_on(self):
                await self._take_up(self.keeping)

    async def _take_up(self, keeping: Slip) -> None:
        left = await keeping.as_left()
        if left is not None:
            values, when = left
            self.refill(values)
            self._as_left = self.typed_values()
            self._frame.tell_as_left(f"As you left it {when} · emptied, it is thrown away")
            self.focus_written()

    def _hide_as_left(self) -> None:
        self._as_left = None
        self._frame.tell_as_left("")

    @on(Field.Changed)
    def _typed(self) -> None:
        self._go_on()
        if self._untouched():
            return  # filled in, not typed
        if self._as_left is not None:
            self._hide_as_left()
        if self.keeping is not None:
            self.keeping.changed(self._unfinished)
            if self.keeping.trouble != self._trouble:
                self._trouble = self.keeping.trouble
                self.complain(self._trouble)

    def _untouched(self) -> bool:
        """Whether it is all as it was left."""
        return self._as_left is not None and self.typed_values() == self._as_left

    def _unfinished(self) -> dict[str, str]:
        """What is worth keeping of it."""
        return self.to_keep() if self.written() else {}

    # Keys that work where the focus is --------------------------------------------------------

    def hints_here(self) -> str:
        """What the keys do where the focus is."""
        return self.hints

    def on_descendant_focus(self, _event: events.DescendantFocus) -> None:
        for field in self.query(Field):
            if field.name == self.field_here:
                self._written_in = field
        if not self.asking:
            self._frame.hint(self.hints_here())
        elif isinstance(self.focused, Choices):
            self._go_on()

    # Confirming -----------------------------------------------------------------------------

    @on(Field.Entered)
    def _entered(self, event: Field.Entered) -> None:
        self.entered(event.field)

    def entered(self, field: Field) -> None:
        """`enter` in a field: to the next, or it is confirmed in the last."""
        fields = [one for one in self.query(Field) if one.display]
        after = fields[fields.index(field) + 1 :]
        if after:
            after[0].take_focus()
        else:
            self.action_confirm()

    def action_confirm(self) -> None:
        self.complain("")
        with living_on(self):
            try:
                result = self.result()
            except FieldError as error:
                self._complain_of(error)
            else:
                self.give(result)

    def give(self, result: T) -> None:
        """This was decided. What was typed is kept until the desk has it on the disk."""
        if self.written():
            self._values = self.to_keep()
            if self.keeping is not None:
                self.keeping.keep(self._values)
        elif self.keeping is not None:
            self.keeping.throw_away()
        self.dismiss(result)

    def _complain_of(self, error: FieldError) -> None:
        for field in self.query(Field):
            if field.name == error.field:
                field.complain(str(error))
                field.take_focus()
                return
        self.complain(str(error))

    def complain(self, sentence: str) -> None:
        """Says why this can't be; the dialog stays."""
        self._frame.complain(sentence)

    @on(Said)
    def _said(self, event: Said) -> None:
        """What went wrong beside the keys, of a field or of the desk."""
        event.stop()
        self.complain(event.sentence)

    # Leaving --------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "throw_away":  # else it cuts, as in every text
            return self.asking
        return True

    def action_leave(self) -> None:
        if self.asking:
            self.leave_for_later()
            self.dismiss(None)
        elif self.keeping is not None and self._untouched():
            self.keeping.release()
            self.left_for_later = True
            self.dismiss(None)
        elif self.written():
            self.asking = True
            self._frame.hint(*(_LEAVE if self.keeping else _LEAVE_UNKEPT), warning=True)
            if isinstance(self.focused, Choices):
                self.focus_written()  # a letter goes on with the text
        else:
            if self.keeping is not None:
                self.keeping.throw_away()
            self.dismiss(None)

    def _go_on(self) -> None:
        if self.asking:
            self.asking = False
            self._frame.hint(self.hints_here())

    def leave_for_later(self) -> None:
        """Keeps what was typed; also of a dialog that was given already, and refused."""
        if self.keeping is not None:
            self.keeping.leave(self._values or self.to_keep())
            self.left_for_later = True

    def action_throw_away(self) -> None:
        if self.keeping is not None:
            self.keeping.throw_away()
        self.dismiss(None)

    def on_resize(self, event: events.Resize) -> None:
        self._frame.fit()
