"""The page on which the studies behind conflicting sources are weighed (8 CCR 9792.25.1)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from imr_tui.domain import weighing
from imr_tui.model import evidence_edits
from imr_tui.model.evidence import Weighing
from imr_tui.plain.command import Command
from imr_tui.plain.fields import numbered
from imr_tui.plain.form import FormField, ask_field, fill_in
from imr_tui.plain.numbered_rows import row_typed
from imr_tui.session.citing.weighing_fields import (
    AGAINST_LEVEL,
    CHOICES,
    LABELS,
    accepted,
    as_typed,
    levels,
)

if TYPE_CHECKING:
    from imr_tui.model.edits import Change
    from imr_tui.plain.command import Page
    from imr_tui.plain.session import PlainSession


class WeighingPage:
    """Each field is an edit of the case; the paragraph goes into the rationale only when asked."""

    def __init__(self, session: PlainSession, index: int, back: Callable[[], Page]) -> None:
        self._session = session
        self._index = index
        self._back = back
        self.title = f"Weigh the studies in conflict, item {index + 1} (8 CCR 9792.25.1)"

    @property
    def _weighing(self) -> Weighing:
        return self._session.case.items[self._index].weighing or Weighing()

    @property
    def _paragraph(self) -> str:
        return weighing.paragraph(self._session.case.items[self._index])

    def lines(self) -> Iterator[str]:
        """The fields, what the levels mean, and the paragraph that they make."""
        values = as_typed(self._weighing)
        rows = (f"{LABELS[name]}: {self._words(name, value)}" for name, value in values.items())
        yield from numbered(list(rows))
        yield levels(self._weighing)
        yield f"Paragraph: {self._paragraph or 'nothing weighed yet.'}"
        if weighing.is_against_level(self._weighing):
            yield AGAINST_LEVEL

    def prompt(self) -> str:
        """The item whose sources are weighed."""
        return f"Weighing of item {self._index + 1}"

    def commands(self) -> Sequence[Command]:
        """What can be done with the weighing."""
        return (
            Command("f", "fill in", self._fill),
            Command("e", "edit a field", self._edit),
            Command("t", "add to the rationale", self._insert, ("weighing.insert",)),
            Command("b", "back", lambda rest: self._back()),
        )

    def _words(self, name: str, value: str) -> str:
        return CHOICES.get(name, {}).get(value, value) or "blank"

    def _field(self, name: str) -> FormField:
        return FormField(
            path=f"items[{self._index}].weighing.{name}",
            label=LABELS[name],
            value=lambda: as_typed(self._weighing)[name],
            change=partial(self._change, name),
            options=CHOICES.get(name, {}),
        )

    def _change(self, name: str, text: str) -> Change:
        changed = accepted(self._weighing, name, text)
        return partial(evidence_edits.set_weighing, index=self._index, weighing=changed)

    def _fill(self, rest: str) -> None:
        if self._may_change():
            fill_in(self._session, map(self._field, LABELS))
            self._session.console.say(*self.lines())

    def _edit(self, rest: str) -> None:
        if not self._may_change():
            return
        if (at := row_typed(self._session.console, rest, len(LABELS), "field")) is not None:
            ask_field(self._session, self._field(list(LABELS)[at]))
            self._session.console.say(*self.lines())

    def _insert(self, rest: str) -> Page | None:
        paragraph = self._paragraph
        if not paragraph:
            self._session.console.error("Nothing is weighed yet.")
            return None
        change = partial(evidence_edits.append_paragraph, index=self._index, paragraph=paragraph)
        done = self._session.edit(change, "The paragraph is at the end of the rationale.")
        return self._back() if done else None

    def _may_change(self) -> bool:
        if self._session.read_only:
            self._session.console.error(self._session.read_only)
        return not self._session.read_only
