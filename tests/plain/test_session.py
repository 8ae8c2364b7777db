"""Plain mode as a whole: the worklist, the walk, and what is said of what happens meanwhile."""

import threading
from pathlib import Path
from typing import Any

import pytest

from imr_tui.errors import CannotStore
from imr_tui.model import edits
from imr_tui.model.case import Case
from imr_tui.plain import app
from imr_tui.plain.reports import AuditFailed, SaveReport
from imr_tui.session import claim_monitor
from imr_tui.store.cases import saver
from imr_tui.store.cases.case_file import open_case
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.account_state import load_resume_point
from imr_tui.store.config.machine_policy import Host
from imr_tui.store.config.profile import load_profile
from imr_tui.store.intake.closing import Closing, close_case
from imr_tui.store.locking import poller
from imr_tui.store.locking.holder import Holder
from imr_tui.store.recovery.asides import asides
from imr_tui.store.safety import atomic
from tests.builders import NUMBER, a_complete_case
from tests.plain.driving import plain, talking
from tests.plain.talking import put
from tests.ui.conftest import fill_disk

NEW_FILE = atomic._new_file
OTHER = "CM26-0000002"
JANE = Holder(who="jane", host="ward")
AT_SUMMARY = ("o 1", "g summary")
"""The lines that lead to the summary of the only case."""


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looks at what others do that come fifty times as often."""
    monkeypatch.setattr(poller, "SECONDS", 0.02)


def a_case(number: str) -> Case:
    """A complete case with this number."""
    case = a_complete_case()
    return case.but(particulars=case.particulars.but(number=number))


def errors(said: str) -> list[str]:
    return [line for line in said.splitlines() if line.startswith("Error:")]


def summary_of(folder: Folder) -> str:
    return open_case(folder.path_of(NUMBER)).case.summary.text


# ── The worklist ─────────────────────────────────────────────────────────────────────────


def test_the_worklist_says_one_line_for_a_case(surgery: Folder) -> None:
    put(surgery, a_case(OTHER))
    said = plain(surgery, "q").splitlines()
    assert said[0] == "Worklist"
    assert said[1].startswith(f"1. {NUMBER}, ")
    assert said[2].startswith(f"2. {OTHER}, ")
    assert said[3] == "Worklist, 2 cases: o open a case, f filter, n new case, q quit, ? help: "
    assert said[-1] == "All is saved."


@pytest.mark.parametrize("line", ["o 1", "o1", f"o {NUMBER}", f"o {NUMBER.lower()}", "o", "O 1"])
def test_a_case_is_opened_by_its_position_or_number(surgery: Folder, line: str) -> None:
    assert f"{NUMBER} is open.\nReview\n" in plain(surgery, line)


@pytest.mark.parametrize("line", ["o 2", "o 0", "o CM26-9", "o ../x", "o 99999999999999"])
def test_a_case_that_is_not_there_is_not_opened(surgery: Folder, line: str) -> None:
    assert errors(plain(surgery, line, "q"))[0].startswith("Error: There is no case")


def test_the_filter_and_the_order(surgery: Folder) -> None:
    put(surgery, a_case(OTHER))
    said = plain(
        surgery, f"f {NUMBER}", "all", "order number", "order changed", "order zz", "f", ""
    )
    lists = [line for line in said.splitlines() if line.startswith("1. ")]
    first = [line.split(",")[0].removeprefix("1. ") for line in lists]
    assert first[:5] == [NUMBER, NUMBER, NUMBER, NUMBER, OTHER]
    assert "Worklist, 1 case: " in said
    assert "Sorted by number." in said
    assert errors(said) == ["Error: There is no order zz: due, number, state, changed."]


@pytest.mark.slow
def test_the_first_twenty_cases_are_said(surgery: Folder) -> None:
    for number in range(25):
        put(surgery, a_case(f"CM26-10000{number:02}"))
    said = plain(surgery, "m", "q")
    first, _, rest = said.partition("6 more. m says them.\n")
    assert "\n20. " in first
    assert "\n21. " not in first
    assert "\n26. " in rest
    assert "m more cases" not in rest.partition("\n26. ")[2]


def test_a_blank_line_says_the_page_again_and_a_question_mark_its_commands(surgery: Folder) -> None:
    said = plain(surgery, "", "?", "zz")
    assert said.count("\n1. ") == 2
    assert "\nn: new case\n" in said
    assert errors(said) == ["Error: There is no command zz. ? lists the commands."]


def test_a_new_reviewer_is_asked_for_the_profile(cases: Path) -> None:
    folder = put(Folder(cases), a_complete_case())
    said = plain(folder, "Texas", "Orthopaedic Surgery", "", "", "q")
    assert said.splitlines()[0] == "Your profile"
    profile = load_profile(folder)
    assert profile is not None
    assert profile.licenses == ("Texas",)


def test_a_restricted_session_takes_no_path(surgery: Folder) -> None:
    said = plain(surgery, "i /etc/passwd", "q", host=Host(restricted=True))
    assert errors(said) == ["Error: There is no command i. ? lists the commands."]


def test_a_folder_that_cannot_be_written_is_read_only(
    surgery: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Folder, "is_writable", lambda self: False)
    said = plain(surgery, "o 1", "g summary", "i Typed.", "q", "q")
    assert f"READ ONLY: you cannot write to {surgery.path}" in said.splitlines()
    assert errors(said)[0].startswith("Error: READ ONLY")
    assert "Typed." not in summary_of(surgery)


# ── The walk ─────────────────────────────────────────────────────────────────────────────


def test_the_walk_goes_on_and_back(surgery: Folder) -> None:
    said = plain(surgery, "o 1", "g credentials", "b", "n", "n", "n", "n", "n", "q", "q")
    titles = [line for line in said.splitlines() if line in TITLES]
    assert titles == ["Review", *TITLES]
    assert "This is the first stage." in said
    assert "This is the last stage." in said


TITLES = ["Credentials", "Summary", "Decision of item 1", "Citations of item 1", "Review"]


def test_a_stage_is_chosen_from_the_list(surgery: Folder) -> None:
    said = plain(surgery, "o 1", "g", "2", "g zz", "", "q", "q")
    assert "2. Summary, complete" in said
    assert "\nSummary\n" in said
    assert errors(said) == ["Error: There is no stage zz."]


def test_pages_beside_the_walk_lead_back_to_the_stage(surgery: Folder) -> None:
    for line in ("items", "record", "h", "l"):
        said = plain(surgery, *AT_SUMMARY, line, "b", "q", "q")
        assert said.count("\nSummary\n") == 2, line
        assert not errors(said), line


def test_undo_and_redo_say_what_changed(surgery: Folder) -> None:
    before = summary_of(surgery)
    said = plain(surgery, *AT_SUMMARY, "undo", "i Typed here.", "undo", "redo", "redo", "q", "q")
    assert "There is nothing to undo." in said
    assert "Undone: summary, 2 words (redo redoes)" in said
    assert "Redone: summary, 2 words (undo undoes)" in said
    assert "There is nothing to redo." in said
    assert summary_of(surgery).startswith(before)
    assert summary_of(surgery).endswith("Typed here.")


def test_steps_are_undone_after_the_case_was_left(surgery: Folder) -> None:
    before = summary_of(surgery)
    plain(surgery, *AT_SUMMARY, "i Typed here.", "q", *AT_SUMMARY, "undo", "q", "q")
    assert summary_of(surgery) == before


def test_an_item_that_undo_removes_takes_its_pages_along(surgery: Folder) -> None:
    said = plain(surgery, "o 1", "items", "a Massage", "g decision 2", "undo", "q", "q")
    assert "\nDecision of item 2\n" in said
    assert said.rindex("\nReview\n") > said.rindex("\nDecision of item 2\n")


def test_the_next_session_continues_where_this_one_ended(surgery: Folder) -> None:
    plain(surgery, *AT_SUMMARY)
    point = load_resume_point(surgery)
    assert point is not None
    assert (point.number, point.kind) == (NUMBER, "summary")
    said = plain(surgery, "c", "q", "q")
    assert f"c continues at {point}." in said
    assert f"{NUMBER} is open.\nSummary\n" in said
    assert f"{NUMBER} is open.\nSummary\n" in plain(surgery, number=NUMBER)


def test_the_end_of_the_input_saves_and_ends(surgery: Folder) -> None:
    said = plain(surgery, *AT_SUMMARY, "i Typed here.")
    assert said.endswith("The input ended. All is saved.\n")
    assert summary_of(surgery).endswith("Typed here.")


def test_credentials_come_from_the_profile(surgery: Folder) -> None:
    case = a_complete_case()
    put(surgery, case.but(reviewer=case.reviewer.but(licenses=())))
    plain(surgery, "o 1", "g credentials", "q", "q")
    assert open_case(surgery.path_of(NUMBER)).case.reviewer.licenses == ("Texas",)


# ── Meanwhile ────────────────────────────────────────────────────────────────────────────


def test_a_case_that_another_session_has_is_read_and_taken_over(
    surgery: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = surgery.claim(NUMBER, JANE)
    with talking(surgery) as talker:
        talker.wait_for()
        said = talker.type("o 1")
        assert "jane on ward has" in said
        assert "take asks for it." in said
        assert errors(talker.type("undo"))[0].startswith("Error: READ ONLY: jane on ward")
        assert "Asked jane on ward for the case." in talker.type("take")
        held.release()
        while "You can edit this case now." not in talker.type("save"):
            pass
        talker.type("g summary")
        talker.type("i Typed here.")
    assert summary_of(surgery).endswith("Typed here.")


@pytest.mark.slow
def test_another_session_asks_for_the_case(surgery: Folder) -> None:
    with talking(surgery) as talker:
        talker.wait_for()
        talker.type("o 1")
        talker.type("g summary")
        surgery.ask(NUMBER, JANE)
        while "jane on ward wants to edit this case. Type answer." not in talker.type("save"):
            pass
        talker.type("answer", "y yes, n no: ")
        said = talker.type("y")
        while "jane has the case. Your further changes go to a copy." not in said:
            said = talker.type("save")
        claim = surgery.claim(NUMBER, JANE)
        talker.type("i Typed in a copy.")
        claim.release()
    assert "copy" not in summary_of(surgery)
    (aside,) = asides(surgery.path, NUMBER)
    assert "Typed in a copy." in aside.read_text()


@pytest.mark.slow
def test_after_a_minute_without_a_line_the_case_is_given(
    surgery: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claim_monitor, "IDLE_SECONDS", 0.0)
    with talking(surgery) as talker:
        talker.wait_for()
        talker.type("o 1")
        surgery.ask(NUMBER, JANE)
        while "jane has the case." not in talker.type("save"):
            pass


def test_another_programs_text_is_kept_until_a_choice(surgery: Folder) -> None:
    path = surgery.path_of(NUMBER)
    with talking(surgery) as talker:
        talker.wait_for()
        talker.type("o 1")
        talker.type("g summary")
        other = open_case(path)
        other.save(edits.set_summary(other.case, "Theirs."))
        said = talker.type("i Mine.")
        while "Another program changed this case. Both versions are kept. Type answer." not in said:
            said = talker.type("undo")
        said = talker.type("answer", "blank for none: ")
        assert "- is your text, + is the text in the file." in said
        assert "+ Theirs." in said
        assert "The text in the file stays. The other one is a version." in talker.type("2")
        assert "answer" not in talker.type("?")
    assert summary_of(surgery) == "Theirs."


def test_a_case_that_is_closed_meanwhile_becomes_read_only(surgery: Folder) -> None:
    with talking(surgery) as talker:
        talker.wait_for()
        talker.type("o 1")
        talker.type("g summary")
        talker.type("i Typed before.")
        close_case(surgery.path, NUMBER, Closing("withdrawn"))
        while "is closed." not in (said := talker.type("save")):
            pass
        assert said.rpartition("\n")[2].startswith("Summary, ")
        assert "n next, b back" in said
        assert errors(talker.type("i Typed after."))[0].startswith("Error: CLOSED")
    assert summary_of(surgery).endswith("Typed before.")


def test_a_disk_that_takes_nothing_is_told_once(
    surgery: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with talking(surgery) as talker:
        talker.wait_for()
        talker.type("o 1")
        reports = talker.app.session.reports
        reports.put(SaveReport(CannotStore("No space is left.")))
        reports.put(SaveReport(CannotStore("No space is left.")))
        said = talker.type("save")
        assert said.count("Error: NOT SAVED: No space is left. Saving is tried again.") == 1
        reports.put(SaveReport(None))
        assert "Saved 09:30:00." in talker.type("g review")


def test_an_audit_log_that_cannot_be_written_is_told(surgery: Folder) -> None:
    with talking(surgery) as talker:
        talker.wait_for()
        talker.app.session.reports.put(AuditFailed(CannotStore("The log is full.")))
        assert errors(talker.type("zz"))[-1].startswith("Error: The log is full. The case is saved")


def test_a_fault_of_a_thread_ends_the_session(surgery: Folder) -> None:
    with talking(surgery) as talker:
        talker.wait_for()
        fault = ValueError("secret")
        threading.Thread(target=talker.app.crash, args=(fault,)).start()
        assert "secret" not in talker.wait_for("All is saved.")
        assert talker.app.fault is fault


# ── A disk that takes nothing ────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_quitting_waits_for_a_disk_that_does_not_take_the_text(
    surgery: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saver, "RETRY_SECONDS", 0.01)
    monkeypatch.setattr(saver, "FLUSH_SECONDS", 0.1)
    monkeypatch.setattr(app, "SETTLE_SECONDS", 0.1)
    with talking(surgery) as talker:
        talker.wait_for()
        talker.type("o 1")
        talker.type("g summary")
        with monkeypatch.context() as broken:
            fill_disk(broken)
            said = talker.type("i Typed here.")
            while "Error: NOT SAVED: " not in said:
                said = talker.type("?")
            said = talker.type("quit")
            assert "Not saved. The session stays open" in said
            talker.type("answer", "blank to go on: ")
            assert "Nothing was copied." in talker.type("")
            assert "Error: The last changes are not in the case file yet." in talker.type("q")
            assert "Typed here." not in summary_of(surgery)
        while "Saved 09:30:00." not in talker.type("save"):
            pass
        assert "answer" not in talker.type("?").replace("answer the", "")
    assert summary_of(surgery).endswith("Typed here.")


def fill_disk_of(folder: Folder, patch: pytest.MonkeyPatch) -> None:
    """Have the disk of a folder take nothing."""
    fill_disk(patch)
    full, new_file = atomic._new_file, NEW_FILE

    def only_elsewhere(path: Path, *others: Any, **more: Any) -> Any:
        is_full = folder.path in path.absolute().parents
        return (full if is_full else new_file)(path, *others, **more)

    patch.setattr(atomic, "_new_file", only_elsewhere)


@pytest.mark.slow
def test_a_copy_goes_to_another_folder(
    surgery: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "other"
    place.mkdir(mode=0o700)
    monkeypatch.setattr(saver, "FLUSH_SECONDS", 0.1)
    monkeypatch.setattr(app, "SETTLE_SECONDS", 0.1)
    with talking(surgery) as talker:
        talker.wait_for()
        talker.type("o 1")
        talker.type("g summary")
        fill_disk_of(surgery, monkeypatch)
        talker.type("i Typed here.")
        talker.type("quit")
        talker.type("answer", "blank to go on: ")
        said = talker.type(str(place), f"{NUMBER}.toml.\n")
        assert f"The case could not be saved in {surgery.path}. It is in {place}" in said
    assert "Typed here." in (place / f"{NUMBER}.toml").read_text()
