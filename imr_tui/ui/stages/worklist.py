"""Stage 0: the cases of the folder by due date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import getters, on
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from imr_tui.store.maintenance.gc_control import uncollected
from imr_tui.store.worklist.listing import Listing
from imr_tui.store.worklist.rows import BROKEN, Row
from imr_tui.ui import dialogs
from imr_tui.ui.app import ImrApp
from imr_tui.ui.features.folder_poller import FolderPoller
from imr_tui.ui.messages import CaseChosen, LetterGiven
from imr_tui.ui.widgets.case_table import PADDING, CaseTable, Cells, Column
from imr_tui.ui.widgets.key_line import KeyLine
from imr_tui.ui.widgets.line_input import Line
from imr_tui.ui.widgets.title_bar import TitleBar

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from imr_tui.store.config import ResumePoint

_COLUMNS = ("Case", "Due", "", "Priority", "Items", "Stage", "State")
_OPTIONAL = ("Priority", "Stage")
"""Columns that a narrow screen does not show."""
_SCROLLBAR = 1
_NARROWEST = 12
"""The least width of the number, in columns: that of the numbers in use."""


class WorklistScreen(Screen[None]):
    """Enter opens a case at its first open field; a broken file is listed with its reason."""

    app = getters.app(ImrApp)
    AUTO_FOCUS = "CaseTable"
    BINDINGS = [  # noqa: RUF012
        Binding(
            "enter", "open", "Open", id="worklist.open", tooltip="Open the case", priority=True
        ),
        Binding("slash", "filter", "Filter", id="worklist.filter", tooltip="Show some cases only"),
        Binding(
            "escape",
            "clear",
            "All",
            id="worklist.all",
            show=False,
            tooltip="Show all cases again, or stop reading a letter",
        ),
        Binding("i", "import", "Import", id="worklist.import", tooltip="Import a published letter"),
        Binding(
            "p",
            "app.profile",
            "Profile",
            id="worklist.profile",
            show=False,
            tooltip="Your credentials, your name, and the PIN that unlocks the screen",
        ),
        Binding("q", "app.quit", "Quit", id="worklist.quit", tooltip="Quit; everything is saved"),
    ]

    def __init__(self, first: str = "") -> None:
        super().__init__()
        self._listing = Listing(self.app.folder.path, self.app.check_setup())
        self._poller = FolderPoller(self._listing, self._list, self.app.crash)
        self._rows: list[Row] = []
        self._cells: dict[str, Cells] = {}
        self._widths = [len(name) for name in _COLUMNS]
        self._shown: list[Row] = []
        self._offer: ResumePoint | None = None
        self._goal = first
        self._is_started = False

    def compose(self) -> ComposeResult:
        yield TitleBar()
        yield Line(id="filter", placeholder="number, state or words of an item")
        yield CaseTable()
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
        self._rows = sorted(rows, key=attrgetter("urgency"))
        self._cells = {row.name: cells(row, self.app.today) for row in rows}
        columns = zip(_COLUMNS, *self._cells.values(), strict=True)
        self._widths = [max(map(_width, column)) for column in columns]
        self._fill()

    def on_resize(self) -> None:
        self._fill()

    @property
    def _table(self) -> CaseTable:
        return self.query_one(CaseTable)

    def _fill(self) -> None:
        """Show the rows that match the filter; the cursor stays on its case."""
        at, chosen = self._table.cursor, self._chosen
        wanted = self.query_one("#filter", Line).value.casefold().split()
        self._shown = [row for row in self._rows if all(word in row.words for word in wanted)]
        if (goal := self._reached_goal()) is not None:
            at = goal
        elif chosen is not None:
            there = (at for at, row in enumerate(self._shown) if row.name == chosen.name)
            at = next(there, at if chosen.name not in self._cells else 0)
        columns = list(fitted(self._widths, self.app.size.width))
        self._table.show(columns, [self._cells[row.name] for row in self._shown], at)
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
        says = self.app.read_only or self.app.reading or self._poller.fault or self._progress()
        says = says or self._offered() or self._problem()
        problem = self.query_one("#problem", Static)
        if str(problem.content) != says:
            problem.update(Content(says))

    def _progress(self) -> str:
        waiting, all_rows = self._poller.waiting, len(self._rows)
        return f"reading {all_rows - waiting:,} of {all_rows:,}" if waiting else ""

    def _offered(self) -> str:
        """Where Enter resumes, if the cursor is on the case of the last session."""
        if self._offer and self._chosen and self._chosen.number == self._offer.number:
            return f"Enter goes on where you were: {self._offer}"
        return ""

    def _problem(self) -> str:
        """The problem of the case at the cursor, or why there is no case."""
        if self._chosen is not None:
            return self._chosen.problem
        if self._rows:
            return "No case matches the filter; Esc shows all."
        if not self._is_started:
            return ""
        says = f"There is no case in {self.app.folder.path}"
        return f"{says} yet." if self.app.restricted else f"{says}; `imr-tui new` makes one."

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

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "import":
            # It takes a path, which may be outside the folder.
            if self.app.restricted:
                return False
            return None if self.app.read_only or self.app.reading else True
        return True

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


def _width(text: str) -> int:
    return len(text) if text.isascii() else cell_len(text)


def fitted(widths: Sequence[int], room: int) -> Iterator[Column]:
    """The columns that fit the screen; the number gets what the others leave."""
    kept = [at for at, name in enumerate(_COLUMNS) if room >= 80 or name not in _OPTIONAL]
    left = room - _SCROLLBAR - sum(widths[at] + PADDING for at in kept[1:]) - PADDING
    for at in kept:
        width = widths[at] if at else min(widths[at], max(left, _NARROWEST))
        yield Column(at, _COLUMNS[at], width)


def cells(row: Row, today: date) -> Cells:
    """The cells of the row of a case."""
    if row.state in (BROKEN, ""):
        return (row.number, "", "", "", "", "", row.state.upper())
    items = f"{row.decided}/{row.items}"
    due = row.due or "-"
    return row.number, due, row.near(today), row.priority, items, row.stage, row.state
