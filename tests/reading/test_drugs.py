"""Drugs: found by any of their names, in their classes, and a table without faults."""

from collections import Counter
from importlib.resources import files
from itertools import permutations

import pytest
from hypothesis import given, strategies as st

from imr_tui.reading.drugs.drug_table import (
    Drug,
    class_words,
    known_drugs,
    ordinary_words,
    similar_words,
)
from imr_tui.reading.drugs.drugs import classes_named, drugs, is_drug_suffix, is_of, same, words
from tests.rows import each_row
from tests.strategies import raw_texts

_NAMES = [name for drug in known_drugs() for name in (*drug.names, drug.generic)]
_BETWEEN = [" ", "/", "-", " with ", ", ", "\n", ". ", " 10 mg/", " HCl ", "x", "s", "#", ""]

_letters = st.lists(
    st.sampled_from(_NAMES) | st.sampled_from(_BETWEEN) | raw_texts, max_size=12
).map("".join)
"""Texts with many drugs, and with what is almost one."""


def _found(text: str) -> list[tuple[str, str]]:
    """The generic names of the drugs in `text`, each with the words it is named by."""
    return [(mention.drug.generic, text[slice(*mention.span)]) for mention in drugs(text)]


def _generics(text: str) -> list[str]:
    return [generic for generic, _ in _found(text)]


def _drug(generic: str) -> Drug:
    return next(drug for drug in known_drugs() if drug.generic == generic)


# In a text


@each_row(
    ("text", "generic"),
    [
        ("Flexeril 7.5mg #90", "cyclobenzaprine"),
        ("FEXMID", "cyclobenzaprine"),
        ("Prescription drug, brand name (Soma), 350 mg", "carisoprodol"),
        ("Norco's effect", "hydrocodone-acetaminophen"),
        ("several Norcos a day", "hydrocodone-acetaminophen"),
        ("Percocet® 10/325", "oxycodone-acetaminophen"),
        ("MS Contin", "morphine"),
        ("MS\nContin", "morphine"),
        ("ketoprophen", "ketoprofen"),
        ("Trazadone 50 mg", "trazodone"),
        ("Tylenol", "acetaminophen"),
        ("Tylenol 3 times daily", "acetaminophen"),
        ("Tylenol #3", "codeine-acetaminophen"),
        ("Tylenol#3", "codeine-acetaminophen"),
        ("Tylenol No. 3", "codeine-acetaminophen"),
        ("Tylenol with Codeine", "codeine-acetaminophen"),
        ("Voltaren XR", "diclofenac"),
        ("Voltaren 1% gel", "diclofenac topical"),
        ("diclofenac sodium gel", "diclofenac topical"),
        ("Lidoderm 5% patches", "lidocaine topical"),
        ("lidocaine 5% patches", "lidocaine topical"),
        ("1% lidocaine", "lidocaine"),
        ("sodium hyaluronate", "hyaluronate"),
        ("Nurtec ODT", "rimegepant"),
        ("JOURNAVX 50 mg", "suzetrigine"),
        ("Zantac 360", "famotidine"),
        ("Zantac", "ranitidine"),
        ("Prudoxin", "doxepin topical"),
        ("Solaraze", "diclofenac skin gel"),
        ("Gel-One", "hyaluronate"),
        ("GEL-ONE injection", "hyaluronate"),
        ("topical ketamine", "ketamine topical"),
        ("tramadol and celecoxib", "celecoxib-tramadol"),
    ],
)
def test_a_name_finds_its_drug(text: str, generic: str) -> None:
    assert _generics(text) == [generic]


@each_row(
    ("text", "generic", "named"),
    [
        ("Hydrocodone/Acetaminophen 10/325", "hydrocodone-acetaminophen", ""),
        ("hydrocodone-acetaminophen tablets", "hydrocodone-acetaminophen", ""),
        ("hydrocodone acetaminophen", "hydrocodone-acetaminophen", ""),
        ("hydrocodone bitartrate/acetaminophen", "hydrocodone-acetaminophen", ""),
        ("hydrocodone-\nacetaminophen", "hydrocodone-acetaminophen", ""),
        ("acetaminophen/hydrocodone", "hydrocodone-acetaminophen", ""),
        ("Hydrocodone/APAP 10/325", "hydrocodone-acetaminophen", "Hydrocodone/APAP"),
        ("oxycodone HCl/APAP", "oxycodone-acetaminophen", "oxycodone HCl/APAP"),
        ("acetaminophen w/ codeine", "codeine-acetaminophen", ""),
        ("naproxen 375 mg/esomeprazole 20 mg", "naproxen-esomeprazole", ""),
        ("butalbital-acetaminophen-caffeine", "butalbital-acetaminophen-caffeine", ""),
        ("capsaicin/menthol/methyl salicylate", "methyl salicylate-menthol-capsaicin", ""),
        ("menthol/lidocaine patch", "lidocaine-menthol", "menthol/lidocaine patch"),
    ],
)
def test_joined_parts_are_their_combination(text: str, generic: str, named: str) -> None:
    [(found, by)] = _found(text)
    assert found == generic
    assert by == named or (not named and text.startswith(by))


