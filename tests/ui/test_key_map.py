"""Keys that a folder has in place of the usual ones: they work, and everything names them."""

import ast
import inspect
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import ModalScreen, Screen
from textual.widgets import OptionList

from imr_tui.domain.workflow import Stage
from imr_tui.keys.default_keys import DEFAULT_KEYS
from imr_tui.keys.key_map import STANDARD, KeyMap
from imr_tui.keys.places import PLACES, actions_of
from imr_tui.keys.validation import faults, key_map
from imr_tui.letter.dialects.dialect import Letterhead
from imr_tui.store.cases.folder import Folder
from imr_tui.terminal.rebinding import Rebinding
from imr_tui.ui.app import ImrApp
from imr_tui.ui.bindings import bind, rebound
from imr_tui.ui.dialogs.dialog import Dialog
from imr_tui.ui.dialogs.form import Form
from imr_tui.ui.dialogs.help import HelpScreen
from imr_tui.ui.dialogs.item_form import ItemForm
from imr_tui.ui.dialogs.navigation import ItemsScreen
from imr_tui.ui.dialogs.unresolved import UnresolvedScreen
from imr_tui.ui.stages.decision import DecisionScreen
from imr_tui.ui.stages.summary import SummaryScreen
from imr_tui.ui.stages.worklist import WorklistScreen
from imr_tui.ui.widgets.choice import Choice
from imr_tui.ui.widgets.find_bar import FindBar
from imr_tui.ui.widgets.prose import Prose
from tests.ui.conftest import FRESH, NOW, on_disk
from tests.ui.driving import opened, press, running, saved, screen_text, until, write
from tests.ui.test_keys import PLACES as CLASSES, declared


def an_app(folder: Folder, number: str = FRESH, **given: str) -> ImrApp:
    """The app on `folder` with keys of its own."""
    assert faults(given) == ()
    return ImrApp(folder, Letterhead(), lambda: NOW, number, keys=key_map(given))


def last_line(app: ImrApp) -> str:
    return screen_text(app).split("\n")[-1]


# ── The declarations ─────────────────────────────────────────────────────────────────────────


def test_every_action_has_its_keys_in_one_table() -> None:
    bindings = list(declared())
    assert {binding.id for binding in bindings} == {*DEFAULT_KEYS}
    for binding in bindings:
        assert binding.key == DEFAULT_KEYS[str(binding.id)]


@cache
def ids_of(kind: type[DOMNode]) -> frozenset[str]:
    """The ids of the actions of a class, with those that it inherits."""
    bases = [base.__dict__.get("BINDINGS", ()) for base in kind.__mro__]
    return frozenset(
        each.id for own in bases for each in own if isinstance(each, Binding) if each.id
    )


def together() -> Iterator[frozenset[str]]:
    """The actions of each screen with those around it, and with those of the widgets in it."""
    app = ids_of(ImrApp)
    for kind in CLASSES:
        if issubclass(kind, ModalScreen):
            # Of those behind a dialog, only one comes before the keys of the dialog.
            yield ids_of(kind) | {"app.redraw"}
        elif issubclass(kind, Screen):
            yield ids_of(kind) | app
    yield ids_of(SummaryScreen) | ids_of(Prose) | app
    yield ids_of(FindBar) | app
    yield from (ids_of(kind) | ids_of(Choice) for kind in CLASSES if issubclass(kind, Form))


def test_actions_that_can_be_reached_together_are_in_one_place() -> None:
    places = [frozenset(actions_of(place)) for place in PLACES]
    checked = 0
    for actions in together():
        for pair in combinations(sorted(actions), 2):
            assert any(place.issuperset(pair) for place in places), pair
            checked += 1
    assert checked > 5000


