"""The answers in a filled interview guide, filed back against its questions.

Nothing is lost on the way: what has no place is told with its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from pmdesk.customers.evidence_actions import AddEvidence, EvidenceDraft
from pmdesk.customers.guides import questions as ask
from pmdesk.customers.hierarchy import Hierarchy
from pmdesk.customers.kinds import Layer
from pmdesk.customers.numbers import read_past_day
from pmdesk.customers.things import LAYERS, Account, Node
from pmdesk.errors import RefusedError
from pmdesk.text import clean, clean_line, shorten

_SIGNS = " \t>#*•·–-"
"""What Markdown, mail and copying put before a line."""
_TOPIC = re.compile(rf"\\?\[({ask.NEW}|[a-z]\d+)\\?\](?!\()[*:]*\s*(.*)", re.IGNORECASE)
_NAMED = re.compile(
    rf"({ask.ACCOUNT}|{ask.LAYER}|{ask.HEARD_ON}|{ask.PERSON})\s*:[*]*\s*(.*)", re.IGNORECASE
)
_ANSWER = re.compile(r"answer\s*:[*]*\s*(.*)", re.IGNORECASE)
_IMPORTANCE = re.compile(r"(?:^|\s)!(\d+)\s*$")
_BULLET = re.compile(r"\s*[-*•]\s+")
_OWN = frozenset({*ask.all_asks(), *ask.SECTIONS, *ask.HOW.values(), ask.FILED, *ask.LAST})


@dataclass(frozen=True, slots=True)
class At:
    """Something about a line of the text."""

    line: int
    words: str


@dataclass(slots=True)
class Answer:
    line: int
    ref: str
    """A code, or "new"."""
    words: str
    person: str = ""
    importance: int | None = None


@dataclass
class Answers:
    """What stands in a filled guide, before it is known what of it is in the desk."""

    head: dict[str, At] = field(default_factory=dict)
    """By the names in the guide's head; only what was filled in."""
    answers: list[Answer] = field(default_factory=list)
    strays: list[At] = field(default_factory=list)
    """Lines that are neither the guide's own nor an answer."""
    problems: list[At] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Filed:
    """An answer and the node that it is filed on."""

    answer: Answer
    node: Node


@dataclass(frozen=True)
class Filing:
    """What is filed, and what can't be."""

    account: Account | None
    layer: Layer | None
    heard_on: date | None
    person: str
    filed: tuple[Filed, ...]
    unplaced: tuple[At, ...]
    """Answers and lines that belong to no node; nothing of them is filed."""
    problems: tuple[At, ...]
    """Line 0: of the whole text."""
    again: tuple[At, ...] = ()
    """Answers that were filed before."""

    def action(self) -> AddEvidence:
        """One step. RefusedError says what is missing."""
        if self.account is None or self.layer is None or self.heard_on is None:
            raise RefusedError(said(self.problems[0]))
        if not self.filed:
            if self.again:
                raise RefusedError("All of it is filed already.")
            raise RefusedError("There is no answer to a question of the guide yet.")
        return AddEvidence(
            tuple(
                EvidenceDraft(
                    (one.node.id,), self.account.id, self.layer, self.heard_on,
                    one.answer.person or self.person, one.answer.words, one.answer.importance,
                )
                for one in self.filed
            )
        )  # fmt: skip

    def unplaced_text(self) -> str:
        """What has no place, for a capture; "" where all has one."""
        if not self.unplaced:
            return ""
        who = f"From {self.account.name}: " if self.account else ""
        return who + "\n".join(one.words for one in self.unplaced)


def said(at: At) -> str:
    """ "Line 12: …"."""
    return f"Line {at.line}: {at.words}" if at.line else at.words


# Reading ----------------------------------------------------------------------------------------


def read_answers(text: str) -> Answers:
    """What was written where; never raises."""
    found = Answers()
    current: Answer | None = None
    answering = False
    for number, line in enumerate(clean(text).split("\n"), 1):
        bare = line.lstrip(_SIGNS).rstrip()
        if bare.startswith(f"{ask.TITLE}:"):
            current, answering = None, False
        elif topic := _TOPIC.match(bare):
            current, answering = Answer(number, _ref(topic[1]), ""), False
            found.answers.append(current)
        elif (
            current is not None
            and not (answering and current.words.strip())
            and (answer := _ANSWER.match(bare))
        ):
            answering, current.words = True, answer[1]
        elif (named := _NAMED.match(bare)) and (current is None or _name(named[1]) == ask.PERSON):
            if current is not None:
                current = _spoken_by(named[2], current, number, found)
            elif named[2].strip():
                found.head[_name(named[1])] = At(number, clean_line(named[2]))
        elif bare in ask.SECTIONS:
            current, answering = None, False
        elif answering and current is not None:
            current.words += f"\n{line.rstrip()}"
        elif bare and not _is_own(bare):
            found.strays.append(At(number, clean_line(line)))
    found.answers = [one for one in found.answers if _settled(one, found.problems)]
    return found


def _ref(text: str) -> str:
    return ask.NEW if text.lower() == ask.NEW else text.upper()


