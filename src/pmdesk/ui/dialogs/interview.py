"""`I`: the interview guide of an account and a layer; first whom to talk to, if that is open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from pmdesk.customers.guides.interview import InterviewGuide, interview_guide
from pmdesk.customers.guides.questions import THEM
from pmdesk.customers.hearing import account_and_layer
from pmdesk.customers.things import LAYERS, Evidence, Market, Node, Requirement, Solution
from pmdesk.errors import RefusedError
from pmdesk.phrases import ago
from pmdesk.ui.dialogs.guide_page import GuidePage
from pmdesk.ui.widgets.cells import elide
from pmdesk.ui.widgets.text_lines import TextLine, columns

if TYPE_CHECKING:
    from datetime import date

    from pmdesk.copying import Copyable
    from pmdesk.customers.guides.pages import Guide
    from pmdesk.customers.hierarchy import Hierarchy
    from pmdesk.customers.kinds import Layer
    from pmdesk.customers.things import Account

_CHOOSING = "enter makes the guide · esc back"
_READING = (
    "{page.copy} copies it · {guide.note} notes an answer · {interview.file} files a filled guide"
    " · {interview.layer.next} another layer · {guide.edit} edits · esc back"
)
_MOST = 200
"""Accounts that are listed to choose from."""


class InterviewPage(GuidePage):
    BINDING_GROUP_TITLE = "Interview"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "file", "File answers", id="interview.file",
                tooltip="The answers of a filled guide, as evidence on its questions"),
        Binding("right_square_bracket", "layer(1)", "Next layer", id="interview.layer.next",
                show=False),
        Binding("left_square_bracket", "layer(-1)", "Previous layer",
                id="interview.layer.previous", show=False),
    ]  # fmt: skip

    def __init__(
        self,
        hierarchy: Hierarchy,
        today: date,
        market: int | None,
        account: Account | None,
        layer: Layer | None,
    ) -> None:
        """Without a layer the accounts (of the market, or all) are listed to choose from."""
        super().__init__("Interview", "", "", hierarchy, today)
        self.market = market
        self.account = account
        self.whose = layer
        self._asked_first = layer is None
        self._say()

    def _say(self) -> None:
        if self.account is None or self.whose is None:
            self.about, self.hints = "whom do you talk to next?", _CHOOSING
        else:
            self.about, self.hints = f"{self.account.name}, {THEM[self.whose]}", _READING

    def make(self, hierarchy: Hierarchy) -> tuple[Guide, ...]:
        if self.account is None or self.whose is None:
            return ()
        account = hierarchy.account.get(self.account.id)
        if account is None:
            raise RefusedError(f"{self.account.name} is no longer in the desk.")
        return (interview_guide(hierarchy, account, self.whose, self.today),)

    # Whom to talk to --------------------------------------------------------------------------

    def text(self, width: int) -> Iterable[TextLine]:
        return self._choices(width) if self.whose is None else super().text(width)

    def _choices(self, width: int) -> Iterator[TextLine]:
        """Each layer of each account, and when it was heard last; never heard stands out."""
        hierarchy = self.hierarchy
        accounts = self._accounts()
        names = max([10, *(len(one.name) for one in accounts)])
        wide = min(names, max(10, width - 40))
        for one in accounts[:_MOST]:
            heard = {note.layer: note.heard_on for note in hierarchy.evidence_of.get(one.id, ())}
            for layer in LAYERS:
                name = elide(one.name, wide) if layer == LAYERS[0] else ""
                day = heard.get(layer)
                cells = [(name, "strong", wide), (THEM[layer], "", 10)]
                said = ("never heard", "warning")
                if day is not None:
                    said = (f"heard {ago(day, self.today)}", "muted")
                key = f"{one.key} {layer}"
                yield TextLine((*columns(cells), said), key, act=key)
        if (more := len(accounts) - _MOST) > 0:
            yield TextLine(((f"{more:,} more accounts: begin at the account itself.", "muted"),))

    def _accounts(self) -> tuple[Account, ...]:
        if self.account is not None:
            return (self.account,)
        if self.market is not None:
            return self.hierarchy.accounts_of.get(self.market, ())
        return self.hierarchy.accounts

    def open(self, line: TextLine) -> None:
        if self.whose is None and line.act:
            self._take(line.act)
        elif self.whose is not None:
            super().open(line)

    def _take(self, key: str) -> None:
        named = account_and_layer(self.hierarchy, key)
        if named is not None:
            self.account, self.whose = named
            self._anew()

    def _anew(self) -> None:
        self.guides = None
        self._say()
        self.tell_hints()
        self.draw()
        self.refresh_bindings()
        self.begin_making(anew=True)

    def action_leave(self) -> None:
        if self._asked_first and self.whose is not None:
            self.whose = None
            self._anew()
        else:
            super().action_leave()

    # The guide --------------------------------------------------------------------------------

    @property
    def guide(self) -> InterviewGuide | None:
        """None before it is made."""
        found = self.guides[0] if self.guides else None
        return found if isinstance(found, InterviewGuide) else None

    async def copyables(self) -> tuple[Copyable, ...]:
        return () if self.whose is None else await super().copyables()

    def action_layer(self, by: int) -> None:
        if self.whose is not None:
            self.whose = LAYERS[(LAYERS.index(self.whose) + by) % len(LAYERS)]
            self._anew()

    def action_file(self) -> None:
        self.ask("file answers", *self._voice())

    def action_note(self) -> None:
        """What they say on this question, while they say it."""
        here = self.lines.line
        key = here.key if here is not None else ""
        node = (key,) if isinstance(self.hierarchy.thing(key), Node) else ()
        self.ask("note", *node, *(self._voice() or (key,)))

    def _voice(self) -> tuple[str, ...]:
        """ "account 3 executive"; empty where it is not chosen yet."""
        if self.account is None or self.whose is None:
            return ()
        return (f"{self.account.key} {self.whose}",)

    def why_not(self, action: str) -> str:
        if self.whose is None and action in ("copy", "layer", "edit"):
            return "Choose whom you talk to first: enter makes the guide."
        if self.whose is not None and action == "note":
            return ""
        return super().why_not(action)


def dialog_for(hierarchy: Hierarchy, keys: tuple[str, ...], today: date) -> InterviewPage:
    """Of "account 3 executive"; else the page asks, among the accounts of a market or a node.

    RefusedError where there is no account.
    """
    if not hierarchy.accounts:
        raise RefusedError("There is no account yet to talk to: a adds one.")
    market: int | None = None
    for key in keys[:1]:
        if (named := account_and_layer(hierarchy, key)) is not None:
            return InterviewPage(hierarchy, today, None, *named)
        match hierarchy.thing(key):
            case Market(id=id_):
                market = id_
            case Node(id=int(node)) | Solution(goal_id=int(node)) | Requirement(need_id=int(node)):
                market = hierarchy.path(node)[0].market_id
            case Evidence() as note:
                account = hierarchy.account[note.account_id]
                return InterviewPage(hierarchy, today, None, account, note.layer)
    if market is not None and not hierarchy.accounts_of.get(market):
        market = None
    return InterviewPage(hierarchy, today, market, None, None)
