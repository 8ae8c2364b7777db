"""Phrases, spelling and recall by command: what each makes of the case on the disk."""

from pathlib import Path

import pytest

from imr_tui.model.case import Case
from imr_tui.phrases.phrase import Phrase
from imr_tui.plain.pages.decision import DecisionPage
from imr_tui.plain.pages.summary import SummaryPage
from imr_tui.plain.session import PlainSession
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.phrase_files import own_phrases, save_phrases
from imr_tui.store.config.word_file import own_words
from imr_tui.store.spelling.hunspell import Hunspell
from imr_tui.store.spelling.speller import NOT_INSTALLED, Speller
from tests.builders import MTUS, OTHER, a_complete_case, an_item
from tests.plain.talking import MakePage, Talk, put, talk
from tests.spelling.fakes import answering

WRONG = "The swolen neck, the tendr back and the qqqq."
REQUEST = "MRI of the lumbar spine"


def item(index: int = 0) -> MakePage:
    return lambda session: DecisionPage(session, index)


@pytest.fixture
def folder(cases: Path) -> Folder:
    """A folder with a case of one item, and two phrases of the reviewer."""
    folder = put(Folder(cases), with_rationale("It is early."))
    own = (
        Phrase("mine", "Asked on {ur-date}: {left|right} side, *** visits."),
        Phrase("only-summary", "In short.", fields=("summary",)),
    )
    save_phrases(folder, own)
    return folder


def with_rationale(text: str) -> Case:
    return a_complete_case((an_item(REQUEST, rationale=text),))


def rationale(done: Talk) -> str:
    return done.case.items[0].rationale


# ── Phrases ──────────────────────────────────────────────────────────────────────────────────


def test_a_phrase_is_inserted_by_its_name_with_the_values_of_the_case(folder: Folder) -> None:
    done = talk(folder, item(), "phrase not-necessary")
    added = f"Therefore, the request for {REQUEST} is not medically necessary."
    assert rationale(done) == f"It is early. {added}"
    assert f"Inserted: {added}" in done.said
    assert rationale(talk(folder, item(), "undo")) == f"It is early. {added}"


def test_a_phrase_is_inserted_after_a_sentence(folder: Folder) -> None:
    put(folder, with_rationale("One. Two."))
    assert rationale(talk(folder, item(), "phrase .mine 1")) == (
        "One. Asked on ***: {left|right} side, *** visits. Two."
    )


def test_a_list_of_phrases_takes_a_number(folder: Folder) -> None:
    done = talk(folder, item(), "phrases visits side", "1")
    assert "1. mine (yours): Asked on {ur-date}: {left|right} side, *** visits." in done.said
    assert "{left|right} side" in rationale(done)
    assert rationale(talk(folder, item(), "phrases visits side", "")) == rationale(done)


def test_phrases_are_those_for_the_text(folder: Folder) -> None:
    done = talk(folder, item(), "phrase only-summary", "phrases zzz")
    assert done.errors[0].startswith("No phrase only-summary for this text.")
    assert done.errors[1] == "No phrase for this text has these words."
    summary = talk(folder, SummaryPage, "phrase only-summary").case.summary.text
    assert summary.endswith("In short.")


def test_similar_names_are_said(folder: Folder) -> None:
    done = talk(folder, item(), "phrase not-necesary", "phrase", "phrase mine 9")
    assert done.errors[0] == (
        "No phrase not-necesary for this text. Similar: not-necessary, necessary."
    )
    assert done.errors[1].startswith("No phrase without a name for this text.")
    assert done.errors[2] == "The text has 1 sentence, so there is no 9. Nothing was inserted."
    assert rationale(done) == "It is early."


def test_blanks_are_filled_one_after_another(folder: Folder) -> None:
    done = talk(folder, item(), "phrase mine", "fill", "10/1/2026", "2", "", "fill", "6")
    assert rationale(done) == "It is early. Asked on 10/1/2026: right side, 6 visits."
    assert "The rationale of item 1 has 3 blanks: fill asks for the words." in done.said
    assert any(line.startswith("2 blanks left, in: Asked on 10/1/2026:") for line in done.said)
    assert "The rationale of item 1 has no blank." in talk(folder, item(), "fill").said


def test_a_choice_may_have_a_blank_in_it_or_no_words(folder: Folder) -> None:
    put(folder, with_rationale("He {rests|has ***}{ now|}. It ends."))
    done = talk(folder, item(), "fill", "2", "pain", "2")
    assert rationale(done) == "He has pain. It ends."
    assert "Filled in: nothing" in done.said


