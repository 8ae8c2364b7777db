"""All that stands between a Textual app and its terminal, and the overrides that put it there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NoReturn

from textual.geometry import Offset, Size
from textual.worker import WorkerFailed

from imr_tui.terminal.capabilities import Capabilities
from imr_tui.terminal.display import Display
from imr_tui.terminal.driver import TerminalDriver
from imr_tui.terminal.input_pipeline import InputPipeline
from imr_tui.terminal.input_queue import InputQueue
from imr_tui.terminal.painter import Painter
from imr_tui.terminal.paste_policy import PastePolicy
from imr_tui.terminal.sanitizer import CONTROLS
from imr_tui.terminal.too_small import at_least

if TYPE_CHECKING:
    from textual.app import App
    from textual.driver import Driver
    from textual.events import Event
    from textual.filter import LineFilter
    from textual.screen import Screen

    from imr_tui.terminal.tty import Terminal

    Base = App[None]
else:
    Base = object


def _same(text: str) -> str:
    return text


def _nothing() -> str:
    return ""


@dataclass(frozen=True)
class TerminalOptions:
    """How an app uses its terminal."""

    terminal: Terminal | None = None
    """The terminal; None for that of standard input."""
    capabilities: Capabilities = field(default_factory=Capabilities)
    """What it can show."""
    transliteration: Mapping[str, str] = field(default_factory=dict)
    """The ASCII forms of characters, for terminals that show nothing else."""
    unsafe: str = CONTROLS
    """A pattern for a character that is not painted, but marked."""
    clean_paste: Callable[[str], str] = _same
    """Makes a text fit to be kept that was pasted where no text can go."""
    status: Callable[[], str] = _nothing
    """The state of the work in words, shown where the screens do not fit."""
    sends_clipboard: bool = False
    """Whether what is copied goes to the terminal's clipboard."""
    refusal: str = "Not done: nothing leaves this app."
    """What is said where Textual would write a text or a picture to a file."""
    exit_code_of_fault: int = 1
    """The exit code after a fault of the program."""
    on_continue: Callable[[], object] = _nothing
    """Called when the process continues after it was stopped."""


class TerminalIO:
    """The parts between one app and its terminal."""

    def __init__(self, app: App[Any], options: TerminalOptions, deliver: Any) -> None:
        self.options = options
        """How the app uses the terminal."""
        self.pipeline = InputPipeline(deliver)
        """The steps that see an event before its widget does."""
        self.queue = InputQueue(app, self.pipeline)
        """Holds keys back until those before them have had their effect."""
        self.painter = Painter(app, lambda: self.queue.is_settling)
        """Sends what differs."""
        self.display = Display(
            app,
            self.pipeline,
            self.queue,
            self.painter,
            options.transliteration,
            options.unsafe,
            options.status,
        )
        """Colours, characters, size and cursor."""
        self.pastes = PastePolicy(app, options.clean_paste)
        """Keeps pastes from being commands."""
        self.queue.on_idle.append(self.painter.release)
        self.pipeline.steps = [self.display, self.queue, self.pastes]


class TerminalSupport(Base):
    """The overrides by which an app uses a TerminalIO; a mixin that stands before `App`.

    It also lets nothing of an app's texts out of the app, and stops it quietly after a fault.
    """

    io: TerminalIO
    fault: BaseException | None = None
    """The fault of the program that stopped the app, if one did."""

    def connect(self, options: TerminalOptions) -> None:
        """Put the parts between this app and its terminal; to be called at the end of init."""
        self.io = TerminalIO(self, options, super().on_event)
        self.io.display.fit(options.capabilities)

    def get_driver_class(self) -> type[Driver]:
        # The stock method imports whatever the environment names.
        return TerminalDriver

    # ── Input and output ─────────────────────────────────────────────────────────────────

    async def on_event(self, event: Event) -> None:
        await self.io.pipeline.run(event)

    def on_ready(self) -> None:
        """Take the keys that came before the first screen did."""
        self.io.queue.settle()

    def _display(self, screen: Screen[object], renderable: Any) -> None:
        update = self.io.display.shown(renderable)
        if self.io.painter.paint(screen, update):
            self.post_display_hook()
        else:
            super()._display(screen, update)  # type: ignore[arg-type]

    def post_display_hook(self) -> None:
        # Each frame has put the cursor into its place.
        if isinstance(self._driver, TerminalDriver):
            self._driver.show_cursor(self.io.display.caret is not None)

    def get_line_filters(self) -> Sequence[LineFilter]:
        return self.io.display.filters(super().get_line_filters())

    @property
    def size(self) -> Size:
        return at_least(super().size)

    @property
    def cursor_position(self) -> Offset:
        # Every frame ends with it. Widgets set it too early, before they have scrolled.
        return self.io.display.caret or Offset(0, 0)

    @cursor_position.setter
    def cursor_position(self, place: Offset) -> None:
        pass

    def _set_pointer_shape(self, shape: str) -> None:
        # There is no mouse, and old terminals print what they do not understand.
        pass

    def action_redraw(self) -> None:
        """Paint everything."""
        self.io.painter.repaint_all()

    # ── What would carry texts out of the app ────────────────────────────────────────────

    def copy_to_clipboard(self, text: str) -> None:
        if self.io.options.sends_clipboard:
            super().copy_to_clipboard(text)
            # Whether the terminal took it, it does not say.
            self.notify("Sent to your terminal, for its clipboard.", markup=False)
        else:
            # Kept inside: the stock method sends the text to the terminal's own clipboard.
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

    # ── Faults ───────────────────────────────────────────────────────────────────────────

    def crash(self, error: BaseException) -> None:
        """Stop because of a fault on another thread."""
        self.call_later(self._handle_exception, error)

    def _on_load(self) -> None:
        # Else a task that nobody waits for fails unseen, and the app runs without it.
        asyncio.get_running_loop().set_exception_handler(self._crash_of_a_task)

    def _crash_of_a_task(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, Exception) and self.is_running:
            self._handle_exception(error)

    def _handle_exception(self, error: Exception) -> None:
        cause = error.error if isinstance(error, WorkerFailed) else error
        self.fault = self.fault or cause
        super()._handle_exception(error)
        self._return_code = self.io.options.exit_code_of_fault

    def _fatal_error(self) -> None:
        # The stock method renders local variables, which may be private.
        self._close_messages_no_wait()

    def _print_error_renderables(self) -> None:
        # The caller of the app tells of the fault.
        self._exit_renderables.clear()
