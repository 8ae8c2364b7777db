"""The answers of programs to keys, and what they come to."""

import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tests.bench.answer import Answer
from tests.bench.figures import Figure, percentile
from tests.bench.programs import Program

BYTES, ECHO = "bytes a key", "key to echo"
UNITS = {BYTES: "bytes", ECHO: "ms"}
Turns = Sequence[Sequence[float]]
"""The values of the keys, turn by turn."""
MEASURES: dict[str, Callable[[Sequence[float]], float]] = {
    "mean": statistics.mean,
    "p50": statistics.median,
    "p95": lambda values: percentile(values, 95),
}


@dataclass
class Typing:
    """The answers of a program, turn by turn."""

    turns: list[list[Answer]] = field(default_factory=list)

    def sizes(self) -> Turns:
        """The bytes of each key, with those that came on their own before the next one."""
        late = [[*(answer.before for answer in turn[1:]), 0] for turn in self.turns]
        return [
            [answer.sent + more for answer, more in zip(turn, rest, strict=True)]
            for turn, rest in zip(self.turns, late, strict=True)
        ]

    def times(self) -> Turns:
        """Milliseconds until each key was seen, of those that can be."""
        found = [[each.visible for each in turn if each.visible is not None] for turn in self.turns]
        return [turn for turn in found if turn]

    def values(self, kind: str) -> Turns:
        return self.sizes() if kind == BYTES else self.times()

    @property
    def ideal(self) -> float:
        """The mean of the bytes that a key needs."""
        return statistics.mean(answer.ideal for turn in self.turns for answer in turn)

    @property
    def pause(self) -> float:
        """The bytes that came while it was another's turn."""
        return statistics.median(turn[0].before for turn in self.turns[1:] or self.turns)


def told(
    name: str, ours: Typing, found: Mapping[str, Typing], floors: Sequence[Program]
) -> Iterator[Figure]:
    """The figures of a place, beside each floor those that say something."""
    for floor in floors:
        base = found.get(floor.name, Typing())
        for kind, measure in compared_with(floor):
            ideal = ours.ideal if measure == "mean" else None
            values = ours.values(kind), base.values(kind)
            whole = f"{name}: {kind}, {measure}"
            yield figure(whole, MEASURES[measure], *values, floor, UNITS[kind], ideal)
    yield Figure(f"{name}: bytes of a pause", ours.pause, None, "bytes")


def compared_with(floor: Program) -> Iterator[tuple[str, str]]:
    """Mean bytes with all; more of the bytes with the thriftiest; times with the two extremes."""
    yield BYTES, "mean"
    if floor.name == "vim":
        yield from ((BYTES, "p50"), (BYTES, "p95"))
    if floor.name != "nano":
        yield from ((ECHO, "p50"), (ECHO, "p95"))


def figure(
    name: str,
    measure: Callable[[Sequence[float]], float],
    ours: Turns,
    base: Turns,
    floor: Program,
    unit: str,
    ideal: float | None,
) -> Figure:
    """A measure of all keys, and how far apart its ratios are turn by turn."""
    value = measure([each for turn in ours for each in turn])
    if not base:
        return Figure(name, value, None, unit, floor.missing, ideal=ideal)
    pairs = [(measure(mine), measure(other)) for mine, other in zip(ours, base, strict=False)]
    ratios = [mine / other for mine, other in pairs if other]
    spread = (min(ratios), max(ratios)) if ratios else None
    whole = measure([each for turn in base for each in turn])
    return Figure(name, value, whole, unit, floor.name, spread, ideal)
