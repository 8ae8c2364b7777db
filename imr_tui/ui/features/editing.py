"""What happens to the open case: edits, undo, saving. Screens are not its concern."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from textual import on

from imr_tui.errors import Conflict, ImrError, LimitReached
from imr_tui.model import edits
from imr_tui.model.limits import MAX_CASE_BYTES
from imr_tui.services.check_case import check_case
from imr_tui.store.cases.case_file import GivenAway
from imr_tui.store.recovery.keeper import Keeper
from imr_tui.ui.features.check_runner import CheckRunner, Step
from imr_tui.ui.features.claim_monitor import ClaimMonitor
from imr_tui.ui.features.open_case import OpenCase
from imr_tui.ui.features.state import NOT_SAVED, Clock, Desk
from imr_tui.ui.messages import DraftsReported, Edited, SaveReported

if TYPE_CHECKING:
    from textual.timer import Timer

    from imr_tui.checks import Finding, Policy
    from imr_tui.model.case import Case
    from imr_tui.model.edits import Change
    from imr_tui.model.letterhead import Letterhead
    from imr_tui.store.cases.case_file import CaseFile
    from imr_tui.store.cases.folder import Folder
    from imr_tui.store.history.versions import Event
    from imr_tui.store.locking.claim import Claim
    from imr_tui.store.recovery.journal import Journal

PAUSE_SECONDS = 0.3
"""After so long without a key the typing pauses, and what is derived from the case follows it."""
WAIT_SECONDS = 0.1
"""How long keys wait for the rules on a screen that shows what they find."""
OVERDUE_SECONDS = 0.5
"""How long a save may take before the title says that it goes on."""
ARRIVE_SECONDS = 0.3
"""How long an ending waits for what was typed to reach the case, on top of waiting for the disk."""


class CaseDesk(Desk):
    """Owns the session of the open case, and lets everything that is derived follow it."""

    def __init__(
        self, folder: Folder, letterhead: Letterhead, clock: Clock, policy: Policy
    ) -> None:
        super().__init__(folder, letterhead, clock, policy)
        self._watch = CheckRunner(self._find, self._found, self._handle_exception)
        self._found_in: Case | None = None
        self._wanted_until = float("-inf")
        self._rest: Timer | None = None
        self._is_typing = False
        self.session: OpenCase | None = None
        self.claim_monitor: ClaimMonitor | None = None
        self.farewell = ""
        """What is said on the terminal after the end, or blank."""
        self._overdue: Timer | None = None
        self._failing = False
        self._drafts_fault = ""

    def show_again(self) -> None:
        """Make what is in view anew from the case."""
        raise NotImplementedError

    def take(self, file: CaseFile, claim: Claim | None, journal: Journal | None = None) -> None:
        """Make the case of `file` the open one; without the claim on it it can only be read."""
        self.let_go()
        keeper = Keeper(file, self.host.rescue, journal)
        session = OpenCase(file, self._report, keeper, writes=claim is not None)
        self.session = session
        self.claim_monitor = ClaimMonitor(
            file,
            claim,
            self.post_message,
            session.let_go,
            session.save_aside,
            self.resume_points.keep,
        )
        self.notices = ()
        self.findings = self._found_in = None
        self.drafts.open("" if claim is None else file.case.number)
        self.visits.clear()
        self.case = file.case
        self.save_state = self._brief() if self.read_only else "Saved"
        self.call_after_refresh(self._look)

    def _brief(self) -> str:
        """That and why nothing can be changed, as short as it goes."""
        return f"READ ONLY: {self.held_by}" if self.held_by else "READ ONLY"

    async def put_away(self) -> bool:
        """Close the open case once it is on the disk; False if it has to stay open."""
        if self.session is None or not await self.saved():
            return False
        self.let_go()
        self.case = self.held_by = None
        self.notices = ()
        self.drafts.open("")
        self.letter_state = ""
        if self.read_only and self.folder.is_writable():
            self.read_only = ""
        self.save_state = "READ ONLY" if self.read_only else ""
        return True

    def let_go(self) -> None:
        """Give the open case up as it is on the disk now."""
        if self.session is not None:
            self.session.close()
        if self.claim_monitor is not None:
            self.claim_monitor.close()
        self.session = self.claim_monitor = None

    def fill_credentials(self) -> None:
        """Fill blank credentials from the profile; not a step that undo takes back."""
        writes = self.session is not None and self.session.writes_case
        if self.session is not None and self.profile is not None and writes:
            licenses, specialties = self.profile.licenses, self.profile.specialties
            change = partial(edits.prefill, licenses=licenses, specialties=specialties)
            with self.refusing():
                self.session.fill(change)
                self.follow(self.session)

    # ── Edits ────────────────────────────────────────────────────────────────────────────

    @on(Edited)
    def apply(self, message: Edited) -> None:
        if self.session is None or self.read_only:
            return
        with self.refusing():
            if self.session.edit(message.change, message.step):
                self.follow(self.session, is_typing=bool(message.step))
            self.given(message.gives)
            return
        if message.step:
            # As where an undo in a text would bring back what the case has no room for by now:
            # no field shows what the case does not hold.
            self.show_again()

    @contextmanager
    def refusing(self) -> Iterator[None]:
        """Tell the reviewer of an edit that would make the case too large; it is not applied."""
        try:
            yield
        except LimitReached as error:
            self.say_once(str(error), error.title)

    @property
    def room(self) -> int:
        return MAX_CASE_BYTES if self.session is None else self.session.room

    def refusal(self, change: Change) -> str:
        try:
            if self.session is not None:
                self.session.changed(change)
        except LimitReached as error:
            return str(error)
        return ""

    def action_undo(self) -> None:
        if self.session is not None and not self.read_only and self.session.undo():
            self.follow(self.session)
            self.show_again()

    def action_redo(self) -> None:
        if self.session is not None and not self.read_only and self.session.redo():
            self.follow(self.session)
            self.show_again()

    def follow(self, session: OpenCase, *, is_typing: bool = False) -> None:
        """Let everything that is derived from the case follow it, the rules after a pause."""
        self.letter_state = ""
        if self.case is not None:
            self.drafts.follow(self.case, session.case)
        self._is_typing = is_typing
        self.case = session.case
        self._is_typing = False
        self._watch.drop()
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(PAUSE_SECONDS if is_typing else 0.01, self._look)
        if self._overdue is None:
            self._overdue = self.set_timer(OVERDUE_SECONDS, self._tell_overdue)

    def watch_case(self, case: Case | None) -> None:
        """Let what is shown follow at once, unless more keys may come."""
        if not self._is_typing:
            self.settled_case = case

    # ── What the rules find ──────────────────────────────────────────────────────────────

    def _look(self) -> None:
        self.sync_views()
        if self.case is not None:
            self._watch.over(self.case)

    def _find(self, case: Case, step: Step) -> tuple[Finding, ...]:
        return check_case(case, self.check_setup(), step)

    def _found(self, case: Case, findings: tuple[Finding, ...]) -> None:
        if case is self.case:
            self._found_in = case
            self.findings = findings

    def check_now(self) -> None:
        self.sync_views()
        if self.case is not None and not self.findings_current:
            self._wanted_until = time.monotonic() + WAIT_SECONDS
            self._watch.over(self.case)

    @property
    def findings_current(self) -> bool:
        return self._found_in is self.case

    def _is_working(self) -> bool:
        # A screen shows what the rules find, and the keys behind it mean what it shows.
        is_awaited = not self.findings_current and time.monotonic() < self._wanted_until
        return is_awaited or super()._is_working()

    # ── Saving ───────────────────────────────────────────────────────────────────────────

    def _report(self, error: ImrError | None) -> None:
        # On the saver's thread: posting is all that is safe there.
        self.post_message(SaveReported(error))

    @on(SaveReported)
    def tell_saved(self, message: SaveReported) -> None:
        self._failing = message.error is not None
        if isinstance(message.error, GivenAway):
            self.save_state = "KEPT AS A COPY"
        elif isinstance(message.error, Conflict):
            self.save_state = "KEPT ASIDE: changed elsewhere"
        elif message.error is not None:
            # The line has no room for where the folder is, which has not changed.
            self.save_state = f"{NOT_SAVED}: {message.error}".replace(f"{self.folder.path}/", "")
        elif self.case is not None:
            if self.is_saved:
                self.drafts.settle()
            self.save_state = self._drafts_fault or f"Saved {self.now:%H:%M:%S}"
            self.drop_notice("rescue")

    @on(DraftsReported)
    def tell_drafts(self, message: DraftsReported) -> None:
        """Say that a draft is not kept, where the case itself is; it is tried again."""
        was, self._drafts_fault = self._drafts_fault, ""
        if message.error is not None:
            said = str(message.error).replace(f"{self.folder.path}/", "")
            self._drafts_fault = f"DRAFT NOT SAVED: {said}"
        if self._drafts_fault != was and not self._failing:
            saved = f"Saved {self.now:%H:%M:%S}" if self.session is not None else ""
            self.save_state = self._drafts_fault or saved

    def _tell_overdue(self) -> None:
        self._overdue = None
        lag = self.session.lag if self.session is not None and not self._failing else 0.0
        if lag >= OVERDUE_SECONDS:
            self.save_state = "Saving..."
        elif lag > 0:
            self._overdue = self.set_timer(OVERDUE_SECONDS - lag, self._tell_overdue)

    @property
    def is_saved(self) -> bool:
        return self.session is None or self.session.is_saved

    @property
    def is_behind(self) -> bool:
        return self.session is not None and self.session.lag > 0

    async def saved(self) -> bool:
        """Wait until all is on the disk; tell the reviewer where it is not."""
        if self.session is None:
            return True
        self.session.then(self.resume_points.keep)
        if await self.session.saved():
            return True
        where = "in another place on the disk" if self.session.is_kept else "here"
        self.notify(
            f"The last changes are not in the case file yet. They are kept {where} and tried "
            "again; make room on the disk, then leave.",
            title="Not saved",
            severity="error",
            markup=False,
        )
        return False

    async def kept(self) -> bool:
        """Wait until all is on the disk, if only in another place; what is said at the end."""
        if self.session is None:
            return True
        self.session.then(self.resume_points.keep)
        if not await self.session.kept():
            return False
        if not self.session.is_saved:
            self.farewell = (
                f"The last changes of {self.open_case.number} are not in its file yet. They are "
                "kept, and the next start brings them back."
            )
        elif self._drafts_fault:
            self.farewell = f"{self._drafts_fault}. It is kept, and is in its field next time."
        return True

    def mark(self, event: Event) -> None:
        """Keep the open case as it is now as a version."""
        if self.session is not None and not self.read_only:
            self.session.mark(event)

    # ── Commands ──

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("undo", "redo", "save"):
            return False if self.case is None else not self.read_only or None
        return True

    def complain(self, error: ImrError) -> None:
        """Show an error that stops one thing, not the app."""
        self.notify(str(error), title=error.title, severity="error", timeout=20, markup=False)

    # ── Endings ──

    def last_words(self, seconds: float) -> bool:
        """Put what is pending on the disk within so long; whether it is there, in any place.

        For any thread, and needs no event loop.
        """
        session = self.session
        if session is not None or self.is_running:
            self.wait_arrived(ARRIVE_SECONDS)
        until = time.monotonic() + seconds
        is_saved = True
        if session is not None:
            # On the saver's thread, so that a disk that hangs costs no more than the seconds.
            session.then(self.resume_points.keep)
            is_saved = session.flush(seconds, or_kept=True)
        if is_saved:
            self.drafts.settle()
        return self.drafts.flush(max(until - time.monotonic(), 0)) and is_saved

    def wait_kept(self, seconds: float) -> bool:
        """Wait at most so long for a place that takes the text; for any thread."""
        until = time.monotonic() + seconds
        is_kept = self.session is None or self.session.flush(seconds, or_kept=True)
        return self.drafts.flush(max(until - time.monotonic(), 0)) and is_kept

    def offer_text(self) -> None:
        """Offer the text to the next start; returns once that has it. For any thread."""
        from imr_tui.store.recovery.handover import offer

        session, claim_monitor = self.session, self.claim_monitor
        if session is not None and claim_monitor is not None:
            offer(self.folder.path, session.text, claim_monitor.release)

    def close_session(self) -> None:
        """Let go of what is needed only as long as the case is open. For any thread."""
        # Where it is not saved, another start has to find what was kept.
        if self.session is not None and self.session.is_saved:
            self.session.close()
        self.drafts.close()

    def retire(self) -> None:
        """Stop the app where it stands, from any thread; the session and its saver go on."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self.exit)
