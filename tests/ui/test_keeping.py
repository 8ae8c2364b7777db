"""Esc, Enter, Space and `y`: none of them, in any place, takes away what somebody wrote."""

import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import ModalScreen, Screen
from textual.widgets import Input

from imr_tui.domain.workflow import Place, Stage
from imr_tui.model.case import Case
from imr_tui.phrases.phrase import Phrases
from imr_tui.recall.subject import subject
from imr_tui.store.cases.case_codec import decode
from imr_tui.store.cases.folder import Folder
from imr_tui.store.intake.new_facts import NewFacts
from imr_tui.store.locking.holder import Holder
from imr_tui.ui.app import ImrApp
from imr_tui.ui.dialogs.citation_form import CitationForm
from imr_tui.ui.dialogs.citing import CopyScreen, Picker
from imr_tui.ui.dialogs.departure import DepartureScreen
from imr_tui.ui.dialogs.dialog import Dialog
from imr_tui.ui.dialogs.item_form import ItemForm
from imr_tui.ui.dialogs.letter import LetterScreen
from imr_tui.ui.dialogs.navigation import GoToScreen, ItemsScreen
from imr_tui.ui.dialogs.new_case import NewCaseScreen
from imr_tui.ui.dialogs.new_facts import NewFactsScreen
from imr_tui.ui.dialogs.paths import ImportScreen, RescueScreen
from imr_tui.ui.dialogs.phrases import NameScreen, PhraseScreen
from imr_tui.ui.dialogs.profile import ProfileScreen
from imr_tui.ui.dialogs.profile_offer import ProfileOffer
from imr_tui.ui.dialogs.reasons import AcceptanceScreen, UncitedScreen
from imr_tui.ui.dialogs.recall import RecallScreen, Wanted
from imr_tui.ui.dialogs.record import RecordForm, RecordScreen
from imr_tui.ui.dialogs.sharing import ChoiceScreen, RequestScreen, VersionsScreen
from imr_tui.ui.dialogs.sign import SignScreen
from imr_tui.ui.dialogs.spelling import SpellingScreen
from imr_tui.ui.dialogs.statistics import StatisticsScreen
from imr_tui.ui.dialogs.unresolved import UnresolvedScreen
from imr_tui.ui.dialogs.waiting import WaitScreen
from imr_tui.ui.dialogs.weighing import WeighingScreen
from tests.builders import MTUS, NUMBER, OTHER, a_complete_case, an_item
from tests.ui.conftest import MakeApp, on_disk, put
from tests.ui.driving import go, press, running, saved, screen_text, the_app, until, write
from tests.ui.to_sign import to_sign

PRESSES = 30
STAGES = {
    "credentials": Stage("credentials"),
    "summary": Stage("summary"),
    "decision": Stage("decision", 0),
    "citations": Stage("citations", 1),
    "review": Stage("review"),
}


def a_worked_case() -> Case:
    second, third = an_item("A second item", citations=(OTHER,)), an_item("A third", citations=())
    return a_complete_case((an_item(citations=(MTUS, OTHER)), second, third))


def with_new_facts(app: ImrApp) -> NewFactsScreen:
    """The dialog for a case of which the organization took two items back."""
    after = app.open_case.but(items=app.open_case.items[:1])
    app.parts.new_facts._received.facts = NewFacts(NUMBER, app.open_case, after)
    return NewFactsScreen()


