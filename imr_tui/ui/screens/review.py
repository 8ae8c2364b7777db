"""Stage 5: what keeps the letter back, and the letter exactly as it will be written."""

from collections.abc import Iterable

from textual import on
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from imr_tui import checks
from imr_tui.case import Case
from imr_tui.checks import Finding
from imr_tui.errors import ImrError
from imr_tui.stages import Place, Stage
from imr_tui.ui.messages import LetterWanted, PlaceChosen
from imr_tui.ui.screens.stage import StageScreen
from imr_tui.ui.widgets.letter_view import LetterView


class ReviewScreen(StageScreen):
    """Enter on a finding goes to its field; `w` writes the letter once nothing is missing."""

    BINDINGS = [  # noqa: RUF012
        Binding(
            "w", "write", "Write letter", id="letter.write", tooltip="Write the letter to the disk"
        ),
    ]

    def __init__(self, stage: Stage, at: Place | None = None) -> None:
        super().__init__(stage, at)
        self._findings: tuple[Finding, ...] = ()
        self._fault = ""

    def form(self) -> Iterable[Widget]:
        yield Static("", id="verdict", classes="heading")
        yield OptionList(id="findings", compact=True)
        yield LetterView(id="letter")

    def beside(self) -> Iterable[Widget]:
        return ()

    def first(self) -> str:
        return "findings" if checks.errors(checks.Draft(self.app.open_case)) else "letter"

    def on_mount(self) -> None:
        self.watch(self.app, "case", self._show)
        self.watch(self.app, "letter_state", self._tell, init=False)
        super().on_mount()

    def _show(self, case: Case | None) -> None:
        if case is None:
            return
        self._findings = checks.run(checks.Draft(case))
        found = self.query_one("#findings", OptionList)
        found.set_options(Option(_line(finding)) for finding in self._findings)
        found.highlighted = 0 if self._findings else None
        found.display = bool(self._findings)
        self._fault = ""
        try:
            self.query_one(LetterView).show(self.app.letter(draft=self._is_held_back()))
        except ImrError as error:
            self._fault = str(error)
        self._tell()
        self.refresh_bindings()

    def _tell(self) -> None:
        self.query_one("#verdict", Static).update(Content(self._verdict()), layout=False)

    def _verdict(self) -> str:
        if self._fault:
            return self._fault
        count = sum(finding.severity == "error" for finding in self._findings)
        if count:
            things = "thing keeps" if count == 1 else "things keep"
            return f"{count} {things} the letter back; Enter goes there. The draft:"
        return self.app.letter_state or "Nothing is missing. w writes this letter:"

    def _is_held_back(self) -> bool:
        return any(finding.severity == "error" for finding in self._findings)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        held_back = self._is_held_back() or bool(self._fault or self.app.read_only)
        return None if action == "write" and held_back else True

    def action_write(self) -> None:
        self.post_message(LetterWanted())

    @on(OptionList.OptionSelected)
    def go(self, event: OptionList.OptionSelected) -> None:
        self.post_message(PlaceChosen(self._findings[event.option_index].place))


def _line(finding: Finding) -> Content:
    where = f"item {finding.place.item + 1}: " if finding.place.item is not None else ""
    return Content(f"{finding.rule.id} {finding.severity}  {where}{finding.hit.message}")
