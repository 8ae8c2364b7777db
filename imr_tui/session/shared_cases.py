"""Lets the shared store of the machine follow the open case, and says what it has."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread
from typing import TYPE_CHECKING

from imr_tui.errors import ImrError

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from imr_tui.checks import CheckSetup
    from imr_tui.model.case import Case
    from imr_tui.store.cases.case_file import CaseFile
    from imr_tui.store.cases.folder import Folder
    from imr_tui.store.config.machine_policy import Host
    from imr_tui.store.config.settings import EmployeeNames
    from imr_tui.store.contract import CaseClaim
    from imr_tui.store.locking.holder import Holder
    from imr_tui.store.shared.replication.replicated_folder import Prepared, ReplicatedFolder
    from imr_tui.store.shared.replication.replication_thread import Replication

WAITING = "shared: waiting"
"""What the state of sharing begins with while the shared store lacks the newest text."""
WAIT_SECONDS = 10.0
"""How long a letter and a signature wait for the shared store."""
QUIT_SECONDS = 2.0
"""How long quitting waits for it."""
END_SECONDS = 1.0
"""How long the end of the process waits for it, as after a signal."""
UNUSABLE = "The shared store cannot be used on this machine."


class SharedCases:
    """On a machine without a shared store, it does nothing."""

    def __init__(self, is_on: Callable[[], bool]) -> None:
        """`is_on`: whether the machine has a shared store."""
        self._has_store = is_on
        self._folder: ReplicatedFolder | None = None
        self._is_tried = Event()
        self.number = ""
        """The case that is followed, or blank."""
        self._case: Replication | None = None
        self._waits_since: datetime | None = None
        self._ending: Thread | None = None
        self._unshared: tuple[str, ...] = ()

    @property
    def is_on(self) -> bool:
        """Whether the machine has a shared store."""
        return self._has_store()

    def folder(self) -> ReplicatedFolder | None:
        """The folder, for a thread: waits until it is made; None if it cannot be."""
        self._is_tried.wait()
        return self._folder

    # ── The start ────────────────────────────────────────────────────────────────────────

    def begin(
        self,
        make: Callable[[], ReplicatedFolder],
        begun: Callable[[ReplicatedFolder], object],
        failed: Callable[[ImrError], object],
    ) -> None:
        """Make the folder on a thread, then call `begun`, or `failed` if `make` raises ImrError."""
        if self.is_on:
            work = (make, begun, failed)
            Thread(target=self._begin, args=work, name="shared", daemon=True).start()

    def _begin(
        self,
        make: Callable[[], ReplicatedFolder],
        begun: Callable[[ReplicatedFolder], object],
        failed: Callable[[ImrError], object],
    ) -> None:
        try:
            folder = make()
        except ImrError as error:
            self._is_tried.set()
            failed(error)
            return
        begun(folder)
        self._folder = folder
        self._is_tried.set()

    def prepare(self, number: str, me: Holder) -> Prepared:
        """Get the lease and the latest text of a case, before it is opened.

        Blocks for at most about 10 seconds; raises what ReplicatedFolder.prepare raises.
        """
        from imr_tui.store.shared.replication.replicated_folder import Prepared

        if (folder := self.folder()) is None:
            # The reviewer was told why; the folder of cases is still there.
            return Prepared(number, "", UNUSABLE)
        return folder.prepare(number, me)

    def discard(self, number: str) -> None:
        """Give up a case that was prepared, and that nobody has claimed; blocks."""
        if self.is_on and (folder := self.folder()) is not None:
            folder.discard(number)

    # ── The open case ────────────────────────────────────────────────────────────────────

    def sender(self, claim: CaseClaim | None) -> Callable[[CaseFile, Case], object]:
        """What sends a case that was saved under a claim; for the saver's thread."""
        replication = self._replication_of(claim)
        if replication is None:
            return lambda file, case: None
        return lambda file, case: replication.put(case, file.bytes_of(case))

    def follow(
        self,
        number: str,
        claim: CaseClaim | None,
        now: datetime,
        changed: Callable[[], object],
    ) -> bool:
        """Follow a case that was opened, and call `changed`, on a thread, when its state changes.

        False if it is followed already: one that was signed here is still being sent.
        """
        if not self.is_on or (claim is None and number == self.number):
            return False
        self.number, self._case = number, self._replication_of(claim)
        self._waits_since = now if claim is not None else None
        if self._case is not None:
            self._case.follow(lambda _: changed())
        return True

    def _replication_of(self, claim: CaseClaim | None) -> Replication | None:
        if not self.is_on:
            return None
        from imr_tui.store.shared.replication.claim import SharedClaim

        return claim.replication if isinstance(claim, SharedClaim) else None

    @property
    def why_lost(self) -> str:
        """Why the open case was lost to another host, as a sentence; blank if it was not."""
        if self._case is None or self._case.state.kind != "lost":
            return ""
        return self._case.state.reason

    def lost_to(self) -> Holder | None:
        """The session of another host to which the open case was lost, or None."""
        from imr_tui.store.locking.holder import Holder

        if self._case is None or self._case.state.kind != "lost":
            return None
        return self._case.state.holder or Holder()

    def send_files(self) -> None:
        """Send what was written beside the open case, or into its file by another way."""
        if self._case is not None:
            self._case.put_files()

    def in_words(self, zone: tzinfo | None) -> str:
        """Whether the shared store has the open case, such as `shared 14:02:08`, or blank."""
        shared = self._case.state if self._case is not None else None
        if shared is None:
            return "" if self._waits_since is None else _waiting(self._waits_since, zone)
        if shared.kind == "shared":
            return f"shared {shared.at.astimezone(zone):%H:%M:%S}"
        return _waiting(shared.at, zone) if shared.kind == "waiting" else ""

    def wait(self) -> str:
        """Wait until the shared store has the open case; why it has not, or blank.

        Blocks for at most WAIT_SECONDS. To be called once the case is saved.
        """
        if not self.is_on:
            return ""
        return UNUSABLE if self._case is None else self._case.wait(WAIT_SECONDS)

    def leave(self) -> str:
        """Stop following the case; a sentence if it is not shared yet, or blank."""
        number, is_waiting = self.number, self.in_words(None).startswith(WAITING)
        self.number, self._case, self._waits_since = "", None, None
        if not is_waiting:
            return ""
        return (
            f"{number} is not shared yet. It is saved here, and it is sent once the shared store "
            "answers."
        )

    # ── The end ──────────────────────────────────────────────────────────────────────────

    def finish(self) -> str:
        """Send what is not shared yet, and end; a sentence if something is left, or blank."""
        self.end(QUIT_SECONDS)
        if not self._unshared:
            return ""
        numbers = ", ".join(self._unshared)
        return f"Not shared yet: {numbers}. All is saved here, and the next start sends it."

    def end(self, seconds: float) -> None:
        """Send what is not shared yet, and end; waits once, at most so long. For any thread."""
        if self._ending or (folder := self._folder) is None:
            return
        self._unshared = (self.number,) if WAITING in self.in_words(None) else ()
        self._ending = Thread(target=self._end, args=(folder, seconds), name="end", daemon=True)
        self._ending.start()
        self._ending.join(seconds)

    def _end(self, folder: ReplicatedFolder, seconds: float) -> None:
        self._unshared = folder.close(seconds)


def _waiting(since: datetime, zone: tzinfo | None) -> str:
    return f"{WAITING} since {since.astimezone(zone):%H:%M}"


def make_replicated(
    folder: Folder, host: Host, account: str, setup: CheckSetup, names: EmployeeNames
) -> ReplicatedFolder:
    """The folder whose cases are in the shared store, too; `names` is how lists name employees.

    Raises ImrError if the shared store cannot be used here.
    """
    from imr_tui.store.shared.connection.driver import require_driver

    require_driver()
    from imr_tui.store.shared.replication.replicated_folder import ReplicatedFolder

    return ReplicatedFolder.of(folder, host, account, setup, names)