def test_sentences_are_kept_as_a_phrase(folder: Folder) -> None:
    put(folder, with_rationale("One. On 10/23/2013 he had 6 visits. Three."))
    done = talk(folder, item(), "keep 2 visits", "keep 1", "", "keep 3 mine", "keep 7")
    kept = {each.name: each.text for each in own_phrases(folder)}
    assert kept["visits"] == "On *** he had *** visits."
    assert kept["one"] == "One."
    assert "Dates, ages and amounts became ***, to be filled in each time." in done.said
    assert done.errors == [
        "You have a phrase .mine. Choose another name. Nothing was kept.",
        "The text has 3 sentences, so there is no 7.",
    ]


# ── Spelling ─────────────────────────────────────────────────────────────────────────────────


def spelled(session: PlainSession, place: Path) -> None:
    checker = session.checker
    checker.speller = Speller(
        checker._own_words, lambda error: None, lambda: Hunspell(answering(place), 60.0)
    )


def correct(folder: Folder, place: Path, *lines: str) -> Talk:
    put(folder, with_rationale(WRONG))
    return talk(folder, item(), *lines, prepare=lambda session: spelled(session, place))


def test_misspelled_words_are_replaced_one_after_another(folder: Folder, tmp_path: Path) -> None:
    done = correct(folder, tmp_path, "spelling", "1", "x", "w", "sore", "a")
    assert rationale(done) == "The swollen neck, the sore back and the qqqq."
    assert f"swolen, in: {WRONG}" in done.said
    assert "swolen was replaced by swollen." in done.said
    assert "No similar word is known." in done.said
    assert done.errors == ["Type one of these answers, or nothing to end."]
    assert own_words(folder) == {"qqqq"}
    assert "Added to your words: qqqq." in done.said
    assert "No other word is misspelled." in done.said


def test_a_word_is_left_as_it_is(folder: Folder, tmp_path: Path) -> None:
    assert rationale(correct(folder, tmp_path, "spelling", "n", "1", "")) == (
        "The swolen neck, the tender back and the qqqq."
    )


def test_a_name_of_a_party_is_no_word(folder: Folder, tmp_path: Path) -> None:
    case = with_rationale(WRONG)
    put(folder, case.but(parties=case.parties.but(employer="Qqqq Ltd")))
    done = talk(
        folder,
        item(),
        *("spelling", "n", "n", "a", ""),
        prepare=lambda session: spelled(session, tmp_path),
    )
    assert done.errors == [
        "This is a name of a party of the case, which no list of words may hold."
    ]
    assert own_words(folder) == frozenset()


def test_without_hunspell_the_reason_is_said(folder: Folder) -> None:
    put(folder, with_rationale(WRONG))
    assert talk(folder, item(), "spelling").errors == [NOT_INSTALLED]


# ── Recall ───────────────────────────────────────────────────────────────────────────────────

OLD = "CM25-0000009"
TEXT = "The worker is stable. He had 6 visits in March 2013. Therefore, it is not needed."


@pytest.fixture
def recalled(folder: Folder) -> Folder:
    """The folder with an earlier case about the same request."""
    old = a_complete_case((an_item(REQUEST, rationale=TEXT, citations=(MTUS, OTHER)),))
    return put(folder, old.but(particulars=old.particulars.but(number=OLD)))


def test_an_earlier_rationale_is_inserted_without_its_facts(recalled: Folder) -> None:
    done = talk(recalled, item(), "r", "1", "all", "n")
    assert rationale(done) == (
        "It is early.\n\nThe worker is stable. He had *** visits in ***. "
        "Therefore, it is not needed."
    )
    assert done.case.items[0].copied[0].case == OLD
    assert len(done.case.items[0].citations) == 1
    assert "Inserted 3 sentences at the end." in done.said
    assert "2. He had 6 visits in March 2013." in done.said
    undone = talk(recalled, item(), "r", "1", "all", "y", "undo")
    assert rationale(undone) == rationale(done)


def test_single_sentences_are_inserted_with_the_citations(recalled: Folder) -> None:
    done = talk(recalled, item(), "r stable", "1", "1 4", "3, 1", "y")
    assert rationale(done) == ("It is early.\n\nThe worker is stable. Therefore, it is not needed.")
    assert done.errors == ["There is no sentence 4. Type numbers from 1 to 3, or all."]
    assert [each.title for each in done.case.items[0].citations] == [MTUS.title, OTHER.title]


def test_nothing_is_inserted_without_a_choice(recalled: Folder) -> None:
    for lines in (("r", ""), ("r", "1", ""), ("r zzzz",)):
        assert rationale(talk(recalled, item(), *lines)) == "It is early."
    assert "No rationale of yours has these words." in talk(recalled, item(), "r zzzz").said


def test_a_folder_without_other_cases_has_none(folder: Folder) -> None:
    says = "No earlier rationale of yours yet. Those of your other cases appear here."
    assert says in talk(folder, item(), "r").said