def _spoken_by(name: str, current: Answer, number: int, found: Answers) -> Answer:
    """The note that a line “Person: …” begins: what was said before it was said by another."""
    if current.words.strip() or current.person or current.importance is not None:
        current = Answer(number, current.ref, "")
        found.answers.append(current)
    current.person, current.importance = _marked(clean_line(name))
    return current


def _name(text: str) -> str:
    return text[:1].upper() + text[1:].lower()


def _is_own(bare: str) -> bool:
    return bare in _OWN or bare.startswith(ask.KNOWN)


def _settled(answer: Answer, problems: list[At]) -> bool:
    """Whether anything was answered; takes bullets and importance from its lines."""
    lines: list[str] = []
    for line in answer.words.split("\n"):
        words, importance = _marked(line)
        if importance is None and (mark := _IMPORTANCE.search(line)):
            problems.append(At(answer.line, f"!{mark[1]} is no importance: write !0 to !3."))
        if importance is not None:
            if answer.importance not in (None, importance):
                said = f"!{answer.importance} and then !{importance} for one note: the last counts."
                problems.append(At(answer.line, said))
            answer.importance = importance
        if words or importance is None:
            lines.append(words[bullet.end() :] if (bullet := _BULLET.match(words)) else words)
    answer.words = "\n".join(lines).strip()
    if answer.person and not answer.words and answer.importance is None:
        problems.append(At(answer.line, f"What did {answer.person} say? Write it below the name."))
    return bool(answer.words) or answer.importance is not None


def _marked(line: str) -> tuple[str, int | None]:
    """A line without the importance at its end, and that."""
    mark = _IMPORTANCE.search(line)
    if mark is None or len(mark[1]) > 1 or int(mark[1]) > 3:
        return line, None
    return line[: mark.start()].rstrip(), int(mark[1])


def unescaped(text: str) -> str:
    """The words that a guide writes as Markdown."""
    return re.sub(r"\\([\\`*\[\]<_~&])", r"\1", text)


# Filing -----------------------------------------------------------------------------------------


def file_answers(hierarchy: Hierarchy, text: str, today: date) -> Filing:
    """Each answer on the node of its question; never raises."""
    read = read_answers(text)
    problems: list[At] = []
    account = _account(hierarchy, read.head.get(ask.ACCOUNT), problems)
    layer = _layer(read.head.get(ask.LAYER), problems)
    heard_on = _day(read.head.get(ask.HEARD_ON), today, problems)
    filed: list[Filed] = []
    again: list[At] = []
    unplaced = list(read.strays)
    known = _filed_before(hierarchy, account, layer)
    for answer in read.answers:
        node = hierarchy.thing(answer.ref)
        if isinstance(node, Node):
            if answer.words and (node.id, answer.words) in known:
                again.append(At(answer.line, answer.words))
            else:
                filed.append(Filed(answer, node))
            continue
        if answer.ref != ask.NEW:
            problems.append(At(answer.line, f"{answer.ref} is no node of this desk."))
        unplaced.append(At(answer.line, answer.words))
    person = read.head.get(ask.PERSON, At(0, "")).words
    return Filing(
        account, layer, heard_on, person, tuple(filed),
        tuple(sorted(unplaced, key=lambda one: one.line)), (*problems, *read.problems),
        tuple(again),
    )  # fmt: skip


def _filed_before(
    hierarchy: Hierarchy, account: Account | None, layer: Layer | None
) -> set[tuple[int, str]]:
    """The nodes and words of what they have said."""
    if account is None:
        return set()
    heard = hierarchy.evidence_of.get(account.id, ())
    return {(one.node_id, one.quote) for one in heard if one.layer == layer and one.quote}


def _account(hierarchy: Hierarchy, named: At | None, problems: list[At]) -> Account | None:
    if named is None:
        problems.append(At(0, f"Whom did you talk to? Write a line “{ask.ACCOUNT}: …”."))
        return None
    found = list(accounts_called(hierarchy, unescaped(named.words)))
    if len(found) == 1:
        return found[0]
    many = "is more than one account" if found else "is no account of this desk"
    problems.append(At(named.line, f"“{shorten(named.words, 40)}” {many}."))
    return None


def accounts_called(hierarchy: Hierarchy, name: str) -> Iterator[Account]:
    """By their key, name or alias, whatever its capitals."""
    folded = clean_line(name).casefold()
    for one in hierarchy.accounts:
        names = (one.name, *one.aliases)
        if folded == one.key or any(folded == clean_line(each).casefold() for each in names):
            yield one


def _layer(named: At | None, problems: list[At]) -> Layer | None:
    if named is None:
        problems.append(
            At(0, f"Who spoke? Write a line “{ask.LAYER}: executive”, manager or user.")
        )
        return None
    layer = layer_called(named.words)
    if layer is None:
        problems.append(At(named.line, f"“{shorten(named.words, 40)}” is no layer."))
    return layer


def layer_called(name: str) -> Layer | None:
    """ "executive", "executives", or three letters of it."""
    typed = name.strip().casefold().removesuffix("s")
    found = (one for one in LAYERS if one.startswith(typed) and len(typed) >= 3)
    return next(found, None)


def _day(named: At | None, today: date, problems: list[At]) -> date | None:
    if named is None:
        return today
    try:
        return read_past_day(named.words, today)
    except RefusedError as error:
        problems.append(At(named.line, str(error)))
        return None
