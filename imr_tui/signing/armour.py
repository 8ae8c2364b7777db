"""The text form of SSH signatures, accepted only as `ssh-keygen -Y sign` writes it.

ssh-keygen itself also accepts text after the signature, lines of any length, and more than one
signature. Anybody could change such a file without the key.
"""

from __future__ import annotations

import base64
import binascii
from typing import NamedTuple

from imr_tui.errors import BadInput
from imr_tui.signing.public_key import PublicKey, parse_blob
from imr_tui.signing.signature_fields import read_signature_fields
from imr_tui.signing.wire import Wire

MAX_BYTES = 4_096
"""Larger signatures are refused."""
_BEGIN, _END = b"-----BEGIN SSH SIGNATURE-----\n", b"-----END SSH SIGNATURE-----\n"
_COLUMNS = 70
_MAGIC = b"SSHSIG"
_VERSION = 1
_HASHES = ("sha256", "sha512")


class SshSignature(NamedTuple):
    """A signature as PROTOCOL.sshsig of OpenSSH describes it."""

    public_key: PublicKey
    """The key, or the certificate, that it was made with."""
    namespace: str
    """What it is for; one for another purpose does not count."""
    hash: str
    """The digest of the text that was signed: sha256 or sha512."""


def parse_signature(data: bytes) -> SshSignature:
    """Read a signature; raises BadInput unless `data` is exactly what ssh-keygen writes for it."""
    if len(data) > MAX_BYTES:
        raise BadInput(f"The signature has more than {MAX_BYTES:,} bytes.")
    blob = _decoded(data)
    wire = Wire(blob, "signature")
    if wire.take(len(_MAGIC)) != _MAGIC or wire.uint32() != _VERSION:
        raise wire.refused()
    key = parse_blob(wire.string())
    namespace, reserved, digest = wire.name(), wire.string(), wire.name()
    if not namespace or reserved or digest not in _HASHES:
        raise wire.refused()
    read_signature_fields(wire.string(), key.plain)
    wire.expect_end()
    return SshSignature(key, namespace, digest)


def _decoded(data: bytes) -> bytes:
    """The bytes in the armour; raises BadInput if it is not the only one for them."""
    if not (data.startswith(_BEGIN) and data.endswith(_END)):
        raise BadInput("The signature does not begin and end the way ssh-keygen writes it.")
    body = data[len(_BEGIN) : -len(_END)].replace(b"\n", b"")
    try:
        blob = base64.b64decode(body, validate=True)
    except binascii.Error as error:
        raise BadInput("The signature is not Base64 text.") from error
    if _encoded(blob) != data:
        raise BadInput("The signature has been changed: ssh-keygen does not write it like this.")
    return blob


def _encoded(blob: bytes) -> bytes:
    text = base64.b64encode(blob)
    lines = (text[at : at + _COLUMNS] + b"\n" for at in range(0, len(text), _COLUMNS))
    return b"".join((_BEGIN, *lines, _END))
