"""A case that is signed: read-only on every screen, and never lost beside another text."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.widgets import OptionList

from imr_tui.domain.workflow import Stage
from imr_tui.model import edits
from imr_tui.model.case import Case
from imr_tui.store.cases.case_codec import decode
from imr_tui.store.cases.folder import Folder
from imr_tui.store.locking import poller
from imr_tui.store.locking.claim import claim, holder
from imr_tui.store.locking.holder import Holder
from imr_tui.store.signing.sealed_copies import SealedCopies
from imr_tui.ui.app import ImrApp
from imr_tui.ui.stages.worklist import WorklistScreen
from imr_tui.ui.widgets.letter_view import LetterView
from imr_tui.ui.widgets.prose import Prose
from tests.builders import NUMBER, a_complete_case, an_item
from tests.sealing import correct, seal
from tests.ui.conftest import NOW, MakeApp, on_disk, put
from tests.ui.driving import (
    go,
    leave,
    press,
    rest,
    running,
    saved,
    screen_text,
    shown,
    the_app,
    told,
    until,
    write,
)

SIGNED = "SIGNED 2026-11-29"
ALTERED = "CHANGED SINCE SIGNED"
JANE = Holder(who="drjane", host="ward-3", since=NOW)
SIZE = (100, 30)
STAGES = {
    "credentials": Stage("credentials"),
    "summary": Stage("summary"),
    "decision": Stage("decision", 0),
    "citations": Stage("citations", 0),
    "review": Stage("review"),
}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looks at the file that come fifty times as often."""
    monkeypatch.setattr(poller, "SECONDS", 0.02)


def a_worked_case() -> Case:
    return a_complete_case((an_item("An MRI"), an_item("Six visits", decision="overturned")))


def path_of(folder: Folder) -> Path:
    return folder.path / f"{NUMBER}.toml"


def texts(folder: Folder) -> list[bytes]:
    """The texts of the case beside its file."""
    return [path.read_bytes() for path in folder.open(NUMBER).asides]


async def case_open(pilot: Pilot[None]) -> ImrApp:
    app = the_app(pilot)
    await until(pilot, lambda: app.case is not None)
    await rest(app)
    return app


def alter(folder: Folder) -> bytes:
    """Change the case file as `sed -i` does; returns its new content."""
    subprocess.run(["sed", "-i", "s/54 year/55 year/", path_of(folder)], check=True, timeout=60)
    return path_of(folder).read_bytes()


# Opening


@pytest.mark.parametrize("name", STAGES)
async def test_a_signed_case_is_read_only_at_every_stage(
    folder: Folder, make_app: MakeApp, name: str
) -> None:
    signed = seal(folder.path, a_worked_case())
    async with running(make_app(NUMBER), SIZE) as pilot:
        app = await case_open(pilot)
        await go(pilot, STAGES[name], types=False)
        assert SIGNED in screen_text(app)
        assert all(prose.read_only for prose in app.screen.query(Prose))
        await press(pilot, "u", "x", "1", "a", "d", "n", "ctrl+z", "ctrl+y", "ctrl+s", "i", "z")
        assert app.case == signed
        assert app.read_only.startswith(SIGNED)
        await until(pilot, lambda: holder(folder.path, NUMBER) is None)
    assert on_disk(folder, NUMBER) == signed


DIMMED: dict[str, list[str]] = {
    "credentials": ["1", "6", "ctrl+z", "ctrl+y", "ctrl+s"],
    "summary": ["ctrl+z", "full_stop", "f4"],
    "decision": ["u", "o", "x", "d", "e", "ctrl+z"],
    "citations": ["a", "e", "d", "K", "J", "c", "n", "m", "x"],
    "review": ["s", "a", "x", "ctrl+z"],
}
"""The keys of each stage that edit."""


@pytest.mark.slow
async def test_a_key_that_edits_says_why_it_cannot(folder: Folder, make_app: MakeApp) -> None:
    seal(folder.path, a_worked_case())
    async with running(make_app(NUMBER), SIZE) as pilot:
        app = await case_open(pilot)
        await go(pilot, STAGES["decision"], types=False)
        await press(pilot, "u")
        assert SIGNED in app.hint_shown
        assert "imr-tui correct" in app.hint_shown
        for stage, keys in DIMMED.items():
            await go(pilot, STAGES[stage], types=False)
            app.set_focus(None)
            await pilot.pause()
            for key in keys:
                assert not app.screen.active_bindings[key].enabled, (stage, key)


