"""Opens cases: takes the claim, and restores texts that ended sessions kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from imr_tui.errors import ImrError
from imr_tui.store.history.versions import Event
from imr_tui.store.recovery.recover import case_of, find, recover, restore

if TYPE_CHECKING:
    from imr_tui.store.cases.case_file import CaseFile
    from imr_tui.store.locking.claim import Claim
    from imr_tui.store.locking.holder import Holder
    from imr_tui.store.recovery.recover import Found
    from imr_tui.ui.features.editing import Editing
    from imr_tui.ui.features.open_case import OpenCase
    from imr_tui.ui.state import Shell, State


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

    def open(self, number: str) -> None:
        """Make the case of `number` the open one, read-only if another session has it.

        Raises BadInput or CannotStore.
        """
        state = self._state
        state.folder.path_of(number)
        before = state.read_only
        if says := state.folder.duplicate_of(number):
            state.read_only = state.read_only or f"READ ONLY: {says}"
        claim = None if state.read_only else self._claim(number)
        try:
            kept = self._bring_back(number) if claim is not None else None
            file = state.folder.open(number)
            self.begin(file, claim, Event.OPENED, kept)
        except ImrError:
            if claim is not None:
                claim.release()
            state.read_only, state.held_by = before, None
            raise

    def _claim(self, number: str) -> Claim | None:
        """The claim on a case, or None; says which other session has it."""
        # Loads pydantic, which the first frame does without.
        from imr_tui.store.locking.claim import claim
        from imr_tui.store.locking.holder import Held

        try:
            return claim(self._state.folder.path, number, self.me)
        except Held as error:
            self._state.held_by = error.holder
            self._state.read_only = f"READ ONLY: {error}"
            self._shell.say(f"{error} Press t to ask for it.")
        except ImrError as error:
            self._state.read_only = f"READ ONLY: {error}"
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
        """Restore texts that ended sessions kept into the cases that nobody has open."""
        folder, rescue = self._state.folder.path, self._state.host.rescue
        for recovered in recover(folder, rescue, lambda: self.me):
            self._shell.call_after_refresh(self._shell.say, recovered.says)

    def begin(
        self, file: CaseFile, claim: Claim | None, event: Event, kept: Found | None = None
    ) -> None:
        """Make the case of `file` the open one, and keep a version of it for `event`."""
        if self._state.read_only and claim is not None:
            claim.release()
            claim = None
        if claim is not None and file.is_apart:
            # The text of this side stays until the reviewer has chosen.
            file.case = file.mine() or file.case
        self._editing.take(file, claim, kept.journal if kept is not None else None)
        if claim is not None and file.is_apart:
            self._tell_two_texts()
        self._editing.mark(event)
        if kept is not None and self._editing.session is not None:
            self._continue_kept(kept, self._editing.session)

    def _continue_kept(self, kept: Found, session: OpenCase) -> None:
        """Make a text that cannot be saved yet the latest edit."""
        case = case_of(kept.text)
        if kept.text.base != session.file.base:
            session.file.set_apart()
        self._editing.fill(lambda _: case)

    @property
    def me(self) -> Holder:
        """This session, as other sessions see it."""
        from imr_tui.store.locking.holder import this_session

        return this_session(self._state.now)
