"""Opens and leaves the cases of a session of plain mode; it owns the open case and its claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.errors import ImrError, Unreachable
from imr_tui.plain.monitoring import watch
from imr_tui.session.opening import READ_ONLY, Opened, Opener, to_continue
from imr_tui.session.undo_history import LeftHistories
from imr_tui.store.history.versions import Event

if TYPE_CHECKING:
    from imr_tui.plain.session import PlainSession
    from imr_tui.session.intake_monitor import IntakeMonitor


class Cases:
    """Opens a case with its claim, and leaves it only once it is saved."""

    def __init__(self, session: PlainSession) -> None:
        self._session = session
        self._opener = Opener(
            session.folder, lambda: session.host.rescue, session.clock, session.console.say
        )
        self._left = LeftHistories()
        self.intake: IntakeMonitor | None = None
        """Watches what the organization sends for the open case."""

    def respect(self, opened: Opened) -> Opened:
        """What this session may do with a case that was read; see `Opener.respect`."""
        return self._opener.respect(opened)

    def bring_all_back(self) -> None:
        """Complete what killed sessions left of signatures, and restore the texts they kept."""
        session = self._session
        self._opener.bring_all_back(session.console.say, settles=not session.read_only)

    # ── Opening ──────────────────────────────────────────────────────────────────────────

    def open(self, number: str) -> None:
        """Make a case the open one; read-only if it must be, and says why. Raises ImrError."""
        session, before = self._session, self._session.read_only
        refused = self.prepare(number)
        try:
            opened = self._opener.open(number, session.claims, before, refused=refused)
            self.take(opened, Event.OPENED)
        except ImrError as error:
            self.let_go()
            session.read_only, session.held_by = before, None
            raise (refused or error) from error
        finally:
            session.sharing.discard(number)
        if session.held_by is not None:
            says = session.read_only.removeprefix(READ_ONLY)
            session.console.say(f"{says} take asks for it.")
        elif session.read_only:
            session.console.say(session.read_only)

    def prepare(self, number: str, *, needs_lease: bool = False) -> ImrError | None:
        """Get the latest text of a case from the shared store; why it can only be read, or None."""
        session = self._session
        if not session.sharing.is_on:
            return None
        session.console.say(f"{number} is fetched from the shared store.")
        try:
            prepared = session.sharing.prepare(number, session.me)
        except ImrError as error:
            return error
        if needs_lease and prepared.why_waiting:
            session.sharing.discard(number)
            return Unreachable(prepared.why_waiting)
        if prepared.says:
            session.console.say(prepared.says)
        return None

    def open_again(self) -> None:
        """Open the open case again, as its file was changed; the caller has kept other texts.

        Drops the undo history. Raises BadInput or CannotStore; the case is read-only then.
        """
        session = self._session
        number = session.case.number
        file = session.folder.open(number)
        claim = session.monitor.claim if session.monitor is not None else None
        self.let_go(keeps_claim=True)
        if session.folder.is_writable():
            session.read_only, session.held_by = "", None
        try:
            opened = self._opener.open(number, session.claims, session.read_only, claim)
            self.take(opened, Event.OPENED)
        except ImrError as error:
            self.take(Opened(file, None, f"{READ_ONLY}{error}"), Event.OPENED)

    def take(self, opened: Opened, event: Event) -> None:
        """Make a case that was read the open one, and keep a version of it for `event`."""
        session, kept = self._session, opened.kept
        session.read_only, session.held_by = opened.read_only, opened.held_by
        self.let_go()
        case, session.monitor, self.intake = watch(session, opened)
        session.open_case = case
        left = self._left.take(case.case)
        if left is not None and opened.claim is not None and not opened.file.is_apart:
            case.history = left
        session.forget_case()
        session.drafts.open("" if opened.claim is None else case.case.number)
        if opened.claim is not None and opened.file.is_apart:
            session.tell_two_texts()
        session.mark(event)
        if kept is None:
            return
        if (text := to_continue(kept, case)) is None:
            session.tell_two_texts()
        else:
            case.fill(lambda _: text)

    # ── Leaving ──────────────────────────────────────────────────────────────────────────

    def saved(self) -> bool:
        """Wait until the open case is saved in its file; says an error if it is not."""
        session, case = self._session, self._session.open_case
        if case is None:
            return True
        case.then(session.resume_points.keep)
        if case.flush():
            session.drafts.settle()
            return True
        where = "in another file" if case.is_kept else "here"
        session.console.error(
            f"The last changes are not in the case file yet. They are kept {where}, and saving is "
            "tried again. Free some disk space, then leave."
        )
        return False

    def leave(self) -> bool:
        """Leave the open case once it is saved; False if it must stay open."""
        session, case = self._session, self._session.open_case
        if case is None:
            return True
        session.mark(Event.LEFT)
        if not self.saved():
            return False
        if case.writes_case and not (session.read_only or case.file.is_apart):
            self._left.put(case.case, case.history)
        if says := session.sharing.leave():
            session.console.say(says)
        self.let_go()
        session.forget_case()
        session.stage = session.stage_page = session.held_by = None
        session.drafts.open("")
        if session.read_only and session.folder.is_writable():
            session.read_only = ""
        return True

    def let_go(self, *, keeps_claim: bool = False) -> None:
        """Close the open case without waiting, and release its claim unless it is kept."""
        session = self._session
        if session.open_case is not None:
            session.open_case.close()
        if session.monitor is not None:
            session.monitor.close(keeps_claim=keeps_claim)
        session.open_case = session.monitor = self.intake = None
