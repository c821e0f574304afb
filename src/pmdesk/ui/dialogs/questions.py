"""What is asked back while a statement is typed: "the time, not the watch" (DOMAIN §1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmdesk.customers.wording import MOST_WORDS, feature_words, word_count

if TYPE_CHECKING:
    from pmdesk.customers.hierarchy import Hierarchy
    from pmdesk.customers.kinds import NodeKind
    from pmdesk.ui.widgets.statement_field import Says


def of_node(hierarchy: Hierarchy, kind: NodeKind) -> Says:
    """A node that names one of our products or a feature is questioned, not refused."""
    products = tuple(product.name for product in hierarchy.products)
    asked = {
        "need": "what must they know or do, whatever the product?",
        "goal": "is it theirs, with or without us?",
    }.get(kind, "how would they say it who don't know us?")

    def asks(text: str) -> str:
        named = feature_words(text, products)
        return f"It names {_all(named)}: {asked}" if named else ""

    return asks


def of_value_statement(hierarchy: Hierarchy) -> Says:
    """Products, features and too many words."""
    products = tuple(product.name for product in hierarchy.products)

    def asks(text: str) -> str:
        named = feature_words(text, products)
        if named:
            return f"It names {_all(named)}: what changes for them, whatever brings it?"
        more = word_count(text) - MOST_WORDS
        if more > 0:
            return f"{more} {'word' if more == 1 else 'words'} too many: which do they not need?"
        return ""

    return asks


def words_of(text: str) -> str:
    """ "12 of 25 words"."""
    return f"{word_count(text)} of {MOST_WORDS} words"


def _all(words: tuple[str, ...]) -> str:
    return ", ".join(f"“{word}”" for word in words)
