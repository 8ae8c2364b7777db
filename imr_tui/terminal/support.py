"""The overrides that connect a Textual app to the components between it and its terminal."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NoReturn

from textual.geometry import Offset, Size
from textual.screen import Screen
from textual.worker import WorkerFailed

from imr_tui.terminal.compositor import LineCompositor
from imr_tui.terminal.display import at_least
from imr_tui.terminal.driver import TerminalDriver
from imr_tui.terminal.terminal_io import TerminalIO

if TYPE_CHECKING:
    from textual.app import App
    from textual.dom import DOMNode
    from textual.driver import Driver
    from textual.events import Event
    from textual.filter import LineFilter
    from textual.widget import Widget

    from imr_tui.terminal.options import TerminalOptions

    Base = App[None]
else:
    Base = object


class TerminalSupport(Base):
    """The overrides that connect an app to its TerminalIO; a mixin to list before `App`.

    It also refuses what would send text out of the app, and hides tracebacks after a crash.
    """

    io: TerminalIO
    fault: BaseException | None = None
    """The exception that stopped the app, if any."""

    def connect(self, options: TerminalOptions) -> None:
        """Create the components; to be called at the end of `__init__`."""
        self.io = TerminalIO(self, options, super().on_event)
        if self.io.rebinding is not None:
            self.io.rebinding.apply(self)
        self.io.display.apply(options.capabilities)

    def get_driver_class(self) -> type[Driver]:
        # The stock method imports any class that an environment variable names.
        return TerminalDriver

    # ── Input and output ─────────────────────────────────────────────────────────────────

    async def on_event(self, event: Event) -> None:
        await self.io.pipeline.run(event)

    def on_ready(self) -> None:
        """Handle the keys that arrived before the first screen."""
        self.io.queue.settle()

    def _register(self, parent: DOMNode, *widgets: Widget, **options: Any) -> list[Widget]:
        for widget in widgets:
            if isinstance(widget, Screen):
                widget._compositor = LineCompositor()
                _set_breakpoint_classes(widget, self.size)
            if self.io.rebinding is not None:
                self.io.rebinding.apply(widget)
        return super()._register(parent, *widgets, **options)

    def refresh_css(self, animate: bool = True) -> None:
        # At the start it is called for the theme that the style sheet was read with.
        if self.stylesheet._variables != self.get_css_variables():
            super().refresh_css(animate)

    def _display(self, screen: Screen[object], renderable: Any) -> None:
        update = self.io.display.update_for(renderable)
        if self.io.painter.paint(screen, update):
            self.post_display_hook()
        else:
            super()._display(screen, update)  # type: ignore[arg-type]

    def post_display_hook(self) -> None:
        # Every frame has moved the cursor already.
        if (driver := self.io.driver) is not None:
            driver.show_cursor(self.io.display.caret is not None)

    def get_line_filters(self) -> Sequence[LineFilter]:
        return self.io.display.filters(super().get_line_filters())

    @property
    def size(self) -> Size:
        return at_least(super().size)

    @property
    def cursor_position(self) -> Offset:
        # Every frame ends with this move. Widgets set it too early, before they scroll.
        return self.io.display.caret or Offset(0, 0)

    @cursor_position.setter
    def cursor_position(self, place: Offset) -> None:
        pass

    def _set_pointer_shape(self, shape: str) -> None:
        # The mouse is off, and old terminals print the unknown sequence.
        pass

    def action_redraw(self) -> None:
        """Repaint everything."""
        self.io.painter.repaint_all()

    # ── Text must not leave the app ──────────────────────────────────────────────────────

    def copy_to_clipboard(self, text: str) -> None:
        if self.io.options.sends_clipboard:
            super().copy_to_clipboard(text)
            # The terminal does not confirm it.
            self.notify("Sent to the clipboard of your terminal.", markup=False)
        else:
            # The stock method also sends the text to the terminal's clipboard.
            self._clipboard = text

    def action_screenshot(self, filename: str | None = None, path: str | None = None) -> None:
        self._refuse()

    def action_suspend_process(self) -> None:
        self._refuse()

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        self._refuse()

    def deliver_screenshot(self, *_: object, **__: object) -> None:
        self._refuse()

    def deliver_text(self, path_or_file: str | Path | IO[str], **_: Any) -> None:
        self._refuse()

    def deliver_binary(self, path_or_file: str | Path | IO[bytes], **_: Any) -> None:
        self._refuse()

    def save_screenshot(self, *_: object, **__: object) -> NoReturn:
        raise RuntimeError("the screen is not written to any file")

    def _refuse(self) -> None:
        self.notify(self.io.options.refusal, severity="warning", markup=False)

    # ── Crashes ──────────────────────────────────────────────────────────────────────────

    def crash(self, error: BaseException) -> None:
        """Stop the app because of an exception on another thread."""
        self.call_later(self._handle_exception, error)

    def on_load(self) -> None:
        self.io.loop = asyncio.get_running_loop()
        # Otherwise an exception in a task that nothing awaits would be lost.
        self.io.loop.set_exception_handler(self._on_task_exception)

    def _on_task_exception(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, Exception) and self.is_running:
            self._handle_exception(error)

    def _handle_exception(self, error: Exception) -> None:
        cause = error.error if isinstance(error, WorkerFailed) else error
        self.fault = self.fault or cause
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        # The stock method prints local variables, which may be confidential.
        self.exit(return_code=self.io.options.crash_exit_code)

    def panic(self, *renderables: object) -> None:
        self._fatal_error()


def _set_breakpoint_classes(screen: Screen[Any], size: Size) -> None:
    """Set the classes for the size before the first styling, which a later change would repeat."""
    for length, points in (
        (size.width, screen.HORIZONTAL_BREAKPOINTS),
        (size.height, screen.VERTICAL_BREAKPOINTS),
    ):
        screen._classes |= screen._get_breakpoint_classes(length, points or [])
