"""The commands that find words in the texts of the case, and replace them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from imr_tui.domain.find import find, replace, text_name, texts
from imr_tui.domain.workflow import stage_of
from imr_tui.model.limits import MAX_LINE
from imr_tui.plain.command import Command, Page
from imr_tui.reading.language.sentences import sentence_at, sentences
from imr_tui.text.layout import one_line
from imr_tui.text.sanitize import clean_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from imr_tui.domain.find import Match
    from imr_tui.domain.workflow import Stage
    from imr_tui.plain.session import PlainSession

MAX_LISTED = 50
"""Matches that are listed at once."""
_FIND = (
    *("walk.find", "walk.find-next", "walk.find-previous"),
    *("bar.next", "bar.previous", "bar.close"),
)
_REPLACE = ("bar.replace", "bar.replace-all", "bar.other")


def find_commands(session: PlainSession, go: Callable[[Stage], Page | None]) -> Sequence[Command]:
    """The commands of every page of a case; `go` makes the page of a stage."""
    finding = FindCommands(session, go)
    return [
        Command("find", "find words in all texts", finding.find, _FIND, is_shown=False),
        Command(
            "replace",
            "replace words in all texts",
            finding.replace,
            _REPLACE,
            is_shown=False,
        ),
    ]


class FindCommands:
    """Lists each match with its sentence."""

    def __init__(self, session: PlainSession, go: Callable[[Stage], Page | None]) -> None:
        self._session = session
        self._console = session.console
        self._go = go

    def find(self, words: str) -> Page | None:
        """`find lumbar` lists the sentences with these words; a number goes to the text of one."""
        words = words or self._console.ask("Words to find")
        if not words or not (found := self._found(words)):
            return None
        lines = [self._line(each) for each in found[:MAX_LISTED]]
        at = self._console.choose("Go to", lines)
        return None if at is None else self._go(stage_of(found[at].place))

    def _found(self, words: str) -> Sequence[Match]:
        """The matches; says how many there are."""
        found = find(self._session.case, clean_line(words[:MAX_LINE]))
        if not found:
            self._console.say(f"{words} was not found.")
        else:
            many = f"{len(found)} time{'s' * (len(found) > 1)}"
            first = f"; the first {MAX_LISTED} are listed" if len(found) > MAX_LISTED else ""
            self._console.say(f"{words} was found {many}{first}.")
        return found

    def _line(self, match: Match) -> str:
        """The text and the number of the sentence of a match, and the sentence."""
        text = dict(texts(self._session.case))[match.place]
        sentence = sentence_at(text, match.span[0])
        found = sentences(text)
        number = found.index(sentence) + 1 if sentence in found else 1
        return f"{text_name(match.place)}, sentence {number}: {one_line(sentence.text)}"

    # ── Replacing ────────────────────────────────────────────────────────────────────────

    def replace(self, words: str) -> None:
        """`replace lumber` asks for the new words, then replaces all matches or one by one."""
        if self._session.read_only:
            self._console.error(self._session.read_only)
            return
        words = words or self._console.ask("Words to replace")
        if not words or not (found := self._found(words)):
            return
        self._console.say(*map(self._line, found[:MAX_LISTED]))
        new = clean_line(self._console.ask("New words, or blank to remove the old ones"))
        while answer := self._console.ask("all in one step, 1 one by one, or blank for none"):
            if answer.lower() == "all":
                self._replace_all(found, new)
                return
            if answer == "1":
                self._replace_some(found, new)
                return
            self._console.error("Type all, 1, or nothing.")

    def _replace_all(self, found: Sequence[Match], new: str) -> None:
        texts_changed = len({each.place for each in found})
        where = f"{texts_changed} text{'s' * (texts_changed > 1)}"
        says = f"Replaced {len(found)} in {where}; undo restores."
        self._session.edit(partial(replace, matches=found, new=new), says)

    def _replace_some(self, found: Sequence[Match], new: str) -> None:
        """Ask about one match after another, the last one first, so that the others stay put."""
        count = 0
        for match in reversed(found):
            self._console.say(self._line(match))
            if self._console.confirm("Replace here?") and self._session.edit(
                partial(replace, matches=(match,), new=new)
            ):
                count += 1
        self._console.say(f"Replaced {count} of {len(found)}.")
