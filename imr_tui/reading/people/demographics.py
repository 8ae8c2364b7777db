"""Finds the worker's age and sex."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, NamedTuple

from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern, lowered

Sex = Literal["male", "female"]

SEXES: dict[str, Sex] = {
    **dict.fromkeys(("male", "man", "gentleman", "he", "him", "his", "himself"), "male"),
    **dict.fromkeys(("female", "woman", "lady", "she", "her", "hers", "herself"), "female"),
}
"""The sex that a noun or a pronoun states."""
_NOUN = r"(?:male|man|gentleman|female|woman|lady)"
_WORKER = (
    r"(?:injured worker|worker|patient|claimant|applicant|employee|injured employee|individual"
    r"|person|laborer|mechanic|driver|nurse|teacher|carpenter|firefighter|officer|clerk|cook)"
)
_YEARS = r"(?P<age>\d\d{0,2})[\s-]{0,3}(?:years?|yrs?|y)\.?[\s/-]{0,3}(?:olds?|of age|o)\b\.?"
_ADJECTIVES = r"(?:[\s,]+(?!and\b|or\b|who\b)[a-z-]+){0,4}?"
# "now 52-year-old female", "45 year old right hand dominant male", "34-year-old injured worker".
_AGED_NOUN = LazyPattern(rf"{_YEARS}{_ADJECTIVES}[\s,]+(?P<noun>{_NOUN}|{_WORKER})\b")
# "The patient is 52 years old", "He was a 52 y/o", "the applicant, age 52,"
_NOUN_AGED = LazyPattern(
    rf"\b(?:{_WORKER}|he|she)(?:,| (?:is|was)) (?:now |currently |an? )*"
    rf"(?:{_YEARS}|aged? (?P<bare>\d{{1,3}})\b)(?! (?:when|at the time))",
)
# "Claimant: male, 58 years of age"
_NOUN_THEN_AGE = LazyPattern(rf"\b(?P<noun>{_NOUN}),? (?:aged? )?{_YEARS}")
# "At 39 years of age the worker has", "given an age of 39", "given his age of 39"
_GIVEN_AGE = LazyPattern(
    rf"\b(?:at (?:the age of )?{_YEARS.replace('?P<age>', '?P<at>')}|at (?:the )?age (?:of )?"
    r"(?P<at_age>\d{1,3})),? (?:this |the )?(?:injured )?(?:worker|patient|claimant|applicant|he"
    r"|she) (?:has|is|does|can|would|remains)\b"
    r"|\b(?:given|considering|with|despite|in view of) (?:an|his|her|the (?:worker|patient"
    r"|claimant|applicant)(?:'s|\u2019s)|the|this (?:worker|patient)(?:'s|\u2019s)) age of"
    r" (?P<of>\d{1,3})\b"
)
_TENS = ("twen", "thir", "for", "fif", "six", "seven", "eigh")
_DECADES = {
    form: 10 * ten for ten, word in enumerate(_TENS, 2) for form in (f"{word}ties", f"{ten}0s")
}
_DECADE = LazyPattern(
    rf"\b(?:{_WORKER}|he|she|{_NOUN})(?:,| (?:is|who is))? in (?:his|her) (?:\w+[\s-]+)?"
    rf"(?P<decade>{'|'.join(_DECADES)})\b"
)
_THIS_NOUN = LazyPattern(rf"\bthis (?:\w+[\s-]+){{0,2}}?(?P<noun>{_NOUN})\b")
_PAST = LazyPattern(r"\b(?:since|when|until|from|at|age[ds]?|by|as an?)\s*$")
_RELATIVE = LazyPattern(r"\b(?:his|her|their|whose)\s*$")

SUBJECT = LazyPattern(
    r"\b(?:the|this|said) (?:injured |male |female )?"
    r"(?:worker|patient|claimant|applicant|employee)(?:'s|\u2019s)?(?! (?:compensation|wife"
    r"|husband))\b"
    r"|\bthis individual\b|\bthe individual (?=is\b|was\b|has\b|had\b|report)"
    rf"|{_AGED_NOUN.pattern.replace('?P<age>', '?:').replace('?P<noun>', '?:')}",
)
"""Words for the worker, in lower-case text."""


# The letter of a telegraphic note: "47 y/o M", "33 yo F".
_AGED_LETTER = LazyPattern(
    r"\b\d{2}[ -]?(?:y\.?/?o\.?|yrs?[ -]old|year[s]?[ -]old) (?P<noun>m|f)\b(?![./])"
)
_LETTERS: dict[str, Sex] = {"m": "male", "f": "female"}


class Age(NamedTuple):
    """A mention of the worker's age."""

    years: int
    """The age in years."""
    span: tuple[int, int]
    """Offsets of the words."""
    up_to: int = 0
    """The last year of the age, if only the decade is given."""

    def differs(self, other: Age) -> bool:
        """Whether they cannot be one person's age; one year apart may be a birthday."""
        first, last = self.years - 1, (self.up_to or self.years) + 1
        return (other.up_to or other.years) < first or other.years > last

    @property
    def words(self) -> str:
        """The age as a reader sees it: 48, 50 to 59."""
        return f"{self.years} to {self.up_to}" if self.up_to else str(self.years)


class SexMention(NamedTuple):
    """A word that states the worker's sex."""

    sex: Sex
    """The sex that it states."""
    span: tuple[int, int]
    """Offsets of the word."""


@lru_cache(maxsize=CACHE_SIZE)
def ages(text: str) -> tuple[Age, ...]:
    """The stated ages of the worker, excluding past ages ("since 13 years old") and relatives."""
    low = lowered(text)
    if not any(word in low for word in ("year", "yr", "y/o", "y.o", "yo ", " age", "ties", "0s")):
        return ()
    found = [
        Age(int(match["age"]), match.span())
        for pattern in (_AGED_NOUN, _NOUN_THEN_AGE)
        for match in pattern.finditer(low)
        if _is_worker(low, match.start())
    ]
    known = {age.span[0] for age in found}
    for match in _NOUN_AGED.finditer(low):
        form = "age" if match["age"] else "bare"
        if match.start(form) not in known:
            found.append(Age(int(match[form]), match.span()))
    for match in _GIVEN_AGE.finditer(low) if " age" in low else ():
        years = match["at"] or match["at_age"] or match["of"]
        found.append(Age(int(years), match.span()))
    for match in _DECADE.finditer(low) if "ties" in low or "0s" in low else ():
        decade = _DECADES[match["decade"]]
        found.append(Age(decade, match.span(), decade + 9))
    return tuple(sorted((age for age in found if 14 <= age.years <= 100), key=lambda a: a.span))


@lru_cache(maxsize=CACHE_SIZE)
def stated_sexes(text: str) -> tuple[SexMention, ...]:
    """Places where the text states the worker's sex by a noun such as "male"."""
    low = lowered(text)
    found = [
        SexMention(sex, match.span("noun"))
        for pattern in (_AGED_NOUN, _NOUN_THEN_AGE, _THIS_NOUN)
        for match in pattern.finditer(low)
        if (sex := SEXES.get(match["noun"])) and _is_worker(low, match.start())
    ]
    found += [
        SexMention(_LETTERS[match["noun"]], match.span("noun"))
        for match in _AGED_LETTER.finditer(low)
        if _is_worker(low, match.start())
    ]
    return tuple(sorted(set(found), key=lambda sexed: sexed.span))


def _is_worker(text: str, at: int) -> bool:
    """Whether the words at `at` are about the worker today, not about the past or a relative."""
    before = text[max(0, at - 24) : at]
    return not _PAST.search(before) and not _RELATIVE.search(before)