def test_other_keys_replace_what_is_shown_for_the_usual_ones() -> None:
    keys = KeyMap({"decision.recall": ("f10",), "credentials.attest-3": ("f11",)})
    (recall,) = (each for each in declared() if each.id == "decision.recall")
    assert recall.tooltip.endswith("`^/` also in the text")
    assert rebound(recall, keys).tooltip == "Insert text of your earlier rationales"
    attest = {each.id: rebound(each, keys) for each in declared() if "attest" in str(each.id)}
    assert {each.key_display for each in attest.values()} == {None}
    assert attest["credentials.attest-3"].key == "f11"
    other = bind("walk.next", "walk(1)", "Next", "Go on", key_display="Next")
    assert rebound(other, keys) is other


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_bindings_are_merged_as_textual_merges_them(kind: type[DOMNode]) -> None:
    merged = Rebinding(lambda binding: replace(binding, system=True)).merged(kind)
    assert merged is not None
    assert kind._merged_bindings is not None
    found = [(key, each.id, each.action) for key, several in merged.items() for each in several]
    assert found == [(key, each.id, each.action) for key, each in kind._merged_bindings]
    assert Rebinding(lambda binding: binding).merged(kind) is None


# ── Sentences ────────────────────────────────────────────────────────────────────────────────

NAMES_KEY = re.compile(
    r"\^[a-z/\]]"
    r"|\bF(?:[2-9]|1[0-2])\b"
    r"|\b[Pp]ress [a-zA-Z]\b(?! case)"
    r"|(?:^|[.;:,(] )[b-zB-Z.] (?!e\.g)[a-z]+s\b"
    r"|(?:^|[.;:,(] )a (?:accepts|adds|shows|offers|gives|lists)\b"
)
"""A key in a sentence that does not come from the key map."""


