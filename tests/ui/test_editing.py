"""One test for each thing a reviewer does to a case; the file on the disk is asked."""

from datetime import date

import pytest
from textual.widgets import Input, OptionList

from imr_tui.domain.workflow import Place, Stage
from imr_tui.model import evidence_edits
from imr_tui.model.case import Item
from imr_tui.store.cases.folder import Folder
from imr_tui.ui.dialogs.citation_form import CitationForm
from imr_tui.ui.dialogs.dialog import Dialog
from imr_tui.ui.dialogs.item_form import ItemForm
from imr_tui.ui.dialogs.record import RecordForm
from imr_tui.ui.widgets.prose import Prose
from tests.ui.conftest import FRESH, NOW, MakeApp, on_disk, put
from tests.ui.driving import (
    go,
    paste,
    press,
    running,
    saved,
    screen_text,
    shown,
    the_app,
    told,
    until,
    write,
)

DECISION = Stage("decision", 0)
CITATIONS = Stage("citations", 0)


async def test_credentials_are_lists_and_keep_a_specialty_that_holds_a_comma(
    folder: Folder, make_app: MakeApp
) -> None:
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, Stage("credentials"), Place("reviewer.specialties"))
        the_app(pilot).screen.query_one("#reviewer-specialties", Input).clear()
        await write(pilot, "Endocrinology, Di")
        await press(pilot, "right")
        await saved(pilot)
    assert on_disk(folder).reviewer.specialties == ("Endocrinology, Diabetes and Metabolism",)


async def test_an_attestation_is_given_and_withdrawn_by_its_number(
    folder: Folder, make_app: MakeApp
) -> None:
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, Stage("credentials"))
        await press(pilot, "2", "3", "2")
        await saved(pilot)
        assert "[x] 3" in screen_text(pilot.app)
    assert on_disk(folder).reviewer.attested == ("five-years",)


async def test_enter_and_space_attest_too(folder: Folder, make_app: MakeApp) -> None:
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, Stage("credentials"))
        await press(pilot, "down", "enter")
        await saved(pilot)
    assert on_disk(folder).reviewer.attested == ("no-affiliation",)


async def test_a_decision_can_be_changed_and_taken_back(folder: Folder, make_app: MakeApp) -> None:
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, DECISION)
        await press(pilot, "u", "escape", "o")
        await saved(pilot)
        assert on_disk(folder).items[0].decision == "overturned"
        await press(pilot, "escape", "x")
        await saved(pilot)
    assert on_disk(folder).items[0].decision is None


async def test_letters_typed_into_a_rationale_decide_nothing(
    folder: Folder, make_app: MakeApp
) -> None:
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, DECISION, Place("rationale", 0))
        await write(pilot, "u o x e ?")
        await saved(pilot)
    assert on_disk(folder).items[0] == Item(
        request=on_disk(folder).items[0].request,
        rationale="u o x e ?",
        administrator_citations=on_disk(folder).items[0].administrator_citations,
    )


async def test_a_large_paste_is_one_step_to_undo(folder: Folder, make_app: MakeApp) -> None:
    text = "The worker was seen on 10/06/2026.\n" * 3000
    assert len(text) > 100_000
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, DECISION, Place("rationale", 0))
        await write(pilot, "Ab")
        await paste(pilot, text)
        await saved(pilot)
        assert on_disk(folder).items[0].rationale == "Ab" + text
        await press(pilot, "ctrl+z")
        await saved(pilot)
        assert on_disk(folder).items[0].rationale == "Ab"
        await press(pilot, "ctrl+y")
        await saved(pilot)
    assert on_disk(folder).items[0].rationale == "Ab" + text


async def test_a_paste_that_does_not_fit_is_refused_whole(
    folder: Folder, make_app: MakeApp
) -> None:
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, DECISION, Place("rationale", 0))
        await paste(pilot, "x" * 1_000_001)
        await until(pilot, lambda: "Nothing was inserted" in told(pilot))
        await saved(pilot)
    assert on_disk(folder).items[0].rationale == ""


async def test_what_is_pasted_is_made_visible_not_dropped(
    folder: Folder, make_app: MakeApp
) -> None:
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, Stage("summary"))
        await paste(pilot, "a\r\nb\x1b[31mc\u202ed")
        await saved(pilot)
    assert on_disk(folder).summary.text == "a\nb<U+001B>[31mc<U+202E>d"


