"""A case made of everything that could be taken for something else is shown as it is."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from imr_tui.domain.workflow import Stage, walk
from imr_tui.model.case import Case, from_plain
from imr_tui.model.evidence import Weighing
from imr_tui.store.cases.folder import Folder
from imr_tui.ui.dialogs.citation_form import CitationForm
from imr_tui.ui.dialogs.citing import CopyScreen, Picker
from imr_tui.ui.dialogs.departure import DepartureScreen
from imr_tui.ui.dialogs.dialog import Dialog
from imr_tui.ui.dialogs.item_form import ItemForm
from imr_tui.ui.dialogs.navigation import GoToScreen, ItemsScreen
from imr_tui.ui.dialogs.reasons import UncitedScreen
from imr_tui.ui.dialogs.record import RecordForm, RecordScreen
from imr_tui.ui.dialogs.weighing import WeighingScreen
from imr_tui.ui.widgets.letter_view import LetterView
from tests.soak.brackets import looked_at
from tests.ui.conftest import MakeApp, put
from tests.ui.driving import go, press, running, screen_text, shown, the_app, until

HOSTILE = "[/kg] [b] [redacted] \x1b[31m 漢字"
SHOWN = "[/kg] [b] [redacted] <U+001B>[31m 漢字"
NUMBER = "CM26-0000666"
SIZES = [(60, 20), (80, 24), (120, 40)]


def case_of(text: str) -> Case:
    """A case with `text` in every field that takes any text."""
    citation: dict[str, Any] = dict.fromkeys(("guideline", "title", "section", "pages"), text)
    citation |= {"sections": [text], "standard": "A"}
    item: dict[str, Any] = dict.fromkeys(("request", "original", "authorized", "rationale"), text)
    item |= {"citations": [citation], "administrator_citations": [citation | {"text": text}]}
    organizations = ("claims_administrator", "utilization_review_organization")
    names = dict.fromkeys(("employee", "employer", *organizations), text)
    return from_plain(
        {
            "schema": 1,
            "case": {"number": NUMBER},
            "parties": names | {"providers": [text]},
            "records": [{"title": text, "source": text}],
            "reviewer": {"licenses": [text], "specialties": [text]},
            "summary": {"text": text},
            "items": [item, item | {"follows": 1}],
        }
    )


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_every_stage_shows_hostile_text_as_it_is(
    folder: Folder, make_app: MakeApp, size: tuple[int, int]
) -> None:
    case = case_of(HOSTILE)
    put(folder, case)
    async with running(make_app(NUMBER), size) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: app.case is not None)
        for stage in walk(case):
            await go(pilot, stage)
            text = screen_text(app)
            assert "\x1b" not in text
            if stage.kind == "review":
                letter = app.screen.query_one(LetterView).letter
                assert SHOWN.replace("漢字", "[U+6F22][U+5B57]") in letter
                found = app.findings or ()
                assert "IMR112" in {finding.rule.id for finding in found}
            else:
                assert SHOWN in text


DIALOGS: dict[str, Callable[[Case], Dialog[Any]]] = {
    "go to": lambda case: GoToScreen(case, Stage("summary")),
    "items": lambda case: ItemsScreen(0),
    "item": lambda case: ItemForm(0),
    "record": lambda case: RecordScreen(),
    "document": lambda case: RecordForm(0, case.records[0]),
    "citation": lambda case: CitationForm(0, "citations", 0, case.items[0].citations[0]),
    "copy": lambda case: CopyScreen(case, 1, "citations"),
    "departure": lambda case: DepartureScreen(0),
    "no guideline": lambda case: UncitedScreen(0, case.items[0].request),
    "weighing": lambda case: WeighingScreen(0, Weighing(question=HOSTILE)),
}


@pytest.mark.slow
@pytest.mark.parametrize("dialog", DIALOGS)
async def test_every_dialog_shows_hostile_text_as_it_is(
    folder: Folder, make_app: MakeApp, dialog: str
) -> None:
    case = case_of(HOSTILE)
    put(folder, case)
    async with running(make_app(NUMBER), SIZES[0]) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: app.case is not None)
        await app.push_screen(DIALOGS[dialog](case))
        await pilot.pause()
        text = screen_text(app)
        assert "\x1b" not in text
        # Entries scroll, so on a narrow screen the beginning is what stands there.
        assert SHOWN in text or "[/kg] [b] [redacted]" in text


async def test_the_picker_takes_hostile_words(folder: Folder, make_app: MakeApp) -> None:
    put(folder, case_of(HOSTILE))
    async with running(make_app(NUMBER)) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: app.case is not None)
        await app.push_screen(Picker(None))
        await press(pilot, *"[/kq]")
        assert "Cite these words as they are: [/kq]" in screen_text(app)


async def test_the_picker_shows_the_names_of_a_site_as_they_are(
    folder: Folder, make_app: MakeApp
) -> None:
    folder.own("guidelines.toml").write_text(
        'as_of = 2026-01-01\n[[other]]\nid = "site-x"\ntitle = "[/kg] [b]"\n'
        'printed = "[/kg] [b] Zzyzx"\norganization = "[red]"\n'
    )
    put(folder, case_of(HOSTILE))
    async with running(make_app(NUMBER)) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: app.case is not None)
        await app.push_screen(Picker(None))
        await press(pilot, *"zzyzx")
        assert "[/kg] [b] Zzyzx" in screen_text(app)


async def test_the_worklist_shows_hostile_names_and_problems(
    folder: Folder, make_app: MakeApp
) -> None:
    (folder.path / "[b]\x1b[31mx.toml").write_text("schema = 1\n[case]\nnumber = '[/red]'\n")
    async with running(make_app(), (120, 24)) as pilot:
        app = the_app(pilot)
        await press(pilot, "down", "down")
        assert "[b]<U+001B>[31mx" in screen_text(app)
        await until(pilot, lambda: "case number is not valid" in shown(pilot))


@pytest.mark.slow
async def test_brackets_stand_on_every_screen_and_dialog_as_they_are(tmp_path: Path) -> None:
    shown, wrong = await looked_at(tmp_path, random.Random(7))
    assert wrong == []
    assert shown > 300


BRACKETS = st.text(alphabet="[]/=@b \\\"'{}ab1#", min_size=1, max_size=24).filter(
    lambda text: text == text.strip() and "  " not in text
)


@pytest.mark.slow
@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=BRACKETS)
async def test_brackets_of_any_kind_are_shown_exactly(
    folder: Folder, make_app: MakeApp, text: str
) -> None:
    case = case_of(text)
    put(folder, case)
    async with running(make_app(NUMBER), (120, 40)) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: app.case is not None)
        for stage in walk(case)[:4]:
            await go(pilot, stage)
            assert text in screen_text(app)
