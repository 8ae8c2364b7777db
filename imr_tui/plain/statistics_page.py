"""The page of the statistics of the folder, one command for each grouping."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from imr_tui.errors import ImrError
from imr_tui.plain.command import Command

if TYPE_CHECKING:
    from imr_tui.plain.command import Page
    from imr_tui.plain.session import PlainSession
    from imr_tui.services.statistics import CountedFolder
    from imr_tui.statistics.groups import Grouping

_GROUPINGS: dict[str, tuple[str, Grouping]] = {
    "c": ("by category", "category"),
    "p": ("by priority", "priority"),
    "m": ("by month", "month"),
    "g": ("by guideline", "guideline"),
    "r": ("by rule", "rule"),
    "a": ("by account", "reviewer"),
}


class StatisticsPage:
    """The folder is read once, and once more with its warnings when they are counted."""

    title = "Statistics"

    def __init__(self, session: PlainSession, back: Callable[[], Page]) -> None:
        """`back` makes the page that follows."""
        self._session = session
        self._back = back
        self._by: Grouping = "category"
        self._read: dict[bool, CountedFolder] = {}

    def lines(self) -> Iterator[str]:
        """The report by the grouping that was chosen last."""
        from imr_tui.statistics.report_text import report
        from imr_tui.statistics.summary import summarize

        try:
            read = self._counted()
        except ImrError as error:
            yield f"Error: {error}"
            return
        yield from report(summarize(read.cases, self._by, unfinished=read.unfinished))
        for problem in read.problems:
            yield f"Error: {problem} It was not counted."

    def _counted(self) -> CountedFolder:
        """What was read already, or else the folder; raises CannotStore."""
        # Loads pydantic, which the worklist does without.
        from imr_tui.services.statistics import read_folder

        with_rules = self._by == "rule"
        if with_rules not in self._read:
            self._session.console.say("Reading the cases.")
            setup = self._session.check_setup() if with_rules else None
            zone = self._session.now.tzinfo
            self._read[with_rules] = read_folder(self._session.folder.path, zone, setup)
        return self._read[with_rules]

    def prompt(self) -> str:
        """What is counted."""
        return self.title

    def commands(self) -> Sequence[Command]:
        """The groupings."""
        groupings = (
            Command(word, says, partial(self._group, by), (f"statistics.{by}",))
            for word, (says, by) in _GROUPINGS.items()
        )
        return (*groupings, Command("b", "back", lambda rest: self._back()))

    def _group(self, by: Grouping, rest: str) -> None:
        self._by = by
        self._session.console.say(*self.lines())
