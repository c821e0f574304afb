"""Which thing a person means by a code or a name typed on the command line."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from pmdesk.customers.hierarchy import Hierarchy, by_code
from pmdesk.customers.kinds import LETTERS
from pmdesk.customers.things import PORTFOLIO
from pmdesk.errors import RefusedError
from pmdesk.fuzzy import fold
from pmdesk.text import clean_line, shorten

_NEAR = 3


def key_named(hierarchy: Hierarchy, typed: str) -> str:
    """The key of what is called so, in any case: a code, a key, the name of a market, account
    or product, or the beginning of one. RefusedError names what comes near."""
    line = clean_line(typed)
    for key in (line, line.upper(), line.lower()):
        if key == PORTFOLIO or hierarchy.thing(key) is not None:
            return key
    names = _names(hierarchy)
    wanted = fold(line)
    for found in (
        [key for name, key in names if fold(name) == wanted],
        [key for name, key in names if wanted and fold(name).startswith(wanted)],
    ):
        if len(found) == 1:
            return found[0]
        if found:
            raise RefusedError(f"“{shorten(line)}” can be several things: write {_listed(found)}.")
    near = _near(hierarchy, line, [name for name, _ in names])
    also = f"; near it: {', '.join(near)}" if near else ""
    raise RefusedError(f"There is no “{shorten(line)}” in the hierarchy{also}.")


def _names(hierarchy: Hierarchy) -> list[tuple[str, str]]:
    return [
        *((one.name, one.key) for one in hierarchy.markets),
        *((one.name, one.key) for one in hierarchy.accounts),
        *((one.name, one.key) for one in hierarchy.products),
    ]


def _listed(keys: Iterable[str]) -> str:
    return " or ".join(f"“{key}”" for key in list(keys)[:_NEAR])


def _near(hierarchy: Hierarchy, line: str, names: list[str]) -> list[str]:
    """Codes of that letter with the nearest numbers, else names that look like it."""
    letter, number = line[:1].upper(), line[1:]
    if letter in LETTERS and number.isdecimal() and number.isascii():
        codes = [one.code for one in hierarchy.nodes if one.code.startswith(letter)]
        codes += [one.code for one in hierarchy.requirements if one.code.startswith(letter)]
        codes += [one.code for one in hierarchy.solutions if one.code.startswith(letter)]
        wanted = int(number[:9])
        return sorted(codes, key=lambda code: (abs(by_code(code)[1] - wanted), code))[:_NEAR]
    folded = {fold(name): name for name in names}
    return [folded[one] for one in get_close_matches(fold(line), folded, _NEAR, 0.5)]
