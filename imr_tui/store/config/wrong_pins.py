"""How many wrong PINs an account typed since the last right one, whatever sessions came between."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from imr_tui.errors import ImrError
from imr_tui.store import config
from imr_tui.store.config.account_folder import account_file, write_account_file

if TYPE_CHECKING:
    from imr_tui.store.cases.folder import Folder

FILE = "wrong-pins.toml"
_LONGEST_SECONDS = 900
"""The longest pause before the next PIN counts."""


def load_wrong_pins(folder: Folder) -> int:
    """The number of wrong PINs in a row; 0 where that is not known."""
    try:
        path = account_file(folder.path, FILE)
        return config.WrongPinsFile.read(path).count if path.exists() else 0
    except ImrError:
        return 0


def save_wrong_pins(folder: Folder, count: int) -> None:
    """Keep the number for the next session; a disk that refuses it keeps nobody out."""
    with suppress(ImrError):
        write_account_file(folder.path, FILE, config.WrongPinsFile(count=count).encode())


def pause_seconds(count: int) -> int:
    """How long the next PIN waits after so many wrong ones: 1, 2, 4 ... seconds."""
    return int(min(2 ** (min(count, 32) - 1), _LONGEST_SECONDS)) if count else 0
