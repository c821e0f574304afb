"""Finding one of thousands of names by a few letters, also by wrong ones.

The order of hits: what is called exactly so (by its name, then by an alias or a code), names
that begin so, those with words that begin so, initials, letters that stand together, letters
that stand in their order, and last what differs by a slip or two. Hits of one kind keep the
order in which the entries were given, so that the same letters always find the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from unicodedata import combining, normalize

ENOUGH = 50
"""Hits after which letters in their order and slips are no longer looked for."""
LONGEST = 200
"""Letters looked at of what is typed: no name is told apart by more."""

_PLAIN = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe"})
_UNSEEN = frozenset("\u200b\u200c\u200d\u2060\ufe0e\ufe0f")


@dataclass(frozen=True, slots=True)
class Pickable:
    """Something that can be picked by its name."""

    id: int | str
    name: str
    note: str = ""
    """What tells it apart: its market, layer, function."""
    also: tuple[str, ...] = ()
    """What else it is called: aliases, its code."""


@dataclass(frozen=True, slots=True)
class Pickables:
    """The entries of a picker, the likeliest first."""

    entries: tuple[Pickable, ...]
    left_out: int = 0
    """How many more there are than can be picked from."""


def fold(text: str) -> str:
    """The text without case, accents and what can't be seen."""
    if text.isascii():
        return text.lower()
    return "".join(map(_folded, text))


def _folded(sign: str) -> str:
    if sign.isascii():
        return sign.lower()
    parts = normalize("NFKD", normalize("NFKD", sign).casefold())
    return "".join(one for one in parts if not combining(one) and one not in _UNSEEN).translate(
        _PLAIN
    )


def slips(word: str) -> int:
    """How many letters of a typed word may be wrong, missing, too many or exchanged."""
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2


