"""Shows whether the shared store has the newest text of the open case, and waits for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from imr_tui.session.shared_cases import SharedCases, make_replicated
from imr_tui.terminal.background import in_thread
from imr_tui.ui.messages import ShareReported

if TYPE_CHECKING:
    from imr_tui.errors import ImrError
    from imr_tui.model.case import Case
    from imr_tui.store.cases.case_file import CaseFile
    from imr_tui.store.contract import CaseClaim
    from imr_tui.store.locking.holder import Holder
    from imr_tui.store.shared.replication.replicated_folder import ReplicatedFolder
    from imr_tui.ui.features.waiting import Waiting
    from imr_tui.ui.state import Handlers, Shell, State


class Replicating:
    """On a machine without a shared store, it does nothing."""

    def __init__(self, state: State, shell: Shell, waiting: Waiting) -> None:
        self._state = state
        self._shell = shell
        self._waiting = waiting
        self.make: Callable[[], ReplicatedFolder] = partial(_replicated, state)
        """Makes the folder whose cases are in the shared store, too; raises ImrError."""
        self.cases = SharedCases(lambda: bool(state.host.shared))
        """Follows the open case."""
        self._is_lost = False

    @property
    def handlers(self) -> Handlers:
        """The messages that this feature handles."""
        return {ShareReported: lambda _: self._show()}

    @property
    def is_on(self) -> bool:
        """Whether the machine has a shared store."""
        return self.cases.is_on

    def folder(self) -> ReplicatedFolder | None:
        """The folder, for a thread: waits until it is made; None if it cannot be."""
        return self.cases.folder()

    # ── The start ────────────────────────────────────────────────────────────────────────

    def begin(self) -> None:
        """Load the driver, and send what earlier sessions left; after the first frame."""
        self.cases.begin(lambda: self.make(), self._begun, self._failed)

    def _begun(self, folder: ReplicatedFolder) -> None:
        self._state.claims = folder
        if not self._state.read_only:
            folder.send_unsent(me(self._state), partial(self._shell.call_later, self._shell.say))

    def _failed(self, error: ImrError) -> None:
        self._shell.call_later(self._shell.complain, error)

    # ── The open case ────────────────────────────────────────────────────────────────────

    def sender(self, claim: CaseClaim | None) -> Callable[[CaseFile, Case], object]:
        """What sends a case that was saved under a claim; for the saver's thread."""
        return self.cases.sender(claim)

    def follow(self, number: str, claim: CaseClaim | None) -> None:
        """Show how a case that was opened stands; one that was signed here is still being sent."""
        post = partial(self._shell.post_message, ShareReported())
        if self.cases.follow(number, claim, self._state.now, post):
            self._is_lost = False
            self._show()

    def lost_to(self) -> Holder | None:
        """The session of another host to which the open case was lost, or None."""
        return self.cases.lost_to()

    def send_files(self) -> None:
        """Send what was written beside the open case, or into its file by another way."""
        self.cases.send_files()

    def leave(self) -> None:
        """Note that the reviewer leaves the case; says so if it is not shared yet."""
        if says := self.cases.leave():
            self._shell.say(says)
        self._show()

    def _show(self) -> None:
        self._state.shared_state = self.cases.in_words(self._state.now.tzinfo)
        if (why := self.cases.why_lost) and not self._is_lost:
            self._is_lost = True
            self._shell.say(why)

    async def shared(self, kept: str) -> bool:
        """Wait until the shared store has the open case; otherwise say why, and what was `kept`.

        For a background worker, once the case is saved.
        """
        if not self.is_on:
            return True
        number = self.cases.number
        why = await self._waiting.result(
            lambda _: self.cases.wait(),
            "Waiting for the shared store",
            f"{number} is being shared. {kept} esc leaves the wait.",
        )
        if why == "":
            return True
        said = " ".join(filter(None, (f"{number} is not shared yet.", why, kept)))
        self._shell.notify(said, title="Not shared", severity="error", timeout=20, markup=False)
        return False

    # ── The end ──────────────────────────────────────────────────────────────────────────

    async def finish(self) -> None:
        """Send what is not shared yet, and end; sets the farewell if something is left."""
        if said := await in_thread(lambda _: self.cases.finish()):
            self._state.farewell = f"{self._state.farewell} {said}".strip()

    def end(self, seconds: float) -> None:
        """Send what is not shared yet, and end; waits once, at most so long. For any thread."""
        self.cases.end(seconds)


def me(state: State) -> Holder:
    """This session, as other sessions see it."""
    from imr_tui.store.locking.holder import this_session

    return this_session(state.now)


def _replicated(state: State) -> ReplicatedFolder:
    account, setup = me(state).who, state.check_setup()
    return make_replicated(state.folder, state.host, account, setup, state.employee_names)
