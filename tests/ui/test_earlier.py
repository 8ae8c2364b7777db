"""Earlier determinations: named at the rationale, and their letters read beside the text."""

from datetime import date
from functools import partial

import pytest
from textual.widgets import OptionList

from imr_tui.domain.documents import (
    describe,
    earlier_in_words,
    earlier_numbers,
    earlier_reviews,
)
from imr_tui.domain.workflow import Stage
from imr_tui.model import edits
from imr_tui.model.case import Record
from imr_tui.store.cases.folder import Folder
from imr_tui.ui.dialogs.record import RecordForm
from imr_tui.ui.widgets.attestations import prompt
from imr_tui.ui.widgets.earlier_view import EarlierView
from imr_tui.ui.widgets.facts import brief, facts_of
from imr_tui.ui.widgets.side_pane import SidePane
from tests.builders import a_case, a_complete_case
from tests.ui.conftest import FRESH, SEED, MakeApp, on_disk, put
from tests.ui.driving import (
    go,
    opened,
    press,
    running,
    saved,
    screen_text,
    shown,
    the_app,
    until,
    write,
)

DECISION = Stage("decision", 0)
NARROW, WIDE = (80, 24), (120, 40)
GONE = "CM13-0000009"
EARLIER = Record(kind="determination", case=SEED, to=date(2014, 12, 20))


def with_records(folder: Folder, *records: Record) -> None:
    case = on_disk(folder)
    put(folder, case.but(records=(*case.records, *records)))


# ── In words ─────────────────────────────────────────────────────────────────────────────────


def test_the_facts_begin_with_the_earlier_reviews() -> None:
    other = Record(kind="determination", title="Denial of 2013")
    case = a_case(records=(Record(case="CM10-0000001"), EARLIER, other))
    says = f"Earlier reviews: {SEED} (2014-12-20); Denial of 2013"
    assert earlier_reviews(case) == (EARLIER, other)
    assert earlier_in_words(case) == says
    for width in (30, 80):
        assert " ".join(facts_of(case, width).plain.split()).startswith(says)
    assert brief(case).plain.splitlines()[0] == says
    assert earlier_in_words(a_case()) == ""


def test_only_a_number_of_another_case_is_looked_for() -> None:
    rows = ("", "../x", a_case().number, SEED, SEED)
    case = a_case(records=tuple(EARLIER.but(case=number) for number in rows))
    assert earlier_numbers(case) == (SEED,)


def test_a_document_names_its_case_only_if_it_is_a_determination() -> None:
    assert describe(EARLIER) == f"earlier determination, {SEED}, 2014-12-20"
    assert describe(EARLIER.but(kind="medical")) == "medical, 2014-12-20"


def test_diagnosis_and_specialty_are_shown_with_the_facts_and_the_attestation() -> None:
    case = edits.set_case_line(a_case(), "diagnosis", "M75.41 Impingement syndrome")
    case = edits.set_case_line(case, "specialty", "Orthopedic Surgery")
    for width in (40, 80):
        shown = facts_of(case, width).plain
        assert "M75.41 Impingement syndrome" in shown
        assert "Orthopedic Surgery" in shown
    attested = prompt(case, "5").plain
    assert "Diagnosis: M75.41 Impingement syndrome" in attested
    assert "Requesting physician: Orthopedic Surgery" in attested
    assert "\n" not in prompt(a_case(), "5").plain
    assert "Diagnosis" not in facts_of(a_case(), 80).plain


# ── On the screens ───────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
async def test_a_determination_is_entered_with_its_case_number(
    folder: Folder, make_app: MakeApp
) -> None:
    count = len(on_disk(folder).records)
    async with running(make_app(FRESH)) as pilot:
        app = await opened(pilot, Stage("summary"), types=False)
        await press(pilot, "ctrl+r", "a")
        await until(pilot, lambda: isinstance(app.screen, RecordForm))
        assert "Earlier case number" not in screen_text(app)
        app.screen.query_one("#kind").focus()
        await press(pilot, "e")
        assert "Earlier case number" in screen_text(app)
        await press(pilot, "enter")
        await write(pilot, "no number!")
        await press(pilot, "enter")
        assert isinstance(app.screen, RecordForm)
        assert "A case number has up to 40 letters" in screen_text(app)
        app.screen.query_one("#case").clear()  # type: ignore[attr-defined]
        await write(pilot, SEED)
        await press(pilot, "enter")
        assert not isinstance(app.screen, RecordForm)
        await saved(pilot)
        added = on_disk(folder).records[count]
        assert (added.kind, added.case) == ("determination", SEED)
        listed = app.screen.query_one("#records", OptionList)
        assert SEED in str(listed.get_option_at_index(count).prompt)


