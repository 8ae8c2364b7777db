"""Earlier rationales of the reviewer: found, read and inserted into a rationale."""

from threading import Event
from typing import Any

import pytest
from textual import events
from textual.widgets import OptionList

from imr_tui.domain.workflow import Place, Stage
from imr_tui.model import edits
from imr_tui.model.case import Case
from imr_tui.recall import insertion
from imr_tui.recall.copied_facts import BlankedText, Flag
from imr_tui.store.cases.folder import Folder
from imr_tui.store.recall import indexed_files
from imr_tui.ui.app import ImrApp
from imr_tui.ui.dialogs.recall import RecallScreen
from imr_tui.ui.stages.stage import StageScreen
from imr_tui.ui.widgets.line_input import Line
from imr_tui.ui.widgets.prose import Prose
from tests.builders import MTUS, OTHER, a_complete_case, an_item
from tests.ui.conftest import FRESH, MakeApp, on_disk, put
from tests.ui.driving import go, press, running, saved, screen_text, shown, the_app, until, write

DECISION = Stage("decision", 0)
RATIONALE = Place("rationale", 0)
MRI = "The MRI of the lumbar spine shows no root. A repeat *** adds nothing."
THERAPY = "Twelve visits of therapy were given. More is not needed.\n\nHome swimming suffices."


def earlier(number: str, *items: tuple[str, str]) -> Case:
    made = tuple(
        an_item(request, rationale=text, citations=(MTUS, OTHER)) for request, text in items
    )
    case = a_complete_case(made)
    return case.but(particulars=case.particulars.but(number=number))


@pytest.fixture
def own(folder: Folder) -> Folder:
    """The folder with rationales of two earlier cases, and a case about a lumbar MRI."""
    put(folder, earlier("CM26-0000011", ("MRI of the lumbar spine", MRI)))
    put(folder, earlier("CM26-0000012", ("12 sessions of physical therapy, left knee", THERAPY)))
    case = edits.set_rationale(on_disk(folder), 0, "")
    put(folder, edits.set_item_line(case, 0, "request", "Repeat lumbar MRI"))
    return folder


def prose(app: ImrApp) -> Prose:
    assert isinstance(app.screen, StageScreen)
    entry = app.screen.entry
    assert isinstance(entry, Prose)
    return entry


def listed(app: ImrApp) -> list[str]:
    assert isinstance(app.screen, RecallScreen)
    options = app.screen.query_one("#found", OptionList).options
    return [str(each.prompt).split("\n")[0] for each in options]


async def test_similar_requests_are_listed_first_and_enter_inserts_all(
    own: Folder, make_app: MakeApp
) -> None:
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await go(pilot, DECISION, types=False)
        await press(pilot, "r")
        await until(pilot, lambda: listed(app)[:1] == ["MRI of the lumbar spine"])
        assert "12 sessions of physical therapy, left knee" in listed(app)
        assert "Upheld" in shown(pilot)
        assert "Cites: " in shown(pilot)
        assert "The MRI of the lumbar spine shows no root." in shown(pilot)
        await press(pilot, "enter")
        assert prose(app).text == MRI
        assert prose(app).selected_text == "***"
        assert "1 blank to fill in" in screen_text(app)
        await write(pilot, "study")
        await saved(pilot)
    assert on_disk(own).items[0].rationale == MRI.replace("***", "study")
    assert on_disk(own).items[0].citations == ()


async def test_what_is_typed_is_searched_and_the_list_follows(
    own: Folder, make_app: MakeApp
) -> None:
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await go(pilot, DECISION, types=False)
        await press(pilot, "r")
        await write(pilot, "swim")
        assert listed(app) == ["12 sessions of physical therapy, left knee"]
        await press(pilot, "ctrl+u")
        await write(pilot, 'NEAR( "')
        assert listed(app) == []
        await until(pilot, lambda: "No rationale of yours has these words." in shown(pilot))
        before = on_disk(own)
        await press(pilot, "enter")
        assert isinstance(app.screen, RecallScreen)
        await press(pilot, "escape")
    assert on_disk(own).items == before.items


