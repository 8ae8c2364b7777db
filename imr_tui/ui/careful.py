"""An app that lets nothing of what it is told out of itself, and stops quietly."""

from textual.worker import WorkerFailed

from imr_tui.errors import EXIT_BUG
from imr_tui.ui.display import DisplayedApp


class CarefulApp(DisplayedApp):
    """Overrides what the stock app does with texts that are health information here."""

    def __init__(self) -> None:
        super().__init__()
        self.fault: BaseException | None = None
        """What stopped the app, if it was a fault of its own."""

    def copy_to_clipboard(self, text: str) -> None:
        # Kept inside: the stock method sends case text to the terminal's own clipboard.
        self._clipboard = text

    def crash(self, error: BaseException) -> None:
        """Stop because of a fault on another thread."""
        self.call_later(self._handle_exception, error)

    def _handle_exception(self, error: Exception) -> None:
        cause = error.error if isinstance(error, WorkerFailed) else error
        self.fault = self.fault or cause
        super()._handle_exception(error)
        self._return_code = EXIT_BUG

    def _fatal_error(self) -> None:
        # The stock method renders local variables, which are health information.
        self._close_messages_no_wait()

    def _print_error_renderables(self) -> None:
        # Who runs the app tells the fault.
        self._exit_renderables.clear()
