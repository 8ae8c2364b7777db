"""Finds the names of the parties of a case."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern, lowered, unaccented
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
_LETTERS = LazyPattern(r"[^a-z]+")
_JOINED = LazyPattern(r"&|\b(?:and|of|the|for)\b", re.IGNORECASE)
# Things named after a person: a Taylor brace, Bell's palsy.
_NAMED_AFTER = (
    r"(?!(?:'s)?(?: \w+)? (?:sign|test|maneuver|palsy|brace|splint|orthosis|disease|syndrome|cyst"
    r"|fracture|procedure|classification|scale|score|index|criteria|neuroma|contracture|view"
    r"|reflex|technique|method|inventory|questionnaire|grade|lesion|law)s?\b)"
)


class PartyNames:
    """Patterns for the names of parties, which are compiled only for texts with a word of them."""

    def __init__(self, forms: Iterable[tuple[str, str]]) -> None:
        """Take pairs of a name and a pattern for one of its forms."""
        self._forms = [(_longest_word(name), LazyPattern(pattern)) for name, pattern in forms]

    def search(self, text: str) -> re.Match[str] | None:
        """The first mention of a party in unaccented text."""
        found = (pattern.search(text) for pattern in self._patterns(text))
        return min(filter(None, found), key=lambda match: match.start(), default=None)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All mentions of a party in unaccented text, by form; they may overlap."""
        for pattern in self._patterns(text):
            yield from pattern.finditer(text)

    def _patterns(self, text: str) -> Iterator[LazyPattern]:
        low = lowered(text)
        return (pattern for word, pattern in self._forms if word in low)


def _longest_word(name: str) -> str:
    """The longest run of letters of a name: apostrophes and hyphens may be left out in a text."""
    return max(_LETTERS.split(unaccented(name).lower()), key=len)


@lru_cache(maxsize=CACHE_SIZE)
def party_names(
    employee: str, providers: Sequence[str], organizations: Sequence[str]
) -> PartyNames:
    """The names that identify a party.

    These are full names, the surnames of people if they are distinctive, and the employee's first
    name.
    """
    names = (employee, *organizations, *providers)
    forms = [(name, _full_name(name)) for name in names if len(name.strip()) > 3]
    doctors = (name for name in providers if not _is_facility(name))
    for who in filter(None, map(person, (employee, *doctors))):
        if len(who.given + who.surname) > 1:
            last = who.surname[-1]
            forms += [(last, mention(who)), *((last, form) for form in _distinctive_surname(who))]
    if worker := person(employee):
        forms += _first_name(worker)
    return PartyNames(forms)


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


def _first_name(who: Person) -> Iterator[tuple[str, str]]:
    """The employee's first name; an ordinary word or an eponym only before a verb of a person."""
    first = next((name for name in who.given if len(name.strip(".")) > 2), "")
    plain = first.lower()
    if not first or _ORDINARY_WORDS.fullmatch(plain):
        return
    is_ambiguous = (
        len(plain) < 4 or _ORDINARY_FIRST_NAMES.fullmatch(plain) or _EPONYMS.fullmatch(plain)
    )
    yield first, rf"\b{re.escape(first)}\b{_OF_A_PERSON if is_ambiguous else _ALONE + _NAMED_AFTER}"
