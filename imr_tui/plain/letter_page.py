"""The page on which a letter is read, some lines at a time, exactly as it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from imr_tui.errors import ImrError
from imr_tui.plain.command import Command
from imr_tui.session.letters import letter_to_read

if TYPE_CHECKING:
    from imr_tui.plain.command import Page
    from imr_tui.plain.session import PlainSession

LINES = 20
"""How many lines are said at once."""
_DRAFT = "This is a draft. [... missing] marks a part that is not written yet."


class LetterPage:
    """The lines of the letter have no numbers in front of them, as in the file."""

    title = "Letter"

    def __init__(self, session: PlainSession, text: str, back: Callable[[], Page]) -> None:
        """`text`: the letter; `back` makes the page that follows."""
        self._session = session
        self._text = text.split("\n")
        if not self._text[-1]:
            # The end of the last line is no line.
            del self._text[-1]
        self._back = back
        self._at = 0

    def lines(self) -> Iterator[str]:
        """The lines that are being read, after their numbers."""
        end = min(self._at + LINES, len(self._text))
        yield f"Lines {self._at + 1} to {end} of {len(self._text)}."
        yield from self._text[self._at : end]

    def prompt(self) -> str:
        """What is read."""
        return self.title

    def commands(self) -> Sequence[Command]:
        """The ways through the letter."""
        return (
            Command("m", "more", lambda rest: self._show(self._at + LINES)),
            Command("p", "previous lines", lambda rest: self._show(self._at - LINES)),
            Command("g", "go to a line", self._go),
            Command("f", "find words", self._find),
            Command("all", "all lines", self._all, is_shown=False),
            Command("b", "back", lambda rest: self._back(), ("letter.close",)),
        )

    def _show(self, at: int) -> None:
        if at >= len(self._text):
            self._session.console.error("The letter ends here.")
            return
        self._at = max(at, 0)
        self._session.console.say(*self.lines())

    def _go(self, rest: str) -> None:
        if rest.isascii() and rest.isdigit() and 1 <= int(rest[:6]) <= len(self._text):
            self._show(int(rest) - 1)
        else:
            self._session.console.error(f"Type a line from 1 to {len(self._text)} after g.")

    def _find(self, rest: str) -> None:
        """Show the lines from the next one that contains words."""
        words = rest.casefold()
        order = [*range(self._at + 1, len(self._text)), *range(self._at + 1)]
        found = next((at for at in order if words in self._text[at].casefold()), None)
        if not words or found is None:
            why = f"No line contains {rest}." if rest else "Type the words after f."
            self._session.console.error(why)
        else:
            self._show(found)

    def _all(self, rest: str) -> None:
        self._session.console.say(*self._text)


def read_letter(session: PlainSession, back: Callable[[], Page]) -> Page | None:
    """The page of the letter of the open case as it is now; says an error if it cannot be made."""
    has_errors = any(each.severity == "error" for each in session.findings())
    is_draft = has_errors and not session.is_signed
    try:
        letter = letter_to_read(
            session.folder.path,
            session.case,
            session.settings.letterhead,
            is_signed=session.is_signed,
            draft=is_draft,
        )
    except ImrError as error:
        session.console.error(f"The letter cannot be made: {error}")
        return None
    if is_draft:
        session.console.say(_DRAFT)
    return LetterPage(session, letter.text, back)
