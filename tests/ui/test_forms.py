"""Forms: Enter goes from field to field, Esc keeps what was typed, and nothing is guessed."""

from datetime import date

import pytest
from textual.widgets import Input, OptionList

from imr_tui.domain.workflow import Stage
from imr_tui.model import edits, reviewer_edits
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.profile import load_profile
from imr_tui.ui.dialogs.citation_form import CitationForm
from imr_tui.ui.dialogs.dialog import Dialog
from imr_tui.ui.dialogs.form import Form
from imr_tui.ui.dialogs.profile import ProfileScreen
from imr_tui.ui.dialogs.profile_offer import ProfileOffer
from imr_tui.ui.stages.worklist import WorklistScreen
from tests.builders import NUMBER
from tests.ui.conftest import FRESH, MakeApp, on_disk, put
from tests.ui.driving import (
    go,
    press,
    rest,
    running,
    saved,
    screen_text,
    shown,
    the_app,
    until,
    write,
)
from tests.ui.test_keeping import DIALOGS, STAGES, a_worked_case, begin

FORMS = ["record", "document", "item", "citation", "departure", "weighing", "profile", "import"]
CITATIONS = Stage("citations", 0)


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMS)
async def test_enter_goes_through_every_form_and_finishes_on_its_last_field(
    folder: Folder, make_app: MakeApp, name: str
) -> None:
    put(folder, a_worked_case())
    async with running(make_app(NUMBER), (120, 40)) as pilot:
        app = await begin(pilot, STAGES["decision"])
        form = DIALOGS[name](app)
        assert isinstance(form, Form)
        await app.push_screen(form)
        await pilot.pause()
        entries = form.entries
        if name == "import":
            entries[0].value = "nowhere.txt"
        entries[0].focus()
        await pilot.pause()
        for entry in entries:
            assert form.focused is entry
            label = "Done" if entry is entries[-1] else "Next field"
            assert f"Enter {label}" in screen_text(app)
            await press(pilot, "enter")
        await until(pilot, lambda: app.screen is not form)


@pytest.mark.slow
async def test_a_new_citation_that_is_cancelled_is_not_added_and_offered_again(
    folder: Folder, make_app: MakeApp
) -> None:
    before = on_disk(folder).items
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, CITATIONS)
        await press(pilot, "a", *"low back 2004", "enter")
        await write(pilot, "Special Studies")
        await press(pilot, "escape")
        assert "Not added. What you typed is kept; a offers it again." in screen_text(pilot.app)
        await saved(pilot)
        assert on_disk(folder).items == before
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, CITATIONS)
        await press(pilot, "a")
        first = pilot.app.screen.query_one(OptionList).get_option_at_index(0)
        assert str(first.prompt).startswith("Continue, not added yet: ")
        await press(pilot, "enter")
        assert pilot.app.screen.query_one("#sections", Input).value == "Special Studies"
        assert "Not in the case yet: what you typed last time." in screen_text(pilot.app)
        await press(pilot, "ctrl+s")
        await saved(pilot)
        (citation,) = on_disk(folder).items[0].citations
        assert citation.sections == ("Special Studies",)
        assert citation.guideline == "mtus-2009-lowback"
        await press(pilot, "a")
        first = pilot.app.screen.query_one(OptionList).get_option_at_index(0)
        assert "Continue" not in str(first.prompt)


@pytest.mark.slow
async def test_a_citation_that_was_only_picked_and_cancelled_leaves_nothing(
    folder: Folder, make_app: MakeApp
) -> None:
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, CITATIONS)
        await press(pilot, "a", *"low back 2004", "enter", "escape", "a")
        assert "Continue" not in screen_text(pilot.app)
        await saved(pilot)
    assert on_disk(folder).items[0].citations == ()


@pytest.mark.slow
async def test_an_edit_of_a_citation_that_is_left_is_not_applied_and_shown_again(
    folder: Folder, make_app: MakeApp
) -> None:
    put(folder, a_worked_case())
    before = on_disk(folder, NUMBER).items[1].citations
    async with running(make_app(NUMBER)) as pilot:
        await go(pilot, Stage("citations", 1))
        await press(pilot, "e")
        pilot.app.screen.query_one("#pages").focus()
        await press(pilot, "end", *", 77", "escape")
        assert "Not changed. What you typed is kept; e shows it again." in screen_text(pilot.app)
        await saved(pilot)
        assert on_disk(folder, NUMBER).items[1].citations == before
        await press(pilot, "e")
        assert pilot.app.screen.query_one("#pages", Input).value.endswith("77")
        await press(pilot, "ctrl+g")
        assert pilot.app.screen.query_one("#pages", Input).value == before[0].pages
        assert the_app(pilot).drafts.paths("items") == []


