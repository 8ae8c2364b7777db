"""The commands that read beside a text: the facts of the case, earlier letters, other texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.domain import case_in_words
from imr_tui.errors import ImrError
from imr_tui.plain.command import Command
from imr_tui.plain.sentences import numbered
from imr_tui.session.earlier_letters import EarlierLetters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imr_tui.domain.workflow import Stage
    from imr_tui.plain.session import PlainSession


def facts_commands(session: PlainSession, stage: Stage) -> Sequence[Command]:
    """The commands of the page of a stage."""
    facts = FactsCommands(session, stage)
    commands = [
        Command(
            "facts",
            "read the facts of the case",
            facts.read,
            ("reading.facts", "reading.other-facts", "reading.facts-down", "reading.facts-up"),
            is_shown=False,
        )
    ]
    if stage.item is not None:
        commands.append(
            Command(
                "cited",
                "read what the administrator cited",
                facts.read_administrator,
                ("reading.other-facts",),
                is_shown=False,
            )
        )
    if stage.kind != "summary":
        commands.append(
            Command(
                "summary",
                "read the summary",
                facts.read_summary,
                ("reading.other-facts",),
                is_shown=False,
            )
        )
    earlier = Command(
        "earlier", "read the letter of an earlier review", facts.read_earlier, ("reading.earlier",)
    )
    return [*commands, earlier._replace(is_shown=False)]


class FactsCommands:
    """Reads; nothing of it changes the case."""

    def __init__(self, session: PlainSession, stage: Stage) -> None:
        self._session = session
        self._console = session.console
        self._stage = stage
        letterhead = session.settings.letterhead
        self.letters = EarlierLetters(session.folder, letterhead, lambda: session.case)
        """The letters of the earlier reviews that the case names."""

    def read(self, rest: str) -> None:
        """`facts` reads dates, parties, documents and requests."""
        lines = case_in_words.facts(self._session.case, is_short=False)
        self._console.say(*(line for line in lines if line))

    def read_administrator(self, rest: str) -> None:
        """`cited` reads what the claims administrator cited for the item."""
        case, item = self._session.case, self._stage.item
        if item is not None and item < len(case.items):
            self._console.say(*case_in_words.administrator_cited(case.items[item]))

    def read_summary(self, rest: str) -> None:
        """`summary` reads the summary by numbered sentences."""
        self._console.say(*numbered(self._session.case.summary.text) or ["The summary is blank."])

    def read_earlier(self, rest: str) -> None:
        """`earlier` reads the letter of an earlier review, after a choice if there are several."""
        if not self.letters.named:
            self._console.error("This case names no earlier review.")
            return
        if why := self.letters.why_not():
            self._console.error(why)
            return
        found = self.letters.readable
        at = 0 if len(found) == 1 else self._console.choose("Earlier review", found)
        if at is None:
            return
        try:
            letter = self.letters.read(found[at], lambda: False)
        except ImrError as error:
            self._console.error(str(error))
            return
        self._console.say(f"Earlier review {found[at]}, {letter.source}:")
        self._console.say(letter.preview.text.rstrip("\n"), f"End of {found[at]}.")
