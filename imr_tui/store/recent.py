"""What the reviewer cited lately, kept in `.imr` so that a search offers it first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from imr_tui.errors import ImrError
from imr_tui.fields import Line, Rows
from imr_tui.store import atomic, faults, toml
from imr_tui.store.read import read_bytes

if TYPE_CHECKING:
    from imr_tui.store.folder import Folder

FILE = "recent.toml"
KEPT = 30
"""Guidelines that are remembered."""


class Recent(BaseModel):
    """Ids of guidelines, the one cited last first."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    cited: Rows[Line] = ()
    """Ids of the catalogue."""


def load_recent(folder: Folder) -> tuple[str, ...]:
    """The ids of what was cited lately; none if that is not known, for nothing hangs on it."""
    path = folder.own(FILE)
    if not path.exists():
        return ()
    try:
        tables, text = toml.parse(read_bytes(path), path)
        return faults.validate(Recent, tables, text, path).cited
    except ImrError:
        return ()


def noted(recent: tuple[str, ...], guideline_id: str) -> tuple[str, ...]:
    """`recent` once `guideline_id` is cited."""
    return (guideline_id, *(each for each in recent if each != guideline_id))[:KEPT]


def save_recent(folder: Folder, recent: tuple[str, ...]) -> None:
    """Keep `recent` in `folder`; raises CannotStore."""
    path = folder.own(FILE)
    atomic.make_folder(path.parent)
    atomic.write(path, toml.dumps(Recent(cited=recent).model_dump()).encode())
