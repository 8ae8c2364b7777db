"""A text of a case that is open in an editor, and the sentences about it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from imr_tui.model import edits

if TYPE_CHECKING:
    from imr_tui.model.edits import Change

NO_EDITOR = (
    "No editor is set. Set VISUAL or EDITOR before you start imr-tui, for example EDITOR=nano. "
    "The editor must not go to the background."
)
UNCLOSED_QUOTE = "$VISUAL or $EDITOR has an unclosed quote."
CODES_SHOWN = "Invisible and control characters are shown as codes, such as <U+001B> or <U+202E>."
KEPT = "The text was not changed. The editor's text is in "
"""The beginning of the sentence that says where the text of an editor was left."""


@dataclass(frozen=True)
class LentText:
    """A text that is open in an editor."""

    number: str
    """The number of its case."""
    item: int | None
    """The 0-based item of a rationale; None for the summary."""
    text: str
    """The text as the editor got it."""

    @property
    def name(self) -> str:
        """Its name in sentences."""
        return "summary" if self.item is None else f"rationale of item {self.item + 1}"

    def change(self, text: str) -> Change:
        """The edit that replaces it by `text`."""
        if self.item is None:
            return partial(edits.set_summary, text=text)
        return partial(edits.set_rationale, index=self.item, text=text)


def no_program(word: str) -> str:
    """Says that the program that `$VISUAL` or `$EDITOR` names does not exist."""
    return f"The program {word} in $VISUAL or $EDITOR does not exist."


def exit_problem(status: int) -> str:
    """Why the text of an editor with this exit status is not taken, or blank.

    `status` is the exit code, or minus the number of the signal that ended the editor.
    """
    if status < 0:
        return f"Signal {-status} ended the editor"
    return f"The editor ended with exit code {status}" if status else ""
