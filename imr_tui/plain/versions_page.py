"""The page of the earlier versions of the open case: to compare, and to restore."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from imr_tui.errors import ImrError
from imr_tui.model.diff import differences, lines
from imr_tui.plain.command import Command
from imr_tui.signing.correction import as_draft_of
from imr_tui.store.cases.case_codec import decode
from imr_tui.store.history.versions import Event, found
from imr_tui.store.safety.safe_open import read_bytes

if TYPE_CHECKING:
    from imr_tui.model.case import Case
    from imr_tui.plain.command import Page
    from imr_tui.plain.session import PlainSession
    from imr_tui.store.history.versions import Version

_SIDES = "- is that version, + is the current case."


class VersionsPage:
    """A version is named by the number that `imr-tui history` gives it, too."""

    title = "Earlier versions"

    def __init__(self, session: PlainSession, back: Callable[[], Page]) -> None:
        """`back` makes the page that follows."""
        self._session = session
        self._back = back

    @property
    def _versions(self) -> Sequence[Version]:
        opened = self._session.open_case
        return opened.file.versions.all() if opened is not None else ()

    def lines(self) -> Iterator[str]:
        """The versions, the newest first."""
        versions = self._versions
        if not versions:
            yield "No earlier version yet."
        for each in versions:
            yield f"{each.number}. {each.at.astimezone():%Y-%m-%d %H:%M}, {each.event}"

    def prompt(self) -> str:
        """The case."""
        return f"Versions of {self._session.case.number}"

    def commands(self) -> Sequence[Command]:
        """What can be done with a version."""
        return (
            Command("c", "compare", self._compare),
            Command("r", "restore", self._restore, ("versions.restore",)),
            Command("b", "back", lambda rest: self._back()),
        )

    def _compare(self, rest: str) -> None:
        case = self._chosen(rest)
        if case is not None:
            changed = list(lines(differences(case, self._session.case)))
            self._session.console.say(*([_SIDES, *changed] if changed else ["No changes."]))

    def _restore(self, rest: str) -> Page | None:
        session = self._session
        if session.read_only:
            session.console.error(session.read_only)
            return None
        restored = self._chosen(rest)
        if restored is None:
            return None
        session.mark(Event.RESTORING)
        says = f"Restored version {rest}. The text before is kept as a version; undo reverts it."
        if not session.edit(lambda case: as_draft_of(case, restored), says):
            return None
        session.mark(Event.RESTORED)
        return self._back()

    def _chosen(self, rest: str) -> Case | None:
        """The case of the version with a number; says what is wrong."""
        if not (rest.isascii() and rest.isdigit()):
            self._session.console.error("Type the number of a version after the command.")
            return None
        try:
            path = found(self._versions, int(rest), self._session.case.number).path
            return decode(read_bytes(path), path)
        except ImrError as error:
            self._session.console.error(str(error))
            return None
