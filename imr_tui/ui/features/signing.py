"""Signs the open case: prepares it, asks for the confirmations, and closes the case."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any

from imr_tui.errors import ImrError, NotReady
from imr_tui.model import edits
from imr_tui.session.signing_steps import (
    Keys,
    find_keys,
    prepare_signature,
    write_its_letter,
    write_signed_case,
)
from imr_tui.terminal.background import BACKGROUND, in_thread
from imr_tui.ui import dialogs
from imr_tui.ui.messages import Edited, SigningWanted

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from imr_tui.checks import CheckSetup
    from imr_tui.services.sign_case import Prepared
    from imr_tui.session.audit import Audit
    from imr_tui.session.claim_monitor import ClaimMonitor
    from imr_tui.session.open_case import OpenCase
    from imr_tui.session.to_sign import ToSign
    from imr_tui.store.signing.trust import Trust
    from imr_tui.ui.features.editing import Editing
    from imr_tui.ui.features.file_changes import FileChanges
    from imr_tui.ui.features.replication import Replicating
    from imr_tui.ui.features.saving import Saving
    from imr_tui.ui.state import Handlers, Shell, State

_LOOKING = "The keys that can sign are being looked for."
_WRITING = "SIGNING: the signed case is being written."


class Signing:
    """Keys stay free meanwhile: all that blocks runs on threads."""

    def __init__(
        self,
        state: State,
        shell: Shell,
        editing: Editing,
        saving: Saving,
        replication: Replicating,
        audit: Audit,
        file_changes: FileChanges,
        show_again: Callable[[], object],
    ) -> None:
        """`show_again` rebuilds the screen in view from the case."""
        self._state = state
        self._shell = shell
        self._editing = editing
        self._saving = saving
        self._replication = replication
        self._audit = audit
        self._file_changes = file_changes
        self._show_again = show_again
        self.why_no_key = _LOOKING
        """Why no key can sign, as a sentence; blank if one can."""
        self._has_asked = False

    @property
    def handlers(self) -> Handlers:
        """The messages that this feature handles."""
        return {SigningWanted: lambda _: self._sign()}

    def close(self) -> None:
        """End what still waits for a key; thread-safe."""
        if self._has_asked:
            from imr_tui.store.signing.process import stop_all

            stop_all()

    # ── The keys ─────────────────────────────────────────────────────────────────────────

    def look_for_keys(self, then: Callable[[], object]) -> None:
        """Find out whether a key can sign, then call `then`; an agent may answer late."""
        self._shell.run_worker(self._look(then), exclusive=True, group=f"{BACKGROUND}-keys")

    async def _look(self, then: Callable[[], object]) -> None:
        try:
            await in_thread(lambda _: self._keys())
            self.why_no_key = ""
        except ImrError as error:
            self.why_no_key = str(error)
        then()
        self._shell.refresh_bindings()

    def _keys(self) -> Keys:
        state = self._state
        return find_keys(state.folder, state.host, state.now)

    # ── Preparing ────────────────────────────────────────────────────────────────────────

    def _sign(self) -> None:
        self._shell.run_worker(self._begin(), exclusive=True, group=f"{BACKGROUND}-sign")

    async def _begin(self) -> None:
        """Save the case, prepare it, and ask."""
        session = self._editing.session
        if session is None or self._state.read_only:
            return
        self._audit.note_edits()
        if not await self._saving.saved() or await self._file_changes.has_two_texts(session):
            return
        if not await self._replication.shared("Nothing was signed."):
            return
        prepare = partial(self._prepare, session, self._state.check_setup())
        try:
            prepared, to_sign, trust = await in_thread(lambda _: prepare())
        except NotReady as error:
            self._date(session)
            self._shell.complain(error)
            return
        except ImrError as error:
            self._shell.complain(error)
            return
        if self._editing.session is session and not self._state.read_only:
            commit = partial(self._commit, session, prepared, trust)
            self._has_asked = True
            self._shell.push_screen(
                dialogs.sign.SignScreen(to_sign), partial(self._answered, commit)
            )

    def _date(self, session: OpenCase) -> None:
        """Give the case its decision date, so that Review shows the warnings that come with it."""
        case = session.case
        if self._editing.session is session and not (case.correction or case.particulars.imported):
            change = partial(edits.set_date, name="decision_date", day=self._state.today)
            self._shell.post_message(Edited(change, "decision date"))

    def _prepare(self, session: OpenCase, setup: CheckSetup) -> tuple[Prepared, ToSign, Trust]:
        """Prepare the case file, and what the reviewer reads; blocks, raises ImrError."""
        state = self._state
        trust, keys = self._keys()
        folder, letterhead = state.folder, state.letterhead
        path = session.file.path
        prepared, to_sign = prepare_signature(path, folder, setup, letterhead, keys, state.now)
        return prepared, to_sign, trust

    def _answered(
        self, commit: Callable[[bytes], Coroutine[Any, Any, None]], signature: bytes | None
    ) -> None:
        if signature is not None:
            self._shell.run_worker(commit(signature), group=f"{BACKGROUND}-signed")

    # ── Signing ──────────────────────────────────────────────────────────────────────────

    async def _commit(
        self, session: OpenCase, prepared: Prepared, trust: Trust, signature: bytes
    ) -> None:
        """Write the signed case; meanwhile, nothing can be changed in the open one."""
        if not await self._replication.shared(f"{prepared.case.number} was not signed."):
            return
        state, monitor = self._state, self._editing.claim_monitor
        may_write = self._editing.session is session and session.writes_case
        if not may_write or monitor is None or state.read_only:
            self._shell.say(f"{prepared.case.number} was not signed: it can only be read now.")
            return
        state.read_only, state.save_state = _WRITING, "Signing..."
        monitor.ignores_file = True
        self._shell.refresh_bindings()
        try:
            # Not on a thread that the end of the app drops.
            await asyncio.to_thread(write_signed_case, prepared, signature, trust, state.now)
            again = state.keys.name("letter.write")
            problem = await asyncio.to_thread(write_its_letter, prepared, state.now, again)
            self._shell.say(f"Signed {prepared.case.number}. It can only be read now. {problem}")
        except ImrError as error:
            self._shell.complain(error)
        if self._editing.session is session:
            self._replication.send_files()
            self._show_result(monitor)

    def _show_result(self, monitor: ClaimMonitor) -> None:
        """Open the case as its file is now: signed also if an error came after that."""
        state = self._state
        state.read_only, state.save_state = "", f"Saved {state.now:%H:%M:%S}"
        if self._file_changes.is_signed():
            self._file_changes.follow_signature()
        else:
            monitor.ignores_file = False
            self._show_again()
