"""The keys of a dialog in one line, or as many as there is room for; the fullest form that fits."""

from __future__ import annotations

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from pmdesk.ui.key_names import with_keys
from pmdesk.ui.widgets.cells import elide

_BETWEEN = " · "


class Hints(Widget):
    """Broken between keys only. In few lines the last keys are the ones that stay. `{id}` in
    the words stands for the key of that id."""

    def __init__(self, *forms: str) -> None:
        super().__init__(id="hints")
        self._forms = forms
        self.warning = False

    def tell(self, *forms: str, warning: bool = False) -> None:
        """Other keys, the fullest form first."""
        self._forms, self.warning = forms, warning
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._lines(width, _most_lines(viewport.height)))

    def render(self) -> RenderResult:
        lines = self._lines(self.size.width, _most_lines(self.screen.size.height))
        style = "bold $warning" if self.warning else "$muted"
        return Content("\n").join(Content.styled(line, style) for line in lines)

    def _lines(self, width: int, most: int) -> list[str]:
        forms = [with_keys(form, self.app) for form in self._forms]
        for form in forms:
            lines = _broken(form, width)
            if len(lines) <= most and all(cell_len(line) <= width for line in lines):
                return lines
        parts = forms[-1].split(_BETWEEN)
        while len(parts) > 1 and len(_broken(_BETWEEN.join(parts), width)) > most:
            parts.pop(0)
        return [elide(line, width) for line in _broken(_BETWEEN.join(parts), width)[:most]]


def _most_lines(height: int) -> int:
    return 1 if height < 10 else 2


def _broken(text: str, width: int) -> list[str]:
    """In lines that are broken between keys."""
    lines: list[str] = []
    for part in text.split(_BETWEEN):
        if lines and cell_len(lines[-1] + _BETWEEN + part) <= width:
            lines[-1] += _BETWEEN + part
        else:
            lines.append(part)
    return lines
