"""A collection of all that is unused never comes amid keys."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from pmdesk.ui.rubbish import Rubbish


class Ring:
    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def as_before() -> Iterator[None]:
    threshold = gc.get_threshold()
    yield
    gc.set_threshold(*threshold)
    gc.unfreeze()


def test_what_is_unused_goes_once_no_key_has_come_for_a_while(as_before: None) -> None:
    now = [0.0]
    rubbish = Rubbish(lambda: now[0])
    rubbish.begin()
    ring = Ring()
    unused = weakref.ref(ring)
    for _ in range(12):
        gc.collect(1)
    del ring  # too old for a lesser collection
    now[0] = 20
    rubbish.key_came()
    now[0] = 22
    rubbish.beat()
    gc.collect(1)
    assert unused() is not None
    now[0] = 24
    assert gc.get_count()[2] >= 10
    rubbish.beat()
    assert unused() is None
    assert gc.get_count()[2] == 0
