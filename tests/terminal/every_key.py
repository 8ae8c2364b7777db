"""Every key that a terminal can send, but for those that end the app."""

import string
from collections.abc import Iterator

from tests.terminal import keys

ENDING = ("ctrl+q", "q")
MODIFIED = ("up", "down", "left", "right", "home", "end", "delete", "pageup", "pagedown", "f5")


def every_key() -> Iterator[str]:
    """The names of the keys."""
    yield from keys.KEYS
    yield from (f"ctrl+{letter}" for letter in string.ascii_lowercase)
    yield from ("ctrl+\\", "ctrl+]", "ctrl+^", "ctrl+_", "ctrl+@")
    yield from (f"alt+{letter}" for letter in string.ascii_letters + string.digits)
    yield from (f"{held}+{key}" for held in keys.MODIFIERS for key in MODIFIED)
    yield from string.printable[:95]


NAMES = tuple(name for name in every_key() if name not in ENDING)
KEYS = tuple(keys.key_bytes(name) for name in NAMES)
"""What each of them sends."""
