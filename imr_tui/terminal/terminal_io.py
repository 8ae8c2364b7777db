"""The components between one app and its terminal."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from imr_tui.terminal.display import Display
from imr_tui.terminal.driver import TerminalDriver
from imr_tui.terminal.input_queue import InputPipeline, InputQueue
from imr_tui.terminal.painter import Painter
from imr_tui.terminal.paste_policy import PastePolicy
from imr_tui.terminal.rebinding import Rebinding

if TYPE_CHECKING:
    from textual.app import App

    from imr_tui.terminal.options import TerminalOptions


class TerminalIO:
    """The components, and what connects them."""

    def __init__(self, app: App[Any], options: TerminalOptions, deliver: Any) -> None:
        self.app = app
        """The app."""
        self.loop: asyncio.AbstractEventLoop | None = None
        """The loop that the app runs on, once it does."""
        self.options = options
        """How the app uses the terminal."""
        self.pipeline = InputPipeline(deliver)
        """The steps that see an event before its widget."""
        self.queue = InputQueue(app, self.pipeline)
        """Holds keys until earlier ones have taken effect."""
        self.painter = Painter(app, lambda: self.queue.is_settling)
        """Sends the cells that differ."""
        self.display = Display(
            app,
            self.pipeline,
            self.queue,
            self.painter,
            options.transliteration,
            options.unsafe,
            options.status,
            options.theme,
            options.keys_when_small,
            options.hint_when_small,
        )
        """Colours, characters, size and cursor."""
        self.rebinding = Rebinding(options.rebind) if options.rebind is not None else None
        """Gives actions the keys of the site, if it has any."""
        self.pastes = PastePolicy(app, options.clean_paste)
        """Keeps pastes from acting as keys."""
        self.queue.on_idle.append(self.painter.release_held)
        self.pipeline.steps = [self.display, self.queue, self.pastes]

    @property
    def driver(self) -> TerminalDriver | None:
        """The driver, while the app has a terminal."""
        driver = self.app._driver
        return driver if isinstance(driver, TerminalDriver) else None

    def exit(self) -> None:
        """Exit the app; from any thread, and from a signal handler."""
        if self.loop is not None:
            # A message posted by a signal handler would not wake the loop.
            self.loop.call_soon_threadsafe(self.app.exit)
