"""Persons' names: their parts, and the forms in which a text speaks of a person."""

import re
import unicodedata
from dataclasses import dataclass

from imr_tui.reading.lazy_pattern import Wording
from imr_tui.reading.normalize import unaccented

TITLE = r"(?:dr|drs|doctor|prof|professor|mr|mrs|ms|miss)"
"""What stands before a name, in lower case and without its dot."""
DEGREE = (
    r"(?:M\.?\s?D|D\.O|D\.C|Ph\.?\s?D|Psy\.?D|Ed\.?D|D\.?P\.?M|D\.?D\.?S|D\.?M\.?D|D\.?P\.?T"
    r"|M\.?P\.?H|F\.?A\.?A\.?O\.?S)\b"
)
"""What stands behind a name, with a comma or without."""
OFFICE = r"(?:DO|DC|P\.?T|O\.?T|P\.?A(?:-C)?|N\.?P|R\.?N|L\.?Ac|LCSW)\b"
"""What stands behind a name and a comma; by itself it is a treatment or a place, too."""
PARTICLE = r"(?:de|del|della|di|da|dos|du|la|le|van|von|der|den|ter|el|al|bin|ibn|st\.?)"
"""A small word that a surname begins with."""

_TITLES = Wording(rf"{TITLE}\.?", re.IGNORECASE)
_PARTICLES = Wording(PARTICLE, re.IGNORECASE)
# As they are written: "Do" and "Ma" are surnames.
_BEHIND = Wording(
    r"M\.?D\.?|D\.?O\.?|D\.?C\.?|Ph\.?D?\.?|Psy\.?D\.?|Ed\.?D\.?|D\.?P\.?M\.?|D\.?D\.?S\.?"
    r"|D\.?M\.?D\.?|D\.?P\.?T\.?|M\.?P\.?H\.?|M\.?B\.?A\.?|M\.?S\.?|M\.?A\.?|J\.?D\.?|PHD|FNP"
    r"|P\.?T\.?|O\.?T\.?|P\.?A\.?(?:-C)?|N\.?P\.?|R\.?N\.?|L\.?A[Cc]\.?|LCSW|F[A-Z]{3,6}|QME|AME"
    r"|[Jj][Rr]\.?|[Ss][Rr]\.?|II|III|IV|md|do|dc|phd|mph"
)


@dataclass(frozen=True)
class Person:
    """The parts of a person's name, without titles and degrees."""

    given: tuple[str, ...]
    """First and middle names and initials."""
    surname: tuple[str, ...]
    """The surname, after the small words that belong to it."""


def person(name: str) -> Person | None:
    """The parts of a name as a form has it: "Dr. Ana B. de la Cruz, MD, PhD", "Cruz, Ana"."""
    plain = unaccented(unicodedata.normalize("NFC", name))
    parts = [words for part in plain.split(",") if (words := _bare(part.split()))]
    if not parts:
        return None
    if len(parts) > 1:
        return Person(tuple(parts[1]), tuple(parts[0]))
    words = parts[0]
    begins = (at for at, word in enumerate(words) if at and _PARTICLES.fullmatch(word))
    first = next(begins, len(words) - 1)
    return Person(tuple(words[:first]), tuple(words[first:]))


def _bare(words: list[str]) -> list[str]:
    """The words of a name without titles before them, and initials and degrees behind."""
    while words and _TITLES.fullmatch(words[0]):
        words = words[1:]
    while words and (_BEHIND.fullmatch(words[-1]) or _is_initial(words[-1])):
        words = words[:-1]
    return words


def _is_initial(word: str) -> bool:
    return len(word.strip(".")) < 2


def surname(who: Person) -> str:
    """A pattern of a surname, written with a capital, that may leave its small words away."""
    *small, last = who.surname
    return "".join(rf"(?:(?i:{_loose(word)}) )?" for word in small) + _capital(last)


def mention(who: Person) -> str:
    """A pattern of what can only mean this person, over an unaccented text.

    That is the full name in either order, the surname with a title, a degree or an initial
    before it. Both names are written with a capital, and only names stand between them: "will
    only hurt" names no Will Hurt. A name with a year behind it is an author's.
    """
    last = surname(who)
    forms = [
        rf"\b(?i:{TITLE})\b\.?\s*(?:[A-Z]\.\s?){{0,2}}{last}\b",
        rf"\b{last}(?:,? {DEGREE}|,\s*{DEGREE}|,\s*{OFFICE})",
    ]
    if initials := "".join(sorted({re.escape(name[0].upper()) for name in who.given})):
        forms.append(rf"\b[{initials}]\.\s?(?:[A-Z]\.\s?)?{last}\b(?!,? et al|,? \(?\d{{4}})")
    if first := next((name for name in who.given if not _is_initial(name)), None):
        between = r"(?:[A-Z][\w'-]*\.? ){0,2}"
        forms += [
            rf"\b{_capital(first)} {between}{last}\b",
            rf"\b{last}\s*,\s*{_capital(first)}\b",
        ]
    return "|".join(forms)


def _capital(word: str) -> str:
    return rf"{'(?=[A-Z])' if word[0].isascii() else ''}(?i:{_loose(word)})"


def _loose(word: str) -> str:
    """A name's letters, for an apostrophe and a hyphen are often left away."""
    return re.escape(word.strip(".")).replace("'", "'?").replace(r"\-", r"[\s-]?")