async def test_combining_characters_are_saved_composed_and_leave_the_caret(
    folder: Folder, make_app: MakeApp
) -> None:
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, Stage("summary"))
        for char in "Me\u0301nie\u0300re":
            await write(pilot, char)
        assert pilot.app.screen.query_one(Prose).cursor_location == (0, 9)
        await press(pilot, "left")
        await write(pilot, "!")
        await saved(pilot)
        assert on_disk(folder).summary.text == "Ménièr!e"
        the_app(pilot).resume_points.keep()
        resume_point = the_app(pilot).resume_points.last()
        assert resume_point is not None
        assert (resume_point.line, resume_point.column) == (0, 7)
        await press(pilot, *["ctrl+z"] * 11)
        await saved(pilot)
    assert on_disk(folder).summary.text == ""


async def test_words_are_counted_after_a_pause(make_app: MakeApp) -> None:
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, Stage("summary"))
        await paste(pilot, "one two three")
        await until(pilot, lambda: "3 words" in screen_text(pilot.app))


# ── Credentials ──────────────────────────────────────────────────────────────────────────


async def test_abbreviations_are_written_out_on_enter(folder: Folder, make_app: MakeApp) -> None:
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, Stage("credentials"), Place("reviewer.licenses"))
        await press(pilot, "end", *", FL", "enter")
        await press(pilot, "end", *", PM&R", "enter")
        await saved(pilot)
    reviewer = on_disk(folder).reviewer
    assert reviewer.licenses == ("Texas", "Florida")
    assert reviewer.specialties == ("Pain Medicine", "Physical Medicine & Rehabilitation")


# ── Items ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
async def test_an_item_is_added_with_its_parts(folder: Folder, make_app: MakeApp) -> None:
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, DECISION)
        await press(pilot, "ctrl+t", "a")
        await until(pilot, lambda: isinstance(pilot.app.screen, ItemForm))
        await write(pilot, "Brace")
        await press(pilot, "tab")
        await write(pilot, "Two")
        await press(pilot, "tab")
        await write(pilot, "One")
        await press(pilot, "tab")
        await write(pilot, "1")
        await press(pilot, "tab")
        await write(pilot, "Sep 14, 2026")
        assert "Monday, September 14, 2026" in screen_text(pilot.app)
        await press(pilot, "enter", "escape")
        await saved(pilot)
    item = on_disk(folder).items[3]
    assert item == Item(
        request="Brace",
        original="Two",
        authorized="One",
        follows=1,
        date_of_service=date(2026, 9, 14),
    )


@pytest.mark.slow
async def test_a_date_of_service_is_shown_with_its_item_and_undone(
    folder: Folder, make_app: MakeApp
) -> None:
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, DECISION)
        await press(pilot, "e")
        await until(pilot, lambda: isinstance(pilot.app.screen, ItemForm))
        pilot.app.screen.query_one("#date_of_service").focus()
        await write(pilot, "9/31/2026")
        assert "September 2026 has only 30 days." in screen_text(pilot.app)
        pilot.app.screen.query_one("#date_of_service", Input).value = ""
        await write(pilot, "9/14/26")
        await press(pilot, "enter")
        await saved(pilot)
        assert on_disk(folder).items[0].date_of_service == date(2026, 9, 14)
        await until(pilot, lambda: "Service rendered: 9/14/2026" in screen_text(pilot.app))
        await press(pilot, "ctrl+z")
        await until(pilot, lambda: "item 1 date of service" in screen_text(pilot.app))
        await saved(pilot)
    assert on_disk(folder).items[0].date_of_service is None


@pytest.mark.slow
@pytest.mark.parametrize("typed", ["0", "4", "9", "x", "-1", "99999999999999999999"])
async def test_an_item_cannot_follow_what_there_is_not(
    folder: Folder, make_app: MakeApp, typed: str
) -> None:
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, DECISION)
        await press(pilot, "e")
        await until(pilot, lambda: isinstance(pilot.app.screen, ItemForm))
        pilot.app.screen.query_one("#follows").focus()
        await write(pilot, typed)
        assert "the number of another item, 1 to 3" in screen_text(pilot.app)
        await saved(pilot)
    assert on_disk(folder).items[0].follows == 0


