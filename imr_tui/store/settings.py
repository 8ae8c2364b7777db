"""The site's settings for a folder of cases, in `.imr/settings.toml`."""

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from imr_tui.errors import BadInput
from imr_tui.fields import Line
from imr_tui.letter import Letterhead
from imr_tui.store import faults, toml
from imr_tui.store.casefile import read_bytes
from imr_tui.store.folder import Folder

FILE = "settings.toml"


class Settings(BaseModel):
    """What a site may set; every key is optional."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    organization: Line = Letterhead.organization
    """Who sends the letter."""
    label: Line = Letterhead.label
    """What the reviewer's guideline line is called: `MAXIMUS guideline:`."""
    templates: Line = ""
    """A folder with a letter template of the site's own, relative to `.imr`."""
    width: Annotated[int, Field(ge=60, le=200)] = Letterhead.width
    """The column at which the letter wraps."""


def load_letterhead(folder: Folder) -> Letterhead:
    """The letterhead that `folder`'s settings give; raises BadInput or CannotStore."""
    path = folder.own(FILE)
    settings = Settings()
    if path.exists():
        tables, text = toml.parse(read_bytes(path), path)
        settings = faults.validate(Settings, tables, text, path)
    templates = _templates(path, settings.templates)
    return Letterhead(settings.organization, settings.label, templates, settings.width)


def _templates(path: Path, name: str) -> Path | None:
    if not name:
        return None
    folder = path.parent / name
    if not folder.is_dir():
        raise BadInput(f"{path}: templates names {folder}, which is not a folder.")
    return folder
