"""Opens cases: takes the claim, restores kept texts, and respects signatures."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.errors import ImrError, LimitReached, Signed
from imr_tui.session.correcting import edit_guard
from imr_tui.session.standing_in_words import warning, why_read_only
from imr_tui.store.recovery.recover import case_of, find, recover, restore
from imr_tui.store.signing.unfinished import unfinished

if TYPE_CHECKING:
    from datetime import datetime

    from imr_tui.model.case import Case
    from imr_tui.session.open_case import OpenCase
    from imr_tui.store.cases.case_file import CaseFile
    from imr_tui.store.cases.folder import Folder
    from imr_tui.store.contract import CaseClaim, CaseClaims
    from imr_tui.store.locking.holder import Holder
    from imr_tui.store.recovery.recover import Found

READ_ONLY = "READ ONLY: "
"""What the reason begins with why a case that could be edited can only be read."""


class Opened(NamedTuple):
    """A case that was read, and what this session may do with it."""

    file: CaseFile
    """Its file."""
    claim: CaseClaim | None
    """The claim of this session; None if it can only read the case."""
    read_only: str = ""
    """Why nothing can be changed, or blank."""
    held_by: Holder | None = None
    """The other session that has the case, if that is the reason."""
    kept: Found | None = None
    """A text of an ended session that could not be saved yet, to be continued."""
    why_refused: Callable[[Case], str] = lambda case: ""
    """Why an edit must not lead to a case, as OpenCase takes it."""


class Opener:
    """Opens the cases of a folder for one session; it is written only with the claim on a case."""

    def __init__(
        self,
        folder: Folder,
        rescue: Callable[[], str],
        clock: Callable[[], datetime],
        say: Callable[[str], object],
    ) -> None:
        """`rescue`: the rescue directory of the machine, or blank; `say` tells the reviewer."""
        self._folder = folder
        self._rescue = rescue
        self._clock = clock
        self._say = say

    @property
    def me(self) -> Holder:
        """This session, as other sessions see it."""
        # Loads pydantic, which the first frame does without.
        from imr_tui.store.locking.holder import this_session

        return this_session(self._clock())

    def open(
        self,
        number: str,
        claims: CaseClaims,
        read_only: str = "",
        claim: CaseClaim | None = None,
        refused: ImrError | None = None,
    ) -> Opened:
        """Read the case of `number`; read-only if it is signed, or held elsewhere.

        `read_only`: why the whole folder is; `claim` is that of this session, if it has it
        already; `refused` is why it cannot get it. Raises BadInput or CannotStore, without a
        claim then.
        """
        self._folder.path_of(number)
        held_by = None
        if says := self._folder.duplicate_of(number):
            read_only = read_only or f"{READ_ONLY}{says}"
        if claim is None and not read_only:
            claim, read_only, held_by = self._claim(number, claims, refused)
        try:
            kept = self._bring_back(number) if claim is not None else None
            file = self._folder.open(number)
            return self.respect(Opened(file, claim, read_only, held_by, kept))
        except ImrError:
            if claim is not None:
                claim.release()
            raise

    def _claim(
        self, number: str, claims: CaseClaims, refused: ImrError | None
    ) -> tuple[CaseClaim | None, str, Holder | None]:
        """The claim on a case or None, why it is read-only, and which other session has it."""
        # Loads pydantic, which the first frame does without.
        from imr_tui.store.locking.holder import Held

        try:
            if refused is not None:
                raise refused
            return claims.claim(number, self.me), "", None
        except Held as error:
            return None, f"{READ_ONLY}{error}", error.holder
        except ImrError as error:
            return None, f"{READ_ONLY}{error}", None

    def respect(self, opened: Opened) -> Opened:
        """What this session may do with a case whose file may be signed, closed or two texts.

        Without the claim if the case can only be read. Raises BadInput or CannotStore if the
        signed text of a correction cannot be read.
        """
        opened = self._respect_signature(opened)
        claim, kept = opened.claim, opened.kept
        if opened.read_only and claim is not None:
            claim.release()
            claim = None
            if kept is not None:
                kept.leave_all()
                kept = None
        why_refused, file = edit_guard(opened.file), opened.file
        if claim is not None and file.is_apart:
            # The text of this side stays until the reviewer has chosen.
            mine = file.mine()
            file.case = file.case if mine is None or why_refused(mine) else mine
        return opened._replace(claim=claim, kept=kept, why_refused=why_refused)

    def _respect_signature(self, opened: Opened) -> Opened:
        """Let nothing be changed in a case that is signed, or was changed since."""
        file = opened.file
        if not (says := why_read_only(file.standing, self._clock().tzinfo)):
            return opened
        if opened.held_by is not None or not opened.read_only:
            opened = opened._replace(read_only=says, held_by=None)
        if says := warning(file.standing, file.case.number):
            self._say(says)
        elif file.is_apart:
            self._say(
                f"{file.case.number} is signed. A text of it that was not saved before is kept "
                f"in {file.asides[0]}."
            )
        return opened

    # ── Texts of ended sessions ──────────────────────────────────────────────────────────

    def _bring_back(self, number: str) -> Found | None:
        """Restore kept texts of a case; returns the one that cannot be saved yet."""
        left = None
        for each in find(self._folder.path, self._rescue(), number):
            is_left = False
            for recovered in restore(self._folder.path, each):
                self._say(recovered.says)
                is_left = recovered.is_left
            if is_left and each.journal is not None and left is None:
                left = each
                for older in each.older:
                    older.leave()
            else:
                each.leave_all()
        return left

    def bring_all_back(self, say: Callable[[str], object], *, settles: bool) -> None:
        """Restore the texts that killed sessions kept, and `say` so.

        With `settles`, also complete what they left of signatures.
        """
        folder = self._folder.path
        if settles and any(unfinished(folder)):
            # Loads pydantic, which most starts do without, as nothing was left.
            from imr_tui.services.commit_signature import settle

            settle(folder, lambda: self.me, self._clock())
        for recovered in recover(folder, self._rescue(), lambda: self.me):
            say(recovered.says)


def to_continue(kept: Found, session: OpenCase) -> Case | None:
    """The text of an ended session to continue with; None if it is a second text, kept aside.

    Raises CannotStore.
    """
    case = case_of(kept.text)
    if kept.text.base != session.file.base:
        session.file.set_apart()
    try:
        session.changed(lambda _: case)
    except (LimitReached, Signed):
        session.file.save_aside(case)
        return None
    return case
