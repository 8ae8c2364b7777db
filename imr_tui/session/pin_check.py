"""Checks the reviewer's PIN, with a longer pause after each wrong one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from imr_tui.store.config.account_state import load_wrong_pins, pause_seconds, save_wrong_pins

if TYPE_CHECKING:
    from imr_tui.store.cases.folder import Folder
    from imr_tui.store.config import Profile

TRIES = 5
"""The session ends after so many wrong PINs in a row, those of earlier sessions included."""
TOO_MANY = (
    "The session ended after five wrong PINs. All is saved. The next session continues the count."
)


class PinCheck:
    """Counts wrong PINs in a file, so that a new session or dialog does not start at zero."""

    def __init__(self, folder: Folder, seconds: Callable[[], float]) -> None:
        self._folder = folder
        self._seconds = seconds
        self.wrong = load_wrong_pins(folder)
        """Wrong PINs in a row."""
        self._next = seconds() + pause_seconds(self.wrong)

    @property
    def pause(self) -> int:
        """For how many seconds no PIN is checked after the last wrong one."""
        return pause_seconds(self.wrong)

    @property
    def wait(self) -> float:
        """For how many more seconds no PIN is checked; 0 or less if the next one is."""
        return self._next - self._seconds()

    def opens(self, profile: Profile | None, pin: str) -> bool:
        """Whether `pin` is the reviewer's; slow on purpose, so it is for a thread."""
        # Counted before it is checked, or a session that is killed in time has a free try.
        # Another session may have counted meanwhile.
        self.wrong = max(self.wrong, load_wrong_pins(self._folder)) + 1
        save_wrong_pins(self._folder, self.wrong)
        self._next = self._seconds() + self.pause
        if profile is None or not profile.opens_with(pin):
            return False
        self.wrong, self._next = 0, self._seconds()
        save_wrong_pins(self._folder, 0)
        return True


def wrong_in_words(left: int, pause: int) -> str:
    """The answer to a wrong PIN, with so many tries left, the next one after so many seconds."""
    tries = "1 try" if left == 1 else f"{left} tries"
    return f"Wrong PIN. {tries} left. Type it again in {pause} s."
