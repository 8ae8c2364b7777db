"""Blanks and choices that a text still has, and names of phrases before the cursor."""

from __future__ import annotations

import re
from dataclasses import dataclass

from imr_tui.phrases.template import BLANK, NAME

Span = tuple[int, int]

_BLANK = re.compile(rf"(?<!\*){re.escape(BLANK)}(?!\*)|\{{([^{{}}|\n]*\|[^{{}}\n]*)\}}")
_NAMED = re.compile(rf"(?:\A|(?<=\s))\.({NAME})?\Z")
_REACH = 64
"""Characters before the cursor that a name can take, and more."""


@dataclass(frozen=True)
class Blank:
    """A place to fill in."""

    span: Span
    """Its characters."""
    options: tuple[str, ...] = ()
    """The words to choose from; empty if the reviewer writes them."""


def blanks(text: str) -> tuple[Blank, ...]:
    """The blanks of `text`, in order."""
    return tuple(
        Blank(match.span(), tuple(match[1].split("|")) if match[1] is not None else ())
        for match in _BLANK.finditer(text)
    )


def next_blank(text: str, selected: Span, step: int) -> Blank | None:
    """The first blank after the selection (1) or before it (-1), else the one at the other end."""
    found = blanks(text)
    if not found:
        return None
    if step > 0:
        at = selected[0] + (selected[0] != selected[1])
        return next((each for each in found if each.span[0] >= at), found[0])
    return next((each for each in reversed(found) if each.span[1] <= selected[0]), found[-1])


@dataclass(frozen=True)
class Abbreviation:
    """A period with the name of a phrase, directly before the cursor."""

    name: str
    """The name; blank for the period alone."""
    span: Span
    """Its characters, with the period."""


def abbreviation(text: str, at: int) -> Abbreviation | None:
    """The abbreviation before the offset `at`: at the start of the text, or after white space.

    The periods of "q.d.", "e.g." and ".5 mg" begin no name.
    """
    start = max(0, at - _REACH)
    match = _NAMED.search(text[start:at])
    if match is None or (match.start() == 0 and start > 0):
        return None
    return Abbreviation(match[1] or "", (start + match.start(), at))
