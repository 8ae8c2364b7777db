"""Cases that the organization closed or changed: their standing, and their rows of the worklist."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from imr_tui.checks import CheckSetup
from imr_tui.errors import Closed
from imr_tui.model import edits
from imr_tui.model.case import Case
from imr_tui.store.cases.case_codec import encode
from imr_tui.store.cases.folder import Folder
from imr_tui.store.history.replaced import replace_file
from imr_tui.store.history.versions import Event
from imr_tui.store.intake.closing import Closing, close_case, closing_path, in_words, reopen_case
from imr_tui.store.intake.new_facts import keep_new_facts, new_facts_path, settle_new_facts
from imr_tui.store.intake.received import keep_received, received_path
from imr_tui.store.locking.holder import Holder
from imr_tui.store.signing.standing import standing, standing_of_file
from imr_tui.store.worklist.listing import rows_of
from imr_tui.store.worklist.rows import Row
from imr_tui.store.worklist.selection import FOLDED, matches, ordered, visible
from tests.builders import NUMBER, a_complete_case, saved
from tests.sealing import AT, correct, seal

SETUP = CheckSetup()
NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
WITHDRAWN = Closing("withdrawn", "The claim was settled.", date(2026, 11, 20))


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets an index trust what was written just now."""
    for module in ("case_files", "files_beside"):
        monkeypatch.setattr(f"imr_tui.store.worklist.{module}.RACY_NS", -3600 * 10**9)


def row(folder: Path, number: str = NUMBER) -> Row:
    return next(row for row in rows_of(folder, SETUP) if row.number == number)


def changed(case: Case) -> Case:
    return edits.set_party(case, "employer", "Other Freight")


def send(folder: Path, before: Case, after: Case) -> None:
    keep_received(folder, before)
    keep_new_facts(folder, after)


# ── Standing ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("why", "says"),
    [
        (WITHDRAWN, "The application was withdrawn on 2026-11-20: The claim was settled."),
        (Closing("authorized"), "All disputed services were authorized."),
    ],
)
def test_the_reason_is_a_sentence(why: Closing, says: str) -> None:
    assert in_words(why) == says


def test_a_draft_and_a_correction_can_be_closed_and_a_signed_case_stays_signed(
    cases: Path,
) -> None:
    (path,) = saved(cases, case := a_complete_case())
    close_case(cases, NUMBER, WITHDRAWN)
    found = standing(path, path.read_bytes(), case)
    assert (found.kind, found.closed, found.may_edit) == ("closed", "withdrawn", False)
    signed = seal(cases, case)
    assert standing_of_file(path, path.read_bytes()).kind == "signed"
    correct(cases, signed)
    assert standing_of_file(path, path.read_bytes()).kind == "closed"
    reopen_case(cases, NUMBER)
    assert standing_of_file(path, path.read_bytes()).kind == "correcting"


def test_a_reason_that_cannot_be_read_closes_the_case_all_the_same(cases: Path) -> None:
    (path,) = saved(cases, a_complete_case())
    close_case(cases, NUMBER, WITHDRAWN)
    closing_path(cases, NUMBER).write_text("kind = 1\n")
    found = standing_of_file(path, path.read_bytes())
    assert found.kind == "closed"
    assert "does not say why" in found.says
    assert found.closed is None


def test_nothing_replaces_a_closed_case_not_even_one_that_cannot_be_read(cases: Path) -> None:
    (path,) = saved(cases, case := a_complete_case())
    folder = Folder(cases)
    folder.versions(NUMBER).note(encode(changed(case)), Event.LEFT)
    (version,) = folder.versions(NUMBER).all()
    close_case(cases, NUMBER, WITHDRAWN)
    with pytest.raises(Closed, match=f"{NUMBER} is closed, so nothing was changed"):
        folder.supersede(changed(case), Holder())
    with pytest.raises(Closed):
        folder.restore(NUMBER, version, Holder())
    assert path.read_bytes() == encode(case)
    path.write_bytes(b"broken")
    with pytest.raises(Closed):
        replace_file(path, encode(case), Event.RESTORED)
    assert path.read_bytes() == b"broken"


