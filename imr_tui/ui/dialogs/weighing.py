"""The dialog in which the studies behind conflicting sources are weighed (8 CCR 9792.25.1)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from pydantic import ValidationError
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from imr_tui.domain import weighing
from imr_tui.model import evidence_edits
from imr_tui.model.evidence import Weighing
from imr_tui.ui.dialogs.form import Entry, Form

if TYPE_CHECKING:
    from textual.widget import Widget

    from imr_tui.model.edits import Change

_LABELS = {
    "question": "Question in dispute",
    "column": "It asks for",
    "administrator_study": "Administrator's study",
    "reviewer_study": "Your study",
    "applicable": "Applies to the worker",
    "applicability": "How it applies",
    "administrator_level": "Administrator's level",
    "reviewer_level": "Your level",
    "prevails": "Prevails",
}
_LEVEL_NAMES = ("1a", "1b", "1c", "2", "3", "4", "5")
_LEVELS = f"Not a level. The levels are {', '.join(_LEVEL_NAMES)}."
_FAULTS = {"administrator_level": _LEVELS, "reviewer_level": _LEVELS}
_CHOICES: dict[str, dict[str, str]] = {
    "column": {
        "treatment": "treatment benefit",
        "diagnosis": "diagnostic test",
        "prognosis": "prognosis",
        "harms": "harms",
    },
    "applicable": {
        "both": "both studies",
        "administrator": "administrator's",
        "reviewer": "yours",
        "neither": "neither",
    },
    "prevails": {"administrator": "administrator's", "reviewer": "yours"},
}


class WeighingScreen(Form[None]):
    """The fields of a weighing; its paragraph goes into the rationale only when asked."""

    HEADING = "Weigh the studies in conflict (8 CCR 9792.25.1)"
    AGAIN = "x"
    # Its fields and the table of levels need more lines than those of other forms.
    VERTICAL_BREAKPOINTS = [(0, "-short"), (34, "-tall")]  # noqa: RUF012
    BINDINGS = [  # noqa: RUF012
        Binding(
            "ctrl+t",
            "insert",
            "Add to rationale",
            id="weighing.insert",
            tooltip="Add the paragraph to the end of the rationale; one undo removes it",
        ),
    ]

    def __init__(self, index: int, item_weighing: Weighing | None) -> None:
        super().__init__()
        self._index = index
        self._weighing = item_weighing or Weighing()

    def body(self) -> Iterable[Widget]:
        for name, value in as_typed(self._weighing).items():
            if name in _CHOICES:
                yield self.choice(_LABELS[name], name, value, _CHOICES[name])
            else:
                yield self.field(_LABELS[name], name, value)
        yield Static("", id="levels", classes="hint")
        yield Static("", id="draft")

    def on_mount(self) -> None:
        missing = weighing.missing(self._weighing)
        self.query_one(f"#{missing[0] if missing else 'question'}").focus()
        self._describe()

    def path(self, name: str) -> str:
        return f"items[{self._index}].weighing.{name}"

    def change(self, name: str, text: str) -> Change:
        try:
            changed = typed(self._weighing, name, text)
        except ValidationError:
            raise ValueError(_FAULTS.get(name, "Too long.")) from None
        return partial(evidence_edits.set_weighing, index=self._index, weighing=changed)

    def taken(self, entry: Entry) -> None:
        changed = typed(self._weighing, entry.id or "", entry.value)
        if changed != self._weighing:
            self._weighing = changed
            self._describe()

    def finish(self) -> None:
        self.dismiss(None)
        if self._draft():
            self.app.hint("Saved with the case. x, then ^t, adds the paragraph to the rationale.")

    def _draft(self) -> str:
        item = self.app.open_case.items[self._index]
        return weighing.paragraph(item.but(weighing=self._weighing))

    def _levels(self) -> str:
        column = weighing.column_of(self._weighing)
        meanings = weighing.LEVELS[column].items()
        listed = "  ".join(f"{level}={meaning}" for level, meaning in meanings)
        table = f"Levels for {weighing.COLUMNS[column]}: "
        return table + (listed or "1a to 5, see the table of 8 CCR 9792.25.1(b)")

    def _describe(self) -> None:
        self.query_one("#levels", Static).update(Content(self._levels()))
        lines = [self._draft() or "Nothing weighed yet."]
        if weighing.is_against_level(self._weighing):
            lines.append("The weaker evidence prevails. Correct the choice, or state why.")
        self.query_one("#draft", Static).update(Content("\n".join(lines)))
        self.refresh_bindings()

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        if action != "insert":
            return ""
        return self.app.read_only or ("" if self._draft() else "Nothing is weighed yet.")

    def action_insert(self) -> None:
        self.edit(
            partial(evidence_edits.append_paragraph, index=self._index, paragraph=self._draft())
        )
        self.dismiss(None)


def as_typed(value: Weighing) -> dict[str, str]:
    """The fields of a weighing as text."""
    return {name: field or "" for name, field in value}


def typed(value: Weighing, name: str, text: str) -> Weighing:
    """`value` with the field `name` as typed; raises ValidationError if it is not valid."""
    word = text.strip().lower()
    read: object = text
    if name in _CHOICES or name.endswith("level"):
        read = word or None
    return Weighing.model_validate(value.model_dump() | {name: read})
