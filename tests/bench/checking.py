"""What the rules cost: over one case, and over a folder of published letters."""

import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from imr_tui import checks
from imr_tui.checks import CheckContext
from imr_tui.letter.render.renderer import render
from imr_tui.model.case import Case
from imr_tui.store.cases.case_file import open_case
from tests.bench.figures import Figure, Plan, compared, interleaved
from tests.bench.measure import wall
from tests.bench.samples import APP
from tests.forgetting import forget

DETERMINATIONS = Path(__file__).parents[1] / "seeded" / "clean"
"""Synthetic determinations of the length and the wording of published ones."""
LETTERS = 1_000
"""Letters in the folder."""
FEW = 100
"""Letters where a rough answer is enough."""
READ = (
    "import pathlib, re, sys\n"
    "for path in pathlib.Path(sys.argv[1]).iterdir(): re.findall(r'\\w+', path.read_text())"
)


def determinations() -> list[Case]:
    """The cases that are looked at."""
    return [open_case(path).case for path in sorted(DETERMINATIONS.glob("*.toml"))]


def one_case(place: Path, plan: Plan) -> Iterator[Figure]:
    """All rules over the median case, its texts read for the first time."""
    cases = determinations()
    base, values = interleaved(
        plan.rounds,
        lambda: median(lambda case: plain_words(case), cases),
        lambda: median(lambda case: checks.run(CheckContext(case)), cases),
    )
    yield compared("all rules, median case", values, base, "words of its texts, found", "ms")


def median(work: Callable[[Case], object], cases: list[Case]) -> float:
    """The median of the milliseconds that a piece of work takes for each case, unread before."""
    taken = []
    for case in cases:
        forget()
        start = time.perf_counter()
        work(case)
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def plain_words(case: Case) -> int:
    return sum(len(re.findall(r"\w+", text)) for _, text in CheckContext(case).printed)


def many_letters(place: Path, plan: Plan) -> Iterator[Figure]:
    """A folder of letters, imported and checked by the command."""
    count = LETTERS if not plan.is_short else FEW
    texts = [render(case) for case in determinations()]
    for number in range(count):
        name = place / f"CM16-{number:07}.txt"
        name.write_text(texts[number % len(texts)], encoding="ascii")
    seconds = wall([*APP, "check", "--statistics", str(place)], place)
    floor = wall([sys.executable, "-c", READ, str(place)], place)
    against = "words of the files, found"
    yield Figure(f"{count:,} letters checked", seconds, floor, "s", against)
