"""Has the words of the open case looked up, and lets the reviewer correct them in a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.errors import ImrError
from imr_tui.services.spelling import is_spelling_on, words_to_spell
from imr_tui.session.misspelled import NO_WORD, next_word, why_not_added
from imr_tui.spelling.words import checked_words
from imr_tui.store.spelling.speller import NOT_INSTALLED, Speller
from imr_tui.ui import dialogs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from imr_tui.model.case import Case
    from imr_tui.spelling.protocol import Suggestions
    from imr_tui.spelling.words import Word
    from imr_tui.ui.dialogs.spelling import Answer
    from imr_tui.ui.features.checking import Checking
    from imr_tui.ui.state import Shell, State
    from imr_tui.ui.widgets.prose import Prose

_LOOKING_UP = "Looking up the words ..."


class Spelling:
    """Asks a thread about words; findings follow once it has answered.

    Nothing is shown while the reviewer types. The key for spelling opens a list for the next word.
    """

    def __init__(self, state: State, shell: Shell, checking: Checking) -> None:
        self._state = state
        self._shell = shell
        self._checking = checking
        self.speller = Speller(self._own_words, shell.crash)
        """The thread; tests replace it."""
        self._told = ""
        checking.checked = self._look_up

    @property
    def misspelled(self) -> Mapping[str, Suggestions]:
        """The suggestions for each word that was found to be misspelled."""
        return self.speller.misspelled

    def close(self) -> None:
        """End the process that was asked."""
        self.speller.close()

    # ── Looking up ───────────────────────────────────────────────────────────────────────

    def _look_up(self, case: Case) -> None:
        """Ask about the words of a case that was checked."""
        if is_spelling_on(self._state.check_setup().policy) and not self.speller.problem:
            before = self.misspelled
            self.speller.ask(
                lambda: words_to_spell(case),
                lambda: self._shell.call_later(self._answered, before),
            )

    def _answered(self, before: Mapping[str, Suggestions]) -> None:
        self._tell_problem()
        # While the reviewer types, the next pause brings the findings.
        if self.misspelled.keys() - before.keys() and self._checking.findings_current:
            self._checking.check_again()

    def _tell_problem(self) -> None:
        """Say once why spelling is not checked any more; `doctor` says that nothing is there."""
        problem = self.speller.problem
        if problem not in ("", NOT_INSTALLED, self._told):
            self._told = problem
            self._shell.hint(problem)

    def _own_words(self) -> Iterable[str]:
        """The words of the account; on the thread of the speller."""
        from imr_tui.store.config.word_file import own_words

        try:
            return own_words(self._state.folder)
        except ImrError as error:
            self._shell.call_later(self._shell.complain, error)
            return ()

    # ── Correcting ───────────────────────────────────────────────────────────────────────

    def correct(self, prose: Prose, at: int | None = None) -> None:
        """Open the list for the misspelled word at the offset `at` of a text, or the next one.

        Without `at`, the cursor is meant. Words that were typed just now are looked up first.
        """
        at = prose.span[0] if at is None else at
        if self.speller.problem:
            self._shell.hint(self.speller.problem)
        elif missing := self.speller.unanswered(each.text for each in checked_words(prose.text)):
            self._shell.hint(_LOOKING_UP)
            asked = prose.text, prose.selection
            self.speller.ask(
                lambda: missing, lambda: self._shell.call_later(self._resume, prose, at, asked)
            )
        else:
            self._open(prose, at)

    def _resume(self, prose: Prose, at: int, asked: tuple[str, object]) -> None:
        """Open the list once the words are looked up, unless the reviewer does something else."""
        if self._state.hint_shown == _LOOKING_UP and self._shell.screen.focused is prose:
            self._shell.hint("")
            if asked == (prose.text, prose.selection):
                self.correct(prose, at)

    def _open(self, prose: Prose, at: int) -> None:
        word = next_word(prose.text, at, self.misspelled)
        if word is None:
            self._shell.hint(NO_WORD)
            return
        prose.select(word.span)

        def take(answer: Answer) -> None:
            if prose.is_attached:
                self._take(prose, word, answer)

        suggestions, unfit = self.misspelled[word.text], self._unfit(word.text)
        screen = dialogs.spelling.SpellingScreen(word.text, suggestions, unfit)
        self._shell.push_screen(screen, take)

    def _unfit(self, word: str) -> str:
        """Why a word cannot be added, as a sentence; blank if it can."""
        return why_not_added(word, self._state.open_case.parties) or self._state.read_only

    def _take(self, prose: Prose, word: Word, answer: Answer) -> None:
        from imr_tui.ui.dialogs.spelling import Add, Next

        if isinstance(answer, str):
            prose.put(answer, word.span)
        else:
            prose.go_to(word.span[1])
        if isinstance(answer, Add):
            self._add(word.text)
        elif isinstance(answer, Next):
            self.correct(prose, word.span[1])

    def _add(self, word: str) -> None:
        from imr_tui.store.config.word_file import add_word

        try:
            add_word(self._state.folder, word)
        except ImrError as error:
            self._shell.complain(error)
        else:
            self.speller.accept(word)
            self._shell.hint(f"Added to your words: {word}.")
            self._checking.check_again()
