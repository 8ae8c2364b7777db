"""The rationales of the published letters, recalled into each other's cases."""

from functools import cache
from pathlib import Path

import pytest

from imr_tui import checks
from imr_tui.checks import CheckContext, Policy
from tests.copied_facts import Figures, counted, measure, read

LETTERS = Path(__file__).resolve().parents[2] / "shared" / "letters"
needs_letters = pytest.mark.skipif(
    not (LETTERS / "expected.json").is_file(), reason="the published letters are not here"
)
OTHERS = 3
"""Cases that each rationale is copied into."""


@cache
def figures() -> Figures:
    return measure(read(LETTERS), OTHERS)


@pytest.mark.slow
@needs_letters
def test_foreign_facts_become_blanks_or_are_flagged() -> None:
    assert figures().foreign.total() > 300
    assert figures().found >= 0.95


@pytest.mark.slow
@needs_letters
@pytest.mark.parametrize("kind", ["date", "age", "amount", "side"])
def test_each_kind_becomes_blanks_or_is_flagged(kind: str) -> None:
    foreign, left = figures().foreign[kind], figures().unflagged[kind]
    assert foreign > 0
    assert left <= 0.05 * foreign


@needs_letters
def test_most_words_stay() -> None:
    assert figures().share_kept >= 0.95


@needs_letters
def test_copied_fact_reports_the_facts_of_a_text_without_blanks() -> None:
    assert figures().reported.total() >= 0.95 * figures().foreign.total()


@needs_letters
def test_copied_fact_is_silent_on_the_letters() -> None:
    for case in read(LETTERS):
        assert checks.run(CheckContext(case), Policy(select=["IMR214"])) == ()


def test_the_plain_patterns_count_each_kind() -> None:
    text = (
        "The 45-year-old had twelve visits by 10-18-16 and October 18, 2016, rated 7/10, "
        "with 50 mg #60 at L4-5 of the left knee."
    )
    assert [(each.kind, each.words) for each in counted(text)] == [
        ("date", "2016-10-18"),
        ("date", "2016-10-18"),
        ("age", "45yearold"),
        ("amount", "twelvesession"),
        ("amount", "710"),
        ("amount", "50mg"),
        ("amount", "#60"),
        ("level", "l45"),
        ("side", "left"),
    ]
