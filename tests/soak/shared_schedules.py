"""Eight sessions on two hosts at the cases of one reviewer, in random schedules on a real server.

Sessions are killed, stalled and cut off, their answers get lost and their leases end. Afterwards
every text that a session reported as shared is in the history of the shared store, every word that
it reported as saved is in the shared text or beside a file, and nobody saved without having a case.
"""

from __future__ import annotations

import random
import shutil
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from imr_tui.errors import ImrError, Unreachable
from imr_tui.store.cases import saver
from imr_tui.store.cases.case_codec import encode
from imr_tui.store.cases.folder import Folder
from imr_tui.store.shared.connection.address import Address
from imr_tui.store.shared.replication import case_lease, replication_thread as replication
from tests.postgres import programs
from tests.postgres.cluster import FAST, Cluster
from tests.postgres.fixtures import add_database, add_roles
from tests.soak.shared_log import StoreLog, faults
from tests.soak.shared_sessions import HostMachine, Session, text_of, words_beside
from tests.store.shared.hosts import written
from tests.store.shared.stores import address

SESSIONS = 8
CASES = 2
STEPS = 60
"""Steps of a schedule."""
SHORT, LONG = 12, 1_000
"""Schedules of a campaign."""
WORKERS = 4
WAIT = 3.0
"""How long a session waits for `shared` once nothing keeps it from that."""
TRIES = 20
"""How often what has to succeed is tried."""
MEMORY = Path("/dev/shm")
"""Where folders are, if it is there: no schedule is about the disk."""
STEP_WEIGHTS = {
    "open": 14,
    "edit": 26,
    "take_back": 3,
    "wait": 8,
    "leave": 6,
    "kill": 3,
    "kill_soon": 5,
    "lose_soon": 6,
    "stall": 4,
    "resume": 6,
    "cut": 4,
    "mend": 3,
    "end_leases": 4,
    "send_unsent": 3,
    "all_edit": 5,
    "pause": 4,
    "take_over": 6,
}


class Server(NamedTuple):
    """Where the shared store is."""

    address: Address
    """For a reviewer."""
    socket_directory: str
    """For a superuser."""
    port: int


