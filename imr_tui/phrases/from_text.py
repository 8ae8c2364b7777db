"""Turns a text into the text of a phrase: what is true of one case only becomes a blank."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from imr_tui.phrases.template import BLANK
from imr_tui.reading.amounts.amounts import amounts
from imr_tui.reading.amounts.quantities import NUMBER
from imr_tui.reading.dates.dates import dates
from imr_tui.reading.language.patterns import LazyPattern

if TYPE_CHECKING:
    from imr_tui.phrases.blanks import Span

# Not the numbers of vertebrae and codes, as in L4-5.
_DIGITS = LazyPattern(r"(?<![\w.-])#?\d+(?:[-/.,]\d+)*%?(?![A-Za-z_])")
_NUMBER = LazyPattern(rf"\b{NUMBER}\b", re.IGNORECASE)
_WORD = re.compile(r"[a-z0-9]+")
_WORDS_IN_NAME = 4


def without_facts(text: str) -> str:
    """`text` with `***` for its dates, ages, amounts and other numbers, and without braces."""
    plain = text.replace("{", "(").replace("}", ")")
    parts, end = [], 0
    for start, behind in sorted(_facts(plain)):
        if start >= end:
            parts += [plain[end:start], BLANK]
            end = behind
    return "".join((*parts, plain[end:]))


def _facts(text: str) -> Iterator[Span]:
    yield from (each.span for each in dates(text))
    yield from (each.span() for each in _DIGITS.finditer(text))
    for amount in amounts(text):
        yield from (each.span() for each in _NUMBER.finditer(text, *amount.span))


def proposed_name(text: str) -> str:
    """A name made of the first words of a text; blank if it has none."""
    words = _WORD.findall(text.lower())
    return "-".join(words[:_WORDS_IN_NAME])[:32].strip("-0123456789")
