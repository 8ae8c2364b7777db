"""The reviewer's profile: credentials, PIN, and the names that no letter may contain."""

from __future__ import annotations

import hashlib
import hmac
import os
import pwd
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.errors import CannotStore, ImrError
from imr_tui.reading.people.names import person
from imr_tui.store import config
from imr_tui.store.config.account_folder import (
    FOLDER as ACCOUNTS,
    account_file,
    write_account_file,
)
from imr_tui.store.safety import safe_open
from imr_tui.text.sanitize import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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


_ROLES = """
access account admin administrator application case cases center claims client clinic clinical
cloud consultant data default demo department desk doctor expert group guest health hospital
image imr independent install local login management manager medical medicine nurse office
operator orthopedic owner pain physical physician provider public remote review reviewer root
server service shared specialist staff support surgery system team temp temporary test therapy
training treating unix update user virtual web worker workers
"""
"""Words of accounts that are no person's: "Test User", "Medical Review"."""
_SHORTEST = 6
"""A shorter login may be a word, an abbreviation or a vertebra."""


class Identity(NamedTuple):
    """What tells who the reviewer is; blank where it is not known."""

    name: str = ""
    """The full name."""
    login: str = ""
    """The name of the account, where it is made of that name and is no word."""


def identity(profile: Profile | None) -> Identity:
    """The name in the profile, or else that of the account, and the account itself."""
    login, known = _account()
    name = (profile.name if profile else "") or _full_name(known)
    return Identity(name, login if _tells(login, name) else "")


def identities(folder: Folder) -> tuple[Identity, ...]:
    """Who may be a reviewer in `folder`: this account, and each whose profile it may read.

    Raises BadInput or CannotStore for a broken profile of this account.
    """
    return identity(load_profile(folder)), *_readable(folder.own(ACCOUNTS))


def _readable(accounts: Path) -> Iterator[Identity]:
    """The names in the profiles of other accounts, and of this one again."""
    try:
        logins = safe_open.names(accounts)
    except OSError:
        return
    for login in logins:
        with suppress(ImrError):
            name = config.Profile.read(accounts / login / FILE).name
            yield Identity(name, login if _tells(login, name) else "")


def _account() -> tuple[str, str]:
    """The login, and the first of what the system knows of its owner (GECOS)."""
    try:
        entry = pwd.getpwuid(os.getuid())
    except KeyError:
        return "", ""
    return clean_line(entry.pw_name), clean_line(entry.pw_gecos.partition(",")[0])


def _full_name(known: str) -> str:
    """`known`, if it is a person's given name and surname; an error is no place for a guess."""
    who = person(known)
    if who is None or not who.given or not 2 <= len(known.split()) <= 5:
        return ""
    words = [word.strip(".").replace("-", "").replace("'", "") for word in known.split()]
    is_name = all(word.isalpha() for word in words) and who.surname[-1][0].isupper()
    is_role = any(word.lower() in _ROLES.split() for word in words)
    return known if is_name and who.given[0][0].isupper() and not is_role else ""


def _tells(login: str, name: str) -> bool:
    """Whether a login stands for its owner: the surname is in it, and more."""
    who = person(name)
    if who is None or not who.given or len(login) < _SHORTEST:
        return False
    surname = "".join(char for char in who.surname[-1].lower() if char.isalpha())
    return len(surname) > 2 and surname in login.lower() and surname != login.lower()
