"""Parses names of persons, and builds patterns that find mentions of them."""

import re
import unicodedata
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
    r"|P\.?T\.?|O\.?T\.?|P\.?A\.?(?:-C)?|N\.?P\.?|R\.?N\.?|L\.?A[Cc]\.?|LCSW|F[A-Z]{3,6}|QME|AME"
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
    parts = [words for part in plain.split(",") if (words := _strip_titles(part.split()))]
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
    return "".join(rf"(?:(?i:{_flexible(word)}) )?" for word in small) + _capitalized(last)


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
    if initials := "".join(sorted({re.escape(name[0].upper()) for name in who.given})):
        forms.append(rf"\b[{initials}]\.\s?(?:[A-Z]\.\s?)?{last}\b(?!,? et al|,? \(?\d{{4}})")
    if first := next((name for name in who.given if not _is_initial(name)), None):
        between = r"(?:[A-Z][\w'-]*\.? ){0,2}"
        forms += [
            rf"\b{_capitalized(first)} {between}{last}\b",
            rf"\b{last}\s*,\s*{_capitalized(first)}\b",
        ]
    return "|".join(forms)


def _capitalized(word: str) -> str:
    return rf"{'(?=[A-Z])' if word[0].isascii() else ''}(?i:{_flexible(word)})"


def _flexible(word: str) -> str:
    """A pattern for a name in which apostrophes and hyphens are optional."""
    return re.escape(word.strip(".")).replace("'", "'?").replace(r"\-", r"[\s-]?")