class Schedule:
    """One schedule, from its seed."""

    def __init__(self, place: Path, where: Address, log: StoreLog, seed: int) -> None:
        self.random = random.Random(seed)
        self.counts: Counter[str] = Counter()
        self.told: list[str] = []
        """What was done, to be read if something is wrong."""
        self._log = log
        self._numbers = [f"CM26-{seed:06}{count}" for count in range(CASES)]
        self._hosts = [HostMachine(place / f"host-{name}", where) for name in "ab"]
        for host in self._hosts:
            host.path.mkdir(mode=0o700)
        shares = self.random.random() < 0.8
        for number in self._numbers:
            first = encode(written("begin", number))
            Folder(self.random.choice(self._hosts).path).path_of(number).write_bytes(first)
        self._sessions = [
            Session(self._hosts[count % 2], f"session-{count}") for count in range(SESSIONS)
        ]
        self._words = 0
        if shares:
            self._share()

    def _share(self) -> None:
        """Let both hosts have all cases before the schedule begins."""
        for session in self._sessions[:2]:
            self._certainly(session.send_unsent)
        for session in self._sessions[:2]:
            self._bring(session)

    def run(self) -> Sequence[str]:
        """Do all steps, let everything end well, and return what is wrong."""
        names, weights = list(STEP_WEIGHTS), list(STEP_WEIGHTS.values())
        for _ in range(STEPS):
            step = self.random.choices(names, weights)[0]
            session = self._chosen(step)
            self._settle(session)
            says = getattr(self, f"_{step}")(session)
            if says:
                self.counts[step] += 1
                self.told.append(f"{session.name} {step}: {says}")
        self._end_all()
        return [*self._judge()]

    def _bring(self, session: Session) -> None:
        """Let the folder of a session have the latest text of every case."""
        for number in self._numbers:
            # Without an answer, the folder's own text could be opened.
            self._certainly(partial(session.bring, number))

    @staticmethod
    def _certainly(step: Callable[[], object]) -> None:
        """Do a step, again where a busy machine did not answer in time."""
        for _ in range(TRIES):
            try:
                step()
            except Unreachable:
                time.sleep(WAIT)
            else:
                return
        raise AssertionError("The server does not answer.")

    def _chosen(self, step: str) -> Session:
        """A session; for what only one with a case can do, one of those, if there is any."""
        opened = [each for each in self._sessions if each.is_open and not each.is_stalled]
        is_for_opened = step not in ("open", "kill", "send_unsent")
        return self.random.choice(opened if is_for_opened and opened else self._sessions)

    def _settle(self, session: Session) -> None:
        """Notice that a session has died by itself, or has lost its case."""
        if session.faults.is_dead:
            session.kill()
            self._tell(session, "died")
        elif not session.is_stalled and (says := session.look()):
            self._tell(session, says)

    def _tell(self, session: Session, says: str) -> None:
        self.counts[says] += 1
        self.told.append(f"{session.name}: {says}")

    # ── Steps ────────────────────────────────────────────────────────────────────────────

    def _open(self, session: Session) -> str:
        if session.is_open or session.is_stalled:
            return ""
        number = self.random.choice(self._numbers)
        says = session.open(number, self.random)
        self.counts[says.split(",")[0]] += 1
        self.counts["two texts"] += "two texts" in says
        return f"{number} {says}"

    def _edit(self, session: Session) -> str:
        if not session.is_open or session.is_stalled:
            return ""
        self._words += 1
        word = f"w{self._words:03}"
        return f"{word} {session.edit(word)}"

    def _all_edit(self, session: Session) -> str:
        return " ".join(self._edit(each) for each in self._sessions if not each.faults.is_dead)

    def _take_back(self, session: Session) -> str:
        is_able = session.is_open and not session.is_stalled
        return session.take_back() if is_able else ""

    def _wait(self, session: Session) -> str:
        if not session.is_open or session.is_stalled or session.host.is_cut:
            return ""
        says = session.wait(WAIT)
        self.counts["reported shared"] += says == "shared"
        return says

    def _leave(self, session: Session) -> str:
        return session.leave() if session.is_open and not session.is_stalled else ""

    def _kill(self, session: Session) -> str:
        session.kill()
        return "killed"

    def _kill_soon(self, session: Session) -> str:
        session.faults.die_in = self.random.randint(1, 12)
        return f"after {session.faults.die_in} answers"

    def _lose_soon(self, session: Session) -> str:
        session.faults.lose_in = self.random.randint(1, 8)
        return f"after {session.faults.lose_in} answers"

    def _stall(self, session: Session) -> str:
        if session.is_stalled or not session.is_open:
            return ""
        session.faults.runs.clear()
        return "stalled"

    def _resume(self, session: Session) -> str:
        stalled = [each for each in self._sessions if each.is_stalled]
        if not stalled:
            return ""
        one = self.random.choice(stalled)
        one.faults.runs.set()
        return f"{one.name} runs again"

    def _cut(self, session: Session) -> str:
        session.host.is_cut = True
        return session.host.path.name

    def _mend(self, session: Session) -> str:
        self._hosts[0].is_cut = self._hosts[1].is_cut = False
        return "all"

    def _end_leases(self, session: Session) -> str:
        number = self.random.choice(self._numbers)
        self._log.end_leases(number)
        return number

    def _send_unsent(self, session: Session) -> str:
        if session.is_open or session.is_stalled:
            return ""
        try:
            return f"{session.send_unsent()} sent"
        except (ImrError, SystemExit) as error:
            return type(error).__name__

    def _take_over(self, session: Session) -> str:
        """While the host of a session is cut off, another host takes and changes its case."""
        if session.file is None:
            return ""
        number, session.host.is_cut = session.file.path.stem, True
        self._log.end_leases(number)
        others = [each for each in self._sessions if each.host is not session.host]
        other = self.random.choice(others)
        self._settle(other)
        if other.is_open or other.is_stalled:
            return ""
        says = f"{other.name} {other.open(number, self.random)}"
        if other.is_open:
            says = f"{says} {self._edit(other)} {self._wait(other)}"
        session.host.is_cut = self.random.random() < 0.3
        return says

    def _pause(self, session: Session) -> str:
        time.sleep(self.random.choice((0.01, 0.05, 0.2, 0.4)))
        return "a while"

    # ── The end ──────────────────────────────────────────────────────────────────────────

    def _end_all(self) -> None:
        """Let every session end, killed or not, and bring both folders up to date."""
        self._mend(self._sessions[0])
        for session in self._sessions:
            self._settle(session)
            session.faults.runs.set()
            session.faults.die_in = session.faults.lose_in = -1
            if self.random.random() < 0.3:
                session.kill()
            elif not session.end():
                self.told.append(f"{session.name} did not end")
        for number in self._numbers:
            self._log.end_leases(number)
        # The first one of each host sends, the other one sees what came of it on both.
        for session in self._sessions[:2]:
            session.kill()
            self._certainly(session.send_unsent)
        for session in self._sessions[2:4]:
            session.kill()
            self._bring(session)
        for session in self._sessions:
            session.drop()

    def _judge(self) -> Iterator[str]:
        given_up = set().union(*(session.given_up for session in self._sessions))
        saved = set().union(*(session.saved for session in self._sessions))
        found: set[str] = set()
        for number in self._numbers:
            saves = self._log.saves(number)
            yield from faults(number, saves, given_up)
            if count := self._log.double_claims(number):
                yield f"double holder: {number} was claimed {count} times while it was held"
            self.counts["saves"] += len(saves)
            self.counts["claims"] += self._log.claims(number)
            yield from self._unlogged(number, {save.body for save in saves})
            for host in self._hosts:
                there = text_of(host.path / f"{number}.toml")
                beside = words_beside(host.path, number)
                self.counts["texts beside in the end"] += bool(beside)
                found |= there | beside
                if there != saves[-1].words:
                    yield f"{host.path.name} has another text of {number} in the end"
        self.counts["words"] += len(saved)
        if lost := saved - given_up - found:
            yield f"lost: {', '.join(sorted(lost))}"

    def _unlogged(self, number: str, bodies: set[bytes]) -> Iterator[str]:
        for session in self._sessions:
            for shared, data in session.shared:
                self.counts["shared states"] += shared == number
                if shared == number and data not in bodies:
                    yield f"lost save: {session.name} reported a text of {number} as shared"


