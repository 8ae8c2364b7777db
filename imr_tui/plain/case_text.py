"""A long text of the open case, as pages of plain mode read and change it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from imr_tui.domain.workflow import Place, Stage
from imr_tui.model import edits
from imr_tui.plain.console import Cancelled

if TYPE_CHECKING:
    from collections.abc import Callable

    from imr_tui.phrases.phrase import Field
    from imr_tui.plain.session import PlainSession


class CaseText:
    """The summary, or the rationale of an item."""

    def __init__(self, session: PlainSession, item: int | None) -> None:
        """`item`: the 0-based item of a rationale; None for the summary."""
        self.session = session
        """The session with the case."""
        self.item = item
        """The 0-based item of a rationale; None for the summary."""

    @property
    def name(self) -> str:
        """Its name in sentences: `summary`, `rationale of item 2`."""
        return "summary" if self.item is None else f"rationale of item {self.item + 1}"

    @property
    def place(self) -> Place:
        """Its field of the case."""
        return Place("summary.text") if self.item is None else Place("rationale", self.item)

    @property
    def stage(self) -> Stage:
        """The stage that shows it."""
        return Stage("summary") if self.item is None else Stage("decision", self.item)

    @property
    def field(self) -> Field:
        """The field of phrases that may be inserted in it."""
        return "summary" if self.item is None else "rationale"

    @property
    def text(self) -> str:
        """The text as it is now."""
        case = self.session.case
        return case.summary.text if self.item is None else case.items[self.item].rationale

    @property
    def is_writable(self) -> bool:
        """Whether it can be changed; if not, the reason is said."""
        if self.session.read_only:
            self.session.console.error(self.session.read_only)
        return not self.session.read_only

    def write(self, text: str, says: str = "", *, step: str = "") -> bool:
        """Replace the text, and say `says`; False if that was refused, which is said.

        Edits of one `step` in a row are undone together.
        """
        if self.item is None:
            change = partial(edits.set_summary, text=text)
        else:
            change = partial(edits.set_rationale, index=self.item, text=text)
        return self.session.edit(change, says, step=step)

    def enter(self, prompt: str, before: str, behind: str) -> bool:
        """Ask for the lines of a text that stands between two others; False if it is blank.

        The case has each line as soon as it is entered, all as one step of undo. After ctrl+c, it
        keeps the lines until then.
        """
        console, old = self.session.console, self.text
        keep = self._keep(old, before, behind)
        try:
            typed = console.ask_text(prompt, keep)
        except Cancelled:
            if self.text == old:
                raise
            console.say(f"Stopped. The {self.name} has the lines until now; undo removes them.")
            return False
        finally:
            self._end_step()
        if typed is None:
            console.say(f"Nothing was entered, so the {self.name} stays as it is.")
        return typed is not None and self.text != old

    def _keep(self, old: str, before: str, behind: str) -> Callable[[str], object]:
        """Returns what writes the lines that were entered until now."""
        self._end_step()

        def keep(lines: str) -> None:
            text = f"{before}{lines}{behind}" if lines.strip() else old
            if text != self.text:
                self.write(text, step=self.place.path)

        return keep

    def _end_step(self) -> None:
        if self.session.open_case is not None:
            self.session.open_case.history.end_step()