@pytest.mark.parametrize(
    ("text", "generics"),
    [
        ("naproxen, esomeprazole", ["naproxen", "esomeprazole"]),
        ("naproxen\nesomeprazole", ["naproxen", "esomeprazole"]),
        ("naproxen. Esomeprazole", ["naproxen", "esomeprazole"]),
        ("naproxen and esomeprazole", ["naproxen", "esomeprazole"]),
        ("naproxen/tizanidine", ["naproxen", "tizanidine"]),
        ("Norco/Vicodin", ["hydrocodone-acetaminophen"] * 2),
        ("Norco (hydrocodone/APAP)", ["hydrocodone-acetaminophen"] * 2),
        ("Soma, then Norco; Soma", ["carisoprodol", "hydrocodone-acetaminophen", "carisoprodol"]),
    ],
)
def test_each_mention_is_found_in_order(text: str, generics: list[str]) -> None:
    assert _generics(text) == generics


@each_row(
    "text",
    [
        *(
            "",
            "some",
            "norm",
            "somatic",
            "psychosomatic",
            "soma2",
            "Norcom",
            "opanal",
            "MS",
            "APAP",
        ),
        *(
            "an APAP machine",
            "the ultra thin pad",
            "lithium battery",
            "the gel one day",
            "a prolate shape",
            "vitamin",
            "polyethylene",
        ),
        *("methyl", "MS. They contin", "opioid", "NSAID"),
    ],
)
def test_other_words_are_no_drug(text: str) -> None:
    assert drugs(text) == ()


@each_row("drug", known_drugs())
def test_every_name_of_the_table_is_found_whole(drug: Drug) -> None:
    for name in (drug.generic, *drug.names):
        for text in (name, name.upper()):
            assert _found(text) == [(drug.generic, text)]


@each_row("drug", [drug for drug in known_drugs() if drug.is_combination])
def test_the_parts_are_found_in_any_order(drug: Drug) -> None:
    for parts in permutations(drug.parts):
        text = "/".join(parts)
        assert _found(text) == [(drug.generic, text)]


@given(_letters)
def test_a_mention_is_a_name_where_it_stands(text: str) -> None:
    free = 0
    for mention in drugs(text):
        first, after = mention.span
        assert free <= first < after <= len(text)
        assert not text[first - 1 : first].isalnum()
        assert not text[after : after + 1].isalnum() or text[after - 1] == "#"
        assert _found(text[first:after]) == [(mention.drug.generic, text[first:after])]
        free = after


@given(_letters, st.sampled_from([drug.generic for drug in known_drugs()]))
def test_more_text_adds_to_what_is_found(text: str, generic: str) -> None:
    assert _generics(f"{text}; and {generic}; and {text}") == [
        *_generics(text),
        generic,
        *_generics(text),
    ]


@pytest.mark.parametrize("piece", ["Norco/", "hydrocodone ", "tylenol ", " ", "-", "1.", "methyl "])
def test_a_long_text_is_read_to_its_end(piece: str) -> None:
    text = piece * 5_000 + "; Soma"
    assert _generics(text)[-1] == "carisoprodol"


# Classes


@each_row(
    ("text", "classes"),
    [
        ("", set()),
        ("Norco", set()),
        ("an opioid", {"opioid"}),
        ("Opiates and NSAIDs", {"opioid", "NSAID"}),
        ("non-steroidal anti-inflammatory drugs", {"NSAID"}),
        ("a PPI or an H2-blocker", {"proton pump inhibitor", "H2 blocker"}),
        ("muscle\nrelaxants", {"muscle relaxant"}),
        ("antispasmodics", {"muscle relaxant"}),
        ("an opioid antagonist", {"opioid antagonist"}),
        ("opioid analgesics", {"opioid"}),
        ("topical NSAIDs", {"topical analgesic", "NSAID"}),
        ("topical steroid", {"corticosteroid"}),
        ("tricyclic antidepressants", {"antidepressant"}),
        ("epidural steroid injection", {"corticosteroid"}),
        ("to supplement therapy; a muscle; H2; diabetes; erectile dysfunction", set()),
    ],
)
def test_a_class_is_named_by_its_words(text: str, classes: set[str]) -> None:
    assert classes_named(text) == classes


