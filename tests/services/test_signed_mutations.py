"""No change of a file of a signed case passes `verify`, whatever it is and wherever."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random

import pytest

from imr_tui.errors import ImrError
from imr_tui.services.verify_cases import signing_events, verify_file
from imr_tui.services.verify_log import check_log
from imr_tui.signing.manifest import SEAL_NAMESPACE, parse, seal_statement
from imr_tui.signing.public_key import parse_line
from imr_tui.signing.signers import read_signers
from imr_tui.store.audit.log import AuditLog
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.machine_policy import Host
from imr_tui.store.signing.sealed_copies import SealedCopies
from imr_tui.store.signing.ssh_keygen import sign
from imr_tui.store.signing.trust import SIGNERS, load_trust
from tests.commands import Run
from tests.services.mutations import MUTATIONS, mutations
from tests.services.signing import NUMBER, SIGNED_AT, Desk, desk, signing_site
from tests.signers import needs_keygen, root_owned

__all__ = ["desk", "root_owned", "signing_site"]

pytestmark = [pytest.mark.process, needs_keygen]

OWN = f".imr/signed/{NUMBER}/1"
FILES = {
    "case file": f"{NUMBER}.toml",
    "letter": f"{NUMBER}.txt",
    "sealed case": f"{OWN}/case.toml",
    "sealed letter": f"{OWN}/letter.txt",
    "manifest": f"{OWN}/manifest",
    "signature": f"{OWN}/reviewer.sig",
    "seal": f"{OWN}/organization.sig",
    "log": f".imr/log/{SIGNED_AT.year}.jsonl",
}
"""The files that prove a determination, under the folder of cases."""
MANY = 100
"""Mutations of a file in each long test; with five seeds and ten files, 5,000."""
long_and_short = pytest.mark.parametrize(
    ("count", "seed"),
    [
        (len(MUTATIONS), 0),
        *(pytest.param(MANY, seed, marks=pytest.mark.slow) for seed in range(1, 6)),
    ],
)


@pytest.fixture
def sealed(desk: Desk) -> Desk:
    """A folder with a case that was opened, edited, signed and sealed."""
    log = AuditLog(desk.path)
    log.append(NUMBER, "opened", now=SIGNED_AT)
    log.append(NUMBER, "edited", ("summary.text",), now=SIGNED_AT)
    desk.signed_case()
    copies = SealedCopies(desk.path, NUMBER)
    read = copies.read(1)
    statement = seal_statement(read.manifest, read.reviewer)
    assert copies.add_seal(1, sign(statement, desk.site.organization, SEAL_NAMESPACE))
    manifest, signer = parse(read.manifest).sha256, desk.site.organization.principal
    log.append(NUMBER, "sealed", content=manifest, now=SIGNED_AT, signer=signer)
    assert is_good(desk.path)
    return desk


def is_good(folder: Path, host: Host = Host()) -> bool:  # noqa: B008
    """Whether `verify` finds nothing wrong; what it cannot read is wrong."""
    try:
        trust = load_trust(Folder(folder), host)
        found = verify_file(folder / f"{NUMBER}.toml", trust, signing_events(folder))
        return found.status == "good" and not check_log(folder, found.heads).faults
    except ImrError:
        return False


def accepted(
    path: Path, others: Sequence[tuple[str, bytes]], verify: Callable[[], bool]
) -> list[tuple[str, bytes]]:
    """Those contents of a file with which it still verifies; puts the right one back."""
    before = path.read_bytes()
    found = []
    for name, data in others:
        assert data != before
        path.write_bytes(data)
        if verify():
            found.append((name, data))
    path.write_bytes(before)
    assert verify()
    return found


@long_and_short
@pytest.mark.parametrize("name", FILES)
def test_a_changed_file_is_refused(sealed: Desk, name: str, count: int, seed: int) -> None:
    path = sealed.path / FILES[name]
    others = list(mutations(path.read_bytes(), Random(f"{name} {seed}"), count))
    assert len(others) == count
    assert accepted(path, others, partial(is_good, sealed.path)) == []


def test_a_file_that_is_gone_or_a_link_is_reported(sealed: Desk) -> None:
    for name in FILES.keys() - {"letter"}:
        path = sealed.path / FILES[name]
        copy = path.with_name("copy")
        path.rename(copy)
        assert not is_good(sealed.path), name
        path.symlink_to(copy)
        assert not is_good(sealed.path), name
        copy.replace(path)
        assert is_good(sealed.path)


def test_a_letter_that_was_sent_and_moved_away_is_no_fault(sealed: Desk) -> None:
    (sealed.path / FILES["letter"]).unlink()
    assert is_good(sealed.path)


def test_the_command_reports_what_was_changed(sealed: Desk, run: Run) -> None:
    assert run("verify", sealed.path).code == 0
    (sealed.path / FILES["letter"]).write_text("Overturned.\n")
    done = run("verify", sealed.path)
    assert done.code == 1
    assert f"The letter {sealed.path / FILES['letter']} is not the one that was signed." in done.out


def reviewers_line(data: bytes) -> tuple[int, int]:
    """Where the line of the reviewer begins and ends in a list of signers."""
    start = data.index(b"jdoe ")
    return start, data.index(b"\n", start)


def same_reviewer(before: bytes, after: bytes) -> bool:
    """Whether another list of signers says the same of the reviewer's key: name, purpose, time.

    A comment and the order of lines are the site's; so are other keys.
    """
    first, second = read_signers(before), read_signers(after)
    key = first.signers[0].key
    meant = [(each.principal, each.options) for each in first.signers if each.key == key]
    return not second.faults and meant == [
        (each.principal, each.options) for each in second.signers if each.key == key
    ]


def signers_mutations(data: bytes, count: int, seed: int) -> list[tuple[str, bytes]]:
    """Changes of the reviewer's line, and of the whole list, that say something else."""
    start, end = reviewers_line(data)
    found: list[tuple[str, bytes]] = []
    random = Random(f"signers {seed}")
    while len(found) < count:
        line = mutations(data[start:end] + b"\n", random, len(MUTATIONS))
        found += ((name, data[:start] + each + data[end + 1 :]) for name, each in line)
        found += mutations(data, random, len(MUTATIONS))
        found = [(name, each) for name, each in found if not same_reviewer(data, each)]
    return found[:count]


