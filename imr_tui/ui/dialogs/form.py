"""The base class of the dialogs with fields: Enter goes from field to field, then finishes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, TypeAlias, cast

from textual import on
from textual.screen import ScreenResultType
from textual.widgets import Input

from imr_tui.errors import LimitReached
from imr_tui.session.date_entry import Unfinished
from imr_tui.ui.dialogs.dialog import Dialog
from imr_tui.ui.dialogs.form_keys import KEYS
from imr_tui.ui.widgets.choice import Choice
from imr_tui.ui.widgets.field import Field, complain, label_of, remark
from imr_tui.ui.widgets.line_input import Line
from imr_tui.ui.widgets.save_row import SaveRow

if TYPE_CHECKING:
    from imr_tui.model.edits import Change

Entry: TypeAlias = Input | Choice | SaveRow
"""A widget that Enter goes to."""
_SHOWN = 24
"""How many characters of a text the sentence about it repeats."""


class Form(Dialog[ScreenResultType]):
    """Each change of a field is an edit of the case; text that the case cannot hold is a draft.

    A form says where each field is in the case (`path`) and which edit its text makes (`change`).
    """

    BINDINGS = KEYS
    # On a low screen a form scrolls, and its keys stay in view.
    VERTICAL_BREAKPOINTS = [(0, "-short"), (24, "-tall")]  # noqa: RUF012
    AGAIN = "the same key"
    """What shows the form again, for the sentence about text that the case does not hold."""
    AGAIN_ID = ""
    """The id of the action that does so, whose key is named instead; blank if there are several."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: dict[str, str] = {}
        """The error texts of the fields whose text was not accepted."""

    # ── What a form says ─────────────────────────────────────────────────────────────────

    def path(self, name: str) -> str:
        """The path in the case of the field `name`; its draft has the same path."""
        raise NotImplementedError

    def change(self, name: str, text: str) -> Change:
        """The edit that sets a field to `text`; raises ValueError with its error text."""
        raise NotImplementedError

    def completed(self, name: str, text: str) -> str:
        """The full form of a text, which replaces it when the field is left.

        Raises ValueError if the text cannot be read.
        """
        return text

    def taken(self, entry: Entry) -> None:
        """Called after the edit of a field was accepted."""

    def finish(self) -> None:
        """Close the form, after Enter in its last field, once all its text is accepted."""
        self.dismiss(None)

    # ── Fields ───────────────────────────────────────────────────────────────────────────

    def field(self, label: str, name: str, value: str) -> Field:
        """The field `name` with its draft, or else with `value`."""
        return Field(label, Line(self.shown(name, value), id=name, disabled=self.is_read_only))

    def choice(self, label: str, name: str, value: str, options: Mapping[str, str]) -> Field:
        """The field `name`, whose value is one of `options`, given with their words."""
        return Field(label, Choice(value, options, id=name, disabled=self.is_read_only))

    def shown(self, name: str, value: str) -> str:
        """The draft of the field `name`, or `value` if it has none."""
        return self.app.drafts.text(self.path(name), value)

    @property
    def is_read_only(self) -> bool:
        """Whether the case can only be read."""
        return bool(self.app.read_only)

    @property
    def entries(self) -> list[Entry]:
        """The entries, in the order in which Enter goes through them."""
        found = (each for each in self.query("*") if isinstance(each, Input | Choice | SaveRow))
        return [each for each in found if each.focusable]

    # ── Enter and Esc ────────────────────────────────────────────────────────────────────

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("next_field", "last_field"):
            entries = self.entries
            if self.focused not in entries:
                return False
            return (self.focused is entries[-1]) == (action == "last_field")
        return super().check_action(action, parameters)

    async def action_next_field(self) -> None:
        entry = self.focused
        if isinstance(entry, Input):
            # Posts `Submitted`, after the entry has written out abbreviations.
            await entry.action_submit()
        elif entry is not None:
            self.submit(cast("Entry", entry))

    async def action_last_field(self) -> None:
        await self.action_next_field()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.submit(event.input)

    def submit(self, entry: Entry) -> None:
        """Enter in a field: stay if its text is not accepted, else go on or finish."""
        self._complete(entry)
        if entry.id in self.faults:
            return
        following = self.entries[self.entries.index(entry) + 1 :]
        if following:
            following[0].focus()
        else:
            self.action_finish()

    def action_finish(self) -> None:
        for entry in self.entries:
            self._complete(entry)
        refused = next((each for each in self.entries if each.id in self.faults), None)
        if refused is not None:
            refused.focus()
        else:
            self.finish()

    def action_close(self) -> None:
        for entry in self.entries:
            self._complete(entry)
        left = list(self._not_accepted())
        self.dismiss(None)
        if left:
            others = f" and {len(left) - 1} more" if len(left) > 1 else ""
            again = self.app.keys.name(self.AGAIN_ID) if self.AGAIN_ID else self.AGAIN
            self.app.hint(
                f"Not in the case: {left[0]}{others}. It is kept; {again} shows it again."
            )

    def _not_accepted(self) -> Iterator[str]:
        """The label and the text of each field whose text is not in the case."""
        for entry in self.entries:
            text = entry.value if len(entry.value) <= _SHOWN else f"{entry.value[:_SHOWN]}..."
            if entry.id in self.faults and text.strip():
                yield f'{label_of(entry)} "{text}"'

    # ── Typing ───────────────────────────────────────────────────────────────────────────

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.write(event.input)

    @on(Choice.Changed)
    def _chosen(self, event: Choice.Changed) -> None:
        event.stop()
        self.write(event.choice)

    @on(Input.Blurred)
    def _left(self, event: Input.Blurred) -> None:
        if self.is_current:
            self._complete(event.input)

    def _complete(self, entry: Entry) -> None:
        """Replace the text of an entry by its full form, if that differs."""
        if not isinstance(entry, Input) or entry.disabled:
            return
        with suppress(ValueError):
            full = self.completed(entry.id or "", entry.value)
            if full != entry.value:
                with entry.prevent(Input.Changed):
                    entry.value = full
                self.write(entry)

    def write(self, entry: Entry) -> None:
        """Apply the edit that the text of a field makes, or keep the text as a draft."""
        try:
            change = self.change(entry.id or "", entry.value)
        except Unfinished as understood:
            self.keep_draft(entry, "")
            remark(entry, str(understood))
            return
        except ValueError as error:
            self.keep_draft(entry, str(error))
            return
        if self.take(entry, change):
            self.taken(entry)

    def take(self, entry: Entry, change: Change) -> bool:
        """Apply `change`; False if the case does not take it, and the text is a draft."""
        if (error := self.app.parts.editing.refuses(change)) is not None:
            is_full = isinstance(error, LimitReached)
            self.keep_draft(
                entry, "Too much for the case." if is_full else "A correction keeps it."
            )
            return False
        self.refuse(entry, "")
        self.edit(change, self.path(entry.id or ""))
        return True

    def keep_draft(self, entry: Entry, fault: str) -> None:
        """Keep the text of a field as a draft, and show `fault` below the field."""
        self.refuse(entry, fault)
        self.app.drafts.put(self.path(entry.id or ""), entry.value)

    def refuse(self, entry: Entry, fault: str) -> None:
        """Show why the text of a field is not accepted; a blank `fault` accepts it."""
        complain(entry, fault)
        if fault:
            self.faults[entry.id or ""] = fault
        else:
            self.faults.pop(entry.id or "", None)
