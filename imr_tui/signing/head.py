"""The head of an audit log: the number and digest of its last event."""

from __future__ import annotations

from typing import NamedTuple

from imr_tui.signing.digest import is_sha256

MAX_EVENTS = 10**12
"""Larger event numbers are refused."""


class Head(NamedTuple):
    """The last event of an audit log; it stands for all events before it, too."""

    seq: int
    """The number of the event; the first one is 1."""
    sha256: str
    """The SHA-256 of its line in hexadecimal digits."""

    def __str__(self) -> str:
        return f"{self.seq} {self.sha256}"


def parse_head(text: str) -> Head | None:
    """Read what `str(head)` gives; None for any other text."""
    number, _, digest = text.partition(" ")
    if not (number.isascii() and number.isdigit() and is_sha256(digest)):
        return None
    if len(number) > len(str(MAX_EVENTS)):
        return None
    head = Head(int(number), digest)
    return head if 0 < head.seq <= MAX_EVENTS and str(head) == text else None
