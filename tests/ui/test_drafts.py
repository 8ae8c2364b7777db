"""What is typed in a dialog and is not in the case yet is on the disk, and there the next time."""

import errno
import shutil
from pathlib import Path

import pytest
from textual.screen import Screen
from textual.widgets import Input

from imr_tui.errors import CannotStore
from imr_tui.letter.dialects.dialect import Letterhead
from imr_tui.model.case import Case
from imr_tui.store.cases import drafts
from imr_tui.store.cases.drafts import NO_CASE, load_drafts
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.account_folder import account_folder
from imr_tui.store.config.profile import load_profile
from imr_tui.store.safety import atomic
from imr_tui.ui.app import ImrApp
from imr_tui.ui.dialogs.citation_form import CitationForm
from imr_tui.ui.dialogs.dialog import Dialog
from imr_tui.ui.dialogs.profile import ProfileScreen
from imr_tui.ui.dialogs.reasons import AcceptanceScreen
from tests.builders import NUMBER
from tests.ui.conftest import NOW, MakeApp, on_disk, put
from tests.ui.driving import go, paste, press, running, saved, screen_text, the_app, until, write
from tests.ui.test_keeping import DIALOGS, STAGES, a_worked_case, begin

HALF = {
    "record": {"date_of_injury": "8/14/2", "decision_date": "2014-1"},
    "document": {"from_": "8/14/2", "to": "Aug"},
    "item": {"follows": "7", "date_of_service": "9/14/2"},
    "citation": {"year": "20"},
    "weighing": {"administrator_level": "1", "reviewer_level": "9"},
    "departure": {"sentence": "The MTUS does not speak to it."},
    "import": {"path": "/letters/CM13-0001.pdf"},
    "rescue": {"rescue-folder": "/mnt/stick"},
    "profile": {"licenses": "Texas, Neva", "specialties": "Pain", "name": "Jane Doe"},
}
"""What no field of the case can hold, or is not given yet, by dialog and field."""
CASES = [(dialog, field) for dialog, fields in HALF.items() for field in fields]


async def open_dialog(app: ImrApp, name: str) -> Screen[object]:
    screen = DIALOGS[name](app)
    await app.push_screen(screen)
    return screen


async def fill(app: ImrApp, field: str, text: str) -> None:
    entry = app.screen.query_one(f"#{field}", Input)
    entry.focus()
    entry.value = ""
    entry.insert_text_at_cursor(text)


def after_a_kill(folder: Folder, tmp_path: Path) -> Folder:
    """What the disk holds at this moment."""
    path = tmp_path / "left"
    shutil.copytree(folder.path, path)
    return Folder(path)


@pytest.mark.slow
@pytest.mark.parametrize(("dialog", "field"), CASES)
async def test_it_is_there_after_a_kill(
    folder: Folder, make_app: MakeApp, tmp_path: Path, dialog: str, field: str
) -> None:
    put(folder, a_worked_case())
    typed = HALF[dialog][field]
    async with running(make_app(NUMBER)) as pilot:
        app = await begin(pilot, STAGES["decision"])
        await open_dialog(app, dialog)
        await pilot.pause()
        await fill(app, field, typed)
        await pilot.pause()
        assert app.drafts.flush(1)
        left = after_a_kill(folder, tmp_path)
    async with running(ImrApp(left, Letterhead(), lambda: NOW, NUMBER)) as pilot:
        app = await begin(pilot, STAGES["decision"])
        await open_dialog(app, dialog)
        await pilot.pause()
        assert app.screen.query_one(f"#{field}", Input).value == typed


@pytest.mark.slow
@pytest.mark.parametrize(("dialog", "field"), CASES)
async def test_what_is_emptied_is_dropped(
    folder: Folder, make_app: MakeApp, dialog: str, field: str
) -> None:
    put(folder, a_worked_case())
    async with running(make_app(NUMBER)) as pilot:
        app = await begin(pilot, STAGES["decision"])
        await open_dialog(app, dialog)
        await pilot.pause()
        for text in (HALF[dialog][field], ""):
            await fill(app, field, text)
            await pilot.pause()
            await saved(pilot)
            assert app.drafts.flush(1)
            kept = {**load_drafts(folder.path, NUMBER), **load_drafts(folder.path, NO_CASE)}
            assert (HALF[dialog][field] in kept.values()) == bool(text)


@pytest.mark.slow
async def test_a_date_that_is_whole_takes_the_place_of_its_half(
    folder: Folder, make_app: MakeApp
) -> None:
    put(folder, a_worked_case())
    async with running(make_app(NUMBER)) as pilot:
        app = await begin(pilot, STAGES["decision"])
        await open_dialog(app, "record")
        await pilot.pause()
        await fill(app, "date_of_injury", "8/14/2")
        await pilot.pause()
        assert app.drafts.flush(1)
        assert load_drafts(folder.path, NUMBER) == {"date_of_injury": "8/14/2"}
        await press(pilot, *"013")
        await saved(pilot)
        await pilot.pause()
        assert app.drafts.flush(1)
        assert load_drafts(folder.path, NUMBER) == {}
        assert str(on_disk(folder, NUMBER).particulars.date_of_injury) == "2013-08-14"


