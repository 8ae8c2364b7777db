"""Finds the words of a block that identify somebody: names of parties, numbers and addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.domain.citation_text import (
    ADMINISTRATOR,
    MTUS_OPENING,
    OPENING,
    OTHER_OPENING,
    OUTSIDE,
    REVIEWER,
    UNCITED,
)
from imr_tui.letter.dialects.final_determination import FINAL_DETERMINATION as DIALECT
from imr_tui.reading.language.patterns import LazyPattern, blank_out
from imr_tui.reading.people.identifiers import identifiers
from imr_tui.reading.people.names import AMBIGUOUS_DEGREE, DEGREE, TITLE

if TYPE_CHECKING:
    from imr_tui.letter.dialects.dialect import Phrase
    from imr_tui.reading.people.party_names import PartyNames

PARTY = "a party's name"
"""What a name of the case is called in a report."""
_MASK = "~"
_TITLE = re.compile(rf"(?i:{TITLE})\b\.?\s*")
_DEGREES = re.compile(rf"(?:,?\s*{DEGREE}\.?|,\s*{AMBIGUOUS_DEGREE}\.?)+\Z")
# "Sampleton et al", "Sampleton 2010", "Sampleton RA," as authors of studies are cited.
_AUTHOR = re.compile(r",?\s+(?:et al|\(?(?:19|20)\d\d\b|[A-Z]{1,2}\b[,.])")


class Found(NamedTuple):
    """Words that identify somebody."""

    start: int
    """The offset of the first character."""
    end: int
    """The offset after the last character."""
    kind: str
    """What they are, with its article: "a telephone number"."""


def identifying_words(text: str, names: PartyNames, *, names_only: bool) -> list[Found]:
    """The words of an ASCII text that identify somebody, in order and apart from each other.

    Titles and degrees stay, and so do the fixed phrases of the letter. With `names_only`, numbers
    and addresses stay as well, and names of cited authors.
    """
    masked = _without_phrases(text, is_guideline=names_only)
    found = list(_names(masked, names, may_cite=names_only))
    if not names_only:
        found += _identifiers(masked)
    return _merged(found)


def _names(text: str, names: PartyNames, *, may_cite: bool) -> Iterator[Found]:
    for match in names.finditer(text):
        start = match.start() + (title.end() if (title := _TITLE.match(match[0])) else 0)
        degrees = _DEGREES.search(match[0])
        end = match.start() + degrees.start() if degrees else match.end()
        is_author = may_cite and " " not in match[0] and _AUTHOR.match(text, end)
        if start < end and not is_author:
            yield Found(start, end, PARTY)


def _identifiers(text: str) -> Iterator[Found]:
    """All identifiers: `identifiers` tells the first of each kind."""
    while found := identifiers(text):
        for each in found:
            start, end = each.span
            yield Found(start, end, each.kind)
            text = text[:start] + _MASK * (end - start) + text[end:]


def _merged(found: list[Found]) -> list[Found]:
    """Join what overlaps; an identifier names the kind."""
    merged: list[Found] = []
    for each in sorted(found):
        if merged and each.start < merged[-1].end:
            last = merged.pop()
            kind = each.kind if last.kind == PARTY else last.kind
            each = Found(last.start, max(last.end, each.end), kind)
        merged.append(each)
    return merged


# ── The fixed phrases ────────────────────────────────────────────────────────────────────────


def _literal(words: str) -> str:
    """A pattern for words as they are, with any white space between them."""
    return " ".join(map(re.escape, words.split()))


def _parts(phrase: Phrase) -> Iterator[str]:
    """The words of a phrase between its fields, without those that are too short to be sure."""
    return (part for part in re.split(r"\{\w+\}", phrase.text) if len(part.split()) > 2)


_LABELS = (DIALECT.administrator, DIALECT.rationale, DIALECT.licensure, DIALECT.specialty)
_PHRASES = LazyPattern(
    "|".join(
        (
            rf"\A(?:{'|'.join(map(_literal, _LABELS))})",
            *map(_literal, (DIALECT.summary_opening, DIALECT.issues_opening)),
            *(_literal(part) for part in _parts(DIALECT.modified)),
            *(_literal(part) for part in _parts(DIALECT.left_whole)),
            r": (?:Upheld|Overturned)\.?\s*\Z",
        )
    )
)


_SAID = (
    *(
        f"{source.name} {what}"
        for source in (ADMINISTRATOR, REVIEWER)
        for what in (UNCITED, OUTSIDE)
    ),
    *(MTUS_OPENING, OTHER_OPENING, OPENING),
)
# The label of the reviewer's guideline line, which has the organization's own name.
_LABEL = rf"\A[A-Z][^\n]{{0,60}}{_literal(DIALECT.reviewer.format(label=''))}"
_GUIDELINE_LINE = LazyPattern("|".join((_LABEL, *map(_literal, _SAID))))


def _without_phrases(text: str, *, is_guideline: bool) -> str:
    """Replace the fixed phrases, keeping offsets, so that no name is found in or across them."""
    text = blank_out(_GUIDELINE_LINE, text, mark=_MASK) if is_guideline else text
    return blank_out(_PHRASES, text, mark=_MASK)
