"""One key decides an item like the one that it follows, and adds the phrase for it."""

import pytest

from imr_tui.domain.workflow import Stage
from imr_tui.model import edits
from imr_tui.model.limits import Outcome
from imr_tui.phrases.phrase import Phrase
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.account_folder import make_account_folder
from imr_tui.store.config.phrase_files import FILE, save_phrases
from imr_tui.ui.stages.decision import DecisionScreen
from tests.ui.conftest import FRESH, MakeApp, on_disk, put
from tests.ui.driving import go, press, running, saved, screen_text, the_app, told, until, write

SURGERY = "Right knee arthroscopy with partial medial meniscectomy"
UNIT = "Associated surgical service: Cold therapy unit, 7 day rental"
DECISION = Stage("decision", 1)
UPHELD = (
    f"This item depends on the request for {SURGERY}. That request is not medically necessary, so "
    f"this item serves no purpose. Therefore, the request for {UNIT} is not medically necessary."
)
OVERTURNED = (
    f"This item depends on the request for {SURGERY}. That request is medically necessary, and "
    f"this item is a usual part of it. Therefore, the request for {UNIT} is medically necessary."
)


@pytest.fixture
def surgery(folder: Folder) -> Folder:
    """The folder with a case of surgery and a cold unit; the surgery is upheld."""
    case = on_disk(folder)
    for _ in case.items:
        case = edits.remove_item(case, 0)
    case = edits.add_item(edits.add_item(case, SURGERY), UNIT)
    put(folder, edits.set_decision(case, 0, "upheld"))
    return folder


@pytest.mark.slow
@pytest.mark.parametrize(
    ("decision", "sentence"),
    [("upheld", UPHELD), ("overturned", OVERTURNED)],
    ids=["upheld", "overturned"],
)
async def test_one_key_decides_and_inserts_and_one_undo_takes_both_back(
    surgery: Folder, make_app: MakeApp, decision: Outcome, sentence: str
) -> None:
    put(surgery, edits.set_decision(on_disk(surgery), 0, decision))
    file = surgery.path / f"{FRESH}.toml"
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, DECISION, types=False)
        await saved(pilot)
        before = file.read_bytes()
        await press(pilot, "d")
        await until(pilot, lambda: f"now {decision} like item 1" in screen_text(the_app(pilot)))
        await saved(pilot)
        item = on_disk(surgery).items[1]
        assert (item.decision, item.follows, item.rationale) == (decision, 1, sentence)
        await press(pilot, "ctrl+z")
        await saved(pilot)
        assert file.read_bytes() == before
        await press(pilot, "ctrl+y")
        await saved(pilot)
    assert on_disk(surgery).items[1] == item


async def test_the_sentence_is_added_to_a_text_once(surgery: Folder, make_app: MakeApp) -> None:
    written = "A unit was requested.\n\nIt is rented."
    put(surgery, edits.set_rationale(on_disk(surgery), 1, written))
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await go(pilot, DECISION, types=False)
        await press(pilot, "d")
        await until(pilot, lambda: "now upheld like item 1" in screen_text(app))
        await press(pilot, "d")
        await until(pilot, lambda: "already upheld like item 1" in screen_text(app))
        await press(pilot, "i")
        await write(pilot, "!")
        await saved(pilot)
    assert on_disk(surgery).items[1].rationale == f"{written} {UPHELD}!"


async def test_a_blank_of_the_reviewers_own_phrase_is_selected(
    surgery: Folder, make_app: MakeApp
) -> None:
    save_phrases(surgery, (Phrase("derivative", "With *** the rest falls."),))
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, DECISION, types=False)
        await press(pilot, "d")
        await until(pilot, lambda: "now upheld" in screen_text(the_app(pilot)))
        await press(pilot, "i", "tab")
        await write(pilot, "it")
        await saved(pilot)
    assert on_disk(surgery).items[1].rationale == "With it the rest falls."


@pytest.mark.parametrize(
    ("case", "says"),
    [
        ("undecided", "Item 1, which this item follows, has no decision yet."),
        ("alone", "This item follows no other. Press e to enter the item it follows."),
    ],
)
async def test_a_hint_says_why_the_key_does_nothing(
    surgery: Folder, make_app: MakeApp, case: str, says: str
) -> None:
    now = on_disk(surgery)
    if case == "undecided":
        put(surgery, edits.set_decision(now, 0, None))
    else:
        put(surgery, edits.set_item_line(now, 1, "request", "Norco #60"))
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await go(pilot, DECISION, types=False)
        before = app.open_case
        await press(pilot, "d")
        await until(pilot, lambda: says in screen_text(app))
        assert app.open_case == before


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[[phrase]]\nname = "derivative"\ntext = "{oops}"\n', "line 3: .derivative has"),
        (
            '[[phrase]]\nname = "derivative"\nfields = ["summary"]\ntext = "x"\n',
            "The phrase .derivative cannot be used in a rationale. Nothing was changed.",
        ),
    ],
)
async def test_without_its_phrase_the_key_changes_nothing(
    surgery: Folder, make_app: MakeApp, text: str, says: str
) -> None:
    (make_account_folder(surgery.path) / FILE).write_text(text)
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await go(pilot, DECISION, types=False)
        before = app.open_case
        await press(pilot, "d")
        assert says in told(pilot)
        assert app.open_case == before


async def test_in_the_text_the_key_is_a_letter(surgery: Folder, make_app: MakeApp) -> None:
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await go(pilot, DECISION, types=False)
        assert isinstance(app.screen, DecisionScreen)
        await press(pilot, "i", "d")
        assert app.open_case.items[1].rationale == "d"
        assert app.open_case.items[1].decision is None