@pytest.mark.slow
async def test_a_case_altered_before_it_is_opened_is_shown_with_what_to_do(
    folder: Folder, make_app: MakeApp
) -> None:
    seal(folder.path, a_worked_case())
    data = alter(folder)
    async with running(make_app(NUMBER), SIZE) as pilot:
        app = await case_open(pilot)
        await go(pilot, STAGES["summary"], types=False)
        assert ALTERED in screen_text(app)
        assert "The case file was changed after it was signed." in told(pilot)
        assert "imr-tui verify" in told(pilot)
        assert "imr-tui sign --restore" in told(pilot)
        await press(pilot, "i", "z", "t", "ctrl+z")
        assert ALTERED in screen_text(app)
    assert path_of(folder).read_bytes() == data
    assert b"54 year" in SealedCopies(folder.path, NUMBER).read(1).case


@pytest.mark.slow
async def test_sed_on_an_open_signed_case_is_detected_and_both_texts_are_kept(
    folder: Folder, make_app: MakeApp
) -> None:
    seal(folder.path, a_worked_case())
    async with running(make_app(NUMBER), SIZE) as pilot:
        app = await case_open(pilot)
        await go(pilot, STAGES["summary"], types=False)
        assert SIGNED in screen_text(app)
        data = alter(folder)
        await until(pilot, lambda: ALTERED in screen_text(app))
        assert "55 year" in screen_text(app)
        await press(pilot, "i", "z", "t", "ctrl+z")
        assert app.read_only.startswith(ALTERED)
    assert path_of(folder).read_bytes() == data
    assert b"54 year" in SealedCopies(folder.path, NUMBER).read(1).case


@pytest.mark.slow
async def test_leaving_a_signed_case_leaves_the_next_one_editable(
    folder: Folder, make_app: MakeApp
) -> None:
    seal(folder.path, a_worked_case())
    async with running(make_app(), SIZE) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: "signed" in screen_text(app))
        await press(pilot, "slash", *NUMBER, "enter", "enter")
        await until(pilot, lambda: SIGNED in screen_text(app))
        await leave(pilot)
        await until(pilot, lambda: isinstance(app.screen, WorklistScreen))
        assert app.read_only == ""
        assert SIGNED not in screen_text(app)


# The letter


@pytest.mark.slow
@pytest.mark.parametrize("key", ["v", "review"])
async def test_the_letter_on_the_screen_is_the_sealed_one(
    folder: Folder, make_app: MakeApp, key: str
) -> None:
    seal(folder.path, a_worked_case())
    # A letter that the template would not make any more.
    sealed = b"A letter of an earlier template.\n"
    reseal_letter(folder, sealed)
    async with running(make_app(NUMBER), SIZE) as pilot:
        app = await case_open(pilot)
        await go(pilot, STAGES["review"])
        if key == "v":
            await press(pilot, key)
        view = app.screen.query_one(LetterView)
        await until(pilot, lambda: view.letter.encode("ascii") == sealed)


def reseal_letter(folder: Folder, letter: bytes) -> None:
    """Seal the case in the folder again, with another letter."""
    case = on_disk(folder, NUMBER)
    shutil.rmtree(folder.own("signed"))
    seal(folder.path, case.unsigned(), letter=letter)


@pytest.mark.slow
async def test_the_sealed_letter_is_written_again_only_if_it_is_missing(
    folder: Folder, make_app: MakeApp
) -> None:
    seal(folder.path, a_worked_case())
    letter = folder.path / f"{NUMBER}.txt"
    async with running(make_app(NUMBER), SIZE) as pilot:
        app = await case_open(pilot)
        await go(pilot, STAGES["review"])
        assert "Signed. w writes the signed letter" in shown(pilot)
        await press(pilot, "w")
        await until(pilot, lambda: "The signed letter is in" in shown(pilot))
        assert letter.read_bytes() == SealedCopies(folder.path, NUMBER).read(1).letter
        before = files(folder)
        app.letter_state = ""
        await press(pilot, "w")
        await until(pilot, lambda: "The signed letter is in" in shown(pilot))
        assert files(folder) == before


