"""The three panes side by side: which of them show, how wide they are, which has the keys."""

from __future__ import annotations

from textual import events
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from pmdesk.ui.key_names import key_of
from pmdesk.ui.messages import Said
from pmdesk.ui.remembered import Remembered
from pmdesk.ui.room import TWO_PANES, USUAL, Shares, panes_shown, widened, widths
from pmdesk.ui.widgets.pane import Pane

PANE_KEYS: list[BindingType] = [
    Binding("1", "pane(1)", "Customers", id="pane.customers", show=False,
            tooltip="To the customers"),
    Binding("2", "pane(2)", "Inbox", id="pane.inbox", show=False,
            tooltip="To the inbox"),
    Binding("3", "pane(3)", "Balance", id="pane.balance", show=False,
            tooltip="To the balance"),
    Binding("tab", "next_pane(1)", "Next pane", id="pane.next", show=False,
            tooltip="To the next pane, also to a hidden one"),
    Binding("shift+tab", "next_pane(-1)", "Previous pane", id="pane.previous", show=False,
            tooltip="To the pane before this one"),
    Binding("z", "zoom", "Zoom", id="zoom", show=False, tooltip="This pane alone, or all"),
    Binding("plus", "widen(1)", "Wider", id="pane.wider", show=False,
            tooltip="Gives this pane more of the width"),
    Binding("minus", "widen(-1)", "Narrower", id="pane.narrower", show=False,
            tooltip="Gives the other panes more of the width"),
    Binding("equals_sign", "usual_widths", "Usual widths", id="pane.usual", show=False,
            tooltip="All panes as wide as at the beginning"),
]  # fmt: skip
"""Of the workspace, so that they work wherever the focus is."""


class PaneRow(Horizontal):
    """Panes have numbers from 1, as on their keys."""

    def __init__(self, panes: tuple[Pane, ...], current: int, remembered: Remembered) -> None:
        super().__init__(*panes, id="panes")
        self.panes = panes
        self.current = current
        self.beside = 1
        """Which of the others shows where there is room for two."""
        self.zoomed = False
        self._remembered = remembered
        self._awake = False

    @property
    def pane(self) -> Pane:
        """The one that has the keys."""
        return self.panes[self.current - 1]

    def wake(self) -> None:
        """After the first paint: fills what shows."""
        self._awake = True
        self.lay_out(self.size.width)

    def lay_out(self, width: int) -> None:
        """Shares out so many cells."""
        shown = self._shown(width)
        cells = dict(zip(shown, widths(width, shown, self._remembered.shares), strict=True))
        for number, pane in enumerate(self.panes, start=1):
            pane.display = number in shown
            if pane.display:
                pane.styles.width = cells[number]
            pane.set_class(number == shown[0], "-first")
            pane.head.mark_current(number == self.current)
            if self._awake and pane.display:
                self.call_next(pane.fill)

    def make_current(self, number: int) -> None:
        """This one has the keys; it shows, whatever the width."""
        if number != self.current:
            if self.current != 2 or number == 2:
                self.beside = self.current
            self.beside = 2 if number != 2 else self.beside
            self.current = number
            self.lay_out(self.size.width)
            self.post_message(Said(""))
            self.screen.refresh_bindings()  # some can be done in one pane only

    def on_resize(self, event: events.Resize) -> None:
        self.lay_out(event.size.width)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        for number, pane in enumerate(self.panes, start=1):
            if pane in event.widget.ancestors:
                self.make_current(number)

    # Keys -------------------------------------------------------------------------------------

    async def to_pane(self, number: int) -> None:
        self.make_current(number)
        await self.pane.fill()
        self.pane.take_focus()

    async def choose_pane(self, number: int) -> None:
        """A pane's own key."""
        before = self.screen.focused

        def tell() -> None:
            if before is not None and self.screen.focused is before:
                self.post_message(Said(f"The keys are for the {self.pane.head.title} already."))

        await self.to_pane(number)
        self.app.call_later(tell)  # the focus moves by a call of the same kind, made before

    async def to_next_pane(self, by: int) -> None:
        await self.to_pane((self.current - 1 + by) % len(self.panes) + 1)

    def zoom(self) -> None:
        self.zoomed = not self.zoomed
        self.lay_out(self.size.width)
        back = f"This pane alone; {key_of('zoom', self.app)} shows the others again."
        self.post_message(Said(back if self.zoomed else ""))

    def widen(self, by: int) -> None:
        width = self.size.width
        shares = widened(width, self._shown(width), self._remembered.shares, self.current, by)
        if shares is not None:
            self._share_out(shares)
        else:
            those = "The other panes are" if by > 0 else "This pane is"
            self.post_message(Said(f"{those} as narrow as can be read.", warning=True))

    def usual_widths(self) -> None:
        self._share_out(USUAL)
        self.post_message(Said("The panes have their usual widths."))

    def why_not(self, action: str) -> str:
        """Why an action can't be done now, in one sentence; empty if it can."""
        narrow = self.size.width < TWO_PANES
        *keys, last = (key_of(f"pane.{one.id}", self.app) for one in self.panes)
        choose = f"{', '.join(keys)} and {last}"
        if action == "zoom" and narrow:
            return f"Room for one pane: {choose} choose which."
        if action in ("widen", "usual_widths") and len(self._shown(self.size.width)) < 2:
            all_again = f"{key_of('zoom', self.app)} shows all."
            return "There is one pane: " + (f"{choose} choose which." if narrow else all_again)
        return ""

    def _shown(self, width: int) -> tuple[int, ...]:
        return panes_shown(width, self.current, self.beside, self.zoomed)

    def _share_out(self, shares: Shares) -> None:
        self._remembered.keep(shares=shares)
        self.lay_out(self.size.width)
