"""ssh-keygen signs and checks; what it is lenient with, imr-tui refuses."""

import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from imr_tui.errors import CannotSign, WrongPassphrase
from imr_tui.signing.manifest import NAMESPACE, SEAL_NAMESPACE
from imr_tui.signing.signers import Signers, read_signers
from imr_tui.store.signing import process, ssh_keygen
from imr_tui.store.signing.signing_key import SigningKey, parse_private
from imr_tui.store.signing.ssh_keygen import check, create_key, sign, signer_of
from tests.signers import (
    KEYGEN,
    SigningSite,
    key_file,
    keygen,
    needs_keygen,
    public,
    signer_line,
    signing_key,
    trust_of,
)

pytestmark = [pytest.mark.process, needs_keygen]
NOW = datetime(2026, 11, 29, 14, 2, 7, tzinfo=UTC)
TEXT = b"imr-determination 1\ncase CM26-0190442\n"


@pytest.fixture(scope="module")
def signature(signing_site: SigningSite) -> bytes:
    """The reviewer's signature of TEXT."""
    return sign(TEXT, signing_site.reviewer, NAMESPACE)


def accepts(site: SigningSite, folder: Path, signature: bytes) -> bool:
    """Whether ssh-keygen itself takes a signature of TEXT for the reviewer's."""
    file = folder / "signature"
    file.write_bytes(signature)
    command = [KEYGEN, "-Y", "verify", "-n", NAMESPACE, "-I", "jdoe", "-f", str(site.signers)]
    done = subprocess.run([*command, "-s", str(file)], input=TEXT, capture_output=True, env={})
    return done.returncode == 0


def test_a_signature_is_good(signing_site: SigningSite, signature: bytes, tmp_path: Path) -> None:
    trust = signing_site.trust
    assert signer_of(signature, trust, NAMESPACE, NOW) == "jdoe"
    assert check(TEXT, signature, "jdoe", trust, NAMESPACE, NOW) == ""
    assert accepts(signing_site, tmp_path, signature)


def test_anything_else_is_not(signing_site: SigningSite, signature: bytes) -> None:
    trust = signing_site.trust
    wrong = {
        "another text": check(TEXT + b"\n", signature, "jdoe", trust, NAMESPACE, NOW),
        "another person": check(TEXT, signature, "asmith", trust, NAMESPACE, NOW),
        "a seal": check(TEXT, signature, "jdoe", trust, SEAL_NAMESPACE, NOW),
        "a stranger": check(
            TEXT, sign(TEXT, signing_site.stranger, NAMESPACE), "jdoe", trust, NAMESPACE, NOW
        ),
        "a key for seals": check(
            TEXT, sign(TEXT, signing_site.organization, NAMESPACE), "imro", trust, NAMESPACE, NOW
        ),
    }
    assert wrong["another text"].startswith("The signature is not right for this text and key.")
    assert wrong["another person"] == "The signature is that of another signer."
    assert wrong["a seal"] == f"The signature is for {NAMESPACE}, not for {SEAL_NAMESPACE}."
    assert "was not among the signers" in wrong["a stranger"]
    assert "was not among the signers" in wrong["a key for seals"]


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data + b"trailing\n",
        lambda data: data + data,
        lambda data: data.replace(b"\n", b"\r\n").replace(b"E-----\r", b"E-----"),
        lambda data: b"\n".join(
            [data.split(b"\n")[0], b"".join(data.split(b"\n")[1:-2]), *data.split(b"\n")[-2:]]
        ),
    ],
    ids=["trailing", "twice", "crlf", "one line"],
)
def test_what_only_ssh_keygen_accepts_is_refused(
    signing_site: SigningSite, signature: bytes, tmp_path: Path, change: Callable[[bytes], bytes]
) -> None:
    changed = change(signature)
    assert accepts(signing_site, tmp_path, changed)
    assert check(TEXT, changed, "jdoe", signing_site.trust, NAMESPACE, NOW) != ""


