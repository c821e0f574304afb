"""From drafts to rows: numbers, accounts, threads that are here already.

An import is parsed before the lock is taken; here it is merged in one short transaction.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, select

from pmdesk.customers.tables import Account, AccountAlias, AccountDomain
from pmdesk.requests.actions import Collect, ImportRequests, MessageDraft, RequestDraft, counted
from pmdesk.requests.tables import Request
from pmdesk.store import bulk
from pmdesk.store.types import instant_text
from pmdesk.store.work import Work
from pmdesk.text import is_blank


@dataclass(frozen=True, slots=True)
class Accounts:
    """Finds an account by its name, an alias, or the domain of a mail address."""

    by_name: dict[str, int]
    by_domain: dict[str, int]

    @classmethod
    def of(cls, session: Session) -> Accounts:
        by_name = dict(session.exec(select(AccountAlias.alias, AccountAlias.account_id)).all())
        by_name |= {account.name: account.id or 0 for account in session.exec(select(Account))}
        by_domain = dict(session.exec(select(AccountDomain.domain, AccountDomain.account_id)).all())
        return cls(
            {_key(name): account for name, account in by_name.items()},
            {domain.lower(): account for domain, account in by_domain.items()},
        )

    def find(self, name: str | None, address: str) -> int | None:
        """The account's id, or None. "eu.polar.example" belongs to "polar.example"."""
        if name is not None:
            return self.by_name.get(_key(name))
        domain = address.rpartition("@")[2].lower()
        while domain:
            if domain in self.by_domain:
                return self.by_domain[domain]
            domain = domain.partition(".")[2]
        return None


def request_fields(
    work: Work, draft: RequestDraft, accounts: Accounts, number: int
) -> dict[str, object]:
    """The columns of a new request. An account nobody knows stays in the text."""
    account = accounts.find(draft.account, draft.address)
    title, body = draft.title, draft.body
    if account is None and draft.account:
        title, body = draft.if_unknown or (f"{title} {_token(draft.account)}", body)
    arrived = draft.arrived_at or work.now
    return {
        "number": number,
        "title": "(no subject)" if is_blank(title) else title,
        "body": body,
        "arrived_at": arrived,
        "arrived_on": work.day_of(arrived),
        "zone": draft.zone,
        "date_note": draft.date_note,
        "source": draft.source,
        "source_id": draft.source_id,
        "state": "done" if draft.closed else "new",
        "from_function": draft.from_function,
        "requester": draft.requester or None,
        "address": draft.address or None,
        "account_id": account,
        "topic": draft.topic or None,
        "due": draft.due,
        "estimate_minutes": draft.estimate_minutes,
    }


def import_requests(work: Work, action: ImportRequests) -> None:
    _merge(work, action.drafts)
    work.words = (
        f"{action.words()}: {counted(work.counts['created'])} created, "
        f"{work.counts['updated']} updated"
    )


def collect(work: Work, action: Collect) -> None:
    """A file collected before, whose removal failed, makes no second request."""
    names = [name for name, _draft in action.files]
    here = work.session.connection().exec_driver_sql(
        "SELECT file_name FROM collected WHERE source = ?"
        " AND file_name IN (SELECT value FROM json_each(?))",
        (action.box, json.dumps(names)),
    )
    known = {str(name) for (name,) in here}
    fresh = [(name, draft) for name, draft in action.files if name not in known]
    _merge(work, [draft for _name, draft in fresh])
    bulk.write(
        work.session.connection(),
        "collected",
        ({"source": action.box, "file_name": name} for name, _draft in fresh),
    )
    work.words = f"Collect {counted(len(fresh))} from the drop box"


def _merge(work: Work, drafts: Sequence[RequestDraft]) -> None:
    merge = _Merge(work, drafts)
    for draft in drafts:
        merge.take(draft)
    merge.write()
    work.counts = {name: merge.counts[name] for name in ("created", "updated", "skipped")}


