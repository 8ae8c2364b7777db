"""Assignments become cases, update them, wait for their reviewers, or close them."""

import errno
import os
from datetime import date
from pathlib import Path
from typing import Never

import pytest

from imr_tui.errors import CannotStore, Conflict
from imr_tui.model import edits, reviewer_edits
from imr_tui.model.case import Case
from imr_tui.services import intake as service
from imr_tui.services.intake import Intake
from imr_tui.services.intake_decision import decide
from imr_tui.services.intake_log import missing_events
from imr_tui.signing.digest import sha256
from imr_tui.store.audit.log import AuditLog
from imr_tui.store.cases.case_codec import decode, encode
from imr_tui.store.cases.case_file import open_case
from imr_tui.store.cases.folder import Folder
from imr_tui.store.history.versions import Event
from imr_tui.store.intake import received as store_received
from imr_tui.store.intake.closing import Closing, closing
from imr_tui.store.intake.new_facts import NewFacts, new_facts
from imr_tui.store.intake.received import received, received_path
from imr_tui.store.locking.claim import claim
from imr_tui.store.locking.holder import this_session
from imr_tui.store.safety import atomic_batch
from imr_tui.store.signing.sealed_copies import SealedCopies
from tests.builders import NOW, NUMBER, a_complete_case, saved
from tests.sealing import correct, seal
from tests.services.intake_rows import (
    Given,
    a_given_case,
    all_files,
    an_assignment,
    case_texts,
    kinds,
    rows,
    take_in,
)

FIRST = a_given_case(requests=["MRI of the shoulder"])
SECOND = a_given_case(requests=["MRI of the right shoulder"], diagnosis="M75.41 Impingement")
WITHDRAWN = an_assignment(FIRST, "withdrawn", "By the employee.", date(2026, 3, 4))


def path_in(folder: Path) -> Path:
    return folder / f"{NUMBER}.toml"


def started(folder: Path, text: str = "A 54 year old man.") -> bytes:
    """Let a reviewer write a summary; the content of the case file then."""
    file = open_case(path_in(folder))
    file.save(edits.set_summary(file.case, text))
    return path_in(folder).read_bytes()


def events(folder: Path) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(each.case, each.event, each.fields) for each in AuditLog(folder).events()]


# ── New, unchanged and updated ───────────────────────────────────────────────────────────


def test_an_assignment_becomes_a_case(cases: Path) -> None:
    (result,) = take_in(cases, FIRST)
    assert (result.line, result.number, result.kind, result.says) == (1, NUMBER, "created", "")
    assert path_in(cases).read_bytes() == encode(FIRST)
    assert received(cases, NUMBER) == FIRST
    assert events(cases) == [(NUMBER, "received", ())]


def test_the_second_run_writes_nothing(cases: Path) -> None:
    others = [a_given_case(f"CM26-{at}", f"B-{at}") for at in range(5)]
    given: list[Given] = [FIRST, *others, an_assignment(others[0], "withdrawn")]
    take_in(cases, *given)
    before = all_files(cases)
    assert set(kinds(take_in(cases, *given))) == {"unchanged"}
    assert all_files(cases) == before


def test_what_came_twice_in_one_file_is_not_taken_back_and_forth(cases: Path) -> None:
    assert kinds(take_in(cases, FIRST, SECOND)) == ["created", "updated"]
    before = all_files(cases)
    again = take_in(cases, FIRST, SECOND)
    assert kinds(again) == ["unchanged", "unchanged"]
    assert again[0].says == "line 2 is already there"
    assert all_files(cases) == before


def test_a_changed_assignment_updates_a_case_that_nobody_started(cases: Path) -> None:
    take_in(cases, FIRST)
    assert kinds(take_in(cases, SECOND)) == ["updated"]
    assert path_in(cases).read_bytes() == encode(SECOND)
    assert received(cases, NUMBER) == SECOND
    (version,) = Folder(cases).versions(NUMBER).all()
    assert version.event is Event.UPDATING
    assert version.path.read_bytes() == encode(FIRST)
    assert events(cases)[-1] == (
        *(NUMBER, "received"),
        ("case.diagnosis", "items[0].request"),
    )


