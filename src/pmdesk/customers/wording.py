"""Whether words speak of the customer or of our products: the lint of needs and value statements.

"The time, not the watch" (DOMAIN §1): a gain is said without the feature that brings it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

MOST_WORDS = 25
"""Of a value statement."""

_FEATURES = (
    "dashboard", "report", "screen", "button", "export", "alert", "app", "API", "AI", "module",
    "feature", "integration", "widget", "tool",
)  # fmt: skip


def feature_words(text: str, products: Iterable[str]) -> tuple[str, ...]:
    """Words of a text that name a product or a feature, as they stand there, each once.

    `products` are names: they count as whole words with their capitals; features in any case,
    also where there are several.
    """
    found = (one.group() for one in _pattern(tuple(products)).finditer(text))
    return tuple(dict.fromkeys(" ".join(one.split()) for one in found))


def word_count(text: str) -> int:
    """How many words it has; a dash is none."""
    return sum(any(sign.isalnum() for sign in word) for word in text.split())


@lru_cache(maxsize=8)
def _pattern(products: tuple[str, ...]) -> re.Pattern[str]:
    names = (r"\s+".join(map(re.escape, name.split())) for name in products if name.strip())
    longest_first = sorted(set(names), key=lambda name: (-len(name), name))
    features = "|".join(_FEATURES)
    return re.compile(rf"(?<!\w)(?:{'|'.join((*longest_first, f'(?i:(?:{features})s?)'))})(?!\w)")
