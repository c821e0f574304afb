"""The selected request as it came: who, when, what it serves, the text, the replies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from pmdesk.dates import say_date, say_minutes
from pmdesk.ui.widgets.scrolling import scrolling

if TYPE_CHECKING:
    from pmdesk.requests.detail import Detail, Message

Part = tuple[str, str]


class RequestDetail(VerticalScroll):
    """Scrolls with the arrows once it has the focus (`enter` in the list)."""

    BINDING_GROUP_TITLE = "Request"
    BINDINGS: ClassVar[list[BindingType]] = scrolling("request")

    def __init__(self, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self.shown: int | None = None
        self._told: tuple[Detail | None, ZoneInfo, date] | None = None

    def compose(self) -> Iterator[Static]:
        yield Static(Content(""), markup=False)

    def tell(self, detail: Detail | None, zone: ZoneInfo, today: date) -> None:
        """Shows a request; the top of it, unless it is the one already shown."""
        if (detail, zone, today) == self._told:
            return
        self._told = (detail, zone, today)
        shown = detail.row.id if detail else None
        text = self.query_one(Static)
        words = _content(detail, zone, today) if detail else Content("")
        # another layout of the screen takes longer than all the rest
        grows = words.get_height({}, max(1, text.size.width)) != text.size.height
        text.update(Content.assemble(words), layout=grows)
        if shown != self.shown:
            self.shown = shown
            self.scroll_home(animate=False)


def _content(detail: Detail, zone: ZoneInfo, today: date) -> Content:
    row = detail.row
    parts: list[Part] = [(f"#{row.number}  ", "$accent"), (f"{row.title}\n", "bold $foreground")]
    who = " · ".join(filter(None, (_who(detail), row.from_function, row.account, detail.topic)))
    if who:
        parts.append((f"{who}\n", "$foreground"))
    parts.append((_when(detail, zone, today) + "\n", "$muted"))
    parts.extend(_state(detail, today))
    parts.extend(_sight(detail))
    parts.append(("\n", ""))
    parts.extend(_text(detail.body, detail.length))
    for message in detail.messages[1:]:
        parts.extend(_reply(message, zone, today))
    return Content.assemble(*parts)


def _who(detail: Detail) -> str:
    name, address = detail.row.requester, detail.address
    return f"{name} <{address}>" if name and address and name != address else name or address


def _when(detail: Detail, zone: ZoneInfo, today: date) -> str:
    said = [moment(detail.row.arrived_at, zone, today)]
    if detail.row.due:
        said.append(f"due {say_date(detail.row.due, today)}")
    if detail.estimate_minutes:
        said.append(f"~{say_minutes(detail.estimate_minutes)}")
    said.append(detail.source)
    if detail.date_note:
        said.append(detail.date_note)
    return " · ".join(said)


def _state(detail: Detail, today: date) -> Iterator[Part]:
    row = detail.row
    said: str = row.state
    if row.parked_until:
        said += f" until {say_date(row.parked_until, today)}"
    if detail.merged_into is not None:
        said += f" into #{detail.merged_into}"
    if row.owner and row.follow_up:
        said += f" to {row.owner}, follow up {say_date(row.follow_up, today)}"
    reason = ": ".join(filter(None, (detail.reason, detail.reason_text)))
    if reason:
        said += f" · {reason}"
    if said != "new":
        yield f"{said}\n", "$foreground"
    if detail.reply:
        yield f"You answered: {detail.reply}\n", "$muted"


def _sight(detail: Detail) -> Iterator[Part]:
    if detail.row.goal:
        yield f"▲ {detail.row.goal} ", "$sight"
        yield f"{detail.path[0].statement}", "$foreground"
        below = " › ".join(link.code for link in detail.path[1:])
        yield (f"  › {below}\n" if below else "\n"), "$muted"
    elif detail.row.anchor:
        yield f"△ {detail.row.anchor} has no line of sight to an active goal\n", "$warning"


def _text(text: str, length: int) -> Iterator[Part]:
    for line in text.rstrip().splitlines():
        yield f"{line}\n", "$muted" if line.startswith(">") else "$foreground"
    if length > len(text):
        yield f"… the first {len(text):,} of {length:,} characters\n", "$warning"


def _reply(message: Message, zone: ZoneInfo, today: date) -> Iterator[Part]:
    sent = moment(message.sent_at, zone, today) if message.sent_at else "no date"
    yield f"\n── {message.sender or message.address or 'somebody'} · {sent} ", "$accent"
    yield "──\n", "$accent"
    if message.attachments:
        yield f"with {', '.join(message.attachments)}\n", "$muted"
    yield from _text(message.body, message.length)


def moment(when: datetime, zone: ZoneInfo, today: date) -> str:
    """ "Fri 13 Jun 09:12" in the person's zone."""
    local = when.astimezone(zone)
    return f"{say_date(local.date(), today)} {local:%H:%M}"
