"""Plain mode as a whole: the session, its start and its end."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, TextIO

from imr_tui.plain.console import Console, Ended
from imr_tui.plain.lock import Lock
from imr_tui.plain.loop import Loop
from imr_tui.plain.rescue import tell_unsaved
from imr_tui.plain.session import PlainSession
from imr_tui.plain.session_commands import session_commands
from imr_tui.plain.starting import begin, replicated
from imr_tui.session import last_words
from imr_tui.session.idle import seconds as real_seconds
from imr_tui.session.shared_cases import END_SECONDS
from imr_tui.store.history.versions import Event

if TYPE_CHECKING:
    from datetime import datetime

    from imr_tui.plain.command import Command, Page
    from imr_tui.store.cases.folder import Folder
    from imr_tui.store.config.machine_policy import Host
    from imr_tui.store.config.settings import LoadedSettings
    from imr_tui.store.shared.replication.replicated_folder import ReplicatedFolder

SETTLE_SECONDS = 1.0
"""How long a question waits until the answer before it is saved."""
_ENDED = "All is saved."


class PlainApp:
    """One run of plain mode; an `EndingSession`, whose end other threads may ask for."""

    def __init__(
        self,
        read: int,
        write: TextIO,
        folder: Folder,
        settings: LoadedSettings,
        host: Host,
        clock: Callable[[], datetime],
        seconds: Callable[[], float] = real_seconds,
        encoding: str = "",
    ) -> None:
        """`read`: the descriptor of the input; `seconds`: a clock that nobody sets.

        `encoding`: that of the characters that can be shown; blank for that of `write`.
        """
        self.console = Console(read, write, encoding)
        """Says and asks."""
        self.session = PlainSession(self.console, folder, settings, host, clock)
        """What the pages read and change."""
        self._lock = Lock(self.session, seconds)
        self.console.look, self.console.typed = self._lock.look, self._lock.typed
        self.console.settle = self._settle
        self._loop = Loop(self.console, self._follow, self._shared)
        self.make_shared: Callable[[], ReplicatedFolder] = partial(replicated, self.session)
        """Makes the folder whose cases are in the shared store, too; raises ImrError."""
        self.fault: BaseException | None = None
        """The error that ended the session, or None."""

    def crash(self, error: BaseException) -> None:
        """End the session because of a fault; from any thread."""
        self.fault = self.fault or error
        self.console.end()

    def _shared(self, page: Page) -> Sequence[Command]:
        """The commands that every page has."""
        session = self.session
        every = session_commands(session, self._lock.lock, session.follower.take_over)
        if session.open_case is None:
            return every
        # What only the pages of a case need.
        from imr_tui.plain.case_commands import CaseCommands

        return [*CaseCommands(session).commands(page), *every]

    # ── Running ──────────────────────────────────────────────────────────────────────────

    def run(self, number: str = "") -> None:
        """Begin at a case, or at the worklist; returns once all is saved.

        If the case cannot be saved anywhere, the session continues while somebody answers.
        """
        ended = self._talk(lambda: begin(self.session, number, self.make_shared))
        while not (is_kept := self._is_kept()) and not ended.is_final:
            tell_unsaved(self.session)
            ended = self._talk(lambda: self._loop.page)
        self._end(ended, is_kept=is_kept)

    def _talk(self, first: Callable[[], Page]) -> Ended:
        """Run pages until the session ends; why it did."""
        try:
            self._loop.run(first())
        except Ended as ended:
            return ended

    # ── The end ──────────────────────────────────────────────────────────────────────────

    def _follow(self) -> None:
        """Say what happened, also to what was typed just now."""
        self._settle()
        self.session.follower.follow()

    def _settle(self) -> None:
        """Wait until what was typed is on the disk: a kill at a prompt then loses nothing."""
        case, drafts = self.session.open_case, self.session.drafts
        if (case is not None and case.lag > 0) or not drafts.is_saved:
            last_words.wait_kept(case, drafts, SETTLE_SECONDS)

    def _is_kept(self) -> bool:
        """Whether all is saved, in the case file or elsewhere."""
        session = self.session
        session.mark(Event.LEFT)
        case = session.open_case
        if case is not None:
            case.then(session.resume_points.keep)
        return (case is None or case.flush(or_kept=True)) and session.drafts.flush()

    def _end(self, ended: Ended, *, is_kept: bool) -> None:
        """Say how the session ended, if anybody can read it."""
        session = self.session
        case = session.open_case
        with suppress(Ended):
            if case is not None and is_kept and not case.is_saved:
                session.console.say(
                    f"The last changes to {case.case.number} are not in its file yet. They are "
                    "kept, and the next start recovers them."
                )
            elif is_kept:
                session.console.say(f"{ended.says} {'' if ended.tells_all else _ENDED}".strip())
            if not_shared := session.sharing.finish():
                session.console.say(not_shared)
        if is_kept:
            session.cases.let_go()

    # ── For other threads ────────────────────────────────────────────────────────────────

    def last_words(self, seconds: float) -> bool:
        """Save pending edits within so many seconds; whether they are saved, in any place."""
        session = self.session
        self.console.keep_unfinished()
        return last_words.save_pending(
            session.open_case, session.drafts, session.audit, session.resume_points, seconds
        )

    def wait_kept(self, seconds: float) -> bool:
        """Wait at most so long until the text is saved, in any place; whether it is."""
        return last_words.wait_kept(self.session.open_case, self.session.drafts, seconds)

    def offer_text(self) -> None:
        """Offer the text to the next start; returns once that has it."""
        session = self.session
        last_words.offer_text(session.folder.path, session.open_case, session.monitor)

    def close_session(self) -> None:
        """Close the saver of the case and of the drafts, and end other processes."""
        session = self.session
        session.checker.close()
        # If it is not saved, the next start has to find the kept text.
        if session.open_case is not None and session.open_case.is_saved:
            session.open_case.close()
        session.drafts.close()
        session.sharing.end(END_SECONDS)
        if signing := sys.modules.get("imr_tui.store.signing.process"):
            signing.stop_all()

    def retire(self) -> None:
        """Ask nothing any more; the open case and its saver stay."""
        self.console.end()
