"""What a key costs: bytes, and the time until it is seen, in each field and beside editors."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from tests.bench.answered import Typing, told
from tests.bench.figures import Figure, Plan
from tests.bench.programs import Program, nano, opened, ours, stock, text_area, vim
from tests.bench.samples import Field, case_with, on_disk
from tests.bench.texts import prose, typed

TURN = 10
"""Keys that a program is sent before it is the next one's turn."""
BACK = 250
"""Characters from the end, in the middle of the last paragraph."""
LONG = 20_000
"""Words of a text that is long."""
SIZES = ((80, 24), (200, 50))
TEXTS: Sequence[Field] = ("summary", "rationale")
SHOWS = "thickness"
"""A word that stands at the end of each text."""


class Place(NamedTuple):
    """Where is typed."""

    words: int
    back: int = 0
    """How many characters stand behind it."""
    size: tuple[int, int] = SIZES[0]

    def __str__(self) -> str:
        where = "middle" if self.back else "end"
        return f"{self.words:,} words, {where}, {self.size[0]}x{self.size[1]}"


def texts(place: Path, plan: Plan) -> Iterator[Figure]:
    """Keys in the summary and in a rationale."""
    for number, at in enumerate(places(plan)):
        home = place / str(number)
        home.mkdir()
        text = prose(at.words)
        cases = {name: case_with(home / name, name, text) for name in TEXTS}
        mine = [ours_in(name, path, at) for name, path in cases.items()]
        floors = [make(written(home, text), SHOWS, at.back) for make in (text_area, vim, nano)]
        found = measured([*mine, *floors], home, plan, at)
        for name, path in cases.items():
            check_arrived(path, name, text, at, plan)
            yield from told(f"{name}, {at}", found[name], found, floors)


def places(plan: Plan) -> Iterator[Place]:
    """Every place, or one."""
    if plan.is_short:
        yield Place(200)
        return
    for size in SIZES:
        for words in (200, LONG):
            yield from (Place(words, back, size) for back in (0, BACK))


def lines(place: Path, plan: Plan) -> Iterator[Figure]:
    """Keys in a field of one line."""
    sizes = SIZES[:1] if plan.is_short else SIZES
    for number, at in enumerate(Place(words, 0, size) for words in (1, 90) for size in sizes):
        home = place / str(number)
        home.mkdir()
        text = prose(at.words)
        path = written(home, text)
        case = case_with(home / "case", "line", text)
        field = replace(ours(case, keys=(["ctrl+r"], ["e"], ["end"])), name="line")
        shows = text.split()[-1]
        input_ = stock("line", "stock Input", "Help", str(path))
        floors = [input_, vim(path, shows), nano(path, shows)]
        found = measured([field, *floors], home, plan, at)
        yield from told(f"one line, {at}", found["line"], found, floors)


def ours_in(name: Field, path: Path, at: Place) -> Program:
    """The program with the cursor at a place in one of its texts."""
    there = [["ctrl+p"], ["i"], ["ctrl+end"]]
    keys = [*there, *([["left"] * at.back] if at.back else [])]
    return replace(ours(path, keys=keys), name=name)


def written(home: Path, text: str) -> Path:
    """A file with the text."""
    path = home / "text.txt"
    path.write_text(text, encoding="utf-8")
    return path


def measured(
    programs: Sequence[Program], home: Path, plan: Plan, at: Place
) -> Mapping[str, Typing]:
    """The same keys typed in all programs, turn by turn."""
    keys = keys_at(at, plan)
    with ExitStack() as stack:
        sessions = opened(stack, programs, home, at.size)
        found = {name: Typing() for name in sessions}
        for start in range(0, len(keys), TURN):
            turn = keys[start : start + TURN]
            for name, session in sessions.items():
                found[name].turns.append([session.press(key) for key in turn])
        for session in sessions.values():
            session.settle()
        return found


def keys_at(at: Place, plan: Plan) -> str:
    """What is typed at a place; in the middle every key moves a paragraph, so fewer will do."""
    return typed(plan.keys // 2 if at.back else plan.keys)


def check_arrived(path: Path, name: Field, text: str, at: Place, plan: Plan) -> None:
    """Raise unless exactly what was typed stands where it was typed."""
    case = on_disk(path)
    there = case.summary.text if name == "summary" else case.items[0].rationale
    cut = len(text) - at.back
    if there.strip() != (text[:cut] + keys_at(at, plan) + text[cut:]).strip():
        raise AssertionError(f"{name}, {at}: the file does not hold what was typed")
