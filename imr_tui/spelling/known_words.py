"""The words that are right, whatever a dictionary says: drugs, anatomy, treatments, guidelines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from imr_tui.catalogue import credentials
from imr_tui.catalogue.catalogue import shipped
from imr_tui.reading.drugs.drug_table import class_words, known_drugs, similar_words
from imr_tui.reading.language.tables import table
from imr_tui.reading.language.words import words
from imr_tui.spelling.words import SHORTEST

_PATTERNS = ("body/regions", "findings/findings", "treatments/treatments", "treatments/topics")
"""Tables of patterns for what letters name."""
_NO_LETTER = re.compile(r"\\[bsd]")
_LOOKAROUND = re.compile(r"\(\?<?[=!][^()]*\)")
_GROUP = re.compile(r"(\w|\*|\+|\?)?\((?:\?:)?([^()]*)\)(\?)?(?=([\w\\])?)")
_WILD = "~"
"""Stands for letters that are not known."""
# A whole word of a pattern, with or without an s: none that a wildcard or a group continues.
_WHOLE = re.compile(
    rf"(?<![\w\\*+?\])}}{_WILD}-])([a-z]{{{SHORTEST},}})(s\?)?(?![\w\\*+?(\[{{{_WILD}-])"
)


@cache
def known_words() -> frozenset[str]:
    """The words in small letters that are not looked up in a dictionary."""
    plain = (
        *(name for drug in known_drugs() for name in (*drug.spellings, *drug.parts)),
        *(name for names in class_words().values() for name in names),
        *_catalogue(),
        *(row["meant"] for row in table("slips/fixed_phrases")["phrase"]),
        table("slips/field_words")["words"],
        # Terms that medical dictionaries lack, and plurals of those that they have.
        files("imr_tui.spelling").joinpath("medical_words.txt").read_text("ascii"),
    )
    found = {word for text in plain for word in words(text)}
    found.update(similar_words())
    for name in _PATTERNS:
        found.update(_literal(_strings(table(name))))
    return frozenset(word for word in found if len(word) >= SHORTEST)


def _catalogue() -> Iterator[str]:
    for guideline in shipped().guidelines:
        yield from (guideline.title, guideline.printed, guideline.section, *guideline.aliases)
        for topic in guideline.topics:
            yield from (topic.title, *topic.aliases)
    yield from credentials.specialties()


def _strings(value: object) -> Iterator[str]:
    """All strings in a table."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)


def _literal(patterns: Iterable[str]) -> Iterator[str]:
    """The whole words in patterns."""
    for pattern in patterns:
        for match in _WHOLE.finditer(_without_groups(_NO_LETTER.sub(" ", pattern))):
            yield match[1]
            if match[2]:
                yield f"{match[1]}s"


def _without_groups(pattern: str) -> str:
    """A pattern whose groups are their contents, or a wildcard inside a longer word."""
    while True:
        flat = _GROUP.sub(_flat, _LOOKAROUND.sub(" ", pattern))
        if flat == pattern:
            return flat
        pattern = flat


def _flat(group: re.Match[str]) -> str:
    before = group[1] or ""
    return f"{before}{_WILD}" if before or group[4] else f" {group[2]} "