@long_and_short
def test_a_changed_list_of_signers_is_refused(sealed: Desk, count: int, seed: int) -> None:
    path = sealed.path / ".imr" / SIGNERS
    others = signers_mutations(path.read_bytes(), count, seed)
    assert accepted(path, others, partial(is_good, sealed.path)) == []


REFUSED = (
    ("jdoe namespaces", "jdof namespaces"),
    ("jdoe namespaces", "asmith namespaces"),
    ("imr-determination@imr-tui", "imr-determination"),
    ("imr-determination@imr-tui", "imr-seal@imr-tui"),
    ("imr-determination@imr-tui", "*"),
    ("imr-determination@imr-tui", "imr-*"),
    ('namespaces="imr-determination@imr-tui"', 'namespaces=""'),
    ('namespaces="imr-determination@imr-tui" ', ""),
    ('jdoe namespaces="', 'jdoe valid-before="20261123092959Z",namespaces="'),
    ('jdoe namespaces="', 'jdoe valid-after="20261123093001Z",namespaces="'),
    ('jdoe namespaces="', 'jdoe valid-before="2026-11-24",namespaces="'),
    ('jdoe namespaces="', 'jdoe cert-authority,namespaces="'),
    ('jdoe namespaces="', 'jdoe no-touch-required,namespaces="'),
    ("jdoe ", "* "),
    ("jdoe ", "jdoe,asmith "),
    ("jdoe ", "!jdoe "),
    ("jdoe ", "j?oe "),
    ("jdoe ", '"jdoe" '),
    ("jdoe ", "# jdoe "),
    ("ssh-ed25519", "ssh-rsa"),
    ("ssh-ed25519 ", "ssh-ed25519"),
)
"""What stands in the line of the reviewer, and what nobody may sign with, or not at that time."""


def test_a_list_that_no_longer_allows_the_signature_is_refused(sealed: Desk) -> None:
    path = sealed.path / ".imr" / SIGNERS
    text = path.read_text()
    start, end = reviewers_line(path.read_bytes())
    for old, new in REFUSED:
        line = text[start:end].replace(old, new)
        assert line != text[start:end]
        path.write_text(text[:start] + line + text[end:])
        assert not is_good(sealed.path), line


ALLOWED = (
    ("\n", "  a new comment\n"),
    ("# Synthetic", "# Other"),
    ('jdoe namespaces="', 'jdoe valid-before="20271231Z",namespaces="'),
    ('jdoe namespaces="', 'jdoe valid-after="20261123093000Z",namespaces="'),
)
"""What a site may change in its list."""


def test_a_comment_and_a_longer_time_are_the_sites(sealed: Desk) -> None:
    path = sealed.path / ".imr" / SIGNERS
    text = path.read_text()
    for old, new in ALLOWED:
        path.write_text(text.replace(old, new))
        assert path.read_text() != text
        assert is_good(sealed.path), new


def test_a_key_under_two_names_is_refused(sealed: Desk) -> None:
    path = sealed.path / ".imr" / SIGNERS
    start, end = reviewers_line(path.read_bytes())
    text = path.read_text()
    path.write_text(text + text[start:end].replace("jdoe", "another") + "\n")
    assert not is_good(sealed.path)


@pytest.mark.usefixtures("root_owned")
@long_and_short
def test_a_changed_list_of_revoked_keys_never_revokes_less(
    sealed: Desk, tmp_path: Path, count: int, seed: int
) -> None:
    """Only a whole list without the key revokes nothing; root alone can write one."""
    path = tmp_path / "revoked"
    key, stranger = sealed.site.reviewer.public_key, sealed.site.stranger.public_key
    data = f"# Revoked keys.\n{stranger.line} a stranger\n{key.line} lost\n".encode()
    host = replace(sealed.site.host(), revoked=str(path))
    path.write_bytes(f"{stranger.line}\n".encode())
    assert is_good(sealed.path, host)
    for name, other in mutations(data, Random(f"revoked {seed}"), count):
        path.write_bytes(other)
        if is_good(sealed.path, host):
            assert key not in listed(other), (name, other)


def listed(data: bytes) -> list[object]:
    """The keys of a list; raises BadInput for a line without a key."""
    lines = [line.strip(" \t") for line in data.decode().split("\n")]
    return [
        parse_line(" ".join(line.split(" ")[:2]))
        for line in lines
        if line and not line.startswith("#")
    ]