async def test_items_are_moved_removed_and_brought_back(folder: Folder, make_app: MakeApp) -> None:
    before = [item.request for item in on_disk(folder).items]
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, DECISION)
        await press(pilot, "ctrl+t", "J")
        await saved(pilot)
        moved = on_disk(folder).items
        assert [item.request for item in moved] == [before[1], before[0], before[2]]
        assert moved[2].follows == 2
        await press(pilot, "d")
        await saved(pilot)
        assert [item.request for item in on_disk(folder).items] == [before[1], before[2]]
        assert on_disk(folder).items[1].follows == 0
        await press(pilot, "ctrl+z", "ctrl+z")
        await saved(pilot)
    assert [item.request for item in on_disk(folder).items] == before


@pytest.mark.slow
async def test_a_stage_whose_item_was_removed_gives_way(folder: Folder, make_app: MakeApp) -> None:
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, Stage("decision", 2))
        await press(pilot, "ctrl+t", "d", "escape")
        await until(pilot, lambda: getattr(pilot.app.screen, "stage", None) is not None)
        assert pilot.app.screen.stage.item in (None, 0, 1)  # type: ignore[attr-defined]
        await press(pilot, "ctrl+n")
        await saved(pilot)
    assert len(on_disk(folder).items) == 2


# ── Citations ────────────────────────────────────────────────────────────────────────────


async def test_a_citation_is_picked_completed_and_kept(folder: Folder, make_app: MakeApp) -> None:
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, CITATIONS)
        await press(pilot, "a")
        await write(pilot, "low back 2004")
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, CitationForm))
        await write(pilot, "Special Studies; Summary")
        line = "Low Back Complaints 2004, Section(s): Special Studies, Summary."
        await until(pilot, lambda: line in shown(pilot))
        await press(pilot, "ctrl+s")
        await saved(pilot)
    (citation,) = on_disk(folder).items[0].citations
    assert (citation.guideline, citation.year, citation.standard) == (
        "mtus-2009-lowback",
        2004,
        "A",
    )
    assert citation.sections == ("Special Studies", "Summary")


@pytest.mark.slow
async def test_words_that_are_in_no_catalogue_are_cited_as_they_are(
    folder: Folder, make_app: MakeApp
) -> None:
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, CITATIONS)
        await press(pilot, "a")
        await write(pilot, "Zzyzx J [1]")
        await press(pilot, "enter", "ctrl+s")
        await saved(pilot)
    (citation,) = on_disk(folder).items[0].citations
    assert citation.text == "Zzyzx J [1]"
    assert citation.guideline == ""


@pytest.mark.slow
async def test_citations_of_either_side_are_moved_edited_and_removed(
    folder: Folder, make_app: MakeApp
) -> None:
    case = on_disk(folder)
    first = case.items[0].administrator_citations[0]
    second = first.but(title="Second")
    put(folder, evidence_edits.add_citation(case, 0, "administrator_citations", second))
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, CITATIONS, Place("administrator_citations", 0))
        await press(pilot, "J")
        await saved(pilot)
        assert on_disk(folder).items[0].administrator_citations == (second, first)
        await press(pilot, "up", "e")
        await until(pilot, lambda: isinstance(pilot.app.screen, CitationForm))
        pilot.app.screen.query_one("#year").focus()
        await press(pilot, "backspace", "9", "ctrl+s")
        await saved(pilot)
        assert on_disk(folder).items[0].administrator_citations[0].year == 2029
        await press(pilot, "d")
        await saved(pilot)
        assert on_disk(folder).items[0].administrator_citations == (first,)
        await press(pilot, "ctrl+z")
        await saved(pilot)
    assert len(on_disk(folder).items[0].administrator_citations) == 2


@pytest.mark.slow
@pytest.mark.parametrize("typed", ["20x6", "99"])
async def test_a_bad_year_is_pointed_at_and_not_kept(
    folder: Folder, make_app: MakeApp, typed: str
) -> None:
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, CITATIONS, Place("administrator_citations", 0))
        await press(pilot, "e")
        await until(pilot, lambda: isinstance(pilot.app.screen, CitationForm))
        entry = pilot.app.screen.query_one("#year", Input)
        entry.focus()
        await press(pilot, "end", *["backspace"] * 4)
        await write(pilot, typed)
        assert "Not a year. Try 2016." in screen_text(pilot.app)
        await press(pilot, "ctrl+s")
        assert pilot.app.screen.focused is entry
        assert entry.value == typed
        await saved(pilot)
    assert on_disk(folder).items[0].administrator_citations[0].year == 2023