async def test_a_ctrl_key_opens_it_in_the_text_and_the_cursor_is_the_place(
    own: Folder, make_app: MakeApp
) -> None:
    put(own, edits.set_rationale(on_disk(own), 0, "Before.  After."))
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await go(pilot, DECISION, RATIONALE)
        prose(app).go_to(8)
        await press(pilot, "ctrl+underscore")
        await write(pilot, "swimming")
        await press(pilot, "enter")
        assert prose(app).text == f"Before. {THERAPY} After."
        assert app.focused is prose(app)
        await write(pilot, "!")
        await saved(pilot)
    assert on_disk(own).items[0].rationale == f"Before. {THERAPY}! After."


async def test_the_letter_r_in_a_text_is_a_letter(own: Folder, make_app: MakeApp) -> None:
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, DECISION, RATIONALE)
        await write(pilot, "rr")
        assert prose(the_app(pilot)).text == "rr"


async def test_sentences_are_selected_one_by_one(own: Folder, make_app: MakeApp) -> None:
    put(own, edits.set_rationale(on_disk(own), 0, "Before."))
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await go(pilot, DECISION, types=False)
        await press(pilot, "r")
        await write(pilot, "swimming")
        await press(pilot, "tab", "down", "space", "space", "space")
        assert "[ ] Twelve visits" in shown(pilot)
        assert "[x] More is not needed." in shown(pilot)
        assert "[ ] Home swimming" in shown(pilot)
        await press(pilot, "enter")
        assert prose(app).text == "Before.\n\nMore is not needed."
        await saved(pilot)
    assert on_disk(own).items[0].citations == ()


@pytest.mark.slow
async def test_c_copies_the_citations_and_one_undo_takes_all_back(
    own: Folder, make_app: MakeApp
) -> None:
    put(own, edits.set_rationale(on_disk(own), 0, "Before."))
    before = on_disk(own)
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, DECISION, RATIONALE)
        await press(pilot, "end")
        await write(pilot, " More.")
        await press(pilot, "escape", "r")
        await press(pilot, "tab", "c")
        await saved(pilot)
        assert on_disk(own).items[0].citations == (MTUS, OTHER)
        assert on_disk(own).items[0].rationale == f"Before. More.\n\n{MRI}"
        await press(pilot, "ctrl+z")
        await saved(pilot)
        assert on_disk(own).items[0].rationale == "Before. More."
        assert on_disk(own).items[0].citations == ()
        await press(pilot, "ctrl+y")
        await saved(pilot)
        assert on_disk(own).items[0].citations == (MTUS, OTHER)
        await press(pilot, "ctrl+z", "ctrl+z")
        await saved(pilot)
    assert on_disk(own).items == before.items


async def test_c_in_the_search_is_a_letter(own: Folder, make_app: MakeApp) -> None:
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, DECISION, types=False)
        await press(pilot, "r")
        await write(pilot, "c x")
        assert the_app(pilot).screen.query_one(Line).value == "c x"


async def test_a_read_only_case_can_be_looked_at_but_takes_nothing(
    own: Folder, make_app: MakeApp
) -> None:
    before = on_disk(own)
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: app.case is not None)
        app.read_only = "READ ONLY: another session has the case."
        await go(pilot, DECISION, types=False)
        await press(pilot, "r")
        await until(pilot, lambda: "no root" in shown(pilot))
        await press(pilot, "enter")
        assert isinstance(app.screen, RecallScreen)
        assert "READ ONLY: another session has the case." in screen_text(app)
        await press(pilot, "tab", "c")
        assert isinstance(app.screen, RecallScreen)
    assert on_disk(own).items == before.items


