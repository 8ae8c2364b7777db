"""`imr-tui rereview`: a new case for the review that an order requires."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from imr_tui.cli.commands import rereview as command
from imr_tui.domain.changes import describe
from imr_tui.domain.origin import origin
from imr_tui.errors import CannotStore
from imr_tui.model import edits
from imr_tui.model.case import Case, Copied, Item, Particulars, Record
from imr_tui.model.evidence import Citation, Weighing
from imr_tui.model.signature import Correction, Rereview, Signature
from imr_tui.model.size import Scale
from imr_tui.services import commit_signature
from imr_tui.signing.manifest import NAMESPACE
from imr_tui.signing.rereview import new_review
from imr_tui.store.audit.log import AuditLog
from imr_tui.store.cases.case_codec import decode, encode
from imr_tui.store.cases.case_file import open_case
from imr_tui.store.signing import unfinished
from imr_tui.store.signing.ssh_keygen import sign
from imr_tui.store.worklist.rows import unread
from imr_tui.ui.widgets.case_pane import described
from imr_tui.ui.widgets.facts import brief, facts_of
from tests.builders import DAY, MTUS, NOW, saved
from tests.commands import Done, Run, assert_refused
from tests.services.signed_files import SignedFile, sign_as, signed_file
from tests.services.signing import NUMBER, SIGNED_AT, Desk, a_signable_case, desk
from tests.signers import needs_keygen

__all__ = ["desk"]

pytestmark = [pytest.mark.process, needs_keygen]

LATER = datetime(2026, 12, 7, 9, 0, tzinfo=UTC)
NEW = "CM26-0000099"
FACTS = "The records do document surgery."


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begins new reviews two weeks after the cases were signed."""
    monkeypatch.setattr(command, "local_now", lambda: LATER)


@pytest.fixture
def signed(desk: Desk) -> SignedFile:
    """A case that was signed."""
    return signed_file(desk)


def begin(run: Run, signed: SignedFile, **options: Any) -> Done:
    """Begin a new review with these options in place of the usual ones."""
    given = {"number": NEW, "ordered": "2026-12-01", "facts": FACTS, **options}
    words = (word for name, value in given.items() for word in (f"--{name}", value))
    return run("rereview", signed.path, *words)


def test_a_new_case_is_created_and_the_signed_one_stays(run: Run, signed: SignedFile) -> None:
    before, old = signed.path.read_bytes(), signed.case
    done = begin(run, signed)
    path = signed.path.with_name(f"{NEW}.toml")
    assert (done.code, done.out) == (0, f"{path}\n")
    assert "Enter the dates" in done.err
    case = open_case(path).case
    assert case.rereview is not None
    assert case.rereview.case == NUMBER
    assert case.rereview.manifest == signed.manifest().sha256
    assert (case.rereview.ordered, case.rereview.facts) == (date(2026, 12, 1), FACTS)
    assert [item.request for item in case.items] == [item.request for item in old.items]
    assert case.parties == old.parties
    assert case.reviewer == Case.blank(NEW).reviewer
    assert signed.path.read_bytes() == before
    events = list(AuditLog(signed.path.parent).events())
    assert [(each.case, each.event) for each in events[1:]] == [(NEW, "re-review begun")]
    assert events[1].content == signed.manifest().sha256
    assert list(unfinished.unfinished(signed.path.parent)) == []


def test_the_new_review_is_signed_with_another_decision(run: Run, signed: SignedFile) -> None:
    assert begin(run, signed).code == 0
    path = signed.path.with_name(f"{NEW}.toml")
    begun = open_case(path).case
    whole = a_signable_case(NEW)
    judged = {
        "decision": "overturned",
        "rationale": whole.items[0].rationale.replace(" not ", " "),
        "citations": whole.items[0].citations,
        "departure": "silent",
    }
    items = (begun.items[0].but(**judged),)
    saved(path.parent, begun.but(reviewer=whole.reviewer, summary=whole.summary, items=items))
    prepared = sign_as(signed.desk, path, LATER)
    assert prepared.statement.kind == "re-review"
    case = open_case(path).case
    assert case.rereview == begun.rereview
    again = SignedFile(path, signed.desk).manifest()
    assert (again.kind, again.revision) == ("re-review", 1)
    assert again.previous == signed.manifest().sha256
    done = run("verify", signed.path.parent)
    assert done.out.count(": good, revision 1\n") == 2


