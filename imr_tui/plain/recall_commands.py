"""The command that inserts text of the reviewer's earlier rationales into one that is written."""

from __future__ import annotations

import re
import time
from contextlib import closing
from typing import TYPE_CHECKING

from imr_tui.plain.command import Command
from imr_tui.plain.phrase_commands import PhraseCommands
from imr_tui.plain.sentences import counted
from imr_tui.text.layout import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imr_tui.plain.case_text import CaseText
    from imr_tui.recall.insertion import Recalled
    from imr_tui.recall.rationale import Rationale

MAX_LISTED = 20
"""Rationales that are listed at once."""
_PROGRESS_SECONDS = 5.0
"""How often the progress of reading the cases is said, at most."""
_RANGE = re.compile(r"(\d{1,6})(?:-(\d{1,6}))?")
_DOES = (
    *("decision.recall", "recall.down", "recall.up", "recall.insert"),
    *("recall.select", "recall.citations"),
)


def recall_commands(text: CaseText) -> Sequence[Command]:
    """The command that recalls earlier rationales for that of an item."""
    recall = RecallCommands(text)
    return [Command("r", "recall an earlier rationale", recall.recall, _DOES, is_shown=False)]


class RecallCommands:
    """Lists rationales, reads one by sentences, and inserts what is chosen of it."""

    def __init__(self, text: CaseText) -> None:
        """`text` is a rationale."""
        self._text = text
        self._index = text.item or 0
        self._session = text.session
        self._console = text.session.console
        self._said_at = 0.0

    def recall(self, words: str) -> None:
        """`r lumbar MRI` lists rationales with these words, `r` those of similar requests."""
        if not self._text.is_writable:
            return
        found = self._find(words)
        if not found:
            from imr_tui.recall.in_words import NO_WORDS, NONE_YET

            self._console.say(NO_WORDS if words else NONE_YET)
            return
        if (more := len(found) - MAX_LISTED) > 0:
            self._console.say(f"{more} more are not listed; words after r list fewer.")
        at = self._console.choose("Rationale", [_line(each) for each in found[:MAX_LISTED]])
        if at is not None and (recalled := self._ask(found[at])) is not None:
            self._insert(recalled)

    def _find(self, words: str) -> Sequence[Rationale]:
        """The rationales with these words, once the cases of the folder are read."""
        from imr_tui.recall.subject import subject
        from imr_tui.store.recall.index import RecallIndex

        case = self._session.case
        about = subject(case.items[self._index].request)
        self._said_at = time.monotonic()
        with closing(RecallIndex(self._session.folder.path)) as index:
            index.update(self._tell)
            return index.search(words, about, (case.number, self._index))

    def _tell(self, done: int, count: int) -> None:
        """Say now and then how many cases were read."""
        if (now := time.monotonic()) - self._said_at > _PROGRESS_SECONDS:
            self._said_at = now
            self._console.say(f"Reading case {done + 1:,} of {count:,}.")

    # ── Choosing ─────────────────────────────────────────────────────────────────────────

    def _ask(self, source: Rationale) -> Recalled | None:
        """Read a rationale, and ask for what to insert of it; None for nothing."""
        from imr_tui.recall.in_words import heading
        from imr_tui.recall.insertion import Recalled

        self._console.say(*heading(source))
        parts = source.sentences
        self._console.say(*(f"{at}. {one_line(each)}" for at, each in enumerate(parts, 1)))
        chosen: tuple[int, ...] | None = None
        while chosen is None:
            typed = self._console.ask("Sentences to insert, such as 1 3-5, all, or blank for none")
            if not typed:
                return None
            try:
                chosen = () if typed.lower() == "all" else _numbers(typed, len(parts))
            except ValueError as error:
                self._console.error(str(error))
        recalled = Recalled(source, chosen, with_citations=True)
        if not recalled.citations or self._console.confirm("Insert with the citations?"):
            return recalled
        return Recalled(source, chosen)

    def _insert(self, recalled: Recalled) -> None:
        from imr_tui.recall.in_words import to_check
        from imr_tui.recall.insertion import insertion

        made = insertion(self._session.case, self._index, recalled, None, self._session.now)
        if not self._session.edit(made.change):
            return
        cited = len(recalled.citations)
        citations = f" and {cited} citation{'s' * (cited > 1)}" if cited else ""
        self._console.say(f"Inserted {counted(made.prepared.text)}{citations} at the end.")
        if says := to_check(made):
            self._console.say(says)
        PhraseCommands(self._text).tell_blanks()


def _line(rationale: Rationale) -> str:
    from imr_tui.recall.in_words import decided, request_of

    return f"{request_of(rationale)}, {one_line(decided(rationale))}"


def _numbers(typed: str, many: int) -> tuple[int, ...]:
    """The indexes that `1 3-5` names; raises ValueError with a sentence for the user."""
    chosen = set[int]()
    for word in typed.replace(",", " ").split():
        found = _RANGE.fullmatch(word)
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
        if not 1 <= first <= last <= many:
            raise ValueError(f"There is no sentence {word}. Type numbers from 1 to {many}, or all.")
        chosen.update(range(first - 1, last))
    return tuple(sorted(chosen))
