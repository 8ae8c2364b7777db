"""Finds the names of the parties of a case."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern, lowered, unaccented
from imr_tui.reading.people.name_words import (
    LEGAL_FORM,
    bare_words,
    is_facility,
    is_ordinary,
    without_form,
)
from imr_tui.reading.people.names import (
    Person,
    capitalized,
    flexible,
    initialed,
    mention,
    person,
    surname,
)

# Surnames that, when alone, denote a clinical sign.
_EPONYMS = LazyPattern(
    r"neer|hawkins|phalen|tinel|spurling|finkelstein|lachman|mcmurray|apley|speed|yergason"
    r"|kemp|patrick|faber|waddell|hoffman|hoffmann|babinski|lasegue|kennedy|jobe|obrien|cozen"
    r"|thompson|thomas|ober|trendelenburg|adson|roos|allen|romberg|murphy|homan|quervain"
    r"|dupuytren|baker|morton|kienbock"
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

    def masked(self, text: str) -> str:
        """Replace all mentions in unaccented text by tildes, keeping offsets."""
        for match in self.finditer(text):
            text = f"{text[: match.start()]}{'~' * len(match[0])}{text[match.end() :]}"
        return text

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

    These are full names, with or without a legal form such as Inc., the surnames of people if they
    are distinctive, and the employee's first name. Each part of a double surname counts as one.
    """
    names = (employee, *organizations, *providers)
    forms = [(without_form(name), _full_name(name)) for name in names if _is_long(name)]
    for who in _people(employee, providers):
        last = who.surname[-1]
        forms += [(last, mention(who)), *((last, form) for form in _distinctive(who))]
        forms += [(who.given[0], initialed(who))] if len(who.given[0].strip(".")) > 2 else []
    if worker := person(employee):
        forms += _first_name(worker)
    return PartyNames(forms)


@lru_cache(maxsize=CACHE_SIZE)
def not_searched_alone(
    employee: str, providers: Sequence[str], organizations: Sequence[str]
) -> tuple[str, ...]:
    """The words of names that `party_names` does not find when they stand alone.

    These are surnames that are ordinary words or names of signs, first names that are ordinary
    words, and names of three letters.
    """
    names = (employee, *organizations, *providers)
    short = [name.strip() for name in names if name.strip() and not _is_long(name)]
    people = [who for who in _people(employee, providers) if not any(_distinctive(who))]
    worker = person(employee)
    first = [name] if worker and _is_ambiguous(name := _given_name(worker)) else []
    return tuple(dict.fromkeys((*short, *first, *(who.surname[-1] for who in people))))


def _is_long(name: str) -> bool:
    return len(name.strip()) > 3


def _people(employee: str, providers: Sequence[str]) -> Iterator[Person]:
    """The persons among the parties, also under each part of a double surname."""
    doctors = (name for name in providers if not is_facility(name))
    for who in filter(None, map(person, (employee, *doctors))):
        if len(who.given + who.surname) < 2:
            continue
        yield who
        # "Rowan Sample-Testa", and "Rowan Sample Testa", of whom one is often called by half.
        parts = who.surname[-1].split("-")
        middle = who.given[1:] if len(who.surname) == 1 else ()
        for part in (*(parts if len(parts) > 1 else ()), *middle):
            if len(part.strip(".")) > 3:
                yield Person(who.given[:1], (part,))


def _full_name(name: str) -> str:
    """A pattern for a full name, in any case if it has a distinctive word.

    A single word matches only as written: Target, Shell.
    """
    plain = without_form(unaccented(name))
    words, end = plain.split(), rf"(?:,? {LEGAL_FORM})?(?!\w)"
    if len(words) < 2:
        is_known = _is_long(plain) and not is_ordinary(plain)
        return rf"\b{re.escape(plain if is_known else unaccented(name).strip())}{end}"
    needs_capitals = all(is_ordinary(word) for word in bare_words(plain))
    return rf"\b{' '.join(_word(word, needs_capitals=needs_capitals) for word in words)}{end}"


def _word(word: str, *, needs_capitals: bool) -> str:
    """A pattern for one word of a full name."""
    if word.lower() in ("&", "and"):
        return r"(?:&|(?i:and)\b)"
    bare = word.rstrip(".,") or word
    pattern = (
        capitalized(bare) if needs_capitals and bare[0].isupper() else f"(?i:{flexible(bare)})"
    )
    return pattern + (r"\.?" if word.endswith(".") else ",?" if word.endswith(",") else "")


def _distinctive(who: Person) -> Iterator[str]:
    """The surname of a person alone, and the full name in any case, if that is distinctive."""
    plain = who.surname[-1].lower().replace("'", "")
    if len(plain) > 3 and not is_ordinary(plain) and not _EPONYMS.fullmatch(plain):
        yield rf"\b{surname(who)}\b{_NAMED_AFTER}"
        full = " ".join(map(flexible, (who.given[0], *who.surname)))
        yield rf"\b(?i:{full})\b"


def _first_name(who: Person) -> Iterator[tuple[str, str]]:
    """The employee's first name; an ordinary word or an eponym only before a verb of a person."""
    first = _given_name(who)
    if not first or (is_ordinary(first) and not _ORDINARY_FIRST_NAMES.fullmatch(first.lower())):
        return
    after = _OF_A_PERSON if _is_ambiguous(first) else _ALONE + _NAMED_AFTER
    yield first, rf"\b{capitalized(first)}\b{after}"


def _given_name(who: Person) -> str:
    """The first given name that is more than an initial; blank without one."""
    return next((name for name in who.given if len(name.strip(".")) > 2), "")


def _is_ambiguous(first: str) -> bool:
    """Whether a first name is also an ordinary word or the name of a sign."""
    low = first.lower()
    forms = (_ORDINARY_FIRST_NAMES, _EPONYMS)
    return 0 < len(low) < 4 or is_ordinary(low) or any(form.fullmatch(low) for form in forms)
