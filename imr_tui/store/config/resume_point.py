"""The spot in a case at which the reviewer was last, kept per account for the next start."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from imr_tui.errors import ImrError
from imr_tui.store import config
from imr_tui.store.config.account_folder import account_file, write_account_file

if TYPE_CHECKING:
    from imr_tui.store.cases.folder import Folder
    from imr_tui.store.config import ResumePoint

FILE = "spot.toml"


def load_resume_point(folder: Folder) -> ResumePoint | None:
    """The last spot, or None where it is not known; nothing but convenience hangs on it."""
    try:
        path = account_file(folder.path, FILE)
        return config.ResumePoint.read(path) if os.path.lexists(path) else None
    except ImrError:
        return None


def save_resume_point(folder: Folder, resume_point: ResumePoint) -> None:
    """Keep `resume_point` in `folder`; raises CannotStore."""
    write_account_file(folder.path, FILE, resume_point.encode())
