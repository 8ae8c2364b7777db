"""Looks up the words of cases in the dictionary of the system, one case after another."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Self

from imr_tui.errors import ImrError
from imr_tui.spelling.answers import Answers
from imr_tui.spelling.words import checked_words

if TYPE_CHECKING:
    from pathlib import Path

    from imr_tui.checks.setup import CheckSetup, Policy
    from imr_tui.model.case import Case
    from imr_tui.store.spelling.hunspell import Hunspell


def words_to_spell(case: Case) -> list[str]:
    """The words of a case whose spelling is checked, each once, in the order of the letter."""
    # The rules, which the first screens do without.
    from imr_tui.checks.rules.wording.spelling import texts_to_spell

    words = (word.text for _, text in texts_to_spell(case) for word in checked_words(text))
    return list(dict.fromkeys(words))


def is_spelling_on(policy: Policy) -> bool:
    """Whether a policy runs the rule on spelling."""
    from imr_tui.checks import RULES
    from imr_tui.checks.rules.wording.spelling import SPELLING

    return policy.severity(RULES[SPELLING]) is not None


class CommandSpelling:
    """The answers of one process of hunspell to a command; a context manager that ends it."""

    def __init__(self) -> None:
        self._answers = Answers()
        self._process: Hunspell | None = None
        self._is_off = False
        self._own: dict[Path, frozenset[str]] = {}
        self.problems: list[str] = []
        """Sentences about hunspell, if it failed, and about words that are not used."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            self._process.end()

    def with_spelling(self, setup: CheckSetup, case: Case, folder: Path) -> CheckSetup:
        """A setup with the misspelled words of a case, if its policy checks spelling.

        The words that the account added in `folder` are right.
        """
        if not is_spelling_on(setup.policy):
            return setup
        # Reads its dictionaries while the words are found.
        self._start()
        if self._process is not None:
            self._look_up(self._process, self._answers.unknown(words_to_spell(case)))
        own = self._own_words(folder)
        found = self._answers.misspelled.items()
        return replace(setup, misspelled={word: meant for word, meant in found if word not in own})

    def _own_words(self, folder: Path) -> frozenset[str]:
        from imr_tui.store.cases.folder import Folder
        from imr_tui.store.config.word_file import own_words

        if folder not in self._own:
            try:
                self._own[folder] = own_words(Folder(folder))
            except ImrError as error:
                self._own[folder] = frozenset()
                self.problems.append(str(error))
        return self._own[folder]

    def _start(self) -> None:
        # Starts processes, which a command without cases does not need.
        from imr_tui.store.spelling.hunspell import SpellerFailed
        from imr_tui.store.spelling.speller import start_hunspell

        if self._is_off or self._process is not None:
            return
        try:
            self._process = start_hunspell()
        except SpellerFailed as error:
            self.problems.append(str(error))
        self._is_off = self._process is None

    def _look_up(self, process: Hunspell, words: list[str]) -> None:
        from imr_tui.store.spelling.hunspell import SpellerFailed

        try:
            self._answers.add(dict(process.ask(words)) if words else {})
        except SpellerFailed as error:
            self._process, self._is_off = None, True
            self.problems.append(str(error))


def checker() -> str:
    """The spelling checker and its dictionaries, or a sentence that says why spelling is off."""
    from imr_tui.store.spelling.hunspell import Hunspell, SpellerFailed, find_installed
    from imr_tui.store.spelling.speller import NOT_INSTALLED

    if (installed := find_installed()) is None:
        return NOT_INSTALLED
    try:
        process = Hunspell(installed)
        list(process.ask(["spelling"]))
        process.end()
    except SpellerFailed as error:
        return f"{error} Spelling is not checked."
    names = ", ".join(path.name for path in installed.dictionaries)
    advice = "" if len(installed.dictionaries) > 1 else " (install hunspell-en-med as well)"
    return f"{installed.program} with {names}{advice}"
