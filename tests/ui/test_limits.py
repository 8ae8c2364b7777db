"""What a case has no room for is refused in its field, and said; the file stays readable."""

from functools import partial

import pytest
from textual import events
from textual.widgets import Input, OptionList

from imr_tui.domain.workflow import Stage
from imr_tui.model import edits, evidence_edits
from imr_tui.model.case import Case, Record
from imr_tui.model.evidence import Citation
from imr_tui.model.limits import MAX_CASE_BYTES, MAX_LINE, MAX_ROWS, ROOM_FOR_LINES
from imr_tui.store.cases.folder import Folder
from imr_tui.ui.dialogs.citing import Picker
from imr_tui.ui.dialogs.navigation import ItemsScreen
from imr_tui.ui.dialogs.record import RecordScreen
from imr_tui.ui.widgets.prose import Prose
from tests.builders import MTUS, NUMBER, an_item
from tests.ui.conftest import MakeApp, on_disk, put
from tests.ui.driving import go, opened, paste, press, running, saved, the_app, told, until, write
from tests.ui.test_keeping import a_worked_case

pytestmark = pytest.mark.slow

LINE = "x" * 93 + "\n"
ENOUGH = LINE * 9_900
"""A text after which little room is left."""


@pytest.mark.slow
@pytest.mark.parametrize("field", [Stage("summary"), Stage("decision", 0)], ids=str)
@pytest.mark.parametrize("mark", ["x", '"', "漢", "😀"], ids=["plain", "quote", "wide", "emoji"])
async def test_a_paste_that_does_not_fit_is_refused_whole(
    folder: Folder, make_app: MakeApp, field: Stage, mark: str
) -> None:
    put(folder, a_worked_case())
    async with running(make_app(NUMBER)) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: app.case is not None)
        before = app.open_case
        await go(pilot, field)
        await paste(pilot, mark * (MAX_CASE_BYTES if mark == "x" else 500_000))
        await until(pilot, lambda: "Nothing was inserted" in told(pilot))
        assert "1,000,000 bytes" in told(pilot)
        await saved(pilot)
        assert app.open_case == before
        assert on_disk(folder, NUMBER) == before


def a_nearly_full_case() -> Case:
    return edits.set_rationale(edits.set_summary(a_worked_case(), ENOUGH), 0, "")


@pytest.mark.slow
async def test_typing_stops_where_the_case_is_full(folder: Folder, make_app: MakeApp) -> None:
    put(folder, a_nearly_full_case())
    async with running(make_app(NUMBER)) as pilot:
        app = await opened(pilot, Stage("decision", 0))
        app.screen.set_focus(app.screen.query_one(Prose))
        room = app.parts.editing.room - ROOM_FOR_LINES - 2
        await paste(pilot, (LINE * 1_000)[:room])
        await write(pilot, "abcd")
        await until(pilot, lambda: "The field is full" in told(pilot))
        await saved(pilot)
        shown = app.screen.query_one(Prose).text
        assert shown == (LINE * 1_000)[:room] + "ab"
        assert on_disk(folder, NUMBER).items[0].rationale == shown
        # What is full can be shortened, and goes on from there.
        await press(pilot, "backspace", "backspace", *"ef")
        await saved(pilot)
        assert on_disk(folder, NUMBER).items[0].rationale == shown[:-2] + "ef"
        # There is room left for everything else.
        await press(pilot, "escape", "o")
        await saved(pilot)
        assert on_disk(folder, NUMBER).items[0].decision == "overturned"


async def test_many_pastes_at_once_stop_at_the_limit(folder: Folder, make_app: MakeApp) -> None:
    put(folder, a_nearly_full_case())
    async with running(make_app(NUMBER)) as pilot:
        app = await opened(pilot, Stage("decision", 0))
        app.screen.set_focus(app.screen.query_one(Prose))
        for _ in range(12):
            app.post_message(events.Paste(LINE * 100))
        await until(pilot, lambda: "Nothing was inserted" in told(pilot))
        await press(pilot, "a")
        await saved(pilot)
        shown = app.screen.query_one(Prose).text
        assert shown == on_disk(folder, NUMBER).items[0].rationale
        assert shown.count("\n") % 100 == 0
        assert (folder.path / f"{NUMBER}.toml").stat().st_size <= MAX_CASE_BYTES


