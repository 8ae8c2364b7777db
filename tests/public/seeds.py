"""The seeded parties, and sentences whose braces mark what a public copy removes."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import tomli

from imr_tui.model.case import Parties
from imr_tui.text.transliteration import to_ascii

SEEDS = Path(__file__).with_name("names.toml")
SETS = ("plain", "compound", "ordinary", "eponyms")
"""The cases whose parties are seeded."""
_MARKED = re.compile(r"\{([^}]*)\}")


class Seed(NamedTuple):
    """A sentence with names in it."""

    text: str
    """The sentence."""
    spans: tuple[tuple[int, int], ...]
    """Where its names are."""

    @property
    def names(self) -> list[str]:
        """Its names, each in one line and in ASCII, as a report shows them."""
        return [" ".join(to_ascii(self.text[slice(*span)]).split()) for span in self.spans]

    @property
    def without(self) -> str:
        """The sentence without its names, and without white space."""
        kept, end = list[str](), 0
        for start, stop in self.spans:
            kept.append(self.text[end:start])
            end = stop
        return bare("".join((*kept, self.text[end:])))


def bare(text: str) -> str:
    """A text in ASCII without white space, which wrapping and blanks change."""
    return "".join(to_ascii(text).split())


def seed(marked: str) -> Seed:
    """The sentence of a text with braces."""
    text, spans, end = "", [], 0
    for match in _MARKED.finditer(marked):
        text += marked[end : match.start()]
        spans.append((len(text), len(text) + len(match[1])))
        text += match[1]
        end = match.end()
    return Seed(text + marked[end:], tuple(spans))


@cache
def table() -> dict[str, Any]:
    """The file of seeds."""
    return tomli.loads(SEEDS.read_text("utf-8"))


def parties(name: str) -> Parties:
    """The parties of one of the seeded cases."""
    row = table()["parties"][name]
    return Parties(**{**row, "providers": tuple(row["providers"])})


def forms() -> list[tuple[str, str, Seed]]:
    """Each form, the case whose parties it names, and a sentence."""
    return [
        (row["form"], name, seed(text))
        for row in table()["forms"]
        for name in SETS
        for text in row[name]
    ]


def kept() -> list[tuple[str, str]]:
    """The case whose parties are known, and a sentence in which nothing is a name."""
    return [(name, text) for name in SETS for text in table()["kept"][name]]


def identifiers() -> list[Seed]:
    """Sentences with numbers and addresses that identify somebody."""
    return [seed(row["text"]) for row in table()["identifiers"]]
