"""Names found by their words, and the kinds of treatment that a text names."""

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import tomli

from imr_tui.reading.normalize import lowered
from imr_tui.reading.sentences import KEPT


def table(name: str) -> dict[str, Any]:
    """The table `name`, parsed; a fault in it is a fault of this package, so it may raise."""
    return tomli.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


class Lexicon:
    """Finds names in lower case text; where the words of several fit, the first name has them."""

    def __init__(self, rows: Iterable[Mapping[str, Any]]) -> None:
        listed = tuple(rows)
        self._names: tuple[str, ...] = tuple(row["name"] for row in listed)
        words = "|".join(f"({'|'.join(row['words'])})" for row in listed)
        self._pattern = re.compile(rf"(?<![\w-])(?:{words})(?!\w)".replace(" ", r"\s+"))

    def find(self, text: str) -> Iterable[tuple[str, re.Match[str]]]:
        """Each name that `text` has words of, with the words, in their order."""
        for match in self._pattern.finditer(text):
            yield self._names[(match.lastindex or 1) - 1], match


@cache
def _lexicon() -> Lexicon:
    return Lexicon(table("treatments")["kind"])


@cache
def _kin() -> tuple[frozenset[str], ...]:
    return tuple(map(frozenset, table("treatments")["kin"]))


@lru_cache(maxsize=4 * KEPT)
def kinds(text: str) -> frozenset[str]:
    """The kinds of treatment that `text` names."""
    return frozenset(name for name, _ in _lexicon().find(lowered(text)))


def related(one: str, other: str) -> bool:
    """Whether one kind may be meant by the name of the other."""
    return one == other or any({one, other} <= kin for kin in _kin())


def meet(ones: frozenset[str], others: frozenset[str]) -> bool:
    """Whether any kind of the one text may be one of the other's."""
    return any(related(one, other) for one in ones for other in others)
