"""The dialog in which the studies behind conflicting sources are weighed (8 CCR 9792.25.1)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from imr_tui.domain import weighing
from imr_tui.model import evidence_edits
from imr_tui.model.evidence import Weighing
from imr_tui.session.citing.weighing_fields import (
    AGAINST_LEVEL,
    CHOICES,
    LABELS,
    accepted,
    as_typed,
    levels,
    typed,
)
from imr_tui.ui.bindings import bind
from imr_tui.ui.dialogs.form import Entry, Form

if TYPE_CHECKING:
    from textual.widget import Widget

    from imr_tui.model.edits import Change


class WeighingScreen(Form[None]):
    """The fields of a weighing; its paragraph goes into the rationale only when asked."""

    HEADING = "Weigh the studies in conflict (8 CCR 9792.25.1)"
    AGAIN_ID = "citations.weigh"
    # Its fields and the table of levels need more lines than those of other forms.
    VERTICAL_BREAKPOINTS = [(0, "-short"), (34, "-tall")]  # noqa: RUF012
    BINDINGS = [  # noqa: RUF012
        bind(
            "weighing.insert",
            "insert",
            "Add to rationale",
            "Add the paragraph to the end of the rationale; one undo removes it",
        ),
    ]

    def __init__(self, index: int, item_weighing: Weighing | None) -> None:
        super().__init__()
        self._index = index
        self._weighing = item_weighing or Weighing()

    def body(self) -> Iterable[Widget]:
        for name, value in as_typed(self._weighing).items():
            if name in CHOICES:
                yield self.choice(LABELS[name], name, value, CHOICES[name])
            else:
                yield self.field(LABELS[name], name, value)
        yield Static("", id="levels", classes="hint")
        yield Static("", id="draft")

    def on_mount(self) -> None:
        missing = weighing.missing(self._weighing)
        self.query_one(f"#{missing[0] if missing else 'question'}").focus()
        self._describe()

    def path(self, name: str) -> str:
        return f"items[{self._index}].weighing.{name}"

    def change(self, name: str, text: str) -> Change:
        changed = accepted(self._weighing, name, text)
        return partial(evidence_edits.set_weighing, index=self._index, weighing=changed)

    def taken(self, entry: Entry) -> None:
        changed = typed(self._weighing, entry.id or "", entry.value)
        if changed != self._weighing:
            self._weighing = changed
            self._describe()

    def finish(self) -> None:
        self.dismiss(None)
        if self._draft():
            first, then = map(self.app.keys.name, ("citations.weigh", "weighing.insert"))
            self.app.hint(
                f"Saved with the case. {first}, then {then}, adds the paragraph to the rationale."
            )

    def _draft(self) -> str:
        item = self.app.open_case.items[self._index]
        return weighing.paragraph(item.but(weighing=self._weighing))

    def _describe(self) -> None:
        self.query_one("#levels", Static).update(Content(levels(self._weighing)))
        lines = [self._draft() or "Nothing weighed yet."]
        if weighing.is_against_level(self._weighing):
            lines.append(AGAINST_LEVEL)
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
