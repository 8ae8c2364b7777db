"""The spot in a case at which the reviewer was last, kept per account for the next start."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from imr_tui.errors import ImrError
from imr_tui.model.limits import StageKind
from imr_tui.store.config.account_folder import account_file, write_account_file
from imr_tui.store.config.forms import Line, Moment, Number, whole
from imr_tui.store.config.record import Record, to_plain, validate
from imr_tui.store.safety.safe_open import read_bytes
from imr_tui.store.toml_files import toml

if TYPE_CHECKING:
    from imr_tui.store.cases.folder import Folder

FILE = "spot.toml"


@dataclass(frozen=True, kw_only=True)
class ResumePoint(Record):
    """A case, a stage of it, a field there, a place in its text."""

    number: Number
    """The case."""
    kind: StageKind
    """The stage."""
    item: Annotated[int, whole(-1)] = -1
    """The 0-based item that it is about, or -1."""
    field: Line = ""
    """The id of the field that had the focus, or blank."""
    line: Annotated[int, whole(0)] = 0
    """The 0-based line of its text at which the cursor was."""
    column: Annotated[int, whole(0)] = 0
    """The 0-based column in that line."""
    at: Moment
    """When, UTC."""

    def __str__(self) -> str:
        item = f" item {self.item + 1}," if self.item >= 0 else ""
        line = f", line {self.line + 1}" if self.line else ""
        return f"{self.number} at{item} {self.kind}{line} ({self.at.astimezone():%Y-%m-%d %H:%M})"


def load_resume_point(folder: Folder) -> ResumePoint | None:
    """The last spot, or None where it is not known; nothing but convenience hangs on it."""
    try:
        path = account_file(folder.path, FILE)
        tables, text = toml.parse(read_bytes(path), path)
        return validate(ResumePoint, tables, text, path)
    except ImrError:
        return None


def save_resume_point(folder: Folder, resume_point: ResumePoint) -> None:
    """Keep `resume_point` in `folder`; raises CannotStore."""
    write_account_file(folder.path, FILE, toml.dumps(to_plain(resume_point)).encode())
