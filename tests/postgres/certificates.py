"""Certificates for servers and roles, of one authority for each process of the tests."""

import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.postgres.programs import run

DAYS = "30"
NEW_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")


@cache
def _authority() -> tuple[bytes, bytes]:
    """The key and the certificate of the authority; all servers of a process trust it."""
    with TemporaryDirectory(prefix="imr-ca-") as folder:
        key, certificate = Path(folder, "ca.key"), Path(folder, "ca.crt")
        _make(key, certificate, "imr-tui tests", ())
        return key.read_bytes(), certificate.read_bytes()


def _make(key: Path, certificate: Path, name: str, options: Sequence[str]) -> None:
    run(
        [
            *("openssl", "req", "-x509", *NEW_KEY, "-days", DAYS, "-subj", f"/CN={name}"),
            *("-keyout", str(key), "-out", str(certificate), *options),
        ]
    )
    key.chmod(0o600)


class Certificates:
    """A folder with the authority's certificate, and a key and a certificate for each name."""

    def __init__(self, folder: Path) -> None:
        """Make the folder."""
        folder.mkdir(mode=0o755)
        self.folder = folder
        """Where the files are."""
        self.authority = folder / "ca.crt"
        """What clients and servers trust."""
        key, certificate = _authority()
        self._authority_key = folder / "ca.key"
        self._authority_key.touch(mode=0o600)
        self._authority_key.write_bytes(key)
        self.authority.write_bytes(certificate)

    def of_role(self, role: str, owner: int = -1) -> tuple[Path, Path]:
        """The certificate and the key of a role, which may be given to another user."""
        return self._made(role, role, "extendedKeyUsage=clientAuth", owner)

    def of_server(self, address: str, owner: int) -> tuple[Path, Path]:
        """The certificate and the key of the server at an IP address; the key is the owner's."""
        return self._made("server", address, f"subjectAltName=IP:{address}", owner)

    def _made(self, file: str, name: str, extension: str, owner: int) -> tuple[Path, Path]:
        """Two files, made when they are first asked for."""
        certificate, key = self.folder / f"{file}.crt", self.folder / f"{file}.key"
        if not certificate.exists():
            signed = ("-CA", str(self.authority), "-CAkey", str(self._authority_key))
            leaf = ("-addext", "basicConstraints=critical,CA:false")
            _make(key, certificate, name, [*signed, *leaf, "-addext", extension])
            os.chown(key, owner, -1)
        return certificate, key
