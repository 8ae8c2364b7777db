"""Signatures count only as ssh-keygen writes them, although it reads others, too."""

import base64
import re
import struct
from pathlib import Path

import pytest

from imr_tui.errors import BadInput
from imr_tui.signing.armour import MAX_BYTES, parse_signature
from imr_tui.signing.manifest import NAMESPACE
from tests.signers import fake_certificate, fake_key

BEGIN, END = "-----BEGIN SSH SIGNATURE-----\n", "-----END SSH SIGNATURE-----\n"
KEY = fake_key(1)
VALUE = bytes(64)


def string(data: bytes | str) -> bytes:
    data = data if isinstance(data, bytes) else data.encode()
    return struct.pack(">I", len(data)) + data


def armoured(blob: bytes) -> bytes:
    text = base64.b64encode(blob).decode()
    lines = [text[at : at + 70] for at in range(0, len(text), 70)]
    return (BEGIN + "".join(f"{line}\n" for line in lines) + END).encode()


def blob(
    *,
    magic: bytes = b"SSHSIG",
    version: int = 1,
    key: bytes = KEY.blob,
    namespace: bytes | str = NAMESPACE,
    reserved: str = "",
    digest: str = "sha512",
    signature: bytes = string("ssh-ed25519") + string(VALUE),
    rest: bytes = b"",
) -> bytes:
    named = string(key) + string(namespace) + string(reserved) + string(digest)
    return magic + struct.pack(">I", version) + named + string(signature) + rest


GOOD = armoured(blob())


def test_a_signature_says_its_key_and_purpose() -> None:
    found = parse_signature(GOOD)
    assert (found.public_key, found.namespace, found.hash) == (KEY, NAMESPACE, "sha512")


@pytest.mark.parametrize(
    "changed",
    [
        GOOD + b"trailing\n",
        GOOD + b"\n",
        b"\n" + GOOD,
        GOOD + GOOD,
        GOOD[:-1],
        GOOD.replace(b"\n", b"\r\n"),
        BEGIN.encode() + base64.b64encode(blob()) + b"\n" + END.encode(),
        BEGIN.encode() + base64.encodebytes(blob()) + END.encode(),
        GOOD.replace(BEGIN.encode(), BEGIN.encode() + b"\n"),
        GOOD.replace(b"A", b"A ", 1),
        GOOD.replace(b"SSH SIGNATURE", b"PGP SIGNATURE"),
        GOOD.replace(b"-----END", b"====\n-----END"),
        GOOD.replace(b"\n-----END", b"-----END"),
        (BEGIN + END).encode(),
        b"",
        b"\xff" * 100,
    ],
)
def test_other_forms_of_the_same_signature_are_refused(changed: bytes) -> None:
    with pytest.raises(BadInput):
        parse_signature(changed)


@pytest.mark.parametrize(
    "changed",
    [
        blob(magic=b"SSHSIH"),
        blob(version=2),
        blob(reserved="x"),
        blob(digest="sha1"),
        blob(digest="md5"),
        blob(namespace=""),
        blob(namespace=b"imr\0determination"),
        blob(namespace=b"\xff"),
        blob(rest=b"\0"),
        blob(key=KEY.blob + b"\0"),
        blob(key=KEY.blob[:-1]),
        blob(key=string("ssh-dss")),
        blob(signature=string("ssh-ed25519") + string(VALUE) + b"\0"),
        blob(signature=string("ssh-ed25519") + string(VALUE + b"\0")),
        blob(signature=string("ssh-rsa") + string(VALUE)),
        blob(signature=b""),
        blob()[:-1],
        b"SSHSIG",
    ],
)
def test_other_encodings_are_refused(changed: bytes) -> None:
    with pytest.raises(BadInput):
        parse_signature(armoured(changed))


def test_every_cut_is_refused() -> None:
    for length in range(len(blob())):
        with pytest.raises(BadInput):
            parse_signature(armoured(blob()[:length]))
    for length in range(len(GOOD)):
        with pytest.raises(BadInput):
            parse_signature(GOOD[:length])


def ecdsa(*numbers: bytes) -> bytes:
    point = b"\x04" + bytes(64)
    key = string("ecdsa-sha2-nistp256") + string("nistp256") + string(point)
    pair = b"".join(map(string, numbers))
    return armoured(blob(key=key, signature=string("ecdsa-sha2-nistp256") + string(pair)))


def test_numbers_have_one_encoding() -> None:
    parse_signature(ecdsa(b"\x01", b"\x00\x80"))
    for numbers in (
        (b"\x00\x01", b"\x01"),
        (b"\x01", b"\x80"),
        (b"\x01", b""),
        (b"\x00", b"\x01"),
        (b"\x01",),
        (b"\x01", b"\x01", b"\x01"),
    ):
        with pytest.raises(BadInput):
            parse_signature(ecdsa(*numbers))


def rsa(bits: int, length: int, algorithm: str = "rsa-sha2-512") -> bytes:
    key = string("ssh-rsa") + string(b"\x01\x00\x01") + string(b"\0" + b"\xff" * (bits // 8))
    return armoured(blob(key=key, signature=string(algorithm) + string(bytes(length))))


def test_an_rsa_signature_is_as_long_as_its_key() -> None:
    assert parse_signature(rsa(2048, 256)).public_key.kind == "ssh-rsa"
    for changed in (rsa(2048, 255), rsa(2048, 257), rsa(2048, 256, "ssh-rsa"), rsa(1024, 128)):
        with pytest.raises(BadInput):
            parse_signature(changed)


def test_large_signatures_are_refused() -> None:
    with pytest.raises(BadInput, match=f"more than {MAX_BYTES:,} bytes"):
        parse_signature(armoured(blob(namespace="n" * 4000)))


def test_a_signature_may_carry_a_certificate() -> None:
    authority = fake_key(2)
    certificate = fake_certificate(1, authority, ["jdoe"])
    found = parse_signature(armoured(blob(key=certificate.blob))).public_key
    assert (found.plain, found.authority, found.principals) == (KEY, authority, ("jdoe",))
    with pytest.raises(BadInput):
        # An authority must have a key, not another certificate.
        fake_certificate(1, certificate, ["jdoe"])


def test_the_armour_is_that_of_the_sample() -> None:
    # Written by ssh-keygen -Y sign with a key that was thrown away.
    sample = Path(__file__).with_name("sample.sig").read_bytes()
    assert re.fullmatch(rb"[ -~\n]+", sample)
    assert parse_signature(sample).namespace == NAMESPACE