# ── The record of the case ───────────────────────────────────────────────────────────────


@pytest.mark.slow
async def test_dates_are_read_in_both_forms_and_a_wrong_one_is_not_kept(
    folder: Folder, make_app: MakeApp
) -> None:
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, Stage("summary"))
        await press(pilot, "ctrl+r")
        entry = pilot.app.screen.query_one("#date_of_injury", Input)
        entry.focus()
        entry.clear()
        await write(pilot, "8/15/2025")
        await saved(pilot)
        assert on_disk(folder).particulars.date_of_injury == date(2025, 8, 15)
        await press(pilot, "backspace")
        assert "Not a date. Try 8/14/25, Oct 3 2026" in screen_text(pilot.app)
        await saved(pilot)
    assert on_disk(folder).particulars.date_of_injury == date(2025, 8, 15)


DATES_TYPED = (
    ("8/14/25", "2025-08-14", "Thursday, August 14, 2025"),
    ("Oct 3 2025", "2025-10-03", "Friday, October 3, 2025"),
    ("10.3.25", "2025-10-03", "Friday, October 3, 2025"),
    ("t", str(NOW.date()), f"{NOW:%A, %B} {NOW.day}, {NOW.year}"),
)


@pytest.mark.slow
@pytest.mark.parametrize("key", ["enter", "tab"])
async def test_a_date_is_taken_as_people_write_it(
    folder: Folder, make_app: MakeApp, key: str
) -> None:
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, Stage("summary"))
        await press(pilot, "ctrl+r")
        entry = pilot.app.screen.query_one("#date_of_injury", Input)
        for typed, full, words in DATES_TYPED:
            entry.focus()
            entry.clear()
            await write(pilot, typed)
            assert words in screen_text(pilot.app)
            await press(pilot, key)
            assert entry.value == full
            assert pilot.app.screen.focused is not entry
            await saved(pilot)
            assert str(on_disk(folder).particulars.date_of_injury) == full


@pytest.mark.slow
async def test_a_short_date_that_is_left_with_esc_is_in_the_case(
    folder: Folder, make_app: MakeApp
) -> None:
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, Stage("summary"))
        await press(pilot, "ctrl+r")
        entry = pilot.app.screen.query_one("#date_of_injury", Input)
        entry.focus()
        entry.clear()
        await write(pilot, "8/14/20")
        assert "Friday, August 14, 2020" in screen_text(pilot.app)
        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, Dialog)
        await saved(pilot)
    assert on_disk(folder).particulars.date_of_injury == date(2020, 8, 14)


@pytest.mark.parametrize("size", [(80, 24), pytest.param((60, 20), marks=pytest.mark.slow)])
async def test_a_day_that_does_not_exist_stays_with_its_reason_and_is_told_of_on_leaving(
    folder: Folder, make_app: MakeApp, size: tuple[int, int]
) -> None:
    before = on_disk(folder)
    async with running(make_app(FRESH), size) as pilot:
        await go(pilot, Stage("summary"))
        for is_typed in (True, False):
            await press(pilot, "ctrl+r")
            entry = pilot.app.screen.query_one("#date_of_injury", Input)
            if is_typed:
                entry.focus()
                entry.clear()
                await write(pilot, "11/31/2026")
            assert entry.value == "11/31/2026"
            entry.focus()
            await press(pilot, "enter")
            assert pilot.app.screen.focused is entry
            lines = screen_text(pilot.app).split("\n")
            at = next(n for n, line in enumerate(lines) if "11/31/2026" in line)
            below = " ".join(line.strip(" │") for line in lines[at + 1 : at + 3])
            assert "November 2026 has only" in lines[at + 1]
            assert "has only 30 days." in below
            await press(pilot, "escape")
            assert not isinstance(pilot.app.screen, Dialog)
            assert 'Not in the case: Date of injury "11/31/2026".' in screen_text(pilot.app)
        await saved(pilot)
    assert on_disk(folder).particulars == before.particulars