ITEM = Item(
    request="Remaining sessions",
    original="12 sessions",
    authorized="6 sessions",
    follows=1,
    date_of_service=DAY,
    decision="upheld",
    rationale="Because.",
    administrator_citations=(MTUS,),
    citations=(Citation(text="Another guideline"),),
    uncited="None applies.",
    departure="silent",
    weighing=Weighing(question="Does it help?"),
    copied=(Copied(case="CM26-7", item=1, sentences=(), at=NOW),),
)
PARTICULARS = Particulars(
    number=NUMBER,
    assignment="A-1",
    priority="expedited",
    diagnosis="M54.5 Low back pain",
    specialty="Orthopedic Surgery",
    date_of_injury=DAY,
    date_assigned=DAY,
    ur_decision_date=DAY,
    application_received=DAY,
    records_received=DAY,
    decision_date=DAY,
)
ORDER = Rereview(case=NUMBER, manifest="a" * 64, ordered=date(2026, 12, 1), facts=FACTS)


def earlier_case() -> Case:
    """A case in which every field of an item, and every date, has a value."""
    case = a_signable_case().but(particulars=PARTICULARS, items=(ITEM,))
    case = case.but(records=(Record(title="PR-2"),), rereview=ORDER.but(case="CM26-8"))
    return edits.acknowledge(case, "IMR305-1", "Accepted.", "0" * 64, NOW)


def carried(before: Any, after: Any) -> set[str]:
    """The fields that are as before; the others must be blank."""
    blank = type(after).model_construct()
    names = set(type(after).model_fields)
    kept = {name for name in names if getattr(after, name) == getattr(before, name)}
    assert all(getattr(after, name) == getattr(blank, name) for name in names - kept)
    return kept


def test_only_the_dispute_is_taken_over() -> None:
    earlier = earlier_case()
    new = new_review(earlier, NEW, ORDER)
    assert (new.number, new.rereview) == (NEW, ORDER)
    assert carried(ITEM, new.items[0]) == {
        *("request", "original", "authorized", "follows", "date_of_service"),
        "administrator_citations",
    }
    assert carried(PARTICULARS.but(number=NEW), new.particulars) == {
        *("number", "priority", "date_of_injury", "ur_decision_date", "application_received"),
        *("imported", "own", "diagnosis", "specialty"),
    }
    assert (new.parties, new.records) == (earlier.parties, earlier.records)
    blank = Case.blank(NEW)
    assert (new.reviewer, new.summary) == (blank.reviewer, blank.summary)
    assert not new.acknowledged
    assert (new.signature, new.correction) == (None, None)


def refused(run: Run, signed: SignedFile, code: int, says: str, **options: Any) -> None:
    """No new review is begun, and nothing changes."""
    folder = signed.path.parent
    before = {path: path.read_bytes() for path in folder.glob("*.toml")}
    head = AuditLog(folder).head()
    assert_refused(begin(run, signed, **options), code, says)
    assert {path: path.read_bytes() for path in folder.glob("*.toml")} == before
    assert AuditLog(folder).head() == head
    assert list(unfinished.unfinished(folder)) == []


@pytest.mark.parametrize(
    ("option", "value", "code", "says"),
    [
        ("facts", " ", 3, "facts found wrong must not be blank"),
        ("ordered", "2026-11-22", 3, "was decided on 2026-11-23. No case was created"),
        ("ordered", "2026-12-08", 3, "is after today. No case was created"),
        ("number", "../x", 3, "is not a case number"),
        ("number", NUMBER, 5, "already exists"),
    ],
)
def test_a_new_review_needs_an_order(
    run: Run, signed: SignedFile, option: str, value: str, code: int, says: str
) -> None:
    refused(run, signed, code, says, **{option: value})


def test_the_order_may_be_of_the_day_of_the_decision(run: Run, signed: SignedFile) -> None:
    assert begin(run, signed, ordered=str(SIGNED_AT.date())).code == 0


