"""IMR112 and IMR506: characters that a plain-text letter cannot print; IMR507: stray letters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.checks.rule import Hit, rule
from imr_tui.reading.language.patterns import LazyPattern
from imr_tui.text.sanitize import find_code_point
from imr_tui.text.transliteration import (
    TRANSLITERATION,
    line_and_column,
    name_character,
    to_ascii,
    unprintable,
)

if TYPE_CHECKING:
    from imr_tui.checks.context import CheckContext

_STRAY = LazyPattern(
    r"(?!xRay|eConsult|ePrescri|eMail|eVisit|iPhone|iPad)[a-z](?=[A-Z][a-z])"
    r"|[b-hj-z](?= [A-Z][a-z])"
)
_PROSE = ("summary.text", "rationale")
_NON_ASCII = LazyPattern(r"[^\x00-\x7f]")


@rule(
    "IMR112",
    "character-unprintable",
    "error",
    why="The letter is ASCII. Dropping a character from a dose or a name would change it.",
    source="The letter's form, constant in the published determinations",
    fires={"rationale": "The angle is \u2220 40."},
    passes={"rationale": "The angle is \u2265 40\u00b0."},
)
def character_unprintable(context: CheckContext) -> Iterator[Hit]:
    """A printed text contains a character that cannot be written in ASCII.

    A code point such as <U+0007> is also reported. It stands for a control or invisible character;
    dropping it could join two words or change a number.
    """
    for place, text in context.printed:
        if (hidden := find_code_point(text)) is not None:
            says = f"{text[slice(*hidden)]} stands for an invisible character. Delete it."
            yield Hit(place, _at(text, hidden[0], says), hidden)
        elif (at := next(unprintable(text), None)) is not None:
            says = f"{name_character(text[at])} cannot be printed in the letter. Write it in words."
            yield Hit(place, _at(text, at, says), (at, at + 1))


def _at(text: str, at: int, says: str) -> str:
    line, column = line_and_column(text, at)
    return f"Line {line}, column {column}: {says}"


@rule(
    "IMR506",
    "non-ascii",
    "info",
    why="The letter is plain ASCII, so this character is replaced. Check the replacement.",
    source="The letter's form, constant in the published determinations",
    fires={"rationale": "The angle is \u2265 40\u00b0. It is not medically necessary."},
    passes={"rationale": "The patient's angle is >= 40 degrees."},
)
def non_ascii(context: CheckContext) -> Iterator[Hit]:
    """A printed text contains a character that the letter replaces with other letters or digits.

    Typographic quotation marks, dashes and spaces are not reported, because their replacements read
    the same.
    """
    for place, text in context.printed:
        found = (each.start() for each in _NON_ASCII.finditer(text) if _is_respelled(each[0]))
        if (at := next(found, None)) is not None:
            plain = to_ascii(text[at], "?").strip()
            says = f"The letter prints {name_character(text[at])} as {plain!r}."
            yield Hit(place, says, (at, at + 1))


def _is_respelled(char: str) -> bool:
    return any(each.isalnum() for each in TRANSLITERATION.get(char, ""))


@rule(
    "IMR507",
    "stray-letter",
    "warning",
    why="A letter that was meant as a command may have been typed into the text.",
    source="Keys of this program",
    fires={"rationale": "uThe MTUS supports the request."},
    passes={"rationale": "The eGFR and the pH were normal."},
)
def stray_letter(context: CheckContext) -> Iterator[Hit]:
    """A single small letter precedes the first word of the summary or of a rationale.

    `uThe` and `u The` are reported; `eGFR`, `pH` and `xRays` are spelled so.
    """
    for place, text in context.printed:
        start = len(text) - len(text.lstrip())
        if place.field in _PROSE and _STRAY.match(text, start):
            words = " ".join(
                text[start:].split(maxsplit=2)[: 2 if text[start + 1].isspace() else 1]
            )
            says = f"'{words}' begins with a stray letter. Delete it."
            yield Hit(place, says, (start, start + 1))
