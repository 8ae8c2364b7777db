"""The keys: one declaration each, shown by footer, help and palette alike."""

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.screen import ModalScreen, Screen
from textual.widgets import OptionList

from imr_tui.domain.workflow import Stage
from imr_tui.keys.key_names import key_name
from imr_tui.store.cases.folder import Folder
from imr_tui.ui.app import ImrApp
from imr_tui.ui.dialogs.ask import Ask
from imr_tui.ui.dialogs.citation_form import CitationForm
from imr_tui.ui.dialogs.citing import Picker
from imr_tui.ui.dialogs.departure import DepartureScreen
from imr_tui.ui.dialogs.dialog import Dialog
from imr_tui.ui.dialogs.form import Form
from imr_tui.ui.dialogs.help import HelpScreen
from imr_tui.ui.dialogs.letter import LetterScreen
from imr_tui.ui.dialogs.lock import LockScreen
from imr_tui.ui.dialogs.navigation import GoToScreen, ItemsScreen
from imr_tui.ui.dialogs.new_facts import NewFactsScreen
from imr_tui.ui.dialogs.phrases import PhraseScreen
from imr_tui.ui.dialogs.profile import ProfileScreen
from imr_tui.ui.dialogs.profile_offer import ProfileOffer
from imr_tui.ui.dialogs.recall import RecallScreen
from imr_tui.ui.dialogs.record import RecordScreen
from imr_tui.ui.dialogs.sharing import ChoiceScreen, RequestScreen, VersionsScreen
from imr_tui.ui.dialogs.sign import SignScreen
from imr_tui.ui.dialogs.spelling import SpellingScreen
from imr_tui.ui.dialogs.statistics import StatisticsScreen
from imr_tui.ui.dialogs.unresolved import UnresolvedScreen
from imr_tui.ui.dialogs.weighing import WeighingScreen
from imr_tui.ui.stages.citations import CitationsScreen
from imr_tui.ui.stages.credentials import CredentialsScreen
from imr_tui.ui.stages.decision import DecisionScreen
from imr_tui.ui.stages.reading import ReadingScreen
from imr_tui.ui.stages.review import ReviewScreen
from imr_tui.ui.stages.stage import StageScreen
from imr_tui.ui.stages.worklist import WorklistScreen
from imr_tui.ui.widgets.choice import Choice
from imr_tui.ui.widgets.find_bar import FindBar
from imr_tui.ui.widgets.prose import Prose
from tests.ui.conftest import FRESH, MakeApp, on_disk
from tests.ui.driving import opened, press, running, saved, screen_text, the_app, until, write

PLACES = (
    ImrApp,
    WorklistScreen,
    ReadingScreen,
    StageScreen,
    CredentialsScreen,
    DecisionScreen,
    CitationsScreen,
    ReviewScreen,
    Dialog,
    LetterScreen,
    NewFactsScreen,
    ItemsScreen,
    GoToScreen,
    RecordScreen,
    Picker,
    CitationForm,
    WeighingScreen,
    VersionsScreen,
    ChoiceScreen,
    RequestScreen,
    Form,
    Ask,
    DepartureScreen,
    ProfileScreen,
    ProfileOffer,
    UnresolvedScreen,
    SignScreen,
    PhraseScreen,
    SpellingScreen,
    RecallScreen,
    StatisticsScreen,
    Choice,
    Prose,
    FindBar,
    LockScreen,
)
OVERRIDDEN = {"dialog.close"}
"""What some dialogs call by another name."""
IN_DIALOGS = {"app.help", "app.answer", "app.lock", "app.quit", "app.undo"}
"""What dialogs declare again, as the keys of the app do not work behind them."""
MANUAL_ONLY = ("choice.", "offer.")
"""Keys of a single widget or question, which the README leaves to the manual."""
EXTRAS = {"text.editor", "app.lock"}
"""What the palette offers, too, or another key."""
STAGES = [
    Stage("credentials"),
    Stage("summary"),
    Stage("decision", 0),
    Stage("citations", 0),
    Stage("review"),
]


def own_bindings(place: type) -> Iterator[Binding]:
    """The bindings that a class declares."""
    for binding in place.__dict__["BINDINGS"]:
        assert isinstance(binding, Binding)
        yield binding


def declared() -> Iterator[Binding]:
    """Every binding of the app's own."""
    return chain.from_iterable(map(own_bindings, PLACES))


def test_every_screen_with_keys_is_looked_at() -> None:
    files = Path(__file__).resolve().parents[2] / "imr_tui" / "ui"
    with_keys = {file.stem for file in files.rglob("*.py") if "BINDINGS" in file.read_text()}
    assert with_keys == {place.__module__.rpartition(".")[2] for place in PLACES}


def test_every_binding_has_an_id_of_its_own_a_tooltip_and_a_label() -> None:
    bindings = list(declared())
    ids = [binding.id for binding in bindings if binding.id not in OVERRIDDEN | IN_DIALOGS]
    assert len(ids) == len(set(ids))
    again = [place for place in PLACES if IN_DIALOGS & {each.id for each in own_bindings(place)}]
    assert all(place is ImrApp or issubclass(place, ModalScreen) for place in again)
    for binding in bindings:
        assert re.fullmatch(r"[a-z]+\.[a-z0-9-]+", binding.id or "")
        assert binding.tooltip
        assert binding.description