def test_a_number_that_another_file_has_is_refused(run: Run, signed: SignedFile) -> None:
    assert begin(run, signed).code == 0
    refused(run, signed, 5, f"{NEW}.toml already exists")


def test_a_number_whose_file_cannot_be_read_is_refused(run: Run, signed: SignedFile) -> None:
    signed.path.with_name(f"{NEW}.toml").write_bytes(b"nothing")
    refused(run, signed, 5, f"{NEW}.toml already exists")


def test_a_draft_is_not_reviewed_again(run: Run, desk: Desk) -> None:
    (path,) = saved(desk.path, a_signable_case())
    refused(run, SignedFile(path, desk), 1, f"{NUMBER} is not signed")


def test_a_case_that_was_changed_since_is_not_reviewed_again(run: Run, signed: SignedFile) -> None:
    signed.path.write_bytes(signed.path.read_bytes().replace(b"lumbar strain", b"lumbar sprain"))
    refused(run, signed, 5, "changed after it was signed")


def test_a_case_with_a_signature_of_another_key_is_not_reviewed_again(
    run: Run, signed: SignedFile
) -> None:
    strange = sign(signed.sealed().manifest, signed.desk.site.stranger, NAMESPACE)
    signed.copies.file(1, "reviewer.sig").write_bytes(strange)
    refused(run, signed, 1, "signature of CM26-0000001 is not valid")


def test_a_case_that_is_being_corrected_is_not_reviewed_again(run: Run, signed: SignedFile) -> None:
    assert run("correct", signed.path, "--reason", "A misspelled drug.").code == 0
    refused(run, signed, 5, "correction of revision 1")


def test_a_new_review_without_its_event_is_completed_at_the_next_start(
    run: Run, signed: SignedFile
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise CannotStore("The disk is full.")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(commit_signature, "record", fails)
        assert_refused(begin(run, signed), 4, "disk is full")
    folder = signed.path.parent
    assert open_case(folder / f"{NEW}.toml").case.rereview is not None
    assert list(AuditLog(folder).events(NEW)) == []
    run("verify", signed.path)
    assert [each.event for each in AuditLog(folder).events(NEW)] == ["re-review begun"]
    assert list(unfinished.unfinished(folder)) == []


def test_a_new_review_that_was_not_created_leaves_nothing(
    run: Run, signed: SignedFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise CannotStore("The disk is full.")

    monkeypatch.setattr("imr_tui.store.cases.folder.Folder.new", fails)
    refused(run, signed, 4, "disk is full")


def test_the_order_is_shown_with_the_facts() -> None:
    case = new_review(earlier_case(), NEW, ORDER)
    says = f"Re-review of {NUMBER}, ordered 2026-12-01: {FACTS}"
    assert list(origin(case)) == [says]
    for width in (30, 80):
        assert " ".join(facts_of(case, width).plain.split()).startswith(says)
    assert brief(case).plain.splitlines()[0] == says
    row = unread(f"{NEW}.toml")
    assert says in " ".join(described(case, row, 0, LATER).plain.split())
    assert list(origin(Case.blank(NEW))) == []
    assert len(brief(Case.blank(NEW)).plain.splitlines()) == 1


def test_the_reason_for_a_correction_is_shown_with_the_facts() -> None:
    correction = Correction(revision=2, manifest="a" * 64, reason="A misspelled drug.", at=NOW)
    case = a_signable_case().but(correction=correction)
    assert "Correction of revision 2: A misspelled drug." in facts_of(case, 80).plain


def test_the_tables_of_a_signature_are_stored_measured_and_named() -> None:
    case = a_signable_case().but(rereview=ORDER)
    correction = Correction(revision=9_999, manifest="a" * 64, reason='"' * 4_000, at=NOW)
    signature = Signature(revision=9_999, manifest="a" * 64, at=NOW)
    for changed in (case.but(correction=correction), case.but(signature=signature)):
        data = encode(changed)
        assert decode(data, "x") == changed
        assert len(data) <= Scale().size(changed).bytes
    assert describe(case, case.but(signature=signature))[0].says == "signature added"
    assert describe(case, case.but(rereview=None))[0].says == "order for a new review removed"
