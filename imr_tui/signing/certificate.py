"""What an OpenSSH certificate says about a key (PROTOCOL.certkeys)."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from imr_tui.signing.wire import Wire

_USER = 1
"""The type of a certificate for a user, not for a host."""


class Certificate(NamedTuple):
    """The part of a certificate that counts for signatures."""

    key: bytes
    """The encoding of the plain key that it is for."""
    authority: bytes
    """The encoding of the key that signed it."""
    is_user: bool
    """Whether it is for a user; those for hosts sign nothing here."""
    principals: tuple[str, ...]
    """The names that it is for."""
    valid_after: int
    """The first second of its validity, since 1970."""
    valid_before: int
    """The first second after it."""

    def is_valid(self, at: datetime) -> bool:
        """Whether it was valid then."""
        return self.valid_after <= int(at.timestamp()) < self.valid_before


def read_certificate(wire: Wire, kind: str, fields: Callable[[Wire], None]) -> Certificate:
    """Read what follows the type of a certificate for a key of this kind; raises BadInput."""
    wire.string()  # A random number.
    start = wire.position
    fields(wire)
    key = _string(kind.encode()) + wire.since(start)
    wire.uint64()  # The serial number.
    is_user = wire.uint32() == _USER
    wire.string()  # The key's identity, for logs.
    principals = wire.names()
    after, before = wire.uint64(), wire.uint64()
    for _ in ("critical options", "extensions", "reserved"):
        wire.string()
    authority = wire.string()
    wire.string()  # The authority's signature, which ssh-keygen checks.
    return Certificate(key, authority, is_user, principals, after, before)


def _string(data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + data
