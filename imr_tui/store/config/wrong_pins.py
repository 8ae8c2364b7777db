"""How many wrong PINs an account typed since the last right one, whatever sessions came between."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from imr_tui.errors import ImrError
from imr_tui.store.config.account_folder import account_file, write_account_file
from imr_tui.store.config.forms import whole
from imr_tui.store.config.record import Record, to_plain, validate
from imr_tui.store.safety.safe_open import read_bytes
from imr_tui.store.toml_files import toml

if TYPE_CHECKING:
    from imr_tui.store.cases.folder import Folder

FILE = "wrong-pins.toml"
_LONGEST_SECONDS = 900
"""The longest pause before the next PIN counts."""


@dataclass(frozen=True)
class WrongPins(Record):
    """What is kept of wrong PINs: never a PIN itself."""

    count: Annotated[int, whole(0)] = 0
    """How many there were in a row."""


def load_wrong_pins(folder: Folder) -> int:
    """The number of wrong PINs in a row; 0 where that is not known."""
    try:
        path = account_file(folder.path, FILE)
        if not path.exists():
            return 0
        tables, text = toml.parse(read_bytes(path), path)
        return validate(WrongPins, tables, text, path).count
    except ImrError:
        return 0


def save_wrong_pins(folder: Folder, count: int) -> None:
    """Keep the number for the next session; a disk that refuses it keeps nobody out."""
    with suppress(ImrError):
        write_account_file(folder.path, FILE, toml.dumps(to_plain(WrongPins(count))).encode())


def pause_seconds(count: int) -> int:
    """How long the next PIN waits after so many wrong ones: 1, 2, 4 ... seconds."""
    return int(min(2 ** (min(count, 32) - 1), _LONGEST_SECONDS)) if count else 0
