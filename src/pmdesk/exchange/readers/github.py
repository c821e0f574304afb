"""Issues of GitHub as JSON: the REST interface, `gh`, and lists that others have flattened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from pmdesk.exchange.instants import can_be_shown
from pmdesk.exchange.json_stream import Broken, first_value, json_values
from pmdesk.exchange.reading import Draft, Failed, Item, Progress, Skipped
from pmdesk.requests.actions import MessageDraft, RequestDraft
from pmdesk.text import clean, clean_line, shorten

NAME = "GitHub issues"
SOURCE = "github"

_WEB = re.compile(r"(https?://[^/\s]+)/([^/\s]+/[^/\s]+)/(issues|pull|discussions)/(\d{1,18})")
_API = re.compile(
    r"https://api\.github\.com/repos/([^/\s]+/[^/\s]+)(?:/(issues|pulls)/(\d{1,18}))?$"
)
_KEY = re.compile(rb'"(\w{1,40})"\s*:')
_ISSUE_URL = re.compile(rb'"(?:html_)?url"\s*:\s*"https?://[^"\s]+/(?:issues|pulls?)/\d+"')


def recognises(path: Path, head: bytes) -> bool:
    """Whether the file begins with an issue, or with GitHub's word that there is none."""
    if not head.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith((b"[", b"{")):
        return False
    value = first_value(head)
    if value is None:  # the first issue is longer than the head
        keys = {key.decode() for key in _KEY.findall(head)}
        return "title" in keys and ("number" in keys or _ISSUE_URL.search(head) is not None)
    first = next(iter(_issues(value)), None)
    return isinstance(first, dict) and (_is_issue(first) or _is_answer(first))


def read(path: Path, progress: Progress) -> Iterator[Item]:
    """Each issue as a request, each pull request skipped; what is no issue fails alone."""
    name = clean_line(path.name)
    number = 0
    try:
        for value in json_values(path, progress):
            if progress.cancelled():
                return
            for issue in _issues(value):
                number += 1
                yield _item(issue, f"{name}, item {number}", number - 1)
    except OSError as error:
        yield Failed(name, f"can't be read on ({error.strerror}); {number} items were read")


def _issues(value: object) -> Iterator[object]:
    """A page of issues taken apart: `gh api --slurp` nests lists, a search has `items`."""
    if isinstance(value, list):
        yield from value
    elif isinstance(value, dict) and "title" not in value and isinstance(value.get("items"), list):
        yield from value["items"]
    else:
        yield value


def _is_issue(first: dict[str, Any]) -> bool:
    return "title" in first and ("number" in first or _place(first).url is not None)


def _is_answer(first: dict[str, Any]) -> bool:
    return "message" in first and "docs.github.com" in _text(first, "documentation_url")


def _item(issue: object, where: str, before: int) -> Item:
    if isinstance(issue, Broken):
        rest = f", after {before} items; nothing more could be read" if issue.final else ""
        return Failed(where, issue.reason + rest)
    if not isinstance(issue, dict):
        return Failed(where, "it is no issue but a bare value")
    place = _place(issue)
    if issue.get("pull_request") or issue.get("isPullRequest") is True or place.is_pull:
        return Skipped(where, "a pull request")
    title = clean_line(_text(issue, "title"))
    if not title:
        if message := clean_line(_text(issue, "message"))[:200]:
            return Failed(where, f"GitHub answered “{message}” in place of issues")
        return Failed(where, "it has no title")
    request = _request(issue, title, place)
    # Each comment is an item too: on a later import it may come alone.
    return Draft(request, items=max(1, len(request.messages)))