class Finder:
    """Answers for 10,000 entries within some ten milliseconds."""

    def __init__(self, entries: Sequence[Pickable]) -> None:
        self.entries = tuple(entries)
        self._names = [_words(entry.name) for entry in self.entries]
        self._others = [tuple(map(_words, entry.also)) for entry in self.entries]
        # one text to look into: the name, then what else it is called, each begun by a blank
        self._texts = [
            " " + " ".join((name, *others))
            for name, others in zip(self._names, self._others, strict=True)
        ]
        self._initials = ["".join(word[0] for word in name.split()) for name in self._names]
        self._called: dict[str, list[int]] = {}
        self._also_called: dict[str, list[int]] = {}
        for place, (name, others) in enumerate(zip(self._names, self._others, strict=True)):
            self._called.setdefault(name, []).append(place)
            for other in others:
                self._also_called.setdefault(other, []).append(place)
        self._places_of: dict[str, list[int]] | None = None

    def named(self, typed: str) -> Pickable | None:
        """The one entry that is called so; None where there is none, or several."""
        words = _words(typed)
        if not words:
            return None
        for called in (self._called, self._also_called):
            if found := called.get(words):
                return self.entries[found[0]] if len(set(found)) == 1 else None
        return None

    def find(self, typed: str) -> list[Pickable]:
        """The hits, best first; without letters all entries as they were given."""
        words = _words(typed[:LONGEST])
        if not words:
            return list(self.entries)
        found: dict[int, None] = {}
        for places in self._by_kind(words):
            found.update(dict.fromkeys(places))
        if len(found) < ENOUGH:
            found.update(dict.fromkeys(self._in_order(words.replace(" ", ""))))
        if len(found) < ENOUGH:
            found.update(dict.fromkeys(self._with_slips(words.split())))
        return [self.entries[place] for place in found]

    def _by_kind(self, words: str) -> Iterator[Iterable[int]]:
        yield self._called.get(words, ())
        yield self._also_called.get(words, ())
        yield [place for place, name in enumerate(self._names) if name.startswith(words)]
        texts = self._texts
        each = [f" {word}" for word in words.split()]
        beginning = [place for place, text in enumerate(texts) if each[0] in text]
        for word in each[1:]:
            beginning = [place for place in beginning if word in texts[place]]
        yield beginning
        if len(words) > 1:
            initials = words.replace(" ", "")
            yield [at for at, first in enumerate(self._initials) if first.startswith(initials)]
        yield [place for place, text in enumerate(texts) if words in text]

    def _in_order(self, letters: str) -> list[int]:
        """Names that hold the letters in their order, the first of them at the beginning of a
        word; those that hold them closest come first."""
        if len(letters) < 3:
            return []
        few, far = len(letters) < 5, len(letters) * 3 // 2  # a long word is rather a slip
        found = []
        for place, name in enumerate(self._names):
            spots = _in_order(name, letters)
            if spots and (few or spots[-1] - spots[0] < far):
                found.append((spots[-1] - spots[0], place))
        return [place for _far, place in sorted(found)]

    def _with_slips(self, words: list[str]) -> list[int]:
        """Where each word is nearly the beginning of one of the entry's words."""
        common: dict[int, int] | None = None
        for word in words:
            near: dict[int, int] = {}
            for slipped, places in self._near(word):
                for place in places:
                    near[place] = min(slipped, near.get(place, slipped))
            if common is not None:
                near = {at: near[at] + common[at] for at in common if at in near}
            common = near
        return sorted(common or {}, key=lambda place: ((common or {})[place], place))

    def _near(self, typed: str) -> Iterator[tuple[int, list[int]]]:
        if self._places_of is None:
            self._places_of = {}
            for place, text in enumerate(self._texts):
                for word in text.split():
                    self._places_of.setdefault(word, []).append(place)
        if not slips(typed):
            for word, places in self._places_of.items():
                if word.startswith(typed):
                    yield 0, places
            return
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract_iter

        # both first letters are hardly ever wrong, and it saves looking at nine words of ten
        first = set(typed[:2])
        known = [word for word in self._places_of if not first.isdisjoint(word[:2])]
        best: dict[str, int] = {}
        for long in {len(typed) - 1, len(typed), len(typed) + 1}:
            beginnings = [word[:long] for word in known]
            for _text, distance, at in extract_iter(
                typed, beginnings, scorer=OSA.distance, score_cutoff=slips(typed)
            ):
                best[known[at]] = min(int(distance), best.get(known[at], 9))
        for word, distance in best.items():
            yield distance, self._places_of[word]


def _words(text: str) -> str:
    """The folded words with one blank between them."""
    return " ".join(fold(text).split())


# Which letters to show as found ---------------------------------------------------------------


def found_in(text: str, typed: str) -> frozenset[int]:
    """The places of `text` that the typed letters stand at; none where they don't."""
    words = _words(typed[:LONGEST])
    letters: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        for letter in " " if sign.isspace() else _folded(sign):
            letters.append(letter)
            places.append(place)
    spots = _spots("".join(letters), words) if words else ()
    return frozenset(places[spot] for spot in spots)


def _spots(text: str, words: str) -> Iterable[int]:
    at = f" {text}".find(f" {words}")
    if at >= 0:
        return range(at, at + len(words))
    starts = [f" {text}".find(f" {word}") for word in words.split()]
    if min(starts) >= 0:
        pairs = zip(starts, words.split(), strict=True)
        return [at + more for at, word in pairs for more in range(len(word))]
    letters = words.replace(" ", "")
    firsts = [place for place, sign in enumerate(text) if f" {text}"[place] == " " != sign]
    if len(letters) > 1 and "".join(text[place] for place in firsts).startswith(letters):
        return firsts[: len(letters)]
    at = text.find(words)
    if at >= 0:
        return range(at, at + len(words))
    return _in_order(text, letters)


def _in_order(text: str, letters: str) -> list[int]:
    """Where the letters stand from the beginning of a word on; empty if they don't."""
    at = 0 if text.startswith(letters[0]) else text.find(f" {letters[0]}") + 1
    if at == 0 and not text.startswith(letters[0]):
        return []
    spots = [at]
    for letter in letters[1:]:
        at = text.find(letter, at + 1)
        if at < 0:
            return []
        spots.append(at)
    return spots
