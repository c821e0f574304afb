"""The lines of an outline."""

from __future__ import annotations

from typing import Generic, NamedTuple, Protocol, TypeVar


class Branching(Protocol):
    """What is to be shown, with what hangs below it as far as it was read."""

    @property
    def path(self) -> str:
        """By this the line is known again when the outline is read anew."""

    @property
    def key(self) -> str:
        """Of the thing it shows, which may stand on several lines."""

    @property
    def has_below(self) -> bool: ...


T = TypeVar("T", bound=Branching)


class Line(NamedTuple, Generic[T]):
    """A line of an outline."""

    id: int
    """The same for the same path, as long as the outline lives."""
    item: T
    guides: str
    """What stands before it, so that the eye finds what it hangs on."""
    above: int | None
    """The id of the line it hangs on."""
    open: bool = False
    below: tuple[int, ...] | None = None
    """The ids of the lines that hang on it; None while they are not read."""

    @property
    def key(self) -> str:
        return self.item.key

    @property
    def path(self) -> str:
        return self.item.path

    @property
    def has_below(self) -> bool:
        return self.item.has_below

    @property
    def foldable(self) -> bool:
        return self.open and self.has_below