@pytest.mark.slow
async def test_a_reason_is_kept_until_the_case_that_took_it_is_on_the_disk(
    folder: Folder, make_app: MakeApp, tmp_path: Path
) -> None:
    case = a_worked_case()
    put(folder, case.but(summary=case.summary.but(text="TBD. This 54 year old man was injured.")))
    async with running(make_app(NUMBER)) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: app.findings is not None)
        await go(pilot, STAGES["review"])
        await press(pilot, "a")
        await until(pilot, lambda: isinstance(app.screen, AcceptanceScreen))
        await write(pilot, "because")
        assert app.drafts.flush(1)
        assert list(load_drafts(folder.path, NUMBER).values()) == ["because"]
        left = after_a_kill(folder, tmp_path)
        await press(pilot, "enter")
        await until(pilot, lambda: not isinstance(app.screen, Dialog))
        await saved(pilot)
        await pilot.pause()
        assert app.drafts.flush(1)
        assert load_drafts(folder.path, NUMBER) == {}
        (given,) = on_disk(folder, NUMBER).acknowledged.values()
        assert given.reason == "because"
    async with running(ImrApp(left, Letterhead(), lambda: NOW, NUMBER)) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: app.findings is not None)
        await go(pilot, STAGES["review"])
        await press(pilot, "a")
        await until(pilot, lambda: isinstance(app.screen, AcceptanceScreen))
        assert app.screen.query_one("#reason", Input).value == "because"


@pytest.mark.slow
async def test_a_draft_stays_while_the_case_that_took_it_is_not_saved(
    folder: Folder, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(folder, a_worked_case())
    async with running(make_app(NUMBER)) as pilot:
        app = await begin(pilot, STAGES["decision"])
        await open_dialog(app, "record")
        await pilot.pause()
        await fill(app, "date_of_injury", "8/14/2")
        await pilot.pause()
        assert app.drafts.flush(1)

        def full(path: Path, data: bytes, keep: object) -> None:
            raise CannotStore("full")

        monkeypatch.setattr(atomic, "swap", full)
        await press(pilot, *"013")
        assert app.open_case.particulars.date_of_injury is not None
        app.drafts.flush(1)
        assert load_drafts(folder.path, NUMBER) == {"date_of_injury": "8/14/2013"[:-3]}
        monkeypatch.undo()
        await until(pilot, lambda: load_drafts(folder.path, NUMBER) == {})


async def test_no_pin_is_ever_kept(folder: Folder, make_app: MakeApp) -> None:
    async with running(make_app()) as pilot:
        app = the_app(pilot)
        await app.push_screen(ProfileScreen(app.profile))  # type: ignore[arg-type]
        await pilot.pause()
        await fill(app, "name", "Jane Doe")
        await fill(app, "new-pin", "271828")
        await pilot.pause()
        assert app.drafts.flush(1)
        files = [path for path in folder.path.rglob("*") if path.is_file()]
        assert any(b"Jane Doe" in path.read_bytes() for path in files)
        assert not any(b"271828" in path.read_bytes() for path in files)


async def test_a_saved_profile_is_no_draft(folder: Folder, make_app: MakeApp) -> None:
    async with running(make_app()) as pilot:
        app = the_app(pilot)
        await press(pilot, "p")
        await fill(app, "name", "Jane Doe")
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: "Profile saved." in screen_text(app))
        assert app.drafts.flush(1)
        assert load_drafts(folder.path, NO_CASE) == {}
    kept = load_profile(folder)
    assert kept is not None
    assert kept.name == "Jane Doe"


async def test_a_profile_that_is_left_with_esc_is_not_changed_and_offered_again(
    folder: Folder, make_app: MakeApp
) -> None:
    before = load_profile(folder)
    async with running(make_app()) as pilot:
        app = the_app(pilot)
        await press(pilot, "p")
        await fill(app, "name", "Jane Doe")
        await press(pilot, "escape")
        assert "Profile not changed. What you typed is kept" in screen_text(app)
        assert load_profile(folder) == before
        await press(pilot, "p")
        assert app.screen.query_one("#name", Input).value == "Jane Doe"


async def test_too_many_entries_of_a_profile_are_told(folder: Folder, make_app: MakeApp) -> None:
    async with running(make_app()) as pilot:
        app = the_app(pilot)
        await press(pilot, "p")
        await fill(app, "licenses", "a," * 1001)
        await pilot.pause()
        await press(pilot, "ctrl+s")
        assert "At most 1,000 entries." in screen_text(app)
        await press(pilot, "escape")
        assert app.is_running
        assert app.drafts.flush(1)
        assert load_drafts(folder.path, NO_CASE) == {"folder.profile.licenses": "a," * 1001}


