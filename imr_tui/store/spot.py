"""The spot in a case at which the reviewer was last, kept in `.imr` for the next start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from imr_tui.errors import ImrError
from imr_tui.fields import Line, Number
from imr_tui.stages import Kind
from imr_tui.store import atomic, faults, toml
from imr_tui.store.read import read_bytes

if TYPE_CHECKING:
    from imr_tui.store.folder import Folder

FILE = "spot.toml"


class Spot(BaseModel):
    """A case, a stage of it, a field there, a place in its text."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    number: Number
    """The case."""
    kind: Kind
    """The stage."""
    item: int = Field(-1, ge=-1)
    """The 0-based item that it is about, or -1."""
    field: Line = ""
    """The id of the field that had the focus, or blank."""
    line: int = Field(0, ge=0)
    """The 0-based line of its text at which the cursor was."""
    column: int = Field(0, ge=0)
    """The 0-based column in that line."""
    at: AwareDatetime
    """When, UTC."""

    def __str__(self) -> str:
        item = f" item {self.item + 1}," if self.item >= 0 else ""
        line = f", line {self.line + 1}" if self.line else ""
        return f"{self.number} at{item} {self.kind}{line} ({self.at.astimezone():%Y-%m-%d %H:%M})"


def load_spot(folder: Folder) -> Spot | None:
    """The last spot, or None where it is not known; nothing but convenience hangs on it."""
    path = folder.own(FILE)
    try:
        tables, text = toml.parse(read_bytes(path), path)
        return faults.validate(Spot, tables, text, path)
    except ImrError:
        return None


def save_spot(folder: Folder, spot: Spot) -> None:
    """Keep `spot` in `folder`; raises CannotStore."""
    path = folder.own(FILE)
    atomic.make_folder(path.parent)
    atomic.write(path, toml.dumps(spot.model_dump()).encode())
