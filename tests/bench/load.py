"""What a program takes from the machine: processor time for its keys, and memory."""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from tests.bench.figures import Figure, Plan, compared
from tests.bench.programs import Program, hello, nano, opened, ours, text_area, vim
from tests.bench.samples import case_with
from tests.bench.session import OpenCase
from tests.bench.texts import prose, typed

KEYS = 100
SECONDS = 0.04
"""From one key to the next."""
AFTERWARDS = 1.5
"""Seconds in which what the keys have caused is done."""
RATIONALE = (["ctrl+p"], ["i"], ["ctrl+end"])


def load(place: Path, plan: Plan) -> Iterator[Figure]:
    """Processor time for keys, and memory, with a short text; in the long form a long one, too."""
    for words in (200,) if plan.is_short else (200, 20_000):
        home = place / str(words)
        home.mkdir()
        yield from loaded(home, words, plan)


def loaded(home: Path, words: int, plan: Plan) -> Iterator[Figure]:
    text = prose(words)
    path = home / "text.txt"
    path.write_text(text, encoding="utf-8")
    case = case_with(home, "rationale", text)
    mine = ours(case, keys=RATIONALE)
    floors = [*(make(path, "thickness") for make in (text_area, vim, nano)), hello()]
    with ExitStack() as stack:
        sessions = opened(stack, [mine, *floors], home)
        spent: dict[str, list[float]] = {mine.name: [], floors[0].name: []}
        for _ in range(plan.rounds):
            for name, values in spent.items():
                values.append(for_keys(sessions[name]))
        memory = {name: session.memory for name, session in sessions.items()}
    yield from told(f"CPU for {KEYS} keys, {words:,} words", spent, floors[:1], "ms")
    sizes = {name: [size] for name, size in memory.items()}
    yield from told(f"memory, {words:,} words", sizes, floors, "MB")


def told(
    name: str, found: dict[str, list[float]], floors: list[Program], unit: str
) -> Iterator[Figure]:
    mine = found["ours"]
    for floor in floors:
        if floor.name in found:
            yield compared(name, mine, found[floor.name], floor.name, unit)
        else:
            yield Figure(name, mine[0], None, unit, floor.missing)


def for_keys(session: OpenCase) -> float:
    """Milliseconds of a processor that keys take which are typed in haste."""
    session.settle()
    start = session.cpu
    due = time.perf_counter()
    for key in typed(KEYS):
        session.put(key.encode())
        due += SECONDS
        while (left := due - time.perf_counter()) > 0:
            session.read(left)
    end = time.perf_counter() + AFTERWARDS
    while (left := end - time.perf_counter()) > 0:
        session.read(left)
    return session.cpu - start
