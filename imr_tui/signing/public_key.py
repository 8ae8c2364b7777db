"""Public keys and certificates of OpenSSH."""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.errors import BadInput
from imr_tui.signing.certificate import Certificate, read_certificate
from imr_tui.signing.wire import Wire

if TYPE_CHECKING:
    from collections.abc import Callable

_CERTIFICATE = "-cert-v01@openssh.com"
"""The suffix of the kinds of certificates (PROTOCOL.certkeys of OpenSSH)."""
_HARDWARE = "@openssh.com"
_ED25519_BYTES = 32
_LEAST_RSA_BITS, _MOST_RSA_BITS = 2_048, 8_192
_CURVES = {"nistp256": 65, "nistp384": 97, "nistp521": 133}
"""The curves, and the bytes of an uncompressed point on them (RFC 5656)."""
_UNCOMPRESSED = b"\x04"
_MAX_BLOB = 8_192
"""Larger keys are refused."""


class PublicKey(NamedTuple):
    """A public key, or a certificate for one."""

    kind: str
    """Its type: `ssh-ed25519`."""
    blob: bytes
    """Its encoding (RFC 4253, section 6.6)."""
    certificate: Certificate | None = None
    """What the certificate says; None for a plain key."""

    @property
    def line(self) -> str:
        """Its type and Base64 encoding, as in authorized_keys."""
        return f"{self.kind} {base64.b64encode(self.blob).decode()}"

    @property
    def fingerprint(self) -> str:
        """Its SHA-256, as `ssh-keygen -l` shows it; that of the plain key for a certificate."""
        digest = hashlib.sha256(self.plain.blob).digest()
        return f"SHA256:{base64.b64encode(digest).decode().rstrip('=')}"

    @property
    def plain(self) -> PublicKey:
        """The key that a certificate is for; the key itself if it is plain."""
        return self if self.certificate is None else parse_blob(self.certificate.key)

    @property
    def is_certificate(self) -> bool:
        """Whether an authority vouches for the key."""
        return self.certificate is not None

    @property
    def authority(self) -> PublicKey | None:
        """The key that signed the certificate; None for a plain key."""
        return None if self.certificate is None else parse_blob(self.certificate.authority)

    @property
    def principals(self) -> tuple[str, ...]:
        """The names that a certificate is for."""
        return () if self.certificate is None else self.certificate.principals

    @property
    def is_hardware(self) -> bool:
        """Whether the private key is in a security key (FIDO)."""
        return self.kind.startswith("sk-")


def parse_line(text: str) -> PublicKey:
    """Read `ssh-ed25519 AAAA…`, with nothing before or after it; raises BadInput."""
    kind, _, encoded = text.partition(" ")
    try:
        blob = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadInput("The public key is not Base64 text.") from error
    key = parse_blob(blob)
    if key.kind != kind or key.line != text:
        raise BadInput("The public key is not written the way OpenSSH does it.")
    return key


def parse_blob(blob: bytes) -> PublicKey:
    """Read an encoded key; raises BadInput, also for DSA and for RSA with too few bits."""
    if len(blob) > _MAX_BLOB:
        raise BadInput(f"The public key has more than {_MAX_BLOB:,} bytes.")
    wire = Wire(blob, "public key")
    kind = wire.name()
    certificate = None
    if kind.endswith(_CERTIFICATE):
        plain = _plain_kind(kind)
        certificate = read_certificate(wire, plain, _fields(plain))
        # Checks the authority's key, which must not be a certificate again.
        if parse_blob(certificate.authority).is_certificate:
            raise wire.refused()
    else:
        _fields(kind)(wire)
    wire.expect_end()
    return PublicKey(kind, blob, certificate)


def _plain_kind(kind: str) -> str:
    plain = kind.removesuffix(_CERTIFICATE)
    return f"{plain}{_HARDWARE}" if plain.startswith("sk-") else plain


def _fields(kind: str) -> Callable[[Wire], None]:
    """What reads the fields of a key of this kind; raises BadInput."""
    known = _KINDS.get(kind)
    if known is None:
        raise BadInput("The public key is of a type that imr-tui does not accept. Use Ed25519.")
    return known


def _ed25519(wire: Wire) -> None:
    if len(wire.string()) != _ED25519_BYTES:
        raise wire.refused()


def _rsa(wire: Wire) -> None:
    wire.natural()
    bits = wire.natural().bit_length()
    if not _LEAST_RSA_BITS <= bits <= _MOST_RSA_BITS:
        raise BadInput(
            f"The RSA key has {bits:,} bits. imr-tui accepts {_LEAST_RSA_BITS:,} to "
            f"{_MOST_RSA_BITS:,}. Use Ed25519."
        )


def _ecdsa(curve: str) -> Callable[[Wire], None]:
    def read(wire: Wire) -> None:
        name, point = wire.name(), wire.string()
        is_point = len(point) == _CURVES[curve] and point.startswith(_UNCOMPRESSED)
        if name != curve or not is_point:
            raise wire.refused()

    return read


def _hardware(fields: Callable[[Wire], None]) -> Callable[[Wire], None]:
    """The fields of a key in a security key: those of the key and an application."""

    def read(wire: Wire) -> None:
        fields(wire)
        wire.name()

    return read


_KINDS: dict[str, Callable[[Wire], None]] = {
    "ssh-ed25519": _ed25519,
    "ssh-rsa": _rsa,
    **{f"ecdsa-sha2-{curve}": _ecdsa(curve) for curve in _CURVES},
    "sk-ssh-ed25519@openssh.com": _hardware(_ed25519),
    "sk-ecdsa-sha2-nistp256@openssh.com": _hardware(_ecdsa("nistp256")),
}
"""The kinds of plain keys, and what reads their fields."""
