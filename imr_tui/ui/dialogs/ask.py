"""A dialog that asks for one line of text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from textual.content import Content
from textual.widgets import Static

from imr_tui.session.open_drafts import IN_FOLDER
from imr_tui.ui.dialogs.form import Entry, Form
from imr_tui.ui.dialogs.form_keys import CANCEL
from imr_tui.ui.widgets.field import Field, complain
from imr_tui.ui.widgets.line_input import Line

if TYPE_CHECKING:
    from textual.widget import Widget

Value = TypeVar("Value")


@dataclass(frozen=True)
class Question(Generic[Value]):
    """A question that is answered with one line."""

    heading: str
    """The first line of the dialog."""
    label: str
    """The label of the field."""
    hint: str
    """A sentence below the field."""
    id: str
    """The id of the field."""
    path: str
    """The path of the draft: of a field of the case, or one that begins with IN_FOLDER."""
    read: Callable[[str], Value]
    """Turns the text into the answer; raises ValueError with its error text."""
    value: str = ""
    """The text that is in the field at first, if there is no draft."""
    placeholder: str = ""
    """Shown while the field is blank."""


class Ask(Form[Value | None]):
    """Answers with the result of `read` on Enter, and with None on Esc.

    A draft that belongs to the folder is dropped with the answer; one that belongs to the case is
    left to the edit that the answer leads to.
    """

    AUTO_FOCUS = "Line"
    BINDINGS = CANCEL

    def __init__(self, question: Question[Value]) -> None:
        super().__init__()
        self._question = question
        self.HEADING = question.heading

    def body(self) -> Iterable[Widget]:
        question = self._question
        entry = Line(
            self.shown(question.id, question.value),
            id=question.id,
            placeholder=question.placeholder,
        )
        yield from self.above()
        yield Field(question.label, entry)
        yield Static(Content(question.hint), classes="hint")

    def above(self) -> Iterable[Widget]:
        """Widgets above the field."""
        return ()

    def path(self, name: str) -> str:
        return self._question.path

    def write(self, entry: Entry) -> None:
        question = self._question
        self.refuse(entry, "")
        typed = "" if entry.value == question.value else entry.value
        self.app.drafts.put(question.path, typed)

    def action_close(self) -> None:
        entry = self.query(Line)
        is_typed = bool(entry) and entry.first().value not in ("", self._question.value)
        self.dismiss(None)
        if is_typed:
            self.app.hint("Cancelled. What you typed is kept; the same key shows it again.")

    def submit(self, entry: Entry) -> None:
        question = self._question
        try:
            answer = question.read(entry.value)
        except ValueError as error:
            complain(entry, str(error))
            return
        if question.path.startswith(IN_FOLDER):
            self.app.drafts.drop(question.path)
        self.dismiss(answer)


def required(text: str) -> str:
    """`text`; raises ValueError with a message for the user if it is blank."""
    if not text.strip():
        raise ValueError("Type something first, or press esc to cancel.")
    return text
