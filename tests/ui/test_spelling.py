"""Spelling in the texts of a case: the list, the reviewer's words, and findings on Review."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from imr_tui.checks import Policy
from imr_tui.domain.workflow import Place, Stage
from imr_tui.model import edits
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.account_folder import make_account_folder
from imr_tui.store.config.word_file import FILE, own_words
from imr_tui.store.spelling.hunspell import Hunspell, Installed
from imr_tui.store.spelling.speller import NOT_INSTALLED, OFF, Speller
from imr_tui.ui.app import ImrApp
from imr_tui.ui.dialogs.spelling import SpellingScreen
from imr_tui.ui.stages.stage import StageScreen
from imr_tui.ui.widgets.prose import Prose
from tests.spelling.fakes import answering, hanging
from tests.ui.conftest import FRESH, MakeApp, on_disk, put
from tests.ui.driving import (
    go,
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

DECISION, REVIEW, RATIONALE = Stage("decision", 0), Stage("review"), Place("rationale", 0)
KEY = "ctrl+@"
TEXT = "The swolen neck, the tendr back and the qqqq."
LONG = 60.0


@pytest.fixture
def text(folder: Folder) -> Folder:
    """The folder with a case whose rationale has three misspelled words."""
    put(folder, edits.set_rationale(on_disk(folder), 0, TEXT))
    return folder


def speller(app: ImrApp, installed: Installed | None, seconds: float = LONG) -> Speller:
    """Have a fake in the place of hunspell; returns the thread that asks it."""
    spelling = app.parts.spelling

    def start() -> Hunspell | None:
        return Hunspell(installed, seconds) if installed is not None else None

    spelling.speller = Speller(spelling._own_words, app.crash, start)
    return spelling.speller


async def at_rationale(pilot: Pilot[None], where: str = "start") -> Prose:
    """In the rationale, with the cursor at the start or the end, once its words are answered."""
    app = the_app(pilot)
    await go(pilot, DECISION, RATIONALE)
    await press(pilot, "ctrl+home" if where == "start" else "ctrl+end")
    assert isinstance(app.screen, StageScreen)
    entry = app.screen.entry
    assert isinstance(entry, Prose)
    return entry


async def answered(pilot: Pilot[None]) -> None:
    await until(pilot, lambda: "swolen" in the_app(pilot).parts.spelling.misspelled)


def is_listed(pilot: Pilot[None], word: str) -> Callable[[], bool]:
    return lambda: isinstance(pilot.app.screen, SpellingScreen) and word in shown(pilot)


async def test_the_key_lists_suggestions_and_a_digit_takes_one_as_one_step(
    text: Folder, make_app: MakeApp, tmp_path: Path
) -> None:
    app = make_app(FRESH)
    speller(app, answering(tmp_path))
    async with running(app) as pilot:
        prose = await at_rationale(pilot)
        await answered(pilot)
        await press(pilot, KEY)
        await until(pilot, is_listed(pilot, "Not in the dictionary: swolen"))
        assert "1 swollen" in shown(pilot)
        assert prose.selected_text == "swolen"
        await press(pilot, "1")
        assert prose.text == TEXT.replace("swolen", "swollen")
        await press(pilot, "x", "ctrl+z", "ctrl+z")
        assert prose.text == TEXT
        await press(pilot, "ctrl+y")
        await saved(pilot)
    assert on_disk(text).items[0].rationale == TEXT.replace("swolen", "swollen")


@pytest.mark.slow
async def test_the_next_word_and_closing_change_nothing(
    text: Folder, make_app: MakeApp, tmp_path: Path
) -> None:
    app = make_app(FRESH)
    speller(app, answering(tmp_path))
    async with running(app) as pilot:
        prose = await at_rationale(pilot)
        await answered(pilot)
        await press(pilot, KEY)
        for key, word in (("n", "tendr"), (KEY, "qqqq"), ("ctrl+space", "swolen")):
            await press(pilot, key)
            await until(pilot, is_listed(pilot, f"dictionary: {word}"))
        await press(pilot, "n", "n")
        await until(pilot, is_listed(pilot, "No similar word is known."))
        await press(pilot, "3")
        assert isinstance(app.screen, SpellingScreen)
        await press(pilot, "escape", "Y")
        assert prose.text == TEXT.replace("qqqq", "qqqqY")


@pytest.mark.slow
async def test_a_adds_the_word_for_good(text: Folder, make_app: MakeApp, tmp_path: Path) -> None:
    app = make_app(FRESH)
    speller(app, answering(tmp_path))
    async with running(app) as pilot:
        await at_rationale(pilot)
        await answered(pilot)
        await press(pilot, KEY, "a")
        assert app.hint_shown == "Added to your words: swolen."
        await press(pilot, "ctrl+home", KEY)
        await until(pilot, is_listed(pilot, "dictionary: tendr"))
        await press(pilot, "escape")
    assert own_words(text) == {"swolen"}
    again = make_app(FRESH)
    speller(again, answering(tmp_path))
    async with running(again) as pilot:
        await at_rationale(pilot)
        await until(pilot, lambda: "tendr" in again.parts.spelling.misspelled)
        assert "swolen" not in again.parts.spelling.misspelled


async def test_a_name_of_a_party_is_not_added(
    text: Folder, make_app: MakeApp, tmp_path: Path
) -> None:
    case = on_disk(text)
    put(text, case.but(parties=case.parties.but(employee="Swolen, Robin")))
    app = make_app(FRESH)
    speller(app, answering(tmp_path))
    async with running(app) as pilot:
        await at_rationale(pilot)
        await answered(pilot)
        await press(pilot, KEY, "a")
        assert isinstance(app.screen, SpellingScreen)
        assert app.hint_shown.startswith("This is a name of a party")
    assert own_words(text) == frozenset()


async def test_a_broken_file_of_words_is_reported_and_kept(
    text: Folder, make_app: MakeApp, tmp_path: Path
) -> None:
    path = make_account_folder(text.path) / FILE
    path.write_bytes(b"\xff\n")
    app = make_app(FRESH)
    speller(app, answering(tmp_path))
    async with running(app) as pilot:
        await at_rationale(pilot)
        await answered(pilot)
        assert "line 1: this is not UTF-8 text. Its words were not used." in told(pilot)
        await press(pilot, KEY, "a")
        assert told(pilot).count("line 1") == 2
    assert path.read_bytes() == b"\xff\n"


async def test_words_typed_just_now_are_looked_up_first(
    text: Folder, make_app: MakeApp, tmp_path: Path
) -> None:
    put(text, edits.set_rationale(on_disk(text), 0, ""))
    app = make_app(FRESH)
    speller(app, answering(tmp_path))
    async with running(app) as pilot:
        await at_rationale(pilot)
        await write(pilot, "A tendr")
        await press(pilot, KEY)
        await until(pilot, is_listed(pilot, "dictionary: tendr"))


async def test_without_a_misspelled_word_the_key_says_so(
    text: Folder, make_app: MakeApp, tmp_path: Path
) -> None:
    put(text, edits.set_rationale(on_disk(text), 0, "The neck is sore."))
    app = make_app(FRESH)
    speller(app, answering(tmp_path))
    async with running(app) as pilot:
        await at_rationale(pilot)
        await press(pilot, KEY)
        await until(pilot, lambda: "No misspelled word was found" in app.hint_shown)


async def test_findings_are_on_review_and_never_beside_the_text(
    text: Folder, make_app: MakeApp, tmp_path: Path
) -> None:
    app = make_app(FRESH)
    speller(app, answering(tmp_path))
    async with running(app, (100, 40)) as pilot:
        await at_rationale(pilot, "end")
        await answered(pilot)
        await until(pilot, lambda: any(e.rule.id == "IMR514" for e in app.findings or ()))
        await write(pilot, " More tendr")
        await press(pilot, "escape")
        assert "IMR514" not in screen_text(app)
        assert app.hint_shown == ""
        await go(pilot, REVIEW)
        await until(pilot, lambda: "IMR514 info" in screen_text(app))


async def test_a_rule_that_is_off_starts_nothing(
    text: Folder, make_app: MakeApp, tmp_path: Path
) -> None:
    app = make_app(FRESH, Policy(site={"IMR514": "off"}))
    asked = speller(app, answering(tmp_path))
    async with running(app) as pilot:
        await at_rationale(pilot)
        await until(pilot, lambda: app.findings is not None)
        assert asked._thread is None


async def test_without_hunspell_the_key_says_what_to_install(
    text: Folder, make_app: MakeApp
) -> None:
    app = make_app(FRESH)
    speller(app, None)
    async with running(app) as pilot:
        await at_rationale(pilot)
        await until(pilot, lambda: app.parts.spelling.speller.problem != "")
        assert app.hint_shown == ""
        await press(pilot, KEY)
        assert app.hint_shown == NOT_INSTALLED


# ── A speller that hangs ─────────────────────────────────────────────────────────────────


async def test_keys_do_not_wait_for_a_speller_that_hangs(
    text: Folder, make_app: MakeApp, tmp_path: Path
) -> None:
    app = make_app(FRESH)
    asked = speller(app, hanging(tmp_path))
    async with running(app) as pilot:
        prose = await at_rationale(pilot, "end")
        await until(pilot, lambda: asked._process is not None)
        await write(pilot, " And a postive test.")
        assert prose.text == f"{TEXT} And a postive test."
        await press(pilot, KEY, "x")
        assert prose.text.endswith(" test.x")
        await until(pilot, lambda: app.findings is not None)
        await go(pilot, REVIEW)
        await saved(pilot)
        # All of this while it hangs.
        assert asked.problem == ""
        assert any(thread.name == "spelling" for thread in threading.enumerate())
    assert on_disk(text).items[0].rationale.endswith(" test.x")


async def test_a_speller_that_hangs_is_switched_off_and_said_once(
    text: Folder, make_app: MakeApp, tmp_path: Path
) -> None:
    app = make_app(FRESH)
    async with running(app) as pilot:
        await at_rationale(pilot)
        await until(pilot, lambda: app.findings is not None)
        asked = speller(app, hanging(tmp_path), 0.2)
        # No key follows this one, which would remove the sentence.
        await write(pilot, "A")
        await until(pilot, lambda: OFF in app.hint_shown)
        await press(pilot, "left")
        assert app.hint_shown == ""
        await press(pilot, KEY)
        assert app.hint_shown == asked.problem
        assert "did not reply within" in asked.problem
