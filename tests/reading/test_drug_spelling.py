"""Misspelled drugs: known misspellings and near misses, but no words of the language."""

import pytest
from hypothesis import given, strategies as st

from imr_tui.reading.drugs.drug_spelling import misspelled_drugs
from imr_tui.reading.drugs.drug_table import known_drugs, similar_words
from tests.rows import each_row
from tests.strategies import raw_texts

LONG = [
    name
    for drug in known_drugs()
    for name in drug.spellings
    if name.isalpha() and name.islower() and len(name) >= 9
]


def _meant(text: str) -> list[tuple[str, str]]:
    return [(found.word, found.name) for found in misspelled_drugs(text)]


@each_row(
    ("text", "found"),
    [
        ("Tramdol 50mg", [("Tramdol", "tramadol")]),
        ("Norcco 10/325 mg", [("Norcco", "Norco")]),
        ("Noroc 10/325 mg", [("Noroc", "Norco")]),
        ("Sooma 350 mg", [("Sooma", "Soma")]),
        ("Percoset", [("Percoset", "Percocet")]),
        ("gabapentine and naproxyn", [("gabapentine", "gabapentin"), ("naproxyn", "naproxen")]),
        ("hydrocodne", [("hydrocodne", "hydrocodone")]),
        ("cyclobenzapirne", [("cyclobenzapirne", "cyclobenzaprine")]),
        ("methylpredniselon", [("methylpredniselon", "methylprednisolone")]),
        ("Symbicrot joins two drugs", [("Symbicrot", "Symbicort")]),
    ],
)
def test_a_misspelling_is_found_with_the_right_name(
    text: str, found: list[tuple[str, str]]
) -> None:
    assert _meant(text) == found


@each_row(
    "text",
    [
        *("", "tramadol", "Norcos", "SOMA", "gabapentin, cephalexin", "paracetamol"),
        *("some", "soda 350 ml", "a coma", "iodine", "lyrics", "ambient", "the motion", "requires"),
        *("norco@example.com", "nortriptyline-like", "prednisone and prednisolone"),
        *("a short sooma", "nitrazepam", "enoxaparin sodium"),
    ],
)
def test_other_words_are_no_misspelling(text: str) -> None:
    assert misspelled_drugs(text) == ()


def test_no_listed_word_is_a_misspelling() -> None:
    assert misspelled_drugs(" ".join(sorted(similar_words()))) == ()


def test_no_name_is_a_misspelling_of_another() -> None:
    for drug in known_drugs():
        assert misspelled_drugs("; ".join(drug.spellings)) == ()


def test_every_listed_misspelling_is_found() -> None:
    for drug in known_drugs():
        for wrong in drug.misspelled:
            [found] = misspelled_drugs(f"He took {wrong} daily.")
            assert (found.drug, found.is_certain) == (drug, True)
            assert found.name in drug.spellings


@pytest.mark.parametrize(
    ("text", "certain"),
    [("Ambein", False), ("Ambein 10 mg", True), ("Botxo #2", True), ("zolpidm", True)],
)
def test_a_short_name_is_certain_with_a_dose(text: str, certain: bool) -> None:
    [found] = misspelled_drugs(text)
    assert found.is_certain is certain


@given(st.sampled_from(LONG), st.data())
def test_swapped_letters_of_a_long_name_are_found(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(name) - 2))
    wrong = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    found = misspelled_drugs(wrong)
    right = {each for drug in known_drugs() for each in drug.names}
    assert found or wrong in right


@given(raw_texts)
def test_a_misspelling_is_a_word_of_the_text(text: str) -> None:
    for found in misspelled_drugs(text):
        assert text[slice(*found.span)] == found.word


@pytest.mark.parametrize("piece", ["tramdol ", "norcc ", "aaaa ", "tramado", "Soma 1 "])
def test_a_long_text_is_read_to_its_end(piece: str) -> None:
    assert _meant(piece * 5_000 + "; Tramdol 50mg")[-1] == ("Tramdol", "tramadol")
