"""The interview guide: what to ask one layer of an account, without a word about our products.

What is known is to be confirmed, the oldest facts first; gaps become open questions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from pmdesk.customers.gaps import gaps
from pmdesk.customers.guides import questions as ask
from pmdesk.customers.guides.pages import Block, Guide, amount, day_words
from pmdesk.customers.hierarchy import Hierarchy, by_code
from pmdesk.customers.kinds import Layer
from pmdesk.customers.measuring import latest
from pmdesk.customers.things import Account, Evidence, Node
from pmdesk.customers.wording import feature_words
from pmdesk.text import clean_line, shorten

MOST = 8
"""Questions of a page: an hour holds no more."""
_QUOTE = 200
"""Characters of what was said."""
_NOTED = 5
"""Nodes left out that are named."""


@dataclass(frozen=True, slots=True)
class Question:
    """About one node; its answers are filed on that."""

    node: Node
    last: date | None
    """When anybody in the market spoke of it last; None: nobody has."""
    known: tuple[str, ...]
    asks: tuple[str, ...]


@dataclass(frozen=True)
class InterviewGuide(Guide):
    account: Account
    layer: Layer
    questions: tuple[Question, ...]
    """Of the page, in their order."""


def interview_guide(
    hierarchy: Hierarchy, account: Account, layer: Layer, today: date
) -> InterviewGuide:
    """What to ask an account's executives, managers or users."""
    return _Making(hierarchy, account, layer, today).guide()


class _Making:
    def __init__(self, hierarchy: Hierarchy, account: Account, layer: Layer, today: date) -> None:
        self.hierarchy = hierarchy
        self.account = account
        self.layer = layer
        self.market = {one.id for one in hierarchy.accounts_of.get(account.market_id, ())}
        self.products = tuple(one.name for one in hierarchy.products)
        self.gaps: defaultdict[str, set[str]] = defaultdict(set)
        for gap in gaps(hierarchy, today):
            self.gaps[gap.subject].add(gap.rule)

    def guide(self) -> InterviewGuide:
        named, questions = [], []
        for node in self._concerns():
            if words := feature_words(node.statement, self.products):
                named.append((node, words))
            else:
                questions.append(self._question(node))
        page = _of_one_page(questions, self.layer)
        name = self._safe(self.account.name) or self.account.key
        return InterviewGuide(
            f"{ask.TITLE}: {name}, {ask.THEM[self.layer]}",
            (*self._head(name), *_blocks(page), *_left(named, len(questions) - len(page))),
            self.account,
            self.layer,
            page,
        )

    def _head(self, name: str) -> Iterator[Block]:
        yield Block("form", f"{ask.ACCOUNT}: {name}")
        yield Block("form", f"{ask.LAYER}: {self.layer}")
        yield Block("form", f"{ask.HEARD_ON}:")
        yield Block("form", f"{ask.PERSON}:")
        yield Block("words", ask.HOW[self.layer], key=self.account.key)
        yield Block("how", ask.FILED)

    def _concerns(self) -> Iterator[Node]:
        """What this layer of this market can speak of."""
        hierarchy = self.hierarchy
        for goal in hierarchy.roots_of.get(self.account.market_id, ()):
            if goal.status == "active":
                yield from filter(self._concerns_them, hierarchy.subtree(goal.id))
        for need in hierarchy.roots_of.get(None, ()):
            if self._concerns_them(need) and self._of_this_market(need):
                yield need

    def _concerns_them(self, node: Node) -> bool:
        if node.status != "active" or node.kind not in ask.KINDS[self.layer]:
            return False
        return node.kind != "need" or node.layer in (self.layer, None)

    def _of_this_market(self, need: Node) -> bool:
        heard = self.hierarchy.evidence_on.get(need.id, ())
        if need.market_id is not None or not heard:
            return need.market_id == self.account.market_id
        return any(one.account_id in self.market for one in heard)

    # One question -----------------------------------------------------------------------

    def _question(self, node: Node) -> Question:
        heard = [
            one
            for one in self.hierarchy.evidence_on.get(node.id, ())
            if one.account_id in self.market
        ]
        known = (*self._said(heard), *self._measured(node))
        return Question(
            node, heard[-1].heard_on if heard else None, known, tuple(self._asks(node, heard))
        )

    def _said(self, heard: list[Evidence]) -> Iterator[str]:
        """The last that this account said; that others have spoken, but not what or who."""
        own = [one for one in heard if one.account_id == self.account.id]
        if own:
            last = own[-1]
            who = self._safe(last.person or "")
            said = self._safe(shorten(clean_line(last.quote or ""), _QUOTE))
            from_whom = f"{who} ({last.layer})" if who else f"one of their {ask.THEM[last.layer]}"
            quoted = f": “{said}”" if said else ""
            yield f"{ask.KNOWN} {day_words(last.heard_on)}, {from_whom}{quoted}"
        elif heard:
            yield f"{ask.KNOWN} heard {day_words(heard[-1].heard_on)} in another organisation"

    def _measured(self, node: Node) -> Iterator[str]:
        for measure in self.hierarchy.measures_of.get(node.id, ()):
            name, unit = self._safe(measure.name), self._safe(measure.unit or "")
            now = latest(measure)
            if not name:
                continue
            way = f"from {amount(measure.baseline)} to {amount(measure.target, unit)}"
            stands = f"; {amount(now.value, unit)} on {day_words(now.taken_on)}" if now else ""
            yield f"{ask.KNOWN} {name}, {way}{stands}"

    def _asks(self, node: Node, heard: list[Evidence]) -> Iterator[str]:
        rules = self.gaps.get(node.key, set())
        unheard = not heard or ("goal-unheard" in rules and self.layer == "executive")
        first = ask.UNHEARD if unheard else ask.CONFIRM
        yield first[node.kind][self.layer]
        for rule, by_layer in ask.OF_GAPS:
            if rule in rules and self.layer in by_layer:
                yield by_layer[self.layer]
        if node.kind == "goal" and self.hierarchy.measures_of.get(node.id):
            yield ask.MEASURED[self.layer]
        if "need-one-voice" in rules and {one.account_id for one in heard} != {self.account.id}:
            yield ask.ONE_VOICE

    def _safe(self, text: str) -> str:
        """The words; "" where they name a product or feature."""
        line = clean_line(text)
        return "" if feature_words(line, self.products) else line


