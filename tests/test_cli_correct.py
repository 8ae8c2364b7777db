"""`imr-tui correct`: a signed case whose printed words are corrected, and signed again."""

from datetime import UTC, datetime

import pytest

from imr_tui.cli.commands import correct
from imr_tui.errors import CannotStore, NotReady
from imr_tui.model import edits
from imr_tui.model.case import Case
from imr_tui.services import commit_signature, correct_case
from imr_tui.services.signed_case import open_signed
from imr_tui.signing.manifest import NAMESPACE
from imr_tui.store.audit.log import AuditLog
from imr_tui.store.cases.case_codec import encode
from imr_tui.store.locking.claim import claim
from imr_tui.store.locking.holder import Holder
from imr_tui.store.signing import unfinished
from imr_tui.store.signing.ssh_keygen import sign
from tests.builders import saved
from tests.commands import Run, assert_refused
from tests.services.signed_files import SignedFile, sign_as, signed_file
from tests.services.signing import SIGNED_AT, Desk, a_signable_case, desk
from tests.signers import needs_keygen

__all__ = ["desk"]

pytestmark = [pytest.mark.process, needs_keygen]

LATER = datetime(2026, 12, 7, 9, 0, tzinfo=UTC)
REASON = "The drug is misspelled."


@pytest.fixture
def signed(desk: Desk) -> SignedFile:
    """A case with two items that was signed."""
    case = a_signable_case(items=2)
    return signed_file(
        desk, edits.set_item_line(case, 1, "request", f"{case.items[1].request}, left")
    )


def reworded(case: Case) -> Case:
    """A correction of one printed word."""
    text = case.summary.text
    assert "lumbar strain" in text
    return edits.set_summary(case, text.replace("lumbar strain", "lumbar sprain"))


def test_a_signed_case_can_be_edited_again(run: Run, signed: SignedFile) -> None:
    before, sealed = signed.case, signed.sealed()
    assert before.signature is not None
    done = run("correct", signed.path, "--reason", f" {REASON} ")
    assert (done.code, done.out) == (0, "")
    assert "sign it as revision 2" in done.err
    assert "Revision 1 is kept" in done.err
    correction = signed.case.correction
    assert correction is not None
    assert (correction.revision, correction.reason) == (1, REASON)
    assert correction.manifest == before.signature.manifest == signed.manifest().sha256
    assert signed.case == before.but(signature=None, correction=correction)
    assert signed.sealed() == sealed
    assert signed.copies.revisions() == [1]
    assert signed.events() == ["signed", "correction begun"]
    assert [each.content for each in AuditLog(signed.path.parent).events()] == [
        correction.manifest
    ] * 2
    assert list(unfinished.unfinished(signed.path.parent)) == []


def test_it_is_signed_again_as_the_next_revision(run: Run, signed: SignedFile) -> None:
    original = signed.sealed()
    assert run("correct", signed.path, "--reason", REASON).code == 0
    signed.path.write_bytes(encode(reworded(signed.case)))
    sign_as(signed.desk, signed.path, LATER)
    case, manifest = signed.case, signed.manifest(2)
    assert case.correction is None
    assert case.signature is not None
    assert (case.signature.revision, case.signature.manifest) == (2, manifest.sha256)
    assert (manifest.kind, manifest.previous) == ("correction", signed.manifest(1).sha256)
    assert manifest.decision_date == SIGNED_AT.date()
    assert b"lumbar sprain" in signed.sealed(2).letter
    assert signed.sealed(1) == original
    assert run("verify", signed.path).out == f"{signed.path}: good, revision 2\n"
    assert run("correct", signed.path, "--reason", "Again.").code == 0
    assert signed.case.correction is not None
    assert signed.case.correction.revision == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda case: edits.set_decision(case, 0, "overturned"),
        lambda case: edits.set_item_line(case, 0, "request", "Another request"),
        lambda case: edits.move_item(case, 0, 1),
        lambda case: edits.remove_item(case, 1),
    ],
    ids=["decision", "request", "order", "items"],
)
def test_what_was_decided_does_not_change(
    run: Run, signed: SignedFile, change: edits.Change
) -> None:
    assert run("correct", signed.path, "--reason", REASON).code == 0
    signed.path.write_bytes(encode(change(reworded(signed.case))))
    with pytest.raises(NotReady, match=r"imr-tui rereview"):
        sign_as(signed.desk, signed.path, LATER)
    assert signed.copies.revisions() == [1]


