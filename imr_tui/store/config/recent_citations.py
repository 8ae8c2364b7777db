"""What the reviewer cited lately, kept per account so that a search offers it first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.errors import ImrError
from imr_tui.store import config
from imr_tui.store.config.account_folder import account_file, write_account_file

if TYPE_CHECKING:
    from imr_tui.store.cases.folder import Folder

FILE = "recent.toml"
KEPT = 30
"""Guidelines that are remembered."""


def load_recent(folder: Folder) -> tuple[str, ...]:
    """The ids of what was cited lately; none if that is not known, for nothing hangs on it."""
    try:
        path = account_file(folder.path, FILE)
        return config.RecentFile.read(path).cited if path.exists() else ()
    except ImrError:
        return ()


def noted(recent: tuple[str, ...], guideline_id: str) -> tuple[str, ...]:
    """`recent` once `guideline_id` is cited."""
    return (guideline_id, *(each for each in recent if each != guideline_id))[:KEPT]


def save_recent(folder: Folder, recent: tuple[str, ...]) -> None:
    """Keep `recent` in `folder`; raises CannotStore."""
    write_account_file(folder.path, FILE, config.RecentFile(cited=recent).encode())
