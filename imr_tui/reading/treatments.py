"""Kinds of treatment and of study, as far as a text names them."""

from functools import cache, lru_cache

from imr_tui.reading.folding import lowered
from imr_tui.reading.lexicon import Lexicon, table
from imr_tui.reading.sentences import KEPT


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
