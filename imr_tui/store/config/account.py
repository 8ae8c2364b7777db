"""Who works here, by the profile or else by the account: names that no letter may hold."""

from __future__ import annotations

import os
import pwd
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.reading.names import person
from imr_tui.text.sanitize import clean_line

if TYPE_CHECKING:
    from imr_tui.store.config import Profile

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
