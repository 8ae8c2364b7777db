"""The folder of cases of a host whose cases are also in the shared store."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.errors import Unreachable
from imr_tui.store.locking.sessions import session_id
from imr_tui.store.shared.replication.claim import SharedClaim
from imr_tui.store.shared.replication.replication_thread import Clock, Replication, moment
from imr_tui.store.shared.replication.request import SharedRequest
from imr_tui.store.shared.replication.sending import Sending
from imr_tui.store.shared.replication.state import SharedState
from imr_tui.store.shared.replication.unsent import Unsent

if TYPE_CHECKING:
    from imr_tui.checks import CheckSetup
    from imr_tui.store.cases.folder import Folder
    from imr_tui.store.config.machine_policy import Host
    from imr_tui.store.config.settings import EmployeeNames
    from imr_tui.store.contract import CaseRequest
    from imr_tui.store.locking.claim import Claim
    from imr_tui.store.locking.holder import Holder
    from imr_tui.store.shared.replication.remote import Remote
    from imr_tui.store.shared.replication.sending import Describe

LEAVE_SECONDS = 13.0
"""How long to wait for a session of this process that has just left the case.

Where nobody answers, three attempts may be under way: to send, to send again, to release.
"""


class Prepared(NamedTuple):
    """A case that may be opened now, with both claims on it."""

    number: str
    """The case."""
    says: str
    """What the reviewer should know, such as that there are two versions; blank for nothing."""
    why_waiting: str
    """Why the shared store was not asked, as sentences; blank if it was, and has given a lease."""


class _Claimed(NamedTuple):
    """The claims on a case, and how it stands."""

    local: Claim
    sending: Sending
    state: SharedState
    is_unsent: bool


class ReplicatedFolder:
    """Claims cases here and in the shared store; implements `CaseClaims`. Thread-safe.

    To open a case: `prepare` it on a thread, then open it in the folder, then `claim` it.
    """

    def __init__(
        self,
        folder: Folder,
        connect: Callable[[], Remote],
        describe: Describe,
        clock: Clock = time.time,
    ) -> None:
        """`connect` makes a connection for one thread, which it connects when it is used first."""
        self._clock = clock
        self._folder = folder
        self._connect = connect
        self._describe = describe
        self._preparing: set[str] = set()
        self._prepared: dict[str, _Claimed] = {}
        self._open: dict[str, Replication] = {}
        self._lock = threading.Lock()
        self._remote = connect()
        self._remote_lock = threading.Lock()
        self._unsent: Unsent | None = None

    @classmethod
    def of(
        cls, folder: Folder, host: Host, account: str, setup: CheckSetup, names: EmployeeNames
    ) -> ReplicatedFolder:
        """The folder of an account on a machine with `host.shared`; connects to nothing yet.

        `names`: how the worklist names the employee. Raises BadInput for an address that cannot
        be used.
        """
        # Loads the driver, which sessions without a shared store do without.
        from imr_tui.store.shared.cases.columns import columns_of
        from imr_tui.store.shared.connection.address import address_of, role_of
        from imr_tui.store.shared.connection.database import Database
        from imr_tui.store.shared.connection.server_memory import ServerMemory
        from imr_tui.store.shared.replication.database_remote import SECONDS, DatabaseRemote

        address = address_of(host.shared, role_of(host, account))
        memory = ServerMemory(folder.path)
        return cls(
            folder,
            lambda: DatabaseRemote(Database(address, memory, seconds=SECONDS), address.role),
            lambda path, case, data: columns_of(path, case, data, setup, names),
        )

    def prepare(self, number: str, me: Holder) -> Prepared:
        """Get both claims on a case, and its latest text; takes at most about 10 seconds.

        Without the shared store, a case that the folder has can be opened; the lease follows.
        Raises Held if another session has it (a later text of it is in the folder then, unless
        the folder has an unsent one), Unreachable for a case that only the shared store has,
        BadInput and CannotStore.
        """
        with self._lock:
            self._preparing.add(number)
        try:
            return self._prepare(number, me)
        finally:
            with self._lock:
                self._preparing.discard(number)

    def _prepare(self, number: str, me: Holder) -> Prepared:
        self._wait_for_leaving(number)
        local = self._folder.claim(number, me)
        sending = Sending(self._folder.path, number, me, self._connect(), self._describe)
        says = why = ""
        try:
            try:
                says = sending.open().says(number)
            except Unreachable as error:
                if not os.path.lexists(self._folder.path_of(number)):
                    raise
                why = str(error)
            state = SharedState("waiting" if why else "shared", moment(self._clock), why)
            claimed = _Claimed(local, sending, state, not why and sending.is_unsent)
        except BaseException:
            sending.close()
            local.release()
            raise
        with self._lock:
            self._prepared[number] = claimed
        return Prepared(number, says, why)

    def discard(self, number: str) -> None:
        """Give up a case that was prepared, if it will not be opened; on a thread."""
        with self._lock:
            claimed = self._prepared.pop(number, None)
        if claimed is not None:
            claimed.sending.close()
            claimed.local.release()

    def claim(self, number: str, me: Holder) -> SharedClaim:
        """The claims that `prepare` got, with the replication thread; without the network.

        A case that was not prepared is claimed in the folder now, and its lease follows. Raises
        Held, CannotStore.
        """
        with self._lock:
            claimed = self._prepared.pop(number, None)
        if claimed is None:
            claimed = self._claimed_here(number, me)
        replication = Replication(
            claimed.sending,
            claimed.state,
            lambda: self._leave(number, claimed.local),
            self._clock,
        )
        with self._lock:
            self._open[number] = replication
        if claimed.is_unsent:
            replication.put_files()
        return SharedClaim(claimed.local, replication)

    def holder(self, number: str) -> Holder | None:
        """The session that has a case, here or on another host; on a thread.

        Asks the shared store unless a session of this folder has it. Raises Unreachable.
        """
        if (here := self._folder.holder(number)) is not None:
            return here
        with self._remote_lock:
            return self._remote.holder(number)

    def ask(self, number: str, me: Holder) -> CaseRequest:
        """Ask the session that has a case, here or on another host; on a thread.

        Raises Held if another session already does, Unreachable, CannotStore.
        """
        if self._folder.holder(number) is not None:
            return self._folder.ask(number, me)
        with self._remote_lock:
            request = self._remote.ask(number, session_id(), me)
        return SharedRequest(request, self._remote_lock)

    def send_unsent(self, me: Holder, told: Callable[[str], object] = lambda says: None) -> None:
        """Start the thread that sends what sessions left; `told` gets what to tell the reviewer."""
        if self._unsent is None:
            self._unsent = Unsent(
                self._folder, self._connect(), self._describe, me, told, self._numbers
            )
            self._unsent.start()

    def close(self, seconds: float = 2.0) -> tuple[str, ...]:
        """End all threads; the numbers of the cases that are not shared yet after `seconds`."""
        ends = time.monotonic() + seconds
        with self._lock:
            leaving, prepared = dict(self._open), list(self._prepared)
        for replication in leaving.values():
            replication.close()
        if self._unsent is not None:
            self._unsent.close()
        for number in prepared:
            self.discard(number)
        for replication in leaving.values():
            replication.join(max(ends - time.monotonic(), 0.0))
        # A thread that waits for the network has it; then it ends with the process.
        if self._remote_lock.acquire(timeout=max(ends - time.monotonic(), 0.0)):
            self._remote.close()
            self._remote_lock.release()
        return tuple(number for number, each in leaving.items() if not each.is_shared)

    def _claimed_here(self, number: str, me: Holder) -> _Claimed:
        local = self._folder.claim(number, me)
        sending = Sending(self._folder.path, number, me, self._connect(), self._describe)
        why = "The shared store has not been asked yet."
        return _Claimed(local, sending, SharedState("waiting", moment(self._clock), why), False)

    def _numbers(self) -> set[str]:
        with self._lock:
            return {*self._open, *self._prepared, *self._preparing}

    def _wait_for_leaving(self, number: str) -> None:
        with self._lock:
            leaving = self._open.get(number)
        if leaving is not None and leaving.is_closing:
            leaving.join(LEAVE_SECONDS)
        if self._unsent is not None:
            self._unsent.leave(number, LEAVE_SECONDS)

    def _leave(self, number: str, local: Claim) -> None:
        """A replication thread has ended."""
        local.release()
        with self._lock:
            left = self._open.pop(number, None)
        if left is not None and not left.is_shared and self._unsent is not None:
            self._unsent.wake()