async def test_a_line_says_when_it_is_full(folder: Folder, make_app: MakeApp) -> None:
    put(folder, a_worked_case())
    async with running(make_app(NUMBER)) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: app.case is not None)
        await app.push_screen(RecordScreen("employer"))
        await pilot.pause()
        entry = app.screen.query_one("#employer", Input)
        entry.clear()
        await paste(pilot, "x" * MAX_LINE)
        await write(pilot, "y")
        await until(pilot, lambda: "The field is full" in told(pilot))
        assert "4,000" in told(pilot)
        await paste(pilot, "yz")
        await until(pilot, lambda: "Nothing was inserted" in told(pilot))
        assert entry.value == "x" * MAX_LINE
        await press(pilot, "backspace", "y")
        await saved(pilot)
        assert on_disk(folder, NUMBER).parties.employer == "x" * (MAX_LINE - 1) + "y"


async def test_a_list_with_too_many_entries_stays_in_its_field(
    folder: Folder, make_app: MakeApp
) -> None:
    put(folder, a_worked_case())
    async with running(make_app(NUMBER)) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: app.case is not None)
        await app.push_screen(RecordScreen("providers"))
        await pilot.pause()
        await paste(pilot, "a;" * (MAX_ROWS + 1))
        await until(pilot, lambda: "1,000 entries" in told(pilot))
        await press(pilot, "escape")
        await app.push_screen(RecordScreen("providers"))
        await pilot.pause()
        assert app.screen.query_one("#providers", Input).value == "a;" * (MAX_ROWS + 1)
        await saved(pilot)
        assert on_disk(folder, NUMBER).parties.providers == a_worked_case().parties.providers


FULL_LISTS = {
    "items": (ItemsScreen, "a"),
    "records": (RecordScreen, "a"),
}


@pytest.mark.parametrize("name", FULL_LISTS)
async def test_no_form_opens_for_a_row_that_does_not_fit(
    folder: Folder, make_app: MakeApp, name: str
) -> None:
    rows = (an_item(citations=()),) * MAX_ROWS if name == "items" else (Record(),) * MAX_ROWS
    put(folder, a_worked_case().but(**{name: rows}))
    async with running(make_app(NUMBER)) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: app.case is not None)
        kind, key = FULL_LISTS[name]
        await app.push_screen(kind(0) if kind is ItemsScreen else kind())
        await pilot.pause()
        app.screen.query_one(OptionList).focus()
        await press(pilot, key)
        await until(pilot, lambda: "1,000 entries" in told(pilot))
        assert isinstance(app.screen, kind)
        assert len(getattr(app.open_case, name)) == MAX_ROWS


@pytest.mark.slow
async def test_a_citation_that_does_not_fit_is_not_added(folder: Folder, make_app: MakeApp) -> None:
    case = a_worked_case()
    many = tuple(MTUS.but(pages=str(page)) for page in range(MAX_ROWS))
    put(folder, case.but(items=(case.items[0].but(citations=many),)))
    async with running(make_app(NUMBER)) as pilot:
        app = await opened(pilot, Stage("citations", 0))
        await press(pilot, "a")
        await until(pilot, lambda: isinstance(app.screen, Picker))
        await press(pilot, "enter", "ctrl+s")
        await until(pilot, lambda: "1,000 entries" in told(pilot))
        assert app.open_case.items[0].citations == many


async def test_copying_a_kind_and_a_version_that_do_not_fit(
    folder: Folder, make_app: MakeApp
) -> None:
    put(folder, a_worked_case())
    async with running(make_app(NUMBER)) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: app.case is not None)
        before = app.open_case
        long = Citation(kind="study", title="t" * 4_000, authors="a" * 4_000)
        change = partial(
            evidence_edits.set_citation,
            index=0,
            side="citations",
            at=0,
            citation=long.but(kind="text", text="t" * 4_001),
        )
        assert "4,000 characters" in str(app.parts.editing.refusal(change))
        app.parts.output.restore(before.but(summary=before.summary.but(text="x" * 1_000_000)))
        await until(pilot, lambda: "1,000,000 bytes" in told(pilot))
        assert app.open_case == before


async def test_an_undo_that_does_not_fit_any_more_leaves_field_and_case_alike(
    folder: Folder, make_app: MakeApp
) -> None:
    put(folder, a_nearly_full_case())
    async with running(make_app(NUMBER)) as pilot:
        app = await opened(pilot, Stage("decision", 0))
        app.screen.set_focus(app.screen.query_one(Prose))
        await paste(pilot, LINE * 200)
        app.screen.query_one(Prose).clear()
        await saved(pilot)
        assert app.open_case.items[0].rationale == ""
        assert app.parts.editing.session is not None
        grown = partial(edits.set_rationale, index=1, text="y" * (app.parts.editing.room - 10_000))
        assert app.parts.editing.session.edit(grown, "")
        app.screen.query_one(Prose).undo()
        await until(pilot, lambda: "1,000,000 bytes" in told(pilot))
        await press(pilot, "z")
        await saved(pilot)
        assert app.open_case.items[0].rationale == app.screen.query_one(Prose).text
