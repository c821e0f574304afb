"""An account: one organisation in one market."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, cast

from textual.widget import Widget

from pmdesk.customers.actions import AccountDraft, AddAccount, EditAccount
from pmdesk.customers.kinds import AccountStatus
from pmdesk.customers.numbers import read_share, say_number
from pmdesk.text import clean_line
from pmdesk.ui.dialogs import picks
from pmdesk.ui.dialogs.dialog import FieldError
from pmdesk.ui.dialogs.thing_form import LONG_FORM, ThingForm
from pmdesk.ui.widgets.choice_field import ChoiceField

if TYPE_CHECKING:
    from datetime import date

    from pmdesk.customers.hierarchy import Hierarchy
    from pmdesk.customers.things import Account
    from pmdesk.desk import Action

STATUSES = (("customer", "customer"), ("prospect", "prospect"), ("lost", "lost"))
_PARTS = re.compile(r"[,;\n]")


class AccountForm(ThingForm):
    kind: ClassVar[str] = "account"
    VERTICAL_BREAKPOINTS = LONG_FORM

    def __init__(
        self,
        hierarchy: Hierarchy,
        today: date,
        market: int | None = None,
        account: Account | None = None,
    ) -> None:
        """In a market, where it is known; or one to edit."""
        where = hierarchy.market.get(market or 0)
        about = account.name if account else f"in {where.name}" if where else ""
        super().__init__(
            hierarchy, today, "Edit the account" if account else "Add an account", about
        )
        self.market = market
        self.account = account
        self.editing = account is not None

    def body(self) -> Iterator[Widget]:
        one = self.account
        yield self.line("name", "name", one.name if one else "", "such as Northmoor")
        if self.market is None:
            entries = picks.markets(self.hierarchy)
            chosen = one.market_id if one else entries[0].id if len(entries) == 1 else None
            yield picks.pick_field("market", "market", entries, cast("int | None", chosen))
        yield ChoiceField("status", "status", STATUSES, one.status if one else "customer")
        share = one.revenue_share if one else None
        yield self.number("share", "share of our revenue, if you know it", share, read_share,
                          _percent, "such as 30")  # fmt: skip
        yield self.line("aliases", "also called", _listed(one.aliases if one else ()),
                        "such as NMH, Northmoor Hospitals")  # fmt: skip
        yield self.line("domains", "its mail domains", _listed(one.domains if one else ()),
                        "such as northmoor.example")  # fmt: skip

    def result(self) -> Action:
        name = self.words("name", "Write what the account is called, or esc.")
        market = self.market
        if market is None:
            market = self.picked("market", "Choose the market that it belongs to.")
        assert market is not None
        draft = AccountDraft(
            name,
            market,
            cast("AccountStatus", self.typed("status")),
            self.value("share", read_share),
            _parts(self.typed("aliases")),
            tuple(dict.fromkeys(map(self._domain, _parts(self.typed("domains"))))),
        )
        return EditAccount(self.account.id, draft) if self.account else AddAccount(draft)

    def _domain(self, written: str) -> str:
        """Also of a whole address."""
        domain = written.rpartition("@")[2].casefold()
        if "." not in domain.strip(".") or " " in domain:
            raise FieldError("domains", f"“{written}” is no domain; write it like polar.example.")
        return domain


def _percent(share: float) -> str:
    return f"{say_number(share)} %"


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names)


def _parts(text: str) -> tuple[str, ...]:
    """What stands between commas, each once."""
    names = (clean_line(part) for part in _PARTS.split(text))
    return tuple({name.casefold(): name for name in names if name}.values())
