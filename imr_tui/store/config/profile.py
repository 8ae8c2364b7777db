"""The reviewer's profile: credentials that prefill a new case, and the name no letter may hold."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING

from imr_tui.errors import CannotStore
from imr_tui.store import config
from imr_tui.store.config.account_folder import account_file, write_account_file

if TYPE_CHECKING:
    from imr_tui.store.cases.folder import Folder
    from imr_tui.store.config import Profile

FILE = "profile.toml"
PIN_LENGTH = 4
"""Characters that a PIN has at least."""
_COST = 2**14
"""What one try costs: 16 MB, and some hundredths of a second."""


def opens(pin: str, digest: str) -> bool:
    """Whether `digest` is that of `pin`; takes its time."""
    _, _, rest = digest.partition("$")
    salt, _, _ = rest.partition("$")
    return bool(salt) and hmac.compare_digest(digest.encode(), digest_of(pin, salt).encode())


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
    return config.Profile.read(account_file(folder.path, FILE))


def save_profile(folder: Folder, profile: Profile) -> None:
    """Keep `profile` in `folder`; raises CannotStore."""
    write_account_file(folder.path, FILE, profile.encode(defaults=False))
