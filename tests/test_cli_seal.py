"""`imr-tui seal`: the organization's signature over a reviewer's."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from imr_tui.cli import signing_setup
from imr_tui.cli.commands import seal as seal_command
from imr_tui.errors import CannotStore
from imr_tui.services import commit_signature
from imr_tui.services.check_signature import signature_fault
from imr_tui.signing.manifest import NAMESPACE, SEAL_NAMESPACE, seal_statement
from imr_tui.store.audit.log import AuditLog
from imr_tui.store.config.account_folder import account_name
from imr_tui.store.locking.claim import claim
from imr_tui.store.locking.holder import Holder
from imr_tui.store.signing import unfinished
from imr_tui.store.signing.sealed_copies import SealedCopies
from imr_tui.store.signing.ssh_keygen import sign
from imr_tui.store.signing.trust import SIGNERS
from tests.builders import saved
from tests.commands import Done, Run, assert_refused
from tests.services.signed_files import SignedFile, sign_as, signed_file
from tests.services.signing import NUMBER, Desk, a_signable_case, desk
from tests.signers import key_file, needs_keygen, public, signer_line

__all__ = ["desk"]

pytestmark = [pytest.mark.process, needs_keygen]

LATER = datetime(2026, 12, 7, 9, 0, tzinfo=UTC)


@pytest.fixture
def signed(desk: Desk) -> SignedFile:
    """A case that was signed."""
    return signed_file(desk)


def seal(run: Run, desk: Desk, *paths: Path) -> Done:
    """Seal with the key of the organization."""
    return run("seal", "--key", desk.site.organization.path, *paths)


def assert_unsealed(signed: SignedFile) -> None:
    """The case has no seal, the log none of the event, and nothing is unfinished."""
    assert signed.copies.read(1).organization is None
    assert "sealed" not in signed.events()
    assert list(unfinished.unfinished(signed.path.parent)) == []


def test_the_organization_signs_the_signature_of_the_reviewer(run: Run, signed: SignedFile) -> None:
    before, case = signed.sealed(), signed.path.read_bytes()
    done = seal(run, signed.desk, signed.path)
    assert (done.code, done.out) == (0, f"{signed.path}: sealed, revision 1\n")
    assert "1 of 1 cases are sealed." in done.err
    sealed = signed.sealed()
    assert sealed.organization is not None
    assert sealed._replace(organization=None) == before
    assert signed.path.read_bytes() == case
    statement = seal_statement(sealed.manifest, sealed.reviewer)
    trust = signed.desk.trust
    assert signature_fault(statement, sealed.organization, SEAL_NAMESPACE, trust, LATER) == ""
    event = list(AuditLog(signed.path.parent).events())[-1]
    assert (event.event, event.content) == ("sealed", signed.manifest().sha256)
    assert event.account == account_name()
    verified = run("verify", signed.path)
    assert (verified.code, verified.out) == (0, f"{signed.path}: good, revision 1, sealed\n")


def test_a_sealed_case_is_not_sealed_again(run: Run, signed: SignedFile) -> None:
    assert seal(run, signed.desk, signed.path).code == 0
    before = signed.sealed()
    done = seal(run, signed.desk, signed.path)
    assert (done.code, done.out) == (0, f"{signed.path}: sealed already\n")
    assert signed.sealed() == before
    assert signed.events().count("sealed") == 1


def test_the_revision_of_a_correction_is_sealed_too(run: Run, signed: SignedFile) -> None:
    assert seal(run, signed.desk, signed.path).code == 0
    assert run("correct", signed.path, "--reason", "A misspelled drug.").code == 0
    assert_refused(seal(run, signed.desk, signed.path), 5, "correction of revision 1")
    sign_as(signed.desk, signed.path, LATER)
    done = seal(run, signed.desk, signed.path)
    assert (done.code, done.out) == (0, f"{signed.path}: sealed, revision 2\n")
    assert signed.sealed(1).organization != signed.sealed(2).organization
    assert run("verify", signed.path).out == f"{signed.path}: good, revision 2, sealed\n"


def test_the_account_that_signed_does_not_seal(run: Run, desk: Desk) -> None:
    signed = signed_file(desk, account=account_name())
    assert_refused(seal(run, desk, signed.path), 4, f"account {account_name()} signed it")
    assert_unsealed(signed)


def test_the_principal_that_signed_does_not_seal(run: Run, signed: SignedFile) -> None:
    reviewer = signed.desk.site.reviewer
    both = f"{NAMESPACE},{SEAL_NAMESPACE}"
    signers = signed.path.parent / ".imr" / SIGNERS
    signers.write_text(signer_line("jdoe", reviewer.public_key, namespace=both))
    done = run("seal", "--key", reviewer.path, signed.path)
    assert_refused(done, 4, "jdoe signed it. Seal it with the key of the organization")
    assert_unsealed(signed)


@pytest.mark.parametrize("name", ["reviewer", "other", "stranger"])
def test_only_a_key_for_seals_seals(run: Run, signed: SignedFile, name: str) -> None:
    key = getattr(signed.desk.site, name)
    done = run("seal", "--key", key.path, signed.path)
    assert_refused(done, 4, r"not among the signers")
    assert_unsealed(signed)


def test_the_keys_of_a_folder_need_a_name(run: Run, signed: SignedFile) -> None:
    assert_refused(run("seal", signed.path), 4, r"organization's key with --key")
    assert_unsealed(signed)


def test_a_site_has_the_key_in_its_settings(
    run: Run, signed: SignedFile, monkeypatch: pytest.MonkeyPatch, root_owned: None
) -> None:
    site = signed.desk.site
    host = site.host(sign_key=str(site.organization.path))
    for module in (seal_command, signing_setup):
        monkeypatch.setattr(module, "load_host", lambda: host)
    assert run("seal", signed.path).out == f"{signed.path}: sealed, revision 1\n"


def test_a_key_with_a_passphrase_needs_a_terminal(
    run: Run, signed: SignedFile, tmp_path: Path
) -> None:
    key = key_file(tmp_path / "imro2", passphrase="words")
    line = signer_line("imro2", public(tmp_path / "imro2.pub"), namespace=SEAL_NAMESPACE)
    with (signed.path.parent / ".imr" / SIGNERS).open("a") as signers:
        signers.write(line)
    assert_refused(run("seal", "--key", key, signed.path), 3, "passphrase, typed on a terminal")
    assert_unsealed(signed)


@pytest.mark.parametrize("how", ["stranger", "seal", "junk"])
def test_a_signature_that_is_not_valid_is_not_sealed(
    run: Run, signed: SignedFile, how: str
) -> None:
    sealed, site = signed.sealed(), signed.desk.site
    replaced = {
        "stranger": sign(sealed.manifest, site.stranger, NAMESPACE),
        "seal": sign(sealed.manifest, site.organization, SEAL_NAMESPACE),
        "junk": sealed.reviewer + b"\n",
    }
    signed.copies.file(1, "reviewer.sig").write_bytes(replaced[how])
    assert_refused(seal(run, signed.desk, signed.path), 1, "signature of CM26-0000001 is not valid")
    assert_unsealed(signed)


def test_each_case_of_a_folder_is_sealed_or_refused_for_itself(run: Run, desk: Desk) -> None:
    first, *others = (signed_file(desk, a_signable_case(f"CM26-{at}")) for at in range(1, 5))
    altered, unread, sealed = others
    saved(desk.path, a_signable_case("CM26-9"))
    altered.path.write_bytes(altered.path.read_bytes() + b"# A comment.\n")
    unread.path.write_bytes(b"nothing")
    done = seal(run, desk, desk.path)
    assert done.code == 5
    assert done.out == "".join(f"{each.path}: sealed, revision 1\n" for each in (first, sealed))
    assert f"{altered.path}: CM26-2 was signed." in done.err
    assert f"{unread.path}: " in done.err
    assert "CM26-9" not in done.err
    assert "2 of 4 cases are sealed." in done.err
    assert_unsealed(altered)


def test_a_case_that_is_open_elsewhere_does_not_keep_the_others(run: Run, desk: Desk) -> None:
    first, second = (signed_file(desk, a_signable_case(f"CM26-{at}")) for at in (1, 2))
    mine = claim(desk.path, first.number, Holder(who="asmith", host="elsewhere"))
    done = seal(run, desk, desk.path)
    mine.release()
    assert (done.code, done.out) == (5, f"{second.path}: sealed, revision 1\n")
    assert f"{first.path}: asmith on elsewhere has CM26-1 open" in done.err
    assert_unsealed(first)


def test_a_folder_without_signed_cases_has_nothing_to_seal(run: Run, desk: Desk) -> None:
    (path,) = saved(desk.path, a_signable_case())
    assert_refused(seal(run, desk, desk.path), 1, "No signed case was found")
    assert_refused(seal(run, desk, path), 1, f"{NUMBER} is not signed")
    assert AuditLog(desk.path).head() is None


def test_a_seal_that_cannot_be_written_leaves_nothing(
    run: Run, signed: SignedFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> bool:
        raise CannotStore("The disk is full.")

    monkeypatch.setattr(SealedCopies, "add_seal", fails)
    assert_refused(seal(run, signed.desk, signed.path), 4, "disk is full")
    assert_unsealed(signed)


def test_a_seal_without_its_event_is_completed_at_the_next_start(
    run: Run, signed: SignedFile
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise CannotStore("The disk is full.")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(commit_signature, "record", fails)
        assert_refused(seal(run, signed.desk, signed.path), 4, "disk is full")
    assert signed.sealed().organization is not None
    assert "sealed" not in signed.events()
    assert run("verify", signed.path).out == f"{signed.path}: good, revision 1, sealed\n"
    assert signed.events() == ["signed", "sealed", "verified"]


def test_a_seal_of_another_case_is_not_valid(run: Run, desk: Desk) -> None:
    first, second = (signed_file(desk, a_signable_case(f"CM26-{at}")) for at in (1, 2))
    assert seal(run, desk, desk.path).code == 0
    shutil.copy(first.copies.file(1, "organization.sig"), second.copies.file(1, "organization.sig"))
    assert_refused(seal(run, desk, second.path), 1, "The organization's seal is not valid")
    done = run("verify", second.path)
    assert (done.code, "The organization's seal is not valid" in done.out) == (1, True)