async def test_building_the_index_shows_progress_and_can_be_left(
    own: Folder, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, begun = Event(), Event()
    read = indexed_files.read

    def slowly(*given: Any) -> bool:
        begun.set()
        held.wait(10)
        return read(*given)

    monkeypatch.setattr(indexed_files, "read", slowly)
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await go(pilot, DECISION, types=False)
        app.post_message(events.Key("r", "r"))
        await until(pilot, lambda: "Reading case 1 of 4. Esc stops it." in shown(pilot))
        assert begun.is_set()
        assert "No earlier rationale" not in shown(pilot)
        app.post_message(events.Key("escape", None))
        await until(pilot, lambda: isinstance(app.screen, StageScreen))
        held.set()
        await press(pilot, "r")
        await until(pilot, lambda: len(listed(app)) > 1)
        assert "Reading case" not in shown(pilot)


async def test_a_refreshed_list_keeps_what_is_highlighted(own: Folder, make_app: MakeApp) -> None:
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await go(pilot, DECISION, types=False)
        await press(pilot, "r")
        await until(pilot, lambda: len(listed(app)) > 1)
        await press(pilot, "down", "tab", "space")
        assert isinstance(app.screen, RecallScreen)
        chosen = app.screen._chosen
        put(own, earlier("CM26-0000013", ("MRI of the lumbar spine", "A newer text.")))
        await app.screen._update().wait()
        assert len(listed(app)) > 3
        assert app.screen._chosen == chosen
        assert app.screen._sentences.selected == (0,)


async def test_only_the_rationale_has_it(own: Folder, make_app: MakeApp) -> None:
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await go(pilot, Stage("summary"), types=False)
        await press(pilot, "r", "ctrl+underscore")
        assert isinstance(app.screen, StageScreen)


async def test_the_texts_of_the_list_are_no_markup(own: Folder, make_app: MakeApp) -> None:
    hostile = "[/kg] [b] 漢字 [x"
    put(own, earlier("CM26-0000014", (f"Zither {hostile}", f"Zither {hostile}.")))
    async with running(make_app(FRESH), (60, 24)) as pilot:
        app = the_app(pilot)
        await go(pilot, DECISION, types=False)
        await press(pilot, "r")
        await write(pilot, "zither")
        await until(pilot, lambda: listed(app) == [f"Zither {hostile}"])
        await press(pilot, "enter")
        assert prose(app).text == f"Zither {hostile}."


async def test_words_that_may_be_wrong_are_named(
    own: Folder, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def flagging(text: str, case: Case) -> BlankedText:
        assert case.number == FRESH
        return BlankedText(f"His {text}", (Flag((0, 3), "sex"), Flag((8, 11), "region")))

    monkeypatch.setattr(insertion, "blank_foreign_facts", flagging)
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await go(pilot, DECISION, types=False)
        await press(pilot, "r")
        await press(pilot, "enter")
        assert prose(app).text == f"His {MRI}"
        assert prose(app).selected_text == "***"
        assert "1 blank to fill in" in app.hint_shown
        assert app.hint_shown.startswith("Check: His, MRI. ")


@pytest.mark.slow
async def test_facts_of_the_other_case_become_blanks_and_the_source_is_recorded(
    own: Folder, make_app: MakeApp
) -> None:
    text = "On 3/4/2015 she had 37 visits for the left elbow. It did not help."
    put(own, earlier("CM26-0000015", ("Zither lessons", text)))
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await go(pilot, DECISION, types=False)
        await press(pilot, "r")
        await write(pilot, "zither")
        await press(pilot, "enter")
        await saved(pilot)
        item = on_disk(own).items[0]
        assert item.rationale.startswith("On *** she had *** visits for the")
        assert prose(app).span == (3, 6)
        assert "elbow" in app.hint_shown
        (copied,) = item.copied
        assert (copied.case, copied.item, len(copied.sentences)) == ("CM26-0000015", 1, 2)
        await press(pilot, "ctrl+z")
        await saved(pilot)
    assert on_disk(own).items[0].copied == ()
    assert on_disk(own).items[0].rationale == ""
