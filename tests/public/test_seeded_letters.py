"""The published letters with seeded parties: every name goes, and hardly any other word."""

import random
import re
from collections import Counter
from functools import cache

import pytest

from imr_tui.letter.parse.parser import parse
from imr_tui.letter.parse.round_trip import compare
from imr_tui.letter.public.public_copy import PublicCopy, public_copy
from imr_tui.letter.render.renderer import render
from imr_tui.model.case import Case, Parties
from tests.public import seeds
from tests.public.seeds import Seed, bare
from tests.test_letters import EXPECTED, case_in

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(not EXPECTED, reason="the published letters are not here"),
]

MOST_WRONG = 0.02
"""The words per letter that may be removed although they name nobody."""
FEW = sorted(EXPECTED)[:2]
"""The letters that every run of the tests reads."""
_SENTENCE_END = re.compile(r"(?<=[a-z]\.) (?=[A-Z])")
each_set = pytest.mark.parametrize("name", seeds.SETS)


def seeded(case: Case, name: str, chance: random.Random) -> Case:
    """The case with every sentence that names its parties, each in a random place."""
    texts = [case.summary.text, *(item.rationale for item in case.items)]
    added: list[list[str]] = [[] for _ in texts]
    for seed in of_set(name):
        added[chance.randrange(len(texts))].append(seed.text)
    texts = [inserted(text, new, chance) for text, new in zip(texts, added, strict=True)]
    items = (item.but(rationale=text) for item, text in zip(case.items, texts[1:], strict=True))
    summary = case.summary.but(text=texts[0])
    return case.but(parties=seeds.parties(name), summary=summary, items=tuple(items))


def inserted(text: str, sentences: list[str], chance: random.Random) -> str:
    """A text with more sentences between its own."""
    parts = _SENTENCE_END.split(text)
    for sentence in sentences:
        at = chance.randrange(len(parts))
        parts[at] += f" {sentence}"
    return " ".join(parts)


@cache
def copied(number: str, name: str) -> tuple[str, PublicCopy, Case]:
    """The letter of a seeded case, its copy, and the case."""
    case = seeded(case_in(number, "text"), name, random.Random(f"{number} {name}"))
    letter = render(case)
    return letter, public_copy(letter, case.parties), case


def of_set(name: str) -> list[Seed]:
    return [seed for _, whose, seed in seeds.forms() if whose == name]


def assert_all_removed(numbers: list[str], name: str) -> None:
    """Every name is removed from every letter, and too few other words to matter."""
    expected = Counter(word for seed in of_set(name) for word in seed.names)
    wrong = 0
    for number in numbers:
        _, copy, _ = copied(number, name)
        found = Counter(each.words for each in copy.removed)
        assert expected - found == Counter(), number
        wrong += sum(len(words.split()) for words in (found - expected).elements())
    assert wrong <= MOST_WRONG * len(numbers)


def assert_nothing_else_changed(number: str, name: str) -> None:
    """The copy has all characters of the letter in their order, but for the names."""
    letter, copy, case = copied(number, name)
    text = bare(letter)
    for seed in of_set(name):
        text = text.replace(bare(seed.text), seed.without)
    assert bare(copy.text) == text
    read = parse(copy.text, number)
    assert [item.decision for item in read.items] == [item.decision for item in case.items]
    assert compare(copy.text, read).is_equal


@each_set
def test_names_are_removed_from_letters(name: str) -> None:
    assert_all_removed(FEW, name)


@pytest.mark.slow
@each_set
def test_names_are_removed_from_all_letters(name: str) -> None:
    assert_all_removed(sorted(EXPECTED), name)


@each_set
def test_a_copy_of_a_letter_has_all_its_other_words(name: str) -> None:
    for number in FEW:
        assert_nothing_else_changed(number, name)


@pytest.mark.slow
@each_set
def test_a_copy_of_each_letter_has_all_its_other_words(name: str) -> None:
    for number in EXPECTED:
        assert_nothing_else_changed(number, name)


@pytest.mark.slow
@each_set
def test_nothing_is_removed_from_a_letter_that_names_nobody(name: str) -> None:
    for number in EXPECTED:
        letter = render(case_in(number, "text"))
        assert public_copy(letter, seeds.parties(name)) == (letter, ())


ORDINARY = [
    *(
        "Will Pain",
        "May Brace",
        "Grace Head",
        "Mark Back",
        "Hope Short",
        "Bill Long",
        "Faith Young",
    ),
    *("Art Walker", "Rose Hand", "Joy Foot", "Frank Heel", "Rich Best", "April Case", "June Page"),
    *("Dale State", "Summer Sample", "Norm Neer", "Gene Hawkins", "Ruby Norco", "Victor Therapy"),
    *("Carol White", "Jordan Smith", "Taylor Baker", "Morgan Brown", "Maria Cruz", "Austin Law"),
]
"""Names of which a part is also a word, a month, a sign, a drug or an author."""


@pytest.mark.slow
def test_ordinary_words_stay_whoever_is_called_so() -> None:
    letters = [render(case_in(number, "text")) for number in EXPECTED]
    for name in ORDINARY:
        parties = Parties(employee=name, adjuster=name, providers=(f"{name}, MD",))
        removed = [each.words for text in letters for each in public_copy(text, parties).removed]
        assert len(removed) <= MOST_WRONG * len(letters), (name, removed)
