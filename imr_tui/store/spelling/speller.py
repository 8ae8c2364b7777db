"""A thread that asks hunspell about words, so that nothing waits for the answers."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from queue import SimpleQueue
from typing import TYPE_CHECKING

from imr_tui.spelling.answers import Answers

if TYPE_CHECKING:
    from imr_tui.spelling.protocol import Suggestions
    from imr_tui.store.spelling.hunspell import Hunspell

MAX_AT_ONCE = 2_000
"""Words that one question looks up; the others are looked up with the next one."""
NOT_INSTALLED = (
    "hunspell is not installed: spelling is not checked. Install the packages hunspell, "
    "hunspell-en-us and hunspell-en-med."
)
OFF = "Spelling is not checked until you restart imr-tui."

Words = Callable[[], Sequence[str]]
"""Returns the words to look up; called on the speller's thread."""
Answered = Callable[[], object]
"""Called on the speller's thread once a question is answered, or cannot be."""
Start = Callable[[], "Hunspell | None"]
"""Starts hunspell; None if it is not installed. Raises SpellerFailed."""


def start_hunspell() -> Hunspell | None:
    """Start the hunspell of the system; None if it is not installed."""
    # Loads what starts processes, which the first screens do without.
    from imr_tui.store.spelling.hunspell import Hunspell, find_installed

    installed = find_installed()
    return Hunspell(installed) if installed is not None else None


class Speller:
    """Owns a process of hunspell, which is started with the first question.

    A process that fails is killed and not started again.
    """

    def __init__(
        self,
        prepare: Callable[[], Iterable[str]],
        fail: Callable[[Exception], None],
        start: Start = start_hunspell,
    ) -> None:
        """`prepare` reads the reviewer's words, on the thread; `fail` reports a fault."""
        self._prepare = prepare
        self._fail = fail
        self._start = start
        self._answers = Answers()
        self._questions: SimpleQueue[tuple[Words, Answered] | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._process: Hunspell | None = None
        self._is_closed = False
        self.problem = ""
        """Why spelling is not checked, as a sentence; blank if it is."""

    @property
    def misspelled(self) -> Mapping[str, Suggestions]:
        """The suggestions for each word that was found to be misspelled."""
        return self._answers.misspelled

    def unanswered(self, words: Iterable[str]) -> list[str]:
        """The words that were not looked up yet."""
        return self._answers.unanswered(words)

    def accept(self, word: str) -> None:
        """Treat a word as right from now on."""
        self._answers.accept([word])

    def ask(self, words: Words, answered: Answered) -> None:
        """Look up words, then call `answered`; from any thread."""
        if self._is_closed:
            return
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="spelling", daemon=True)
            self._thread.start()
        self._questions.put((words, answered))

    def close(self) -> None:
        """Kill hunspell and end the thread; from any thread."""
        self._is_closed = True
        self._questions.put(None)
        if self._process is not None:
            self._process.kill()

    def _run(self) -> None:
        try:
            self._answers.accept(self._prepare())
            while (question := self._questions.get()) is not None and not self._is_closed:
                words, answered = question
                self._answer(self._answers.unknown(words())[:MAX_AT_ONCE])
                answered()
        except Exception as fault:
            if not self._is_closed:
                self._fail(fault)
        finally:
            if self._process is not None:
                self._process.end()

    def _answer(self, words: Sequence[str]) -> None:
        from imr_tui.store.spelling.hunspell import SpellerFailed

        if not words or self.problem:
            return
        found: dict[str, Suggestions | None] = {}
        try:
            self._process = self._process or self._start()
            if self._process is None:
                self.problem = NOT_INSTALLED
                return
            if self._is_closed:
                # `close` came while it was being started.
                self._process.kill()
            found.update(self._process.ask(words))
        except SpellerFailed as error:
            self._process = None
            self.problem = f"{error} {OFF}"
        finally:
            self._answers.add(found)
