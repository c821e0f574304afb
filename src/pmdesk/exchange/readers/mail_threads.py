"""Mails joined to threads, and a thread made one request."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

from pmdesk.exchange.readers.mail_message import Mail
from pmdesk.exchange.readers.mail_trim import trimmed
from pmdesk.exchange.reading import Draft
from pmdesk.requests.actions import RequestDraft

_REPLY = r"re|aw|antw|antwort|sv|vs|odp|res|resp|ynt|回复|答复|回覆"
_FORWARD = r"fwd?|wg|tr|rv|enc|vl|doorst|转发|轉寄"
_NUMBER = r"(?:\[\d{1,4}\]|\(\d{1,4}\)|\^\d{1,4})?"
_TAG = r"(?:\[[^\[\]]{1,60}\]\s{0,5})?"
_PREFIXES = re.compile(rf"({_TAG})(?:(?:{_REPLY}|{_FORWARD}){_NUMBER}\s?[:：]\s{{0,5}})+", re.I)
_IS_REPLY = re.compile(rf"{_TAG}(?:{_REPLY}){_NUMBER}\s?[:：]", re.I)
_IS_FORWARD = re.compile(rf"{_TAG}(?:{_FORWARD}){_NUMBER}\s?[:：]", re.I)
_FIRST = datetime.min.replace(tzinfo=UTC)


class Joined:
    """Which names belong together: the union-find over message ids."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def root(self, name: str) -> str:
        above = self._above
        above.setdefault(name, name)
        while above[name] != name:
            above[name] = above[above[name]]
            name = above[name]
        return name

    def join(self, one: str, other: str) -> None:
        self._above[self.root(other)] = self.root(one)


def title_of(subject: str) -> str:
    """The subject without "Re:" and "Fwd:" of any number and in several languages."""
    while match := _PREFIXES.match(subject):
        subject = match[1] + subject[match.end() :]
    return subject.strip() or "(no subject)"


def _base(subject: str) -> str:
    """What subjects of one thread have in common; "" where there is nothing to go by."""
    if not subject.strip():
        return ""
    base = re.sub(r"^(?:\[[^\[\]]{1,60}\]\s{0,5})+", "", title_of(subject)).casefold()
    return "" if base == "(no subject)" else base


def is_reply(subject: str) -> bool:
    return _IS_REPLY.match(subject) is not None


def in_order(mails: Sequence[Mail]) -> list[Mail]:
    """Oldest first; a mail without a date stays behind the one that stands before it."""
    last = _FIRST
    keyed: list[tuple[datetime, int]] = []
    for place, mail in enumerate(mails):
        last = mail.message.sent_at or last
        keyed.append((last, place))
    return [mails[place] for _, place in sorted(keyed)]


def threads(mails: Sequence[Mail]) -> list[list[Mail]]:
    """The mails by thread: by the ids they name, and replies that name none by their subject.

    Each mail is in exactly one thread; threads and their mails stand oldest first.
    """
    joined = Joined()
    ordered = in_order(mails)
    for mail in ordered:
        for name in mail.references:
            joined.join(name, mail.message.source_id)
    newest: dict[str, Mail] = {}
    first: dict[str, Mail] = {}
    for mail in ordered:
        first.setdefault(_base(mail.subject), mail)
    for mail in ordered:
        base = _base(mail.subject)
        if base and not mail.references and is_reply(mail.subject):
            other = newest.get(base, first[base])
            joined.join(other.message.source_id, mail.message.source_id)
        newest[base] = mail
    found: dict[str, list[Mail]] = {}
    for mail in ordered:
        found.setdefault(joined.root(mail.message.source_id), []).append(mail)
    return list(found.values())


def drafts(mails: Sequence[Mail]) -> Iterator[Draft]:
    """One request for each thread."""
    for thread in threads(mails):
        yield Draft(request_of(thread), items=len(thread))


def request_of(thread: Sequence[Mail]) -> RequestDraft:
    """The request that a thread is: asked by its first message, answered by the others."""
    first = thread[0]
    message = first.message
    return RequestDraft(
        source="mail",
        source_id=message.source_id,
        title=title_of(first.subject.replace(first.list_tag, "", 1)),
        body=trimmed(message.body, _IS_FORWARD.match(first.subject) is not None),
        arrived_at=message.sent_at,
        zone=message.zone,
        date_note=first.date_note,
        requester=message.sender,
        address=message.address,
        messages=tuple(mail.message for mail in thread),
        references=_named(thread),
    )


def _named(thread: Iterable[Mail]) -> tuple[str, ...]:
    names: dict[str, None] = {}
    for mail in thread:
        names.update(dict.fromkeys(mail.references))
        names[mail.message.source_id] = None
    return tuple(names)
