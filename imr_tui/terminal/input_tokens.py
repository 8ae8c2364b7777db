"""The tokens that terminal input is divided into."""

from typing import NamedTuple


class KeyInput(NamedTuple):
    """A key or a report, as its complete sequence."""

    sequence: str


class PasteInput(NamedTuple):
    """Pasted text, bracketed or not."""

    text: str
    is_truncated: bool = False
    """Whether the end marker never arrived."""


class IgnoredKey(NamedTuple):
    """A key right after a paste, which may have been part of it."""


Token = KeyInput | PasteInput | IgnoredKey