@pytest.mark.slow
async def test_a_citation_shows_no_internal_ids(folder: Folder, make_app: MakeApp) -> None:
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, CITATIONS)
        await press(pilot, "a", *"low back 2004", "enter")
        assert isinstance(pilot.app.screen, CitationForm)
        assert "Low Back Complaints 2004" in screen_text(pilot.app)
        assert "mtus-" not in screen_text(pilot.app)


@pytest.mark.slow
async def test_a_document_that_is_left_blank_is_not_added(
    folder: Folder, make_app: MakeApp
) -> None:
    before = on_disk(folder).records
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, Stage("summary"))
        await press(pilot, "ctrl+r", "a", "escape", "escape")
        await saved(pilot)
    assert on_disk(folder).records == before


# ── The profile ──────────────────────────────────────────────────────────────────────────


async def test_an_unknown_state_is_questioned_once_and_kept_as_typed(
    folder: Folder, make_app: MakeApp
) -> None:
    async with running(make_app()) as pilot:
        app = the_app(pilot)
        await press(pilot, "p")
        entry = app.screen.query_one("#licenses", Input)
        entry.focus()
        entry.value = "Texsa"
        await press(pilot, "enter")
        asked = '"Texsa" is not a known state. Did you mean Texas? Enter keeps it'
        assert asked in shown(pilot)
        assert app.screen.focused is entry
        await press(pilot, "enter")
        assert app.screen.focused is not entry
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: not isinstance(app.screen, Dialog))
    profile = load_profile(folder)
    assert profile is not None
    assert profile.licenses == ("Texsa",)


COMPLETED = (
    ("Tex", "enter", "Texas"),
    ("Tex", ",", "Texas,"),
    ("Texas, flor", ",", "Texas, Florida,"),
    ("New", ",", "New,"),
    ("TX", ",", "Texas,"),
)


async def test_enter_and_a_comma_accept_the_only_matching_completion(
    folder: Folder, make_app: MakeApp
) -> None:
    async with running(make_app()) as pilot:
        app = the_app(pilot)
        await press(pilot, "p")
        entry = app.screen.query_one("#licenses", Input)
        for typed, key, becomes in COMPLETED:
            entry.focus()
            entry.value = ""
            await write(pilot, typed)
            await press(pilot, key)
            assert entry.value == becomes


async def test_a_pin_is_typed_twice(folder: Folder, make_app: MakeApp) -> None:
    async with running(make_app()) as pilot:
        app = the_app(pilot)
        await press(pilot, "p")
        app.screen.query_one("#new-pin").focus()
        await write(pilot, "2468")
        await press(pilot, "enter")
        await write(pilot, "2469")
        await press(pilot, "enter", "enter")
        assert "The two PINs differ." in screen_text(app)
        assert isinstance(app.screen, ProfileScreen)
    profile = load_profile(folder)
    assert profile is not None
    assert not profile.pin


async def test_the_profile_says_that_it_is_saved(folder: Folder, make_app: MakeApp) -> None:
    async with running(make_app()) as pilot:
        app = the_app(pilot)
        await press(pilot, "p")
        await press(pilot, *["enter"] * 6)
        await until(pilot, lambda: isinstance(app.screen, WorklistScreen))
        assert "Profile saved." in screen_text(app)


@pytest.mark.slow
@pytest.mark.parametrize(("key", "changes"), [("y", True), ("n", False), ("escape", False)])
async def test_credentials_corrected_in_a_case_are_offered_for_the_profile(
    folder: Folder, make_app: MakeApp, key: str, changes: bool
) -> None:
    put(folder, reviewer_edits.set_licenses(on_disk(folder), ("Texas",)))
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await go(pilot, Stage("credentials"))
        app.screen.query_one("#reviewer-licenses").focus()
        await press(pilot, "end", *", Nevada", "enter")
        # Not yet: keys that are typed at once are meant for the next field.
        await rest(app)
        assert app.screen.focused is app.screen.query_one("#reviewer-specialties")
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, ProfileOffer))
        await press(pilot, key)
        await until(pilot, lambda: not isinstance(app.screen, ProfileOffer))
        await saved(pilot)
    assert on_disk(folder).reviewer.licenses == ("Texas", "Nevada")
    profile = load_profile(folder)
    assert profile is not None
    assert profile.licenses == (("Texas", "Nevada") if changes else ("Texas",))


async def test_the_record_begins_at_the_first_date_that_is_missing(
    folder: Folder, make_app: MakeApp
) -> None:
    put(folder, edits.set_date(on_disk(folder), "ur_decision_date", None))
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: app.case is not None)
        await press(pilot, "ctrl+r", *"10/20/26", "enter", "escape")
        await saved(pilot)
    assert on_disk(folder).particulars.ur_decision_date == date(2026, 10, 20)