def run_schedules(server: Server, seeds: Sequence[int]) -> tuple[Counter[str], list[str]]:
    """Run schedules, each with other cases; what was counted, and what is wrong."""
    saver.RETRY_SECONDS = 0.02
    replication.PAUSE_SECONDS = replication.LOOK_SECONDS = 0.02
    case_lease.RENEW_SECONDS = 0.1
    # A thread that is killed says nothing about it.
    threading.excepthook = lambda args: None
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    log = StoreLog(server.socket_directory, server.port)
    for seed in seeds:
        place = Path(
            tempfile.mkdtemp(prefix="imr-shared-", dir=MEMORY if MEMORY.is_dir() else None)
        )
        schedule = Schedule(place, server.address, log, seed)
        faults = schedule.run()
        counts += schedule.counts
        counts["schedules"] += 1
        if faults:
            wrong += [f"seed {seed}: {says}" for says in faults]
            wrong += [f"  {line}" for line in schedule.told]
        with suppress(OSError):
            shutil.rmtree(place)
    log.close()
    return counts, wrong


def campaign(short: bool, seed: int = 1, count: int = 0) -> Iterator[str]:
    """Many schedules on one server, and what was counted in them."""
    if reason := programs.why_missing():
        yield f"left out: {reason}"
        return
    start = time.monotonic()
    count = count or (SHORT if short else LONG)
    seeds = [seed * 10_000 + each for each in range(count)]
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    with Cluster.create(settings={**FAST, "max_connections": "300"}) as cluster:
        add_roles(cluster)
        add_database(cluster, "imr")
        server = Server(address(cluster), str(cluster.socket_directory), cluster.port)
        log = StoreLog(server.socket_directory, server.port)
        log.install()
        log.close()
        # Not forked: a copy of this process would take its sessions for those of another one.
        with ProcessPoolExecutor(WORKERS, get_context("spawn")) as pool:
            parts = [seeds[part::WORKERS] for part in range(WORKERS)]
            for some, faults in pool.map(run_schedules, [server] * WORKERS, parts):
                counts += some
                wrong += faults
    yield from (f"  fault: {says}" if says.startswith("seed") else says for says in wrong)
    lost = sum("lost" in says for says in wrong if says.startswith("seed"))
    doubles = sum("double holder" in says for says in wrong if says.startswith("seed"))
    yield f"schedules of {SESSIONS} sessions, 2 hosts   {count}, {time.monotonic() - start:.0f} s"
    for name, times in sorted(counts.items()):
        yield f"  {name:<32}{times}"
    yield f"lost saves                        {lost}"
    yield f"double holders                    {doubles}"