def test_filled_in_credentials_are_not_a_start_and_stay(cases: Path) -> None:
    take_in(cases, FIRST)
    file = open_case(path_in(cases))
    file.save(reviewer_edits.prefill(file.case, ["Texas"], ["Pain Management"]))
    assert kinds(take_in(cases, SECOND)) == ["updated"]
    case = open_case(path_in(cases)).case
    assert case.reviewer.licenses == ("Texas",)
    assert case.items == SECOND.items


def test_comments_in_a_file_are_not_a_start_and_become_a_version(cases: Path) -> None:
    take_in(cases, FIRST)
    text = b"# for Dr. Gray\n" + encode(FIRST)
    path_in(cases).write_bytes(text)
    assert kinds(take_in(cases, SECOND)) == ["updated"]
    assert Folder(cases).versions(NUMBER).find_bytes(text) is not None


# ── Started cases ────────────────────────────────────────────────────────────────────────


def test_a_started_case_is_left_alone_and_new_facts_wait(cases: Path) -> None:
    take_in(cases, FIRST)
    text = started(cases)
    assert kinds(take_in(cases, SECOND)) == ["new facts"]
    assert path_in(cases).read_bytes() == text
    assert new_facts(cases, NUMBER) == NewFacts(NUMBER, FIRST, SECOND)
    before = all_files(cases)
    assert kinds(take_in(cases, SECOND)) == ["unchanged"]
    assert all_files(cases) == before


def test_new_facts_that_are_taken_back_no_longer_wait(cases: Path) -> None:
    take_in(cases, FIRST)
    text = started(cases)
    take_in(cases, SECOND)
    assert kinds(take_in(cases, FIRST)) == ["unchanged"]
    assert new_facts(cases, NUMBER) is None
    assert received(cases, NUMBER) == FIRST
    assert path_in(cases).read_bytes() == text


def test_facts_that_the_reviewer_has_already_do_not_wait(cases: Path) -> None:
    take_in(cases, FIRST)
    file = open_case(path_in(cases))
    mine = edits.set_summary(file.case, "A summary.")
    file.save(mine.but(particulars=SECOND.particulars, items=SECOND.items))
    text = path_in(cases).read_bytes()
    (result,) = take_in(cases, SECOND)
    assert (result.kind, result.says) == ("unchanged", "the case has these facts already")
    assert new_facts(cases, NUMBER) is None
    assert received(cases, NUMBER) == SECOND
    assert path_in(cases).read_bytes() == text


def test_an_open_case_is_left_alone(cases: Path) -> None:
    take_in(cases, FIRST)
    held = claim(cases, NUMBER, this_session(NOW))
    try:
        assert kinds(take_in(cases, SECOND, is_dry_run=True)) == ["new facts"]
        assert kinds(take_in(cases, SECOND)) == ["new facts"]
    finally:
        held.release()
    assert path_in(cases).read_bytes() == encode(FIRST)


@pytest.mark.parametrize("place", ["aside", "journal"])
def test_a_case_with_a_text_that_was_not_saved_yet_is_left_alone(cases: Path, place: str) -> None:
    take_in(cases, FIRST)
    name = f"{NUMBER}.toml" if place == "aside" else f"{NUMBER}.0123abcd.1-0123abcd"
    kept = cases / ".imr" / place / name
    kept.parent.mkdir()
    kept.write_bytes(encode(SECOND))
    assert kinds(take_in(cases, SECOND)) == ["new facts"]
    assert path_in(cases).read_bytes() == encode(FIRST)


