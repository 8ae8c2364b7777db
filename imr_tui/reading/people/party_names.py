"""Builds a pattern that finds the names of the parties of a case."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern, unaccented
from imr_tui.reading.people.named_people import FACILITY_WORDS, TREATMENT_WORDS
from imr_tui.reading.people.names import Person, mention, person, surname

# Surnames that, when alone, denote a clinical sign.
_EPONYMS = LazyPattern(
    r"neer|hawkins|phalen|tinel|spurling|finkelstein|lachman|mcmurray|apley|speed|yergason"
    r"|kemp|patrick|faber|waddell|hoffman|hoffmann|babinski|lasegue|kennedy|jobe|obrien|cozen"
    r"|thompson|thomas|ober|trendelenburg|adson|roos|allen|romberg|murphy|homan|quervain"
    r"|dupuytren|baker|morton|kienbock"
)
# Surnames that are also ordinary words.
_ORDINARY_WORDS = LazyPattern(
    r"worker|employee|patient|claimant|employer|provider|physician|clinic|case|sample|test"
    r"|california|texas|medical|health|group|center|hospital|state|county|city|insurance"
    r"|company|services|fund|management|young|white|black|brown|green|long|short|field|price"
    r"|banks|hill|wood|woods|park|rivers|day|may|march|april|june|august"
)
# First names that are also ordinary words, so that only a verb of a person tells them apart.
_ORDINARY_FIRST_NAMES = LazyPattern(
    r"will|mark|grace|hope|faith|joy|rose|dawn|drew|pat|bill|frank|chase"
    r"|rich|art|gene|ray|grant|hunter|lance|dean|jack|summer|autumn|violet|olive|iris|victor"
    r"|norm|sandy|rusty|skip|chuck|guy|christian|destiny|rob|sue|bob|nick|don|dale|cliff|glen"
    r"|heath|miles|wade|ward|page|reed|royal|star|stone|angel|mercy|chance|case|ace|max|jo"
)
_OF_A_PERSON = (
    r"(?= (?:also |still |now )?(?:reports?|reported|states?|stated|says|said|complain\w*|denies"
    r"|denied|has|had|is|was|takes|took|works?|worked|lives?|lived|feels|felt|describe[sd]"
    r"|sustained|injured|underwent|received|signed|told|continue[sd]|rate[sd]|returned)\b|'s\b)"
)
# Another name follows ("Morgan Stanley"), or a year of publication.
_ALONE = r"(?! (?:[A-Z]|et al)|,? \(?(?:19|20)\d\d)"
_JOINED = LazyPattern(r"&|\b(?:and|of|the|for)\b", re.IGNORECASE)
# Things named after a person: a Taylor brace, Bell's palsy.
_NAMED_AFTER = (
    r"(?!(?:'s)?(?: \w+)? (?:sign|test|maneuver|palsy|brace|splint|orthosis|disease|syndrome|cyst"
    r"|fracture|procedure|classification|scale|score|index|criteria|neuroma|contracture|view"
    r"|reflex|technique|method|inventory|questionnaire|grade|lesion|law)s?\b)"
)


@lru_cache(maxsize=CACHE_SIZE)
def party_pattern(
    employee: str, providers: Sequence[str], organizations: Sequence[str]
) -> LazyPattern | None:
    """A pattern for unaccented text that matches what identifies a party.

    It matches full names, the surnames of people if they are distinctive, and the employee's first
    name; None if no party is named.
    """
    names = (employee, *organizations, *providers)
    forms = [_full_name(name) for name in names if len(name.strip()) > 3]
    doctors = (name for name in providers if not _is_facility(name))
    for who in filter(None, map(person, (employee, *doctors))):
        if len(who.given + who.surname) > 1:
            forms += [mention(who), *_distinctive_surname(who)]
    if worker := person(employee):
        forms += _first_name(worker)
    return LazyPattern("|".join(forms)) if forms else None


def _is_facility(name: str) -> bool:
    return any(words.search(name) for words in (FACILITY_WORDS, TREATMENT_WORDS, _JOINED))


def _full_name(name: str) -> str:
    """A pattern for a full name: in any case, but a single word only as written (Target, Shell)."""
    words = [re.escape(word) for word in unaccented(name).split()]
    return rf"\b(?i:{' '.join(words)})(?!\w)" if len(words) > 1 else rf"\b{words[0]}(?!\w)"


def _distinctive_surname(who: Person) -> Iterator[str]:
    """The surname of a person, if it is distinctive."""
    plain = who.surname[-1].lower().replace("'", "")
    if len(plain) > 3 and not _ORDINARY_WORDS.fullmatch(plain) and not _EPONYMS.fullmatch(plain):
        yield rf"\b{surname(who)}\b{_NAMED_AFTER}"


def _first_name(who: Person) -> Iterator[str]:
    """The employee's first name; an ordinary word or an eponym only before a verb of a person."""
    first = next((name for name in who.given if len(name.strip(".")) > 2), "")
    plain = first.lower()
    if not first or _ORDINARY_WORDS.fullmatch(plain):
        return
    is_ambiguous = (
        len(plain) < 4 or _ORDINARY_FIRST_NAMES.fullmatch(plain) or _EPONYMS.fullmatch(plain)
    )
    yield rf"\b{re.escape(first)}\b{_OF_A_PERSON if is_ambiguous else _ALONE + _NAMED_AFTER}"
