"""Signing a determination: what is refused, what is written, and what cannot change afterwards."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from imr_tui.errors import CannotSign, CannotStore, ChangedElsewhere, Closed, NotReady, Signed
from imr_tui.model.case import Case
from imr_tui.services import commit_signature
from imr_tui.services.commit_signature import commit, restore_signed, settle
from imr_tui.services.correct_case import begin_correction
from imr_tui.services.open_case import resolve_case
from imr_tui.services.sign_case import CONFIRMED, prepared_of, waiting_of
from imr_tui.services.verify_cases import signing_events, verify_file
from imr_tui.services.write_letter import letter_of
from imr_tui.signing.digest import digest_of, sha256
from imr_tui.signing.head import Head
from imr_tui.signing.manifest import parse
from imr_tui.store.audit.log import AuditLog
from imr_tui.store.cases.case_codec import decode, encode
from imr_tui.store.cases.case_file import open_case
from imr_tui.store.cases.folder import Folder
from imr_tui.store.history.replaced import replace_file
from imr_tui.store.history.versions import Event
from imr_tui.store.intake.closing import Closing, close_case
from imr_tui.store.locking.holder import this_session
from imr_tui.store.signing import waiting
from imr_tui.store.signing.sealed_copies import SealedCopies
from imr_tui.store.signing.standing import standing_of_file
from tests.builders import a_case, an_item, names, saved
from tests.services.signing import (
    ABSENCE,
    NUMBER,
    SIGNED_AT,
    Desk,
    a_signable_case,
    desk,
    signing_site,
)
from tests.signers import needs_keygen

__all__ = ["desk", "signing_site"]

pytestmark = [pytest.mark.process, needs_keygen]


def case_in(path: Path) -> Case:
    return decode(path.read_bytes(), path)


def status(path: Path, desk: Desk) -> tuple[str, str]:
    """What `verify` says of a case file."""
    result = verify_file(path, desk.trust, signing_events(desk.path))
    return result.status, result.says


def unsigned(desk: Desk, case: Case | None = None) -> Path:
    (path,) = saved(desk.path, case or a_signable_case())
    return path


def test_a_signed_case_is_good(desk: Desk) -> None:
    path = desk.signed_case()
    assert status(path, desk) == ("good", "")
    case = case_in(path)
    assert case.signature is not None
    assert (case.signature.revision, case.signature.at) == (1, SIGNED_AT)
    assert case.particulars.decision_date == SIGNED_AT.date()
    assert names(desk.path / ".imr/signed" / NUMBER / "1") == [
        *("case.toml", "letter.txt", "manifest", "reviewer.sig"),
    ]
    assert not list((desk.path / ".imr/unfinished").iterdir())


def test_the_manifest_says_what_was_signed(desk: Desk) -> None:
    earlier = AuditLog(desk.path).append(NUMBER, "opened", now=SIGNED_AT)
    path = unsigned(desk)
    before = case_in(path)
    manifest = parse(desk.sign(path).manifest)
    copies = SealedCopies(desk.path, NUMBER).read(1)
    case = case_in(path)
    assert manifest.content == digest_of(encode(case.unsigned())) == digest_of(copies.case)
    assert manifest.letter == digest_of(path.with_suffix(".txt").read_bytes())
    assert manifest.letter == digest_of(copies.letter)
    assert manifest.log_head == earlier
    assert [each.key for each in manifest.findings] == ["IMR206"]
    assert manifest.findings[0].reason == CONFIRMED
    assert (manifest.kind, manifest.previous) == ("original", "")
    # Nothing but the date and the confirmation was changed.
    undated = case.unsigned().but(particulars=before.particulars, acknowledged={})
    assert undated == before


def test_the_reviewer_reads_the_determination_first(desk: Desk) -> None:
    items = (*a_signable_case(items=2).items, an_item("Gym", decision="overturned"))
    path = unsigned(desk, a_signable_case().but(items=items[:2]))
    statement = desk.prepare(path).statement
    assert statement.decisions == "1 Upheld, 2 Upheld"
    assert statement.absences == (ABSENCE,)
    assert statement.last_digits == "0001"


def test_the_decision_date_is_that_of_the_reviewers_place(desk: Desk) -> None:
    pacific = timezone(timedelta(hours=-8))
    now = datetime(2026, 11, 24, 5, 0, tzinfo=UTC).astimezone(pacific)
    prepared = desk.prepare(unsigned(desk), now)
    assert prepared.statement.decision_date == date(2026, 11, 23)
    assert parse(prepared.manifest).signed_at == now


def test_a_case_with_an_error_is_not_signed(desk: Desk) -> None:
    path = unsigned(desk, a_case())
    before = path.read_bytes()
    with pytest.raises(NotReady, match=r"errors block the letter.*IMR1"):
        desk.prepare(path)
    assert path.read_bytes() == before


def test_a_case_with_an_unresolved_warning_is_not_signed(desk: Desk) -> None:
    case = a_signable_case()
    path = unsigned(desk, case.but(items=(case.items[0].but(departure=None),)))
    with pytest.raises(NotReady, match=r"1 warning is not resolved.*IMR406"):
        desk.prepare(path)


def test_an_imported_letter_is_not_signed(desk: Desk) -> None:
    case = a_signable_case()
    path = unsigned(desk, case.but(particulars=case.particulars.but(imported=True)))
    with pytest.raises(NotReady, match="imported"):
        desk.prepare(path)


def test_a_signature_of_another_text_or_key_is_refused(desk: Desk) -> None:
    path = unsigned(desk)
    before, prepared = path.read_bytes(), desk.prepare(path)
    other = desk.prepare(path, SIGNED_AT + timedelta(seconds=1))
    strangers = Desk(desk.path, desk.site)
    for signature in (desk.signature(other), b"", b"x" * 5_000):
        with pytest.raises(CannotSign, match=f"{NUMBER} was not signed"):
            commit_signature.commit(prepared, signature, strangers.trust, SIGNED_AT)
    assert path.read_bytes() == before
    assert not (desk.path / ".imr/signed").exists()
    assert not (desk.path / ".imr/unfinished").exists()


def test_a_case_that_changed_meanwhile_is_not_signed(desk: Desk) -> None:
    path = unsigned(desk)
    prepared = desk.prepare(path)
    signature = desk.signature(prepared)
    changed = encode(a_signable_case().but(items=a_signable_case(items=2).items))
    path.write_bytes(changed)
    with pytest.raises(ChangedElsewhere):
        commit_signature.commit(prepared, signature, desk.trust, SIGNED_AT)
    assert path.read_bytes() == changed
    assert SealedCopies(desk.path, NUMBER).revisions() == []
    assert status(path, desk)[0] == "unsigned"


def test_a_case_that_was_closed_meanwhile_is_not_signed(desk: Desk) -> None:
    path = unsigned(desk)
    before = path.read_bytes()
    prepared = desk.prepare(path)
    signature = desk.signature(prepared)
    close_case(desk.path, NUMBER, Closing("withdrawn"))
    with pytest.raises(Closed, match="withdrawn"):
        commit(prepared, signature, desk.trust, SIGNED_AT)
    with pytest.raises(Closed):
        desk.prepare(path)
    with pytest.raises(Closed):
        begin_correction(path, "A slip.", desk.trust, SIGNED_AT)
    assert path.read_bytes() == before
    assert not (desk.path / ".imr/signed").exists()
    assert status(path, desk) == ("unsigned", "")


def test_a_signed_case_is_not_signed_again(desk: Desk) -> None:
    path = desk.signed_case()
    with pytest.raises(Signed, match=r"imr-tui correct.*imr-tui rereview"):
        desk.prepare(path)


def test_nothing_is_written_over_a_signed_case(desk: Desk) -> None:
    path = desk.signed_case()
    before, folder = path.read_bytes(), Folder(desk.path)
    me = this_session(SIGNED_AT)
    file = open_case(path)
    draft = a_signable_case(items=2)
    file.versions.note(encode(draft), Event.LEFT)
    with pytest.raises(Signed):
        replace_file(path, encode(draft), Event.REPLACED)
    with pytest.raises(Signed):
        folder.supersede(draft, me)
    with pytest.raises(Signed):
        folder.restore(NUMBER, file.versions.all()[0], me)
    with pytest.raises(Signed):
        file.save(draft)
    with pytest.raises(Signed):
        file.overwrite(draft)
    assert path.read_bytes() == before
    # What a session had typed is not lost.
    assert decode(file.aside.read_bytes(), file.aside) == draft


def test_the_text_of_a_session_is_kept_when_the_case_is_signed_elsewhere(desk: Desk) -> None:
    path = unsigned(desk)
    session = open_case(path)
    desk.sign(path)
    signed = path.read_bytes()
    with pytest.raises(ChangedElsewhere):
        session.save(a_signable_case(items=2))
    assert path.read_bytes() == signed
    assert decode(session.aside.read_bytes(), session.aside) == a_signable_case(items=2)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (b"54 year", b"55 year", "changed after it was signed"),
        (b"schema = 1\n", b"schema = 1\n# a comment\n", "changed after it was signed"),
        (b"revision = 1", b"revision = 2", "could not be read"),
        (b"[signature]", b"[signatures]", "It was signed, and is damaged now"),
        (b"09:30:00+00:00", b"09:30:01+00:00", "time of the signature"),
    ],
)
def test_a_changed_case_file_is_noticed(desk: Desk, old: bytes, new: bytes, says: str) -> None:
    path = desk.signed_case()
    signed = path.read_bytes()
    head, mark, tail = signed.rpartition(old)
    assert mark
    path.write_bytes(head + new + tail)
    found, why = status(path, desk)
    assert found == "altered"
    assert says in why
    assert standing_of_file(path, path.read_bytes()).kind == "altered"
    with pytest.raises(Signed, match="sign --restore"):
        replace_file(path, b"", Event.REPLACED)
    letter = path.with_suffix(".txt")
    signed_letter = letter.read_bytes()
    letter.write_text("Another letter.\n")
    assert restore_signed(path, SIGNED_AT) == 1
    assert letter.read_bytes() == signed_letter
    assert path.read_bytes() == signed
    assert status(path, desk)[0] == "good"


def test_a_removed_signature_is_noticed(desk: Desk) -> None:
    path = desk.signed_case()
    path.write_bytes(encode(case_in(path).unsigned()))
    assert status(path, desk) == ("altered", "The signature was removed from the case file.")
    # Without the sealed copies, the log still tells.
    copies = SealedCopies(desk.path, NUMBER)
    copies.remove(1, sha256(copies.read_manifest(1)))
    found, why = status(path, desk)
    assert (found, why[:7]) == ("altered", "The log")


def test_the_letter_of_a_signed_case_is_the_signed_one(desk: Desk) -> None:
    path = desk.signed_case()
    sealed = SealedCopies(desk.path, NUMBER).read(1).letter
    own = desk.path / ".imr/settings.toml"
    own.write_text("width = 70\n")
    assert letter_of(resolve_case(path), SIGNED_AT.date()).text.encode() == sealed
    path.write_bytes(path.read_bytes().replace(b"54 year", b"55 year"))
    with pytest.raises(Signed, match="changed after it was signed"):
        letter_of(resolve_case(path), SIGNED_AT.date())


def test_a_signature_made_elsewhere_is_attached_later(desk: Desk) -> None:
    path = unsigned(desk)
    prepared = desk.prepare(path)
    waiting.keep(desk.path, NUMBER, waiting_of(prepared))
    again = prepared_of(path, waiting.read(desk.path, NUMBER))
    assert again._replace(statement=prepared.statement) == prepared
    later = SIGNED_AT + timedelta(days=1)
    commit_signature.commit(again, desk.signature(prepared), desk.trust, later)
    waiting.drop(desk.path, NUMBER)
    assert status(path, desk) == ("good", "")
    assert names(desk.path / ".imr/waiting") == []


def test_a_failing_log_leaves_a_signed_case_that_the_next_start_completes(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = unsigned(desk)

    def fail(*_: object, **__: object) -> Head:
        raise CannotStore("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(AuditLog, "append", fail)
        with pytest.raises(CannotStore, match="The disk is full"):
            desk.sign(path)
    assert status(path, desk)[0] == "altered"
    settle(desk.path, lambda: this_session(SIGNED_AT), SIGNED_AT)
    assert status(path, desk) == ("good", "")
    assert names(desk.path / ".imr/unfinished") == []
    assert names(desk.path / ".imr/signed" / NUMBER) == ["1"]


def test_sealed_copies_that_cannot_be_listed_prove_no_draft(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = desk.signed_case()
    unsigned_bytes = encode(case_in(path).unsigned())

    def refuse(_: Path) -> list[str]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("imr_tui.store.signing.sealed_copies.safe_open.names", refuse)
    for data in (unsigned_bytes, b"no case"):
        found = standing_of_file(path, data)
        assert (found.kind, found.is_read) == ("altered", False)
        assert "permission denied" in found.says