def test_a_draft_is_not_corrected(run: Run, desk: Desk) -> None:
    (path,) = saved(desk.path, a_signable_case())
    before = path.read_bytes()
    assert_refused(run("correct", path, "--reason", REASON), 1, r"CM26-0000001 is not signed")
    assert path.read_bytes() == before
    assert AuditLog(desk.path).head() is None


def test_a_case_that_was_changed_since_is_not_corrected(run: Run, signed: SignedFile) -> None:
    changed = signed.path.read_bytes() + b"# A comment.\n"
    signed.path.write_bytes(changed)
    done = run("correct", signed.path, "--reason", REASON)
    assert_refused(done, 5, r"changed after it was signed.*`imr-tui sign --restore")
    assert signed.path.read_bytes() == changed
    assert signed.events() == ["signed"]


def test_a_case_with_a_signature_of_another_key_is_not_corrected(
    run: Run, signed: SignedFile
) -> None:
    before, sealed = signed.path.read_bytes(), signed.sealed()
    strange = sign(sealed.manifest, signed.desk.site.stranger, NAMESPACE)
    signed.copies.file(1, "reviewer.sig").write_bytes(strange)
    done = run("correct", signed.path, "--reason", REASON)
    assert_refused(done, 1, r"signature of CM26-0000001 is not valid.*may not sign")
    assert signed.path.read_bytes() == before
    assert signed.events() == ["signed"]


def test_a_correction_is_begun_once(run: Run, signed: SignedFile) -> None:
    assert run("correct", signed.path, "--reason", REASON).code == 0
    before = signed.path.read_bytes()
    done = run("correct", signed.path, "--reason", "Another reason.")
    assert_refused(done, 5, r"correction of revision 1 of CM26-0000001 was begun on 20\d\d-")
    assert signed.path.read_bytes() == before
    assert signed.events() == ["signed", "correction begun"]


def test_a_correction_that_was_given_up_can_be_begun_again(
    run: Run, signed: SignedFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = signed.path.read_bytes()
    for minute in range(2):
        monkeypatch.setattr(correct, "local_now", lambda at=minute: LATER.replace(minute=at))
        assert run("correct", signed.path, "--reason", REASON).code == 0
        assert run("sign", "--restore", signed.path).code == 0
        assert signed.path.read_bytes() == before
    assert signed.events().count("correction begun") == 2


@pytest.mark.parametrize("reason", ["", " \t\n "])
def test_a_correction_needs_a_reason(run: Run, signed: SignedFile, reason: str) -> None:
    before = signed.path.read_bytes()
    assert_refused(run("correct", signed.path, "--reason", reason), 3, r"must not be blank")
    assert run("correct", signed.path).code == 2
    assert signed.path.read_bytes() == before


def test_a_case_that_is_open_elsewhere_is_not_corrected(run: Run, signed: SignedFile) -> None:
    mine = claim(signed.path.parent, signed.number, Holder(who="asmith", host="elsewhere"))
    before = signed.path.read_bytes()
    assert_refused(run("correct", signed.path, "--reason", REASON), 5, r"asmith on elsewhere")
    assert signed.path.read_bytes() == before
    mine.release()


def test_a_text_that_another_program_wrote_meanwhile_stays(
    run: Run, signed: SignedFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = signed.path.read_bytes() + b"# A comment.\n"

    def opened(*arguments: object) -> object:
        found = open_signed(*arguments)  # type: ignore[arg-type]
        signed.path.write_bytes(theirs)
        return found

    monkeypatch.setattr(correct_case, "open_signed", opened)
    done = run("correct", signed.path, "--reason", REASON)
    assert_refused(done, 5, r"Another program changed")
    assert signed.path.read_bytes() == theirs
    assert signed.events() == ["signed"]
    assert list(unfinished.unfinished(signed.path.parent)) == []


def test_a_correction_without_its_event_is_completed_at_the_next_start(
    run: Run, signed: SignedFile
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise CannotStore("The disk is full.")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(commit_signature, "record", fails)
        assert_refused(run("correct", signed.path, "--reason", REASON), 4, "disk is full")
    assert signed.case.correction is not None
    assert signed.events() == ["signed"]
    assert run("verify", signed.path).code == 1
    assert signed.events() == ["signed", "correction begun", "verified"]
    assert list(unfinished.unfinished(signed.path.parent)) == []
