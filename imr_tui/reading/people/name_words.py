"""Tells which words of names are ordinary words, which names are facilities, and legal forms."""

import re
from collections.abc import Sequence
from functools import cache

from imr_tui.reading.drugs.drugs import drugs
from imr_tui.reading.language.patterns import LazyPattern, unaccented
from imr_tui.reading.language.tables import table
from imr_tui.reading.people.named_people import FACILITY_WORDS, TREATMENT_WORDS
from imr_tui.reading.people.names import AMBIGUOUS_DEGREE, DEGREE, TITLE, person

LEGAL_FORM = r"(?i:inc|incorporated|llc|llp|lp|ltd|limited|corp|corporation|co|company|pc|apc)\b\.?"
"""Legal forms at the end of an organization's name, which a text may leave out."""

_WORDS = re.compile(r"[a-z']+")
_END_FORM = LazyPattern(rf",? {LEGAL_FORM} ?$")
_JOINED = LazyPattern(r"&|\b(?:and|of|the|for)\b", re.IGNORECASE)
_WITH_DEGREE = LazyPattern(
    rf"^ ?(?i:{TITLE})\b|(?:,? {DEGREE}|,\s*{DEGREE}|,\s*{AMBIGUOUS_DEGREE})\.? ?$"
)


@cache
def _ordinary() -> frozenset[str]:
    tables = ("people/ordinary_words", "slips/field_words")
    return frozenset(word for name in tables for word in table(name)["words"].split())


def bare_words(name: str) -> Sequence[str]:
    """The words of a name in small letters, without its marks."""
    return _WORDS.findall(unaccented(name).lower())


def is_ordinary(word: str) -> bool:
    """Whether a word of a name is also an ordinary word, a drug, a treatment or a body part."""
    low = word.lower()
    return low in _ordinary() or bool(TREATMENT_WORDS.fullmatch(low) or drugs(low))


def is_facility(name: str) -> bool:
    """Whether the name of a provider is that of a facility.

    A name of two words with a title or a degree is a person's: "May Brace, MD".
    """
    if _JOINED.search(name):
        return True
    found = [words for words in (FACILITY_WORDS, TREATMENT_WORDS) if words.search(name)]
    who = person(name) if found and _WITH_DEGREE.search(name) else None
    return bool(found) and (who is None or len(who.given + who.surname) != 2)


def without_form(name: str) -> str:
    """The name of an organization without its legal form: "Sample Freight, Inc."."""
    return _END_FORM.sub("", name.strip()) or name.strip()
