"""Ages, sexes and pronouns of the worker, and of nobody else."""

import pytest

from imr_tui.reading.people.demographics import ages, stated_sexes
from imr_tui.reading.people.pronouns import pronouns
from tests.rows import each_row

MAN = "The patient is a 45 year old man."

AGES = [
    ("a 48 year old male", [48]),
    ("a now 52-year-old female", [52]),
    ("a 54 y/o right hand dominant woman", [54]),
    ("The applicant is 61 years old.", [61]),
    ("The claimant, age 44, was seen.", [44]),
    ("Claimant: male, 58 years of age", [58]),
    ("a 37 year old injured worker", [37]),
    ("smoked since 13 years old", []),
    ("his 19 year old son", []),
    ("a 10 year old MRI", []),
    ("her 70 year old male neighbour", []),
    ("when 16 years old", []),
]
SEXES = [
    ("a 48 year old male", ["male"]),
    ("a 52-year-old right-handed woman", ["female"]),
    ("This pleasant gentleman was seen.", ["male"]),
    ("a man hit her", []),
    ("his 19 year old female friend", []),
]
PRONOUNS = [
    (f"{MAN} He has pain.", ["He"]),
    ("The injured worker said that she fell.", ["she"]),
    (f"{MAN} The exam was normal. His gait is normal.", ["His"]),
    ("A physician's progress report notes that the patient hurt his knee.", ["his"]),
    (f"{MAN} The physician said he would operate.", []),
    (f"{MAN} His wife says she drives.", ["His"]),
    (f"{MAN} He or she may return.", []),
    (f'{MAN} It says "she is well".', []),
    (f"{MAN} He recommends surgery.", []),
    ("Patients may lower their dose if he agrees.", []),
    ("He was seen.", []),
]


@each_row(("text", "years"), AGES)
def test_ages(text: str, years: list[int]) -> None:
    assert sorted({age.years for age in ages(text)}) == years


@pytest.mark.parametrize(("text", "sexes"), SEXES)
def test_stated_sexes(text: str, sexes: list[str]) -> None:
    assert [each.sex for each in stated_sexes(text)] == sexes


@each_row(("text", "words"), PRONOUNS)
def test_pronouns_that_can_mean_nobody_else(text: str, words: list[str]) -> None:
    assert [text[slice(*each.span)] for each in pronouns(text)] == words
