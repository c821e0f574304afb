"""What the token under the cursor could become: the names that a desk knows, as tokens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pmdesk.fuzzy import Finder, Pickable, Pickables
from pmdesk.tokens import FUNCTIONS, Captured, echo, read_tokens

_HEADS = {"@": "account", "#": "topic", "topic:": "topic", "from:": "from"}
_OPENING = '"“„'
_ANY_DAY = date(2025, 1, 6)
"""Names are read alike on every day."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A token that is being typed: `line[start:end]`, with the cursor at its end."""

    kind: str
    """"account", "topic" or "from"."""
    head: str
    value: str
    start: int
    end: int


def begun_at(line: str, cursor: int) -> Begun | None:
    """The token that ends at the cursor, if names are known for its kind."""
    if cursor < len(line) and not line[cursor].isspace():
        return None
    before = line[:cursor]
    for head, kind in _HEADS.items():
        start = before.lower().rfind(head)
        if start < 0 or (start and not before[start - 1].isspace()):
            continue
        value = before[start + len(head) :]
        quoted = value[:1] in _OPENING if value else False
        if quoted and not any(sign in value[1:] for sign in '"”'):
            return Begun(kind, before[start : start + len(head)], value[1:], start, cursor)
        if not quoted and not any(sign.isspace() for sign in value):
            return Begun(
                kind, before[start : start + len(head)], value.replace("_", " "), start, cursor
            )
    return None


def token_of(begun: Begun, name: str) -> str:
    """The name as a token that is read back as the same name; "" where there is none."""
    for value in (name, name.replace(" ", "_"), f'"{name}"', f"“{name}”"):
        token = begun.head + value
        read = read_tokens(f"x {token} y", _ANY_DAY, loose=True)
        if read.title == "x y" and _value(read, begun.kind) == name:
            return token
    return ""


def _value(captured: Captured, kind: str) -> str | None:
    match kind:
        case "account":
            return captured.account
        case "topic":
            return captured.topic
    return captured.from_function


class Names:
    """The accounts and topics of a desk. Before they are known nothing is said of them."""

    def __init__(self, accounts: Pickables | None = None, topics: Pickables | None = None) -> None:
        self._whole = {
            "account": accounts is not None and not accounts.left_out,
            "topic": topics is not None and not topics.left_out,
        }
        functions = tuple(Pickable(name, name) for name in FUNCTIONS)
        self._finders = {
            "account": Finder(accounts.entries if accounts else ()),
            "topic": Finder(topics.entries if topics else ()),
            "from": Finder(functions),
        }
        self._accounts = {
            _key(called): entry.name
            for entry in reversed(accounts.entries if accounts else ())
            for called in (*entry.also, entry.name)
        }
        self._topics = {_key(entry.name) for entry in (topics.entries if topics else ())}

    def completions(self, begun: Begun) -> list[Pickable]:
        """What it could become, best first; none where it is one already and nothing else."""
        hits = self._finders[begun.kind].find(begun.value)
        if len(hits) == 1 and _key(begun.value) in map(_key, (hits[0].name, *hits[0].also)):
            return []
        return hits

    def said(self, captured: Captured, today: date, growing: Begun | None = None) -> list[str]:
        """What was understood, as `tokens.echo` has it, with what the desk knows of it; the
        token that is `growing` may still become one of its accounts."""
        said = echo(captured, today)
        if (written := captured.account) is not None:
            account = self._accounts.get(_key(written))
            if account is not None:
                said[0] = f"account {account}"
            elif growing and growing.kind == "account" and _key(growing.value) == _key(written):
                said[0] = f"no account “{written}” yet"
            elif self._whole["account"]:
                said[0] = f"no account “{written}”: stays in the text"
        if growing and growing.kind == "from":
            token = f"“{growing.head}{growing.value}”"
            said = [
                f"no function “{growing.value}” yet" if one.startswith(token) else one
                for one in said
            ]
        if captured.topic is not None and self._whole["topic"]:
            known = _key(captured.topic) in self._topics
            at = said.index(f"topic {captured.topic}")
            said[at] = said[at] if known else f"new topic {captured.topic}"
        return said


def _key(name: str) -> str:
    """As the desk compares names (`requests.intake`)."""
    return " ".join(name.casefold().replace("_", " ").split())
