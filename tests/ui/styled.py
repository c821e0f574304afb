"""An app of one or two widgets that looks as pmdesk does."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from textual.app import App

from pmdesk import config
from pmdesk.ui import themes


class Styled(App[Any]):
    ENABLE_COMMAND_PALETTE = False

    def __init__(self) -> None:
        folder = config.resources("styles")
        super().__init__(
            css_path=[PurePath(str(folder / f"{name}.tcss")) for name in ("base", "dialogs")]
        )
        for theme in (themes.DARK, themes.LIGHT):
            self.register_theme(theme)
        self.theme = themes.DARK.name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return themes.own_variables(self.current_theme)
