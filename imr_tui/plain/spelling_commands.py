"""The command that goes through the misspelled words of a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.errors import ImrError
from imr_tui.plain.command import Command
from imr_tui.plain.numbered_rows import number_typed
from imr_tui.session.misspelled import NO_SUGGESTION, NO_WORD, next_word, why_not_added
from imr_tui.spelling.answers import MAX_SUGGESTIONS
from imr_tui.spelling.words import checked_words
from imr_tui.text.layout import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from imr_tui.plain.case_text import CaseText
    from imr_tui.spelling.protocol import Suggestions
    from imr_tui.spelling.words import Word

_DOES = (
    "text.spelling",
    *(f"spelling.{number}" for number in range(1, MAX_SUGGESTIONS + 1)),
    "spelling.add",
    "spelling.next",
)


def spelling_commands(text: CaseText) -> Sequence[Command]:
    """The commands for the spelling of a text."""
    spelling = SpellingCommands(text)
    return [
        Command("spelling", "correct misspelled words", spelling.correct, _DOES, is_shown=False)
    ]


class SpellingCommands:
    """Asks about one word after another."""

    def __init__(self, text: CaseText) -> None:
        self._text = text
        self._session = text.session
        self._console = text.session.console

    def correct(self, rest: str) -> None:
        """`spelling` asks for each misspelled word what to write instead."""
        if not self._text.is_writable:
            return
        at, is_found = 0, False
        while True:
            if (misspelled := self._misspelled()) is None:
                return
            word = next_word(self._text.text, at, misspelled)
            if word is None or word.span[1] <= at:
                self._console.say("No other word is misspelled." if is_found else NO_WORD)
                return
            is_found = True
            if (behind := self._ask(word, misspelled)) is None:
                return
            at = behind

    def _misspelled(self) -> Mapping[str, Suggestions] | None:
        """The misspelled words, once those of the text are looked up; None, and says why not."""
        checker = self._session.checker
        checker.look_up([each.text for each in checked_words(self._text.text)])
        if checker.speller.problem:
            self._console.error(checker.speller.problem)
            return None
        return checker.speller.misspelled

    def _ask(self, word: Word, misspelled: Mapping[str, Suggestions]) -> int | None:
        """Ask about a word; the offset behind it, or None to stop."""
        meant = misspelled[word.text]
        self._console.say(f"{word.text}, in: {_around(self._text.text, word)}")
        self._console.say(*(f"{at}. {each}" for at, each in enumerate(meant, 1)))
        if not meant:
            self._console.say(NO_SUGGESTION)
        numbers = f"1 to {len(meant)} replace, " if meant else ""
        prompt = f"{word.text}: {numbers}a add to your words, n next, w other word, blank ends"
        while answer := self._console.ask(prompt):
            if (behind := self._take(word, meant, answer)) is not None:
                return behind
        return None

    def _take(self, word: Word, meant: Suggestions, answer: str) -> int | None:
        """The offset behind a word, once the answer has been followed; None to ask again."""
        if answer.lower() == "n":
            return word.span[1]
        if answer.lower() == "a":
            return word.span[1] if self._add(word.text) else None
        if answer.lower() == "w" and (other := self._console.ask("Word instead")):
            return self._put(word, other)
        if (number := number_typed(answer, len(meant))) is not None:
            return self._put(word, meant[number - 1])
        self._console.error("Type one of these answers, or nothing to end.")
        return None

    def _put(self, word: Word, other: str) -> int | None:
        text, (start, end) = self._text.text, word.span
        is_put = self._text.write(
            text[:start] + other + text[end:], f"{word.text} was replaced by {other}."
        )
        return start + len(other) if is_put else None

    def _add(self, word: str) -> bool:
        from imr_tui.store.config.word_file import add_word

        if why := why_not_added(word, self._session.case.parties):
            self._console.error(why)
            return False
        try:
            add_word(self._session.folder, word)
        except ImrError as error:
            self._console.error(str(error))
            return False
        self._session.checker.speller.accept(word)
        self._console.say(f"Added to your words: {word}.")
        return True


def _around(text: str, word: Word) -> str:
    """The sentence of a word."""
    from imr_tui.reading.language.sentences import sentence_at

    return one_line(sentence_at(text, word.span[0]).text)
