"""The innermost part of an SSH signature, which depends on the type of the key.

Whether it is right, ssh-keygen decides. This reads it only to refuse a second encoding of the same
numbers, which ssh-keygen accepts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.signing.wire import Wire

if TYPE_CHECKING:
    from imr_tui.signing.public_key import PublicKey

_ED25519_BYTES = 64
_RSA = ("rsa-sha2-256", "rsa-sha2-512")
"""The algorithms for RSA keys (RFC 8332); SHA-1 is refused."""


def read_signature_fields(data: bytes, key: PublicKey) -> None:
    """Read the signature of a plain key; raises BadInput."""
    wire = Wire(data, "signature")
    algorithm, value = wire.name(), wire.string()
    if key.kind == "ssh-rsa":
        is_right = algorithm in _RSA and len(value) == _modulus_bytes(key)
    elif algorithm != key.kind:
        is_right = False
    elif "ed25519" in key.kind:
        is_right = len(value) == _ED25519_BYTES
    else:
        is_right = _is_pair(value)
    if not is_right:
        raise wire.refused()
    if key.is_hardware:
        wire.take(1)  # Whether the owner touched it.
        wire.uint32()  # A counter.
    wire.expect_end()


def _is_pair(value: bytes) -> bool:
    """Whether these are two numbers (RFC 5656, section 3.1.2); raises BadInput."""
    pair = Wire(value, "signature")
    pair.natural()
    pair.natural()
    return pair.is_at_end


def _modulus_bytes(key: PublicKey) -> int:
    wire = Wire(key.blob, "public key")
    wire.name()
    wire.natural()
    return (wire.natural().bit_length() + 7) // 8
