"""What the pages of plain mode do with the open case: edit it, check it, save it, leave it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from imr_tui.errors import ImrError, LimitReached, Signed
from imr_tui.model import reviewer_edits
from imr_tui.plain.cases import Cases
from imr_tui.plain.checker import Checker
from imr_tui.plain.follower import Follower
from imr_tui.plain.session_state import SessionState
from imr_tui.plain.undoing import REDONE, UNDONE, turned
from imr_tui.store.history.versions import Event

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from imr_tui.checks import CheckSetup, Finding
    from imr_tui.domain.workflow import Stage
    from imr_tui.model.edits import Change
    from imr_tui.plain.command import Page
    from imr_tui.plain.console import Console
    from imr_tui.session.open_case import OpenCase
    from imr_tui.store.cases.folder import Folder
    from imr_tui.store.config.machine_policy import Host
    from imr_tui.store.config.settings import LoadedSettings

NO_CASE = "No case is open."


class PlainSession(SessionState):
    """One session of plain mode; pages use it on the main thread only."""

    def __init__(
        self,
        console: Console,
        folder: Folder,
        settings: LoadedSettings,
        host: Host,
        clock: Callable[[], datetime],
    ) -> None:
        super().__init__(console, folder, settings, host, clock)
        self.checker = Checker(self)
        """Checks the open case, and the spelling of words."""
        self.follower = Follower(self)
        """Follows the reports."""
        self.cases = Cases(self)
        """Opens and leaves cases."""

    # ── Edits ────────────────────────────────────────────────────────────────────────────

    def edit(self, change: Change, says: str = "", *, step: str = "") -> bool:
        """Apply an edit to the open case, and say `says`.

        False if it was refused, and the reason was said: the case is read-only, is too large, or
        is a correction that does not allow it. Edits of one `step` in a row are undone together;
        without a step, alone.
        """
        done = self.apply(lambda case: case.edit(change, step))
        if done and says:
            self.console.say(says)
        return done

    def fill(self, change: Change) -> bool:
        """Like `edit`, without a step that undo could take back, and without a sentence."""
        return self.apply(lambda case: case.fill(change))

    def apply(self, apply: Callable[[OpenCase], object]) -> bool:
        """Let `apply` change the open case; False if it was refused, and the reason was said."""
        if self.open_case is None or self.read_only:
            self.console.error(self.read_only or NO_CASE)
            return False
        before = self.case
        try:
            apply(self.open_case)
        except (LimitReached, Signed) as error:
            self.console.error(str(error))
            return False
        self.drafts.follow(before, self.case)
        return True

    def undo(self) -> None:
        """Undo the last step of the open case, and say what changed."""
        if says := turned(self, UNDONE, lambda case: case.undo()):
            self.console.say(says)

    def redo(self) -> None:
        """Redo the step that was undone last, and say what changed."""
        if says := turned(self, REDONE, lambda case: case.redo()):
            self.console.say(says)

    # ── Checks ───────────────────────────────────────────────────────────────────────────

    def findings(self) -> tuple[Finding, ...]:
        """The findings in the open case as it is now, its words looked up."""
        return self.checker.findings(self.case)

    def check_setup(self) -> CheckSetup:
        """The inputs of the checks besides the case."""
        return self.checker.setup()

    # ── Saving ───────────────────────────────────────────────────────────────────────────

    def saved(self) -> bool:
        """Wait until the open case is saved in its file; says an error if it is not."""
        return self.cases.saved()

    def shared(self, kept: str) -> bool:
        """Wait until the shared store has the open case; says an error with what was `kept`.

        True on a machine without a shared store. To be called once the case is saved.
        """
        why = self.sharing.wait()
        if why:
            self.console.error(f"{self.case.number} is not shared yet. {why} {kept}")
        return not why

    def has_two_texts(self) -> bool:
        """Whether another program changed the file; both texts are kept then, and it is said."""
        return self.follower.texts.has_two()

    def tell_two_texts(self) -> None:
        """Tell that there are two texts of the open case, and how to choose between them."""
        self.follower.texts.tell()

    def mark(self, event: Event) -> None:
        """Keep the open case as it is now as a version, and record the event in the log."""
        if self.open_case is not None:
            if not self.read_only:
                self.open_case.mark(event)
            self.audit.note(self.open_case, event)

    # ── The walk ─────────────────────────────────────────────────────────────────────────

    def enter(self, stage: Stage, page: Page) -> None:
        """Note that the reviewer is at a stage now; one that is left is kept as a version."""
        # Loads pydantic, which the worklist does without.
        from imr_tui.store.config import ResumePoint

        if self.stage not in (None, stage):
            self.mark(Event.LEFT)
        self.stage, self.stage_page = stage, page
        item = -1 if stage.item is None else stage.item
        point = ResumePoint(number=self.case.number, kind=stage.kind, item=item, at=self.now)
        self.resume_points.put(point)

    def fill_credentials(self) -> None:
        """Fill blank credentials of the open case from the profile."""
        profile, case = self.profile, self.open_case
        if profile is not None and case is not None and case.writes_case and not self.read_only:
            licenses, specialties = profile.licenses, profile.specialties
            self.fill(partial(reviewer_edits.prefill, licenses=licenses, specialties=specialties))

    def forget_case(self) -> None:
        """Forget what was said and asked of the case that was open before."""
        self.visits.clear()
        self.last_finding = None
        self.follower.forget_case()

    # ── Opening and leaving ──────────────────────────────────────────────────────────────

    def open(self, number: str) -> bool:
        """Open a case, read-only if it must be; says why. False if it cannot be opened."""
        try:
            self.cases.open(number)
        except ImrError as error:
            self.console.error(str(error))
            return False
        self.console.say(f"{number} is open.")
        return True

    def open_again(self) -> None:
        """Open the open case again as its file is now, such as after it was signed.

        Other texts must be kept before. Raises BadInput or CannotStore, with nothing changed.
        """
        self.cases.open_again()

    def leave(self) -> bool:
        """Leave the open case once it is saved; says an error and returns False if it is not."""
        return self.cases.leave()
