"""Polls for what the organization sends for the open case."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from imr_tui.session.events import IntakeChanged
from imr_tui.store.intake.closing import closing_path
from imr_tui.store.intake.new_facts import new_facts_path

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from imr_tui.session.events import SessionEvent


class IntakeMonitor:
    """Reports each state of the files of intake once; what they hold is read elsewhere.

    The first one is always reported: it may differ from that in which the case was opened.
    """

    def __init__(self, folder: Path, number: str, tell: Callable[[SessionEvent], object]) -> None:
        self._paths = closing_path(folder, number), new_facts_path(folder, number)
        self._tell = tell
        self._told: tuple[tuple[int, ...], ...] = ()

    def look(self) -> None:
        """Report the files if they differ from those reported last; called on a thread."""
        if (now := tuple(map(_state_of, self._paths))) != self._told:
            self._told = now
            self._tell(IntakeChanged())

    def tell_again(self) -> None:
        """Report the files again at the next poll, as they could not be followed yet."""
        self._told = ()


def _state_of(path: Path) -> tuple[int, ...]:
    """Identifies a state of a file; blank if it does not exist."""
    try:
        status = os.lstat(path)
    except OSError:
        return ()
    return status.st_ino, status.st_mtime_ns, status.st_size