@pytest.mark.slow
async def test_diagnosis_and_specialty_are_typed_in_the_record(
    folder: Folder, make_app: MakeApp
) -> None:
    async with running(make_app(FRESH)) as pilot:
        app = await opened(pilot, Stage("credentials"))
        await press(pilot, "ctrl+r")
        app.screen.query_one("#diagnosis").focus()
        await write(pilot, "M75.41")
        await press(pilot, "enter")
        await write(pilot, "Orthopedics")
        await press(pilot, "escape")
        await saved(pilot)
        await until(pilot, lambda: "Requesting physician: Orthopedics" in screen_text(app))
    kept = on_disk(folder).particulars
    assert (kept.diagnosis, kept.specialty) == ("M75.41", "Orthopedics")


@pytest.mark.parametrize("size", [NARROW, pytest.param(WIDE, marks=pytest.mark.slow)])
async def test_l_shows_the_letter_of_an_earlier_review_beside_the_rationale(
    size: tuple[int, int], folder: Folder, make_app: MakeApp
) -> None:
    with_records(folder, EARLIER, EARLIER.but(case=GONE))
    async with running(make_app(FRESH), size) as pilot:
        app = await opened(pilot, DECISION, types=False)
        await until(pilot, lambda: "Earlier reviews: CM14-0187654" in shown(pilot))
        assert "l reads it" in shown(pilot)
        await press(pilot, "l")
        await until(pilot, lambda: "CM14-0187654, case file" in screen_text(app))
        view = app.screen.query_one(EarlierView)
        await until(pilot, lambda: "FINAL DETERMINATION" in view.text.upper())
        assert view.read_only
        assert app.screen.query_one("#rationale").region.height > 3
        top = view.scroll_offset.y
        await press(pilot, "ctrl+down")
        await until(pilot, lambda: view.scroll_offset.y > top)
        await press(pilot, "i")
        await write(pilot, "Words.")
        assert app.screen.query(EarlierView)
        await press(pilot, "escape", "l")
        assert not app.screen.query(EarlierView)
        await saved(pilot)
    assert on_disk(folder).items[0].rationale.endswith("Words.")


@pytest.mark.slow
async def test_the_letter_file_comes_before_the_case_file_and_l_goes_on_to_the_next(
    folder: Folder, make_app: MakeApp
) -> None:
    put(folder, a_complete_case())
    (folder.path / f"{SEED}.txt").write_text("A letter from 2014.\n")
    with_records(folder, EARLIER, EARLIER.but(case=a_complete_case().number))
    async with running(make_app(FRESH), WIDE) as pilot:
        app = await opened(pilot, DECISION, types=False)
        await press(pilot, "l")
        await until(pilot, lambda: "A letter from 2014." in screen_text(app))
        assert "letter file" in screen_text(app)
        await press(pilot, "l")
        await until(pilot, lambda: f"{a_complete_case().number}, case file" in screen_text(app))
        await press(pilot, "l")
        await until(pilot, lambda: not app.screen.query(EarlierView))


@pytest.mark.slow
async def test_l_is_grey_without_the_letter_and_hidden_without_an_earlier_review(
    folder: Folder, make_app: MakeApp
) -> None:
    async with running(make_app(FRESH), WIDE) as pilot:
        app = await opened(pilot, DECISION, types=False)
        assert "l" not in app.screen.active_bindings
        assert not app.screen.query_one(".earlier").display
        number = EARLIER.but(case=GONE)
        app.parts.editing.edit(partial(edits.add_record, record=number))
        await go(pilot, DECISION, types=False)
        assert not app.screen.active_bindings["l"].enabled
        await press(pilot, "l")
        assert f"Neither a letter nor a case {GONE} is in this folder." in screen_text(app)
        assert not app.screen.query_one(SidePane).query(EarlierView)
        (folder.path / f"{GONE}.txt").write_bytes(b"\xff")
        await go(pilot, Stage("summary"), types=False)
        await press(pilot, "l")
        await until(pilot, lambda: "is not a text file in UTF-8" in screen_text(the_app(pilot)))
