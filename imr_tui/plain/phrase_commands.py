"""The commands for phrases: list and insert them, fill in their blanks, keep sentences as one."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from imr_tui.errors import ImrError
from imr_tui.plain import sentences
from imr_tui.plain.command import Command
from imr_tui.text.layout import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from imr_tui.phrases.blanks import Blank
    from imr_tui.phrases.phrase import Phrase, Phrases
    from imr_tui.plain.case_text import CaseText
    from imr_tui.store.cases.folder import Folder

_T = TypeVar("_T")
_ORIGINS = {"shipped": "", "site": " (site)", "own": " (yours)"}


def phrase_commands(text: CaseText) -> Sequence[Command]:
    """The commands for phrases in a text."""
    phrases = PhraseCommands(text)
    return [
        Command(
            "phrases",
            "list phrases, by words in them, and insert one",
            phrases.pick,
            ("text.phrases", "phrases.insert", "phrases.down", "phrases.up"),
            is_shown=False,
        ),
        Command("phrase", "insert a phrase by its name", phrases.insert_named, is_shown=False),
        Command("fill", "fill in the blanks of the text", phrases.fill, is_shown=False),
        Command(
            "keep",
            "keep sentences as a phrase, such as keep 3-5",
            phrases.keep,
            ("text.keep-phrase",),
            is_shown=False,
        ),
    ]


class PhraseCommands:
    """Inserts phrases behind the last sentence of a text, or behind the one that is named."""

    def __init__(self, text: CaseText) -> None:
        self._text = text
        self._console = text.session.console

    # ── Inserting ────────────────────────────────────────────────────────────────────────

    def pick(self, words: str) -> None:
        """`phrases opioid` lists phrases with these words; a number inserts one."""
        from imr_tui.store.config.phrase_files import load_phrases

        if not self._text.is_writable or (phrases := self._read(load_phrases)) is None:
            return
        found = phrases.search(words, self._text.field)
        if not found:
            self._console.error("No phrase for this text has these words.")
            return
        at = self._console.choose("Phrase to insert", [_line(each) for each in found])
        if at is not None:
            self._insert(phrases, found[at], "")

    def insert_named(self, rest: str) -> None:
        """`phrase not-necessary` inserts a phrase, `phrase not-necessary 4` after a sentence."""
        from imr_tui.store.config.phrase_files import load_phrases

        if not self._text.is_writable or (phrases := self._read(load_phrases)) is None:
            return
        name, _, where = rest.partition(" ")
        name = name.removeprefix(".").lower()
        phrase = phrases.get(name, self._text.field)
        if phrase is not None:
            self._insert(phrases, phrase, where.strip())
            return
        near = ", ".join(phrases.nearest(name, self._text.field))
        similar = f"Similar: {near}." if near else "phrases lists all."
        self._console.error(f"No phrase {name or 'without a name'} for this text. {similar}")

    def _insert(self, phrases: Phrases, phrase: Phrase, where: str) -> None:
        from imr_tui.phrases.case_values import case_values

        text = self._text.text
        try:
            number = sentences.read_numbers(where, text).last if where else sentences.count(text)
            words = phrases.expand(phrase, case_values(self._text.session.case, self._text.item))
        except ValueError as error:
            self._console.error(f"{str(error).removesuffix('.')}. Nothing was inserted.")
            return
        if self._text.write(sentences.inserted(text, number, words)):
            self._console.say(f"Inserted: {one_line(words)}")
            self.tell_blanks()

    def tell_blanks(self) -> None:
        """Say how many blanks the text has, if it has any."""
        if left := len(self._blanks()):
            count = f"{left} blank{'s' * (left > 1)}"
            self._console.say(f"The {self._text.name} has {count}: fill asks for the words.")

    def _read(self, read: Callable[[Folder], _T]) -> _T | None:
        """What `read` returns for the folder of cases; None if it fails, which is said."""
        try:
            return read(self._text.session.folder)
        except ImrError as error:
            self._console.error(str(error))
            return None

    # ── Blanks ───────────────────────────────────────────────────────────────────────────

    def _blanks(self) -> Sequence[Blank]:
        from imr_tui.phrases.blanks import blanks

        return blanks(self._text.text)

    def fill(self, rest: str) -> None:
        """`fill` asks for the words of each blank; a blank line leaves one as it is."""
        if not self._text.is_writable:
            return
        if not self._blanks():
            self._console.say(f"The {self._text.name} has no blank.")
        at = 0
        while at < len(left := self._blanks()):
            blank, many = left[at], len(left) - at
            count = f"{many} blank{'s' * (many > 1)} left"
            self._console.say(f"{count}, in: {_around(self._text.text, blank)}")
            # A choice may have blanks in it, which come next.
            at += not self._put(blank, self._words(blank))

    def _put(self, blank: Blank, words: str | None) -> bool:
        """Fill in a blank, unless there are no words."""
        if words is None:
            return False
        text, (start, end) = self._text.text, blank.span
        says = f"Filled in: {words or 'nothing'}"
        return self._text.write(text[:start] + words + text[end:], says)

    def _words(self, blank: Blank) -> str | None:
        """The words to fill in, or None to leave it."""
        if not blank.options:
            return self._console.ask("Words, or blank to leave it") or None
        at = self._console.choose("Choice", [each or "(nothing)" for each in blank.options])
        return None if at is None else blank.options[at]

    # ── Keeping ──────────────────────────────────────────────────────────────────────────

    def keep(self, rest: str) -> None:
        """`keep 3-5` asks for a name under which sentences become a phrase of the reviewer."""
        from imr_tui.phrases.from_text import proposed_name, without_facts
        from imr_tui.phrases.template import BLANK
        from imr_tui.store.config.phrase_files import own_phrases

        where, _, name = rest.partition(" ")
        try:
            numbers = sentences.read_numbers(where, self._text.text)
        except ValueError as error:
            self._console.error(str(error))
            return
        if (own := self._read(own_phrases)) is None:
            return
        text = without_facts(sentences.words_of(self._text.text, numbers).strip())
        self._console.say(f"The phrase: {one_line(text)}")
        if BLANK in text:
            self._console.say("Dates, ages and amounts became ***, to be filled in each time.")
        proposed = proposed_name(text)
        typed = name.strip() or self._console.ask(f"Name, or blank for {proposed or 'none'}")
        if typed or proposed:
            self._save(typed or proposed, text, frozenset(each.name for each in own))

    def _save(self, typed: str, text: str, taken: frozenset[str]) -> None:
        from imr_tui.phrases.from_text import read_name
        from imr_tui.phrases.phrase import Phrase
        from imr_tui.store.config.phrase_files import keep_phrase

        try:
            name = read_name(typed, taken)
            keep_phrase(self._text.session.folder, Phrase(name, text))
        except (ValueError, ImrError) as error:
            self._console.error(f"{str(error).removesuffix('.')}. Nothing was kept.")
        else:
            self._console.say(f"Kept: phrase {name} inserts it.")


def _line(phrase: Phrase) -> str:
    """The name of a phrase, what it is for, and its text."""
    about = f", {phrase.about}" if phrase.about else ""
    return f"{phrase.name}{_ORIGINS[phrase.origin]}{about}: {one_line(phrase.text)}"


def _around(text: str, blank: Blank) -> str:
    """The sentence with a blank."""
    from imr_tui.reading.language.sentences import sentence_at

    return one_line(sentence_at(text, blank.span[0]).text)