def test_an_edit_in_the_last_moment_is_left_alone(
    cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(cases, FIRST)
    texts = []

    def edited_afterwards(*given: object) -> object:
        decision = decide(*given)  # type: ignore[arg-type]
        texts.append(started(cases))
        return decision

    monkeypatch.setattr("imr_tui.services.intake.decide", edited_afterwards)
    assert kinds(take_in(cases, SECOND)) == ["new facts"]
    assert [path_in(cases).read_bytes()] == texts


def test_an_unreadable_case_is_left_alone(cases: Path) -> None:
    take_in(cases, FIRST)
    path_in(cases).write_bytes(b"<<<<<<< HEAD")
    assert kinds(take_in(cases, SECOND)) == ["new facts"]
    assert path_in(cases).read_bytes() == b"<<<<<<< HEAD"


def test_without_a_record_of_what_was_received_a_case_counts_as_started(cases: Path) -> None:
    take_in(cases, FIRST)
    received_path(cases, NUMBER).unlink()
    assert kinds(take_in(cases, SECOND)) == ["new facts"]
    found = new_facts(cases, NUMBER)
    assert found is not None
    assert found.before == a_given_case()
    assert path_in(cases).read_bytes() == encode(FIRST)


def test_a_case_that_another_command_made_of_the_assignment_is_known(cases: Path) -> None:
    saved(cases, FIRST)
    assert kinds(take_in(cases, FIRST)) == ["unchanged"]
    assert kinds(take_in(cases, SECOND)) == ["updated"]


# ── Signed cases ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("correcting", [False, True])
def test_a_signed_case_is_left_alone(cases: Path, correcting: bool) -> None:
    case = a_complete_case()
    case = case.but(particulars=FIRST.particulars)
    take_in(cases, FIRST)
    signed = seal(cases, case)
    if correcting:
        correct(cases, signed)
    text = path_in(cases).read_bytes()
    refused, changed = take_in(cases, WITHDRAWN), take_in(cases, SECOND)
    assert kinds(refused) == ["failed"]
    assert "is signed" in refused[0].says
    assert kinds(changed) == ["new facts"]
    assert path_in(cases).read_bytes() == text
    assert closing(cases, NUMBER) is None


def test_a_signed_case_that_was_reset_by_hand_is_left_alone(cases: Path) -> None:
    take_in(cases, FIRST)
    seal(cases, a_complete_case())
    path_in(cases).write_bytes(encode(FIRST))
    assert kinds(take_in(cases, SECOND)) == ["new facts"]
    assert path_in(cases).read_bytes() == encode(FIRST)


# ── Closed cases ─────────────────────────────────────────────────────────────────────────


def test_a_withdrawn_assignment_closes_its_case(cases: Path) -> None:
    take_in(cases, FIRST)
    text = started(cases)
    assert kinds(take_in(cases, WITHDRAWN)) == ["closed"]
    assert closing(cases, NUMBER) == Closing("withdrawn", "By the employee.", date(2026, 3, 4))
    assert path_in(cases).read_bytes() == text
    assert events(cases)[-1] == (NUMBER, "closed", ())
    before = all_files(cases)
    assert kinds(take_in(cases, WITHDRAWN)) == ["unchanged"]
    assert all_files(cases) == before


def test_another_reason_closes_it_again(cases: Path) -> None:
    take_in(cases, FIRST, WITHDRAWN)
    assert kinds(take_in(cases, an_assignment(FIRST, "authorized"))) == ["closed"]
    assert closing(cases, NUMBER) == Closing("authorized")


def test_an_open_assignment_opens_it_again(cases: Path) -> None:
    take_in(cases, FIRST, WITHDRAWN)
    assert kinds(take_in(cases, FIRST)) == ["reopened"]
    assert closing(cases, NUMBER) is None
    assert events(cases)[-1] == (NUMBER, "reopened", ())


def test_a_case_is_opened_again_with_what_changed(cases: Path) -> None:
    take_in(cases, FIRST, WITHDRAWN)
    (result,) = take_in(cases, SECOND)
    assert (result.kind, result.says) == ("reopened", "and updated")
    assert path_in(cases).read_bytes() == encode(SECOND)
    started(cases)
    take_in(cases, an_assignment(SECOND, "withdrawn"))
    (result,) = take_in(cases, FIRST)
    assert (result.kind, result.says) == ("reopened", "and new facts wait for the reviewer")


def test_what_never_was_a_case_needs_no_closing(cases: Path) -> None:
    (result,) = take_in(cases, WITHDRAWN)
    assert (result.kind, result.says) == ("unchanged", "there is no case to close")
    assert case_texts(cases) == {}


# ── Rows that fail ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (a_given_case("CM26-2", "A-17"), f"Assignment A-17 belongs to {NUMBER}"),
        (a_given_case(NUMBER, "A-18"), "belongs to assignment A-17, not A-18"),
        (a_given_case("CM26-9", "A-19"), 'add the line assignment = "A-19"'),
        (a_given_case("cm26-8", "A-20"), "CM26-8.toml already has the number"),
        (a_given_case("CM26-7", "A-21"), "other.toml already has the number"),
        (a_given_case("CM26-6", "A-6", diagnosis="M75"), "its case file is no longer in"),
    ],
)
def test_a_row_that_does_not_fit_fails_alone(cases: Path, given: Case, says: str) -> None:
    take_in(cases, FIRST, a_given_case("CM26-6", "A-6"))
    (cases / "CM26-6.toml").unlink()
    saved(cases, Case.blank("CM26-9"), Case.blank("CM26-8"))
    (cases / "other.toml").write_bytes(encode(Case.blank("CM26-7")))
    before = case_texts(cases)
    results = take_in(cases, given, "A bad row.", a_given_case("CM26-5", "A-5"))
    assert kinds(results) == ["failed", "failed", "created"]
    assert says in results[0].says
    assert (results[1].says, results[1].number, results[1].line) == ("A bad row.", "", 2)
    assert {**before, "CM26-5.toml": encode(a_given_case("CM26-5", "A-5"))} == case_texts(cases)


