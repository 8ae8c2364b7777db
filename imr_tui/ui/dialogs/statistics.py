"""The statistics of the folder, over the worklist."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import work
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from imr_tui.errors import ImrError
from imr_tui.store.worklist.case_files import case_names
from imr_tui.terminal.background import BACKGROUND, in_thread
from imr_tui.ui.dialogs.dialog import Dialog
from imr_tui.ui.dialogs.statistics_keys import KEYS

if TYPE_CHECKING:
    from textual.widget import Widget

    from imr_tui.checks import CheckSetup
    from imr_tui.services.statistics import CountedFolder
    from imr_tui.statistics.groups import Grouping
    from imr_tui.statistics.summary import Statistics
    from imr_tui.terminal.background import IsStopped

PROGRESS_SECONDS = 0.25
"""How often the progress is shown, at most."""
_READING = "Reading the cases... Esc stops it."


class StatisticsScreen(Dialog[None]):
    """Counts the determinations of the folder on a thread; one key for each grouping."""

    HEADING = "Statistics"
    BINDINGS = KEYS

    def __init__(self) -> None:
        super().__init__()
        self._by: Grouping = "category"
        self._read: dict[bool, CountedFolder] = {}
        self._counts: Statistics | None = None

    def body(self) -> Iterable[Widget]:
        with VerticalScroll(id="statistics"):
            yield Static(_READING, id="statistics-report")

    def on_mount(self) -> None:
        self.query_one("#statistics").focus()
        self._count()

    def action_group(self, by: Grouping) -> None:
        """Count again by other groups."""
        self._by = by
        self._counts = None
        self.query_one("#statistics-report", Static).update(Content(_READING))
        self._count()

    @work(group=f"{BACKGROUND}-statistics", exclusive=True)
    async def _count(self) -> None:
        """Read the folder once, and once more with its warnings when they are counted."""
        from imr_tui.statistics.summary import summarize

        by = self._by
        setup = self.app.check_setup() if by == "rule" else None
        try:
            read = await in_thread(partial(self._read_folder, setup))
        except ImrError as error:
            self.query_one("#statistics-report", Static).update(Content(str(error)))
            return
        self._read[by == "rule"] = read
        self._counts = summarize(read.cases, by, unfinished=read.unfinished)
        self._show()
        self.query_one("#statistics").scroll_home(animate=False)

    def _read_folder(self, setup: CheckSetup | None, is_stopped: IsStopped) -> CountedFolder:
        """What was read already, or else the folder; runs on a thread. Raises CannotStore."""
        # Loads pydantic, which the worklist does without.
        from imr_tui.services.statistics import read_folder

        if (known := self._read.get(setup is not None)) is not None:
            return known
        path, zone = self.app.folder.path, self.app.now.tzinfo
        names = self._with_progress(case_names(path))
        return read_folder(path, zone, setup, names, goes_on=lambda: not is_stopped())

    def _with_progress(self, names: Sequence[str]) -> Iterator[str]:
        """Pass on the names of the files, and show now and then how many are read."""
        shown = time.monotonic()
        for at, name in enumerate(names, 1):
            if (now := time.monotonic()) >= shown + PROGRESS_SECONDS:
                shown = now
                self.call_later(self._show_progress, at, len(names))
            yield name

    def _show_progress(self, done: int, count: int) -> None:
        if self._counts is None:
            says = f"Reading case {done:,} of {count:,}. Esc stops it."
            self.query_one("#statistics-report", Static).update(Content(says))

    def on_resize(self) -> None:
        self._show()

    def _show(self) -> None:
        """Show the report at the width of the dialog."""
        if self._counts is None:
            return
        from imr_tui.statistics.report_text import report

        width = self.query_one("#statistics").scrollable_content_region.width
        lines = [*report(self._counts, width), *self._problems()]
        self.query_one("#statistics-report", Static).update(Content("\n".join(lines)))

    def _problems(self) -> Iterable[str]:
        read = self._read.get(self._by == "rule")
        if read is not None and read.problems:
            yield ""
            yield from (f"{problem} It was not counted." for problem in read.problems)
