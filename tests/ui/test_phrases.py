"""Phrases in the texts of a case: inserted by name or from the list, filled in, and undone."""

import random
from pathlib import Path

import pytest

from imr_tui.domain.workflow import Place, Stage
from imr_tui.model import edits
from imr_tui.phrases.phrase import Phrase
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.account_folder import make_account_folder
from imr_tui.store.config.phrase_files import FILE, own_phrases, save_phrases
from imr_tui.ui.stages.stage import StageScreen
from imr_tui.ui.widgets.prose import Prose
from tests.ui.conftest import FRESH, MakeApp, on_disk, put
from tests.ui.driving import go, press, rest, running, saved, screen_text, the_app, until, write

SUMMARY, DECISION = Stage("summary"), Stage("decision", 0)
RATIONALE = Place("rationale", 0)
OWN = (
    Phrase("weak", "Grip is *** and the {left|right} side is weak."),
    Phrase("close", "{request} is {decision}."),
    Phrase("only-summary", "For a summary.", ("summary",)),
)


@pytest.fixture
def own(folder: Folder) -> Folder:
    """The folder with phrases of the reviewer, and a case with a blank rationale."""
    save_phrases(folder, OWN)
    put(folder, edits.set_rationale(on_disk(folder), 0, ""))
    return folder


def prose(app: object) -> Prose:
    assert isinstance(app.screen, StageScreen)  # type: ignore[attr-defined]
    entry = app.screen.entry  # type: ignore[attr-defined]
    assert isinstance(entry, Prose)
    return entry


async def test_a_name_and_tab_insert_the_phrase_and_walk_its_blanks(
    own: Folder, make_app: MakeApp
) -> None:
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await go(pilot, DECISION, RATIONALE)
        await write(pilot, "First. .weak")
        await press(pilot, "tab")
        assert prose(app).text == "First. Grip is *** and the {left|right} side is weak."
        assert prose(app).selected_text == "***"
        await write(pilot, "poor")
        await press(pilot, "tab")
        assert prose(app).selected_text == "{left|right}"
        await press(pilot, "down", "down")
        assert prose(app).selected_text == "right"
        await press(pilot, "up")
        assert prose(app).selected_text == "left"
        await saved(pilot)
    assert on_disk(own).items[0].rationale == "First. Grip is poor and the left side is weak."


async def test_shift_tab_goes_back_and_the_values_come_from_the_case(
    own: Folder, make_app: MakeApp
) -> None:
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await go(pilot, DECISION, RATIONALE)
        await write(pilot, "*** then *** .close")
        await press(pilot, "tab")
        item = app.open_case.items[0]
        assert prose(app).text == f"*** then *** {item.request} is {item.decision or '***'}."
        prose(app).move_cursor((0, 5))
        await press(pilot, "shift+tab")
        assert prose(app).span == (0, 3)
        await press(pilot, "tab")
        assert prose(app).span == (9, 12)


async def test_one_undo_takes_an_insertion_back(own: Folder, make_app: MakeApp) -> None:
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await go(pilot, DECISION, RATIONALE)
        await write(pilot, "Before .weak")
        await press(pilot, "tab", "ctrl+z")
        assert prose(app).text == "Before .weak"


async def test_an_insertion_is_a_step_apart_from_what_is_typed_around_it(
    own: Folder, make_app: MakeApp
) -> None:
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await go(pilot, DECISION, RATIONALE)
        await write(pilot, "ab")
        assert prose(app).put("z", (2, 2))
        await write(pilot, "cd")
        await press(pilot, "ctrl+z")
        assert prose(app).text == "abz"
        await press(pilot, "ctrl+z")
        assert prose(app).text == "ab"


