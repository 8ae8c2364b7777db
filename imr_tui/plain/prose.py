"""The commands for a long text: read it by numbered sentences, type, replace, insert, delete."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.plain import sentences
from imr_tui.plain.command import Command
from imr_tui.plain.editor import edit_outside
from imr_tui.plain.phrase_commands import phrase_commands
from imr_tui.plain.sentences import Numbers, count, counted
from imr_tui.plain.spelling_commands import spelling_commands

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imr_tui.plain.case_text import CaseText

_ALL = "all"
"""What is typed for the whole text instead of the number of a sentence."""


def prose_commands(text: CaseText) -> Sequence[Command]:
    """The commands of a page with a long text."""
    prose = Prose(text)
    editor = Command("e", "editor", prose.edit, ("text.editor",))
    return [
        Command(
            "p",
            "read text",
            prose.read,
            ("text.pagedown", "text.pageup", "text.start", "text.end"),
        ),
        Command("i", "type text", prose.append, ("text.enter",)),
        Command("s", "replace a sentence, or all", prose.replace, is_shown=False),
        Command("a", "insert after a sentence", prose.insert, is_shown=False),
        Command("d", "delete a sentence", prose.delete, is_shown=False),
        *([] if text.session.restricted else [editor._replace(is_shown=False)]),
        *phrase_commands(text),
        *spelling_commands(text),
    ]


class Prose:
    """What the commands do with one text."""

    def __init__(self, text: CaseText) -> None:
        self._text = text
        self._console = text.session.console

    def read(self, rest: str) -> None:
        """`p` reads the text by numbered sentences, `p 3-5` some of them."""
        text = self._text.text
        if not count(text):
            self._console.say(f"The {self._text.name} is blank.")
            return
        numbers = self._numbers(rest) if rest else Numbers(1, count(text))
        if numbers is not None:
            self._console.say(*_some(sentences.numbered(text), numbers))

    def append(self, rest: str) -> None:
        """`i` asks for lines, which become a paragraph at the end of the text."""
        if not self._text.is_writable:
            return
        before = self._text.text
        start = _as_start(before)
        if rest:
            self._text.write(start + rest)
        elif not self._text.enter(f"At the end of the {self._text.name}", start, ""):
            return
        self._tell_added(before)

    def replace(self, rest: str) -> None:
        """`s 4` replaces a sentence, `s 3-5` several, `s all` the text, by the lines entered."""
        if not self._text.is_writable:
            return
        where, _, new = rest.partition(" ")
        before = self._text.text
        if where.lower() == _ALL:
            self._replace_all(new)
            return
        if (numbers := self._numbers(where)) is None:
            return
        start, behind = sentences.parts_around(before, numbers)
        if new:
            self._text.write(start + new + behind)
        else:
            self._console.say(*_some(sentences.numbered(before), numbers))
            self._text.enter(f"In place of {numbers}", start, behind)
        if self._text.text != before:
            was = "was" if numbers.first == numbers.last else "were"
            self._console.say(f"{str(numbers).capitalize()} {was} replaced. {self._now}")

    def _replace_all(self, new: str) -> None:
        before = self._text.text
        if new:
            self._text.write(new)
        else:
            self._text.enter(f"In place of the whole {self._text.name}", "", "")
        if self._text.text != before:
            self._console.say(f"The {self._text.name} was replaced. {self._now}")

    def insert(self, rest: str) -> None:
        """`a 4` inserts the lines entered after a sentence, `a 0` before the first one."""
        if not self._text.is_writable:
            return
        where, _, new = rest.partition(" ")
        before, number = self._text.text, 0
        if where != "0" and count(before):
            if (numbers := self._numbers(where)) is None:
                return
            number = numbers.last
        start, behind = sentences.parts_after(before, number)
        if new:
            self._text.write(start + new + behind)
        elif not self._text.enter(_place(number), start, behind):
            return
        self._tell_added(before)

    def delete(self, rest: str) -> None:
        """`d 4` deletes a sentence, `d 3-5` several."""
        if not self._text.is_writable or (numbers := self._numbers(rest)) is None:
            return
        before = self._text.text
        gone = " ".join(sentences.words_of(before, numbers).split())
        if self._text.write(sentences.without(before, numbers)):
            self._console.say(f"Deleted {numbers}; undo restores: {gone}")

    def edit(self, rest: str) -> None:
        """`e` opens the text in the reviewer's editor."""
        if self._text.is_writable:
            edit_outside(self._text)

    def _numbers(self, typed: str) -> Numbers | None:
        """The sentences that are named; None, and says why, if none are."""
        try:
            return sentences.read_numbers(typed, self._text.text)
        except ValueError as error:
            self._console.error(str(error))
            return None

    def _tell_added(self, before: str) -> None:
        """Say how many sentences the text has gained, if it was changed."""
        if (now := self._text.text) == before:
            return
        more = count(now) - count(before)
        what = f"{more} sentence{'s' * (more > 1)}" if more > 0 else "Words"
        self._console.say(f"{what} added. {self._now}")

    @property
    def _now(self) -> str:
        return f"The {self._text.name} has {counted(self._text.text)}."


def _some(lines: Sequence[str], wanted: Numbers) -> list[str]:
    """The lines of numbered sentences, with the blank lines between them."""
    found, number = list[str](), 0
    for line in lines:
        number += bool(line)
        if wanted.first <= number + (not line) <= wanted.last and (line or found):
            found.append(line)
    return found


def _place(number: int) -> str:
    return f"After sentence {number}" if number else "Before the first sentence"


def _as_start(text: str) -> str:
    """`text` with what separates a new paragraph from it."""
    if not text.strip():
        return ""
    ends = len(text) - len(text.rstrip("\n"))
    return text + "\n" * max(2 - ends, 0)
