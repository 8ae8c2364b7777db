"""Wherever imr-tui names a signer, ssh-keygen accepts exactly this one."""

import random
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from imr_tui.signing.manifest import NAMESPACE
from imr_tui.signing.signers import read_signers
from imr_tui.store.signing.ssh_keygen import check, sign
from imr_tui.store.signing.trust import Trust
from tests.signers import KEYGEN, SigningSite, needs_keygen

pytestmark = [pytest.mark.process, needs_keygen]
NOW = datetime(2026, 11, 29, 14, 2, 7, tzinfo=UTC)
TEXT = b"text\n"
PIECES = (
    *('"', ",", "*", "?", "!", " ", "\t", "=", "#", "-", "\\", "Z", "\r", "\n", "a", "@", "."),
    *("namespaces=", "cert-authority", 'valid-before="20261130Z"', 'valid-after="20261130Z"'),
    *("jdoe", "asmith", NAMESPACE, "ssh-ed25519", "\u00e9", "\u00a0", "\0"),
)
"""What mutations insert."""


def mutated(text: str, chance: random.Random) -> str:
    """A text with one to three changes."""
    for _ in range(chance.randint(1, 3)):
        # Most of a line is the key, where a change says little.
        at = chance.randrange(len(text)) if chance.random() < 0.3 else chance.randrange(70)
        cut = at + chance.choice((0, 0, 1, 1, 5))
        text = text[:at] + chance.choice(("", *PIECES)) + text[cut:]
    return text


def accepted(signature: Path, signers: bytes) -> set[str]:
    """The names of a file with which ssh-keygen accepts a signature of TEXT."""
    file = signature.with_name("signers")
    file.write_bytes(signers)
    files = ("-f", file, "-s", signature, "-O", "verify-time=20261129140207Z")
    found = ssh_keygen("find-principals", *files).stdout.decode().split()
    as_name = ((name, ("-n", NAMESPACE, "-I", name)) for name in found)
    return {name for name, more in as_name if ssh_keygen("verify", *more, *files).returncode == 0}


def ssh_keygen(*arguments: object) -> subprocess.CompletedProcess[bytes]:
    command = [KEYGEN, "-Y", *map(str, arguments)]
    return subprocess.run(command, input=TEXT, capture_output=True, env={})


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_a_changed_file_names_whom_ssh_keygen_accepts(
    signing_site: SigningSite, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    signature = sign(TEXT, signing_site.reviewer, NAMESPACE)
    (tmp_path / "sig").write_bytes(signature)
    key, whole = signing_site.reviewer.public_key, signing_site.signers.read_text()
    text = whole.split("\n", 1)[1]
    named = 0
    for _ in range(300):
        data = mutated(text, chance).encode()
        parsed = read_signers(data)
        if parsed.faults:
            continue
        principal = parsed.principal_of(key, NAMESPACE, NOW)
        assert accepted(tmp_path / "sig", data) == ({principal} if principal else set()), data
        trust = Trust(signing_site.signers, data, parsed, is_site=True)
        if principal:
            named += 1
            assert check(TEXT, signature, principal, trust, NAMESPACE, NOW) == ""
    assert named