async def test_an_unknown_name_changes_neither_text_nor_focus(
    own: Folder, make_app: MakeApp
) -> None:
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await go(pilot, DECISION, RATIONALE)
        await write(pilot, "Then .wek")
        text = prose(app)
        await press(pilot, "tab")
        assert text.text == "Then .wek"
        assert app.focused is text
        await until(pilot, lambda: "Similar: .weak" in screen_text(app))
        await press(pilot, "ctrl+u")
        await write(pilot, ".only-summary")
        await press(pilot, "tab")
        assert text.text.endswith(".only-summary")
        await until(pilot, lambda: "No phrase .only-summary for this text." in screen_text(app))


async def test_tab_moves_on_where_there_is_no_name_and_no_blank(
    own: Folder, make_app: MakeApp
) -> None:
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await go(pilot, DECISION, RATIONALE)
        await write(pilot, "Given 0.5 mg q.d.")
        text = prose(app)
        await press(pilot, "tab")
        assert text.text == "Given 0.5 mg q.d."
        assert app.focused is not text


@pytest.mark.slow
async def test_a_period_and_tab_list_the_phrases(own: Folder, make_app: MakeApp) -> None:
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await go(pilot, DECISION, RATIONALE)
        await write(pilot, "Then .")
        await press(pilot, "tab")
        await until(pilot, lambda: ".weak  (yours)" in screen_text(app))
        assert ".only-summary" not in screen_text(app)
        await write(pilot, "grip")
        await press(pilot, "enter")
        assert prose(app).text == "Then Grip is *** and the {left|right} side is weak."
        assert prose(app).selected_text == "***"
        await write(pilot, "weak")
        await saved(pilot)
    assert on_disk(own).items[0].rationale.startswith("Then Grip is weak and")


async def test_esc_closes_the_list_and_leaves_text_and_focus(
    own: Folder, make_app: MakeApp
) -> None:
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await go(pilot, DECISION, RATIONALE)
        await write(pilot, "Then .")
        text = prose(app)
        await press(pilot, "tab")
        await until(pilot, lambda: ".weak  (yours)" in screen_text(app))
        await press(pilot, "escape")
        assert text.text == "Then ."
        assert app.focused is text


async def test_a_period_outside_a_text_lists_them_too(own: Folder, make_app: MakeApp) -> None:
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await go(pilot, SUMMARY, types=False)
        before = on_disk(own).summary.text
        await press(pilot, ".")
        await write(pilot, "only-sum")
        await press(pilot, "enter")
        assert "For a summary." in prose(app).text
        assert len(prose(app).text) == len(before) + len("For a summary.")


async def test_a_faulty_file_is_named_with_its_line_and_nothing_is_inserted(
    own: Folder, make_app: MakeApp
) -> None:
    file = make_account_folder(own.path) / FILE
    file.write_text('[[phrase]]\nname = "weak"\ntext = "{oops}"\n')
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await go(pilot, DECISION, RATIONALE)
        await write(pilot, ".weak")
        await press(pilot, "tab")
        assert prose(app).text == ".weak"
        said = " ".join(each.message for each in app._notifications)
        assert f"{Path(FILE)}, line 3: .weak has" in said
        assert "Its phrases were not used." in said


async def test_a_blank_blocks_the_letter(own: Folder, make_app: MakeApp) -> None:
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await go(pilot, DECISION, RATIONALE)
        await write(pilot, ".weak")
        await press(pilot, "tab")
        await until(pilot, lambda: any(each.rule.id == "IMR111" for each in app.findings or ()))


async def test_selected_words_become_a_phrase_with_two_keys(own: Folder, make_app: MakeApp) -> None:
    put(own, edits.set_rationale(on_disk(own), 0, "Six visits on 10/14/2016 helped little."))
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await go(pilot, DECISION, RATIONALE)
        prose(app).select((0, 39))
        await press(pilot, "escape", "k")
        await until(pilot, lambda: "Keep as a phrase" in screen_text(app))
        assert "*** visits on *** helped little." in screen_text(app)
        await press(pilot, "enter")
        await until(pilot, lambda: "Type .visits-on-helped-little" in screen_text(app))
    assert own_phrases(own)[-1] == Phrase(
        "visits-on-helped-little", "*** visits on *** helped little."
    )
    assert len(own_phrases(own)) == len(OWN) + 1


