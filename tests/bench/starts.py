"""What a start costs: until the first full paint, and the commands without a screen."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from tests.bench.figures import Figure, Plan, compared, interleaved
from tests.bench.measure import first_paint, wall
from tests.bench.programs import Program, hello, nano, opened, ours, posting, text_area, vim
from tests.bench.samples import APP, FRESH, SEED, make_folder
from tests.bench.session import OpenCase

CORE = (sys.executable, "-c", "import pydantic, jinja2")
SHOWS = "a text"
QUESTION = b"? help: "
"""How the first question of plain mode ends."""


def starts(place: Path, plan: Plan) -> Iterator[Figure]:
    """Start to first full paint, each of ours beside each floor."""
    folder = make_folder(place, FRESH)
    # Builds the index; a start that is killed as soon as it has painted may not come to it.
    wall([*APP, "list", str(folder)], place)
    text = place / "text.txt"
    text.write_text(SHOWS, encoding="utf-8")
    mine = {
        "start to the worklist": ours(folder, FRESH.stem, "Help"),
        "start to an open case": ours(folder / FRESH.name, "attest", "Next"),
    }
    floors = [hello(), *(make(text, SHOWS) for make in (text_area, vim, nano)), posting()]
    with ExitStack() as stack:
        running = opened(stack, floors, place)
    there = [floor for floor in floors if floor.name in running]
    columns = interleaved(
        plan.rounds,
        *(lambda each=each: painted(each, place) for each in [*mine.values(), *there]),
    )
    for name, values in zip(mine, columns, strict=False):
        for floor, base in zip(there, columns[len(mine) :], strict=True):
            yield compared(name, values, base, floor.name)
        for floor in floors:
            if floor not in there:
                yield Figure(name, sorted(values)[len(values) // 2], None, "s", floor.missing)
    yield from first_bytes(mine, hello(), place)


def painted(program: Program, home: Path) -> float:
    """Seconds until all that a program is to show was sent."""
    return first_paint(program.argv, home, *(words.encode() for words in program.shows))


def first_bytes(mine: dict[str, Program], floor: Program, home: Path) -> Iterator[Figure]:
    """The bytes of a start, until all is silent."""
    base, _ = sent(floor, home)
    for name, program in mine.items():
        size, ideal = sent(program, home)
        yield Figure(f"{name}, bytes", size, base, "bytes", floor.name, ideal=ideal)


def sent(program: Program, home: Path) -> tuple[int, int]:
    """The bytes that a program sends until it is silent, and those that its screen needs."""
    with OpenCase(program.argv, home) as session:
        session.wait_for(*program.shows)
        session.settle(1.0)
        return len(session.raw), session.whole()


def commands(place: Path, plan: Plan) -> Iterator[Figure]:
    """Wall time of the commands without a screen."""
    folder = make_folder(place, FRESH, SEED)
    seed = str(folder / SEED.name)
    lines: Sequence[list[str]] = (
        ["letter", seed],
        ["list", str(folder)],
        ["check", str(folder)],
        ["check", seed],
    )
    base, *columns, tab, plain = interleaved(
        plan.rounds,
        lambda: wall(CORE, place),
        *((lambda line=line: wall([*APP, *line], place)) for line in lines),
        lambda: wall([*APP, "letter", "CM"], place, _IMR_TUI_COMPLETE="bash_complete"),
        lambda: first_paint([*APP, "--plain", str(folder)], place, QUESTION),
    )
    names = ("imr-tui letter", "imr-tui list", "imr-tui check, 2 cases", "imr-tui check, 1 case")
    for name, values in zip(names, columns, strict=True):
        yield compared(name, values, base, "import pydantic, jinja2")
    yield compared("completing a case number", tab, base, "import pydantic, jinja2")
    yield compared("plain mode to its first question", plain, base, "import pydantic, jinja2")
