"""What a save in the shared store costs, beside a synchronous write, and how many it takes."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

from imr_tui import checks
from imr_tui.model.case import Case
from imr_tui.store.cases.case_codec import decode, encode
from imr_tui.store.shared.cases import leases
from imr_tui.store.shared.cases.columns import columns_of
from imr_tui.store.shared.cases.saves import Outgoing, create, send
from imr_tui.store.shared.connection.address import address_of
from imr_tui.store.shared.connection.database import Database
from imr_tui.store.shared.connection.server_memory import ServerMemory
from tests.bench.figures import Figure, LeftOut, Plan, compared, interleaved
from tests.bench.samples import SEED
from tests.postgres import programs
from tests.postgres.cluster import Cluster
from tests.postgres.fixtures import add_database, add_roles
from tests.store.shared.sessions import ME

CLIENTS = 16
"""Sessions that save at the same time."""
WANTED = 250.0
"""Saves a second that they should reach together."""
SAVES = 50
"""Saves in a round, of which the mean counts."""
SECONDS = 60.0
"""How long the sessions save."""
PAGE = bytes(8192)
"""What the floor writes: a page of PostgreSQL."""


def shared(place: Path, plan: Plan) -> Iterator[Figure]:
    """A save of a real case, each of another text, on a server that syncs its log."""
    if reason := programs.why_missing():
        raise LeftOut(reason)
    with Cluster.create() as cluster:
        add_roles(cluster)
        add_database(cluster, "imr")
        (place / ".imr").mkdir()
        yield from one_session(cluster, place, plan)
        yield many_sessions(cluster, place, SECONDS / 10 if plan.is_short else SECONDS)


def one_session(cluster: Cluster, place: Path, plan: Plan) -> Iterator[Figure]:
    # On the same disk.
    with (
        (cluster.directory / "floor").open("wb", 0) as floor,
        closing(database(cluster, place)) as opened,
    ):
        save = saver(opened, 0)

        def write() -> None:
            floor.write(PAGE)
            os.fsync(floor.fileno())

        ours, base = interleaved(plan.rounds, lambda: mean(save), lambda: mean(write))
    yield compared("a save in the shared store", ours, base, "a synchronous write of 8 kB")


def many_sessions(cluster: Cluster, place: Path, seconds: float) -> Figure:
    done = count()
    start = threading.Barrier(CLIENTS + 1)
    ends = threading.Event()

    def work(number: int) -> None:
        with closing(database(cluster, place)) as opened:
            save = saver(opened, number)
            start.wait()
            while not ends.is_set():
                save()
                next(done)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(1, CLIENTS + 1)]
    for thread in threads:
        thread.start()
    start.wait()
    began = time.perf_counter()
    time.sleep(seconds)
    ends.set()
    for thread in threads:
        thread.join()
    rate = next(done) / (time.perf_counter() - began)
    return Figure(f"saves by {CLIENTS} sessions", rate, WANTED, "/s", "what they should reach")


def saver(opened: Database, number: int) -> Callable[[], None]:
    """Saves a new text of a case of this number each time, as the replication thread does."""
    case = decode(SEED.read_bytes(), SEED)
    case = case.but(particulars=case.particulars.but(number=f"CM26-{number:07}"))
    session, first = f"bench-{number}", state(case)
    revision = create(opened, session, first, "alice")
    lease = leases.claim(opened, case.number, session, ME, seconds=600.0)
    sequence = count(first.sequence + 1)

    def save() -> None:
        nonlocal revision
        at = next(sequence)
        columns = first.columns._replace(prose=f"{first.columns.prose} word{at}")
        body = b"%s# %d\n" % (first.body, at)
        revision = send(opened, lease, Outgoing(case.number, body, columns, revision, at))

    return save


def state(case: Case) -> Outgoing:
    data = encode(case)
    columns = columns_of(Path(f"{case.number}.toml"), case, data, checks.CheckSetup())
    return Outgoing(case.number, data, columns, 0, 1)


def database(cluster: Cluster, place: Path) -> Database:
    return Database(address_of(cluster.url("alice"), "alice"), ServerMemory(place))


def mean(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    for _ in range(SAVES):
        work()
    return (time.perf_counter() - start) / SAVES
