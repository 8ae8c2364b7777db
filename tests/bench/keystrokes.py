"""What a key costs: bytes, and the time until it is seen, in each field and beside editors."""

import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from tests.bench.figures import Figure, Plan, percentile
from tests.bench.programs import Program, nano, opened, ours, stock, text_area, vim
from tests.bench.samples import Field, case_with, on_disk
from tests.bench.session import Answer
from tests.bench.texts import prose, typed

TURN = 10
"""Keys that a program is sent before it is the next one's turn."""
BACK = 250
"""Characters from the end, in the middle of the last paragraph."""
DOWN = 140
"""Pages that a text of 20,000 words has at most."""
FIELDS: dict[Field, Sequence[Sequence[str]]] = {
    "summary": (["ctrl+p"],),
    "rationale": (["ctrl+p"],),
}
"""The keys that lead to a text from where its case opens."""


class Place(NamedTuple):
    """Where is typed."""

    words: int
    back: int
    size: tuple[int, int]

    def __str__(self) -> str:
        where = "middle" if self.back else "end"
        return f"{self.words:,} words, {where}, {self.size[0]}x{self.size[1]}"


@dataclass
class Typing:
    """The answers of a program to its keys, turn by turn."""

    turns: list[list[Answer]] = field(default_factory=list)
    pauses: list[int] = field(default_factory=list)
    """Bytes that came while it was another's turn."""

    def add(self, answers: Sequence[Answer]) -> None:
        self.pauses.append(answers[0].before)
        self.turns.append(list(answers))

    def sizes(self, turn: list[Answer]) -> list[float]:
        """The bytes of each key, with what came late."""
        late = [answer.before for answer in turn[1:]] + [0]
        return [answer.sent + more for answer, more in zip(turn, late, strict=True)]

    @property
    def bytes_by_turn(self) -> list[list[float]]:
        return [self.sizes(turn) for turn in self.turns]

    @property
    def times_by_turn(self) -> list[list[float]]:
        found = [[each.visible for each in turn if each.visible is not None] for turn in self.turns]
        return [turn for turn in found if turn]

    @property
    def ideal(self) -> float:
        return statistics.mean(answer.ideal for turn in self.turns for answer in turn)


Measure = Callable[[Sequence[float]], float]
MEASURES: dict[str, Measure] = {
    "p50": statistics.median,
    "p95": lambda values: percentile(values, 95),
    "mean": statistics.mean,
}


def texts(place: Path, plan: Plan) -> Iterator[Figure]:
    """Keys in the summary and in a rationale."""
    for at in places(plan):
        home = place / f"{at.words}-{at.back}-{at.size[0]}"
        home.mkdir()
        text = prose(at.words)
        cases = {name: case_with(home / name, name, text) for name in FIELDS}
        programs = [
            *(ours_in(name, path, at) for name, path in cases.items()),
            *editors(home, text, at),
        ]
        found = measured(programs, home, plan, at)
        for name, path in cases.items():
            check_arrived(path, name, text, at, plan)
            yield from told(f"{name}, {at}", found[name], found, programs[len(cases) :])


def lines(place: Path, plan: Plan) -> Iterator[Figure]:
    """Keys in a field of one line, and in an editor with one line."""
    sizes = [(80, 24)] if plan.is_short else [(80, 24), (200, 50)]
    for at in [Place(words, 0, size) for words in (1, 90) for size in sizes]:
        home = place / f"{at.words}-{at.size[0]}"
        home.mkdir()
        text = prose(at.words)
        case = case_with(home / "line", "line", text)
        ways = (["ctrl+r"], ["e"], ["end"])
        field = replace(ours(case, keys=ways), name="line")
        path = written(home, text)
        shows = text.split()[-1]
        floor = stock("line", "stock Input", shows, str(path))
        floors = [floor, vim(path, shows), nano(path, shows)]
        found = measured([field, *floors], home, plan, at)
        yield from told(f"one line, {at}", found["line"], found, floors)


def places(plan: Plan) -> Iterator[Place]:
    for size in [(80, 24)] if plan.is_short else [(80, 24), (200, 50)]:
        for words in (200, 20_000):
            for back in (0, BACK):
                yield Place(words, back, size)


def ours_in(name: Field, path: Path, at: Place) -> Program:
    """The program with the cursor at the place in one of its texts."""
    keys = [*FIELDS[name], ["pagedown"] * (DOWN if at.words > 1000 else 3), ["end"]]
    return replace(ours(path, keys=[*keys, ["left"] * at.back] if at.back else keys), name=name)


def editors(home: Path, text: str, at: Place) -> list[Program]:
    path, shows = written(home, text), "thickness"
    return [make(path, shows, at.back) for make in (text_area, vim, nano)]


def written(home: Path, text: str) -> Path:
    path = home / "text.txt"
    path.write_text(text, encoding="utf-8")
    return path


def measured(
    programs: Sequence[Program], home: Path, plan: Plan, at: Place
) -> Mapping[str, Typing]:
    """The same keys typed in all programs, turn by turn."""
    keys = typed(plan.keys)
    with ExitStack() as stack:
        sessions = opened(stack, programs, home, at.size)
        found = {name: Typing() for name in sessions}
        for start in range(0, len(keys), TURN):
            for name, session in sessions.items():
                found[name].add([session.press(key) for key in keys[start : start + TURN]])
        for session in sessions.values():
            session.settle()
        return found


def check_arrived(path: Path, name: str, text: str, at: Place, plan: Plan) -> None:
    """Raise unless exactly what was typed stands where it was typed."""
    case = on_disk(path)
    there = case.summary.text if name == "summary" else case.items[0].rationale
    cut = len(text) - at.back
    if there.strip() != (text[:cut] + typed(plan.keys) + text[cut:]).strip():
        raise AssertionError(f"{name}, {at}: the file does not hold what was typed")


def told(
    name: str, ours: Typing, found: Mapping[str, Typing], floors: Sequence[Program]
) -> Iterator[Figure]:
    """A figure for each floor and each measure of bytes and of time."""
    for floor in floors:
        base = found.get(floor.name)
        for measure in ("mean", "p50", "p95"):
            yield figure(
                f"{name}: bytes a key, {measure}",
                MEASURES[measure],
                ours.bytes_by_turn,
                base.bytes_by_turn if base else None,
                floor,
                "bytes",
                ours.ideal if measure == "mean" else None,
            )
        for measure in ("p50", "p95"):
            yield figure(
                f"{name}: key to echo, {measure}",
                MEASURES[measure],
                ours.times_by_turn,
                base.times_by_turn if base else None,
                floor,
                "ms",
            )
    yield Figure(
        f"{name}: a pause", statistics.median(ours.pauses[1:] or ours.pauses), None, "bytes"
    )


def figure(
    name: str,
    measure: Measure,
    ours: list[list[float]],
    base: list[list[float]] | None,
    floor: Program,
    unit: str,
    ideal: float | None = None,
) -> Figure:
    """A measure of all keys, and how far apart its ratios are turn by turn."""
    value = measure([each for turn in ours for each in turn])
    if base is None:
        return Figure(name, value, None, unit, floor.missing, ideal=ideal)
    pairs = [(measure(mine), measure(other)) for mine, other in zip(ours, base, strict=False)]
    ratios = [mine / other for mine, other in pairs if other]
    spread = (min(ratios), max(ratios)) if ratios else None
    whole = measure([each for turn in base for each in turn])
    return Figure(name, value, whole, unit, floor.name, spread, ideal)
