"""What it costs to take assignments in: new ones, and those that are there already."""

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from imr_tui.services.intake import TOGETHER, Intake
from imr_tui.services.intake_files import read_file
from imr_tui.store.cases.folder import Folder
from imr_tui.store.intake.received import RECEIVED, intake_folder
from tests.bench.figures import Figure, Plan, compared, interleaved
from tests.bench.samples import make_folder

COUNT = 10_000
FEW = 500
"""Enough for a rough answer."""
FLOOR = "the same files by plain Python"


def intake(place: Path, plan: Plan) -> Iterator[Figure]:
    """Seconds that a file of assignments takes, beside writing the same files with fsync."""
    count = FEW if plan.is_short else COUNT
    path = place / "assignments.jsonl"
    path.write_text("".join(f"{row(number)}\n" for number in range(count)))
    folder, copy = make_folder(place / "ours"), place / "floor"
    base, new, again = interleaved(
        1 if plan.is_short else min(plan.rounds, 2),
        lambda: plain(folder, copy),
        lambda: fresh(folder, path),
        lambda: seconds(lambda: take_in(folder, path)),
    )
    yield compared(f"{count:,} new assignments", new, base, FLOOR)
    yield compared("  the same again", again, base, FLOOR)


def row(number: int) -> str:
    """An assignment as a line of JSON."""
    return json.dumps(
        {
            "assignment": f"A-{number}",
            "case.number": f"CM26-{number:07}",
            "employee": f"Sample Worker {number}",
            "employer": "Sample Employer",
            "claims_administrator": "Sample Administrator",
            "date_of_injury": "2025-03-04",
            "application_received": "2026-01-05",
            "diagnosis": "M75.41 Impingement syndrome of the right shoulder",
            "item.1.request": "6 sessions of physical therapy for the right shoulder",
            "item.2.request": "MRI of the right shoulder without contrast",
            "telephone": "555-0100",
        }
    )


def take_in(folder: Path, path: Path) -> None:
    """Read and take in a file, as the command does."""
    read = read_file(str(path), Folder(folder))
    with Intake(Folder(folder), datetime.now(UTC)) as run:
        assert all(each.kind != "failed" for each in run.take_in(read.rows))


def fresh(folder: Path, path: Path) -> float:
    """Seconds for a file into an empty folder."""
    shutil.rmtree(folder)
    folder.mkdir(mode=0o700)
    return seconds(lambda: take_in(folder, path))


def plain(folder: Path, copy: Path) -> float:
    """Seconds for the files of a folder, synced one by one and their folder as often as ours."""
    shutil.rmtree(copy, ignore_errors=True)
    total = 0.0
    for source in (folder, intake_folder(folder) / RECEIVED):
        texts = {path.name: path.read_bytes() for path in sorted(source.glob("*.toml"))}
        target = copy / source.name
        target.mkdir(parents=True)
        total += seconds(partial(write, target, texts))
    return total


def write(folder: Path, texts: dict[str, bytes]) -> None:
    """Write files, each synced; the folder after every `TOGETHER` of them."""
    for number, (name, text) in enumerate(texts.items()):
        descriptor = os.open(folder / name, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600)
        os.write(descriptor, text)
        os.fsync(descriptor)
        os.close(descriptor)
        if number % TOGETHER == 0:
            above = os.open(folder, os.O_RDONLY)
            os.fsync(above)
            os.close(above)


def seconds(work: Callable[[], object]) -> float:
    """How long a piece of work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
