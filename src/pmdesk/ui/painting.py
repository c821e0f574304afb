"""What of the screen is drawn for a frame."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.strip import Strip


class Painter(Compositor):
    """Asks for the lines that change, of the widgets on top there.

    Textual's own asks each widget between the first line that changes and the last for all of
    its lines: a step of the cursor then costs as much as the whole screen.
    """

    _changing: tuple[Region, ...] = ()

    def render_partial_update(self) -> ChopsUpdate | None:
        self._changing = tuple(self._dirty_regions)
        try:
            return super().render_partial_update()
        finally:
            self._changing = ()

    def _get_renders(
        self, crop: Region | None = None
    ) -> Iterable[tuple[Region, Region, list[Strip]]]:
        return self._changed() if self._changing else super()._get_renders(crop)

    def _changed(self) -> Iterator[tuple[Region, Region, list[Strip]]]:
        left: Iterable[Region] = self._changing
        for widget, (region, clip) in self.visible_widgets.items():
            shown = region.intersection(clip)
            parts = [shown.intersection(one) for one in left]
            for top, end in _runs(sorted({y for part in parts if part for y in part.line_range})):
                part = Region(shown.x, top, shown.width, end - top)
                yield part, part, widget.render_lines(part.translate(-region.offset))
            if any(parts):  # what is behind it there doesn't show
                left = [rest for one in left for rest in _without(one, shown)]
                if not left:
                    return


def _without(region: Region, covered: Region) -> Iterator[Region]:
    """What is left of a region."""
    part = region.intersection(covered)
    if not part:
        yield region
        return
    beside = (
        Region.from_corners(region.x, region.y, region.right, part.y),
        Region.from_corners(region.x, part.bottom, region.right, region.bottom),
        Region.from_corners(region.x, part.y, part.x, part.bottom),
        Region.from_corners(part.right, part.y, region.right, part.bottom),
    )
    yield from filter(None, beside)


def _runs(lines: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Lines that follow one another: the first, and the one after the last."""
    top = end = -1
    for y in lines:
        if y != end:
            if end > top:
                yield top, end
            top = y
        end = y + 1
    if end > top:
        yield top, end
