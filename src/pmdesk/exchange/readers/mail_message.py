"""One mail: bytes in, a message with its thread's names out; never raises for content."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from pmdesk.exchange.readers.mail_fields import moment, sender
from pmdesk.exchange.readers.mail_files import RAW_LIMIT, Raw
from pmdesk.exchange.readers.mail_headers import decoded, identifiers, own_identifier
from pmdesk.exchange.readers.mail_html import LAYOUT_LIMIT, html_to_text, stripped, tidy
from pmdesk.exchange.readers.mail_kind import list_tag, why_no_request
from pmdesk.exchange.readers.mail_parts import (
    MAX_ATTACHMENTS,
    TEXT_LIMIT,
    Part,
    Parts,
    content_type,
    file_name,
    is_attached,
)
from pmdesk.exchange.reading import Failed, Skipped
from pmdesk.requests.actions import MessageDraft
from pmdesk.text import clean, clean_line

_SIGNATURES = frozenset(
    ("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature")
)
_TITLE_LIMIT = 500


@dataclass(frozen=True, slots=True)
class Mail:
    """A message and what joins it to others."""

    message: MessageDraft
    where: str
    subject: str
    references: tuple[str, ...] = ()
    """What In-Reply-To and References name."""
    date_note: str | None = None
    list_tag: str = ""
    """What a mailing list has put before the subject, as "[users@httpd]"."""


def read_message(raw: Raw) -> Mail | Skipped | Failed:
    """The mail in the bytes; Skipped for a bounce or newsletter, Failed for what is no mail."""
    data = raw.data
    if b"\r" in data and b"\n" not in data:
        data = data.replace(b"\r", b"\n")
    data = data.lstrip(b"\r\n")
    if not data.strip():
        return Failed(raw.where, "it is empty")
    parts = Parts(data)
    headers = parts.root.headers
    if not headers.count:
        return Failed(raw.where, "it has no mail header")
    subject = decoded(headers.get("subject"))[:_TITLE_LIMIT]
    person = sender(headers)
    report_type = parts.root.parameters.get("report-type", "").lower()
    reason = why_no_request(headers, content_type(headers), report_type, person.address, subject)
    if reason:
        return Skipped(raw.where, reason)
    when = moment(headers, raw.from_line)
    body = _Body(parts)
    text = body.text(len(raw.data) >= RAW_LIMIT)
    own = own_identifier(headers.get("message-id"))
    message = MessageDraft(
        source_id=own or _digest(person.address, headers.get("date"), subject, text),
        sender=person.name,
        address=person.address,
        body=text,
        sent_at=when.at,
        zone=when.zone,
        attachments=tuple(body.attachments),
    )
    named = identifiers(headers.get("references")) + identifiers(headers.get("in-reply-to"))
    names = tuple(dict.fromkeys(named))
    return Mail(message, raw.where, subject, names, when.note, list_tag(headers, subject))


def _digest(*parts: str) -> str:
    """A name for a mail that has none; the same whenever it is read again."""
    return sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:40]


class _Body:
    """What a mail says, and the names of what is attached to it."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._texts: list[str] = []
        self._room = TEXT_LIMIT
        self._cut = False
        self._layout_room = LAYOUT_LIMIT
        self.attachments: list[str] = []

    def text(self, raw_cut: bool) -> str:
        self._walk(self._parts.root, True)
        texts = [text for text in self._texts if text.strip()]
        if self._cut:
            texts.append("[The rest of this text is left out: it is longer than 1 MiB.]")
        if self._parts.left_out:
            texts.append("[Parts of this mail are left out: too many, or nested too deeply.]")
        if raw_cut:
            texts.append("[What comes after the first 24 MiB of this mail is left out.]")
        return "\n\n".join(texts)

    def _walk(self, part: Part, is_shown: bool) -> None:
        if part.is_message and is_shown:
            self._texts.append(_heading(part))
        if part.children:
            chosen = self._best(part.children) if part.kind == "multipart/alternative" else None
            for child in part.children:
                self._walk(child, is_shown and chosen in (None, child))
        elif part.too_deep:
            return
        elif is_attached(part):
            self._name(part)
        elif is_shown:
            self._show(part)

    def _best(self, children: list[Part]) -> Part:
        """Of the alternatives: plain text that says something, else HTML, else the first."""
        for child in children:
            if child.kind == "text/plain" and self._parts.text(child)[0].strip():
                return child
        for child in children:
            if child.kind == "text/html" or child.kind.startswith("multipart/"):
                return child
        return children[0]

    def _name(self, part: Part) -> None:
        if part.kind in _SIGNATURES or len(self.attachments) >= MAX_ATTACHMENTS:
            return
        self.attachments.append(file_name(part) or f"({clean_line(part.kind)})")

    def _show(self, part: Part) -> None:
        if self._room <= 0:
            self._cut = True
            return
        text, cut = self._parts.text(part)
        if part.kind == "text/html":
            self._layout_room -= len(text)
            text = html_to_text(text) if self._layout_room >= 0 else stripped(text)
        text = clean(text[: self._room])
        self._cut = self._cut or cut or len(text) >= self._room
        self._room -= len(text)
        self._texts.append(tidy(text))


def _heading(part: Part) -> str:
    """How a mail that is attached to another begins: who wrote it, about what."""
    person = sender(part.headers)
    who = person.name if person.name == person.address else f"{person.name} <{person.address}>"
    lines = [
        f"From: {who}" if who.strip("<> ") else "",
        f"Date: {decoded(part.headers.get('date'))}" if part.headers.has("date") else "",
        f"Subject: {decoded(part.headers.get('subject'))}" if part.headers.has("subject") else "",
    ]
    return "\n".join(line for line in lines if line)
