"""Who may sign: a file that ssh-keygen would read in part, or in two ways, is refused."""

import re
from datetime import UTC, datetime

import pytest

from imr_tui.signing.manifest import NAMESPACE, SEAL_NAMESPACE
from imr_tui.signing.public_key import PublicKey
from imr_tui.signing.revoked import revoked_faults
from imr_tui.signing.signers import MAX_BYTES, read_signers
from tests.signers import fake_certificate, fake_key, signer_line

KEY, OTHER, AUTHORITY = fake_key(1), fake_key(2), fake_key(3)
GOOD = signer_line("jdoe", KEY)
NOW = datetime(2026, 11, 29, 14, 2, 7, tzinfo=UTC)
FOR = f'namespaces="{NAMESPACE}"'


def faults(text: str | bytes) -> tuple[str, ...]:
    return read_signers(text if isinstance(text, bytes) else text.encode()).faults


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (f"jdoe {KEY.line}", "namespaces=.* missing"),
        (f"jdoe cert-authority {KEY.line}", "namespaces=.* missing"),
        (f"* {FOR} {KEY.line}", "pattern"),
        (f"j* {FOR} {KEY.line}", "pattern"),
        (f"jdo? {FOR} {KEY.line}", "pattern"),
        (f"!jdoe {FOR} {KEY.line}", "pattern"),
        (f"* {FOR},cert-authority {KEY.line}", "must be letters"),
        (f"*@* {FOR},cert-authority {KEY.line}", "must be letters"),
        (f"?@clinic {FOR},cert-authority {KEY.line}", "must be letters"),
        (f"jdoe,asmith {FOR} {KEY.line}", "not one name"),
        (f'"jdoe" {FOR} {KEY.line}', "not one name"),
        (f"-jdoe {FOR} {KEY.line}", "must be letters"),
        (f"jdöe {FOR} {KEY.line}", "must be letters"),
        (f'jdoe namespaces="*" {KEY.line}', "without patterns"),
        (f'jdoe namespaces="imr-*" {KEY.line}', "without patterns"),
        (f'jdoe namespaces="{NAMESPACE},!git" {KEY.line}', "without patterns"),
        (f'jdoe namespaces="" {KEY.line}', "without patterns"),
        (f"jdoe namespaces={NAMESPACE} {KEY.line}", "cannot be read"),
        (f"jdoe {FOR},{FOR} {KEY.line}", "there twice"),
        (f"jdoe {FOR}, {KEY.line}", "cannot be read"),
        (f"jdoe {FOR},no-pty {KEY.line}", "no-pty is unknown"),
        (f'jdoe {FOR},cert-authority="yes" {KEY.line}', "takes no value"),
        (f'jdoe {FOR},valid-before="20261131Z" {KEY.line}', "must be a time"),
        (f'jdoe {FOR},valid-before="20261130" {KEY.line}', "must be a time in UTC"),
        (f'jdoe {FOR},valid-before="2026-11-30Z" {KEY.line}', "must be a time"),
        (f'jdoe {FOR},valid-before="2026113 Z" {KEY.line}', "must be a time"),
        (f"jdoe {FOR},valid-before {KEY.line}", "must be a time"),
        (
            f'jdoe {FOR},valid-after="20270101Z",valid-before="20261231Z" {KEY.line}',
            "earlier than valid-after",
        ),
        (f"jdoe {FOR}", "not one name"),
        ("jdoe", "not one name"),
        (f"jdoe {FOR} ssh-ed25519 AAAA", "not encoded the way"),
        (f"jdoe {FOR} ssh-ed25519 {KEY.line[12:-1]}", "Base64|not encoded|not written"),
        (f"jdoe {FOR} ssh-rsa {KEY.line[12:]}", "not written the way"),
        (f"jdoe {FOR} ssh-dss AAAAB3NzaC1kc3M=", "type that imr-tui does not accept"),
        (f"jdoe {FOR} {fake_certificate(1, AUTHORITY, ['jdoe']).line}", "certificate"),
        (f"jdoe {FOR} {KEY.line}\r", "control character"),
        (f"jdoe {FOR} {KEY.line} a\x1b[31mb", "control character"),
        (f"\ufeffjdoe {FOR} {KEY.line}", "control character"),
    ],
)
def test_a_faulty_line_is_refused_with_its_number(line: str, fault: str) -> None:
    text = f"# Reviewers\n\n{signer_line('asmith', OTHER)}{line}\n"
    (found,) = faults(text)
    assert found.startswith("Line 4: ")
    assert re.search(fault, found), found
    # With one faulty line nobody may sign.
    assert read_signers(text.encode()).principal_of(OTHER, NAMESPACE, NOW) == ""


def test_one_key_for_two_people_is_refused() -> None:
    text = GOOD + signer_line("asmith", KEY)
    assert faults(text) == ("Line 2: The key is also on line 1. Remove one of them.",)
    assert faults(GOOD + signer_line("*@clinic", KEY, "cert-authority")) != ()


def test_bytes_that_are_no_text_and_large_files_are_refused() -> None:
    assert faults(b"\xff\n" + GOOD.encode()) == ("Line 1: It is not UTF-8 text.",)
    assert "more than" in faults(b"#" * (MAX_BYTES + 1))[0]