def _request(issue: dict[str, Any], title: str, place: _Place) -> RequestDraft:
    source_id = place.name or _digest(
        _text(issue, "created_at", "createdAt"), place.number or title
    )
    labels = _labels(issue)
    arrived_at, note = _instant(_text(issue, "created_at", "createdAt"))
    body = clean(_text(issue, "body"))
    first = MessageDraft(source_id, _login(issue), "", body, arrived_at)
    comments = _comments(issue, source_id)
    return RequestDraft(
        source=SOURCE,
        source_id=source_id,
        title=f"{title} ({place.short})" if place.short else title,
        body="\n\n".join(part for part in (body, _more_labels(labels)) if part),
        arrived_at=arrived_at,
        date_note=note,
        requester=_login(issue),
        topic=labels[0].lower() if labels else None,
        closed=_is_closed(issue),
        messages=(first, *comments) if comments else (),
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an issue lives, as far as it says so."""

    url: str | None = None
    repository: str = ""
    number: str = ""
    is_pull: bool = False

    @property
    def name(self) -> str | None:
        """What names the issue for ever, if anything does."""
        if self.url:
            return self.url
        return f"{self.repository}#{self.number}" if self.repository and self.number else None

    @property
    def short(self) -> str:
        """ "rota#12"; "#12" where the repository is unknown."""
        return f"{self.repository.rpartition('/')[2]}#{self.number}" if self.number else ""


def _place(issue: dict[str, Any]) -> _Place:
    for key in ("html_url", "url"):
        url = clean_line(_text(issue, key))
        if web := _WEB.match(url):
            return _Place(web[0], web[2], web[4], web[3] == "pull")
        if (api := _API.match(url)) and api[3]:
            return _Place(_web_url(api[1], api[3]), api[1], api[3], api[2] == "pulls")
    given = issue.get("number")
    number = str(given) if type(given) is int and given > 0 else ""
    if (api := _API.match(_text(issue, "repository_url"))) and number:
        return _Place(_web_url(api[1], number), api[1], number)
    repository = issue.get("repository")
    if isinstance(repository, dict):
        repository = _text(repository, "nameWithOwner", "full_name", "name")
    return _Place(None, clean_line(repository) if isinstance(repository, str) else "", number)


def _web_url(repository: str, number: str) -> str:
    # REST and `gh` name the same issue in two ways; only one may stay.
    return f"https://github.com/{repository}/issues/{number}"


def _comments(issue: dict[str, Any], source_id: str) -> tuple[MessageDraft, ...]:
    """`gh` gives comments as objects, data sets as bare texts, REST only counts them."""
    given = issue.get("comments")
    if not isinstance(given, list):
        return ()
    messages: dict[str, MessageDraft] = {}
    for comment in given:
        held = comment if isinstance(comment, dict) else {"body": comment}
        body = clean(_text(held, "body"))
        sent = _text(held, "created_at", "createdAt")
        name = clean_line(_text(held, "html_url", "url"))
        if not name or name == source_id or (name in messages and messages[name].body != body):
            # some lists give every comment the address of its issue
            name = f"{source_id}#{_digest(sent, _login(held), body)}"
        if body:
            messages[name] = MessageDraft(name, _login(held), "", body, _instant(sent)[0])
    return tuple(messages.values())


def _login(issue: dict[str, Any]) -> str:
    """Who wrote it; empty for an account that is gone."""
    for key in ("user", "author"):
        given = issue.get(key)
        if isinstance(given, dict):
            given = _text(given, "login", "name")
        if isinstance(given, str) and given.strip():
            return clean_line(given)
    return ""


def _labels(issue: dict[str, Any]) -> list[str]:
    given = issue.get("labels")
    if isinstance(given, dict):
        given = given.get("nodes")
    if isinstance(given, str):
        given = given.split(",")
    if not isinstance(given, list):
        return []
    names = [_text(label, "name") if isinstance(label, dict) else label for label in given]
    lines = (clean_line(name) for name in names if isinstance(name, str))
    return list(dict.fromkeys(line for line in lines if line))


def _more_labels(labels: list[str]) -> str:
    return f"Labels: {', '.join(labels)}" if len(labels) > 1 else ""


def _is_closed(issue: dict[str, Any]) -> bool:
    if state := _text(issue, "state").lower():
        return state == "closed"
    return issue.get("closed") is True or bool(_text(issue, "closed_at", "closedAt"))


def _instant(text: str) -> tuple[datetime | None, str | None]:
    """The moment in UTC, or why there is none. A time without a zone is UTC at GitHub."""
    if not text:
        return None, "The issue says nothing of when it was opened."
    try:
        when = datetime.fromisoformat(text.strip())
        moment = (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(UTC)
        if can_be_shown(moment):
            return moment, None
    except (ValueError, OverflowError):
        pass
    return None, f"The date “{shorten(clean_line(text), 40)}” can't be read."


def _text(held: dict[str, Any], *keys: str) -> str:
    """The first of the values that is a text with something in it; else empty."""
    values = (held.get(key) for key in keys)
    return next((value for value in values if isinstance(value, str) and value.strip()), "")


def _digest(*parts: str) -> str:
    joined = "\0".join(parts).encode("utf-8", "replace")
    return sha256(joined).hexdigest()[:32]
