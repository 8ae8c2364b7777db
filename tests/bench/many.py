"""What thousands of cases cost: to be listed, to be opened, to be filtered by a key."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from imr_tui.checks import CheckSetup
from imr_tui.store.worklist.case_files import RACY_NS
from imr_tui.store.worklist.case_numbers import duplicate_of
from imr_tui.store.worklist.listing import Listing, rows_of
from tests.bench.figures import Figure, Plan, compared, interleaved
from tests.bench.measure import first_paint
from tests.bench.samples import APP, FRESH, make_folder, many_cases
from tests.bench.session import CALM, OpenCase

FLOOR = "scandir and stat"
TYPED = "new 0001"


def many(place: Path, plan: Plan) -> Iterator[Figure]:
    """A folder of generated cases, read from its files and from its index."""
    folder = many_cases(place, plan.cases)
    cold, scanned = seconds(lambda: rows_of(folder, CheckSetup())), seconds(lambda: scan(folder))
    yield compared(f"{plan.cases:,} cases, no index", [cold], [scanned], FLOOR)
    time.sleep(RACY_NS / 10**9)
    rows_of(folder, CheckSetup())
    listing = Listing(folder, CheckSetup())
    listing.look()
    base, *measured = interleaved(
        plan.rounds,
        lambda: seconds(lambda: scan(folder)),
        lambda: seconds(lambda: rows_of(folder, CheckSetup())),
        lambda: seconds(listing.look),
        lambda: seconds(lambda: duplicate_of(folder, FRESH.stem)),
    )
    names = ("from the index", "another look", "is a number taken")
    for name, values in zip(names, measured, strict=True):
        yield compared(f"  {name}", values, base, FLOOR)
    yield from on_a_terminal(place, folder, plan)


def on_a_terminal(place: Path, folder: Path, plan: Plan) -> Iterator[Figure]:
    """The same folder in the app."""
    one = make_folder(place / "one", FRESH)
    base, values = interleaved(
        plan.rounds,
        lambda: first_paint([*APP, str(one)], place, FRESH.stem.encode(), b"Help"),
        lambda: first_paint([*APP, str(folder)], place, b"CM26-0000", b"Help"),
    )
    yield compared("  start to the worklist", values, base, "the same with 1 case")
    keys, scans = list[float](), list[float]()
    with OpenCase([*APP, str(folder)], place) as session:
        session.wait_for("F1 Help")
        session.press("/", CALM)
        for key in TYPED:
            scans.append(seconds(lambda: scan(folder)))
            keys.append((session.press(key, CALM).first or 0) / 1000)
    yield compared("  a key of the filter", keys, scans, FLOOR)


def scan(folder: Path) -> list[os.stat_result]:
    """The least that has to be done to know what has changed."""
    with os.scandir(folder) as entries:
        return [entry.stat(follow_symlinks=False) for entry in entries]


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
