"""Checks the open case of plain mode when its findings are asked for."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

from imr_tui.errors import ImrError
from imr_tui.plain.reports import Fault, Told
from imr_tui.services.check_case import check_case, setup_of
from imr_tui.services.spelling import is_spelling_on, words_to_spell
from imr_tui.store.spelling.speller import NOT_INSTALLED, Speller

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from imr_tui.checks import CheckSetup, Finding
    from imr_tui.model.case import Case
    from imr_tui.plain.session import PlainSession

SPELLING_SECONDS = 5.0
"""How long findings wait for the answers about words; later ones come with the next check."""


class Checker:
    """The checks of one session; without a case, nothing is loaded."""

    def __init__(self, session: PlainSession) -> None:
        self._session = session
        self.speller = Speller(self._own_words, lambda error: session.reports.put(Fault(error)))
        """Asks hunspell about words, and knows the suggestions for those misspelled."""
        self._told = ""

    def setup(self) -> CheckSetup:
        """The inputs of the checks besides the case."""
        session = self._session
        return setup_of(
            session.settings.policy,
            session.profile,
            session.today,
            lambda: session.catalogue,
            session.folder.is_written,
            self.speller.misspelled,
        )

    def findings(self, case: Case) -> tuple[Finding, ...]:
        """All findings of a case, its words looked up first."""
        setup = self.setup()
        if is_spelling_on(setup.policy) and not self.speller.problem:
            self.look_up(words_to_spell(case))
            self._tell_problem()
            setup = self.setup()
        return check_case(case, setup)

    def look_up(self, words: Sequence[str]) -> None:
        """Look up words, and wait for the answers, but not for long."""
        if missing := self.speller.unanswered(words):
            answered = Event()
            self.speller.ask(lambda: missing, answered.set)
            answered.wait(SPELLING_SECONDS)

    def close(self) -> None:
        """End the process that was asked; from any thread."""
        self.speller.close()

    def _tell_problem(self) -> None:
        """Say once why spelling is not checked any more; `doctor` says that nothing is there."""
        problem = self.speller.problem
        if problem not in ("", NOT_INSTALLED, self._told):
            self._told = problem
            self._session.console.error(problem)

    def _own_words(self) -> Iterable[str]:
        """The words of the account; on the thread of the speller."""
        from imr_tui.store.config.word_file import own_words

        try:
            return own_words(self._session.folder)
        except ImrError as error:
            self._session.reports.put(Told(f"Error: {error}"))
            return ()
