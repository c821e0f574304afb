"""`ctrl+p`: whatever a key does here, to be found by its name; from the bindings themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from textual._types import IgnoreReturnCallbackType
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.dom import DOMNode

from pmdesk.ui.key_groups import key_groups


@dataclass(frozen=True, slots=True)
class _Command:
    words: str
    keys: str
    help: str
    action: str
    node: DOMNode


class Palette(Provider):
    """The actions that can be done now, those of the pane first; then the theme."""

    async def discover(self) -> Hits:
        for command in self._commands():
            shown = Content.assemble(command.words, (f"  {command.keys}", "$text-muted"))
            yield DiscoveryHit(shown, self._doing(command), command.words, command.help)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for command in self._commands():
            words = f"{command.words}  {command.keys}"
            if (score := matcher.match(words)) > 0:
                yield Hit(
                    score, matcher.highlight(words), self._doing(command), words, command.help
                )

    def _commands(self) -> Iterator[_Command]:
        for _, lines in key_groups(self.screen.active_bindings.values()):
            for same in lines:
                first = same[0]
                if first.enabled and first.binding.action != "app.command_palette":
                    keys = " ".join(self.app.get_key_display(one.binding) for one in same)
                    help_ = first.binding.tooltip
                    words = first.binding.description
                    yield _Command(words, keys, help_, first.binding.action, first.node)
        yield _Command("Theme", "", "Dark, light and others", "app.change_theme", self.screen)

    def _doing(self, command: _Command) -> IgnoreReturnCallbackType:
        return partial(self.app.run_action, command.action, command.node)