def test_no_binding_uses_a_key_that_terminals_send_for_another() -> None:
    for binding in declared():
        keys = binding.key.split(",")
        assert not {"ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m"} & set(keys)
        assert not set(keys) <= {"ctrl+a", "ctrl+b"}
        reachable = [key for key in keys if not re.fullmatch(r"f\d+|.*(alt|shift)\+.*", key)]
        assert reachable or binding.id in EXTRAS


def test_every_key_has_a_name_that_people_write() -> None:
    for binding in declared():
        for key in binding.key.split(","):
            assert "_" not in key_name(key), key


@pytest.mark.parametrize("page", ["README.md", "imr_tui/manual/keys.md"])
def test_readme_and_manual_name_every_key(page: str) -> None:
    text = (Path(__file__).resolve().parents[2] / page).read_text()
    keys = text[text.index("| where | keys |") :]
    for binding in declared():
        shown = binding.key_display or key_name(binding.key.split(",")[0])
        if page == "README.md" and (binding.id or "").startswith(MANUAL_ONLY):
            continue
        assert f"`{shown}`" in keys, f"{binding.id}: {shown}"


@pytest.mark.slow
@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.kind)
async def test_help_and_palette_show_what_the_screen_binds(make_app: MakeApp, stage: Stage) -> None:
    async with running(make_app(FRESH), (120, 60)) as pilot:
        app = await opened(pilot, stage)
        app.set_focus(None)
        await pilot.pause()
        bindings = [each.binding for each in app.screen.active_bindings.values()]
        mine = {binding.id: binding for binding in bindings if binding.id}
        assert {"walk.next", "app.help", "app.undo", "app.quit"} <= set(mine)
        await press(pilot, "f1")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        told = " ".join(str(app.screen.query_one("#help-text").render()).split())
        for binding in mine.values():
            assert " ".join(str(binding.tooltip).split()) in told
        await press(pilot, "escape")
        await until(pilot, lambda: not isinstance(app.screen, HelpScreen))
        app.set_focus(None)
        enabled = [each for each in app.screen.active_bindings.values() if each.enabled]
        wanted = {str(each.binding.tooltip) for each in enabled if each.binding.id}
        await press(pilot, "ctrl+o")
        await until(pilot, lambda: len(app.screen.query(OptionList)) == 1)
        listed = app.screen.query_one(OptionList)
        await until(pilot, lambda: listed.option_count >= len(wanted))
        prompts = "\n".join(str(option.prompt) for option in listed.options)
        assert all(tooltip in prompts for tooltip in wanted)
        assert "Screenshot" not in prompts


async def test_the_palette_finds_a_command_by_words_and_runs_it(make_app: MakeApp) -> None:
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: app.case is not None)
        await press(pilot, "ctrl+o")
        await write(pilot, "move or remove items")
        listed = app.screen.query_one(OptionList)
        await until(pilot, lambda: 0 < listed.option_count < 3)
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, ItemsScreen))


@pytest.mark.slow
@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.kind)
async def test_the_last_line_begins_with_help_and_cuts_no_label(
    make_app: MakeApp, stage: Stage, width: int
) -> None:
    async with running(make_app(FRESH), (width, 24)) as pilot:
        app = await opened(pilot, stage)
        line = screen_text(app).split("\n")[-1]
        assert re.match(" (KEYS|TYPING)  F1 Help", line), line
        labels = {each.binding.description for each in app.screen.active_bindings.values()}
        shown = re.split(r"  +", line.strip())[1:]
        for entry in shown:
            assert entry.partition(" ")[2] in labels or re.fullmatch(r"\+\d+", entry), entry


async def test_escape_leaves_the_text_then_the_case_and_loses_nothing(
    folder: Folder, make_app: MakeApp
) -> None:
    async with running(make_app(FRESH)) as pilot:
        app = await opened(pilot, Stage("summary"))
        await write(pilot, "kept")
        await press(pilot, "escape")
        assert app.focused is None
        await press(pilot, "escape")
        assert isinstance(app.screen, StageScreen)
        assert "Press esc again to leave the case" in screen_text(app)
        await press(pilot, "down", "escape")
        assert isinstance(app.screen, StageScreen)
        await press(pilot, "escape")
        await until(pilot, lambda: isinstance(app.screen, WorklistScreen))
        assert app.case is None
        assert "draft" in screen_text(app)
    assert on_disk(folder).summary.text == "kept"


@pytest.mark.slow
@pytest.mark.parametrize("key", ["ctrl+c", "ctrl+d", "ctrl+z", "escape", "f1", "ctrl+q"])
async def test_no_way_out_loses_what_was_typed(folder: Folder, make_app: MakeApp, key: str) -> None:
    async with running(make_app(FRESH)) as pilot:
        await opened(pilot, Stage("summary"))
        await write(pilot, "kept")
        await press(pilot, "home", "end", key)
        if key == "ctrl+z":
            await press(pilot, "ctrl+y")
        if key != "ctrl+q":
            await saved(pilot)
    assert on_disk(folder).summary.text == "kept"


async def test_a_key_that_cannot_be_used_does_nothing(make_app: MakeApp) -> None:
    async with running(make_app()) as pilot:
        app = the_app(pilot)
        screens: list[Screen[object]] = list(app.screen_stack)
        await press(pilot, "ctrl+z", "ctrl+y", "ctrl+n", "ctrl+s", "u", "w", "1")
        assert list(app.screen_stack) == screens