@pytest.mark.slow
async def test_a_priority_and_a_kind_are_chosen_not_typed(
    folder: Folder, make_app: MakeApp
) -> None:
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, Stage("summary"))
        await press(pilot, "ctrl+r")
        pilot.app.screen.query_one("#priority").focus()
        await pilot.pause()
        assert "(x) standard  ( ) expedited  ( ) formulary" in screen_text(pilot.app)
        await press(pilot, "right")
        await saved(pilot)
        assert on_disk(folder).particulars.priority == "expedited"
        await press(pilot, *"urgent", "f", "left", "right")
        await saved(pilot)
        assert on_disk(folder).particulars.priority == "formulary"
        pilot.app.screen.query_one("#records", OptionList).focus()
        await press(pilot, "e")
        pilot.app.screen.query_one("#kind").focus()
        await press(pilot, "i", "enter")
        await saved(pilot)
        assert not isinstance(pilot.app.screen, RecordForm)
    assert on_disk(folder).records[0].kind == "imaging"


@pytest.mark.slow
async def test_a_new_party_withdraws_the_attestation_given_against_the_old_ones(
    folder: Folder, make_app: MakeApp
) -> None:
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, Stage("credentials"))
        await press(pilot, "1", "2", "ctrl+r")
        pilot.app.screen.query_one("#employer").focus()
        await write(pilot, "!")
        await press(pilot, "escape")
        await saved(pilot)
        assert "[ ] 2" in screen_text(pilot.app)
    assert on_disk(folder).reviewer.attested == ("complete-file",)
    assert on_disk(folder).parties.employer.endswith("!")


@pytest.mark.slow
async def test_a_document_is_listed_described_and_taken_off(
    folder: Folder, make_app: MakeApp
) -> None:
    count = len(on_disk(folder).records)
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, Stage("summary"))
        await press(pilot, "ctrl+r", "a")
        await until(pilot, lambda: isinstance(pilot.app.screen, RecordForm))
        await write(pilot, "EMG")
        await press(pilot, "tab", "tab")
        await write(pilot, "2026-01-02")
        await press(pilot, "enter", "enter", "enter")
        await saved(pilot)
        added = on_disk(folder).records[count]
        assert (added.title, added.from_, added.kind) == ("EMG", date(2026, 1, 2), "medical")
        records = pilot.app.screen.query_one("#records", OptionList)
        records.highlighted = count
        await press(pilot, "d")
        await saved(pilot)
    assert len(on_disk(folder).records) == count


# ── Undo ─────────────────────────────────────────────────────────────────────────────────


async def test_undo_goes_back_step_by_step_and_redo_forward(
    folder: Folder, make_app: MakeApp
) -> None:
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, Stage("credentials"))
        await saved(pilot)
        states = [on_disk(folder)]
        for key in "123":
            await press(pilot, key)
            await saved(pilot)
            states.append(on_disk(folder))
        for state in reversed(states[:-1]):
            await press(pilot, "ctrl+z")
            await saved(pilot)
            assert on_disk(folder) == state
        for state in states[1:]:
            await press(pilot, "ctrl+y")
            await saved(pilot)
            assert on_disk(folder) == state


async def test_undo_in_a_text_with_nothing_to_undo_takes_back_what_was_before(
    folder: Folder, make_app: MakeApp
) -> None:
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, DECISION)
        await press(pilot, "u", "i")
        await write(pilot, "ab")
        await press(pilot, "ctrl+z")
        await saved(pilot)
        assert on_disk(folder).items[0].rationale == ""
        assert on_disk(folder).items[0].decision == "upheld"
        await press(pilot, "ctrl+z")
        await saved(pilot)
        await until(pilot, lambda: on_disk(folder).items[0].decision is None)


@pytest.mark.slow
async def test_undo_and_redo_survive_a_scrollbar_that_comes_and_goes(
    folder: Folder, make_app: MakeApp
) -> None:
    text = "a line\n" * 100
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, Stage("summary"))
        await paste(pilot, text)
        await press(pilot, "f7", "delete")
        for key, kept in [("ctrl+z", text), ("ctrl+y", ""), ("ctrl+z", text)]:
            await press(pilot, key)
            await saved(pilot)
            assert on_disk(folder).summary.text == kept