async def test_an_altered_case_gives_no_letter(folder: Folder, make_app: MakeApp) -> None:
    seal(folder.path, a_worked_case())
    alter(folder)
    async with running(make_app(NUMBER), SIZE) as pilot:
        await case_open(pilot)
        await go(pilot, STAGES["review"])
        await press(pilot, "w")
        assert "Changed since it was signed." in shown(pilot)
        assert ALTERED in the_app(pilot).hint_shown
    assert not (folder.path / f"{NUMBER}.txt").exists()


# Signed elsewhere while it is open


@pytest.mark.slow
async def test_a_case_signed_elsewhere_becomes_read_only_with_both_texts_kept(
    folder: Folder, make_app: MakeApp
) -> None:
    put(folder, a_worked_case())
    async with running(make_app(NUMBER), SIZE) as pilot:
        app = await case_open(pilot)
        await go(pilot, STAGES["summary"])
        await write(pilot, "Mine. ")
        await saved(pilot)
        signed = seal(folder.path, a_worked_case())
        await until(pilot, lambda: SIGNED in screen_text(app))
        assert app.case == signed
        assert not app.notices
        await press(pilot, "i", "z", "ctrl+z", "f2")
        assert app.case == signed
        assert any(b"Mine. " in text for text in texts(folder))
        assert "is kept in" in told(pilot)
    assert on_disk(folder, NUMBER) == signed
    assert any(b"Mine. " in text for text in texts(folder))


