"""Lets the shared store follow the open case, and says whether it has the newest text."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING

from imr_tui.errors import ImrError
from imr_tui.terminal.background import in_thread
from imr_tui.ui.messages import ShareReported

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from imr_tui.model.case import Case
    from imr_tui.store.cases.case_file import CaseFile
    from imr_tui.store.contract import CaseClaim
    from imr_tui.store.locking.holder import Holder
    from imr_tui.store.shared.replication.replicated_folder import ReplicatedFolder
    from imr_tui.store.shared.replication.replication_thread import Replication
    from imr_tui.ui.features.waiting import Waiting
    from imr_tui.ui.state import Handlers, Shell, State

WAITING = "shared: waiting"
"""What the first line says while the shared store lacks the newest text."""
WAIT_SECONDS = 10.0
"""How long a letter and a signature wait for the shared store."""
QUIT_SECONDS = 2.0
"""How long quitting waits for it."""
END_SECONDS = 1.0
"""How long the end of the process waits for it, as after a signal."""


class Replicating:
    """On a machine without a shared store, it does nothing."""

    def __init__(self, state: State, shell: Shell, waiting: Waiting) -> None:
        self._state = state
        self._shell = shell
        self._waiting = waiting
        self.make: Callable[[], ReplicatedFolder] = partial(_replicated, state)
        """Makes the folder whose cases are in the shared store, too; raises ImrError."""
        self._folder: Future[ReplicatedFolder] = Future()
        self._number = ""
        self._case: Replication | None = None
        self._waits_since: datetime | None = None
        self._is_lost = False
        self._ending: Thread | None = None
        self._unshared: tuple[str, ...] = ()

    @property
    def handlers(self) -> Handlers:
        """The messages that this feature handles."""
        return {ShareReported: lambda _: self._show()}

    @property
    def is_on(self) -> bool:
        """Whether the machine has a shared store."""
        return bool(self._state.host.shared)

    def folder(self) -> ReplicatedFolder | None:
        """The folder, for a thread: waits until it is made; None if it cannot be."""
        try:
            return self._folder.result()
        except ImrError:
            return None

    # ── The start ────────────────────────────────────────────────────────────────────────

    def begin(self) -> None:
        """Load the driver, and send what earlier sessions left; after the first frame."""
        if self.is_on:
            Thread(target=self._begin, name="shared", daemon=True).start()

    def _begin(self) -> None:
        try:
            folder = self.make()
        except ImrError as error:
            self._folder.set_exception(error)
            self._shell.call_later(self._shell.complain, error)
            return
        self._state.claims = folder
        if not self._state.read_only:
            folder.send_unsent(me(self._state), partial(self._shell.call_later, self._shell.say))
        self._folder.set_result(folder)

    # ── The open case ────────────────────────────────────────────────────────────────────

    def sender(self, claim: CaseClaim | None) -> Callable[[CaseFile, Case], object]:
        """What sends a case that was saved under a claim; for the saver's thread."""
        replication = self._replication_of(claim)
        if replication is None:
            return lambda file, case: None
        return lambda file, case: replication.put(case, file.bytes_of(case))

    def follow(self, number: str, claim: CaseClaim | None) -> None:
        """Show how a case that was opened stands; one that was signed here is still being sent."""
        if not self.is_on or (claim is None and number == self._number):
            return
        self._number, self._case = number, self._replication_of(claim)
        self._waits_since = self._state.now if claim is not None else None
        self._is_lost = False
        if self._case is not None:
            self._case.follow(lambda _: self._shell.post_message(ShareReported()))
        self._show()

    def _replication_of(self, claim: CaseClaim | None) -> Replication | None:
        if not self.is_on:
            return None
        from imr_tui.store.shared.replication.claim import SharedClaim

        return claim.replication if isinstance(claim, SharedClaim) else None

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

    def leave(self) -> None:
        """Note that the reviewer leaves the case; says so if it is not shared yet."""
        if self._state.shared_state.startswith(WAITING):
            self._shell.say(
                f"{self._number} is not shared yet. It is saved here, and it is sent once the "
                "shared store answers."
            )
        self._number, self._case, self._waits_since = "", None, None
        self._show()

    def _show(self) -> None:
        zone = self._state.now.tzinfo
        shared = self._case.state if self._case is not None else None
        if shared is None:
            said = _waiting(self._waits_since, zone) if self._waits_since is not None else ""
        elif shared.kind == "shared":
            said = f"shared {shared.at.astimezone(zone):%H:%M:%S}"
        else:
            said = _waiting(shared.at, zone) if shared.kind == "waiting" else ""
        self._state.shared_state = said
        if shared is not None and shared.kind == "lost" and not self._is_lost:
            self._is_lost = True
            self._shell.say(shared.reason)

    async def shared(self, kept: str) -> bool:
        """Wait until the shared store has the open case; otherwise say why, and what was `kept`.

        For a background worker, once the case is saved.
        """
        if not self.is_on:
            return True
        why: str | None = "The shared store cannot be used on this machine."
        if (case := self._case) is not None:
            why = await self._waiting.result(
                lambda _: case.wait(WAIT_SECONDS),
                "Waiting for the shared store",
                f"{self._number} is being shared. {kept} esc leaves the wait.",
            )
        if why == "":
            return True
        said = " ".join(filter(None, (f"{self._number} is not shared yet.", why, kept)))
        self._shell.notify(said, title="Not shared", severity="error", timeout=20, markup=False)
        return False

    # ── The end ──────────────────────────────────────────────────────────────────────────

    async def finish(self) -> None:
        """Send what is not shared yet, and end; sets the farewell if something is left."""
        await in_thread(lambda _: self.end(QUIT_SECONDS))
        if not self._unshared:
            return
        numbers = ", ".join(self._unshared)
        said = f"Not shared yet: {numbers}. All is saved here, and the next start sends it."
        self._state.farewell = f"{self._state.farewell} {said}".strip()

    def end(self, seconds: float) -> None:
        """Send what is not shared yet, and end; waits once, at most so long. For any thread."""
        if self._ending or not self._folder.done() or (folder := self.folder()) is None:
            return
        self._unshared = (self._number,) if WAITING in self._state.shared_state else ()
        self._ending = Thread(target=self._end, args=(folder, seconds), name="end", daemon=True)
        self._ending.start()
        self._ending.join(seconds)

    def _end(self, folder: ReplicatedFolder, seconds: float) -> None:
        self._unshared = folder.close(seconds)


def _waiting(since: datetime, zone: tzinfo | None) -> str:
    return f"{WAITING} since {since.astimezone(zone):%H:%M}"


def me(state: State) -> Holder:
    """This session, as other sessions see it."""
    from imr_tui.store.locking.holder import this_session

    return this_session(state.now)


def _replicated(state: State) -> ReplicatedFolder:
    from imr_tui.store.shared.connection.driver import require_driver

    require_driver()
    from imr_tui.store.shared.replication.replicated_folder import ReplicatedFolder

    account, setup = me(state).who, state.check_setup()
    return ReplicatedFolder.of(state.folder, state.host, account, setup, state.employee_names)
