"""Errors of one letter in written determinations: how many the real hunspell finds."""

import random
import string
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from imr_tui import checks
from imr_tui.checks.rules.wording.spelling import SPELLING, texts_to_spell
from imr_tui.domain.workflow import Place
from imr_tui.model import edits
from imr_tui.model.case import Case
from imr_tui.services.spelling import CommandSpelling, words_to_spell
from imr_tui.spelling.answers import Answers
from imr_tui.spelling.words import Word, checked_words
from imr_tui.store.spelling import hunspell
from imr_tui.store.spelling.hunspell import Hunspell, Installed
from tests.seeded.written import bases
from tests.spelling.fakes import REAL, needs_hunspell, real

pytestmark = [pytest.mark.process, needs_hunspell]

ERRORS = 200
LEAST = 0.85
MOST_ALARMS = 2
"""Words of a determination without a fault that may be reported."""


def slip(word: str, chance: random.Random) -> str:
    """A word with one letter missing, too many, wrong, or in the place of the next one."""
    at = chance.randrange(len(word) - 1)
    other = chance.choice(string.ascii_lowercase)
    return chance.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + other + word[at:],
            word[:at] + other + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        ]
    )


def misspelled_in(words: set[str], installed: Installed) -> set[str]:
    """The misspelled ones of words, without suggestions, which would take minutes."""
    named = ",".join(map(str, installed.dictionaries))
    command = [str(installed.program), "-l", "-i", "UTF-8", "-d", named]
    text = "\n".join([*words, ""])
    done = subprocess.run(command, input=text, capture_output=True, text=True, env={}, check=True)
    return set(done.stdout.split())


def errors(bases: dict[str, Case]) -> Iterator[tuple[Case, Place, Word, str]]:
    """Words in the prose of determinations, each with an error, without end."""
    chance = random.Random(20)
    prose = ("summary.text", "rationale")
    places = [
        (case, place, word)
        for case in bases.values()
        for place, text in texts_to_spell(case)
        if place.field in prose
        for word in checked_words(text)
    ]
    while True:
        case, place, word = chance.choice(places)
        yield case, place, word, slip(word.text, chance)


def put(case: Case, place: Place, span: tuple[int, int], word: str) -> Case:
    text = dict(texts_to_spell(case))[place]
    text = text[: span[0]] + word + text[span[1] :]
    if place.item is None:
        return edits.set_summary(case, text)
    return edits.set_rationale(case, place.item, text)


@pytest.mark.slow
def test_one_letter_errors_are_found_and_reported_once() -> None:
    """Only errors that give no English word of four letters or more count."""
    installed = real()
    assert installed is not None
    made = [each for each, _ in zip(errors(bases()), range(3 * ERRORS), strict=False)]
    # The medical words and those of the field must not hide errors, so English alone decides.
    english = Installed(installed.program, installed.dictionaries[:1])
    non_words = misspelled_in({each[3] for each in made if len(each[3]) >= 4}, english)
    counted = [each for each in made if each[3] in non_words][:ERRORS]
    assert len(counted) == ERRORS
    answers = Answers()
    wrong = misspelled_in(set(answers.unknown(each[3] for each in counted)), installed)
    answers.add(dict.fromkeys(wrong, ()))
    process = Hunspell(installed, seconds=60)
    asked = [each[3] for each in counted[:5]]
    assert {word for word, said in process.ask(asked) if said is not None} == wrong & set(asked)
    process.end()
    found = 0
    for case, place, word, error in counted:
        broken = put(case, place, word.span, error)
        at = range(word.span[0], word.span[0] + len(error))
        context = checks.CheckContext(broken, misspelled=answers.misspelled)
        by = [
            rule
            for rule in ("IMR510", "IMR512", "IMR513", SPELLING)
            for hit in checks.RULES[rule].function(context)
            if hit.place == place and hit.span and hit.span[0] in at
        ]
        found += bool(by)
        assert by.count(SPELLING) <= 1
        assert SPELLING not in by or len(by) == 1
    assert found / ERRORS >= LEAST, f"{found} of {ERRORS}"


def test_determinations_without_a_fault_have_few_alarms(
    cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hunspell, "PROGRAMS", REAL)
    alarms = Counter[str]()
    with CommandSpelling() as speller:
        for number, case in bases().items():
            setup = speller.with_spelling(checks.CheckSetup(), case, cases)
            assert words_to_spell(case)
            alarms[number] = len(list(checks.RULES[SPELLING].function(setup.context(case))))
    assert max(alarms.values()) <= MOST_ALARMS, alarms