@pytest.mark.slow
async def test_a_disk_that_refuses_drafts_is_told_and_tried_again(
    folder: Folder, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(folder, a_worked_case())

    def full(path: Path, number: str, texts: object) -> None:
        raise atomic.refused(path / "drafts", OSError(errno.ENOSPC, "No space left on device"))

    monkeypatch.setattr("imr_tui.session.open_drafts.save_drafts", full)
    async with running(make_app(NUMBER)) as pilot:
        app = await begin(pilot, STAGES["decision"])
        await open_dialog(app, "record")
        await pilot.pause()
        await fill(app, "date_of_injury", "8/14/2")
        await until(pilot, lambda: app.save_state.startswith("DRAFT NOT SAVED"))
        await fill(app, "employer", "Acme")
        await saved(pilot)
        await pilot.pause()
        assert not app.save_state.startswith("Saved")
        assert "Saved" not in screen_text(app).split("\n")[0]
        # The journal has it until then, so the app may end.
        assert app.last_words.last_words(0.2)
        assert not app.drafts.is_saved
        monkeypatch.setattr("imr_tui.session.open_drafts.save_drafts", drafts.save_drafts)
        await until(pilot, lambda: app.save_state.startswith("Saved"))
        assert load_drafts(folder.path, NUMBER) == {"date_of_injury": "8/14/2"}


async def test_an_ending_waits_for_drafts(folder: Folder, make_app: MakeApp) -> None:
    async with running(make_app()) as pilot:
        app = the_app(pilot)
        await open_dialog(app, "import")
        await pilot.pause()
        await fill(app, "path", "/letters/CM13-0001.pdf")
        await pilot.pause()
        assert app.last_words.last_words(5)
        assert load_drafts(folder.path, NO_CASE) == {"folder.import": "/letters/CM13-0001.pdf"}


async def test_a_draft_is_for_its_account_only(folder: Folder, make_app: MakeApp) -> None:
    async with running(make_app()) as pilot:
        app = the_app(pilot)
        await open_dialog(app, "import")
        await pilot.pause()
        await fill(app, "path", "/letters")
        await pilot.pause()
        assert app.drafts.flush(1)
    (path,) = (account_folder(folder.path) / "drafts").iterdir()
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.slow
async def test_drafts_of_one_case_do_not_come_up_in_another(
    folder: Folder, make_app: MakeApp
) -> None:
    put(folder, a_worked_case())
    put(folder, Case.blank("CM-OTHER"))
    async with running(make_app(NUMBER)) as pilot:
        app = await begin(pilot, STAGES["decision"])
        await open_dialog(app, "record")
        await pilot.pause()
        await fill(app, "date_of_injury", "8/14/2")
        await pilot.pause()
        assert await app.parts.editing.put_away()
        app.parts.opening.open("CM-OTHER")
        await open_dialog(app, "record")
        await pilot.pause()
        assert app.screen.query_one("#date_of_injury", Input).value != "8/14/2"
        app.parts.opening.open(NUMBER)
        await open_dialog(app, "record")
        await pilot.pause()
        assert app.screen.query_one("#date_of_injury", Input).value == "8/14/2"


@pytest.mark.slow
async def test_a_draft_moves_with_its_item(folder: Folder, make_app: MakeApp) -> None:
    put(folder, a_worked_case())
    async with running(make_app(NUMBER)) as pilot:
        app = await begin(pilot, STAGES["decision"])
        await open_dialog(app, "departure")
        await pilot.pause()
        await fill(app, "sentence", "Of the second item.")
        await press(pilot, "escape")
        await open_dialog(app, "items")
        await pilot.pause()
        await press(pilot, "d")
        assert app.drafts.text("items[0].departure.sentence") == "Of the second item."
        await press(pilot, "d")
        assert app.drafts.text("items[0].departure.sentence") == ""
        await press(pilot, "ctrl+z")
        await press(pilot, "ctrl+z")
        assert app.drafts.text("items[1].departure.sentence") == "Of the second item."


async def test_a_citation_that_becomes_too_long_stays_as_it_was(
    folder: Folder, make_app: MakeApp
) -> None:
    put(folder, a_worked_case())
    async with running(make_app(NUMBER)) as pilot:
        app = await begin(pilot, STAGES["citations"])
        citation = app.open_case.items[1].citations[0]
        await app.push_screen(CitationForm(1, "citations", 0, citation))
        await pilot.pause()
        entry = app.screen.query_one("#pages", Input)
        entry.focus()
        await paste(pilot, "1," * 1990)
        await until(pilot, lambda: "Too long." in screen_text(app))
        await saved(pilot)
        assert on_disk(folder, NUMBER).items[1].citations[0].pages == citation.pages
        assert load_drafts(folder.path, NUMBER) == {"items[1].citations[0].pages": entry.value}
