"""The app: themes, safety of text, signals of the system, and the desk's heartbeat."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath
from types import NoneType
from typing import TYPE_CHECKING

from rich.text import Text
from textual import events, on
from textual.actions import ActionParseResult
from textual.app import App
from textual.dom import DOMNode
from textual.driver import Driver
from textual.filter import LineFilter
from textual.screen import Screen
from textual.signal import Signal
from textual.theme import Theme
from textual.widgets import Input
from textual.worker import Worker

from pmdesk import config, failures
from pmdesk.ui import themes
from pmdesk.ui.line_filter import Net
from pmdesk.ui.panes.inbox import Inbox
from pmdesk.ui.remembered import Remembered
from pmdesk.ui.rubbish import Rubbish
from pmdesk.ui.terminal_file import TerminalFile
from pmdesk.ui.type_ahead import TypeAhead
from pmdesk.ui.work import Faults, living_on
from pmdesk.ui.workspace import Workspace

if TYPE_CHECKING:
    from rich.console import RenderableType

    from pmdesk.desk import Desk
    from pmdesk.settings import Settings
    from pmdesk.ui.system_clipboard import SystemClipboard

_STYLES = ("base", "workspace", "inbox")
_LATER_STYLES = ("customers", "balance", "dialogs", "chooser")


class PmdeskApp(App[None]):
    TITLE = "pmdesk"
    ENABLE_COMMAND_PALETTE = False  # the workspace has its own

    def __init__(self, desk: Desk, settings: Settings | None = None, greeting: str = "") -> None:
        """`greeting` stands in the status line until there is something else to say."""
        self.remembered = Remembered()
        review_day = (settings.review_day if settings else None) or "friday"
        # first, since it asks the desk for the first rows
        self.workspace = Workspace(desk, self.remembered, review_day)
        super().__init__(css_path=[*_sheets(_STYLES)])
        self.desk = desk
        self.changed: Signal[frozenset[str]] = Signal(self, "changed")
        """Published after a commit, with the tables whose rows changed."""
        self.faults = Faults(desk.path.parent)
        self._keys = TypeAhead(self, self._deliver, self.workspace.customer_changes.shown)
        self._net = Net()
        self._rubbish = Rubbish()
        self._beating = False
        self._unsubscribe: Callable[[], None] | None = None
        for theme in (themes.DARK, themes.LIGHT):
            self.register_theme(theme)
        wished = settings.theme if settings and settings.theme else self.remembered.theme
        self.theme = wished if wished in self.available_themes else themes.DARK.name
        self._wished_theme = wished
        if settings and settings.keymap:
            from pmdesk.ui.keymap import checked

            self.set_keymap(checked(settings.keymap))
        self.stylesheet.set_variables(self.get_css_variables())
        self._painted = False
        self.wants_example = False
        self._greeting = greeting

    @cached_property
    def system_clipboard(self) -> SystemClipboard:
        from pmdesk.ui.system_clipboard import SystemClipboard

        return SystemClipboard(self, config.data_folder())

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return themes.own_variables(self.current_theme)

    def get_line_filters(self) -> Sequence[LineFilter]:
        return [*super().get_line_filters(), self._net]

    def get_default_screen(self) -> Screen[None]:
        return self.workspace

    def refresh_css(self, animate: bool = True) -> None:
        if self._painted:  # until then the sheets have been read with these very colours
            super().refresh_css(animate)

    # Beginning and end ----------------------------------------------------------------------

    def on_mount(self) -> None:
        loop = asyncio.get_running_loop()

        def publish(kinds: frozenset[str]) -> None:
            with suppress(RuntimeError):  # the loop has ended, and with it whoever would hear
                loop.call_soon_threadsafe(self.changed.publish, kinds)

        self._unsubscribe = self.desk.subscribe(publish)
        if not self.is_headless:
            for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
                loop.add_signal_handler(number, self._end, number)

    def on_unmount(self) -> None:
        self.remembered.write()
        if self._unsubscribe:
            self._unsubscribe()
        self.workspace.changes.close()

    async def _shutdown(self) -> None:
        self._keys.stop()
        self.workers.cancel_all()  # none may wake up among widgets that are gone
        await super()._shutdown()

    async def action_quit(self) -> None:
        if self.workspace.work.may_leave():
            await super().action_quit()

    def exit(
        self, result: None = None, return_code: int = 0, message: RenderableType | None = None
    ) -> None:
        """Every way out that is not a fault: what is being typed goes to the disk first."""
        self.workspace.changes.keep_all()
        super().exit(result, return_code, message)

    def _end(self, number: signal.Signals) -> None:
        """Leaves the terminal as it was, whoever ended the program."""
        self.exit(return_code=0 if number == signal.SIGINT else 128 + number)

    @on(Inbox.ExampleAsked)
    def action_example(self) -> None:
        """Leaves this desk; whoever opened the workspace opens the example."""
        if self.workspace.work.may_leave():
            self.wants_example = True
            self.exit()

    @on(Inbox.Ready)
    def _inbox_ready(self) -> None:
        self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        """After the first paint: what it did without, and one collection that all later ones
        need not repeat."""
        self._painted = True
        self.stylesheet.read_all(_sheets(_LATER_STYLES))
        self.refresh_css(animate=False)
        self.workspace.wake()
        self.workspace.changes.begin()
        self.desk.prepare()
        self._rubbish.begin()
        self.set_interval(1.0, self._beat)
        if self._wished_theme not in (None, self.theme):
            self._say(f"The settings name a theme that is not here: {self._wished_theme}.")
        if self._greeting:
            self.workspace.status.tell(self._greeting)
        self.theme_changed_signal.subscribe(self.workspace, self._remember_theme)

    def _remember_theme(self, theme: Theme) -> None:
        self.remembered.keep(theme=theme.name)

    def _beat(self) -> None:
        self._rubbish.beat()
        if self._terminal_gone():
            self._end(signal.SIGHUP)
        if not self._beating:
            self._beating = True
            _beat: Worker[None] = self.run_worker(self._wait_for_beat, group="beat")

    async def _wait_for_beat(self) -> None:
        with living_on(self.workspace):
            try:
                await asyncio.wrap_future(self.desk.beating())
                self.workspace.beat()
                if self.desk.trouble:
                    self._say(self.desk.trouble)
            finally:
                self._beating = False

    def _say(self, sentence: str) -> None:
        self.workspace.status.tell(sentence, warning=True)

    # What goes wrong ------------------------------------------------------------------------

    def _fatal_error(self) -> None:
        """One line, no local variables: they hold customers' texts."""
        if self._exit_renderables:  # the first fault is the cause of the others
            return
        self.workspace.changes.keep_all()
        error = sys.exc_info()[1] or self._exception
        log = failures.record(error, self.desk.path.parent) if error else None
        where = f"; where it happened is in {log}" if log else ""
        self._exit_renderables.append(
            Text(f"pmdesk stopped: a fault of the program ({type(error).__name__}){where}.")
        )
        self._close_messages_no_wait()

    def _build_driver(
        self, headless: bool, inline: bool, mouse: bool, size: tuple[int, int] | None
    ) -> Driver:
        driver = super()._build_driver(headless, inline, mouse, size)
        if "_file" in vars(driver):
            loop = asyncio.get_running_loop()

            def gone() -> None:
                with suppress(RuntimeError):  # the loop has ended
                    loop.call_soon_threadsafe(self._end, signal.SIGHUP)

            vars(driver)["_file"] = TerminalFile(vars(driver)["_file"], gone)
        return driver

    def panic(self, *renderables: RenderableType) -> None:
        """The thread that hears the keys has failed: most likely the terminal is gone."""
        if self._terminal_gone():
            self._end(signal.SIGHUP)
        else:
            message = Text("pmdesk stopped: the terminal can't be read from.")
            self.exit(return_code=1, message=message)

    def _terminal_gone(self) -> bool:
        """Closed, though no signal said so. Textual would go on reading from it for ever."""
        return not self.is_headless and not os.isatty(0)

    def _handle_exception(self, error: Exception) -> None:
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._fatal_error()

    # Keys and what they do ------------------------------------------------------------------

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, (events.Key, events.Paste)) and not event.is_forwarded:
            self.workspace.status.next_key()
            self.workspace.work.key_came()
            self._rubbish.key_came()
            await self._keys.hear(event)
        else:
            await super().on_event(event)

    async def _deliver(self, event: events.Event) -> None:
        """In the workspace a key goes at once to the binding that it would reach in the end:
        on its way from widget to widget each of them would have to wake up."""
        here = self.screen is self.workspace and not isinstance(self.focused, (Input, NoneType))
        if here and isinstance(event, events.Key):
            for priority in (True, False):
                if await self._check_bindings(event.key, priority):
                    return
        await super().on_event(event)

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        with living_on(self.workspace):
            return await super().run_action(action, default_namespace, namespaces)
        return True


def _sheets(names: Iterable[str]) -> list[PurePath]:
    folder = config.resources("styles")
    return [folder / f"{name}.tcss" for name in names]


@dataclass(frozen=True, slots=True)
class Ended:
    """How the workspace was left."""

    status: int
    """Of the process."""
    wants_example: bool
    """The example desk is to be opened next."""


def run(desk: Desk, settings: Settings | None = None, greeting: str = "") -> Ended:
    """The workspace on the terminal, until it is left."""
    # a frame is written by a thread, which would wait 5 ms for the one that has made it
    sys.setswitchinterval(0.0005)
    app = PmdeskApp(desk, settings, greeting)
    app.run()
    return Ended(app.return_code or 0, app.wants_example)
