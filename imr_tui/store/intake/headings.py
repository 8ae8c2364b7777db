"""Reads the site's own names of fields: `.imr/intake.toml`."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from imr_tui.domain.assignment_fields import (
    FORM_IMR,
    IGNORED,
    Names,
    normalized,
    path_of,
    shortened,
)
from imr_tui.errors import BadInput
from imr_tui.store.safety.safe_open import OWN
from imr_tui.store.toml_files.table import Line, Table

FILE = "intake.toml"


class IntakeFile(Table):
    """The names that the organization uses in its files."""

    headings: dict[Line, Line] = Field(default_factory=dict)
    """For each heading or key of the organization, the name of a field; blank leaves it out."""


def read_names(folder: Path) -> Names:
    """The names of fields in `folder`, a folder of cases; raises BadInput or CannotStore."""
    path = folder / OWN / FILE
    if not path.exists():
        return FORM_IMR
    added = {}
    for heading, name in IntakeFile.read(path).headings.items():
        field = path_of(name) if name.strip() else IGNORED
        if field is None:
            raise BadInput(f"{path}: headings: {shortened(name)!r} {FORM_IMR.unknown(name)}.")
        added[heading] = field
    return Names({normalized(heading): field for heading, field in added.items()} | added)
