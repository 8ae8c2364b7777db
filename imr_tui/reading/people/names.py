"""Parses names of persons, and builds patterns that find mentions of them."""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from imr_tui.reading.language.patterns import LazyPattern, unaccented

TITLE = r"(?:dr|drs|doctor|prof|professor|mr|mrs|ms|miss)"
"""Titles before a name, in lower case, without the dot."""
DEGREE = (
    r"(?:M\.?\s?D|D\.O|D\.C|Ph\.?\s?D|Psy\.?D|Ed\.?D|D\.?P\.?M|D\.?D\.?S|D\.?M\.?D|D\.?P\.?T"
    r"|M\.?P\.?H|F\.?A\.?A\.?O\.?S)\b"
)
"""Degrees after a name, with or without a comma."""
AMBIGUOUS_DEGREE = r"(?:DO|DC|P\.?T|O\.?T|P\.?A(?:-C)?|N\.?P|R\.?N|L\.?Ac|LCSW)\b"
"""Abbreviations that are degrees only after a name and a comma; elsewhere they are ambiguous."""
PARTICLE = r"(?:de|del|della|di|da|dos|du|la|le|van|von|der|den|ter|el|al|bin|ibn|st\.?)"
"""Particles that a surname may begin with."""

_TITLES = LazyPattern(rf"{TITLE}\.?", re.IGNORECASE)
_PARTICLES = LazyPattern(PARTICLE, re.IGNORECASE)
# Case-sensitive, because "Do" and "Ma" are surnames.
_SUFFIXES = LazyPattern(
    r"M\.?D\.?|D\.?O\.?|D\.?C\.?|Ph\.?D?\.?|Psy\.?D\.?|Ed\.?D\.?|D\.?P\.?M\.?|D\.?D\.?S\.?"
    r"|D\.?M\.?D\.?|D\.?P\.?T\.?|M\.?P\.?H\.?|M\.?B\.?A\.?|M\.?S\.?|M\.?A\.?|J\.?D\.?|PHD|FNP"
    r"|P\.?T\.?|O\.?T\.?|P\.?A\.?(?:-C)?|N\.?P\.?|R\.?N\.?|L\.?A[Cc]\.?|LCSW|QME|AME"
    # Fellowships: FACS, FAAOS, FRCPC. Not all words with an F, because FRANK is a name.
    r"|F(?:AA[A-Z]{1,5}|AC[A-Z]{1,4}|RC[A-Z]{1,3}|ASAM?|APA|APMR|ABPMR|IPP|IME|ICS)"
    r"|[Jj][Rr]\.?|[Ss][Rr]\.?|II|III|IV|md|do|dc|phd|mph"
)


class Person(NamedTuple):
    """A person's name without titles and degrees."""

    given: tuple[str, ...]
    """First and middle names and initials."""
    surname: tuple[str, ...]
    """The surname, including its particles."""


def person(name: str) -> Person | None:
    """Parse a name as entered in a form: "Dr. Ana B. de la Cruz, MD, PhD" or "Cruz, Ana"."""
    plain = unaccented(unicodedata.normalize("NFC", name))
    whole = [part.split() for part in plain.split(",")]
    bare = [_strip_titles(words) for words in whole]
    # "DO, ANH": a degree does not come first, so it is a surname.
    bare[0] = bare[0] or (whole[0] if any(bare[1:]) else [])
    parts = [words for words in bare if words]
    if not parts:
        return None
    if len(parts) > 1:
        return Person(tuple(parts[1]), tuple(parts[0]))
    words = parts[0]
    begins = (at for at, word in enumerate(words) if at and _PARTICLES.fullmatch(word))
    first = next(begins, len(words) - 1)
    return Person(tuple(words[:first]), tuple(words[first:]))


def _strip_titles(words: list[str]) -> list[str]:
    """The words of a name without leading titles, and without trailing initials and degrees."""
    while words and _TITLES.fullmatch(words[0]):
        words = words[1:]
    while words and (_SUFFIXES.fullmatch(words[-1]) or _is_initial(words[-1])):
        words = words[:-1]
    return words


def _is_initial(word: str) -> bool:
    return len(word.strip(".")) < 2


def surname(who: Person) -> str:
    """A pattern that matches a capitalized surname, with or without its particles."""
    *small, last = who.surname
    return "".join(rf"(?:(?i:{flexible(word)}) )?" for word in small) + capitalized(last)


def mention(who: Person) -> str:
    """A pattern for unaccented text that matches only mentions of this person.

    It matches the full name in either order, and the surname with a title, degree or initial. Both
    names must be capitalized with only names between them, so that "will only hurt" does not match
    Will Hurt. A name followed by a year is an author's, and does not match.
    """
    last = surname(who)
    forms = [
        rf"\b(?i:{TITLE})\b\.?\s*(?:[A-Z]\.\s?){{0,2}}{last}\b",
        rf"\b{last}(?:,? {DEGREE}|,\s*{DEGREE}|,\s*{AMBIGUOUS_DEGREE})",
    ]
    if initials := _initials(who.given):
        forms.append(rf"\b[{initials}]\.\s?(?:[A-Z]\.\s?)?{last}\b(?!,? et al|,? \(?\d{{4}})")
    if first := next((name for name in who.given if not _is_initial(name)), None):
        between = r"(?:[A-Z][\w'-]*\.? ){0,2}"
        forms += [
            rf"\b{capitalized(first)} {between}{last}\b",
            rf"\b{last}(?:\s*,\s*|\s+){capitalized(first)}\b(?: [A-Z]\.(?!\w))?",
        ]
    return "|".join(forms)


def mention_pattern(name: str, login: str = "") -> LazyPattern | None:
    """The pattern for mentions of a person in unaccented text, by name or login, if not blank.

    None if `name` names nobody.
    """
    if (who := person(name)) is None:
        return None
    account = rf"|(?<![\w.-])(?i:{re.escape(login)})(?!\w)" if login else ""
    return LazyPattern(mention(who) + account)


def initialed(who: Person) -> str:
    """A pattern for the first name with the initial of the surname: "Rowan T."."""
    return rf"\b{capitalized(who.given[0])} (?i:[{_initials(who.surname)}])\.(?!\w)"


def _initials(names: Sequence[str]) -> str:
    """The initials of names, for a set of characters in a pattern."""
    return "".join(sorted({re.escape(name[0].upper()) for name in names}))


def capitalized(word: str) -> str:
    """A pattern for a name that begins with a capital; its other letters may be capitals, too."""
    return rf"{'(?=[A-Z])' if word[0].isascii() else ''}(?i:{flexible(word)})"


def flexible(word: str) -> str:
    """A pattern for a name in which apostrophes and hyphens are optional, and a dot at its end."""
    pattern = re.escape(word.strip(".")).replace("'", "'?").replace(r"\-", r"[\s-]?")
    return pattern + (r"\.?" if word.endswith(".") else "")
