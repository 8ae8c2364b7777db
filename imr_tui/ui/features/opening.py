"""Makes a case the open one, and says what this session may do with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from imr_tui.errors import ImrError
from imr_tui.session.opening import READ_ONLY, Opened, Opener, to_continue
from imr_tui.store.history.versions import Event

if TYPE_CHECKING:
    from imr_tui.store.cases.case_file import CaseFile
    from imr_tui.store.contract import CaseClaim
    from imr_tui.store.locking.holder import Holder
    from imr_tui.ui.features.editing import Editing
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
        self._opener = Opener(state.folder, lambda: state.host.rescue, lambda: state.now, shell.say)

    def open(
        self, number: str, claim: CaseClaim | None = None, refused: ImrError | None = None
    ) -> None:
        """Make the case of `number` the open one; read-only if it is signed, or held elsewhere.

        `claim` is that of this session, if it has it already; `refused` is why it cannot get it.
        Raises BadInput or CannotStore.
        """
        state = self._state
        before = state.read_only
        opened = self._opener.open(number, state.claims, before, claim, refused)
        try:
            self._take(opened, Event.OPENED)
        except ImrError:
            if opened.claim is not None:
                opened.claim.release()
            state.read_only, state.held_by = before, None
            raise
        if state.held_by is not None:
            key = state.keys.name("app.take-over")
            says = state.read_only.removeprefix(READ_ONLY)
            self._shell.say(f"{says} Press {key} to ask for it.")

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
            state.read_only = f"{READ_ONLY}{error}"
            self._editing.take(file, None)

    def bring_all_back(self) -> None:
        """Complete what killed sessions left of signatures, and restore the texts they kept."""

        def say(sentence: str) -> None:
            self._shell.call_after_refresh(self._shell.say, sentence)

        self._opener.bring_all_back(say, settles=not self._state.read_only)

    def begin(self, file: CaseFile, claim: CaseClaim, event: Event) -> None:
        """Make the case of `file` the open one, and keep a version of it for `event`.

        Raises BadInput or CannotStore.
        """
        state = self._state
        opened = Opened(file, claim, state.read_only, state.held_by)
        self._take(self._opener.respect(opened), event)

    def _take(self, opened: Opened, event: Event) -> None:
        self._state.read_only, self._state.held_by = opened.read_only, opened.held_by
        kept, is_apart = opened.kept, opened.claim is not None and opened.file.is_apart
        journal = kept.journal if kept is not None else None
        self._editing.take(opened.file, opened.claim, journal, opened.why_refused)
        if is_apart:
            self._tell_two_texts()
        self._editing.mark(event)
        if kept is None or self._editing.session is None:
            return
        if (case := to_continue(kept, self._editing.session)) is None:
            self._tell_two_texts()
        else:
            self._editing.fill(lambda _: case)

    @property
    def me(self) -> Holder:
        """This session, as other sessions see it."""
        return self._opener.me
