"""What every screen may know of the app: the open case, where it is kept, what day it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

from textual.reactive import var

from imr_tui.errors import EXIT_BUG, LimitReached
from imr_tui.model.limits import MAX_CASE_BYTES
from imr_tui.services.check_case import setup_of
from imr_tui.store.config.machine_policy import Host
from imr_tui.terminal.hardening import HardenedApp
from imr_tui.terminal.threads import IsStopped, never
from imr_tui.text.plain_text import TRANSLITERATION, clean
from imr_tui.ui.features.catalogue_access import CatalogueAccess
from imr_tui.ui.features.dialog_drafts import OpenDrafts
from imr_tui.ui.features.idle import seconds
from imr_tui.ui.features.notices import Kind, Notice, Notices, with_notice, without
from imr_tui.ui.features.resume_point import ResumePoints
from imr_tui.ui.messages import DraftsReported

if TYPE_CHECKING:
    from imr_tui.checks import CheckSetup, Finding, Policy
    from imr_tui.errors import ImrError
    from imr_tui.model.case import Case
    from imr_tui.model.edits import Change
    from imr_tui.model.letterhead import Letterhead
    from imr_tui.store.cases.folder import Folder
    from imr_tui.store.config import Profile
    from imr_tui.store.locking.claim import Holder
    from imr_tui.ui.features.dialog_drafts import DialogDraft

NOT_SAVED = "NOT SAVED"
"""How the state of the disk begins while it does not take the case."""
Clock = Callable[[], datetime]
"""Tells the time, with its zone."""


class Desk(HardenedApp):
    """The state of the app. Screens read it and watch it; only the app itself changes it."""

    transliteration = TRANSLITERATION
    exit_code_of_fault = EXIT_BUG

    case: var[Case | None] = var(None, init=False)
    """The open case."""
    settled_case: var[Case | None] = var(None, init=False)
    """The open case when the typing last paused: what is not typed into follows this one."""
    save_state: var[str] = var("", init=False, always_update=True)
    """Whether the open case is on the disk, in words."""
    letter_state: var[str] = var("", init=False)
    """Where and when the letter of the open case was last written, until the case changes."""

    reading: var[str] = var("", init=False)
    """Which published letter is read for an import, and how far, in words; or blank."""

    findings: var[tuple[Finding, ...] | None] = var(None, init=False, always_update=True)
    """What the rules found when the case was last at rest; None until they have looked at it."""
    notices: var[Notices] = var((), init=False)
    """What happened by itself and waits for the reviewer."""

    def __init__(
        self, folder: Folder, letterhead: Letterhead, clock: Clock, policy: Policy
    ) -> None:
        super().__init__()
        self.folder = folder
        """The folder of cases."""
        self.letterhead = letterhead
        """What the organization prints."""
        self.policy = policy
        """What the site makes of the rules."""
        self.catalogue_access = CatalogueAccess(folder)
        """What can be cited."""
        self.host = Host()
        """What the machine's owner lays down."""
        self.resume_points = ResumePoints(folder)
        """Where the reviewer is."""
        self.profile: Profile | None = None
        """The reviewer's own credentials."""
        self.drafts = OpenDrafts(folder.path, self._report_drafts)
        """What was typed in dialogs and is not in the case yet."""
        self.visits: dict[str, int] = {}
        """How often the reviewer went from Review to the words of a finding, by its key."""
        self.read_only = ""
        """Why nothing can be changed, or blank."""
        self.held_by: Holder | None = None
        """The other session that has the open case, where that is why."""
        self.is_locked = False
        """Whether the screen is locked, and nothing of a case may be on it."""
        self.seconds: Callable[[], float] = seconds
        """Tells how time goes by."""
        self._clock = clock

    @property
    def sends_clipboard(self) -> bool:
        return self.host.clipboard == "osc52"

    def clean_paste(self, text: str) -> str:
        return clean(text)

    @property
    def restricted(self) -> bool:
        """Whether the app opens this folder only, and starts no other program."""
        return self.host.restricted

    @property
    def standing(self) -> str:
        return self.save_state

    @property
    def now(self) -> datetime:
        """This moment."""
        return self._clock()

    @property
    def today(self) -> date:
        """This day, here."""
        return self.now.date()

    @property
    def is_saved(self) -> bool:
        """Whether the disk holds all that was edited."""
        raise NotImplementedError

    @property
    def is_behind(self) -> bool:
        """Whether the disk lacks what was edited last."""
        raise NotImplementedError

    @property
    def room(self) -> int:
        """How many bytes the open case may still grow by."""
        return MAX_CASE_BYTES

    def refusal(self, change: Change) -> str:
        """Why `change` would make the open case too large, or blank."""
        return ""

    def refuses(self, change: Change) -> bool:
        """Whether `change` would make the open case too large; says so."""
        says = self.refusal(change)
        if says:
            self.say_once(says, LimitReached.title)
        return bool(says)

    def given(self, draft: DialogDraft | None) -> None:
        """Take note that the case holds what a draft was for; the draft goes once it is saved."""
        if draft is None:
            return
        self.drafts.give(draft)
        if self.is_saved:
            self.drafts.settle()

    def _report_drafts(self, error: ImrError | None) -> None:
        # On a thread of the drafts: posting is all that is safe there.
        self.post_message(DraftsReported(error))

    def unlock(self) -> None:
        """Show everything as it was before the screen was locked."""
        raise NotImplementedError

    def leave(self, says: str) -> None:
        """End the session, with a sentence, as soon as all is on the disk."""
        raise NotImplementedError

    def stop_import(self) -> bool:
        """Give up the letter that is being read; False if there is none."""
        raise NotImplementedError

    def tell(self, notice: Notice) -> None:
        """Show a notice until it is dropped; no key is taken from where it goes now."""
        self.notices = with_notice(self.notices, notice)

    def drop_notice(self, kind: Kind) -> None:
        """Show the notice of a kind no longer."""
        self.notices = without(self.notices, kind)

    @property
    def open_case(self) -> Case:
        """The open case, where a screen cannot be without one."""
        if self.case is None:
            raise RuntimeError("no case is open")
        return self.case

    def check_setup(self) -> CheckSetup:
        """What the checks need besides the case."""
        return setup_of(
            self.policy, self.profile, self.today, lambda: self.catalogue_access.catalogue
        )

    def sync_views(self) -> None:
        """Let what is shown follow the case at once: no more keys come where they came."""
        self.settled_case = self.case

    def check_now(self) -> None:
        """Have the rules look at the case as it is now, without a pause."""
        raise NotImplementedError

    @property
    def findings_current(self) -> bool:
        """Whether the findings are those of the case as it is now."""
        raise NotImplementedError

    def letter(
        self, is_stopped: IsStopped = never, *, draft: bool, case: Case | None = None
    ) -> str:
        """The letter of `case`, or of the open one, as it is written; better on a thread."""
        from imr_tui.letter.render.renderer import render

        return render(case or self.open_case, self.letterhead, draft=draft, is_stopped=is_stopped)
