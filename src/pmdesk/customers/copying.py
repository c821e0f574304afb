"""What can be copied of a thing in the customer hierarchy."""

from __future__ import annotations

from collections.abc import Iterator

from pmdesk.copying import Copyable
from pmdesk.customers.hierarchy import Hierarchy
from pmdesk.customers.item import heard, layer_of, words_of
from pmdesk.customers.outlines.text import words_of as written
from pmdesk.customers.outlines.writing import outline, part_of
from pmdesk.customers.seeing import sight
from pmdesk.customers.things import (
    PORTFOLIO,
    Account,
    Evidence,
    Measure,
    Node,
    Product,
    Reading,
    Requirement,
    Solution,
    Thing,
)
from pmdesk.customers.trace import trace
from pmdesk.customers.trace_rows import markdown
from pmdesk.outline_words import meant
from pmdesk.text import clean_line


def of_thing(hierarchy: Hierarchy, key: str) -> tuple[Copyable, ...]:
    """All that can be copied of a thing and of what hangs on it, the likeliest first; nothing
    of what is gone."""
    whole, layer = layer_of(key)
    if whole == PORTFOLIO:
        return tuple(_of_portfolio(hierarchy))
    thing = hierarchy.thing(whole)
    if thing is None:
        return ()
    about = Copyable("n", _named(thing), name_of(hierarchy, thing))
    return (about, *_parts(hierarchy, thing), *_around(hierarchy, thing, f"{whole} {layer or ''}"))


def name_of(hierarchy: Hierarchy, thing: Thing) -> str:
    """In one line: its code and statement, its name, or what was heard."""
    match thing:
        case Node() | Requirement() | Solution():
            return f"{thing.code} {clean_line(words_of(thing))}"
        case Evidence() | Reading() | Measure():
            return clean_line(meant(written(part_of(hierarchy, thing))))
    return clean_line(words_of(thing))


def _named(thing: Thing) -> str:
    match thing:
        case Node() | Requirement():
            return "code and statement"
        case Solution():
            return "code and name"
        case Evidence():
            return "what was heard, from whom"
        case Reading():
            return "day and value"
        case Measure():
            return "name, from where to where"
    return "name"


def _parts(hierarchy: Hierarchy, thing: Thing) -> Iterator[Copyable]:
    """Of the thing itself."""
    match thing:
        case Node() | Requirement():
            yield Copyable("w", "statement alone", clean_line(thing.statement))
        case Evidence(quote=str(quote)) if quote.strip():
            yield Copyable("w", "words alone", quote.strip())
        case Solution(value_statement=str(value)) if value.strip():
            yield Copyable("v", "value statement", value.strip())
        case Product(vision=str(vision)) if vision.strip():
            yield Copyable("v", "vision", vision.strip())
    seen = sight(hierarchy, thing.key)
    if seen.levels:
        yield Copyable("s", "line of sight", seen.words)
        above = [one for one in seen.levels[1:] if one.key]
        if above:
            names = [name_of(hierarchy, thing), *(f"{one.key} {one.words}" for one in above)]
            names += [seen.market.name] if seen.market else []
            yield Copyable("u", "all above it, as text", "\n".join(map(clean_line, names)))


def _around(hierarchy: Hierarchy, thing: Thing, key: str) -> Iterator[Copyable]:
    """Of what hangs on it."""
    if isinstance(thing, Account):
        pieces = heard(hierarchy, key.strip()).pieces
        if pieces:
            said = "\n".join(_heard(hierarchy, one) for one in pieces)
            yield Copyable("h", "all it told us, as Markdown", said)
    text = outline(hierarchy, [thing.key])
    words = "branch below, as Markdown" if "\n" in text else "as a line of an outline"
    yield Copyable("b", words, text)
    if not isinstance(thing, Reading):
        yield Copyable("t", "trace, as Markdown", markdown(trace(hierarchy, thing.key), {}))


def _heard(hierarchy: Hierarchy, one: Evidence) -> str:
    return f"- **{hierarchy.node[one.node_id].code}** {written(part_of(hierarchy, one))}"


def _of_portfolio(hierarchy: Hierarchy) -> Iterator[Copyable]:
    if hierarchy.vision:
        yield Copyable("v", "vision of the portfolio", hierarchy.vision.strip())
    if text := outline(hierarchy):
        yield Copyable("b", "the whole hierarchy, as Markdown", text)
