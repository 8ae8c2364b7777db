"""Stage 0: the cases of the folder, in the order in which they are due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import getters, on
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import Input

from imr_tui.store.maintenance.gc_control import uncollected
from imr_tui.store.worklist.selection import IN_WORDS, ORDERS, Order, followed
from imr_tui.ui import dialogs
from imr_tui.ui.app import ImrApp
from imr_tui.ui.features.case_rows.row_source import View
from imr_tui.ui.features.case_rows.row_sources import row_source_of
from imr_tui.ui.messages import CaseChosen, LetterGiven
from imr_tui.ui.stages.worklist_keys import FILTERS, KEYS
from imr_tui.ui.stages.worklist_line import Situation, quitting, why_not, why_not_open
from imr_tui.ui.widgets.case_columns import columns_and_lines
from imr_tui.ui.widgets.case_pane import WIDE, CasePane, room
from imr_tui.ui.widgets.case_table import CaseTable
from imr_tui.ui.widgets.key_line import KeyLine
from imr_tui.ui.widgets.line_input import Line
from imr_tui.ui.widgets.status_line import StatusLine
from imr_tui.ui.widgets.title_bar import TitleBar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from imr_tui.store.config import ResumePoint
    from imr_tui.store.contract import Scope
    from imr_tui.store.worklist.rows import Row
    from imr_tui.ui.features.case_rows.row_source import RowSource


class WorklistScreen(Screen[None]):
    """Enter opens a case at its first open field; a broken file is listed with its reason."""

    app = getters.app(ImrApp)
    AUTO_FOCUS = "CaseTable"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012
    BINDINGS = KEYS

    def __init__(self, first: str = "") -> None:
        super().__init__()
        self._source: RowSource = row_source_of(self.app, self._list)
        self._order: Order = "due"
        self._shows_written = False
        self._scope: Scope = "mine"
        self._shown: Sequence[Row] = ()
        self._offer: ResumePoint | None = None
        self._goal = first
        self._is_started = False

    def compose(self) -> ComposeResult:
        yield TitleBar()
        yield Line(id="filter", placeholder=FILTERS)
        with Horizontal():
            yield CaseTable()
            yield CasePane()
        yield from (StatusLine(id="folded"), StatusLine(id="problem"))
        yield from self.app.parts.tour.panel()
        yield KeyLine()

    def on_mount(self) -> None:
        self.query_one("#filter").display = False
        self.app.io.queue.busy_checks.append(self._source.is_awaited)
        self.watch(self.app, "app_focus", self._source.nudge, init=False)
        self.watch(self.app, "reading", self._show_reading, init=False)

    def on_screen_resume(self) -> None:
        self.read_folder()

    def on_screen_suspend(self) -> None:
        self._source.stop()

    def on_unmount(self) -> None:
        self._source.stop()
        self.app.io.queue.busy_checks.remove(self._source.is_awaited)

    def read_folder(self) -> None:
        """List the cases of the folder, and follow its changes.

        Until the profile is read, the cached rows are shown, if there are any: whether a case is
        complete depends on the reviewer's name.
        """
        if not self.app.parts.profiles.is_read:
            if self._source.preview():
                return
            self.app.parts.profiles.ensure()
        if not self._is_started:
            self._is_started = True
            self._offer = self.app.resume_points.last()
            self._goal = self._goal or (self._offer.number if self._offer else "")
        self._source.start(self.app.check_setup())

    @uncollected()
    def _list(self) -> None:
        """Show the rows that are known now."""
        if not self.is_attached or not self.query("#problem"):
            # It is being removed, and the last of its widgets is gone already.
            return
        self._fill()

    def on_resize(self) -> None:
        self._fill()

    @property
    def _table(self) -> CaseTable:
        return self.query_one(CaseTable)

    def _fill(self) -> None:
        """Show the rows that match the filter; the cursor stays on its case."""
        at, chosen, now = self._table.cursor, self._chosen, self.app.now
        wanted = self._words, self._order, self._shows_written, self._scope
        view = View(now.date(), *wanted, self.app.keys.name("worklist.written"))
        self._shown, note, order = self._source.listed(view)
        self.query_one("#folded").display = bool(note)
        if note:
            self.query_one("#folded", StatusLine).show(note)
        if (goal := self._reached_goal()) is not None:
            at = goal
        elif chosen is not None:
            at = followed(chosen, self._shown, at, is_known=self._source.has)
        width, changed = room(self.app.size.width), self._source.changed
        columns, lines, late = columns_and_lines(self._shown, now, width, order, changed)
        self._table.show(columns, lines, at, late)
        self._source.reach(self._table.cursor)
        self._show_line()

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
        says = self.app.read_only or self.app.reading or self._source.fault
        self.query_one("#problem", StatusLine).show(says or self._situation.sentence)
        chosen = self._chosen
        changed = self._source.changed(chosen.name) if chosen is not None else 0
        self.query_one(CasePane).show(self.app.folder.path, chosen, changed, self.app.now)

    @property
    def _situation(self) -> Situation:
        is_filtered, is_of_others = bool(self._words.strip()), self._scope != "mine"
        start = (self.app, self._chosen, self._offer, self._source)
        return Situation(*start, is_filtered, self._is_started, is_of_others)

    @property
    def _words(self) -> str:
        """What was typed into the filter."""
        return self.query_one("#filter", Line).value

    @on(CaseTable.Moved)
    def moved(self) -> None:
        self._source.give_way()
        self._source.reach(self._table.cursor)
        self._show_line()

    def _show_reading(self) -> None:
        self._show_line()
        self.refresh_bindings()

    def action_open(self, shows_facts: bool = False) -> None:
        self._table.focus()
        if self._chosen is not None:
            resume_point = None
            if self._situation.resumes:
                resume_point, self._offer = self._offer, None
            self.post_message(CaseChosen(self._chosen.number, resume_point, shows_facts))

    def action_import(self) -> None:
        self.app.push_screen(dialogs.paths.ImportScreen(), self._post)

    def action_new(self) -> None:
        def opened(number: str | None) -> None:
            self._post(None if number is None else CaseChosen(number))

        self.app.push_screen(dialogs.new_case.NewCaseScreen(), opened)

    def _post(self, answer: LetterGiven | CaseChosen | None) -> None:
        if answer is not None:
            self.post_message(answer)

    def action_sort(self) -> None:
        """Sort by the next column; the cursor stays on its case."""
        self._order = ORDERS[(ORDERS.index(self._order) + 1) % len(ORDERS)]
        self._fill()
        self.app.hint(f"Sorted by {IN_WORDS[self._order]}")

    def action_scope(self) -> None:
        """Show the cases of the next scope."""
        scopes = self._source.scopes
        self._scope = scopes[(scopes.index(self._scope) + 1) % len(scopes)]
        self._fill()

    def action_statistics(self) -> None:
        self.app.push_screen(dialogs.statistics.StatisticsScreen())

    def action_show_written(self) -> None:
        self._shows_written = not self._shows_written
        self._fill()

    def action_leave(self) -> None:
        if self.app.parts.hints.answers(says := quitting(self.app.keys)):
            self.app.call_later(self.app.action_quit)
        else:
            self.app.hint(says)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        # An import takes a path, which may be outside the folder.
        hidden = {"import": self.app.restricted, "scope": not self.app.host.shared}
        if hidden.get(action):
            return False
        return None if self.why_not(action, parameters) else True

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """Why an action cannot be used now, as a sentence; blank if it can."""
        if action == "open" and self._is_started:
            return why_not_open(self._chosen, self._source, self.app.keys, facts=bool(parameters))
        return why_not(action, self.app, self._source)

    def action_filter(self) -> None:
        self.query_one("#filter").display = True
        self.query_one("#filter").focus()

    def action_clear(self) -> None:
        if self.app.parts.importing.stop():
            return
        self.query_one("#filter", Line).clear()
        self.query_one("#filter").display = False
        self._table.focus()

    @on(Input.Changed, "#filter")
    def filter(self) -> None:
        self._source.give_way()
        self._fill()
