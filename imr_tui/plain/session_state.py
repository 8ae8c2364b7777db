"""The state of a session of plain mode: the folder, the reviewer, and the open case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.plain.notices import Notices
from imr_tui.plain.reports import AuditFailed, DraftsReport, Reports
from imr_tui.session.audit import Audit
from imr_tui.session.catalogue_access import CatalogueAccess
from imr_tui.session.open_drafts import OpenDrafts
from imr_tui.session.resume_points import ResumePoints
from imr_tui.session.shared_cases import SharedCases

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from imr_tui.catalogue.catalogue import Catalogue
    from imr_tui.checks import Finding
    from imr_tui.domain.workflow import Stage
    from imr_tui.model.case import Case
    from imr_tui.plain.command import Page
    from imr_tui.plain.console import Console
    from imr_tui.session.claim_monitor import ClaimMonitor
    from imr_tui.session.open_case import OpenCase
    from imr_tui.store.cases.folder import Folder
    from imr_tui.store.config import Profile
    from imr_tui.store.config.machine_policy import Host
    from imr_tui.store.config.settings import LoadedSettings
    from imr_tui.store.contract import CaseClaims
    from imr_tui.store.locking.holder import Holder
    from imr_tui.store.signing.standing import Standing
    from imr_tui.terminal.tty import Terminal


class SessionState:
    """What pages read; only the main thread changes it."""

    def __init__(
        self,
        console: Console,
        folder: Folder,
        settings: LoadedSettings,
        host: Host,
        clock: Callable[[], datetime],
    ) -> None:
        self.console = console
        """Says and asks."""
        self.folder = folder
        """The folder of cases."""
        self.settings = settings
        """The settings of the folder: letterhead, policy of the rules, and so on."""
        self.host = host
        """The policy of the machine."""
        self.clock = clock
        """Returns the time, with its zone."""
        self.profile: Profile | None = None
        """The reviewer's own credentials."""
        self.claims: CaseClaims = folder
        """Who may write which case."""
        self.read_only = ""
        """Why nothing can be changed, as a sentence; blank if it can."""
        self.held_by: Holder | None = None
        """The other session that has the open case, if that is the reason."""
        self.open_case: OpenCase | None = None
        """The open case, from opening it to leaving it."""
        self.monitor: ClaimMonitor | None = None
        """Watches what other sessions and programs do to the open case."""
        self.terminal: Terminal | None = None
        """The terminal, which an editor uses meanwhile; None through a pipe."""
        self.stage: Stage | None = None
        """The stage of the open case where the reviewer is."""
        self.stage_page: Page | None = None
        """Its page."""
        self.visits: dict[str, int] = {}
        """How often the reviewer went from Review to the text of a finding, by its key."""
        self.last_finding: Finding | None = None
        """The finding of the open case that was named last."""
        self.reports = Reports()
        """What threads reported, to be said before the next prompt."""
        self.drafts = OpenDrafts(folder.path, lambda error: self.reports.put(DraftsReport(error)))
        """Answers to questions that the case does not hold yet."""
        self.catalogue_access = CatalogueAccess(folder)
        """The guidelines that can be cited, their index, and recent ones."""
        self.resume_points = ResumePoints(folder)
        """Remembers where the reviewer is."""
        self.audit = Audit(folder, clock, lambda error: self.reports.put(AuditFailed(error)))
        """Records what is done to the open case."""
        self.sharing = SharedCases(lambda: bool(host.shared))
        """Sends the open case to the shared store of the machine, if there is one."""
        self.notices = Notices()
        """Events that wait for the reviewer's answer."""

    @property
    def now(self) -> datetime:
        """The current time, with its zone."""
        return self.clock()

    @property
    def today(self) -> date:
        """The current date."""
        return self.now.date()

    @property
    def restricted(self) -> bool:
        """Whether this folder only is opened, and no program but hunspell is started."""
        return self.host.restricted

    @property
    def me(self) -> Holder:
        """This session, as other sessions see it."""
        # Loads pydantic, which the worklist does without.
        from imr_tui.store.locking.holder import this_session

        return this_session(self.now)

    @property
    def case(self) -> Case:
        """The open case; raises RuntimeError without one."""
        return self._opened.case

    @property
    def standing(self) -> Standing:
        """Where the open case stands: a draft, signed, being corrected, or changed since."""
        return self._opened.file.standing

    @property
    def is_signed(self) -> bool:
        """Whether the open case is signed, and unchanged since."""
        return self.standing.kind == "signed"

    @property
    def _opened(self) -> OpenCase:
        if self.open_case is None:
            raise RuntimeError("no case is open")
        return self.open_case

    @property
    def catalogue(self) -> Catalogue:
        """The guidelines that can be cited."""
        return self.catalogue_access.catalogue
