"""Follows what threads reported about the open case, on the main thread, before a prompt."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from imr_tui.errors import Conflict, GivenAway, ImrError, Signed
from imr_tui.plain.notices import Notice
from imr_tui.plain.reports import AuditFailed, DraftsReport, Fault, SaveReport, ShareReport, Told
from imr_tui.plain.taking_over import take_over
from imr_tui.plain.two_texts import TwoTexts
from imr_tui.session import events
from imr_tui.session.audit import failure_in_words

if TYPE_CHECKING:
    from imr_tui.plain.command import Page
    from imr_tui.plain.session import PlainSession
    from imr_tui.store.locking.holder import Holder


class Follower:
    """Says each report as one sentence, or tells a notice of it."""

    def __init__(self, session: PlainSession) -> None:
        self._session = session
        self.texts = TwoTexts(session)
        """The choice between two texts of the case."""
        self._fault = ""
        self._is_lost = False
        self._follows: dict[type[Any], Callable[[Any], object]] = {
            SaveReport: lambda report: self._saved(report.error),
            DraftsReport: lambda report: self._drafts_saved(report.error),
            AuditFailed: lambda report: session.console.error(failure_in_words(report.error)),
            ShareReport: lambda _: self._shared(),
            Told: lambda report: session.console.say(report.sentence),
            Fault: _fail,
            events.ClaimAsked: lambda event: self._asked(event.holder),
            events.ClaimWithdrawn: lambda _: self._withdrawn(),
            events.ClaimLost: lambda event: self._lost(event.holder),
            events.ClaimRefused: lambda event: session.console.say(
                f"{_name(event.holder)} did not hand over the case."
            ),
            events.ClaimFree: lambda event: self._free(is_wanted=event.is_wanted),
            events.FileChanged: lambda _: self.texts.file_changed(),
            events.IntakeChanged: lambda _: self._intake_changed(),
        }

    def follow(self) -> None:
        """Follow all reports, and say what they come to."""
        for report in self._session.reports.take():
            self._follows[type(report)](report)
        self._session.console.say(*self._session.notices.unsaid())

    def forget_case(self) -> None:
        """Forget the case that was open before."""
        self._fault = ""
        self._is_lost = False
        self._session.notices.clear()

    # ── Saving and sharing ───────────────────────────────────────────────────────────────

    def _saved(self, error: ImrError | None) -> None:
        session = self._session
        if session.open_case is None or session.read_only:
            # Of a case that was left, or closed as it was signed.
            return
        if error is None:
            if session.open_case.is_saved:
                session.drafts.settle()
            if self._fault:
                session.console.say(f"Saved {session.now:%H:%M:%S}.")
            self._fault = ""
            session.notices.drop("rescue")
        elif isinstance(error, GivenAway):
            self._fail_once("", "Your text is kept as a copy, as another session has the case.")
        elif isinstance(error, Conflict):
            # The report of an earlier save may come after the choice.
            if session.open_case.file.is_apart or isinstance(error, Signed):
                self.texts.tell()
        else:
            self._fail_once("Error: ", f"NOT SAVED: {error} Saving is tried again.")

    def _fail_once(self, prefix: str, says: str) -> None:
        if says != self._fault:
            self._fault = says
            self._session.console.say(f"{prefix}{says}")

    def _drafts_saved(self, error: ImrError | None) -> None:
        if error is not None:
            self._fail_once("Error: ", f"DRAFT NOT SAVED: {error}")

    def _shared(self) -> None:
        if (why := self._session.sharing.why_lost) and not self._is_lost:
            self._is_lost = True
            self._session.console.say(why)

    # ── Other sessions ───────────────────────────────────────────────────────────────────

    def _asked(self, holder: Holder) -> None:
        case = self._session.open_case
        if case is not None and case.writes_case:
            says = f"{_name(holder)} wants to edit this case."
            self._session.notices.tell(Notice("request", says, lambda: self._answer(holder)))

    def _answer(self, holder: Holder) -> Page | None:
        """Ask whether the case is handed over, and do it."""
        session, monitor = self._session, self._session.monitor
        gives = session.console.confirm(
            f"Hand the case over to {_name(holder)}? Everything is saved first, and you can still "
            "read it. After a minute without a line it is handed over."
        )
        session.notices.drop("request")
        if monitor is None:
            return None
        if not gives:
            monitor.refuse()
            session.console.say("You keep the case.")
        elif not monitor.give(holder):
            monitor.refuse()
            session.console.error("The case is not saved yet, so it was not handed over.")
        return None

    def _withdrawn(self) -> None:
        self._session.notices.drop("request")
        self._session.console.say("The other session withdrew its request.")

    def _lost(self, holder: Holder) -> None:
        session = self._session
        if session.open_case is None:
            return
        holder = session.sharing.lost_to() or holder
        session.audit.note_edits()
        session.notices.drop("request")
        session.held_by = holder
        says = f"{holder.who} has the case. Your further changes go to a copy."
        session.notices.tell(Notice("given", says, self.take_over))

    def _free(self, *, is_wanted: bool) -> None:
        if is_wanted:
            self.take_over()
        elif self._session.held_by is not None:
            self._session.console.say("The case is free now. Type take to take it over.")

    def take_over(self) -> Page | None:
        """Take the case over, or ask for it; says an error if that is impossible."""
        try:
            take_over(self._session)
        except ImrError as error:
            self._session.console.error(str(error))
        return None

    # ── The organization ─────────────────────────────────────────────────────────────────

    def _intake_changed(self) -> None:
        # Load pydantic, which the worklist does without.
        from imr_tui.plain.intake import follow_closing, tell_new_facts

        if self._session.open_case is not None:
            follow_closing(self._session, self.texts)
        if self._session.open_case is not None:
            tell_new_facts(self._session)


def _name(holder: Holder) -> str:
    return f"{holder.who} on {holder.host}"


def _fail(report: Fault) -> None:
    raise report.error
