"""Edits the open case, from taking it to closing it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from imr_tui.errors import ImrError, LimitReached, Signed
from imr_tui.model.limits import MAX_CASE_BYTES
from imr_tui.session.open_case import OpenCase
from imr_tui.session.standing_in_words import draft_header, header
from imr_tui.session.undo_history import LeftHistories
from imr_tui.store.recovery.keeper import Keeper
from imr_tui.ui.messages import Edited, SessionReported

if TYPE_CHECKING:
    from imr_tui.model.case import Case
    from imr_tui.model.edits import Change
    from imr_tui.session.audit import Audit
    from imr_tui.session.claim_monitor import ClaimMonitor
    from imr_tui.session.events import SessionEvent
    from imr_tui.session.intake_monitor import IntakeMonitor
    from imr_tui.session.open_drafts import DialogDraft
    from imr_tui.store.cases.case_file import CaseFile
    from imr_tui.store.contract import CaseClaim
    from imr_tui.store.history.versions import Event
    from imr_tui.store.recovery.journal import Journal
    from imr_tui.ui.features.checking import Checking
    from imr_tui.ui.features.saving import Saving
    from imr_tui.ui.state import Handlers, Shell, State


class Editing:
    """Owns the open case, and lets everything that derives from it follow each edit."""

    def __init__(
        self,
        state: State,
        shell: Shell,
        checking: Checking,
        saving: Saving,
        audit: Audit,
        show_again: Callable[[], object],
    ) -> None:
        """`show_again` rebuilds the screen in view from the case."""
        self._state = state
        self._shell = shell
        self._checking = checking
        self._saving = saving
        self._audit = audit
        self._show_again = show_again
        self._left = LeftHistories()
        self.session: OpenCase | None = None
        """The open case, from opening it to leaving it."""
        self._intake_monitor: IntakeMonitor | None = None
        self.claim_monitor: ClaimMonitor | None = None
        """Watches what other sessions and programs do to the open case."""

    @property
    def handlers(self) -> Handlers:
        """The messages that this feature handles."""
        return {Edited: self.apply}

    # ── Opening and leaving ──────────────────────────────────────────────────────────────

    def take(
        self,
        file: CaseFile,
        claim: CaseClaim | None,
        journal: Journal | None = None,
        why_refused: Callable[[Case], str] = lambda case: "",
    ) -> None:
        """Make the case of `file` the open one; read-only without `claim`, as in OpenCase."""
        # Loads pydantic, which the first frame does without.
        from imr_tui.session.claim_monitor import ClaimMonitor
        from imr_tui.session.intake_monitor import IntakeMonitor

        self.let_go()
        state = self._state
        keeper = Keeper(file, state.host.rescue, journal)
        session = OpenCase(
            file,
            self._saving.report,
            keeper,
            writes=claim is not None,
            why_refused=why_refused,
            saved=self._saving.sender(claim),
        )
        self.session = session
        self._saving.begin(session, claim)
        # Without the claim another session may edit the case: its history ends here.
        left = self._left.take(file.case)
        if left is not None and claim is not None and not file.is_apart:
            session.history = left
        self._intake_monitor = IntakeMonitor(file.path.parent, file.case.number, self._report)
        self.claim_monitor = ClaimMonitor(
            file,
            state.claims,
            claim,
            self._report,
            session.let_go,
            session.save_aside,
            state.resume_points.keep,
            self._intake_monitor.look,
        )
        state.notices = ()
        state.drafts.open("" if claim is None else file.case.number)
        state.visits.clear()
        state.case = file.case
        of_draft = draft_header(state.read_only, state.held_by)
        state.save_state = header(file.standing, state.now.tzinfo) or of_draft
        self._checking.begin()

    def _report(self, event: SessionEvent) -> None:
        """Report what a thread found; called on that thread, where only posting is safe."""
        self._shell.post_message(SessionReported(event))

    async def put_away(self) -> bool:
        """Close the open case once it is saved; False if it must stay open."""
        state = self._state
        if self.session is None or not await self._saving.saved():
            return False
        if self.session.writes_case and not (state.read_only or self.session.file.is_apart):
            self._left.put(self.session.case, self.session.history)
        self._saving.leave()
        self.let_go()
        state.case = state.held_by = None
        state.notices = ()
        state.drafts.open("")
        state.letter_state = ""
        if state.read_only and state.folder.is_writable():
            state.read_only = ""
        state.save_state = "READ ONLY" if state.read_only else ""
        return True

    def look_at_intake_again(self) -> None:
        """Report soon what the organization sent: it could not be followed yet."""
        if self._intake_monitor is not None:
            self._intake_monitor.tell_again()

    @property
    def claim(self) -> CaseClaim | None:
        """The claim on the open case, or None."""
        return None if self.claim_monitor is None else self.claim_monitor.claim

    def let_go(self, *, keeps_claim: bool = False) -> None:
        """Close the open case without waiting, and release its claim unless it is kept."""
        if self.session is not None:
            self.session.close()
        if self.claim_monitor is not None:
            self.claim_monitor.close(keeps_claim=keeps_claim)
        self.session = self.claim_monitor = self._saving.session = None
        self._intake_monitor = None

    def mark(self, event: Event) -> None:
        """Keep the open case as it is now as a version, and record the event in the log."""
        if self.session is None:
            return
        if not self._state.read_only:
            self.session.mark(event)
        self._audit.note(self.session, event)

    def note_export(self) -> None:
        """Record in the log that the open case was written to another file."""
        if self.session is not None:
            self._audit.note_export()

    # ── Edits ────────────────────────────────────────────────────────────────────────────

    def apply(self, message: Edited) -> None:
        """Make the edit that a screen asks for."""
        if self.session is None or self._state.read_only:
            return
        with self.refusing():
            if self.session.edit(message.change, message.step):
                self.follow(is_typing=bool(message.step))
            self.given(message.gives)
            return
        if message.step:
            # No field may show a text that the case does not hold, as after an undo in a text that
            # the case has no room for any more.
            self._show_again()

    def edit(self, change: Change) -> bool:
        """Make an edit that was not typed, as one step; False if it changes nothing.

        Raises LimitReached, or Signed in a correction, with nothing changed.
        """
        if self.session is None or not self.session.edit(change, ""):
            return False
        self.follow()
        return True

    def fill(self, change: Change) -> None:
        """Make an edit that undo does not take back; raises what `edit` raises."""
        if self.session is not None:
            self.session.fill(change)
            self.follow()

    @contextmanager
    def refusing(self) -> Iterator[None]:
        """Tell the reviewer if an edit was refused: for its size, or in a correction."""
        try:
            yield
        except (LimitReached, Signed) as error:
            self._say(str(error), error.title)

    @property
    def room(self) -> int:
        """How many bytes the open case may still grow by."""
        return MAX_CASE_BYTES if self.session is None else self.session.room

    def refusal(self, change: Change) -> ImrError | None:
        """Why the open case does not take `change`, or None if it does."""
        try:
            if self.session is not None:
                self.session.changed(change)
        except (LimitReached, Signed) as error:
            return error
        return None

    def refuses(self, change: Change) -> ImrError | None:
        """Like `refusal`, and tells the reviewer."""
        if (error := self.refusal(change)) is not None:
            self._say(str(error), error.title)
        return error

    def _say(self, sentence: str, title: str) -> None:
        self._shell.io.pastes.notify_once(sentence, title)

    def given(self, draft: DialogDraft | None) -> None:
        """Note that the case holds the text of a draft, which is dropped once it is saved."""
        if draft is None:
            return
        self._state.drafts.give(draft)
        if self._saving.is_saved:
            self._state.drafts.settle()

    def follow(self, *, is_typing: bool = False) -> None:
        """Let everything that derives from the open case follow it, the checks after a pause."""
        state = self._state
        assert self.session is not None
        state.letter_state = ""
        if state.case is not None:
            state.drafts.follow(state.case, self.session.case)
        self._checking.follow(self.session.case, is_typing=is_typing)
        self._saving.expect()
