"""The reviewer's profile: credentials that prefill a new case, and the name no letter may hold."""

from pydantic import BaseModel, ConfigDict

from imr_tui.fields import Line, Rows
from imr_tui.store import atomic, faults, toml
from imr_tui.store.folder import Folder
from imr_tui.store.read import read_bytes

FILE = "profile.toml"


class Profile(BaseModel):
    """What the program asks once and keeps in the case folder."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    licenses: Rows[Line] = ()
    """States of licensure."""
    specialties: Rows[Line] = ()
    """Certifications and specialties."""
    name: Line = ""
    """The reviewer's own name, only so that it can be kept out of letters; may stay blank."""


def load_profile(folder: Folder) -> Profile | None:
    """The profile kept in `folder`, or None; raises BadInput or CannotStore for a broken one."""
    path = folder.own(FILE)
    if not path.exists():
        return None
    tables, text = toml.parse(read_bytes(path), path)
    return faults.validate(Profile, tables, text, path)


def save_profile(folder: Folder, profile: Profile) -> None:
    """Keep `profile` in `folder`; raises CannotStore."""
    path = folder.own(FILE)
    atomic.make_folder(path.parent)
    atomic.write(path, toml.dumps(profile.model_dump(exclude_defaults=True)).encode())