@pytest.mark.slow
async def test_typing_while_it_is_signed_elsewhere_loses_no_text(
    folder: Folder, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(poller, "SECONDS", 3600)
    put(folder, a_worked_case())
    async with running(make_app(NUMBER), SIZE) as pilot:
        app = await case_open(pilot)
        await go(pilot, STAGES["summary"])
        await write(pilot, "Mine. ")
        await saved(pilot)
        signed = seal(folder.path, a_worked_case())
        await write(pilot, "Later. ")
        await until(pilot, lambda: SIGNED in screen_text(app))
        assert app.case == signed
    assert on_disk(folder, NUMBER) == signed
    assert any(b"Mine. Later. " in text for text in texts(folder))


@pytest.mark.slow
async def test_an_open_dialog_closes_when_the_case_is_signed_elsewhere(
    folder: Folder, make_app: MakeApp
) -> None:
    put(folder, a_worked_case())
    async with running(make_app(NUMBER), SIZE) as pilot:
        app = await case_open(pilot)
        await press(pilot, "ctrl+r")
        assert isinstance(app.screen, ModalScreen)
        signed = seal(folder.path, a_worked_case())
        await until(pilot, lambda: SIGNED in screen_text(app))
    assert on_disk(folder, NUMBER) == signed


@pytest.mark.slow
async def test_a_reader_of_a_held_case_sees_it_signed_and_cannot_take_it_over(
    folder: Folder, make_app: MakeApp
) -> None:
    put(folder, a_worked_case())
    held = claim(folder.path, NUMBER, JANE)
    async with running(make_app(NUMBER), SIZE) as pilot:
        app = await case_open(pilot)
        assert app.held_by == JANE
        assert "Press t to ask for it." in told(pilot)
        signed = seal(folder.path, a_worked_case())
        held.release()
        await until(pilot, lambda: SIGNED in screen_text(app))
        await press(pilot, "t")
        app.parts.sharing.take_over()
        await go(pilot, STAGES["summary"], types=False)
        await press(pilot, "i", "z")
        assert app.held_by is None
        assert app.read_only.startswith(SIGNED)
    assert on_disk(folder, NUMBER) == signed


@pytest.mark.slow
async def test_taking_over_a_case_that_was_signed_meanwhile_only_shows_it(
    folder: Folder, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(poller, "SECONDS", 3600)
    put(folder, a_worked_case())
    held = claim(folder.path, NUMBER, JANE)
    async with running(make_app(NUMBER), SIZE) as pilot:
        app = await case_open(pilot)
        signed = seal(folder.path, a_worked_case())
        held.release()
        await press(pilot, "t")
        await until(pilot, lambda: SIGNED in screen_text(app))
        assert "You can edit this case now." not in told(pilot)
        assert holder(folder.path, NUMBER) is None
    assert on_disk(folder, NUMBER) == signed


# A correction


@pytest.mark.slow
async def test_a_correction_changes_words_but_no_decision(
    folder: Folder, make_app: MakeApp
) -> None:
    begun = correct(folder.path, seal(folder.path, a_worked_case()))
    async with running(make_app(NUMBER), SIZE) as pilot:
        app = await case_open(pilot)
        await go(pilot, STAGES["decision"])
        assert "CORRECTING" in screen_text(app).split("\n")[0]
        await press(pilot, "escape", "o")
        assert "It keeps the decisions. Item 1 stays Upheld." in told(pilot)
        assert "imr-tui rereview" in told(pilot)
        await press(pilot, "x")
        assert app.case == begun
        await go(pilot, STAGES["summary"])
        await write(pilot, "Corrected. ")
        await saved(pilot)
        assert "Saved" in screen_text(app)
    there = on_disk(folder, NUMBER)
    assert there.summary.text.startswith("Corrected. ")
    assert there.correction == begun.correction
    assert folder.open(NUMBER).standing.kind == "correcting"


ITEM_EDITS: dict[str, Callable[[Case], Case]] = {
    "an item more": edits.add_item,
    "an item less": lambda case: edits.remove_item(case, 1),
    "another order": lambda case: edits.move_item(case, 0, 1),
    "no decision": lambda case: edits.set_decision(case, 1, None),
    "no correction": lambda case: case.but(correction=None),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", ITEM_EDITS)
async def test_no_way_of_editing_changes_items_in_a_correction(
    folder: Folder, make_app: MakeApp, name: str
) -> None:
    begun = correct(folder.path, seal(folder.path, a_worked_case()))
    async with running(make_app(NUMBER), SIZE) as pilot:
        app = await case_open(pilot)
        with app.parts.editing.refusing():
            app.parts.editing.edit(ITEM_EDITS[name])
        await rest(app)
        assert app.case == begun
        assert "nothing was changed" in told(pilot) or "A correction may change" in told(pilot)


@pytest.mark.slow
async def test_in_the_form_of_an_item_a_correction_keeps_the_request(
    folder: Folder, make_app: MakeApp
) -> None:
    begun = correct(folder.path, seal(folder.path, a_worked_case()))
    async with running(make_app(NUMBER), (100, 40)) as pilot:
        app = await case_open(pilot)
        await go(pilot, STAGES["decision"], types=False)
        await press(pilot, "e", "z")
        assert "A correction keeps it." in shown(pilot)
        assert app.case == begun


@pytest.mark.slow
async def test_an_earlier_version_is_restored_into_a_correction_only_with_its_decisions(
    folder: Folder, make_app: MakeApp
) -> None:
    signed = seal(folder.path, a_worked_case())
    begun = correct(folder.path, signed)
    async with running(make_app(NUMBER), SIZE) as pilot:
        app = await case_open(pilot)
        app.parts.output.restore(edits.set_decision(signed, 0, "overturned"))
        assert app.case == begun
        app.parts.output.restore(edits.set_summary(signed, "Restored."))
        assert app.open_case.summary.text == "Restored."
        assert app.open_case.correction == begun.correction
        assert app.open_case.signature is None
        await rest(app)


async def test_an_unsaved_text_with_another_decision_is_not_shown_in_a_correction(
    folder: Folder, make_app: MakeApp
) -> None:
    begun = correct(folder.path, seal(folder.path, a_worked_case()))
    other = edits.set_decision(a_worked_case(), 0, "overturned")
    folder.open(NUMBER).save_aside(other)
    async with running(make_app(NUMBER), SIZE) as pilot:
        app = await case_open(pilot)
        assert app.case == begun
        assert [each.kind for each in app.notices] == ["choice"]
        await press(pilot, "f2", "m")
        await saved(pilot)
    assert on_disk(folder, NUMBER) == begun
    kept = [decode(each.path.read_bytes(), each.path) for each in folder.versions(NUMBER).all()]
    assert any(case.items[0].decision == "overturned" for case in kept)


# No key and no entry of the palette changes a file


def files(folder: Folder) -> dict[str, bytes]:
    """All files of the folder, without those of the account, the log, and caches."""
    left_out = {"accounts", "log", "locks", "index.json", "recall", "sessions"}
    found = {}
    for path in sorted(folder.path.rglob("*")):
        name = path.relative_to(folder.path)
        is_own = name.parts[0] == ".imr" and len(name.parts) > 1
        if path.is_file() and not (is_own and name.parts[1] in left_out):
            found[str(name)] = path.read_bytes()
    return found


NEVER = {"app.quit", "app.lock"}
"""Keys that end the session or hide the screen; they have tests of their own."""


async def back(pilot: Pilot[None], stage: Stage) -> None:
    """Close what a key has opened, and be at the stage again, outside its texts."""
    app = the_app(pilot)
    for _ in range(4):
        if isinstance(app.screen, ModalScreen) or app.screen.query("FindBar:focus-within"):
            await press(pilot, "escape")
    if app.case is None:
        raise AssertionError("the case was left")
    if getattr(app.screen, "stage", None) != stage:
        await go(pilot, stage, types=False)
    app.set_focus(None)
    await pilot.pause()


@pytest.mark.slow
@pytest.mark.parametrize("name", STAGES)
async def test_no_key_of_a_signed_case_changes_a_file(
    folder: Folder, make_app: MakeApp, name: str
) -> None:
    seal(folder.path, a_worked_case())
    stage = STAGES[name]
    async with running(make_app(NUMBER), SIZE) as pilot:
        app = await case_open(pilot)
        await back(pilot, stage)
        if name == "review":
            await press(pilot, "w")
            await until(pilot, lambda: "The signed letter is in" in shown(pilot))
            await press(pilot, "W")
            await until(pilot, lambda: "The PDF of the letter is in" in shown(pilot))
        before = files(folder)
        keys = [
            key for key, each in app.screen.active_bindings.items() if each.binding.id not in NEVER
        ]
        assert len(keys) > 25
        for key in keys:
            await back(pilot, stage)
            await press(pilot, key)
            if isinstance(app.screen, ModalScreen):
                await press_all_of(pilot)
            assert files(folder) == before, key


async def press_all_of(pilot: Pilot[None]) -> None:
    """Press each key of the dialog in front that is not for closing it."""
    app = the_app(pilot)
    screen = app.screen
    active = screen.active_bindings.items()
    keys = [key for key, each in active if (each.binding.id or "") not in NEVER]
    for key in (*"xyz", *keys):
        if key != "escape" and app.screen is screen:
            await press(pilot, key)


@pytest.mark.slow
@pytest.mark.parametrize("name", STAGES)
async def test_no_entry_of_the_palette_changes_a_file(
    folder: Folder, make_app: MakeApp, name: str
) -> None:
    seal(folder.path, a_worked_case())
    stage = STAGES[name]
    async with running(make_app(NUMBER), SIZE) as pilot:
        app = await case_open(pilot)
        await back(pilot, stage)
        if name == "review":
            await press(pilot, "w")
            await until(pilot, lambda: "The signed letter is in" in shown(pilot))
            await press(pilot, "W")
            await until(pilot, lambda: "The PDF of the letter is in" in shown(pilot))
        before = files(folder)
        at, count = 0, 1
        while at < count:
            await back(pilot, stage)
            await press(pilot, "ctrl+o")
            await until(pilot, lambda: app.screen.query_one(OptionList).option_count > 10)
            listed = app.screen.query_one(OptionList)
            count = listed.option_count
            says = str(listed.get_option_at_index(at).prompt)
            if not says.startswith(("^q", "F8")):
                await press(pilot, *["down"] * at, "enter")
                await rest(app)
            assert files(folder) == before, says
            at += 1
        assert count > 15
