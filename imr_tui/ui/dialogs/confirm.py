"""A dialog that says a sentence and takes a letter for an answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from textual.content import Content
from textual.widgets import Static

from imr_tui.ui.bindings import bind
from imr_tui.ui.dialogs.dialog import Dialog

if TYPE_CHECKING:
    from textual.binding import BindingType
    from textual.widget import Widget

Value = TypeVar("Value")


@dataclass(frozen=True)
class Answer(Generic[Value]):
    """An answer that can be given."""

    value: Value
    """The answer that the dialog gives."""
    label: str
    """The answer in a word or two."""
    id: str
    """The id of its binding, by which it has its keys."""
    tooltip: str
    """The effect of the answer."""


@dataclass(frozen=True)
class Confirmation(Generic[Value]):
    """A sentence and the answers to it."""

    heading: str
    """The first line of the dialog."""
    sentence: str
    """The text that is answered."""
    answers: Sequence[Answer[Value]]
    """The answers, whose keys the class of the dialog binds with `answer_keys`."""


class Confirm(Dialog[Value | None]):
    """Answers with the value of the letter that was pressed, and with None on Esc."""

    def __init__(self, confirmation: Confirmation[Value]) -> None:
        super().__init__()
        self._confirmation = confirmation
        self.HEADING = confirmation.heading

    def body(self) -> Iterable[Widget]:
        yield Static(Content(self._confirmation.sentence), id="asked", classes="hint")

    def say(self, sentence: str) -> None:
        """Show another sentence, and the answers that can be given now."""
        self.query_one("#asked", Static).update(Content(sentence))
        self.refresh_bindings()

    def allows(self, value: Value) -> bool:
        """Whether an answer can be given now."""
        return True

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "answer" and not self.allows(self._value(parameters[0])):
            return None
        return super().check_action(action, parameters)

    def action_answer(self, answer_id: str) -> None:
        self.dismiss(self._value(answer_id))

    def _value(self, answer_id: object) -> Value:
        return next(each.value for each in self._confirmation.answers if each.id == answer_id)


def answer_keys(answers: Iterable[Answer[Value]]) -> list[BindingType]:
    """The keys of the answers."""
    return [bind(each.id, f"answer('{each.id}')", each.label, each.tooltip) for each in answers]
