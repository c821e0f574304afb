"""Marks that stay on things, wherever these stand and whether they show."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

from pmdesk.ui.widgets.outline import Outline
from pmdesk.ui.widgets.outline_lines import T


class MarkingOutline(Outline[T]):
    """A thing may stand on several lines, all marked with it, or be folded or filtered away."""

    def __init__(self, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id)
        self.marked: dict[str, T] = {}
        """What is marked, by its key, in the order in which it was."""

    def show_ids(self, ids: array[int], keep: int | None = None, anew: bool = False) -> None:
        super().show_ids(ids, keep, anew)
        self.marks = self._ids_of_marked()

    def unmark(self) -> None:
        self._last_marked = None
        self.unmark_keys(tuple(self.marked))

    def unmark_keys(self, keys: Iterable[str]) -> None:
        """These are marked no longer, or are gone."""
        left = {key: item for key, item in self.marked.items() if key not in {*keys}}
        if left != self.marked:
            self.marked = left
            self._draw_marks()

    def _take_marks(self, marks: set[int]) -> None:
        gone = {self.line(id_).key for id_ in self.marks - marks}
        came = (self.line(id_).item for id_ in sorted(marks - self.marks))
        left = {key: item for key, item in self.marked.items() if key not in gone}
        left |= {item.key: item for item in came if item.key}
        if left.keys() != self.marked.keys():
            self.marked = left
            self._draw_marks()

    def _draw_marks(self) -> None:
        before, self.marks = self.marks, self._ids_of_marked()
        self.redraw(before ^ self.marks)
        self.post_message(self.Marked())

    def _ids_of_marked(self) -> set[int]:
        if not self.marked:
            return set()
        return {line.id for line in self.lines if line.key in self.marked}
