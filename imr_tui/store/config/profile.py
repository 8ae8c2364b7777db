"""The reviewer's profile: credentials that prefill a new case, and the name no letter may hold."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from imr_tui.errors import CannotStore
from imr_tui.store.config.account_folder import account_file, write_account_file
from imr_tui.store.config.forms import Line, Lines
from imr_tui.store.config.record import Record, to_plain, validate
from imr_tui.store.safety.safe_open import read_bytes
from imr_tui.store.toml_files import toml

if TYPE_CHECKING:
    from imr_tui.store.cases.folder import Folder

FILE = "profile.toml"
PIN_LENGTH = 4
"""Characters that a PIN has at least."""
_COST = 2**14
"""What one try costs: 16 MB, and some hundredths of a second."""


@dataclass(frozen=True)
class Profile(Record):
    """What the program asks each account once and keeps in the case folder."""

    licenses: Lines = ()
    """States of licensure."""
    specialties: Lines = ()
    """Certifications and specialties."""
    name: Line = ""
    """The reviewer's own name, only so that it can be kept out of letters; may stay blank."""
    pin: Line = field(default="", repr=False)
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


def has_profile(folder: Folder) -> bool:
    """Whether `folder` keeps one, sound or not."""
    try:
        return account_file(folder.path, FILE).exists()
    except CannotStore:
        # To be told of by whoever reads it.
        return True


def load_profile(folder: Folder) -> Profile | None:
    """The profile kept in `folder`, or None; raises BadInput or CannotStore for a broken one."""
    if not has_profile(folder):
        return None
    path = account_file(folder.path, FILE)
    tables, text = toml.parse(read_bytes(path), path)
    return validate(Profile, tables, text, path)


def save_profile(folder: Folder, profile: Profile) -> None:
    """Keep `profile` in `folder`; raises CannotStore."""
    write_account_file(folder.path, FILE, toml.dumps(to_plain(profile, defaults=False)).encode())
