"""What the reviewer cited lately, kept per account so that a search offers it first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imr_tui.errors import ImrError
from imr_tui.store.config.account_folder import account_file, write_account_file
from imr_tui.store.config.forms import Lines
from imr_tui.store.config.record import Record, to_plain, validate
from imr_tui.store.safety.safe_open import read_bytes
from imr_tui.store.toml_files import toml

if TYPE_CHECKING:
    from imr_tui.store.cases.folder import Folder

FILE = "recent.toml"
KEPT = 30
"""Guidelines that are remembered."""


@dataclass(frozen=True)
class Recent(Record):
    """Ids of guidelines, the one cited last first."""

    cited: Lines = ()
    """Ids of the catalogue."""


def load_recent(folder: Folder) -> tuple[str, ...]:
    """The ids of what was cited lately; none if that is not known, for nothing hangs on it."""
    try:
        path = account_file(folder.path, FILE)
        if not path.exists():
            return ()
        tables, text = toml.parse(read_bytes(path), path)
        return validate(Recent, tables, text, path).cited
    except ImrError:
        return ()


def noted(recent: tuple[str, ...], guideline_id: str) -> tuple[str, ...]:
    """`recent` once `guideline_id` is cited."""
    return (guideline_id, *(each for each in recent if each != guideline_id))[:KEPT]


def save_recent(folder: Folder, recent: tuple[str, ...]) -> None:
    """Keep `recent` in `folder`; raises CannotStore."""
    write_account_file(folder.path, FILE, toml.dumps(to_plain(Recent(cited=recent))).encode())