async def test_a_name_that_is_taken_or_no_name_stays_in_its_field(
    own: Folder, make_app: MakeApp
) -> None:
    put(own, edits.set_rationale(on_disk(own), 0, "Some words."))
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await go(pilot, DECISION, RATIONALE)
        await press(pilot, "escape", "k")
        await until(pilot, lambda: "Select the words first" in screen_text(app))
        prose(app).select((0, 4))
        await press(pilot, "k", "ctrl+u")
        await write(pilot, "weak")
        await press(pilot, "enter")
        await until(pilot, lambda: "You have a phrase .weak." in screen_text(app))
        await press(pilot, "ctrl+u")
        await write(pilot, "7up")
        await press(pilot, "enter")
        await until(pilot, lambda: "2 to 32 letters" in screen_text(app))
    assert own_phrases(own) == OWN


def random_phrases(rng: random.Random) -> tuple[Phrase, ...]:
    """Phrases with everything that their texts can have in them."""
    parts = (
        "word ",
        "é\u0301 ",
        "漢字",
        "***",
        "{a|b|}",
        "{age}",
        "{request}",
        "\n",
        "\t",
        "  ",
        ".",
    )
    leaf = Phrase("leaf-x", "leaf {left|right}")
    return leaf, *(
        Phrase(f"p{at}", "".join(rng.choices((*parts, "{.leaf-x}"), k=rng.randint(1, 12))) + "x")
        for at in range(19)
    )


@pytest.mark.slow
async def test_one_undo_takes_back_each_of_500_phrases_at_any_place(
    own: Folder, make_app: MakeApp
) -> None:
    rng = random.Random(7)
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, DECISION, RATIONALE)
        text = prose(the_app(pilot))
        for _ in range(25):
            phrases = random_phrases(rng)
            save_phrases(own, phrases)
            words = "".join(rng.choices("ab é漢.*-5 \n\t", k=60))
            for phrase in phrases:
                before = with_name(text, words, phrase, rng)
                assert the_app(pilot).parts.phrases.take_key(text, "tab")
                assert text.text != before
                text.undo()
                assert text.text == before


@pytest.mark.slow
async def test_one_undo_restores_the_bytes_of_the_file(own: Folder, make_app: MakeApp) -> None:
    rng = random.Random(8)
    file = own.path / f"{FRESH}.toml"
    phrases = random_phrases(rng)
    save_phrases(own, phrases)
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, DECISION, RATIONALE)
        text = prose(the_app(pilot))
        for phrase in phrases[:5]:
            with_name(text, "A é漢 *** {a|b}\n\n\tand more. ", phrase, rng)
            await rest(the_app(pilot))
            await saved(pilot)
            before = file.read_bytes()
            await press(pilot, "tab")
            await saved(pilot)
            assert file.read_bytes() != before
            await press(pilot, "ctrl+z")
            await saved(pilot)
            assert file.read_bytes() == before


def with_name(text: Prose, words: str, phrase: Phrase, rng: random.Random) -> str:
    """Put words and the name of a phrase somewhere in them into `text`, the cursor behind it."""
    at = rng.randrange(len(words) + 1)
    before = f"{words[:at]} .{phrase.name}{words[at:]}"
    text.put(before, (0, len(text.text)))
    text.select((at + 2 + len(phrase.name),) * 2)
    return before


@pytest.mark.slow
async def test_tab_behind_a_sentence_expands_nothing(own: Folder, make_app: MakeApp) -> None:
    save_phrases(own, tuple(Phrase(name, "x") for name in ("mg", "the", "and", "org", "pain")))
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await go(pilot, DECISION, RATIONALE)
        for sentence in ("Take .5 mg", "Given q.d.", "See e.g.", "Pain at L4-5.", "The end. "):
            text = prose(app)
            text.put(sentence, (0, len(text.text)))
            await press(pilot, "tab")
            assert text.text == sentence
            assert app.focused is not text
            await press(pilot, "i")