def strings(path: Path) -> Iterator[tuple[int, str]]:
    """The texts in a file besides docstrings, those of other texts joined."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.lineno, node.value


def test_no_sentence_of_the_app_names_a_key_by_itself() -> None:
    ui = Path(inspect.getfile(ImrApp)).parent
    files = list(ui.rglob("*.py"))
    found = [
        f"{path.name}:{line}: {text}"
        for path in files
        for line, text in strings(path)
        if NAMES_KEY.search(re.sub(r"`[^`]*`", "", text))
    ]
    assert found == []
    assert len(files) > 100
    assert NAMES_KEY.search("Replaced 3 (^z undoes)")
    assert NAMES_KEY.search("Ready: w writes the letter")
    assert NAMES_KEY.search("It is not done yet. Press t to ask for it.")


# ── On the screen ────────────────────────────────────────────────────────────────────────────


async def test_a_key_of_the_folder_works_and_the_usual_one_does_not(folder: Folder) -> None:
    given = {"walk.next": "f10", "walk.versions": "f11", "decision.uphold": "y"}
    async with running(an_app(folder, **given)) as pilot:
        app = await opened(pilot, Stage("summary"))
        await write(pilot, "kept")
        await press(pilot, "ctrl+n")
        assert isinstance(app.screen, SummaryScreen)
        await press(pilot, "f10")
        await until(pilot, lambda: isinstance(app.screen, DecisionScreen))
        await press(pilot, "escape", "u")
        assert app.open_case.items[0].decision is None
        await press(pilot, "y")
        assert app.open_case.items[0].decision == "upheld"
        # It was a letter, which a text inserts; now it works there, too.
        await press(pilot, "i", "f11")
        await until(pilot, lambda: isinstance(app.screen, Dialog))
        await saved(pilot)
    assert on_disk(folder).summary.text == "kept"


@pytest.mark.slow
async def test_actions_can_exchange_their_keys(folder: Folder) -> None:
    given = {"walk.next": "ctrl+t", "walk.items": "ctrl+n"}
    async with running(an_app(folder, **given)) as pilot:
        app = await opened(pilot, Stage("summary"))
        await press(pilot, "ctrl+n")
        await until(pilot, lambda: isinstance(app.screen, ItemsScreen))
        await press(pilot, "escape", "ctrl+t")
        await until(pilot, lambda: isinstance(app.screen, DecisionScreen))


@pytest.mark.slow
async def test_key_line_help_and_palette_show_the_keys_of_the_folder(folder: Folder) -> None:
    given = {"walk.next": "f10, ctrl+^", "walk.items": "f11"}
    async with running(an_app(folder, **given), (120, 60)) as pilot:
        app = await opened(pilot, Stage("summary"), types=False)
        assert " F10 Next " in last_line(app)
        assert "^n" not in last_line(app)
        await press(pilot, "f1")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        shown = str(app.screen.query_one("#help-text").render())
        assert re.search(r"^F10 \^\^ +Go to the next stage$", shown, re.MULTILINE)
        assert re.search(r"^F11 +List, add, edit", shown, re.MULTILINE)
        await press(pilot, "escape", "ctrl+o")
        await until(pilot, lambda: len(app.screen.query(OptionList)) == 1)
        listed = app.screen.query_one(OptionList)
        await until(pilot, lambda: listed.option_count > 10)
        prompts = [str(option.prompt) for option in listed.options]
        assert any(prompt.startswith("F10  Go to the next stage") for prompt in prompts)
        assert not any(prompt.startswith("^n") for prompt in prompts)


@pytest.mark.slow
async def test_keys_of_dialogs_can_be_changed(folder: Folder) -> None:
    given = {
        **{"items.add": "+", "form.next": "enter,f10", "form.done": "enter,f10"},
        "unresolved.write": "z",
    }
    async with running(an_app(folder, **given)) as pilot:
        app = await opened(pilot, Stage("summary"), types=False)
        count = len(app.open_case.items)
        await press(pilot, "ctrl+t", "a")
        assert len(app.open_case.items) == count
        assert " + Add " in last_line_of_panel(app)
        await press(pilot, "+")
        await until(pilot, lambda: isinstance(app.screen, ItemForm))
        assert len(app.open_case.items) == count + 1
        first = app.focused
        await press(pilot, "f10")
        assert app.focused is not first
        await press(pilot, "enter")
        assert app.focused is not first
        answers: list[bool | None] = []
        app.push_screen(UnresolvedScreen(2), answers.append)
        await until(pilot, lambda: isinstance(app.screen, UnresolvedScreen))
        await until(pilot, lambda: "z writes the letter anyway" in screen_text(app))
        await press(pilot, "w")
        assert isinstance(app.screen, UnresolvedScreen)
        await press(pilot, "z")
        assert answers == [True]


def last_line_of_panel(app: ImrApp) -> str:
    """The key line of a dialog."""
    return next(line for line in screen_text(app).split("\n") if "KEYS" in line)


@pytest.mark.slow
async def test_sentences_name_the_keys_of_the_folder(folder: Folder) -> None:
    given = {
        "app.undo": "f10",
        "app.redo": "f11",
        "worklist.quit": "Q",
        "decision.uphold": "y",
        "reading.other-facts": "P,ctrl+^",
    }
    async with running(an_app(folder, **given), (120, 40)) as pilot:
        app = await opened(pilot, Stage("decision", 0), types=False)
        assert "  P " in screen_text(app)
        assert "( ) y Upheld" in screen_text(app)
        await press(pilot, "y", "f10")
        assert "f11 redoes" in last_line(app).lower()
        assert app.open_case.items[0].decision is None
        await press(pilot, "f11")
        assert "F10 undoes" in last_line(app)
        await press(pilot, "escape", "escape")
        await until(pilot, lambda: isinstance(app.screen, WorklistScreen))
        await press(pilot, "q")
        assert "again to quit" not in screen_text(app)
        await press(pilot, "Q")
        assert "Press Q again to quit" in last_line(app)
        await press(pilot, "Q")
        await until(pilot, lambda: not app.is_running)


async def test_saving_and_quitting_work_in_a_small_terminal_with_other_keys(
    folder: Folder,
) -> None:
    app = an_app(folder, **{"app.save": "f10", "app.quit": "f11,ctrl+q"})
    assert app.io.options.keys_when_small == {"f10", "f11", "ctrl+q"}
    async with running(app) as pilot:
        await until(pilot, lambda: app.case is not None)
        await pilot.resize_terminal(50, 10)
        await until(pilot, lambda: app.io.display.is_small)
        await press(pilot, "ctrl+s", "f11")
        await until(pilot, lambda: not app.is_running)


async def test_without_a_key_map_no_widget_is_given_other_bindings(folder: Folder) -> None:
    app = ImrApp(folder, Letterhead(), lambda: NOW)
    assert app.keys is STANDARD
    assert app.io.rebinding is None
    assert an_app(folder, **{"walk.next": "f10"}).io.rebinding is not None
