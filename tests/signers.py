"""Keys, a file of signers and a Trust for tests; the keys are made by ssh-keygen in the test."""

import shutil
import struct
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from imr_tui.signing.manifest import NAMESPACE, SEAL_NAMESPACE
from imr_tui.signing.public_key import PublicKey, parse_blob, parse_line
from imr_tui.signing.signers import read_signers
from imr_tui.store.config.machine_policy import Host
from imr_tui.store.signing import trust as trust_module
from imr_tui.store.signing.signing_key import SigningKey
from imr_tui.store.signing.trust import Trust

KEYGEN = "/usr/bin/ssh-keygen"
needs_keygen = pytest.mark.skipif(not shutil.which(KEYGEN), reason="OpenSSH is not installed")


def keygen(*arguments: object, stdin: bytes = b"") -> bytes:
    """What ssh-keygen writes; it must succeed."""
    command = [KEYGEN, *map(str, arguments)]
    done = subprocess.run(command, input=stdin, capture_output=True, env={}, timeout=60)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def fake_key(number: int) -> PublicKey:
    """A public key without a private one, another one for each number."""
    return parse_blob(_string(b"ssh-ed25519") + _string(number.to_bytes(32)))


def fake_certificate(
    number: int,
    authority: PublicKey,
    principals: Sequence[str],
    *,
    kind: int = 1,
    after: int = 0,
    before: int = 2**64 - 1,
) -> PublicKey:
    """A certificate for a fake key, whose signature is made up."""
    return parse_blob(
        _string(b"ssh-ed25519-cert-v01@openssh.com")
        + _string(b"random")
        + _string(number.to_bytes(32))
        + struct.pack(">QI", 1, kind)
        + _string(b"identity")
        + _string(b"".join(_string(name.encode()) for name in principals))
        + struct.pack(">QQ", after, before)
        + _string(b"") * 3
        + _string(authority.blob)
        + _string(b"signature")
    )


def _string(data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + data


def key_file(path: Path, *, passphrase: str = "", kind: str = "ed25519", bits: int = 0) -> Path:
    """Make a private key at `path`, with `path`.pub beside it."""
    size = ("-b", bits) if bits else ()
    keygen("-q", "-t", kind, *size, "-N", passphrase, "-C", f"{path.name} key", "-f", path)
    return path


def public(path: Path) -> PublicKey:
    """The public key, or certificate, in a file."""
    return parse_line(" ".join(path.read_text().split()[:2]))


def signer_line(name: str, key: PublicKey, options: str = "", namespace: str = NAMESPACE) -> str:
    """A line of a file of signers."""
    more = f",{options}" if options else ""
    return f'{name} namespaces="{namespace}"{more} {key.line}\n'


def trust_of(text: str, revoked: bytes | None = None) -> Trust:
    """A Trust in a site's file of signers with this content."""
    data = text.encode()
    parsed = read_signers(data)
    assert parsed.faults == ()
    return Trust(Path("/etc/imr-tui/signers"), data, parsed, is_site=True, revoked=revoked)


def signing_key(path: Path, principal: str) -> SigningKey:
    """The key in a file without a passphrase."""
    return SigningKey(public(path.with_name(f"{path.name}.pub")), path.name, principal, path)


@dataclass(frozen=True)
class SigningSite:
    """A site with two reviewers and the organization, each with a key in a file."""

    folder: Path
    """Where its files are."""
    reviewer: SigningKey
    """The key of the reviewer `jdoe`."""
    other: SigningKey
    """The key of the reviewer `asmith`."""
    organization: SigningKey
    """The key of the organization, `imro`, for seals."""
    stranger: SigningKey
    """A key that nobody trusts."""
    signers: Path
    """The file of signers."""
    trust: Trust
    """What it says."""

    def host(self, **more: Any) -> Host:
        """Settings of a machine that name its signers; the reviewer's key is in a file."""
        settings = {"sign_with": "file", "sign_key": str(self.reviewer.path), **more}
        return Host(signers=str(self.signers), **settings)


def make_site(folder: Path) -> SigningSite:
    """Make the keys and the file of signers of a site in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    names = ("jdoe", "asmith", "imro", "stranger")
    keys = [signing_key(key_file(folder / name), name) for name in names]
    reviewer, other, organization, stranger = keys
    text = "# Synthetic keys of a test.\n" + "".join(
        (
            signer_line("jdoe", reviewer.public_key),
            signer_line("asmith", other.public_key),
            signer_line("imro", organization.public_key, namespace=SEAL_NAMESPACE),
        )
    )
    signers = folder / "signers"
    signers.write_text(text)
    signers.chmod(0o644)
    trust = trust_of(text)
    return SigningSite(folder, reviewer, other, organization, stranger, signers, trust)


@contextmanager
def running_agent(*keys: SigningKey) -> Iterator[tuple[Path, Callable[[str, SigningKey], None]]]:
    """A real ssh-agent with keys: its socket, and a function that calls ssh-add with an option."""
    # A path of a socket must be short.
    with TemporaryDirectory(prefix="imr-") as folder:
        path = Path(folder, "s")
        command = ["/usr/bin/ssh-agent", "-D", "-a", str(path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, env={}) as process:
            try:
                assert process.stdout is not None
                # It writes where it listens once it does.
                process.stdout.readline()

                def add(option: str, key: SigningKey) -> None:
                    command = ["/usr/bin/ssh-add", "-q", *option.split(), str(key.path)]
                    environment = {"SSH_AUTH_SOCK": str(path)}
                    subprocess.run(command, env=environment, check=True, capture_output=True)

                for key in keys:
                    add("", key)
                yield path, add
            finally:
                process.kill()


@pytest.fixture(scope="session")
def signing_site(tmp_path_factory: pytest.TempPathFactory) -> SigningSite:
    """A site, made once for all tests; they must not change its files."""
    return make_site(tmp_path_factory.mktemp("site"))


@pytest.fixture
def root_owned(monkeypatch: pytest.MonkeyPatch) -> None:
    """Takes the files of a site as owned by root, whoever runs the tests."""
    monkeypatch.setattr(trust_module, "require_root", lambda path, kept: None)
    monkeypatch.setattr(trust_module, "others_can_replace", lambda path: False)