def test_every_changed_character_is_noticed(signing_site: SigningSite, signature: bytes) -> None:
    begin, end = signature.index(b"\n") + 1, signature.rindex(b"\n-----END")
    for at in range(begin, end, 7):
        other = b"A" if signature[at : at + 1] != b"A" else b"B"
        changed = signature[:at] + other + signature[at + 1 :]
        assert check(TEXT, changed, "jdoe", signing_site.trust, NAMESPACE, NOW) != "", at


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "bits"), [("ecdsa", 256), ("ecdsa", 384), ("ecdsa", 521), ("rsa", 3072)]
)
def test_every_type_of_key_signs(tmp_path: Path, kind: str, bits: int) -> None:
    key = signing_key(key_file(tmp_path / "key", kind=kind, bits=bits), "jdoe")
    trust = trust_of(signer_line("jdoe", key.public_key))
    for _ in range(8):
        # The numbers in these signatures are sometimes a byte shorter.
        signature = sign(TEXT, key, NAMESPACE)
        assert check(TEXT, signature, "jdoe", trust, NAMESPACE, NOW) == ""


def test_revoked_keys_do_not_count(
    signing_site: SigningSite, signature: bytes, tmp_path: Path
) -> None:
    key, other = signing_site.reviewer.public_key, signing_site.other.public_key
    signers = signing_site.signers.read_text()
    listed = trust_of(signers, revoked=f"# Lost\n{key.line} jdoe\n".encode())
    krl = tmp_path / "krl"
    keygen("-k", "-q", "-f", krl, f"{signing_site.reviewer.path}.pub")
    for trust in (listed, trust_of(signers, revoked=krl.read_bytes())):
        says = check(TEXT, signature, "jdoe", trust, NAMESPACE, NOW)
        assert says == "The key of the signature is revoked."
    not_this = trust_of(signers, revoked=f"{other.line}\n".encode())
    assert check(TEXT, signature, "jdoe", not_this, NAMESPACE, NOW) == ""
    broken = trust_of(signers, revoked=b"SSHKRL\n\0" + b"x" * 20)
    assert check(TEXT, signature, "jdoe", broken, NAMESPACE, NOW) != ""


