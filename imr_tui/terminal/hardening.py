"""An app that lets nothing of what it is told out of itself, and stops quietly."""

import asyncio
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, ClassVar, NoReturn

from textual.worker import WorkerFailed

from imr_tui.terminal.display import DisplayedApp

if TYPE_CHECKING:
    from imr_tui.terminal.tty import Terminal


class HardenedApp(DisplayedApp):
    """Overrides what the stock app does with its texts, which are private."""

    exit_code_of_fault: ClassVar[int] = 1
    """What the process ends with after a fault of the program."""

    def __init__(self) -> None:
        super().__init__()
        self.fault: BaseException | None = None
        """What stopped the app, if it was a fault of its own."""
        self.terminal: Terminal | None = None
        """Where the app is shown; None for that of standard input."""

    @property
    def sends_clipboard(self) -> bool:
        """Whether what is copied goes to the terminal's clipboard."""
        return False

    def look_at_clock(self) -> None:
        """Do what is due, as after the process was stopped for a while."""

    def copy_to_clipboard(self, text: str) -> None:
        if self.sends_clipboard:
            super().copy_to_clipboard(text)
            # Whether the terminal took it, it does not say.
            self.notify("Sent to your terminal, for its clipboard.", markup=False)
        else:
            # Kept inside: the stock method sends case text to the terminal's own clipboard.
            self._clipboard = text

    # ── What would carry the screen out of the folder of cases ───────────────────────────

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
        self.notify("Not done: nothing leaves the folder of cases.", severity="warning")

    def crash(self, error: BaseException) -> None:
        """Stop because of a fault on another thread."""
        self.call_later(self._handle_exception, error)

    def _on_load(self) -> None:
        # Else a task that nobody waits for fails unseen, and the app goes on without it.
        asyncio.get_running_loop().set_exception_handler(self._crash_of_a_task)

    def _crash_of_a_task(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, Exception) and self.is_running:
            self._handle_exception(error)

    def _handle_exception(self, error: Exception) -> None:
        cause = error.error if isinstance(error, WorkerFailed) else error
        self.fault = self.fault or cause
        super()._handle_exception(error)
        self._return_code = self.exit_code_of_fault

    def _fatal_error(self) -> None:
        # The stock method renders local variables, which are health information.
        self._close_messages_no_wait()

    def _print_error_renderables(self) -> None:
        # Who runs the app tells the fault.
        self._exit_renderables.clear()
