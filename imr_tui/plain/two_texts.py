"""Two texts of the open case, as another program wrote its file: both are kept until a choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.errors import ImrError
from imr_tui.plain.notices import Notice
from imr_tui.session.file_state import is_signed

if TYPE_CHECKING:
    from imr_tui.model.case import Case
    from imr_tui.plain.command import Page
    from imr_tui.plain.session import PlainSession
    from imr_tui.session.open_case import OpenCase

TOLD = "Another program changed this case. Both versions are kept."
_CHOICES = ("Keep your text. The other one is a version.", "Take the text in the file.")


class TwoTexts:
    """Never overwrites another program's text."""

    def __init__(self, session: PlainSession) -> None:
        self._session = session

    def tell(self) -> None:
        """Tell that there are two texts of the open case, and how to choose between them.

        There is no choice if the one in the file is signed: the case is opened again then.
        """
        case = self._session.open_case
        if case is not None and is_signed(case.file.path):
            self.open_again()
        else:
            self._session.notices.tell(Notice("choice", TOLD, self._choose))

    def has_two(self) -> bool:
        """Whether another program changed the file; both texts are kept then, and it is told."""
        case = self._session.open_case
        try:
            if case is None or not case.file.is_changed():
                return False
            case.save_aside()
        except ImrError as error:
            self._session.console.error(str(error))
            return True
        self.tell()
        return True

    def file_changed(self) -> None:
        """Follow a file that another program wrote."""
        case = self._session.open_case
        if case is not None and not case.writes_case:
            self._reread(case)
        elif case is not None and case.file.is_apart:
            self.tell()

    def _reread(self, case: OpenCase) -> None:
        """Take over the text of the session that has the case, unless something was edited here."""
        if is_signed(case.file.path) or not case.file.standing.may_edit:
            self.open_again()
            return
        if case.has_copy:
            return
        try:
            case.reread()
        except ImrError:
            return
        self._session.console.say("Another session saved this case. You read its new text now.")

    def open_again(self) -> None:
        """Open the case again as its file is; a text of this session is kept beside it."""
        case = self._session.open_case
        if case is None:
            return
        try:
            if case.file.is_apart or case.has_copy:
                case.save_aside()
            self._session.open_again()
        except ImrError as error:
            self._session.console.error(str(error))

    # ── The choice ───────────────────────────────────────────────────────────────────────

    def _choose(self) -> Page | None:
        """Say how the texts differ, and ask which one stays; a blank line decides nothing yet."""
        session, case = self._session, self._session.open_case
        if case is None:
            return None
        try:
            theirs = case.file.theirs()
        except ImrError as error:
            session.console.error(str(error))
            return None
        session.console.say(*_compared(case.case, theirs))
        choices = _CHOICES if theirs is not None else _CHOICES[:1]
        chosen = session.console.choose("Which text stays", choices)
        # A save that is still under way would come after the choice.
        if chosen is not None and session.saved():
            self._take(case, is_mine=chosen == 0)
        return None

    def _take(self, case: OpenCase, *, is_mine: bool) -> None:
        session = self._session
        try:
            if is_mine:
                case.file.overwrite(case.case)
            else:
                case.adopt(case.file.take_theirs(case.case))
        except ImrError as error:
            session.console.error(str(error))
            return
        session.sharing.send_files()
        session.notices.drop("choice")
        whose = "Your text" if is_mine else "The text in the file"
        session.console.say(f"{whose} stays. The other one is a version.")


def _compared(mine: Case, theirs: Case | None) -> list[str]:
    """How two texts of a case differ, one line each."""
    from imr_tui.model.diff import differences, lines

    if theirs is None:
        return ["The file was deleted. Keeping your text writes it again."]
    return ["- is your text, + is the text in the file.", *lines(differences(mine, theirs))]
