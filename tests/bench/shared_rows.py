"""The worklist of the shared store with a million cases: pages, the filter key by key, the prose.

`python -m tests.bench.shared_rows` fills a server, which takes twenty minutes, and measures it;
with --socket and --database it measures one that was filled before.
"""

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import psycopg

from imr_tui.store.contract import Query, Scope
from imr_tui.store.shared.connection.connection import Connection
from imr_tui.store.shared.worklist.rows import SharedRow, SharedRows
from imr_tui.ui.features.case_rows.shared_pages import PAGE
from tests.bench.figures import Figure, percentile
from tests.bench.shared_cases import TODAY, Generator, fill
from tests.postgres.cluster import Cluster
from tests.postgres.fixtures import add_database, add_roles

CASES = 1_000_000
STEP = 10_000
"""So many cases are written in one transaction."""
ROUNDS = 60
ROLES: dict[str, Scope] = {"alice": "mine", "bob": "mine", "carol": "all"}
"""Who looks, and at which cases; bob has ten times as many as alice, carol sees all."""
SETTINGS = {"shared_buffers": "1GB", "maintenance_work_mem": "1GB", "fsync": "off"}
FLOOR = "select 1"
_FIELDS = (
    *("late", "due<11/25", "due:today", "due>12/20", "state:altered", "state:closed"),
    *("state:draft", "state:signed late", "state:new"),
)


def measure(connection: Connection, role: str, scope: Scope) -> Iterator[Figure]:
    """The figures of a role, which looks at the cases of a scope."""
    rows = SharedRows(connection, role)  # type: ignore[arg-type]
    floor = [seconds(lambda: connection.run("select 1")) for _ in range(ROUNDS * 5)]
    query = Query(TODAY, "", scope, shows_finished=False)
    first = [seconds(lambda: rows.page(query, None, PAGE)) for _ in range(ROUNDS)]
    yield figure(f"{role}: first page", first, floor)

    def of_place(place: SharedRow) -> float:
        return seconds(lambda: rows.page(query._replace(shows_finished=True), place, PAGE))

    def of_words(words: str) -> float:
        return seconds(lambda: rows.page(query._replace(words=words), None, PAGE))

    yield figure(f"{role}: any page", [*map(of_place, some_places(rows, query))], floor)
    for name, words in filters().items():
        yield figure(f"{role}: {name}, p95", [*map(of_words, words)], floor, 95)


def filters() -> dict[str, list[str]]:
    """What is typed into the filter, by what is measured."""
    generator = Generator(CASES)
    chance, vocabulary = random.Random(2), generator.vocabulary
    typed = [*vocabulary[:20], *chance.sample(vocabulary, 20), "CM26-09", "signed", "closed"]
    typed += ["zzz", "written lumbar", "mri lumbar spine", "expedited draft", "norco 10/325"]
    keys = [word[: at + 1] for word in typed for at in range(len(word))]
    common, rare = vocabulary[:40], chance.sample(vocabulary, 60)
    middle = vocabulary[40:2_000:40]
    pairs = [f"text:{one} text:{other}" for one, other in zip(common, rare, strict=False)]
    pairs += [f"text:{one} text:{other}" for one, other in zip(common, middle, strict=False)]
    pairs += [f"text:{one} {two}" for one, two in zip(middle, ("lumbar", "draft"), strict=False)]
    return {
        "a key of the filter": keys,
        "late, due, state": [*_FIELDS],
        "a common word of the prose": [f"text:{word}" for word in common],
        "a word of the prose": [f"text:{word}" for word in middle],
        "a rare word of the prose": [f"text:{word}" for word in rare],
        "two words of the prose": pairs,
    }


def some_places(rows: SharedRows, query: Query) -> list[SharedRow]:
    """Places all over the worklist: unfinished cases, and finished ones of each year."""
    chance, places = random.Random(3), list[SharedRow]()
    pages = rows.page(query, None, 1_000)
    places += chance.sample(list(pages), min(20, len(pages)))
    while len(places) < ROUNDS:
        row = places[-1].row
        due = TODAY.replace(year=chance.randrange(2019, 2027), day=chance.randrange(1, 29))
        changed = {"state": "signed", "due": str(due), "written": "2026-01-01T00:00:00Z"}
        made = {name: getattr(row, name) for name in row.__slots__} | changed | {"note": ""}
        places.append(SharedRow(type(row)(**made), places[-1].changed))
    return places


def figure(name: str, values: Sequence[float], floor: Sequence[float], percent: int = 50) -> Figure:
    """The median, or another percentile, beside the median of the floor."""
    return Figure(name, percentile(values, percent), statistics.median(floor), "s", FLOOR)


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def filled(cluster: Cluster, count: int) -> str:
    """The name of a database with so many cases."""
    add_roles(cluster)
    name = add_database(cluster, "many").name
    with psycopg.connect(
        host=str(cluster.socket_directory),
        port=cluster.port,
        dbname=name,
        user="postgres",
        autocommit=True,
    ) as connection:
        for first in range(0, count, STEP):
            fill(connection, count, first, min(first + STEP, count))
        connection.execute("vacuum analyze cases")
    return name


def main(arguments: Sequence[str]) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.shared_rows", description=__doc__)
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--socket", help="the directory of the socket of a filled server, and port")
    parser.add_argument("--database", default="many")
    options = parser.parse_args(arguments)
    if options.socket:
        directory, _, port = options.socket.partition(":")
        show(directory, int(port), options.database)
        return 0
    with Cluster.create(settings=SETTINGS) as cluster:
        show(str(cluster.socket_directory), cluster.port, filled(cluster, options.cases))
    return 0


def show(directory: str, port: int, database: str) -> None:
    for role, scope in ROLES.items():
        raw: Any = psycopg.connect(
            host=directory,
            port=port,
            dbname=database,
            user=role,
            autocommit=True,
            prepare_threshold=None,
        )
        for each in measure(Connection(raw, "bench"), role, scope):
            ratio = each.ratio or 0
            print(f"{each.name:44}{each.ours * 1000:>10.2f} ms{ratio:>9.1f} x {FLOOR}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