def test_every_class_word_names_its_class() -> None:
    for kind, names in class_words().items():
        for name in names:
            assert kind in classes_named(f"the {name}.")


@pytest.mark.parametrize(
    ("generic", "classes", "expected"),
    [
        ("tramadol", ["opioid"], True),
        ("tramadol", ["NSAID", "opioid"], True),
        ("tramadol", ["NSAID"], False),
        ("tramadol", [], False),
        ("ketoprofen", ["topical analgesic"], False),
        ("temazepam", ["hypnotic"], True),
        ("trazodone", ["hypnotic"], True),
        ("omega-3", ["lipid drug"], True),
        ("diclofenac skin gel", ["topical analgesic"], False),
        ("doxepin topical", ["hypnotic"], False),
    ],
)
def test_a_drug_is_of_its_classes(generic: str, classes: list[str], expected: bool) -> None:
    assert is_of(_drug(generic), *classes) is expected


# Sameness


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("tramadol", "tramadol", True),
        ("tramadol", "tramadol-acetaminophen", True),
        ("diclofenac", "diclofenac topical", True),
        ("diclofenac topical", "diclofenac-misoprostol", True),
        ("lidocaine topical", "lidocaine-menthol", True),
        ("lidocaine topical", "diclofenac topical", False),
        ("tramadol", "tapentadol", False),
        ("tramadol-acetaminophen", "oxycodone-acetaminophen", False),
    ],
)
def test_a_drug_is_the_same_as_itself_and_its_parts(one: str, other: str, expected: bool) -> None:
    assert same(_drug(one), _drug(other)) is expected
    assert same(_drug(other), _drug(one)) is expected


# The table


def test_the_table_is_long_in_order_and_plain() -> None:
    generics = [drug.generic for drug in known_drugs()]
    assert len(generics) >= 600
    assert generics == sorted(generics)
    assert all(generic == generic.lower() for generic in generics)
    assert (
        files("imr_tui.reading").joinpath("drugs/drugs.toml").read_text(encoding="utf-8").isascii()
    )


def test_no_name_stands_twice() -> None:
    names = (name for drug in known_drugs() for name in {drug.generic, *drug.names})
    counts = Counter(words(name) for name in names)
    assert [name for name, count in counts.items() if count > 1] == []


def test_every_drug_is_of_listed_classes_and_every_class_has_a_drug() -> None:
    assert {kind for drug in known_drugs() for kind in drug.classes} == set(class_words())
    assert all(drug.classes for drug in known_drugs())


ROUTES = {
    *("oral", "topical", "patch", "injection", "inhaled", "nasal", "rectal", "intrathecal", "eye")
}


def test_every_drug_is_given_by_a_known_route() -> None:
    assert {route for drug in known_drugs() for route in drug.routes} == ROUTES
    assert _drug("gabapentin").routes == ("oral",)
    assert "patch" in _drug("lidocaine topical").routes


def test_an_ordinary_word_is_a_name_only_as_it_is_written() -> None:
    for name in ordinary_words():
        assert [by for _, by in _found(f"{name}; {name.upper()}")] == [name, name.upper()]
        assert drugs(name.lower()) == ()


def test_no_similar_word_is_a_name() -> None:
    assert similar_words().isdisjoint(name.lower() for drug in known_drugs() for name in drug.names)


@each_row(
    ("text", "word", "expected"),
    [
        ("Nortriptyline HCL 25mg", "HCL", True),
        ("Nurtec ODT", "ODT", True),
        ("Zelvira XR 50 mg", "XR", True),
        ("the ER was full", "ER", False),
        ("Nortriptyline and the HCL", "HCL", False),
        ("Norco CBC", "CBC", False),
    ],
)
def test_a_suffix_belongs_to_a_drug(text: str, word: str, expected: bool) -> None:
    start = text.index(word)
    assert is_drug_suffix(text, start, start + len(word)) is expected


def test_parts_are_drugs_of_their_own() -> None:
    whole = {drug.generic for drug in known_drugs() if not drug.parts}
    assert {part for drug in known_drugs() for part in drug.parts} <= whole


def test_a_combination_is_called_by_its_parts_and_is_the_only_one_of_them() -> None:
    combinations = [drug for drug in known_drugs() if drug.is_combination]
    assert [drug.generic for drug in combinations] == [
        "-".join(drug.parts) for drug in combinations
    ]
    counts = Counter(frozenset(drug.parts) for drug in combinations)
    assert set(counts.values()) == {1}
