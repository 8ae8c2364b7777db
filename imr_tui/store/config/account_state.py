"""What each account keeps in a folder: resume point, recent citations, count of wrong PINs."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from imr_tui.errors import ImrError
from imr_tui.store import config
from imr_tui.store.config.account_folder import account_file, write_account_file

if TYPE_CHECKING:
    from imr_tui.store.cases.folder import Folder
    from imr_tui.store.config import ResumePoint


RESUME_POINT_FILE = "spot.toml"


def load_resume_point(folder: Folder) -> ResumePoint | None:
    """The last spot, or None where it is not known; nothing but convenience hangs on it."""
    try:
        path = account_file(folder.path, RESUME_POINT_FILE)
        return config.ResumePoint.read(path) if os.path.lexists(path) else None
    except ImrError:
        return None


def save_resume_point(folder: Folder, resume_point: ResumePoint) -> None:
    """Keep `resume_point` in `folder`; raises CannotStore."""
    write_account_file(folder.path, RESUME_POINT_FILE, resume_point.encode())


RECENT_FILE = "recent.toml"
KEPT = 30
"""Guidelines that are remembered."""


def load_recent(folder: Folder) -> tuple[str, ...]:
    """The ids of what was cited lately; none if that is not known, for nothing hangs on it."""
    try:
        path = account_file(folder.path, RECENT_FILE)
        return config.RecentFile.read(path).cited if path.exists() else ()
    except ImrError:
        return ()


def noted(recent: tuple[str, ...], guideline_id: str) -> tuple[str, ...]:
    """`recent` once `guideline_id` is cited."""
    return (guideline_id, *(each for each in recent if each != guideline_id))[:KEPT]


def save_recent(folder: Folder, recent: tuple[str, ...]) -> None:
    """Keep `recent` in `folder`; raises CannotStore."""
    write_account_file(folder.path, RECENT_FILE, config.RecentFile(cited=recent).encode())


WRONG_PINS_FILE = "wrong-pins.toml"
_LONGEST_SECONDS = 900
"""The longest pause before the next PIN counts."""


def load_wrong_pins(folder: Folder) -> int:
    """The number of wrong PINs in a row; 0 where that is not known."""
    try:
        path = account_file(folder.path, WRONG_PINS_FILE)
        return config.WrongPinsFile.read(path).count if path.exists() else 0
    except ImrError:
        return 0


def save_wrong_pins(folder: Folder, count: int) -> None:
    """Keep the number for the next session; a disk that refuses it keeps nobody out."""
    with suppress(ImrError):
        write_account_file(folder.path, WRONG_PINS_FILE, config.WrongPinsFile(count=count).encode())


def pause_seconds(count: int) -> int:
    """How long the next PIN waits after so many wrong ones: 1, 2, 4 ... seconds."""
    return int(min(2 ** (min(count, 32) - 1), _LONGEST_SECONDS)) if count else 0