class _Merge:
    """Sorts drafts into new requests, messages for threads that are here, and what is known."""

    def __init__(self, work: Work, drafts: Sequence[RequestDraft]) -> None:
        self.counts: Counter[str] = Counter()
        self._work = work
        self._accounts = Accounts.of(work.session)
        self._requests: list[RequestDraft] = []
        self._messages: list[tuple[int, str, MessageDraft]] = []
        self._next = bulk.next_id(work.session.connection(), "request")
        self._seen: set[tuple[str, str]] = set()
        self._host: dict[tuple[str, str], int] = {}
        for source in {draft.source for draft in drafts}:
            of_source = [draft for draft in drafts if draft.source == source]
            self._look_up(source, of_source)

    def _look_up(self, source: str, drafts: Iterable[RequestDraft]) -> None:
        db = self._work.session.connection()
        named: set[str] = set()
        for draft in drafts:
            named.update(draft.references, (message.source_id for message in draft.messages))
            if draft.source_id:
                named.add(draft.source_id)
        wanted = json.dumps(sorted(named), ensure_ascii=False)
        among = "source = ? AND source_id IN (SELECT value FROM json_each(?))"
        for source_id, request_id in db.exec_driver_sql(
            f"SELECT source_id, request_id FROM message WHERE {among}", (source, wanted)
        ):
            self._host[source, source_id] = request_id
            self._seen.add((source, source_id))
        for source_id, request_id in db.exec_driver_sql(
            f"SELECT source_id, id FROM request WHERE {among}", (source, wanted)
        ):
            self._host.setdefault((source, source_id), request_id)

    def take(self, draft: RequestDraft) -> None:
        messages = self._unseen(draft)
        self.counts["skipped"] += len(draft.messages) - len(messages)
        host = self._find_host(draft)
        if host is None:
            host = self._begin(draft)
            self.counts["created"] += 1
            self.counts["updated"] += max(len(messages) - 1, 0)
        elif messages:
            self.counts["updated"] += len(messages)
            self._wake(host)
        elif not draft.messages:
            self.counts["skipped"] += 1
        self._messages.extend((host, draft.source, message) for message in messages)
        for name in (*draft.references, *(message.source_id for message in draft.messages)):
            self._host.setdefault((draft.source, name), host)

    def _unseen(self, draft: RequestDraft) -> list[MessageDraft]:
        """The messages that are neither in the desk nor stood before, in this draft or another."""
        unseen = []
        for message in draft.messages:
            if (name := (draft.source, message.source_id)) not in self._seen:
                self._seen.add(name)
                unseen.append(message)
        return unseen

    def _find_host(self, draft: RequestDraft) -> int | None:
        own = [message.source_id for message in draft.messages]
        if draft.source_id:
            own.insert(0, draft.source_id)
        for name in (*own, *draft.references):
            if (host := self._host.get((draft.source, name))) is not None:
                return host
        return None

    def _begin(self, draft: RequestDraft) -> int:
        host = self._next + len(self._requests)
        self._requests.append(draft)
        if draft.source_id:
            self._host[draft.source, draft.source_id] = host
        return host

    def _wake(self, host: int) -> None:
        """A new message on its thread brings a parked request back (DOMAIN §4)."""
        if host >= self._next:
            return
        request = self._work.session.get(Request, host)
        if request is not None and request.state == "parked":
            request.state = "new"
            request.parked_until = None

    def write(self) -> None:
        work = self._work
        if self._requests:
            number = work.take_numbers("#", len(self._requests))
            rows = [
                _stored(request_fields(work, draft, self._accounts, number + index))
                for index, draft in enumerate(self._requests)
            ]
            bulk.insert(work.session, work.recorder, "request", rows)
        bulk.insert(work.session, work.recorder, "message", [_message(*m) for m in self._messages])


def _message(host: int, source: str, draft: MessageDraft) -> dict[str, bulk.Value]:
    return {
        "request_id": host,
        "source": source,
        "source_id": draft.source_id,
        "sender": draft.sender or None,
        "address": draft.address or None,
        "sent_at": None if draft.sent_at is None else instant_text(draft.sent_at),
        "zone": draft.zone,
        "body": draft.body,
        "attachments": json.dumps(draft.attachments, ensure_ascii=False)
        if draft.attachments
        else None,
    }


def _stored(fields: dict[str, object]) -> dict[str, bulk.Value]:
    """Values as they lie in the file; the bulk path has no session to convert them."""
    stored: dict[str, bulk.Value] = {}
    for name, value in fields.items():
        match value:
            case datetime():
                stored[name] = instant_text(value)
            case date():
                stored[name] = value.isoformat()
            case str() | int() | float() | None:
                stored[name] = value
            case _:
                raise TypeError(f"{name}: {type(value).__name__} can't be stored")
    return stored


def _token(account: str) -> str:
    """The account as it would be typed: `@polar`, `@"Two Words"`."""
    return f'@"{account}"' if " " in account else f"@{account}"


def _key(name: str) -> str:
    return " ".join(name.casefold().replace("_", " ").split())
