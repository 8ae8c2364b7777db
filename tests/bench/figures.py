"""A figure of the bench: what something costs, beside what a floor costs in the same run."""

import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Plan:
    """How long the bench may take."""

    rounds: int = 5
    """Times that each program is started."""
    keys: int = 160
    """Keys of prose that are typed at the end of a text: some lines of it."""
    idle: float = 60.0
    """Seconds without a key."""
    cases: int = 10_000
    """Cases in the folder that has many."""
    sentence: int = 60
    """Words that are typed over a slow line."""
    is_short: bool = False
    """Whether a few of the places are enough."""


@dataclass(frozen=True)
class Figure:
    """A measured value and that of its floor."""

    name: str
    """What was measured."""
    ours: float
    """What the program takes."""
    floor: float | None
    """What the floor takes, or None where there is none."""
    unit: str
    """What the values count."""
    against: str = ""
    """What the floor is."""
    spread: tuple[float, float] | None = None
    """The smallest and the largest ratio of a round."""
    ideal: float | None = None
    """What it would take at least, or None where nobody knows."""

    @property
    def ratio(self) -> float | None:
        """How many floors it is."""
        return self.ours / self.floor if self.floor else None


class LeftOut(Exception):
    """A subject cannot be measured on this machine; says what is missing."""


Group = Callable[[Path, Plan], Iterator[Figure]]
"""Figures of one subject, measured in a place of their own."""


def interleaved(rounds: int, *works: Callable[[], float]) -> list[list[float]]:
    """The values of each piece of work; one round of each first, not counted."""
    rows = [[each() for each in works] for _ in range(rounds + 1)][1:]
    return [list(column) for column in zip(*rows, strict=True)]


def compared(
    name: str,
    values: Sequence[float],
    base: Sequence[float],
    against: str,
    unit: str = "s",
    ideal: float | None = None,
) -> Figure:
    """The medians, and how far apart the rounds are."""
    ratios = [ours / floor for ours, floor in zip(values, base, strict=True) if floor]
    medians = statistics.median(values), statistics.median(base)
    spread = (min(ratios), max(ratios)) if ratios else None
    return Figure(name, *medians, unit, against, spread, ideal)


def percentile(values: Sequence[float], percent: int) -> float:
    """The value below which so many of a hundred are."""
    if len(values) < 2:
        return values[0]
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]
