"""The reviewer's profile: credentials that prefill a new case, and the name no letter may hold."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field

from imr_tui.fields import Line, Rows
from imr_tui.store import atomic, faults, toml
from imr_tui.store.read import read_bytes

if TYPE_CHECKING:
    from imr_tui.store.folder import Folder

FILE = "profile.toml"
PIN_LENGTH = 4
"""Characters that a PIN has at least."""
_COST = 2**14
"""What one try costs: 16 MB, and some hundredths of a second."""


class Profile(BaseModel):
    """What the program asks once and keeps in the case folder."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    licenses: Rows[Line] = ()
    """States of licensure."""
    specialties: Rows[Line] = ()
    """Certifications and specialties."""
    name: Line = ""
    """The reviewer's own name, only so that it can be kept out of letters; may stay blank."""
    pin: Annotated[Line, Field(repr=False)] = ""
    """What the PIN that unlocks the screen is compared with; blank: none is set."""

    def opens_with(self, pin: str) -> bool:
        """Whether `pin` unlocks the screen; takes its time."""
        _, _, rest = self.pin.partition("$")
        salt, _, _ = rest.partition("$")
        return bool(salt) and hmac.compare_digest(self.pin.encode(), digest_of(pin, salt).encode())


def digest_of(pin: str, salt: str = "") -> str:
    """What of a PIN is kept: enough to compare one with, too little to find it out."""
    salt = salt or secrets.token_hex(16)
    key = hashlib.scrypt(
        pin.encode("utf-8", "surrogatepass"), salt=salt.encode(), n=_COST, r=8, p=1, dklen=32
    )
    return f"scrypt${salt}${key.hex()}"


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
