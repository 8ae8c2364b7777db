"""A key that can sign now, and what the file of a private key says without its passphrase."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.errors import BadInput
from imr_tui.signing.public_key import PublicKey, parse_blob
from imr_tui.signing.wire import Wire

if TYPE_CHECKING:
    from pathlib import Path

_BEGIN, _END = b"-----BEGIN OPENSSH PRIVATE KEY-----\n", b"-----END OPENSSH PRIVATE KEY-----\n"
_MAGIC = b"openssh-key-v1\0"
"""The beginning of a private key (PROTOCOL.key of OpenSSH)."""
MAX_BYTES = 65_536
"""Larger files are no private keys."""


class SigningKey(NamedTuple):
    """A key that can sign, and whose signature counts."""

    public_key: PublicKey
    """The key, or its certificate."""
    comment: str
    """What its owner calls it."""
    principal: str
    """Who signs with it."""
    path: Path | None = None
    """The absolute path of its file; None for the key of an agent."""
    is_encrypted: bool = False
    """Whether the file has a passphrase."""
    agent: Path | None = None
    """The socket of its agent; None for a file."""

    @property
    def is_agent(self) -> bool:
        """Whether an agent has the key."""
        return self.agent is not None


class PrivateFile(NamedTuple):
    """What the file of a private key says to everybody."""

    public_key: PublicKey
    """The plain key."""
    is_encrypted: bool
    """Whether it has a passphrase."""


def parse_private(data: bytes) -> PrivateFile:
    """Read the public part of a private key in OpenSSH's format; raises BadInput."""
    if not (data.startswith(_BEGIN) and data.endswith(_END)):
        raise BadInput("It is not a private key in OpenSSH's format.")
    try:
        blob = base64.b64decode(data[len(_BEGIN) : -len(_END)].replace(b"\n", b""), validate=True)
    except binascii.Error as error:
        raise BadInput("It is not Base64 text.") from error
    wire = Wire(blob, "private key")
    if wire.take(len(_MAGIC)) != _MAGIC:
        raise wire.refused()
    cipher, _ = wire.name(), wire.name()
    wire.string()  # The options of the key derivation.
    if wire.uint32() != 1:
        raise wire.refused()
    return PrivateFile(parse_blob(wire.string()), cipher != "none")
