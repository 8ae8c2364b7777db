"""The spelling of the published letters: few words are reported, with the real hunspell."""

from pathlib import Path

import pytest

from imr_tui import checks
from imr_tui.checks.rules.wording.spelling import SPELLING
from imr_tui.services.spelling import CommandSpelling
from imr_tui.store.spelling import hunspell
from tests.spelling.fakes import REAL, needs_hunspell
from tests.test_letters import EXPECTED, case_in, pytestmark as letters

pytestmark = [*letters, needs_hunspell]

MOST = 2
"""Words that are reported for each letter, on the average and in nine of ten letters."""


def test_few_words_of_the_letters_are_reported(
    cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hunspell, "PROGRAMS", REAL)
    counts = []
    with CommandSpelling() as speller:
        for number in EXPECTED:
            case = case_in(number, "text")
            setup = speller.with_spelling(checks.CheckSetup(), case, cases)
            counts.append(len(list(checks.RULES[SPELLING].function(setup.context(case)))))
    assert speller.problems == []
    assert sum(counts) / len(counts) <= MOST
    assert sum(count <= MOST for count in counts) >= 0.9 * len(counts)
