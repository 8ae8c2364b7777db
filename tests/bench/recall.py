"""What a key costs that searches many earlier rationales, and what reading the cases costs."""

import random
import sqlite3
import statistics
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from imr_tui.recall.rationale import Rationale
from imr_tui.recall.subject import subject
from imr_tui.store.cases.case_codec import decode
from imr_tui.store.recall import indexed_files
from imr_tui.store.recall.database import open_database
from imr_tui.store.recall.index import RecallIndex
from imr_tui.store.worklist.case_files import FileStamp
from tests.bench.figures import Figure, Plan, compared, interleaved
from tests.bench.samples import many_cases
from tests.bench.searches import times

COUNT = 20_000
FEW = 2_000
"""Enough for a rough answer."""
READ = 300
"""Case files that are read."""
SENTENCES, WORDS = 12, 16
SERVICES = (
    *("MRI", "12 sessions of physical therapy", "acupuncture", "tramadol 50 mg #60"),
    *("gabapentin 300 mg", "epidural steroid injection", "functional capacity evaluation"),
)
REGIONS = ("cervical spine", "lumbar spine", "left knee", "right shoulder", "left wrist")
ABOUT = subject("Repeat MRI of the lumbar spine")
SEED = 11
_STAMP = FileStamp(1, 1, 1, 1, 1, b"")


def recall(place: Path, plan: Plan) -> Iterator[Figure]:
    """Milliseconds that a key of a search takes, beside a plain query for the same words."""
    count = FEW if plan.is_short else COUNT
    folder = place / "cases"
    folder.mkdir(mode=0o700)
    texts = list(written(count))
    keys = [text[:end] for text in typed(texts) for end in range(1, len(text) + 1)]
    with closing(open_database(folder)) as database:
        fill(database, texts)
    plain, name = a_plain_table(texts), f"a key of recall, {count:,} rationales"
    with closing(plain), closing(RecallIndex(folder)) as index:
        floor, ranked, mean, slowest, blank = interleaved(
            plan.rounds,
            lambda: statistics.mean(times(lambda words: query(plain, words, "rowid DESC"), keys)),
            lambda: statistics.mean(times(lambda words: query(plain, words, "rank"), keys)),
            lambda: statistics.mean(times(lambda words: index.search(words, ABOUT), keys)),
            lambda: max(times(lambda words: index.search(words, ABOUT), keys)),
            lambda: max(times(lambda words: index.search(words, ABOUT), [""])),
        )
    yield compared(name, mean, floor, "newest of a plain FTS5 table", "ms")
    yield compared("its slowest key", slowest, floor, "newest of a plain FTS5 table", "ms")
    yield compared("nothing typed yet", blank, floor, "newest of a plain FTS5 table", "ms")
    yield compared("a key of recall", mean, ranked, "bm25 over all matches", "ms")
    yield from reading(place / "read", plan)


def reading(place: Path, plan: Plan) -> Iterator[Figure]:
    """What reading case files into the index takes."""
    folder = many_cases(place, READ)
    index = RecallIndex(folder)
    with closing(index):
        read, known = seconds(index.update), seconds(index.update)
    start = time.perf_counter()
    for path in folder.glob("*.toml"):
        decode(path.read_bytes(), path)
    floor = time.perf_counter() - start
    yield compared(f"{READ} cases into the index", [read], [floor], "decoding them")
    yield compared("  when they are known", [known], [floor], "decoding them")


def seconds(work: object) -> float:
    start = time.perf_counter()
    assert callable(work)
    work()
    return time.perf_counter() - start


def written(count: int) -> Iterator[Rationale]:
    """Rationales of made-up words, of which few are frequent."""
    rng = random.Random(SEED)
    known = ["".join(rng.choices("abcdefghilmnoprstu", k=rng.randint(2, 9))) for _ in range(6000)]
    weights = [1 / at for at in range(1, len(known) + 1)]
    for at in range(count):
        text = " ".join(
            f"{' '.join(rng.choices(known, weights, k=WORDS)).capitalize()}."
            for _ in range(SENTENCES)
        )
        request = f"{rng.choice(SERVICES)}, {rng.choice(REGIONS)}"
        day = date(2010, 1, 1) + timedelta(days=at // 4)
        yield Rationale(f"CM26-{at:07}", 0, request, "upheld", day, text)


def typed(texts: list[Rationale]) -> Iterator[str]:
    """What somebody types: words that are frequent, rare, and in no text."""
    first = texts[0].text.lower().split()
    yield from (" ".join(first[:2]), max(first, key=len).strip("."), "mri lumbar", "zzzz")


def fill(database: sqlite3.Connection, texts: list[Rationale]) -> None:
    database.execute("BEGIN")
    for each in texts:
        indexed_files.add(database, f"{each.number}.toml", each, _STAMP)
    database.execute("COMMIT")


def a_plain_table(texts: list[Rationale]) -> sqlite3.Connection:
    """The texts in a table for full-text search, in memory, with every setting at its default."""
    table = sqlite3.connect(":memory:")
    table.execute("CREATE VIRTUAL TABLE t USING fts5 (request, text)")
    rows = ((each.request, each.text) for each in texts)
    table.executemany("INSERT INTO t VALUES (?, ?)", rows)
    return table


def query(table: sqlite3.Connection, words: str, order: str) -> list[object]:
    """The first texts that have words with these beginnings."""
    match = " ".join(f'"{word}" *' for word in words.split())
    found = table.execute(
        f"SELECT request, text FROM t WHERE t MATCH ? ORDER BY {order} LIMIT 50", (match,)
    )
    return found.fetchall()
