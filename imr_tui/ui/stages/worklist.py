"""Stage 0: the cases of the folder, in the order in which they are due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import getters, on
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from imr_tui.store.maintenance.gc_control import uncollected
from imr_tui.store.worklist.listing import Listing
from imr_tui.store.worklist.rows import CHANGED, WRITTEN, Row
from imr_tui.store.worklist.selection import ORDERS, Order, matches, ordered
from imr_tui.ui import dialogs
from imr_tui.ui.app import ImrApp
from imr_tui.ui.features.folder_poller import FolderPoller
from imr_tui.ui.messages import CaseChosen, LetterGiven
from imr_tui.ui.stages.worklist_keys import KEYS, QUITTING
from imr_tui.ui.widgets.case_columns import cells, fitted, widths_of
from imr_tui.ui.widgets.case_pane import PANE_WIDTH, WIDE, CasePane
from imr_tui.ui.widgets.case_table import CaseTable
from imr_tui.ui.widgets.key_line import KeyLine
from imr_tui.ui.widgets.line_input import Line
from imr_tui.ui.widgets.title_bar import TitleBar

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from imr_tui.store.config import ResumePoint

FOLDED = 10
"""From so many written cases on, they are hidden until `.` shows them or a filter finds them."""


class WorklistScreen(Screen[None]):
    """Enter opens a case at its first open field; a broken file is listed with its reason."""

    app = getters.app(ImrApp)
    AUTO_FOCUS = "CaseTable"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012
    BINDINGS = KEYS

    def __init__(self, first: str = "") -> None:
        super().__init__()
        self._listing = Listing(
            self.app.folder.path, self.app.check_setup(), self.app.employee_names
        )
        self._poller = FolderPoller(self._listing, self._list, self.app.crash)
        self._order: Order = "due"
        self._shows_written = False
        self._rows: list[Row] = []
        self._shown: list[Row] = []
        self._offer: ResumePoint | None = None
        self._goal = first
        self._is_started = False

    def compose(self) -> ComposeResult:
        yield TitleBar()
        yield Line(
            id="filter", placeholder="words, draft, ready, written, late, due<12/15, due:today"
        )
        with Horizontal():
            yield CaseTable()
            yield CasePane()
        yield Static("", id="folded")
        yield Static("", id="problem")
        yield KeyLine()

    def on_mount(self) -> None:
        self.query_one("#filter").display = False
        self.watch(self.app, "app_focus", self._poller.nudge, init=False)
        self.watch(self.app, "reading", self._show_reading, init=False)

    def on_screen_resume(self) -> None:
        self.read_folder()

    def on_screen_suspend(self) -> None:
        self._poller.stop()

    def on_unmount(self) -> None:
        self._poller.stop()

    def read_folder(self) -> None:
        """List the cases of the folder, and follow its changes.

        Until the profile is read, the cached rows are shown, if there are any: whether a case is
        complete depends on the reviewer's name.
        """
        if not self.app.profiles.is_read:
            if not self._listing.is_empty:
                self._list()
                return
            self.app.profiles.ensure()
        if not self._is_started:
            self._is_started = True
            self._offer = self.app.resume_points.last()
            self._goal = self._goal or (self._offer.number if self._offer else "")
        self._listing.setup = self.app.check_setup()
        self._poller.start()

    @uncollected()
    def _list(self) -> None:
        """Show the rows that are known now."""
        if not self.is_attached or not self.query("#problem"):
            # It is being removed, and the last of its widgets is gone already.
            return
        rows = [] if self._poller.fault else self._listing.rows()
        self._rows = ordered(rows, self._order, self._listing.changed)
        self._fill()

    def on_resize(self) -> None:
        self._fill()

    @property
    def _table(self) -> CaseTable:
        return self.query_one(CaseTable)

    def _fill(self) -> None:
        """Show the rows that match the filter; the cursor stays on its case."""
        at, chosen, now = self._table.cursor, self._chosen, self.app.now
        query = self.query_one("#filter", Line).value
        found = list(filter(matches(query, now.date()), self._rows))
        written = sum(row.state == WRITTEN for row in found)
        is_folded = not (query.strip() or self._shows_written) and written >= FOLDED
        self._shown = [row for row in found if not (is_folded and row.state == WRITTEN)]
        self._show_folded(written if is_folded else 0)
        if (goal := self._reached_goal()) is not None:
            at = goal
        elif chosen is not None:
            there = (at for at, row in enumerate(self._shown) if row.name == chosen.name)
            is_listed = any(row.name == chosen.name for row in self._rows)
            at = next(there, 0 if is_listed else at)
        room = self.app.size.width - (PANE_WIDTH if self.app.size.width >= WIDE else 0)
        by_change = self._order == "changed"
        lines = [
            cells(row, now, room, self._listing.changed(row.name) if by_change else 0)
            for row in self._shown
        ]
        columns = list(fitted(widths_of(lines, self._order), room, self._order))
        late = {at for at, row in enumerate(self._shown) if row.is_late(now.date())}
        self._table.show(columns, lines, at, late)
        self._show_line()

    def _show_folded(self, count: int) -> None:
        folded = self.query_one("#folded", Static)
        folded.display = bool(count)
        if count and str(folded.content) != (says := f"{count:,} written: . shows them"):
            folded.update(Content(says))

    def _reached_goal(self) -> int | None:
        """The row of the case at which the cursor starts; None if it is not listed, or done."""
        there = (at for at, row in enumerate(self._shown) if row.number == self._goal)
        if self._goal and (found := next(there, None)) is not None:
            self._goal = ""
            return found
        return None

    @property
    def _chosen(self) -> Row | None:
        """The row at the cursor."""
        at = self._table.cursor
        return self._shown[at] if at < len(self._shown) else None

    def _show_line(self) -> None:
        says = self.app.read_only or self.app.reading or self._poller.fault or self._progress()
        says = says or self._offered() or self._problem()
        problem = self.query_one("#problem", Static)
        if str(problem.content) != says:
            problem.update(Content(says))
        chosen = self._chosen
        changed = self._listing.changed(chosen.name) if chosen is not None else 0
        self.query_one(CasePane).show(self.app.folder.path, chosen, changed, self.app.now)

    def _progress(self) -> str:
        waiting, all_rows = self._poller.waiting, len(self._rows)
        return f"Reading {all_rows - waiting:,} of {all_rows:,} cases..." if waiting else ""

    def _offered(self) -> str:
        """Where Enter resumes, if the cursor is on the case of the last session."""
        if self._offer and self._chosen and self._chosen.number == self._offer.number:
            return f"Enter continues at {self._offer}"
        return ""

    def _problem(self) -> str:
        """The problem of the case at the cursor, or why there is no case."""
        if (chosen := self._chosen) is not None:
            if chosen.state == CHANGED:
                when = chosen.written_at(self.app.now)
                return f"Letter written {when}. The case or the letter file has changed since."
            return chosen.problem
        if self.query_one("#filter", Line).value.strip():
            return "No case matches the filter; Esc shows all."
        if self._rows:
            return "All letters are written."
        if not self._is_started:
            return ""
        return f"There is no case in {self.app.folder.path} yet; n creates one."

    @on(CaseTable.Moved)
    def moved(self) -> None:
        self._poller.give_way()
        self._show_line()

    def _show_reading(self) -> None:
        self._show_line()
        self.refresh_bindings()

    def action_open(self) -> None:
        self._table.focus()
        if self._chosen is not None:
            resume_point, self._offer = (
                (self._offer, None) if self._offered() else (None, self._offer)
            )
            self.post_message(CaseChosen(self._chosen.number, resume_point))

    def action_import(self) -> None:
        self.app.push_screen(dialogs.paths.ImportScreen(), self._give)

    def _give(self, path: str | None) -> None:
        if path is not None:
            self.post_message(LetterGiven(path))

    def action_new(self) -> None:
        self.app.push_screen(dialogs.new_case.NewCaseScreen(), self._open_new)

    def _open_new(self, number: str | None) -> None:
        if number is not None:
            self.post_message(CaseChosen(number))

    def action_sort(self) -> None:
        """Sort by the next column; the cursor stays on its case."""
        self._order = ORDERS[(ORDERS.index(self._order) + 1) % len(ORDERS)]
        self._rows = ordered(self._rows, self._order, self._listing.changed)
        self._fill()
        names = {"due": "due date", "changed": "last change"}
        self.app.hint(f"Sorted by {names.get(self._order, self._order)}")

    def action_show_written(self) -> None:
        self._shows_written = not self._shows_written
        self._fill()

    def action_leave(self) -> None:
        if self.app.hints.answers(QUITTING):
            self.app.call_later(self.app.action_quit)
        else:
            self.app.hint(QUITTING)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "import" and self.app.restricted:
            # It takes a path, which may be outside the folder.
            return False
        return None if self.why_not(action, parameters) else True

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """Why an action cannot be used now, as a sentence; blank if it can."""
        if action == "open" and self._is_started and self._chosen is None:
            return "There is no case to open; n creates one." if not self._rows else ""
        if action in ("new", "import") and self.app.read_only:
            return self.app.read_only
        if action == "import" and self.app.reading:
            return "A letter is being read; esc stops it."
        if action == "show_written" and not any(row.state == WRITTEN for row in self._rows):
            return "No letter of this folder is written yet."
        return ""

    def action_filter(self) -> None:
        self.query_one("#filter").display = True
        self.query_one("#filter").focus()

    def action_clear(self) -> None:
        if self.app.importing.stop():
            return
        self.query_one("#filter", Line).clear()
        self.query_one("#filter").display = False
        self._table.focus()

    @on(Input.Changed, "#filter")
    def filter(self) -> None:
        self._poller.give_way()
        self._fill()
