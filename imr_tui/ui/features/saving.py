"""Shows the state of saving and sharing the open case, and waits until it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.errors import Conflict, GivenAway, ImrError
from imr_tui.ui.messages import DraftsReported, SaveReported

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.timer import Timer

    from imr_tui.model.case import Case
    from imr_tui.session.open_case import OpenCase
    from imr_tui.store.cases.case_file import CaseFile
    from imr_tui.store.contract import CaseClaim
    from imr_tui.ui.features.replication import Replicating
    from imr_tui.ui.state import Handlers, Shell, State

NOT_SAVED = "NOT SAVED"
"""The beginning of the state of saving while the case cannot be saved."""
_SHARED = ("Saved", "SIGNED")
"""The beginnings of states that also tell whether the shared store has the case."""
OVERDUE_SECONDS = 0.5
"""How long a save may take before the title bar says that it is under way."""


def first_line(state: State) -> str:
    """The state of saving and sharing, such as `Saved 14:02:07 · shared 14:02:08`."""
    saved, shared = str(state.save_state), str(state.shared_state)
    return f"{saved} · {shared}" if shared and saved.startswith(_SHARED) else saved


class Saving:
    """Shows the reports of the saver."""

    def __init__(self, state: State, shell: Shell, replication: Replicating) -> None:
        self._state = state
        self._shell = shell
        self._replication = replication
        self.session: OpenCase | None = None
        """The open case."""
        self._overdue: Timer | None = None
        self._failing = False
        self._drafts_fault = ""

    @property
    def handlers(self) -> Handlers:
        """The messages that this feature handles."""
        return {SaveReported: self._saved, DraftsReported: self._drafts_saved}

    def begin(self, session: OpenCase, claim: CaseClaim | None) -> None:
        """Follow a case that was opened."""
        self.session = session
        self._replication.follow(session.case.number, claim)

    def leave(self) -> None:
        """Note that the reviewer leaves the case, and say so if it is not shared yet."""
        self._replication.leave()

    def sender(self, claim: CaseClaim | None) -> Callable[[CaseFile, Case], object]:
        """What the saver's thread calls with each case that was saved under a claim."""
        return self._replication.sender(claim)

    def send_files(self) -> None:
        """Let the shared store have what was written without the saver."""
        self._replication.send_files()

    # ── What the saver reports ───────────────────────────────────────────────────────────

    def report(self, error: ImrError | None) -> None:
        """Report a save; called on the saver's thread, where only posting is safe."""
        self._shell.post_message(SaveReported(error))

    def report_drafts(self, error: ImrError | None) -> None:
        """Report a save of the drafts; called on their saver's thread."""
        self._shell.post_message(DraftsReported(error))

    def _saved(self, message: SaveReported) -> None:
        state = self._state
        if state.read_only:
            # Of a session that was closed as the case was signed.
            return
        self._failing = message.error is not None
        if isinstance(message.error, GivenAway):
            state.save_state = "KEPT AS A COPY"
        elif isinstance(message.error, Conflict):
            state.save_state = "KEPT ASIDE: changed elsewhere"
        elif message.error is not None:
            # The line has no room for the path of the folder.
            said = f"{NOT_SAVED}: {message.error}"
            state.save_state = said.replace(f"{state.folder.path}/", "")
        elif state.case is not None:
            if self.is_saved:
                state.drafts.settle()
            state.save_state = self._drafts_fault or self._moment()
            state.drop_notice("rescue")

    def _drafts_saved(self, message: DraftsReported) -> None:
        """Show that a draft is not saved, unless the case is not; saving is tried again."""
        was, self._drafts_fault = self._drafts_fault, ""
        if message.error is not None:
            said = str(message.error).replace(f"{self._state.folder.path}/", "")
            self._drafts_fault = f"DRAFT NOT SAVED: {said}"
        if self._drafts_fault != was and not self._failing:
            saved = self._moment() if self.session is not None else ""
            self._state.save_state = self._drafts_fault or saved

    def _moment(self) -> str:
        return f"Saved {self._state.now:%H:%M:%S}"

    def expect(self) -> None:
        """Show after a while that a save is under way, if it still is."""
        if self._overdue is None:
            self._overdue = self._shell.set_timer(OVERDUE_SECONDS, self._tell_overdue)

    def _tell_overdue(self) -> None:
        self._overdue = None
        lag = self.session.lag if self.session is not None and not self._failing else 0.0
        if lag >= OVERDUE_SECONDS:
            self._state.save_state = "Saving..."
        elif lag > 0:
            self._overdue = self._shell.set_timer(OVERDUE_SECONDS - lag, self._tell_overdue)

    # ── Waiting ──────────────────────────────────────────────────────────────────────────

    @property
    def is_saved(self) -> bool:
        """Whether all edits are saved."""
        return self.session is None or self.session.is_saved

    @property
    def is_behind(self) -> bool:
        """Whether the last edit is not saved yet."""
        return self.session is not None and self.session.lag > 0

    def keep_resume_point(self) -> None:
        """Save where the reviewer is, after the case."""
        if self.session is not None:
            self.session.then(self._state.resume_points.keep)

    async def saved(self) -> bool:
        """Wait until all is saved; tell the reviewer if it is not."""
        if self.session is None:
            return True
        self.keep_resume_point()
        if await self.session.saved():
            return True
        where = "in another file" if self.session.is_kept else "here"
        self._shell.notify(
            f"The last changes are not in the case file yet. They are kept {where}, and saving is "
            "tried again. Free some disk space, then leave.",
            title="Not saved",
            severity="error",
            markup=False,
        )
        return False

    async def kept(self) -> bool:
        """Wait until all is saved, in the case file or elsewhere; sets the farewell.

        To be followed by the end of the app: nothing is shared any more.
        """
        if self.session is not None and not await self._is_kept(self.session):
            return False
        await self._replication.finish()
        return True

    async def _is_kept(self, session: OpenCase) -> bool:
        self.keep_resume_point()
        if not await session.kept():
            return False
        if not session.is_saved:
            self._state.farewell = (
                f"The last changes to {self._state.open_case.number} are not in its file yet. "
                "They are kept, and the next start recovers them."
            )
        elif self._drafts_fault:
            said = f"{self._drafts_fault}. It is kept for the next time."
            self._state.farewell = said
        return True
