"""The page of the clinical case summary."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from imr_tui.domain import case_in_words
from imr_tui.domain.workflow import Stage
from imr_tui.plain.case_text import CaseText
from imr_tui.plain.prose import prose_commands
from imr_tui.plain.sentences import counted

if TYPE_CHECKING:
    from imr_tui.plain.command import Command
    from imr_tui.plain.session import PlainSession


class SummaryPage:
    """One text, with the dates of the case above it."""

    title = "Summary"
    stage = Stage("summary")

    def __init__(self, session: PlainSession, item: int | None = None) -> None:
        self._session = session
        self._text = CaseText(session, None)

    def lines(self) -> Iterable[str]:
        yield from case_in_words.brief(self._session.case)

    def prompt(self) -> str:
        return f"Summary, {counted(self._text.text)}"

    def commands(self) -> Sequence[Command]:
        return prose_commands(self._text)
