"""Opens cases: takes the claim, and restores texts that ended sessions kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from imr_tui.errors import ImrError
from imr_tui.store.history.versions import Event
from imr_tui.store.recovery.recover import case_of, find, recover, restore
from imr_tui.store.signing.unfinished import unfinished
from imr_tui.ui.features.correcting import edit_guard
from imr_tui.ui.features.replication import me
from imr_tui.ui.features.standing_in_words import warning, why_read_only

if TYPE_CHECKING:
    from imr_tui.store.cases.case_file import CaseFile
    from imr_tui.store.contract import CaseClaim
    from imr_tui.store.locking.holder import Holder
    from imr_tui.store.recovery.recover import Found
    from imr_tui.ui.features.editing import Editing
    from imr_tui.ui.features.open_case import OpenCase
    from imr_tui.ui.state import Shell, State

_READ_ONLY = "READ ONLY: "


class Opening:
    """Makes a case the open one; it is written only with the claim on it."""

    def __init__(
        self, state: State, shell: Shell, editing: Editing, tell_two_texts: Callable[[], object]
    ) -> None:
        """`tell_two_texts`: says that another program changed the case."""
        self._state = state
        self._shell = shell
        self._editing = editing
        self._tell_two_texts = tell_two_texts

    def open(
        self, number: str, claim: CaseClaim | None = None, refused: ImrError | None = None
    ) -> None:
        """Make the case of `number` the open one; read-only if it is signed, or held elsewhere.

        `claim` is that of this session, if it has it already; `refused` is why it cannot get it.
        Raises BadInput or CannotStore.
        """
        state = self._state
        state.folder.path_of(number)
        before = state.read_only
        if says := state.folder.duplicate_of(number):
            state.read_only = state.read_only or f"{_READ_ONLY}{says}"
        if claim is None and not state.read_only:
            claim = self._claim(number, refused)
        try:
            kept = self._bring_back(number) if claim is not None else None
            file = state.folder.open(number)
            self.begin(file, claim, Event.OPENED, kept)
        except ImrError:
            if claim is not None:
                claim.release()
            state.read_only, state.held_by = before, None
            raise
        if state.held_by is not None:
            self._shell.say(f"{state.read_only.removeprefix(_READ_ONLY)} Press t to ask for it.")

    def open_again(self) -> None:
        """Open the open case again, as its file was signed; the caller has kept other texts.

        Drops the undo history. Raises BadInput or CannotStore, with nothing changed.
        """
        state = self._state
        number = state.open_case.number
        file = state.folder.open(number)
        claim = self._editing.claim
        self._editing.let_go(keeps_claim=True)
        if state.folder.is_writable():
            state.read_only, state.held_by = "", None
        try:
            self.open(number, claim)
        except ImrError as error:
            state.read_only = f"{_READ_ONLY}{error}"
            self._editing.take(file, None)

    def _claim(self, number: str, refused: ImrError | None) -> CaseClaim | None:
        """The claim on a case, or None; says which other session has it."""
        # Loads pydantic, which the first frame does without.
        from imr_tui.store.locking.holder import Held

        try:
            if refused is not None:
                raise refused
            return self._state.claims.claim(number, self.me)
        except Held as error:
            self._state.held_by = error.holder
            self._state.read_only = f"{_READ_ONLY}{error}"
        except ImrError as error:
            self._state.read_only = f"{_READ_ONLY}{error}"
        return None

    def _bring_back(self, number: str) -> Found | None:
        """Restore kept texts of a case; returns the one that cannot be saved yet."""
        left = None
        for each in find(self._state.folder.path, self._state.host.rescue, number):
            is_left = False
            for recovered in restore(self._state.folder.path, each):
                self._shell.say(recovered.says)
                is_left = recovered.is_left
            if is_left and each.journal is not None and left is None:
                left = each
                for older in each.older:
                    older.leave()
            else:
                each.leave_all()
        return left

    def bring_all_back(self) -> None:
        """Complete what killed sessions left of signatures, and restore the texts they kept."""
        folder, rescue = self._state.folder.path, self._state.host.rescue
        if not self._state.read_only and any(unfinished(folder)):
            # Loads pydantic, which most starts do without, as nothing was left.
            from imr_tui.services.commit_signature import settle

            settle(folder, lambda: self.me, self._state.now)
        for recovered in recover(folder, rescue, lambda: self.me):
            self._shell.call_after_refresh(self._shell.say, recovered.says)

    def begin(
        self, file: CaseFile, claim: CaseClaim | None, event: Event, kept: Found | None = None
    ) -> None:
        """Make the case of `file` the open one, and keep a version of it for `event`."""
        self._respect_signature(file)
        if self._state.read_only and claim is not None:
            claim.release()
            claim = None
            if kept is not None:
                kept.leave_all()
                kept = None
        why_refused = edit_guard(file)
        if claim is not None and file.is_apart:
            # The text of this side stays until the reviewer has chosen.
            mine = file.mine()
            file.case = file.case if mine is None or why_refused(mine) else mine
        self._editing.take(file, claim, kept.journal if kept is not None else None, why_refused)
        if claim is not None and file.is_apart:
            self._tell_two_texts()
        self._editing.mark(event)
        if kept is not None and self._editing.session is not None:
            self._continue_kept(kept, self._editing.session)

    def _respect_signature(self, file: CaseFile) -> None:
        """Let nothing be changed in a case that is signed, or was changed since."""
        state = self._state
        if not (says := why_read_only(file.standing, state.now.tzinfo)):
            return
        if state.held_by is not None or not state.read_only:
            state.read_only, state.held_by = says, None
        if says := warning(file.standing, file.case.number):
            self._shell.say(says)
        elif file.is_apart:
            self._shell.say(
                f"{file.case.number} is signed. A text of it that was not saved before is kept "
                f"in {file.asides[0]}."
            )

    def _continue_kept(self, kept: Found, session: OpenCase) -> None:
        """Make a text that cannot be saved yet the latest edit."""
        case = case_of(kept.text)
        if kept.text.base != session.file.base:
            session.file.set_apart()
        if self._editing.refusal(lambda _: case) is not None:
            session.file.save_aside(case)
            self._tell_two_texts()
        else:
            self._editing.fill(lambda _: case)

    @property
    def me(self) -> Holder:
        """This session, as other sessions see it."""
        return me(self._state)
