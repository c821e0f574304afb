"""The form of one note: what was heard, from whom, when, and what it speaks of."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from pmdesk.customers.evidence_actions import EvidenceDraft
from pmdesk.customers.hearing import Beginning, persons_heard
from pmdesk.customers.things import LAYERS, Evidence, Node
from pmdesk.fuzzy import Pickable
from pmdesk.ui.dialogs import picks
from pmdesk.ui.dialogs.dialog import FieldError
from pmdesk.ui.dialogs.thing_form import LONG_FORM, ThingForm, filled
from pmdesk.ui.widgets.cells import elide
from pmdesk.ui.widgets.choice_field import ChoiceField
from pmdesk.ui.widgets.day_field import DayField
from pmdesk.ui.widgets.field import Field
from pmdesk.ui.widgets.person_field import PersonField
from pmdesk.ui.widgets.pick_field import PickField
from pmdesk.ui.widgets.text_field import TextField
from pmdesk.ui.work import begin

if TYPE_CHECKING:
    from datetime import date

    from pmdesk.customers.hierarchy import Hierarchy
    from pmdesk.customers.kinds import Layer

_LAYERS = tuple((layer, layer) for layer in LAYERS)
_IMPORTANCE = (("0", "0 none"), ("1", "1 little"), ("2", "2 much"), ("3", "3 decisive"))
LISTED = 3
"""Nodes, and notes, that are named above the fields."""


class NoteForm(ThingForm):
    """One note; what a conversation adds to that is `evidence.py`'s."""

    VERTICAL_BREAKPOINTS = LONG_FORM
    long: ClassVar[str] = "quote"

    def __init__(
        self, hierarchy: Hierarchy, today: date, title: str, start: Beginning, note: Evidence | None
    ) -> None:
        super().__init__(hierarchy, today, title)
        self.start = start
        self.nodes = list(start.nodes)
        self.note = note

    def body(self) -> Iterator[Widget]:
        one = self.note
        yield Static(self._heard_so_far(), id="filed", markup=False)
        yield Static(self._speaks_of(), id="speaks-of", markup=False)
        about = PickField("about", self._about_label(), placeholder="a need, a goal … or its code")
        if not self.nodes:
            yield about
        yield TextField("quote", "what they said", text=(one.quote or "") if one else "")
        chosen = str(one.importance) if one and one.importance is not None else ""
        yield ChoiceField("importance", "importance", _IMPORTANCE, chosen)
        account = self.start.account.id if self.start.account else None
        yield picks.pick_field("account", "account", self._accounts(), account)
        yield ChoiceField("layer", "layer", _LAYERS, self.start.layer or "")
        yield filled(PersonField("who", "who spoke"), self.start.person)
        day = DayField("when", "heard on", self.today, one.heard_on if one else self.today)
        yield filled(day, one.heard_on.isoformat() if one else "")
        if self.nodes:
            yield about

    def _about_label(self) -> str:
        return "it speaks of" if self.note or not self.nodes else "also about (again: not about)"

    def _accounts(self) -> Iterator[Pickable]:
        """Those of the nodes' market first."""
        hierarchy = self.hierarchy
        goal = hierarchy.path(self.nodes[0].id)[0] if self.nodes else None
        here = goal.market_id if goal else None
        for one in sorted(hierarchy.accounts, key=lambda one: one.market_id != here):
            market = hierarchy.market.get(one.market_id)
            yield Pickable(one.id, one.name, market.name if market else "", one.aliases)

    def on_mount(self) -> None:
        self._show()
        begin(self, self._offer_nodes, "nodes")
        self._propose_persons()

    async def _offer_nodes(self) -> None:
        entries, left_out = await asyncio.to_thread(_nodes_to_pick, self.hierarchy)
        self.query_one("#field-about", PickField).offer(entries, left_out)

    # What it speaks of ------------------------------------------------------------------------

    def _speaks_of(self) -> Content:
        lines = [
            Content.assemble((f"{one.code:<4} ", "$accent"), (elide(one.statement, 62), ""))
            for one in self.nodes[:LISTED]
        ]
        if more := len(self.nodes) - LISTED:
            lines += [Content.styled(f"and {more} more", "$muted")] if more > 0 else []
        return Content("\n").join(lines)

    def _heard_so_far(self) -> Content:
        return Content("")

    def _show(self) -> None:
        for id_, words in (("filed", self._heard_so_far()), ("speaks-of", self._speaks_of())):
            line = self.query_one(f"#{id_}", Static)
            line.update(Content.assemble(words))
            line.display = bool(words.plain)
        self.query_one("#field-about", Field).relabel(self._about_label())

    def _take_node(self, again_leaves: bool = True) -> bool:
        """What is picked joins what the note speaks of; picked again it leaves. Whether any was."""
        field = self.query_one("#field-about", PickField)
        node = self.hierarchy.node.get(_id_of(field))
        if node is None:
            return False
        if self.note is not None:
            self.nodes = [node]
        elif node not in self.nodes:
            self.nodes.append(node)
        elif again_leaves:
            self.nodes.remove(node)
        field.fill("")
        self._show()
        return True

    def entered(self, field: Field) -> None:
        if field.name != "about" or not self._take_node():
            super().entered(field)
        elif self.note is None and not self.typed("quote").strip():
            self.query_one("#field-quote", Field).take_focus()

    # Who spoke ----------------------------------------------------------------------------------

    @on(Field.Changed)
    def _other_voice(self, event: Field.Changed) -> None:
        if event.field.name in ("account", "layer"):
            self._propose_persons()

    def _propose_persons(self) -> None:
        account = _id_of(self.query_one("#field-account", PickField))
        persons = persons_heard(self.hierarchy, account, self.typed("layer"))
        self.query_one(PersonField).offer(persons)

    # What comes of it -----------------------------------------------------------------------

    def draft(self) -> EvidenceDraft:
        """The note as it is typed. FieldError says what it lacks."""
        if not self._take_node() and self.typed("about").strip():
            raise FieldError("about", "This names none, or several: choose one of those below.")
        if not self.nodes:
            raise FieldError(
                "about", "Choose what it speaks of: a need, a goal, what lies between."
            )
        account = self.picked("account", "Choose whom you heard; a new account is made with a.")
        layer: Layer | None = next((one for one in LAYERS if one == self.typed("layer")), None)
        if layer is None:
            raise FieldError("layer", "Say whose voice it is: executive, manager or user.")
        assert account is not None
        field = self.query_one("#field-when", DayField)
        day = self.value("when", lambda _text: field.day) or field.default or self.today
        importance = self.typed("importance")
        return EvidenceDraft(
            tuple(one.id for one in self.nodes), account, layer, day, self.words("who"),
            self.text("quote"), int(importance) if importance else None,
        )  # fmt: skip

    # What is kept of it -------------------------------------------------------------------------

    def typed_values(self) -> dict[str, str]:
        return super().typed_values() | {"nodes": ",".join(one.code for one in self.nodes)}

    def refill(self, values: Mapping[str, str]) -> None:
        known = map(self.hierarchy.thing, values.get("nodes", "").split(","))
        if nodes := [one for one in known if isinstance(one, Node)]:
            self.nodes = nodes
        super().refill(values)
        self._show()


def _id_of(field: PickField) -> int:
    """Of what is picked; 0 where nothing is."""
    picked = field.picked
    return picked.id if isinstance(picked, Pickable) and isinstance(picked.id, int) else 0


def _nodes_to_pick(hierarchy: Hierarchy) -> tuple[tuple[Pickable, ...], int]:
    """Active ones, needs first and goals last, the newest first; and how many more there are."""
    depths = {"need": 0, "tactic": 1, "initiative": 2, "obstacle": 3, "goal": 4}
    found = [one for one in hierarchy.nodes if one.status == "active"]
    found.sort(key=lambda one: (depths[one.kind], -one.id))
    most = picks.MOST
    return tuple(picks.node(hierarchy, one) for one in found[:most]), max(0, len(found) - most)
