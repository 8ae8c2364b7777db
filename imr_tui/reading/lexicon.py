"""Looks up names by the words for them, and finds the kinds of treatment in a text."""

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import tomli

from imr_tui.reading.patterns import CACHE_SIZE, lowered


def table(name: str) -> dict[str, Any]:
    """Parse the table `name`; raises on errors, because the file is part of the package."""
    return tomli.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


class Lexicon:
    """Finds names in lower-case text; if several match the same words, the first in order wins."""

    def __init__(self, rows: Iterable[Mapping[str, Any]]) -> None:
        listed = tuple(rows)
        self._names: tuple[str, ...] = tuple(row["name"] for row in listed)
        words = "|".join(f"({'|'.join(row['words'])})" for row in listed)
        self._pattern = re.compile(rf"(?<![\w-])(?:{words})(?!\w)".replace(" ", r"\s+"))

    def find(self, text: str) -> Iterable[tuple[str, re.Match[str]]]:
        """Yield each name whose words occur in `text`, with the match, in order."""
        for match in self._pattern.finditer(text):
            yield self._names[(match.lastindex or 1) - 1], match


@cache
def _lexicon() -> Lexicon:
    return Lexicon(table("treatments")["kind"])


@cache
def _related_kinds() -> tuple[frozenset[str], ...]:
    return tuple(map(frozenset, table("treatments")["kin"]))


@lru_cache(maxsize=4 * CACHE_SIZE)
def kinds(text: str) -> frozenset[str]:
    """The kinds of treatment that `text` names."""
    return frozenset(name for name, _ in _lexicon().find(lowered(text)))


def mentions(text: str) -> Iterable[tuple[str, tuple[int, int]]]:
    """The kinds of treatment that `text` names, each with its offsets, in order."""
    return ((name, match.span()) for name, match in _lexicon().find(lowered(text)))


def related(one: str, other: str) -> bool:
    """Whether two kinds of treatment are the same or easily confused."""
    return one == other or any({one, other} <= group for group in _related_kinds())


def any_related(ones: frozenset[str], others: frozenset[str]) -> bool:
    """Whether any kind of one set is related to any of the other."""
    return any(related(one, other) for one in ones for other in others)
