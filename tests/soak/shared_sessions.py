"""Sessions on two hosts that can be killed, stalled and cut off from the shared store."""

from __future__ import annotations

import os
import random
import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from imr_tui.checks import CheckSetup
from imr_tui.errors import Conflict, GivenAway, ImrError, Unreachable
from imr_tui.model import edits
from imr_tui.model.case import Case
from imr_tui.store.cases.case_file import CaseFile
from imr_tui.store.cases.folder import Folder
from imr_tui.store.locking.claim import Claim
from imr_tui.store.locking.holder import Holder
from imr_tui.store.recovery.asides import asides
from imr_tui.store.safety.safe_open import read_bytes
from imr_tui.store.shared.cases.columns import Columns, columns_of
from imr_tui.store.shared.connection.address import Address
from imr_tui.store.shared.connection.database import Database
from imr_tui.store.shared.connection.server_memory import ServerMemory
from imr_tui.store.shared.replication.claim import SharedClaim
from imr_tui.store.shared.replication.database_remote import DatabaseRemote
from imr_tui.store.shared.replication.replicated_folder import ReplicatedFolder
from imr_tui.store.shared.replication.unsent import Unsent
from tests.builders import NOW
from tests.soak.shared_log import words_of

LEASE_SECONDS = 0.4
"""How long a session has a case; so short that leases end within a schedule."""
STATEMENT_SECONDS = 2.0
LONG = 20.0
"""Seconds after which a thread that should have ended counts as a failure."""


class Killed(SystemExit):
    """The process of the session ends here, whatever the thread was doing."""


class WatchedFolder(Folder):
    """A folder that knows the claims taken, to drop them as the end of a process does."""

    def claim(self, number: str, me: Holder) -> Claim:
        claimed = super().claim(number, me)
        CLAIMS.setdefault(id(self), []).append(claimed)
        return claimed


CLAIMS: dict[int, list[Claim]] = {}


@dataclass
class HostMachine:
    """A host: a folder, and whether it reaches the shared store."""

    path: Path
    address: Address
    is_cut: bool = False


@dataclass
class Faults:
    """What befalls the connections of one session."""

    is_dead: bool = False
    die_in: int = -1
    """After how many calls the process is killed; negative for never."""
    lose_in: int = -1
    """After how many calls an answer gets lost."""
    runs: threading.Event = field(default_factory=threading.Event)
    """Cleared while the process is stopped."""

    def __post_init__(self) -> None:
        self.runs.set()


class FaultyDatabase(Database):
    """A connection on which a session may die before a statement, or before its answer."""

    def __init__(self, host: HostMachine, faults: Faults, memory: ServerMemory) -> None:
        super().__init__(host.address, memory, seconds=STATEMENT_SECONDS)
        self._host = host
        self._faults = faults

    def run(self, *arguments: Any, **options: Any) -> list[tuple[Any, ...]]:
        faults = self._faults
        self._before()
        found = super().run(*arguments, **options)
        self._before()
        faults.die_in -= 1
        faults.lose_in -= 1
        if faults.die_in == 0:
            faults.is_dead = True
            self.drop()
            raise Killed
        if faults.lose_in == 0:
            self.drop()
            raise Unreachable("The answer was lost.")
        return found

    def _before(self) -> None:
        assert self._faults.runs.wait(LONG)
        if self._faults.is_dead:
            raise Killed
        if self._host.is_cut:
            self.drop()
            raise Unreachable("The host is cut off.")

    def drop(self) -> None:
        """Let the connection vanish, as with its process."""
        if self._server is not None:
            with suppress(OSError, Exception):
                number = os.dup(self._server.connection._raw.fileno())
                with socket.socket(fileno=number) as copy:
                    copy.shutdown(socket.SHUT_RDWR)


class KeptRemote(DatabaseRemote):
    """Keeps its connection for the next one: to connect takes longer than all else here."""

    def __init__(self, database: FaultyDatabase, unused: list[FaultyDatabase]) -> None:
        super().__init__(database, database.address.role, LEASE_SECONDS)
        self._close = partial(unused.append, database)

    def close(self) -> None:
        self._close()