# The page ---------------------------------------------------------------------------------------


def _of_one_page(questions: Iterable[Question], layer: Layer) -> tuple[Question, ...]:
    """Known ones, the oldest first, then those nobody was heard on; half of the page each
    where there are many of both."""
    places: Mapping[str, int] = {kind: place for place, kind in enumerate(ask.KINDS[layer])}
    known: list[Question] = []
    unheard: list[Question] = []
    for one in questions:
        (unheard if one.last is None else known).append(one)
    known.sort(key=lambda one: (one.last or date.min, by_code(one.node.code)))
    unheard.sort(key=lambda one: (places[one.node.kind], by_code(one.node.code)))
    known, unheard = (_few_goals(each, ask.GOALS[layer]) for each in (known, unheard))
    first = known[: max(MOST // 2, MOST - len(unheard))]
    return (*first, *unheard[: MOST - len(first)])


def _few_goals(questions: list[Question], most: int) -> list[Question]:
    goals = [one for one in questions if one.node.kind == "goal"]
    beyond = {one.node.id for one in goals[most:]}
    return [one for one in questions if one.node.id not in beyond]


def _blocks(page: tuple[Question, ...]) -> Iterator[Block]:
    known = [one for one in page if one.last is not None]
    unheard = [one for one in page if one.last is None]
    for title, questions in ((ask.SECTIONS[0], known), (ask.SECTIONS[1], unheard)):
        if questions:
            yield Block("head", title)
        for one in questions:
            yield Block("topic", one.node.statement, one.node.code, one.node.key)
            yield from (Block("item", words, key=one.node.key) for words in one.known)
            yield from (Block("ask", words, key=one.node.key) for words in one.asks)
            yield Block("space", ask.ANSWER, key=one.node.key)
    yield Block("head", ask.SECTIONS[2])
    for words in ask.LAST:
        yield Block("topic", words, ask.NEW)
        yield Block("space", ask.ANSWER)


def _left(named: list[tuple[Node, tuple[str, ...]]], more: int) -> Iterator[Block]:
    for node, words in named[:_NOTED]:
        sentence = f"{node.code} is left out: “{words[0]}” is ours, not theirs. Say it without."
        yield Block("fault", sentence, key=node.key)
    if (others := len(named) - _NOTED) > 0:
        yield Block("fault", f"{others:,} more are left out for the same reason.")
    if more > 0:
        yield Block("note", f"{more:,} more questions wait for another talk.")
