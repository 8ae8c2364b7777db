"""Stage 0: the cases that wait, by due date."""

from datetime import date

from rich.text import Text
from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.widgets import DataTable, Input, Static

from imr_tui import checks, stages
from imr_tui.checks import Policy
from imr_tui.clock import due, how_near
from imr_tui.errors import ImrError
from imr_tui.store.folder import Entry
from imr_tui.ui.desk import Desk
from imr_tui.ui.messages import CaseChosen, LetterGiven
from imr_tui.ui.screens.importing import ImportScreen
from imr_tui.ui.widgets.entry import Line
from imr_tui.ui.widgets.key_line import KeyLine
from imr_tui.ui.widgets.title_bar import TitleBar

_COLUMNS = ("Case", "Due", "", "Priority", "Items", "Stage", "State")
_SPARED = ("Priority", "Stage")
"""Columns that a narrow screen goes without."""


class WorklistScreen(Screen[None]):
    """Enter opens a case at its first open field; a broken file is listed with its reason."""

    app = getters.app(Desk)
    AUTO_FOCUS = "DataTable"
    BINDINGS = [  # noqa: RUF012
        Binding(
            "enter", "open", "Open", id="worklist.open", tooltip="Open the case", priority=True
        ),
        Binding("slash", "filter", "Filter", id="worklist.filter", tooltip="Show some cases only"),
        Binding(
            "escape", "clear", "All", id="worklist.all", show=False, tooltip="Show all cases again"
        ),
        Binding("i", "import", "Import", id="worklist.import", tooltip="Import a published letter"),
        Binding("q", "app.quit", "Quit", id="worklist.quit", tooltip="Quit; everything is saved"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[Entry] = []
        self._shown: list[Entry] = []
        self._fault = ""

    def compose(self) -> ComposeResult:
        yield TitleBar()
        yield Line(id="filter", placeholder="number, state or words of an item")
        yield DataTable[Text](cursor_type="row", zebra_stripes=False)
        yield Static("", id="problem")
        yield KeyLine()

    def on_mount(self) -> None:
        self.query_one("#filter").display = False

    def on_screen_resume(self) -> None:
        self.read_folder()

    def read_folder(self) -> None:
        """List what the folder holds now."""
        self._fault = ""
        try:
            self._entries = sorted(self.app.folder.entries(), key=_urgency)
        except ImrError as error:
            self._entries, self._fault = [], str(error)
        self._fill()

    def on_resize(self) -> None:
        self._fill()

    @property
    def _columns(self) -> list[int]:
        narrow = self.app.size.width < 80
        return [at for at, name in enumerate(_COLUMNS) if not (narrow and name in _SPARED)]

    @property
    def _table(self) -> DataTable[Text]:
        return self.query_one(DataTable)

    def _fill(self) -> None:
        number = self._chosen()
        wanted = self.query_one("#filter", Line).value.casefold().split()
        self._shown = [entry for entry in self._entries if _matches(entry, wanted, self.app.policy)]
        self._table.clear(columns=True)
        rows = [row(entry, self.app.today, self.app.policy) for entry in self._shown]
        for at in self._columns:
            width = max(len(cells[at]) for cells in (_COLUMNS, *rows))
            self._table.add_column(Text(_COLUMNS[at]), width=width)
        for cells in rows:
            self._table.add_row(*(Text(cells[at]) for at in self._columns))
        names = [entry.number for entry in self._shown]
        self._table.move_cursor(row=names.index(number) if number in names else 0)
        self._tell()

    def _chosen(self) -> str:
        at = self._table.cursor_row
        return self._shown[at].number if at < len(self._shown) else ""

    def _tell(self) -> None:
        says = self.app.read_only or self._fault or self._problem()
        self.query_one("#problem", Static).update(Content(says))

    def _problem(self) -> str:
        """What is wrong with the case at the cursor, or with there being none."""
        at = self._table.cursor_row
        if at < len(self._shown):
            return self._shown[at].problem
        if self._entries:
            return "No case matches the filter; Esc shows all."
        return f"There is no case in {self.app.folder.path}; `imr-tui new` makes one."

    @on(DataTable.RowHighlighted)
    def tell(self) -> None:
        self._tell()

    def action_open(self) -> None:
        self._table.focus()
        if number := self._chosen():
            self.post_message(CaseChosen(number))

    def action_import(self) -> None:
        self.app.push_screen(ImportScreen(), self._give)

    def _give(self, path: str | None) -> None:
        if path is not None:
            self.post_message(LetterGiven(path))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return None if action == "import" and self.app.read_only else True

    def action_filter(self) -> None:
        self.query_one("#filter").display = True
        self.query_one("#filter").focus()

    def action_clear(self) -> None:
        self.query_one("#filter", Line).clear()
        self.query_one("#filter").display = False
        self._table.focus()

    @on(Input.Changed, "#filter")
    def filter(self) -> None:
        self._fill()


def row(entry: Entry, today: date, policy: Policy) -> tuple[str, ...]:
    """The cells of a case in the worklist."""
    case = entry.case
    if case is None:
        return (entry.number, "", "", "", "", "", "BROKEN")
    limit = due(case.particulars)
    return (
        case.number,
        str(limit.day) if limit else "-",
        how_near(case.particulars, today),
        case.particulars.priority,
        f"{stages.items_decided(case)}/{len(case.items)}",
        stages.resume(case).name,
        checks.state(case, policy),
    )


def _urgency(entry: Entry) -> tuple[bool, date, str]:
    limit = due(entry.case.particulars) if entry.case else None
    return (entry.case is None, limit.day if limit else date.max, entry.number)


def _matches(entry: Entry, wanted: list[str], policy: Policy) -> bool:
    state = "broken" if entry.case is None else checks.state(entry.case, policy)
    words = [entry.number, state]
    if entry.case is not None:
        words += [entry.case.particulars.priority, *(item.request for item in entry.case.items)]
    text = " ".join(words).casefold()
    return all(word in text for word in wanted)
