"""Mails made in the tests."""

from __future__ import annotations

from pathlib import Path

from pmdesk.exchange.readers import mail
from pmdesk.exchange.reading import Draft, Item, Progress
from pmdesk.requests.actions import RequestDraft

FIXTURES = Path(__file__).parents[2] / "fixtures" / "imports" / "mail"


def made(body: str = "Hello", **fields: str) -> bytes:
    """A mail; `in_reply_to="<a@b>"` is its In-Reply-To field, `date=""` leaves a field out."""
    given = {
        "from": "Ada Byrne <ada@quayside.example>",
        "date": "Mon, 9 Jun 2025 09:30:00 +0200",
        "subject": "Berth times",
        **{name.replace("_", "-"): value for name, value in fields.items()},
    }
    head = "".join(f"{name.title()}: {value}\n" for name, value in given.items() if value)
    return f"{head}\n{body}\n".encode()


def request(raw: bytes) -> RequestDraft:
    """The request that one mail is."""
    item = mail.read_bytes(raw, "here")
    assert isinstance(item, Draft), item
    return item.request


def all_of(path: Path) -> list[Item]:
    return list(mail.read(path, Progress()))


def accounted(items: list[Item]) -> int:
    return sum(item.items if isinstance(item, Draft) else 1 for item in items)


def requests(items: list[Item]) -> list[RequestDraft]:
    return [item.request for item in items if isinstance(item, Draft)]
