"""What may be asked of the inbox, and the drafts that readers, capture and dialogs fill."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from pmdesk.customers.kinds import Function
from pmdesk.text import clean_line
from pmdesk.text import shorten as shorten

Authority = Literal["propose", "act", "own"]
"""How far the owner may go alone (DOMAIN §4, Oncken's levels 3 to 5)."""

DeclineReason = Literal["no-sight", "one-account", "other-way-served", "cost", "not-our-market"]
KeptReason = Literal["not-mapped-yet", "promised", "obligation", "too-small", "other"]
"""Why a kept request has no line of sight."""


REASONS: dict[DeclineReason | KeptReason, str] = {
    "no-sight": "serves no customer goal",
    "one-account": "one account only",
    "other-way-served": "served in another way",
    "cost": "costs more than it gives",
    "not-our-market": "not our market",
    "not-mapped-yet": "not mapped yet",
    "promised": "promised",
    "obligation": "an obligation",
    "too-small": "too small to matter",
    "other": "for another reason",
}
"""The reasons as the screen says them, in the dialog and ever after."""


@dataclass(frozen=True, slots=True)
class MessageDraft:
    """One message as it came: a mail, a comment."""

    source_id: str
    """What names it in its source for ever: a Message-ID without its brackets, a URL."""
    sender: str
    """The name shown; the address where there is no name; may be empty."""
    address: str
    body: str
    """The whole text, quotes and signature included; HTML-only mail as text."""
    sent_at: datetime | None
    """UTC; None where no date could be read."""
    zone: str = "UTC"
    """The offset written in the message, as "+02:00", or "UTC"."""
    attachments: tuple[str, ...] = ()
    """File names, made safe for showing."""


@dataclass(frozen=True, slots=True)
class RequestDraft:
    """A request before it has a number: from a reader, the drop box or a dialog."""

    source: str
    """"mail", "github", "capture", "drop box"."""
    source_id: str | None
    """Unique within the source; None for what has no identity of its own."""
    title: str
    body: str = ""
    """The first message without quoted replies and signature."""
    arrived_at: datetime | None = None
    """UTC; None where unknown: the desk then takes the moment of import; see `date_note`."""
    zone: str = "UTC"
    date_note: str | None = None
    """Why a date that should be there could not be read, in one sentence."""
    requester: str = ""
    address: str = ""
    account: str | None = None
    """A name, an alias, or None; looked up by the desk, and by the domain of `address`."""
    if_unknown: tuple[str, str] | None = None
    """Title and body that still name the account, for when the desk knows none of that name;
    without them the name is put behind the title."""
    from_function: Function | None = None
    topic: str | None = None
    due: date | None = None
    estimate_minutes: int | None = None
    closed: bool = False
    """Already closed where it came from: imported as done."""
    messages: tuple[MessageDraft, ...] = ()
    """All messages of the thread, the first included, oldest first. Empty where the body is all."""
    references: tuple[str, ...] = ()
    """Every message that the thread names, read or not: by these a later reply finds it."""


@dataclass(frozen=True, slots=True)
class Capture:
    """Write down one request typed here (`c`, `pmdesk add`)."""

    request: RequestDraft

    def words(self) -> str:
        return f"Capture “{shorten(self.request.title)}”"


@dataclass(frozen=True, slots=True)
class ImportRequests:
    """Bring in requests from files; a thread already here gets its new messages."""

    drafts: tuple[RequestDraft, ...]
    origin: str
    """What was read, for the history: "httpd-users-2020-07.mbox"."""

    def words(self) -> str:
        return f"Import {clean_line(self.origin)}"


@dataclass(frozen=True, slots=True)
class Collect:
    """Take in what lies in the drop box: file names with what each holds."""

    box: str
    files: tuple[tuple[str, RequestDraft], ...]

    def words(self) -> str:
        return f"Collect {counted(len(self.files))} from the drop box"


@dataclass(frozen=True, slots=True)
class Keep:
    """`d`: mine to do. Needs a node, or the reason for having no line of sight."""

    requests: tuple[int, ...]
    reason: KeptReason | None = None
    reason_text: str = ""
    node: int | None = None

    def words(self) -> str:
        return f"Keep {counted(len(self.requests))}"


@dataclass(frozen=True, slots=True)
class Finish:
    """`d` on what is kept: done."""

    requests: tuple[int, ...]
    reply: str = ""

    def words(self) -> str:
        return f"Finish {counted(len(self.requests))}"


@dataclass(frozen=True, slots=True)
class Park:
    """`s`: not now; comes back by itself on `until`."""

    requests: tuple[int, ...]
    until: date
    reason_text: str = ""

    def words(self) -> str:
        day = f"{self.until:%a} {self.until.day} {self.until:%b}"
        return f"Park {counted(len(self.requests))} until {day}"


@dataclass(frozen=True, slots=True)
class Decline:
    """`r`: no, with a reason and the reply that was given."""

    requests: tuple[int, ...]
    reason: DeclineReason
    reply: str = ""

    def words(self) -> str:
        return f"Decline {counted(len(self.requests))}"


def counted(requests: int) -> str:
    """ "1 request", "40 requests"."""
    return "1 request" if requests == 1 else f"{requests} requests"
