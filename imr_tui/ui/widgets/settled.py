"""A line that is written anew after a pause in typing."""

from textual.timer import Timer
from textual.widgets import Static

PAUSE_SECONDS = 0.3
"""The pause that the line waits for."""


class Settled(Static):
    """What it says may cost time to find out, so it never does so while keys come in."""

    def __init__(self) -> None:
        super().__init__("")
        self._pause: Timer | None = None

    def show(self) -> None:
        """Write the line anew."""
        raise NotImplementedError

    def show_soon(self) -> None:
        """Write the line anew once nothing has changed for a moment."""
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE_SECONDS, self.show)