def test_a_case_that_was_removed_is_not_created_again(cases: Path) -> None:
    take_in(cases, FIRST)
    path_in(cases).unlink()
    (result,) = take_in(cases, FIRST)
    assert (result.kind, result.says) == ("unchanged", "its case file is no longer in the folder")
    assert case_texts(cases) == {}


def test_a_file_that_appears_in_the_last_moment_is_left_alone(
    cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def created_afterwards(*given: object) -> object:
        decision = decide(*given)  # type: ignore[arg-type]
        saved(cases, Case.blank(NUMBER))
        return decision

    monkeypatch.setattr("imr_tui.services.intake.decide", created_afterwards)
    (result,) = take_in(cases, FIRST)
    assert result.kind == "failed"
    assert "created by another program" in result.says
    assert open_case(path_in(cases)).case == Case.blank(NUMBER)


def test_one_case_that_cannot_be_written_does_not_stop_the_others(
    cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create_all = atomic_batch.create_all

    def full(folder: Path, files: dict[str, bytes]) -> frozenset[str]:
        if "CM26-2.toml" in files:
            raise CannotStore("The disk is full.")
        return create_all(folder, files)

    monkeypatch.setattr(atomic_batch, "create_all", full)
    given = [a_given_case(f"CM26-{at}", f"A-{at}") for at in (1, 2, 3)]
    results = take_in(cases, *given)
    assert kinds(results) == ["created", "failed", "created"]
    assert isinstance(results[1].error, CannotStore)
    assert list(case_texts(cases)) == ["CM26-1.toml", "CM26-3.toml"]
    monkeypatch.undo()
    assert kinds(take_in(cases, *given)) == ["unchanged", "created", "unchanged"]


def test_a_folder_open_to_others_is_refused(cases: Path) -> None:
    cases.chmod(0o755)
    with pytest.raises(CannotStore, match="is open to everybody"):
        take_in(cases, FIRST)


def test_two_runs_do_not_mix(cases: Path) -> None:
    with Intake(Folder(cases), NOW), pytest.raises(Conflict, match="Another `imr-tui intake`"):
        take_in(cases, FIRST)
    assert case_texts(cases) == {}


# ── Dry run, log and crashes ─────────────────────────────────────────────────────────────


def test_a_dry_run_tells_what_would_happen_and_writes_nothing(cases: Path) -> None:
    take_in(cases, FIRST, a_given_case("CM26-2", "A-2"))
    started(cases)
    given: list[Given] = [
        *(SECOND, WITHDRAWN),
        a_given_case("CM26-2", "A-2", diagnosis="M75"),
        *(a_given_case("CM26-3", "A-3"), a_given_case("CM26-3", "A-3", diagnosis="M75")),
        a_given_case("CM26-4", "A-3"),
        "A bad row.",
    ]
    before = all_files(cases)
    results = take_in(cases, *given, is_dry_run=True)
    assert all_files(cases) == before
    assert kinds(results) == [
        *("new facts", "closed", "updated", "created", "updated", "failed", "failed"),
    ]
    again = take_in(cases, *given)
    assert [each._replace(error=None) for each in again] == [
        each._replace(error=None) for each in results
    ]


def test_events_that_a_killed_run_left_out_are_added(cases: Path) -> None:
    given = [FIRST, *(a_given_case(f"CM26-{at}", f"A-{at}") for at in range(3))]
    take_in(cases, FIRST)
    killed = Intake(Folder(cases), NOW)
    killed._record = lambda happened: None  # type: ignore[method-assign]
    killed.__enter__()
    list(killed.take_in(rows(*given, WITHDRAWN)))
    killed.__exit__(KeyboardInterrupt)
    assert events(cases) == [(NUMBER, "received", ())]
    take_in(cases)
    assert events(cases)[1:] == [
        *((f"CM26-{at}", "received", ()) for at in range(3)),
        (NUMBER, "closed", ()),
    ]
    take_in(cases, *given, WITHDRAWN)
    assert len(events(cases)) == 5


def test_the_events_name_what_was_received(cases: Path) -> None:
    take_in(cases, FIRST)
    (event,) = AuditLog(cases).events()
    assert event.content == sha256(encode(FIRST))
    assert AuditLog(cases).check().faults == ()


def test_a_log_that_cannot_be_written_is_told_and_repaired(cases: Path) -> None:
    log = cases / ".imr" / "log"
    log.parent.mkdir()
    log.write_text("no folder")
    with Intake(Folder(cases), NOW) as intake:
        assert kinds(list(intake.take_in(rows(FIRST)))) == ["created"]
    assert "The audit log does not have this" in intake.warnings[0]
    log.unlink()
    take_in(cases)
    assert events(cases) == [(NUMBER, "received", ())]


def test_what_the_disk_refused_halfway_is_completed(
    cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(cases, FIRST, WITHDRAWN)

    def refuse(*_: object) -> None:
        raise CannotStore("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(atomic_batch, "write_all", refuse)
        assert kinds(take_in(cases, SECOND, a_given_case("CM26-2", "A-2"))) == ["failed"] * 2
    assert path_in(cases).read_bytes() == encode(SECOND)
    take_in(cases, SECOND, a_given_case("CM26-2", "A-2"))
    assert [received(cases, each) is None for each in (NUMBER, "CM26-2")] == [False, False]
    assert [event for _, event, _ in events(cases)][2:] == ["reopened", *["received"] * 2]
    assert list(missing_events(cases)) == []


def test_a_run_that_cannot_begin_lets_others_begin(
    cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise CannotStore("The folder cannot be read.")

    with monkeypatch.context() as patch:
        patch.setattr(service, "known", refuse)
        with pytest.raises(CannotStore):
            take_in(cases, FIRST)
    assert kinds(take_in(cases, FIRST)) == ["created"]


@pytest.mark.parametrize("what", ["what was received", "the signatures"])
@pytest.mark.parametrize("given", [SECOND, WITHDRAWN], ids=["changed", "withdrawn"])
def test_a_row_that_needs_what_the_disk_refuses_to_read_fails_and_may_come_again(
    cases: Path, monkeypatch: pytest.MonkeyPatch, given: Given, what: str
) -> None:
    take_in(cases, FIRST)
    before = case_texts(cases)

    def refused(*_: object) -> Never:
        cause = OSError(errno.EIO, os.strerror(errno.EIO))
        raise CannotStore("It could not be read: input/output error.") from cause

    with monkeypatch.context() as patch:
        if what == "the signatures":
            patch.setattr(SealedCopies, "revisions", refused)
        else:
            patch.setattr(store_received, "read_bytes", refused)
            patch.setattr(os.path, "lexists", lambda _: False)
        (result,) = take_in(cases, given)
    assert (result.kind, type(result.error)) == ("failed", CannotStore)
    assert case_texts(cases) == before
    assert kinds(take_in(cases, given)) == ["updated" if given is SECOND else "closed"]


def test_many_rows_are_taken_in_together(cases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "TOGETHER", 4)
    given = [a_given_case(f"CM26-{at}", f"A-{at}") for at in range(10)]
    assert kinds(take_in(cases, *given)) == ["created"] * 10
    assert AuditLog(cases).check().faults == ()
    assert len(case_texts(cases)) == len(events(cases)) == 10
    assert not [*cases.rglob("*.tmp")]
    assert decode((cases / "CM26-7.toml").read_bytes(), "it") == given[7]
