"""The dialog that creates a case from its number and its first disputed request."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from imr_tui.errors import ImrError
from imr_tui.model.limits import NOT_A_NUMBER, is_case_number
from imr_tui.session.open_drafts import IN_FOLDER
from imr_tui.store.cases import intake
from imr_tui.ui.dialogs.form import Entry, Form
from imr_tui.ui.widgets.line_input import Line

if TYPE_CHECKING:
    from textual.widget import Widget

NUMBER, REQUEST = "new-number", "new-request"
"""The ids of the fields."""


class NewCaseScreen(Form[str | None]):
    """Answers with the number of the case that was created, and with None on Esc."""

    HEADING = "New case"
    AUTO_FOCUS = f"#{NUMBER}"

    def body(self) -> Iterable[Widget]:
        yield self.field("Case number", NUMBER, "")
        yield self.field("First request", REQUEST, "")
        yield Static(Content(self._hint), id="new-hint", classes="hint")

    @property
    def _hint(self) -> str:
        return (
            "Enter goes to the next field, and on the last one creates the case and opens it. "
            f"Dates and parties are entered in the case with {self.app.keys.name('walk.record')}."
        )

    def path(self, name: str) -> str:
        return f"{IN_FOLDER}{name}"

    def write(self, entry: Entry) -> None:
        self.app.drafts.put(self.path(entry.id or ""), entry.value)
        self._say(self._hint)

    def submit(self, entry: Entry) -> None:
        if self._is_number():
            super().submit(entry)

    def finish(self) -> None:
        if self._is_number():
            self._create(self._text(NUMBER))

    def _is_number(self) -> bool:
        """Whether the number can be one of a case; if not, says so."""
        is_number = is_case_number(self._text(NUMBER))
        if not is_number:
            self._refuse(f"{NOT_A_NUMBER[0].upper()}{NOT_A_NUMBER[1:]}, such as CM26-0190442.")
        return is_number

    def _create(self, number: str) -> None:
        requests = [request] if (request := self._text(REQUEST)) else []
        try:
            case = intake.case_of({}, number, particulars={"number": number}, requests=requests)
            self.app.folder.new(case)
        except ImrError as error:
            self._refuse(str(error))
            return
        for name in (NUMBER, REQUEST):
            self.app.drafts.drop(self.path(name))
        self.dismiss(number)

    def _text(self, name: str) -> str:
        return self.query_one(f"#{name}", Line).value.strip()

    def _refuse(self, sentence: str) -> None:
        self._say(sentence)
        self.query_one(f"#{NUMBER}", Line).focus()

    def _say(self, sentence: str) -> None:
        self.query_one("#new-hint", Static).update(Content(sentence))