Opened = Callable[[ImrApp], Screen[Any]]
DIALOGS: dict[str, Opened] = {
    "go to": lambda app: GoToScreen(app.open_case, Stage("summary")),
    "items": lambda app: ItemsScreen(0),
    "item": lambda app: ItemForm(1),
    "record": lambda app: RecordScreen(),
    "document": lambda app: RecordForm(1, app.open_case.records[1]),
    "picker": lambda app: Picker(None),
    "phrases": lambda app: PhraseScreen(Phrases(), "rationale"),
    "recall": lambda app: RecallScreen(Wanted(app.folder.path, NUMBER, 0, subject("MRI"))),
    "phrase name": lambda app: NameScreen("Words.", "words", frozenset()),
    "citation": lambda app: CitationForm(1, "citations", 0, app.open_case.items[1].citations[0]),
    "copy": lambda app: CopyScreen(app.open_case, 1, "citations"),
    "departure": lambda app: DepartureScreen(1),
    "no guideline": lambda app: UncitedScreen(2, app.open_case.items[2].uncited),
    "weighing": lambda app: WeighingScreen(0, app.open_case.items[0].weighing),
    "versions": lambda app: VersionsScreen(app.folder.versions(NUMBER).all(), app.open_case),
    "choice": lambda app: ChoiceScreen(app.open_case, lambda: app.open_case),
    "request": lambda app: RequestScreen(Holder()),
    "import": lambda app: ImportScreen(),
    "rescue": lambda app: RescueScreen("The disk is full."),
    "profile": lambda app: ProfileScreen(app.profile),  # type: ignore[arg-type]
    "profile offer": lambda app: ProfileOffer("Texas; Pain Medicine", "Ohio; Pain Medicine"),
    "letter": lambda app: LetterScreen(lambda: (Place("summary.text"), 0)),
    "unresolved": lambda app: UnresolvedScreen(2),
    "sign": lambda app: SignScreen(to_sign(app.open_case)),
    "spelling": lambda app: SpellingScreen("swolen", ("swollen",)),
    "new case": lambda app: NewCaseScreen(),
    "statistics": lambda app: StatisticsScreen(),
    "new facts": lambda app: with_new_facts(app),
    "waiting": lambda app: WaitScreen("Waiting", "It takes long."),
}


