"""The digest and length that stand for a file in a manifest."""

from __future__ import annotations

import hashlib
import re
from typing import NamedTuple

_HEX = re.compile(r"[0-9a-f]{64}", re.ASCII)


class Digest(NamedTuple):
    """The SHA-256 (FIPS 180-4) and the length of some bytes."""

    sha256: str
    """64 hexadecimal digits."""
    length: int
    """Number of bytes."""


def digest_of(data: bytes) -> Digest:
    """Compute the digest of `data`."""
    return Digest(sha256(data), len(data))


def sha256(data: bytes) -> str:
    """The SHA-256 of `data` in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def is_sha256(text: str) -> bool:
    """Whether `text` is a SHA-256 in lower-case hexadecimal digits."""
    return _HEX.fullmatch(text) is not None
