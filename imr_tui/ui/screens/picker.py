"""The dialog that finds a guideline in the catalogue while words are typed."""

from collections.abc import Iterable
from datetime import date

from textual import on
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from imr_tui.case import Case, Citation
from imr_tui.catalogue.guidelines import Guideline, as_of
from imr_tui.catalogue.search import search
from imr_tui.text import clean_line
from imr_tui.ui.screens.dialog import Dialog
from imr_tui.ui.widgets.entry import Line


class Picker(Dialog[Citation | None]):
    """Typing searches, arrows choose, Enter cites; the last line cites the words as typed."""

    HEADING = "Cite a guideline"
    BINDINGS = [  # noqa: RUF012
        Binding(
            "down",
            "highlight(1)",
            "Next",
            id="picker.down",
            show=False,
            tooltip="The next one",
            priority=True,
        ),
        Binding(
            "up",
            "highlight(-1)",
            "Previous",
            id="picker.up",
            show=False,
            tooltip="The one before",
            priority=True,
        ),
        Binding("enter", "pick", "Cite", id="picker.cite", tooltip="Cite it", priority=True),
    ]

    def __init__(self, case: Case) -> None:
        super().__init__()
        self._on = _date_of_decision(case)
        self._found: list[Guideline] = []

    def body(self) -> Iterable[Widget]:
        yield Line(id="search", placeholder="low back 2004, 9792.24.2, odg neck, ...")
        yield OptionList(id="found", compact=True)
        about = f"In force on {self._on}" if self._on else "In force: no decision date"
        yield Static(Content(f"{about}, as far as known on {as_of()}."), classes="hint")

    def on_mount(self) -> None:
        self.query_one("#found").can_focus = False
        self._search("")

    @on(Input.Changed)
    def type(self, event: Input.Changed) -> None:
        event.stop()
        self._search(event.value)

    def _search(self, typed: str) -> None:
        self._found = search(typed, self._on)
        options = [Option(_line(guideline, self._on)) for guideline in self._found]
        if typed.strip():
            options.append(Option(Content(f"Cite these words as they are: {clean_line(typed)}")))
        found = self.query_one(OptionList)
        found.set_options(options)
        found.highlighted = 0 if options else None

    def action_highlight(self, step: int) -> None:
        found = self.query_one(OptionList)
        if found.highlighted is not None:
            found.highlighted = (found.highlighted + step) % found.option_count

    def action_pick(self) -> None:
        at = self.query_one(OptionList).highlighted
        if at is None:
            return
        if at < len(self._found):
            self.dismiss(cite(self._found[at]))
        else:
            self.dismiss(Citation(text=self.query_one(Line).value.strip()))


def cite(guideline: Guideline) -> Citation:
    """A citation of `guideline` with all that the catalogue knows; pages and sections blank."""
    is_mtus = guideline.kind == "mtus"
    return Citation(
        guideline=guideline.id,
        title=guideline.printed,
        section=guideline.section,
        year=guideline.year,
        standard="A" if is_mtus else "C",
    )


def _date_of_decision(case: Case) -> date | None:
    dates = case.particulars
    return dates.decision_date or dates.ur_decision_date


def _line(guideline: Guideline, on: date | None) -> Content:
    known = guideline.in_force(on) if on else None
    badge = {True: "in force", False: "not in force", None: ""}[known]
    year = f" {guideline.year}" if guideline.year else ""
    kind = "MTUS " if guideline.kind == "mtus" else ""
    return Content(f"{kind}{guideline.printed}{year}, {guideline.section}  {badge}")