class Session:
    """A reviewer's session: at most one open case."""

    def __init__(self, host: HostMachine, name: str) -> None:
        self.host = host
        self.name = name
        self.me = Holder(who=name, host=host.path.name, pid=1, since=NOW)
        self.saved: set[str] = set()
        """Words that the disk has acknowledged."""
        self.given_up: set[str] = set()
        """Words that the reviewer took back, or did not choose."""
        self.shared: list[tuple[str, bytes]] = []
        """Number and text of each state that was reported as shared."""
        self.begin()

    def begin(self) -> None:
        """Start the process."""
        self.faults = Faults()
        self._databases: list[FaultyDatabase] = []
        self._unused: list[FaultyDatabase] = []
        self.folder = WatchedFolder(self.host.path)
        CLAIMS[id(self.folder)] = []
        self.claims = ReplicatedFolder(self.folder, self._connect, self._describe)
        self.claim: SharedClaim | None = None
        self.file: CaseFile | None = None
        self.case: Case | None = None

    def _connect(self) -> DatabaseRemote:
        (self.host.path / ".imr").mkdir(exist_ok=True)
        if self._unused:
            database = self._unused.pop()
        else:
            memory = ServerMemory(self.host.path)
            database = FaultyDatabase(self.host, self.faults, memory)
            self._databases.append(database)
        return KeptRemote(database, self._unused)

    @staticmethod
    def _describe(path: Path, case: Case, data: bytes) -> Columns:
        return columns_of(path, case, data, CheckSetup())

    @property
    def is_open(self) -> bool:
        """Whether it has a case."""
        return self.claim is not None

    @property
    def is_stalled(self) -> bool:
        """Whether its process is stopped."""
        return not self.faults.runs.is_set()

    def open(self, number: str, random: random.Random) -> str:
        """Open a case as the app does; chooses at once if there are two texts."""
        try:
            prepared = self.claims.prepare(number, self.me)
            self.claim = self.claims.claim(number, self.me)
            self.file = self.folder.open(number)
        except Killed:
            return "killed"
        except ImrError as error:
            if self.claim is not None:
                self.claim.release()
                self.claim = None
            return f"not opened: {type(error).__name__}"
        self.case = self.file.case
        says = "opened, two texts" if prepared.says else "opened"
        if self.file.is_apart:
            says = f"{says}, chose {self._choose(number, random)}"
        return says

    def _choose(self, number: str, random: random.Random) -> str:
        """Choose between the texts: one of them, or all their words."""
        assert self.file is not None
        texts = [words_of(read_bytes(path)) for path in asides(self.host.path, number)]
        texts.append(words_of(read_bytes(self.file.path)))
        mine, every = self.file.mine(), frozenset().union(*texts)
        how = random.choice(("mine", "theirs", "all"))
        if how == "theirs":
            self.case = self.file.take_theirs(mine or self.file.case)
        else:
            chosen = mine or self.file.case
            if how == "all":
                chosen = edits.set_summary(chosen, " ".join(sorted(every)))
            self.file.overwrite(chosen)
            self.case = chosen
            self._put(chosen)
        self.given_up |= every - set(self.case.summary.text.split())
        return how

    def edit(self, word: str) -> str:
        """Add a word, and save as the saver does."""
        assert self.case is not None
        return self._save(edits.set_summary(self.case, f"{self.case.summary.text} {word}".strip()))

    def take_back(self) -> str:
        """Remove the last word."""
        assert self.case is not None
        *kept, last = self.case.summary.text.split() or [""]
        self.given_up |= {last}
        return self._save(edits.set_summary(self.case, " ".join(kept)))

    def _save(self, case: Case) -> str:
        assert self.file is not None
        self.case = case
        try:
            self.file.save(case)
        except GivenAway:
            says = "saved as a copy"
        except Conflict:
            says = "saved aside"
        else:
            says = "saved"
            self._put(case)
        self.saved |= set(case.summary.text.split())
        return says

    def _put(self, case: Case) -> None:
        assert self.claim is not None
        assert self.file is not None
        self.claim.replication.put(case, self.file.bytes_of(case))

    def look(self) -> str:
        """What the claim monitor does each second: leave a case that was lost."""
        if self.claim is None or self.file is None or self.claim.renew():
            return ""
        self.file.give_away()
        self.claim.release()
        self.claim = self.file = None
        return "lost its case"

    def wait(self, seconds: float) -> str:
        """Wait until the text is shared; note it if so."""
        assert self.claim is not None
        assert self.file is not None
        assert self.case is not None
        replication = self.claim.replication
        data = self.file.bytes_of(self.case)
        # Only the text that was put last is meant.
        newest = replication._newest
        ends = time.monotonic() + seconds
        while (reason := replication.wait(0.2)) and not self.faults.is_dead:
            if time.monotonic() > ends or replication.state.kind == "lost":
                break
        if not reason and newest is not None and newest.data == data:
            self.shared.append((self.file.path.stem, data))
        return reason or "shared"

    def leave(self) -> str:
        """Leave the case."""
        if self.claim is not None:
            self.claim.release()
        self.claim = self.file = None
        return "left"

    def send_unsent(self) -> int:
        """Send what sessions left in the folder; how many cases were sent."""
        remote = self._connect()
        try:
            return Unsent(self.folder, remote, self._describe, self.me).send_all()
        finally:
            remote.close()

    def bring(self, number: str) -> None:
        """Let the folder have the latest text of a case; raises Unreachable."""
        why = self.claims.prepare(number, self.me).why_waiting
        self.claims.discard(number)
        if why:
            raise Unreachable(why)

    def drop(self) -> None:
        """Let all connections vanish."""
        for database in self._databases:
            database.drop()

    def kill(self) -> None:
        """End the process, and start another one."""
        self.faults.is_dead = True
        self.faults.runs.set()
        self.drop()
        for replication in [*self.claims._open.values()]:
            replication._saver.close()
            replication._saver._thread.join(LONG)
            assert not replication._saver._thread.is_alive(), f"{self.name} did not die"
        for claimed in CLAIMS.pop(id(self.folder)):
            claimed.release()
        self.begin()

    def end(self) -> bool:
        """Leave, and end the process properly; whether all its threads have ended."""
        self.leave()
        threads = list(self.claims._open.values())
        self.claims.close(LONG)
        return all(each.join(LONG) for each in threads)


def text_of(path: Path) -> frozenset[str]:
    """The words of a case file; none if it is missing."""
    return words_of(path.read_bytes()) if path.exists() else frozenset()


def words_beside(folder: Path, number: str) -> frozenset[str]:
    """The words of all texts beside a case file."""
    return frozenset().union(*(words_of(read_bytes(path)) for path in asides(folder, number)))
