"""The box of a dialog: title, what was left in it, fields, what stands in the way, keys."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len
from textual.app import RenderResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from pmdesk.ui.widgets.cells import elide
from pmdesk.ui.widgets.hints import Hints

_ABOUT_CELLS = 46


class _Heading(Widget):
    """`Decline  #12 “Label format”`, cut to the room."""

    def __init__(self, title: str, about: str) -> None:
        super().__init__(id="heading")
        self._title = title
        self._about = about

    def render(self) -> RenderResult:
        title = elide(self._title, self.size.width)
        room = min(_ABOUT_CELLS, self.size.width - cell_len(title) - 2)
        about = f"  {elide(self._about, room)}" if self._about and room > 1 else ""
        return Content.assemble((title, "bold $foreground"), (about, "$muted"))


class Frame(Vertical):
    """In any room: the fields scroll in what the lines around them leave."""

    def __init__(self, title: str, about: str, problem: str, hints: str, fields: Iterator[Widget]):
        super().__init__(id="box")
        self._title = title
        self._about = about
        self._body = fields
        self._as_left = Static(id="as-left", classes="hidden", markup=False)
        self._problem = Static(id="problem", classes="hidden", markup=False)
        self._tell(problem)
        self._hints = Hints(hints)
        self._fields = VerticalScroll(id="fields", can_focus=False)

    def compose(self) -> Iterator[Widget]:
        yield _Heading(self._title, self._about)
        yield self._as_left
        with self._fields:
            yield from self._body
        yield self._problem
        yield self._hints

    def complain(self, sentence: str) -> None:
        """Why this can't be; "" clears it."""
        self._tell(sentence)
        self.fit()

    def _tell(self, sentence: str) -> None:
        self._problem.update(Content(f"! {sentence}"))
        self._problem.set_class(not sentence, "hidden")

    def tell_as_left(self, sentence: str) -> None:
        """That the fields hold what was left unfinished; "" clears it."""
        self._as_left.update(Content(sentence))
        self._as_left.set_class(not sentence, "hidden")
        self.fit()

    def hint(self, *forms: str, warning: bool = False) -> None:
        """The keys, the fullest form first."""
        self._hints.tell(*forms, warning=warning)
        self.fit()

    def fit(self) -> None:
        """Gives the fields what room there is; the one with the focus shows."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        if not self.is_attached:  # it has been left
            return
        around = sum(
            one.outer_size.height + one.styles.margin.height
            for one in self.children
            if one is not self._fields and one.display
        )
        height = self.screen.size.height
        limit = height * 9 // 10 if self.screen.has_class("-high") else height
        self._fields.styles.max_height = max(1, limit - around - self.gutter.height)
        self.call_after_refresh(self._show_focused)

    def _show_focused(self) -> None:
        if self.is_attached and self.screen.focused is not None:
            self.screen.focused.scroll_visible(animate=False)