# ── Rows ─────────────────────────────────────────────────────────────────────────────────────


def test_a_closed_case_is_listed_last_with_its_reason_and_is_never_late(cases: Path) -> None:
    case = a_complete_case()
    saved(cases, case.but(particulars=case.particulars.but(records_received=date(2014, 1, 1))))
    assert row(cases).is_late(NOW.date())
    close_case(cases, NUMBER, WITHDRAWN)
    found = row(cases)
    assert (found.state, found.shown_state(NOW, is_brief=True)) == ("closed", "closed")
    assert found.note.startswith("The application was withdrawn on 2026-11-20")
    assert (found.rank, found.is_finished, found.has_new_facts) == (3, True, False)
    assert (found.is_late(NOW.date()), found.near(NOW.date())) == (False, "")
    assert matches("state:closed", NOW.date())(found)


@pytest.mark.usefixtures("settled")
def test_the_index_notices_each_file_of_intake(cases: Path) -> None:
    saved(cases, case := a_complete_case())
    assert row(cases).state == "ready"
    close_case(cases, NUMBER, WITHDRAWN)
    assert row(cases).state == "closed"
    close_case(cases, NUMBER, Closing("authorized"))
    assert row(cases).note == "All disputed services were authorized."
    reopen_case(cases, NUMBER)
    assert (row(cases).state, row(cases).note) == ("ready", "")
    send(cases, case, changed(case))
    assert row(cases).note == "The organization changed: employer."
    keep_received(cases, changed(case))
    assert row(cases).note == ""
    keep_received(cases, case)
    assert row(cases).has_new_facts
    settle_new_facts(cases, NUMBER)
    assert (row(cases).state, row(cases).note) == ("ready", "")


@pytest.mark.usefixtures("settled")
def test_an_unchanged_row_with_news_is_not_read_again(
    cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, other = a_complete_case(), Case.blank("CM26-0000002")
    saved(cases, case, other)
    send(cases, case, changed(case))
    close_case(cases, other.number, WITHDRAWN)
    before = rows_of(cases, SETUP)
    assert [each.state for each in before] == ["ready", "closed"]
    monkeypatch.setattr("imr_tui.store.worklist.listing.read_bytes", None)
    assert rows_of(cases, SETUP) == before


@pytest.mark.parametrize("is_signed", [False, True])
def test_new_facts_win_over_the_state(cases: Path, is_signed: bool) -> None:
    saved(cases, case := a_complete_case())
    if is_signed:
        case = seal(cases, case, AT)
    send(cases, case, changed(case))
    found = row(cases)
    assert found.state == ("signed" if is_signed else "ready")
    assert found.shown_state(NOW) == found.shown_state(NOW, is_brief=True) == "NEW FACTS"
    assert (found.rank, found.is_finished) == (0, False)
    for query in ("new facts", "state:new", f"state:{found.state}"):
        assert matches(query, NOW.date())(found)
    assert not matches("state:new", NOW.date())(row_without_news(cases))


def row_without_news(cases: Path) -> Row:
    new_facts_path(cases, NUMBER).unlink()
    return row(cases)


def test_new_facts_that_cannot_be_read_are_told_in_the_row(cases: Path) -> None:
    saved(cases, case := a_complete_case())
    send(cases, case, changed(case))
    received_path(cases, NUMBER).write_text("[case\n")
    found = row(cases)
    assert found.has_new_facts
    assert "received" in found.note


def test_closed_cases_are_folded_with_the_written_ones(cases: Path) -> None:
    for count in range(FOLDED):
        number = f"CM26-000001{count}"
        saved(cases, Case.blank(number))
        close_case(cases, number, WITHDRAWN)
    saved(cases, Case.blank("A"))
    rows = ordered(rows_of(cases, SETUP), "due", lambda name: 0)
    assert rows[0].number == "A"
    shown, folded = visible(rows, "", NOW.date(), shows_written=False)
    assert ([each.number for each in shown], folded) == (["A"], FOLDED)