@pytest.mark.parametrize(
    "line",
    [
        GOOD,
        f"  jdoe\t{FOR}   {KEY.line} Dr. Jörg Doe, oncology\n",
        f"jdoe {FOR.replace('namespaces', 'NameSpaces')} {KEY.line}\n",
        f'jdoe namespaces="git,{NAMESPACE}" {KEY.line}\n',
        f'jdoe {FOR},valid-after="20261129140207Z",valid-before="20261129140207Z" {KEY.line}',
        f'jdoe valid-after="20261129Z",{FOR} {KEY.line}',
        f'jdoe {FOR},valid-before="202611291403Z" {KEY.line}',
    ],
)
def test_a_good_line_names_its_signer(line: str) -> None:
    signers = read_signers(line.encode())
    assert signers.faults == ()
    assert signers.principal_of(KEY, NAMESPACE, NOW) == "jdoe"
    assert signers.principal_of(OTHER, NAMESPACE, NOW) == ""
    assert signers.principal_of(KEY, SEAL_NAMESPACE, NOW) == ""


@pytest.mark.parametrize(
    ("options", "counts"),
    [
        ('valid-before="20261129140206Z"', False),
        ('valid-before="20261129140207Z"', True),
        ('valid-after="20261129140207Z"', True),
        ('valid-after="20261129140208Z"', False),
        ('valid-after="20261129Z"', True),
        ('valid-before="20261129Z"', False),
    ],
)
def test_a_key_counts_in_its_time(options: str, counts: bool) -> None:
    signers = read_signers(signer_line("jdoe", KEY, options).encode())
    at = NOW.replace(microsecond=999_999)
    assert signers.principal_of(KEY, NAMESPACE, at) == ("jdoe" if counts else "")


def test_a_person_may_change_keys() -> None:
    signers = read_signers(
        (
            signer_line("jdoe", KEY, 'valid-before="20261101Z"')
            + signer_line("jdoe", OTHER, 'valid-after="20261101Z"')
        ).encode()
    )
    assert signers.faults == ()
    assert signers.principal_of(KEY, NAMESPACE, NOW) == ""
    assert signers.principal_of(OTHER, NAMESPACE, NOW) == "jdoe"


SECONDS = int(NOW.timestamp())


@pytest.mark.parametrize(
    ("name", "certificate", "signs_as"),
    [
        ("*@clinic", fake_certificate(9, AUTHORITY, ["rev7@clinic"]), "rev7@clinic"),
        ("rev*", fake_certificate(9, AUTHORITY, ["rev7@clinic"]), "rev7@clinic"),
        ("rev7@clinic", fake_certificate(9, AUTHORITY, ["rev7@clinic"]), "rev7@clinic"),
        ("*@clinic", fake_certificate(9, AUTHORITY, ["rev7@clinic.example"]), ""),
        ("*@clinic", fake_certificate(9, AUTHORITY, ["a@clinic", "b@clinic"]), ""),
        ("*@clinic", fake_certificate(9, AUTHORITY, []), ""),
        ("*@clinic", fake_certificate(9, AUTHORITY, ["*@clinic"]), ""),
        ("*@clinic", fake_certificate(9, OTHER, ["rev7@clinic"]), ""),
        ("*@clinic", fake_certificate(9, AUTHORITY, ["rev7@clinic"], kind=2), ""),
        ("*@clinic", fake_certificate(9, AUTHORITY, ["rev7@clinic"], before=SECONDS), ""),
        (
            "*@clinic",
            fake_certificate(9, AUTHORITY, ["rev7@clinic"], before=SECONDS + 1),
            "rev7@clinic",
        ),
        ("*@clinic", fake_certificate(9, AUTHORITY, ["rev7@clinic"], after=SECONDS + 1), ""),
        # The authority signs certificates, not determinations.
        ("*@clinic", AUTHORITY, ""),
    ],
)
def test_a_certificate_names_one_person(name: str, certificate: PublicKey, signs_as: str) -> None:
    signers = read_signers(signer_line(name, AUTHORITY, "cert-authority").encode())
    assert signers.faults == ()
    assert signers.principal_of(certificate, NAMESPACE, NOW) == signs_as
    assert signers.principal_of(certificate, SEAL_NAMESPACE, NOW) == ""


def test_a_certificate_does_not_count_for_its_key_alone() -> None:
    certificate = fake_certificate(1, AUTHORITY, ["jdoe"])
    assert certificate.plain == KEY
    assert certificate.fingerprint == KEY.fingerprint
    assert read_signers(GOOD.encode()).principal_of(certificate, NAMESPACE, NOW) == ""


def test_revoked_keys_are_read_strictly() -> None:
    assert revoked_faults(f"# Lost in May\n{KEY.line} jdoe\n\n{OTHER.line}\n".encode()) == ()
    assert revoked_faults(b"SSHKRL\n\0anything") == ()
    (fault,) = revoked_faults(f"{KEY.line}\nssh-ed25519 AAAA\n".encode())
    assert fault.startswith("Line 2: ")
    assert revoked_faults(b"\xff")