def leaves(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a case with its place."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from leaves(each, f"{path}.{key}")
    elif isinstance(value, list | tuple):
        for at, each in enumerate(value):
            yield from leaves(each, f"{path}[{at}]")
    elif isinstance(value, str) and value and "attested" not in path:
        yield path, value


def is_within(before: str, after: str) -> bool:
    """Whether `after` is `before` with something put in."""
    rest = iter(after)
    return all(char in rest for char in before)


def assert_nothing_gone(before: Case, after: Case) -> None:
    there = dict(leaves(after.model_dump(mode="json")))
    for path, text in leaves(before.model_dump(mode="json")):
        assert path in there, f"{path} is gone"
        assert is_within(text, there[path]), f"{path}: {text!r} became {there[path]!r}"


async def at_random(pilot: Pilot[None], seed: str) -> None:
    """Press what people press without looking."""
    await press(pilot, *random.Random(seed).choices(["enter", "space", "y"], k=PRESSES))


async def begin(pilot: Pilot[None], stage: Stage) -> ImrApp:
    """At a stage of the worked case, with no dialog open."""
    app = the_app(pilot)
    await until(pilot, lambda: app.case is not None)
    while isinstance(app.screen, ModalScreen):
        app.pop_screen()
        await pilot.pause()
    await go(pilot, stage)
    return app


@pytest.mark.slow
@pytest.mark.parametrize("places", [list(STAGES), list(DIALOGS)[:9], list(DIALOGS)[9:]])
async def test_random_agreement_takes_nothing_away(
    folder: Folder, make_app: MakeApp, places: list[str]
) -> None:
    case = a_worked_case()
    put(folder, case)
    async with running(make_app(NUMBER)) as pilot:
        for place in places:
            app = await begin(pilot, STAGES.get(place, STAGES["decision"]))
            if place in DIALOGS:
                await app.push_screen(DIALOGS[place](app))
                await pilot.pause()
            await at_random(pilot, place)
            await saved(pilot)
            assert_nothing_gone(case, on_disk(folder, NUMBER))
    assert not list(folder.path.glob("*.txt"))


@pytest.mark.slow
@pytest.mark.parametrize("key", ["", "f1", "ctrl+o", "f8"])
async def test_random_agreement_on_the_worklist_and_over_it(
    folder: Folder, make_app: MakeApp, key: str
) -> None:
    files = {path.name: path.read_bytes() for path in folder.path.glob("*.toml")}
    async with running(make_app()) as pilot:
        await press(pilot, *filter(None, [key]))
        await at_random(pilot, key)
    after = {path.name: path.read_bytes() for path in folder.path.glob("*.toml")}
    assert files.keys() == after.keys()
    for name, number in ((each, each.removesuffix(".toml")) for each in files):
        assert_nothing_gone(decode(files[name], number), on_disk(folder, number))


# ── Esc ──────────────────────────────────────────────────────────────────────────────────

KEPT = {
    "item": "#request",
    "record": "#employer",
    "document": "#title",
    "citation": "#title",
    "departure": "#sentence",
    "no guideline": "#uncited",
    "weighing": "#question",
    "import": "#path",
    "new case": "#new-request",
    "rescue": "#rescue-folder",
    "phrase name": "#phrase-name",
    "profile": "#name",
}
"""Dialogs in which something can be written, and a field of each."""
GENERIC = {"Ask", "Pick", "Confirm", "Form"}
"""Base classes, which are configured by the dialogs."""
NOT_KEPT = {
    "picker": "words of a search",
    "go to": "words of a search",
    "phrases": "words of a search",
    "recall": "words of a search",
    "sign": "a passphrase, and digits that confirm",
}
"""Dialogs with a field of which nothing is kept, and why."""


@pytest.mark.slow
async def test_esc_keeps_what_was_typed_in_a_dialog(folder: Folder, make_app: MakeApp) -> None:
    put(folder, a_worked_case())
    async with running(make_app(NUMBER)) as pilot:
        for dialog, field in KEPT.items():
            app = await begin(pilot, STAGES["decision"])
            keeps = app.parts.profiles.keep if dialog == "profile" else None
            app.push_screen(DIALOGS[dialog](app), keeps)
            await pilot.pause()
            entry = app.screen.query_one(field, Input)
            entry.focus()
            await press(pilot, "end", *" 7")
            typed = entry.value
            assert typed.endswith("7")
            await press(pilot, "escape")
            await until(pilot, lambda: not isinstance(the_app(pilot).screen, Dialog))
            await saved(pilot)
            await app.push_screen(DIALOGS[dialog](app))
            await pilot.pause()
            again = app.screen.query_one(field, Input).value
            assert again.strip() == typed.strip(), dialog


async def test_esc_keeps_the_reason_of_a_warning(folder: Folder, make_app: MakeApp) -> None:
    case = a_worked_case()
    put(folder, case.but(summary=case.summary.but(text="TBD. This 54 year old man was injured.")))
    async with running(make_app(NUMBER)) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: app.findings is not None)
        await go(pilot, STAGES["review"])
        for expected in ("", "because"):
            await press(pilot, "a")
            await until(pilot, lambda: isinstance(app.screen, AcceptanceScreen))
            assert app.screen.query_one("#reason", Input).value == expected
            await write(pilot, "" if expected else "because")
            await press(pilot, "escape")
            await until(pilot, lambda: not isinstance(app.screen, Dialog))


@pytest.mark.slow
async def test_every_dialog_with_a_field_is_looked_at(folder: Folder, make_app: MakeApp) -> None:
    """Those that are opened here, and the one that is accepted in."""
    put(folder, a_worked_case())
    async with running(make_app(NUMBER)) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: app.case is not None)
        with_field = set()
        for name, opened in DIALOGS.items():
            await app.push_screen(opened(app))
            await pilot.pause()
            if app.screen.query(Input):
                with_field.add(name)
            app.pop_screen()
            await pilot.pause()
        assert with_field == {*KEPT, *NOT_KEPT}
        ours = {type(opened(app)) for opened in DIALOGS.values()} | {AcceptanceScreen}
        known = {each for each in subclasses(Dialog) if "[" not in each.__name__}
        assert {each.__name__ for each in known - ours} == {"HelpScreen", *GENERIC}
        assert screen_text(app)


def subclasses(kind: type[Any]) -> Iterator[type[Any]]:
    for each in kind.__subclasses__():
        yield each
        yield from subclasses(each)