@pytest.mark.parametrize(
    "options",
    [
        'valid-after="20261129140207Z"',
        'valid-after="20261129140208Z"',
        'valid-before="20261129140207Z"',
        'valid-before="20261129140206Z"',
        'valid-after="202611291402Z",valid-before="20261130Z"',
        'valid-before="20261129Z"',
    ],
)
def test_ssh_keygen_agrees_on_the_time(
    signing_site: SigningSite, signature: bytes, options: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The zone of the machine, and the time of the check, do not matter."""
    trust = trust_of(signer_line("jdoe", signing_site.reviewer.public_key, options))
    allows = trust.parsed.signers[0].options.allow(NAMESPACE, NOW)
    monkeypatch.setattr(Signers, "principal_of", lambda self, key, namespace, at: "jdoe")
    local = NOW.astimezone(tz=None)
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    for at in (NOW, local, NOW + timedelta(microseconds=999_999)):
        assert (check(TEXT, signature, "jdoe", trust, NAMESPACE, at) == "") is allows


def certified(folder: Path, names: str, validity: str = "20260101Z:20270101Z") -> SigningKey:
    """A reviewer's key with a certificate of the authority in the folder."""
    if not (folder / "authority").exists():
        key_file(folder / "authority")
    path = key_file(folder / "reviewer")
    keygen("-q", "-s", folder / "authority", "-I", "r", "-n", names, "-V", validity, f"{path}.pub")
    return SigningKey(public(folder / "reviewer-cert.pub"), "reviewer", "", path)


def test_an_authority_vouches_for_reviewers(tmp_path: Path) -> None:
    key = certified(tmp_path, "rev7@clinic")
    authority = public(tmp_path / "authority.pub")
    trust = trust_of(signer_line("*@clinic", authority, "cert-authority"))
    signature = sign(TEXT, key, NAMESPACE)
    assert signer_of(signature, trust, NAMESPACE, NOW) == "rev7@clinic"
    assert check(TEXT, signature, "rev7@clinic", trust, NAMESPACE, NOW) == ""
    assert "is that of another" in check(TEXT, signature, "rev8@clinic", trust, NAMESPACE, NOW)
    late = NOW + timedelta(days=400)
    assert "at that time" in check(TEXT, signature, "rev7@clinic", trust, NAMESPACE, late)
    revoked = trust_of(trust.data.decode(), revoked=f"{key.public_key.plain.line}\n".encode())
    assert "is revoked" in check(TEXT, signature, "rev7@clinic", revoked, NAMESPACE, NOW)


def test_a_certificate_with_a_false_signature_does_not_count(tmp_path: Path) -> None:
    """imr-tui reads a certificate; whether the authority signed it, ssh-keygen checks."""
    key = certified(tmp_path, "rev7@clinic")
    blob = key.public_key.blob
    forged = key.public_key._replace(blob=blob[:-1] + bytes([blob[-1] ^ 1]))
    assert key.path is not None
    (tmp_path / "reviewer-cert.pub").write_text(f"{forged.line} reviewer\n")
    trust = trust_of(signer_line("*@clinic", public(tmp_path / "authority.pub"), "cert-authority"))
    with pytest.raises(CannotSign):
        sign(TEXT, key._replace(public_key=forged), NAMESPACE)
    assert trust.parsed.principal_of(forged, NAMESPACE, NOW) == "rev7@clinic"


def test_a_certificate_for_two_people_counts_for_neither(tmp_path: Path) -> None:
    key = certified(tmp_path, "rev7@clinic,rev8@clinic")
    trust = trust_of(signer_line("*@clinic", public(tmp_path / "authority.pub"), "cert-authority"))
    signature = sign(TEXT, key, NAMESPACE)
    assert signer_of(signature, trust, NAMESPACE, NOW) == ""
    assert check(TEXT, signature, "rev7@clinic", trust, NAMESPACE, NOW) != ""


PASSPHRASE = "Schlüssel mit 'Leerzeichen' "


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> SigningKey:
    """A key with a passphrase."""
    path = key_file(tmp_path_factory.mktemp("locked") / "key", passphrase=PASSPHRASE)
    return signing_key(path, "jdoe")._replace(is_encrypted=True)


def test_a_passphrase_opens_a_key(locked: SigningKey) -> None:
    signature = sign(TEXT, locked, NAMESPACE, lambda: PASSPHRASE)
    trust = trust_of(signer_line("jdoe", locked.public_key))
    assert check(TEXT, signature, "jdoe", trust, NAMESPACE, NOW) == ""


@pytest.mark.parametrize("typed", ["wrong", "", PASSPHRASE.strip(), f"x{PASSPHRASE}", "x" * 1000])
def test_a_wrong_passphrase_is_told(locked: SigningKey, typed: str) -> None:
    with pytest.raises(WrongPassphrase, match="The passphrase is wrong"):
        sign(TEXT, locked, NAMESPACE, lambda: typed)
    with pytest.raises(WrongPassphrase):
        sign(TEXT, locked, NAMESPACE)


@pytest.mark.parametrize("typed", ["x" * 1001, "two\nlines", "nul\0", "\x1b"])
def test_what_is_no_passphrase_is_refused(
    locked: SigningKey, typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "PROGRAM", Path("/nonexistent"))
    with pytest.raises(CannotSign, match="no control characters"):
        sign(TEXT, locked, NAMESPACE, lambda: typed)


def test_nothing_of_the_environment_reaches_ssh_keygen(
    locked: SigningKey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SSH_ASKPASS would run a program, and SSH_SK_PROVIDER load a library."""
    asked = tmp_path / "asked"
    program = tmp_path / "askpass"
    program.write_text(f"#!/bin/sh\necho {PASSPHRASE!r} > {asked}\necho wrong\n")
    program.chmod(0o755)
    monkeypatch.setenv("SSH_ASKPASS", str(program))
    monkeypatch.setenv("SSH_ASKPASS_REQUIRE", "force")
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("SSH_SK_PROVIDER", str(program))
    monkeypatch.setenv("SSH_AUTH_SOCK", str(tmp_path / "socket"))
    assert sign(TEXT, locked, NAMESPACE, lambda: PASSPHRASE)
    with pytest.raises(WrongPassphrase):
        sign(TEXT, locked, NAMESPACE, lambda: "wrong")
    assert not asked.exists()


def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    key = signing_key(key_file(tmp_path / "key"), "jdoe")
    assert key.path is not None
    key.path.chmod(0o644)
    with pytest.raises(CannotSign, match="Other users can read") as caught:
        sign(TEXT, key, NAMESPACE)
    assert "Nothing was signed" in str(caught.value)


def test_a_key_that_is_not_the_one_named_is_noticed(signing_site: SigningSite) -> None:
    other = signing_site.reviewer._replace(path=signing_site.other.path)
    with pytest.raises(CannotSign, match="signed with another key"):
        sign(TEXT, other, NAMESPACE)


@pytest.mark.parametrize("passphrase", ["", "ab", PASSPHRASE])
def test_a_new_key_has_its_passphrase(tmp_path: Path, passphrase: str) -> None:
    path = tmp_path / "new"
    create_key(path, passphrase, "jdoe, imr-tui")
    assert path.stat().st_mode & 0o777 == 0o600
    is_encrypted = parse_private(path.read_bytes()).is_encrypted
    assert is_encrypted is bool(passphrase)
    key = signing_key(path, "jdoe")._replace(is_encrypted=is_encrypted)
    assert sign(TEXT, key, NAMESPACE, lambda: passphrase)


def test_a_key_is_not_overwritten(tmp_path: Path) -> None:
    create_key(tmp_path / "new", "", "first")
    before = (tmp_path / "new").read_bytes()
    with pytest.raises(CannotSign, match="did not create a key"):
        create_key(tmp_path / "new", "", "second")
    assert (tmp_path / "new").read_bytes() == before


def is_alive(group: int) -> bool:
    """Whether a process of a group runs."""
    for file in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, its_group, *_ = file.read_text().rpartition(")")[2].split()
            if int(its_group) == group and state != "Z":
                return True
    return False


def open_descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def stand_in(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a shell script take the place of ssh-keygen."""
    program = folder / "ssh-keygen"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setattr(process, "PROGRAM", program)
    monkeypatch.setattr(process, "is_safe", lambda program: True)


@pytest.mark.slow
@pytest.mark.parametrize(
    "script",
    ["exec sleep 600", "sleep 600 & sleep 600", "exec >&- 2>&-; sleep 600", "(sleep 600) & exit 0"],
)
def test_a_hanging_ssh_keygen_is_stopped(
    signing_site: SigningSite,
    signature: bytes,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    script: str,
) -> None:
    stand_in(tmp_path, f"echo $$ > {tmp_path}/pid\n{script}", monkeypatch)
    monkeypatch.setattr(ssh_keygen, "CHECK_SECONDS", 0.3)
    with pytest.raises(CannotSign, match="took longer than 0"):
        check(TEXT, signature, "jdoe", signing_site.trust, NAMESPACE, NOW)
    group = int((tmp_path / "pid").read_text())
    # Its children were in its group.
    while is_alive(group):
        pass


def test_endless_output_is_stopped(
    signing_site: SigningSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, "exec yes", monkeypatch)
    with pytest.raises(CannotSign, match="wrote more than a signature"):
        sign(TEXT, signing_site.reviewer, NAMESPACE)


@pytest.mark.parametrize(
    ("script", "says"),
    [
        ("exit 255", "ssh-keygen did not sign"),
        ("exit 0", "ssh-keygen did not sign"),
        ("printf 'weird\\033[31m' >&2; exit 1", r"says: weird"),
        ("echo no signature", "does not begin and end"),
        ("kill -9 $$", "ssh-keygen did not sign"),
    ],
)
def test_what_is_no_signature_is_not_taken_for_one(
    signing_site: SigningSite,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    script: str,
    says: str,
) -> None:
    stand_in(tmp_path, script, monkeypatch)
    with pytest.raises(CannotSign, match=says) as caught:
        sign(TEXT, signing_site.reviewer, NAMESPACE)
    assert "\x1b" not in str(caught.value)
    assert "Nothing was signed" in str(caught.value)


def test_its_environment_directory_and_terminal(
    signing_site: SigningSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = tmp_path / "seen"
    script = (
        f"exec > {seen}; /usr/bin/env; pwd; (: < /dev/tty) 2>&1 || echo no terminal\n"
        "read -r stat < /proc/$$/stat; set -- $stat; echo leads its session: $(($6 == $$)); exit 1"
    )
    stand_in(tmp_path, script, monkeypatch)
    monkeypatch.setenv("LD_PRELOAD_X", "secret")
    with pytest.raises(CannotSign):
        sign(TEXT, signing_site.reviewer, NAMESPACE)
    lines = set(seen.read_text().splitlines())
    # A shell sets these itself.
    assert lines - {"PWD=/", "SHLVL=0", "_=/usr/bin/env"} >= {
        *("TZ=UTC0", "/", "no terminal", "leads its session: 1"),
    }
    assert not any("secret" in line or line.startswith(("HOME", "PATH", "SSH")) for line in lines)


def test_a_program_that_others_can_change_is_not_started(
    signing_site: SigningSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, "exit 0", monkeypatch)
    monkeypatch.undo()
    program = tmp_path / "ssh-keygen"
    program.chmod(0o777)
    for path in (program, tmp_path / "missing"):
        monkeypatch.setattr(process, "PROGRAM", path)
        with pytest.raises(CannotSign, match="Install the package openssh-client"):
            sign(TEXT, signing_site.reviewer, NAMESPACE)


def test_threads_can_check_at_once(signing_site: SigningSite, signature: bytes) -> None:
    results: list[str] = []

    def check_some() -> None:
        for text in (TEXT, b"x") * 5:
            results.append(check(text, signature, "jdoe", signing_site.trust, NAMESPACE, NOW)[:30])

    threads = [threading.Thread(target=check_some) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [""] * 20 + ["The signature is not right for"] * 20


def test_no_descriptor_stays_open(signing_site: SigningSite, signature: bytes) -> None:
    check(TEXT, signature, "jdoe", signing_site.trust, NAMESPACE, NOW)
    before = open_descriptors()
    for text in (TEXT, b"x"):
        check(text, signature, "jdoe", signing_site.trust, NAMESPACE, NOW)
    assert open_descriptors() == before


def test_ssh_keygen_skips_what_is_refused_here(
    signing_site: SigningSite, signature: bytes, tmp_path: Path
) -> None:
    """Why a file with a fault is refused: ssh-keygen would not say that it skips a line."""
    text = f"asmith {signing_site.other.public_key.line[:-9]}\n" + signer_line(
        "jdoe", signing_site.reviewer.public_key
    )
    signers = tmp_path / "signers"
    signers.write_text(text)
    (tmp_path / "s").write_bytes(signature)
    verify = ("-Y", "verify", "-n", NAMESPACE, "-I", "jdoe", "-f", signers, "-s", tmp_path / "s")
    assert b"Good" in keygen(*verify, stdin=TEXT)
    assert read_signers(text.encode()).faults
