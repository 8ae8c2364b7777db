"""Which earlier determinations of the open case can be read, and which one was chosen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from imr_tui.domain.documents import earlier_numbers
from imr_tui.text.layout import listed

if TYPE_CHECKING:
    from collections.abc import Callable

    from imr_tui.letter.dialects.dialect import Letterhead
    from imr_tui.model.case import Case
    from imr_tui.services.earlier_letter import EarlierLetter
    from imr_tui.store.cases.folder import Folder


class EarlierLetters:
    """The letters are looked for when a stage is entered, and when the case names others."""

    def __init__(
        self, folder: Folder, letterhead: Letterhead, case: Callable[[], Case | None]
    ) -> None:
        """`case` returns the open case."""
        self._folder = folder
        self._letterhead = letterhead
        self._case = case
        self._at = 0
        self._looked_for: tuple[str, ...] = ()
        self._found: tuple[str, ...] = ()

    @property
    def named(self) -> tuple[str, ...]:
        """The case numbers of the earlier determinations that the open case names."""
        case = self._case()
        return earlier_numbers(case) if case is not None else ()

    @property
    def readable(self) -> tuple[str, ...]:
        """Those whose letter or case is in the folder."""
        if (named := self.named) != self._looked_for:
            self._looked_for = named
            self._found = self._find(named) if named else ()
        return self._found

    def _find(self, named: tuple[str, ...]) -> tuple[str, ...]:
        # Loaded for a case that names others only.
        from imr_tui.services.earlier_letter import has_letter

        return tuple(filter(partial(has_letter, self._folder), named))

    def look_again(self) -> None:
        """Look in the folder again when the numbers are needed next."""
        self._looked_for = ()

    @property
    def number(self) -> str:
        """The number of the letter to show; blank without a readable letter."""
        found = self.readable
        return found[self._at % len(found)] if found else ""

    def choose_first(self) -> None:
        """Choose the first letter."""
        self._at = 0

    def choose_next(self) -> bool:
        """Choose the next letter; False, with the first one chosen, after the last one."""
        self._at = self._at + 1 if self._at + 1 < len(self.readable) else 0
        return self._at > 0

    def why_not(self) -> str:
        """Why no letter can be shown, as a sentence; blank if one can."""
        if self.readable:
            return ""
        return f"Neither a letter nor a case {listed(self.named, 'or')} is in this folder."

    def read(self, number: str, is_stopped: Callable[[], bool]) -> EarlierLetter:
        """Read a letter; blocks, raises BadInput or CannotStore."""
        from imr_tui.services.earlier_letter import earlier_letter

        return earlier_letter(self._folder, number, self._letterhead, is_stopped)
